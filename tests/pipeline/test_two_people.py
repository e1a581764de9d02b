"""Two people answer at once: late, out of order, twice, across restarts and restores; the ledger is the model's."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from assistant.ledger import back_up
from assistant.records import Task
from tests.pipeline.office import DANA, PRIYA, US, office_config
from tests.pipeline.test_restored import KeepingOffice
from tests.pipeline.two_people_model import Model, Said, Standing

ASKED = (
    "Please fax the cardiac clearance for Mr. Alvarez to Ridgeview by Friday noon.",
    "Could you arrange transport for Mrs. Kim for Friday 9am?",
)
NUMBERS = (1, 2)
TOLD = office_config(priya={"digest_at": "07:00"}, limits={"answers_per_hour": 1000, "mails_per_hour": 1000})
TUESDAY = datetime(2026, 3, 10, 12, tzinfo=UTC)
"""Eight in the morning in New York: an hour after the digests."""
WORDS = {
    "done": ("done {}", "{} is done", "{} listo"),
    "drop": ("drop {}", "{} is not needed any more"),
    "reopen": ("reopen {}", "please reopen {}"),
    "note": ("note {} left voicemail", "note {} they call back"),
    "urgent": ("{} urgent",),
    "normal": ("{} normal",),
    "april": ("{} due april 22", "move {} to april 22"),
    "june": ("{} due june 5",),
    "rest": ("snooze {} until may 4",),
    "ack": ("ack {}", "I am on {}"),
    "dana": ("give {} to dana",),
    "priya": ("give {} to priya", "{} is for Priya"),
    "nothing": ("is {} done?", "who has {}?"),
    "undo": ("undo", "undo {}"),
    "new": ("new: call the pharmacy", "new: order gowns", "nueva: pedir batas"),
}
"""What somebody does with a task, in the words that they use for it."""


@dataclass(frozen=True, slots=True)
class Held:
    """A mail of ours that somebody has."""

    message_id: str
    subject: str
    text: str
    receipt_of: str | None
    """The mail that it answers."""
    shows: dict[int, int]
    """How many changes of which tasks."""


@dataclass(frozen=True, slots=True)
class Reply:
    said: Said
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


def said_on_eve(number: int) -> Said:
    return Said("eve", DANA, "priya", "give 1, 2 to priya", number, answered="", receipt_of=None, shows={}, at=TUESDAY)


class Conversation:
    """What two people write to one office, and what a far simpler ledger makes of it."""

    def __init__(self, template: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=template.parent))
        shutil.copytree(template, self.folder, dirs_exist_ok=True)
        self.office = KeepingOffice(self.folder, TOLD)
        self.office.now, self.office._count = TUESDAY, 100
        self.model = Model({task.number: replace(_standing(task), owner=DANA) for task in self.tasks()})
        for number in NUMBERS:
            self.model.hear(said_on_eve(number))
        self.held: dict[str, list[Held]] = {DANA: [], PRIYA: []}
        self.on_the_way: list[Reply] = []
        self.unread: list[Reply] = []
        self.arrived: list[Reply] = []
        self.copy: Path | None = None
        self._heard: dict[str, dict[int, int]] = {}
        self._looked_at, self._count = 0, 0
        self.work()

    def tasks(self) -> tuple[Task, ...]:
        return self.office.parts.ledger.book.numbered(NUMBERS)

    def write(self, person: str, verb: str, words: str, number: int, place: int) -> Reply:
        """Let somebody answer one of the mails that they have."""
        self.office.pass_time(seconds=20)
        answered = self.held[person][place % len(self.held[person])]
        number = number if "{}" in words else 0
        return self._sent(person, verb, words.format(number), number, answered)

    def write_again(self, reply: Reply) -> Reply:
        """Let a phone send a mail once more, as another."""
        self.office.pass_time(seconds=20)
        said = reply.said
        (answered,) = (one for one in self.held[said.person] if one.message_id == said.answered)
        return self._sent(said.person, said.verb, said.words, said.number, answered)

    def _sent(self, person: str, verb: str, words: str, number: int, answered: Held) -> Reply:
        self._count += 1
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = person, US, f"Re: {answered.subject}"
        mail["Date"] = format_datetime(self.office.now)
        mail["Message-ID"] = f"<reply-{self._count}@{person.partition('@')[0]}.example>"
        mail["In-Reply-To"] = answered.message_id
        quoted = "\n".join(f"> {line}" for line in answered.text.splitlines())
        mail.set_content(f"{words}\n\nOn Tue, Mar 10, 2026 at 8:00 AM Assistant <{US}> wrote:\n\n{quoted}\n")
        said = Said(
            mail=str(mail["Message-ID"]),
            person=person,
            verb=verb,
            words=words,
            number=number,
            answered=answered.message_id,
            receipt_of=answered.receipt_of,
            shows=answered.shows,
            at=self.office.now,
        )
        reply = Reply(said, mail.as_bytes())
        self.on_the_way.append(reply)
        return reply

    def arrive(self, reply: Reply) -> None:
        self.on_the_way.remove(reply)
        self.again(reply)
        reply = replace(reply, said=replace(reply.said, at=self.office.now))
        self.unread.append(reply)
        self.arrived.append(reply)

    def again(self, reply: Reply) -> None:
        self.office.pass_time(seconds=1)
        self.office.arrive_raw(reply.content)

    def work(self) -> None:
        self.office.work()
        for reply in self.unread:
            self.model.hear(reply.said)
            self._heard[reply.said.mail] = self.model.versions()
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
        assert {task.number: _standing(task) for task in self.tasks()} == {
            number: self.model.stands(number) for number in NUMBERS
        }
        made = [task for task in self.office.open if task.engine == "person"]
        assert sorted((task.coordinator, task.quote) for task in made) == self.model.own()
        taken = self.office.postbox.taken
        assert max(Counter(str(mail["Message-ID"]) for mail in taken).values()) == 1
        answered = Counter(str(mail["In-Reply-To"]) for mail in taken if mail["In-Reply-To"])
        arrived = Counter(reply.said.mail for reply in self.arrived)
        assert answered <= arrived
        assert {*(arrived - answered)} <= self.model.silent
        assert self.office.parts.ledger.spool.balance(datetime(2020, 1, 1, tzinfo=UTC)).adds_up

    def end(self) -> None:
        for reply in list(self.on_the_way):
            self.arrive(reply)
            self.work()
        self.office.pass_time(minutes=65)
        self.work()
        # What was put off is told within the hour.
        assert not any(self.office.parts.ledger.held_answers.waiting(person) for person in (DANA, PRIYA))
        if self.copy is not None:
            self.restore()

    def close(self) -> None:
        self.office.parts.ledger.close()
        shutil.rmtree(self.folder)

    def _hand_out(self) -> None:
        for mail in self.office.postbox.taken[self._looked_at :]:
            self._looked_at += 1
            sent = self.office.parts.ledger.outgoing.find([str(mail["Message-ID"]).strip("<>")])
            body = mail.get_body(("plain",))
            assert sent is not None
            assert body is not None
            if sent.kind in {"digest", "answer"}:
                receipt_of = str(mail["In-Reply-To"]) if mail["In-Reply-To"] else None
                text = body.get_content()
                shows = self._shown(receipt_of or "", sent.numbers, text)
                mine = Held(str(mail["Message-ID"]), str(mail["Subject"]), text, receipt_of, shows)
                self.held[sent.recipient].append(mine)

    def _shown(self, receipt_of: str, numbers: Sequence[int], text: str) -> dict[int, int]:
        """Return what a mail of ours lets its reader know; what it only may be asked about is as they saw it last."""
        versions = self._heard.get(receipt_of, self.model.versions())
        before = next((one.said.shows for one in self.arrived if one.said.mail == receipt_of), versions)
        now = {number: versions[number] for number in versions if re.search(rf"#{number}\b", text)}
        return {number: shown for number, shown in (before | now).items() if number in numbers}


def _standing(task: Task) -> Standing:
    return Standing(
        state=task.state,
        priority=task.priority,
        owner=task.owner or task.coordinator,
        due=task.deadline.due if task.deadline else None,
        rests_until=task.snoozed_until,
        taken_by=task.acknowledged_by,
        notes=task.notes,
    )


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody answers to one of the mails that they have."""

    person: str
    verb: str
    words: str
    number: int
    place: int
    is_late: bool


