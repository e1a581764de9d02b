"""A ledger that was lost is restored from a copy: the mailbox tells the rest, and nobody hears anything twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.intake import open_copies
from assistant.ledger import FILE, back_up, restore
from assistant.pipeline import Parts, deliver, receive, tick
from assistant.records import Message, OutgoingMail, SpooledMail, Task
from tests.pipeline.office import PRIYA, Office

CLEARANCE = "Please fax the cardiac clearance for Mrs. Rivera by Friday noon."
REFERRAL = "Please send the referral of Mr. Abara to the wound clinic by Thursday."
ORDER = "Please sign the oxygen order for Mrs. Lindqvist by Thursday."
FILMS = "Please request the films of Mr. Osei by today 5pm."
LETTER = "Please send the appeal letter for Ms. Tran by Friday."


class KeepingOffice(Office):
    """An office whose sent mails lie in a Sent folder, unless `keeps` is False."""

    keeps = True

    def _opened(self) -> Parts:
        parts = super()._opened()
        for name in ("new", "cur", "tmp"):
            (self.folder / "mail" / ".Sent" / name).mkdir(parents=True, exist_ok=True)
        copies = {account.name: open_copies(account, "") for account in parts.config.accounts}
        return replace(parts, copies=copies) if self.keeps else parts

    def live(self, minutes: int, step: int = 15) -> None:
        for _ in range(minutes // step):
            self.pass_time(minutes=step)
            self.work()

    def lose_and_restore(self, copy: Path) -> None:
        self.parts.ledger.close()
        (self.folder / "ledger" / FILE).write_bytes(b"\0" * 8192)
        restore(self.folder / "ledger", copy, self.now)
        self.parts = self._opened()

    def told(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.postbox.taken]

    def about(self, word: str) -> Task:
        found = [task for task in self.parts.ledger.book.numbered(tuple(range(1, 30))) if word in task.quote]
        assert len(found) == 1, [task.quote for task in found]
        return found[0]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[KeepingOffice]:
    office = KeepingOffice(tmp_path)
    yield office
    office.parts.ledger.close()


def copied(office: Office) -> Path:
    return back_up(office.folder / "ledger", office.folder / "copy.db", office.now).path


def two_days(office: KeepingOffice) -> Path:
    """Let Monday and Tuesday happen, with a copy in between; return the copy."""
    office.arrive(CLEARANCE)
    office.live(30)
    office.answer("done 1")
    office.live(30)
    copy = copied(office)
    for text in (REFERRAL, FILMS, ORDER, LETTER):
        office.pass_time(minutes=3)
        office.arrive(text)
        office.work()
    office.live(60 * 22, step=60)
    office.live(30)
    numbers = {word: office.about(word).number for word in ("referral", "order", "letter")}
    office.answer(f"done {numbers['referral']}\nsnooze {numbers['letter']} until friday")
    office.live(30)
    office.arrive("new: order new lancets by friday", sender=PRIYA, to="assistant@clinic.example")
    office.live(60)
    # What has just left is looked for in Sent some minutes later.
    office.live(10, step=5)
    return copy


def seen(tasks: Iterator[Task] | tuple[Task, ...]) -> list[tuple[object, ...]]:
    return [
        (
            *(task.number, task.state, task.quote, task.owner, task.deadline, task.snoozed_until),
            *(task.escalation_step, task.changed_by, task.notes),
        )
        for task in tasks
    ]


def test_what_happened_since_the_copy_is_the_same_afterwards_and_nobody_hears_of_it_twice(office: KeepingOffice):
    copy = two_days(office)
    before, told = seen(office.parts.ledger.book.numbered(tuple(range(1, 30)))), office.told()
    assert any(mail.startswith("<escalation.") for mail in told)
    assert {state for _, state, *_ in before} == {"open", "done"}

    office.lose_and_restore(copy)
    office.work()
    office.work()
    office.live(30)

    assert seen(office.parts.ledger.book.numbered(tuple(range(1, 30)))) == before
    assert office.told() == told
    assert office.parts.ledger.spool.balance(datetime(2020, 1, 1, tzinfo=UTC)).adds_up


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.8, 1.0])
def test_it_does_not_matter_how_old_the_copy_is(office: KeepingOffice, share: float):
    copies: list[Path] = []
    work = office.work

    def work_and_copy() -> None:
        work()
        copies.append(back_up(office.folder / "ledger", office.folder / f"{len(copies)}.db", office.now).path)

    office.work = work_and_copy  # type: ignore[method-assign]
    two_days(office)
    office.work = work  # type: ignore[method-assign]
    before, told = seen(office.parts.ledger.book.numbered(tuple(range(1, 30)))), office.told()
    office.lose_and_restore(copies[round(share * (len(copies) - 1))])
    office.live(30)

    assert seen(office.parts.ledger.book.numbered(tuple(range(1, 30)))) == before
    assert office.told() == told


def test_an_end_in_the_midst_of_catching_up_changes_nothing(office: KeepingOffice):
    copy = two_days(office)
    before, told = seen(office.parts.ledger.book.numbered(tuple(range(1, 30)))), office.told()
    office.lose_and_restore(copy)
    office.work()
    for mails in range(1, 5):
        left = iter(range(mails))
        room = office.parts.room.read

        def read_some(
            mail: SpooledMail, left: Iterator[int] = left, room: Callable[[SpooledMail], Message] = room
        ) -> Message:
            if next(left, None) is None:
                raise KeyboardInterrupt
            return room(mail)

        office.parts.room.read = read_some  # type: ignore[method-assign]
        with suppress(KeyboardInterrupt):
            office.work()
        office.restart()
        office.work()
    office.live(30)

    assert seen(office.parts.ledger.book.numbered(tuple(range(1, 30)))) == before
    assert office.told() == told


def test_the_next_digest_has_the_next_number_and_says_that_the_ledger_was_restored(office: KeepingOffice):
    copy = two_days(office)
    digests = [mail for mail in office.postbox.taken if str(mail["Message-ID"]).startswith("<digest.")]
    office.lose_and_restore(copy)
    office.live(60 * 24, step=60)

    last = [mail for mail in office.postbox.taken if str(mail["Message-ID"]).startswith("<digest.")]
    assert len(last) == len(digests) + 1
    body = last[-1].get_body(("plain",))
    assert body is not None
    assert f"Digest {len(last)}" in body.get_content()
    assert "The ledger was restored on Tuesday" in " ".join(body.get_content().split())


def test_without_copies_no_wrong_task_is_closed(tmp_path: Path):
    office = KeepingOffice(tmp_path)
    office.keeps = False
    office.parts = replace(office.parts, copies={})
    copy = two_days(office)
    office.lose_and_restore(copy)
    office.live(60)
    states = {task.quote: task.state for task in office.parts.ledger.book.numbered(tuple(range(1, 30)))}
    office.parts.ledger.close()

    assert states[CLEARANCE] == "done"
    assert [states[text] for text in (ORDER, FILMS, LETTER)] == ["open"] * 3


def test_a_mail_that_pretends_to_be_a_copy_of_ours_tells_nothing(office: KeepingOffice):
    copy = two_days(office)
    forged = next(path for path in (office.folder / "mail" / ".Sent" / "cur").iterdir() if "digest" in path.name)
    content = forged.read_bytes()
    for path in (office.folder / "mail" / ".Sent" / "cur").iterdir():
        path.unlink()
    forged.write_bytes(
        content.replace(b"digest:dana@clinic.example:2026-03-1", b"digest:dana@clinic.example:2026-04-1")
    )
    office.lose_and_restore(copy)
    office.live(60)

    last = office.parts.ledger.outgoing.last_of("digest", "dana@clinic.example")
    assert last is not None
    assert "2026-04" not in last.key


def test_digests_wait_until_it_is_known_what_was_sent_but_not_for_ever(office: KeepingOffice):
    copy = two_days(office)
    told = len(office.told())
    office.lose_and_restore(copy)

    def round_without_mailbox() -> None:
        receive(office.parts)
        tick(office.parts)
        deliver(office.parts)

    round_without_mailbox()
    assert len(office.told()) == told
    office.now += timedelta(days=1)
    round_without_mailbox()
    round_without_mailbox()
    assert len(office.told()) > told


def test_a_copy_that_we_put_into_sent_does_not_pass_for_the_servers(office: KeepingOffice):
    office.arrive(CLEARANCE)
    office.work()
    # The digest has just left; its copy is put into Sent some minutes later.
    copy = copied(office)
    office.live(30)
    office.lose_and_restore(copy)
    office.live(30)

    assert not office.parts.ledger.outgoing.server_keeps("smtp")


def test_a_yes_to_a_question_is_followed_again(office: KeepingOffice):
    office.arrive("\n\n".join(f"Please fax form {number} to Ridgeview by March 20." for number in range(1, 13)))
    office.live(30)
    copy = copied(office)
    office.live(30)
    office.answer("all done")
    office.live(30)
    asked = office.open
    office.answer("yes")
    office.live(30)
    closed = office.open
    office.lose_and_restore(copy)
    office.live(60)

    assert (len(asked), len(closed)) == (12, 0)
    assert office.open == ()
    assert office.parts.ledger.audit.verify().is_sound


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({}, (("1", "done 1"),)), ({"numbers": (3, 1)}, ()), ({"subject": "Done: 1 task"}, ()), ({"key": "k2"}, ())],
)
def test_only_the_mail_that_a_copy_is_of_says_what_may_be_answered_to_it(
    office: KeepingOffice, changes: dict[str, Any], expected: tuple[tuple[str, str], ...]
):
    found = OutgoingMail(
        key="k", kind="answer", recipient=PRIYA, subject="A question", message_id="answer.1@clinic.example",
        content=b"", numbers=(2, 1), prepared_at=office.now, state="sent",
    )  # fmt: skip
    anew = replace(found, numbers=(1, 2), choices=(("1", "done 1"),), message_id="answer.2@clinic.example")
    outgoing = office.parts.ledger.outgoing
    with office.parts.ledger._database.transaction():
        outgoing.put_sent(found)
        outgoing.put(replace(anew, **changes))
    told = outgoing.find([found.message_id])

    assert told is not None
    assert told.choices == expected
    assert office.parts.ledger.audit.verify().is_sound
