"""A ledger of the test's own, far simpler than ours: what came, what people said, and what must follow from that."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from assistant.ledger.book import as_event
from assistant.records import ChangesUndone, LedgerEvent, OutgoingMail, Task, TaskEscalated, TaskOpened
from tests.configs import DANA, PRIYA
from tests.faults.year_office import SAM, YearOffice

NAME = re.compile(r"\b(?:Mrs?)\. ([A-Z][a-z]+)")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_CATCH_UP = timedelta(hours=12)
_LATE = timedelta(hours=1)
_LAST = 12


@dataclass(frozen=True, kw_only=True)
class Reader:
    zone: ZoneInfo
    at: time
    workdays: frozenset[int]


READERS = {
    DANA: Reader(zone=ZoneInfo("America/New_York"), at=time(7), workdays=frozenset(range(5))),
    PRIYA: Reader(zone=ZoneInfo("America/Los_Angeles"), at=time(6, 30), workdays=frozenset(range(5))),
    SAM: Reader(zone=ZoneInfo("Australia/Lord_Howe"), at=time(23, 30), workdays=frozenset({6, 0, 1, 2, 3})),
}


@lru_cache(maxsize=4096)
def first_minute(zone: ZoneInfo, day: date, at: time) -> datetime:
    """Return the first minute at which the clocks of a zone show that time of that day, or a later one, by walking."""
    moment = datetime.combine(day, at, UTC) - timedelta(hours=15)
    while moment.astimezone(zone).replace(tzinfo=None) < datetime.combine(day, at):
        moment += _MINUTE
    return moment


def owed(reader: Reader, now: datetime, is_made: Callable[[date], bool]) -> date | None:
    """Return the day whose digest must be there after a whole tick at `now`."""
    today = now.astimezone(reader.zone).date()
    for day in (today, today - timedelta(days=1)):
        if is_made(day):
            return None
        is_time = timedelta(0) <= now - first_minute(reader.zone, day, reader.at) < _CATCH_UP
        if is_time and day.weekday() in reader.workdays:
            return day
    return None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A task as it must stand."""

    state: str = "open"
    owner: str
    snoozed_until: date | None = None
    by: str = ""
    """Who closed it."""


@dataclass
class Said:
    """A person's word that is on its way."""

    key: str
    person: str
    effects: dict[str, Wanted]
    is_undo: bool = False


