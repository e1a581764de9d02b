"""A reply to one of our mails -> what it asks for -> the events and the one answer that follow from it.

In the order in which they build on each other: `wording` knows words, `matching` the one task that they can mean,
`plain` puts a sentence into plain commands, `forms` reads one clause, `reading` the whole reply, `acting` says what
each command comes to; `inquiries` answers questions.
"""

from assistant.decide.commands.acting.obey import help_lines, obey
from assistant.decide.commands.acting.seen import changed_by_other, seen_mark, version_of_mark
from assistant.decide.commands.reading.one_touch import TORN, meant, read_tag
from assistant.decide.commands.reading.read import read_reply
from assistant.decide.commands.reply import Operation, ReplyContext, ReplyReading, Verb

__all__ = [
    "TORN",
    "Operation",
    "ReplyContext",
    "ReplyReading",
    "Verb",
    "changed_by_other",
    "help_lines",
    "meant",
    "obey",
    "read_reply",
    "read_tag",
    "seen_mark",
    "version_of_mark",
]
