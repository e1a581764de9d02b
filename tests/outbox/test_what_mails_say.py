"""What our mails tell of tasks, people and days, in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from assistant.outbox import names_of
from assistant.records import (
    ChainHead,
)
from tests.outbox import samples
from tests.outbox.rendered import made, parsed, tags, text_of
from tests.outbox.samples import (
    BACKUP_CALL,
    CLEARANCE,
    DANA,
    DIGEST,
    EMPTY_DIGEST,
    NEWS_DIGEST,
    NOW,
    OWNER_CALL,
    POTASSIUM,
    PRIYA,
)


def test_what_is_critical_and_has_no_date_says_when_it_came():
    mail = made(replace(EMPTY_DIGEST, today=(replace(POTASSIUM, deadline=None, opened_at=NOW - timedelta(days=1)),)))

    assert "CRITICAL; no date, came yesterday" in parsed(mail)[1]


def test_who_is_on_a_task_that_somebody_else_has_is_named():
    until = NOW + timedelta(hours=20)
    taken = replace(CLEARANCE, acknowledged_until=until, acknowledged_by=PRIYA.email)
    text = " ".join(parsed(made(replace(EMPTY_DIGEST, later=(taken,))))[1].split())
    own = " ".join(parsed(made(replace(EMPTY_DIGEST, later=(replace(taken, acknowledged_by=DANA.email),))))[1].split())

    assert "acknowledged by Priya Raman until" in text
    assert "acknowledged until" in own


def test_an_audit_without_an_entry_is_not_told():
    mail = made(replace(EMPTY_DIGEST, head=ChainHead(count=0, hash="")))

    assert "Audit" not in parsed(mail)[1]


def test_a_late_digest_says_so_unless_it_is_the_first():
    late = replace(DIGEST, is_late=True)

    assert "comes late: it was due at 7 am" in parsed(made(late))[1]
    assert "comes late" not in parsed(made(replace(late, number=1)))[1]
    assert "comes late" not in parsed(made(DIGEST))[1]


def test_a_digest_says_what_is_uncertain_and_how_to_settle_it():
    _, text, html = parsed(made(DIGEST))
    seen = " ".join(tags(html).text.split())

    for words in (
        "Only the built-in rules see a task here.",
        'A mail says that this is done: "we received the summary this morning, thank you"',
    ):
        assert words in seen
        assert words in " ".join(text.split())
    assert "Answer `ack 41` to keep it open, or `drop 41` to drop it." in text
    assert "Answer `done 22` to close it, or `ack 22` to keep it open." in text


def test_a_digest_says_why_words_that_a_mail_sets_aside_are_doubted():
    aside = replace(DIGEST, needs_look=tuple(replace(one, rule="set-aside please") for one in DIGEST.needs_look))

    assert "It stands below a line that makes it a signature, a notice or an older mail." in text_of(aside)


def test_a_digest_counts_how_often_a_task_was_asked_for():
    assert "asked 3 times, last yesterday" in text_of(NEWS_DIGEST)


def test_a_digest_asks_whether_two_tasks_are_one():
    said = text_of(NEWS_DIGEST)

    assert "This may be the same as #33. Answer `drop 44 duplicate of 33` if it is, or `split 44` if it is not." in said


def test_a_digest_shows_what_was_promised_and_who_is_away():
    said = text_of(NEWS_DIGEST)

    assert 'Priya Raman promised tomorrow: "Still on hold with the payer' in said
    assert "away until Mon, Mar 16" in said


def test_an_absence_that_is_over_is_not_shown():
    later = replace(NEWS_DIGEST, now=NOW + timedelta(days=7))

    assert "away until" not in text_of(later)


def test_a_summary_shows_each_line_with_its_words_and_whose_they_are():
    said = text_of(samples.SUMMARY_ANSWER)

    assert (
        '"The clinical notes are on their way, you will have them Monday." (records@lakeside.example, Thu, Mar 5)'
        in said
    )
    assert made(samples.SUMMARY_ANSWER).numbers == (24,)


def test_nothing_due_is_a_mail_too():
    _, text, html = parsed(made(EMPTY_DIGEST))

    assert "Nothing is due" in text
    assert "Nothing is due" in html


def test_a_call_says_why_it_comes():
    owner, backup = (" ".join(parsed(made(call))[1].split()) for call in (OWNER_CALL, BACKUP_CALL))

    assert "it is yours to see to" in owner
    assert "Dana Whitfield did not react. You get this because you are next in line." in backup
    for words in ("`ack 31`", "`done 31`", "`snooze 31 mon`", "`give 31 to NAME`"):
        assert words in owner


def test_colleagues_are_called_by_name_and_others_by_the_address_that_they_wrote_from():
    said = text_of(BACKUP_CALL)

    assert "with Dana Whitfield" in said
    assert "from cathlab@stmary.example" in said
    assert samples.DANA.email not in said


def test_whom_we_wait_for_is_named_once_where_they_wrote_it_themselves():
    kit = "kit@vendor.example"
    waiting = replace(POTASSIUM, waiting=True, owner=kit, requester=kit)

    assert text_of(replace(OWNER_CALL, tasks=(waiting,))).count(kit) == 1


def test_two_colleagues_of_one_name_are_told_apart_by_their_addresses():
    dana, priya = samples.DANA, samples.PRIYA

    assert names_of((dana, replace(priya, name="Dana WHITFIELD"))) == {}
    assert names_of((dana, priya)) == {dana.email: "Dana Whitfield", priya.email: "Priya Raman"}