@dataclass
class Model:
    office: YearOffice
    tasks: dict[str, Wanted] = field(default_factory=dict)
    """patient -> the one task that their mail asks for; no patient has two."""
    keys: set[str] = field(default_factory=set)
    """Of all mails that came."""
    said: list[Said] = field(default_factory=list)
    """What is not settled yet."""
    words: list[str] = field(default_factory=list)
    """All that people said, with what it was to come to."""
    undoable: dict[str, dict[str, Wanted]] = field(default_factory=dict)
    """person -> how what they changed last stood before."""
    made: set[tuple[str, date]] = field(default_factory=set)
    may_miss: Callable[[str], bool] = lambda _patient: False
    """Whether nobody could tell that the patient's mail asks for anything."""
    _day: date | None = None
    """Until which the whole ledger was held against this one."""
    _checked: int = 0
    _prepared: int = 0
    _numbers: dict[int, str] = field(default_factory=dict)
    _of_patient: dict[str, int] = field(default_factory=dict)
    _changes: dict[int, list[LedgerEvent]] = field(default_factory=dict)
    """number -> what people did to that task."""
    _steps: dict[int, int] = field(default_factory=dict)
    _left: dict[str, str] = field(default_factory=dict)
    _reached: set[str] = field(default_factory=set)

    def ticked(self, now: datetime, is_whole: bool) -> None:  # noqa: FBT001 - a plain hook
        """Hold the digests that a tick made against those that it had to make."""
        due = {(who, day) for who, one in READERS.items() if (day := owed(one, now, self._is_made(who)))}
        rows = self.office.rows(
            "SELECT rowid, key, recipient FROM outbox NOT INDEXED WHERE rowid > ? AND kind = 'digest'", self._prepared
        )
        new = {_digest(row) for row in rows}
        self._prepared = max((row["rowid"] for row in rows), default=self._prepared)
        assert new <= due, f"digests that nobody is owed at {now}: {new - due}"
        assert not is_whole or due <= new, f"digests that are missing at {now}: {due - new}"
        self.made |= new

    def _is_made(self, who: str) -> Callable[[date], bool]:
        return lambda day: (who, day) in self.made

    def heard(self) -> None:
        """Let what people said take effect where the assistant has settled it."""
        for one in [*self.said]:
            state = self.office.ledger.spool.state(one.key)
            assert state in (None, "waiting", "answer", "needs_person"), f"a word to us was taken for {state}"
            if state != "answer":
                continue
            self.said.remove(one)
            before = {patient: self.tasks[patient] for patient in one.effects}
            self.tasks |= one.effects
            if one.is_undo:
                self.undoable.pop(one.person, None)
            elif one.effects:
                self.undoable[one.person] = before
            for other, kept in self.undoable.items():
                if other != one.person and not one.effects.keys().isdisjoint(kept):
                    self.undoable[other] = {}

    def number_of(self, patient: str) -> int | None:
        return self._of_patient.get(patient)

    def patient_of(self, number: int) -> str:
        return self._numbers.get(number, "")

    def check(self) -> None:
        """Hold what is new in the assistant's ledger against this one; once a day, all that is in it."""
        self.heard()
        events = self._new_events()
        for event in events:
            self._check_event(event)
        self._check_tasks({event.number for event in events})
        self._check_post()
        if self.office.true.date() != self._day:
            self._day = self.office.true.date()
            self._check_day()

    def _check_day(self) -> None:
        """Hold what stands in the ledger against this one, whatever its last changes were."""
        stand = {task.number for task in self.office.ledger.book.open_tasks()}
        self._check_tasks(stand | {number for number, one in self._numbers.items() if self.tasks[one].state == "open"})
        rows = self.office.rows
        assert {_digest(row) for row in rows("SELECT key, recipient FROM outbox WHERE kind = 'digest'")} == self.made
        balance = self.office.ledger.spool.balance(EPOCH)
        assert balance.adds_up
        assert balance.read == rows("SELECT count(*) AS n FROM mails")[0]["n"]

    def _check_tasks(self, numbers: set[int]) -> None:
        tasks = self.office.ledger.book.numbered(tuple(numbers))
        assert {task.number for task in tasks} == numbers
        for task in tasks:
            self._check_task(self._numbers[task.number], task)

    def _new_events(self) -> list[LedgerEvent]:
        rows = self.office.rows("SELECT * FROM events NOT INDEXED WHERE id > ? ORDER BY id", self._checked)
        self._checked = max((row["id"] for row in rows), default=self._checked)
        return [as_event(row) for row in rows]

    def _check_event(self, event: LedgerEvent) -> None:
        number, change = event.number, event.change
        if isinstance(change, TaskOpened):
            found = NAME.search(change.quote)
            assert found, f"a task out of nothing: #{number}"
            assert found[1] in self.tasks, f"a task for a patient of whom nobody wrote: {found[1]}"
            assert found[1] not in self._of_patient, f"the task of {found[1]} was opened twice"
            self._numbers[number], self._of_patient[found[1]] = found[1], number
        elif isinstance(change, TaskEscalated):
            assert change.step > self._steps.get(number, -1), f"step {change.step} of #{number} came twice"
            self._steps[number] = change.step
        else:
            # Whatever a person does with a task lets its climb begin anew.
            assert event.actor != "assistant", f"the assistant changed #{number} by itself: {type(change).__name__}"
            self._steps.pop(number, None)
            self._changes.setdefault(number, []).append(event)

    def is_news(self, patient: str, person: str, mail: OutgoingMail) -> bool:
        """Return whether somebody else changed a task, and that stands, after the person got a mail that shows it."""
        number = self._of_patient[patient]
        if number not in mail.numbers:
            return False
        # A handoff is written before it stands in the ledger: it knows of no version.
        seen, changes = dict(mail.versions).get(number), self._changes.get(number, [])
        later = {one.id: one for one in changes if (one.id > seen if seen else one.at > mail.prepared_at)}
        taken_back: set[int] = set()
        for one in changes:
            if isinstance(one.change, ChangesUndone):
                taken_back |= {*one.change.event_ids}
                # Where it takes back what the mail does not show either, all is as the mail shows it.
                if later.keys() >= {*one.change.event_ids}:
                    taken_back.add(one.id)
        return any(one.actor != person for one in later.values() if one.id not in taken_back)

    def _check_task(self, patient: str, task: Task) -> None:
        wanted = self.tasks[patient]
        stands = Wanted(
            state=task.state,
            owner=task.owner or "",
            snoozed_until=task.snoozed_until,
            by=task.changed_by if task.state != "open" else "",
        )
        if stands != wanted:
            raise AssertionError(
                f"#{task.number} ({patient}) stands as {stands}, not as {wanted}; {self._told_of(task)}"
            )

    def _told_of(self, task: Task) -> str:
        """Return what happened to a task, and what was said last, for whoever has to find out why."""
        events = self.office.ledger.book.history(task.number)
        told = [f"{one.id} {one.at:%F %T} {one.actor} {one.source[:8]}: {one.change}" for one in events[1:]]
        return "\n".join(["its history:", *told, "said last:", *self.words[-_LAST:]])

    def _check_post(self) -> None:
        """Nothing left twice; nothing left that the ledger does not know; a late digest says so."""
        for one in self.office.post.taken[len(self._left) :]:
            mail = one.mail
            assert mail.message_id not in self._left, f"left twice: {mail.key}"
            self._left[mail.message_id] = mail.key
            if mail.kind == "digest":
                reader, day = READERS[mail.recipient], date.fromisoformat(mail.key.rpartition(":")[2])
                late = mail.prepared_at - first_minute(reader.zone, day, reader.at) > _LATE
                # Somebody's first comes when the assistant is first started.
                is_said = b"comes late" in mail.content
                assert is_said == (late and mail.recipient in self._reached), f"{mail.key} at {mail.prepared_at}"
                self._reached.add(mail.recipient)
                assert b"does not add up" not in mail.content

    def check_quiet(self) -> None:
        """After the last trouble: all that came is settled, what was owed has left, what was asked for is there."""
        self._check_day()
        self._check_tasks(set(self._numbers))
        assert not self.said, f"{len(self.said)} words were never heard"
        lost = [patient for patient in self.tasks if patient not in self._of_patient and not self.may_miss(patient)]
        assert not lost, f"tasks were lost: {lost}"
        states = Counter(row["state"] for row in self.office.rows("SELECT state FROM mails"))
        assert states.keys() <= {"tasks", "no_task", "answer"}, states
        assert {row["key"] for row in self.office.rows("SELECT key FROM mails")} == self.keys, "mails were lost"
        outbox = self.office.rows("SELECT key, recipient, numbers, state, withdrawn_at FROM outbox")
        withdrawn = [row for row in outbox if row["withdrawn_at"]]
        left = [row for row in outbox if not row["withdrawn_at"]]
        assert {row["state"] for row in left} == {"sent"}
        assert sorted(row["key"] for row in left) == sorted(one.mail.key for one in self.office.post.taken)
        for row in withdrawn:
            self._check_withdrawn(row)
        assert self.office.ledger.quick_check() == "ok"
        self._check_calls()

    def _check_withdrawn(self, row: dict[str, Any]) -> None:
        """What is taken back told of tasks in the night that somebody has changed again since."""
        kind, source, *_ = row["key"].split(":")
        assert kind == "handoff", f"{row['key']} was taken back"
        changes = (self._changes[number] for number in json.loads(row["numbers"]))
        assert any(source in {one.source for one in told[:-1]} for told in changes), f"{row['key']} still held"

    def _check_calls(self) -> None:
        """Each step that the ledger tells of has reached everybody it names."""
        called = Counter(
            (one.mail.recipient, number)
            for one in self.office.post.taken
            if one.mail.kind == "escalation"
            for number in one.mail.numbers
        )
        owed_calls: Counter[tuple[str, int]] = Counter()
        for number in self._numbers:
            for event in self.office.ledger.book.history(number):
                if isinstance(event.change, TaskEscalated):
                    owed_calls.update((who, number) for who in event.change.to)
        assert called == owed_calls, f"never called: {owed_calls - called}, called too often: {called - owed_calls}"


def _digest(row: dict[str, Any]) -> tuple[str, date]:
    """Return whose digest of the outbox that is, and of which day."""
    return row["recipient"], date.fromisoformat(row["key"].rpartition(":")[2])


def closed(wanted: Wanted, state: str, by: str) -> Wanted:
    return replace(wanted, state=state, by=by, snoozed_until=None)
