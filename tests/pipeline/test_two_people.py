"""Two people answer at once: late, out of order, twice, across restarts and restores; the ledger is the model's."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from assistant.ledger import back_up
from tests.pipeline.office import DANA, PRIYA, US, office_config
from tests.pipeline.test_restored import KeepingOffice

ASKED = (
    "Please fax the cardiac clearance for Mr. Alvarez to Ridgeview by Friday noon.",
    "Could you arrange transport for Mrs. Kim for Friday 9am?",
)
NUMBERS = (1, 2)
TOLD = office_config(priya={"digest_at": "07:00"})
TUESDAY = datetime(2026, 3, 10, 12, tzinfo=UTC)
"""Eight in the morning in New York: an hour after the digests."""
WORDS = {
    "done": ("done {}", "{} is done", "{} done, thanks"),
    "reopen": ("reopen {}", "please reopen {}"),
    "note": ("note {} left voicemail", "note {} they call back"),
    "urgent": ("{} urgent",),
    "normal": ("{} normal",),
    "nothing": ("is {} done?", "{} will be done friday"),
}
"""What somebody does with a task, in the words that they use for it."""
LEVELS = {"urgent": "high", "normal": "normal"}


@dataclass
class Matter:
    """A task as the model knows it: no events, no versions, no keys."""

    state: str = "open"
    priority: str = "normal"
    notes: tuple[str, ...] = ()
    changed_by: list[str] = field(default_factory=list)
    """Oldest first."""

    def hear(self, person: str, verb: str, words: str, seen: int | None) -> None:
        """Change as somebody asks who saw the first `seen` changes; None: the mail that they answer tells of another.

        What somebody else changed since stands between them and a word that closes or lowers.
        """
        is_unseen = seen is not None and any(one != person for one in self.changed_by[seen:])
        before = (self.state, self.priority, self.notes)
        if verb == "note":
            self.notes += (words.split(maxsplit=2)[2],)
        elif verb == "reopen":
            self.state = "open"
        elif self.state == "open" and verb == "urgent":
            self.priority = "high"
        elif self.state == "open" and verb == "done" and not is_unseen:
            self.state = "done"
        elif self.state == "open" and verb == "normal" and not is_unseen:
            self.priority = "normal"
        if (self.state, self.priority, self.notes) != before:
            self.changed_by.append(person)


@dataclass(frozen=True, slots=True)
class Held:
    """A mail of ours that somebody has."""

    message_id: str
    subject: str
    text: str
    shows: dict[int, int]
    """How many changes of which tasks."""


@dataclass(frozen=True, slots=True)
class Reply:
    message_id: str
    person: str
    verb: str
    words: str
    number: int
    seen: int | None
    content: bytes


def eve(folder: Path) -> Path:
    """Make the folder of an office in which Dana gave Priya two tasks, which both have to do with now."""
    office = KeepingOffice(folder, TOLD)
    for text in ASKED:
        office.arrive(text)
        office.work()
        office.pass_time(minutes=1)
    digest = next(mail for mail in office.postbox.taken if DANA in str(mail["To"]))
    office.answer("give 1, 2 to priya", In_Reply_To=str(digest["Message-ID"]))
    office.live(30)
    office.parts.ledger.close()
    return folder


class Conversation:
    """What two people write to one office, and what a far simpler ledger makes of it."""

    def __init__(self, template: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=template.parent))
        shutil.copytree(template, self.folder, dirs_exist_ok=True)
        self.office = KeepingOffice(self.folder, TOLD)
        self.office.now, self.office._count = TUESDAY, 100
        self.matters = {number: Matter(changed_by=[DANA]) for number in NUMBERS}
        self.held: dict[str, list[Held]] = {DANA: [], PRIYA: []}
        self.on_the_way: list[Reply] = []
        self.unread: list[Reply] = []
        self.arrived: list[Reply] = []
        self.copy: Path | None = None
        self._heard: dict[str, dict[int, int]] = {}
        self._looked_at = 0
        self.work()

    def write(self, person: str, verb: str, words: str, number: int, place: int) -> Reply:
        """Let somebody answer one of the mails that they have."""
        self.office.pass_time(seconds=20)
        answered = self.held[person][place % len(self.held[person])]
        said = words.format(number)
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = person, US, f"Re: {answered.subject}"
        mail["Date"] = format_datetime(self.office.now)
        mail["Message-ID"] = f"<reply-{len(self.arrived) + len(self.on_the_way)}@{person.partition('@')[0]}.example>"
        mail["In-Reply-To"] = answered.message_id
        quoted = "\n".join(f"> {line}" for line in answered.text.splitlines())
        mail.set_content(f"{said}\n\nOn Tue, Mar 10, 2026 at 8:00 AM Assistant <{US}> wrote:\n\n{quoted}\n")
        seen = answered.shows.get(number)
        reply = Reply(str(mail["Message-ID"]), person, verb, said, number, seen, mail.as_bytes())
        self.on_the_way.append(reply)
        return reply

    def arrive(self, reply: Reply) -> None:
        self.on_the_way.remove(reply)
        self.unread.append(reply)
        self.again(reply)
        self.arrived.append(reply)

    def again(self, reply: Reply) -> None:
        self.office.pass_time(seconds=1)
        self.office.arrive_raw(reply.content)

    def work(self) -> None:
        self.office.work()
        for reply in self.unread:
            self.matters[reply.number].hear(reply.person, reply.verb, reply.words, reply.seen)
            self._heard[reply.message_id] = self._versions()
        self.unread.clear()
        self._hand_out()
        self.check()

    def live(self, minutes: int) -> None:
        for _ in range(minutes // 5):
            self.office.pass_time(minutes=5)
            self.work()

    def restore(self) -> None:
        """Lose the ledger, and go on with a copy of it; copies of what we sent lie in Sent by then."""
        assert self.copy is not None
        self.live(10)
        self.office.lose_and_restore(self.copy)
        self.office.live(30)
        self.work()

    def check(self) -> None:
        tasks = self.office.parts.ledger.book.numbered(NUMBERS)
        found = {task.number: (task.state, task.priority, tuple(task.notes)) for task in tasks}
        assert found == {number: (one.state, one.priority, one.notes) for number, one in self.matters.items()}
        taken = self.office.postbox.taken
        assert max(Counter(str(mail["Message-ID"]) for mail in taken).values()) == 1
        answered = Counter(str(mail["In-Reply-To"]) for mail in taken if mail["In-Reply-To"])
        assert answered == Counter(reply.message_id for reply in self.arrived)
        assert self.office.parts.ledger.spool.balance(datetime(2020, 1, 1, tzinfo=UTC)).adds_up

    def end(self) -> None:
        for reply in list(self.on_the_way):
            self.arrive(reply)
            self.work()
        if self.copy is not None:
            self.restore()

    def close(self) -> None:
        self.office.parts.ledger.close()
        shutil.rmtree(self.folder)

    def _versions(self) -> dict[int, int]:
        return {number: len(one.changed_by) for number, one in self.matters.items()}

    def _hand_out(self) -> None:
        for mail in self.office.postbox.taken[self._looked_at :]:
            self._looked_at += 1
            sent = self.office.parts.ledger.outgoing.find([str(mail["Message-ID"]).strip("<>")])
            body = mail.get_body(("plain",))
            assert sent is not None
            assert body is not None
            if sent.kind in {"digest", "answer"}:
                versions = self._heard.get(str(mail["In-Reply-To"]), self._versions())
                shows = {number: versions[number] for number in sent.numbers}
                mine = Held(str(mail["Message-ID"]), str(mail["Subject"]), body.get_content(), shows)
                self.held[sent.recipient].append(mine)


class TwoPeople(RuleBasedStateMachine):
    """Any of what happens to their mails, in any order; what fails is shrunk to the fewest steps."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.talk = Conversation(self.template)
        self.reads_at_once = False

    @initialize(reads_at_once=st.booleans())
    def begin(self, *, reads_at_once: bool):
        """After a restore, what a mail of ours showed is told by the time: there nothing may lie unread meanwhile."""
        self.reads_at_once = reads_at_once

    @rule(
        person=st.sampled_from((DANA, PRIYA)),
        said=st.sampled_from([(verb, words) for verb, known in WORDS.items() for words in known]),
        number=st.sampled_from(NUMBERS),
        place=st.integers(0, 20),
        is_late=st.booleans(),
    )
    def answer(self, person: str, said: tuple[str, str], number: int, place: int, *, is_late: bool):
        reply = self.talk.write(person, *said, number, place)
        if not is_late:
            self.talk.arrive(reply)
            self.read()

    @precondition(lambda self: self.talk.on_the_way)
    @rule(place=st.integers(0, 20))
    def arrive(self, place: int):
        self.talk.arrive(self.talk.on_the_way[place % len(self.talk.on_the_way)])
        self.read()

    @precondition(lambda self: self.talk.arrived)
    @rule(place=st.integers(0, 20))
    def arrive_again(self, place: int):
        self.talk.again(self.talk.arrived[place % len(self.talk.arrived)])
        self.read()

    def read(self) -> None:
        if self.reads_at_once:
            self.talk.work()

    @rule()
    def work(self):
        self.talk.work()

    @rule()
    def wait_for_the_next_digest(self):
        self.talk.office.pass_time(days=1)
        self.talk.work()

    @rule()
    def restart(self):
        self.talk.office.restart()

    @precondition(lambda self: self.reads_at_once)
    @rule()
    def copy_the_ledger(self):
        office = self.talk.office
        self.talk.copy = back_up(office.folder / "ledger", office.folder / "copies", office.now).path

    @precondition(lambda self: self.talk.copy is not None)
    @rule()
    def restore(self):
        self.talk.restore()

    def teardown(self):
        try:
            self.talk.end()
        finally:
            self.talk.close()


def test_whatever_comes_when_the_ledger_holds_what_both_said(tmp_path: Path, request: pytest.FixtureRequest):
    TwoPeople.template = eve(tmp_path / "eve")
    run_state_machine_as_test(
        TwoPeople,
        settings=settings(
            max_examples=1000 if request.config.getoption("--full") else 8,
            stateful_step_count=20,
            suppress_health_check=[*HealthCheck],
        ),
    )