def any_of(*verbs: str) -> st.SearchStrategy[Word]:
    return st.sampled_from([(verb, words) for verb in verbs for words in WORDS[verb]]).flatmap(
        lambda said: st.builds(
            Word,
            person=st.sampled_from((DANA, PRIYA)),
            verb=st.just(said[0]),
            words=st.just(said[1]),
            number=st.sampled_from(NUMBERS),
            place=st.integers(0, 20),
            is_late=st.booleans(),
        )
    )


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

    def _answer(self, word: Word) -> None:
        reply = self.talk.write(word.person, word.verb, word.words, word.number, word.place)
        if not word.is_late:
            self.talk.arrive(reply)
            self.read()

    @rule(word=any_of("done", "drop", "reopen"))
    def close_or_reopen(self, word: Word):
        self._answer(word)

    @rule(word=any_of("april", "june", "rest", "ack"))
    def set_a_day(self, word: Word):
        self._answer(word)

    @rule(word=any_of("dana", "priya"))
    def hand_over(self, word: Word):
        self._answer(word)

    @rule(word=any_of("note", "urgent", "normal", "nothing"))
    def remark(self, word: Word):
        self._answer(word)

    @rule(word=any_of("new"))
    def make(self, word: Word):
        self._answer(word)

    @rule(word=any_of("undo"))
    def take_back(self, word: Word):
        self._answer(word)

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

    @precondition(lambda self: self.talk.arrived)
    @rule(place=st.integers(0, 20))
    def send_twice(self, place: int):
        """A phone that was never told that its mail had left sends it as another."""
        self.talk.arrive(self.talk.write_again(self.talk.arrived[place % len(self.talk.arrived)]))
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


def test_whatever_comes_when_the_ledger_holds_what_both_said(tmp_path: Path):
    assert_holds(tmp_path, examples=30)


def assert_holds(folder: Path, *, examples: int) -> None:
    TwoPeople.template = eve(folder / "eve")
    run_state_machine_as_test(
        TwoPeople,
        settings=settings(max_examples=examples, stateful_step_count=20, suppress_health_check=[*HealthCheck]),
    )
