"""The way of one email, in six stages.

    1 intake       mailbox -> RawMail
    2 parse        RawMail -> Message
    3 understand   Message -> Findings
    4 decide       Findings -> Decision
    5 ledger       Decision -> rows, one transaction
    6 outbox       Notices -> mails -> sent

`pipeline` holds them together: start reading there. Below the stages lie `signin`, our ways into servers, and
`config`, what we were told.
"""
