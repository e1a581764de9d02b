"""A reply to a mail of before a restore: what its writer had not seen is not closed, nor a task by another number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from assistant.pipeline import collect, deliver, receive, tick
from tests.pipeline.office import DANA, PRIYA
from tests.pipeline.test_restored import CLEARANCE, LETTER, ORDER, REFERRAL, KeepingOffice, copied


@pytest.fixture(params=[True, False], ids=["copies in Sent", "no copies"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KeepingOffice]:
    """Return an office with a task of Priya's, whose mails can or cannot be found again."""
    office = KeepingOffice(tmp_path)
    if not request.param:
        office.keeps, office.parts = False, replace(office.parts, copies={})
    office.arrive(CLEARANCE)
    office.live(15)
    office.answer("give 1 to priya")
    office.live(15)
    yield office
    office.parts.ledger.close()


def last(office: KeepingOffice, kind: str, to: str = DANA) -> EmailMessage:
    return next(
        mail
        for mail in reversed(office.postbox.taken)
        if str(mail["Message-ID"]).startswith(f"<{kind}.") and to in str(mail["To"])
    )


def reply(office: KeepingOffice, mail: EmailMessage, text: str, sender: str = DANA) -> None:
    office.postbox.taken.append(mail)
    office.answer(text, sender=sender)
    office.postbox.taken.pop()


def digest_of_tuesday(office: KeepingOffice, *, shows_note: bool) -> EmailMessage:
    """Let Priya write a note just before the digest, which is read in time for it or a moment too late."""
    office.now = office.now.replace(day=10, hour=10, minute=59)
    reply(office, last(office, "handoff", PRIYA), "note 1 Pre-op wants the EKG as well", PRIYA)
    if shows_note:
        collect(office.parts, "desk")
        receive(office.parts)
    office.pass_time(minutes=1)
    tick(office.parts)
    deliver(office.parts)
    office.live(15)
    return last(office, "digest")


def state(office: KeepingOffice, number: int = 1) -> str:
    return office.parts.ledger.book.task(number).state


@pytest.mark.parametrize("is_answered_before", [True, False])
@pytest.mark.parametrize("shows_note", [True, False])
def test_what_the_writer_had_not_seen_is_asked_about(
    office: KeepingOffice, *, shows_note: bool, is_answered_before: bool
):
    copy = copied(office)
    digest = digest_of_tuesday(office, shows_note=shows_note)
    if is_answered_before:
        reply(office, digest, "1 done")
        office.live(15)
        assert state(office) == ("done" if shows_note else "open")
    office.lose_and_restore(copy)
    office.live(120)
    if not is_answered_before:
        reply(office, digest, "1 done")
        office.live(15)
    task = office.parts.ledger.book.task(1)

    assert task.notes == ("Pre-op wants the EKG as well",)
    # Who lost the mail cannot know what it showed.
    assert task.state == ("done" if shows_note and office.keeps else "open")


def test_who_was_handed_a_task_closes_it_unasked_and_it_stays_closed(office: KeepingOffice):
    office.arrive(ORDER)
    office.live(15)
    copy = copied(office)
    reply(office, last(office, "digest"), "give 2 to priya")
    office.live(15)
    reply(office, last(office, "handoff", PRIYA), "done 2", PRIYA)
    office.live(15)
    assert state(office, 2) == "done"
    office.lose_and_restore(copy)
    office.live(120)

    assert state(office, 2) == ("done" if office.keeps else "open")


def test_a_number_of_a_mail_that_is_lost_closes_no_other_task(office: KeepingOffice):
    copy = copied(office)
    for text in (REFERRAL, LETTER):
        office.arrive(text)
        office.live(15)
    office.live(60 * 24, step=60)
    digest = last(office, "digest")
    # The mail of the second task is gone for good: the third one has its number now, unless a copy told.
    for path in (office.folder / "mail").glob("*/*"):
        if path.is_file() and REFERRAL.encode() in path.read_bytes():
            path.unlink()
    office.lose_and_restore(copy)
    office.live(120)
    reply(office, digest, "2 done")
    office.live(15)
    assert office.about(LETTER).state == "open"
    reply(office, digest, "3 done")
    office.live(15)

    assert office.about(LETTER).state == ("done" if office.keeps else "open")


def test_what_was_told_since_the_restore_is_answered_as_ever(office: KeepingOffice):
    copy = copied(office)
    office.arrive(REFERRAL)
    office.live(15)
    office.lose_and_restore(copy)
    office.live(60 * 24, step=60)
    number = office.about(REFERRAL).number
    reply(office, last(office, "digest"), f"{number} done")
    office.live(15)

    assert state(office, number) == "done"


@pytest.mark.parametrize("words", ["a", "yes", "1", "ok"])
def test_a_word_under_a_question_that_is_lost_does_nothing_and_is_answered(office: KeepingOffice, words: str):
    copy = copied(office)
    digest = digest_of_tuesday(office, shows_note=False)
    reply(office, digest, "1 done")
    office.live(15)
    asked = last(office, "answer")
    assert "PLEASE CHOOSE" in str(asked.get_body(("plain",)))
    # Nobody has put a copy of it into Sent yet.
    office.lose_and_restore(copy)
    office.live(120)
    told = len(office.told())
    reply(office, asked, words)
    office.live(15)

    assert state(office) == "open"
    assert len(office.told()) == told + 1
