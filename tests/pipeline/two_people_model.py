"""What two people say of two tasks, and the lists that they make -> how all must stand: far simpler than our ledger."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from tests.configs import DANA, PRIYA

CHANGES: dict[str, dict[str, Any]] = {
    "done": {"state": "done"},
    "drop": {"state": "dropped"},
    "reopen": {"state": "open"},
    "urgent": {"priority": "high"},
    "normal": {"priority": "normal"},
    "april": {"due": date(2026, 4, 22)},
    "june": {"due": date(2026, 6, 5)},
    "rest": {"rests_until": date(2026, 5, 4)},
    "ack": {},
    "dana": {"owner": DANA},
    "priya": {"owner": PRIYA},
}
"""What a word does with a task."""
_LEAVES_CLOCKS = frozenset({"urgent", "normal"})
_SETS = frozenset({"urgent", "normal", "dana", "priya"})
"""What is so already is not made so again; a day that is set once more is."""
_ASKS_FIRST = frozenset({"done", "drop", "normal", "april", "june", "rest", "dana", "priya"})
"""What closes, lowers, puts off or hands over waits for a yes where somebody else changed the task unseen."""
_SENT_TWICE = timedelta(hours=3)
_NOTES_TOLD = 6
"""Once as many of somebody's mails changed nothing but notes, what they note is told later, in one mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a task stands."""

    state: str = "open"
    priority: str = "normal"
    owner: str = PRIYA
    due: date | datetime | None = None
    rests_until: date | datetime | None = None
    taken_by: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What one mail of somebody asks."""

    mail: str
    person: str
    verb: str
    words: str
    number: int
    """0 where it asks of no single task."""
    answered: str
    receipt_of: str | None
    """The mail that our mail answers which they answer."""
    shows: dict[int, int]
    """How many changes of which tasks that one shows."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    place: int
    """In the order of all changes of all tasks."""
    said: Said
    number: int
    undoes: frozenset[int] = frozenset()
    """Places."""


@dataclass
class Model:
    before: dict[int, Standing]
    changes: list[Change] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)
    """Mails that may go without an answer of their own: they ask in vain, again for what changed nothing but a note,
    or note the seventh thing."""
    _idle: Counter[str] = field(default_factory=Counter)
    _heard: set[tuple[str, str]] = field(default_factory=set)

    def hear(self, said: Said) -> None:
        known = len(self.changes)
        match said.verb:
            case "nothing":
                pass
            case "undo":
                self._undo(said)
            case "new":
                self._make(said)
            case _:
                self._ask(said)
        is_idle = all(one.said.verb == "note" for one in self.changes[known:])
        is_again = (said.person, said.words) in self._heard
        is_put_off = said.verb == "note" and self._idle[said.person] >= _NOTES_TOLD
        if is_idle and (said.verb == "undo" or is_again or is_put_off):
            self.silent.add(said.mail)
        self._idle[said.person] += is_idle
        self._heard.add((said.person, said.words))

    def versions(self) -> dict[int, int]:
        return {number: len(self._of(number)) for number in self.before}

    def stands(self, number: int) -> Standing:
        undone = self._undone
        task = self.before[number]
        for one in self._of(number):
            if one.place not in undone and not one.undoes:
                task = _after(task, one.said)
        return task

    def own(self) -> list[tuple[str, str]]:
        """Return what people made themselves and did not take back: whose it is, and in which words."""
        undone = self._undone
        made = (one for one in self.changes if one.said.verb == "new" and one.place not in undone)
        return sorted((one.said.person, one.said.words) for one in made)

    @property
    def _undone(self) -> frozenset[int]:
        return frozenset(place for one in self.changes for place in one.undoes)

    def _of(self, number: int) -> list[Change]:
        return [one for one in self.changes if one.number == number]

    def _add(self, said: Said, number: int, undoes: frozenset[int] = frozenset()) -> None:
        self.changes.append(Change(len(self.changes), said, number, undoes))

    def _ask(self, said: Said) -> None:
        task = self.stands(said.number)
        if said.person not in {DANA, task.owner} and said.number not in said.shows:
            self.silent.add(said.mail)
            return
        is_open = task.state == "open"
        if said.verb == "note":
            wanted = not self._is_noted(said)
        elif said.verb == "reopen":
            wanted = not is_open
        elif said.verb in _SETS:
            wanted = is_open and any(getattr(task, name) != value for name, value in CHANGES[said.verb].items())
        else:
            wanted = is_open
        if wanted and not (said.verb in _ASKS_FIRST and self._is_unseen(said)):
            self._add(said, said.number)

    def _is_noted(self, said: Said) -> bool:
        undone = self._undone
        return any(
            one.place not in undone
            and (one.said.verb, one.said.person, one.said.words, one.said.answered)
            == ("note", said.person, said.words, said.answered)
            and abs(one.said.at - said.at) <= _SENT_TWICE
            for one in self._of(said.number)
        )

    def _is_unseen(self, said: Said) -> bool:
        """Return whether somebody else changed the task since the mail that they answer, and it still counts."""
        seen = said.shows.get(said.number)
        if seen is None:
            return False
        later = self._of(said.number)[seen:]
        places, undone = {one.place for one in later}, self._undone
        return any(
            one.said.person != said.person and one.place not in undone and not (one.undoes and one.undoes <= places)
            for one in later
        )

    def _make(self, said: Said) -> None:
        if (said.person, said.words) not in self.own():
            # It has no number that anybody writes.
            self._add(said, -1 - len(self.changes))

    def _undo(self, said: Said) -> None:
        """Take back what the mail did whose receipt is answered; else what their last did that changed anything."""
        mine = [one for one in self.changes if one.said.person == said.person]
        told = [one for one in mine if one.said.mail == said.receipt_of]
        last = next((one.said.mail for one in reversed(mine) if not one.undoes), None)
        undone = self._undone
        theirs = told or [one for one in mine if one.said.mail == last]
        for one in theirs:
            others = any(later.said.person != said.person for later in self._of(one.number) if later.place > one.place)
            if one.place not in undone and not one.undoes and said.number in {0, one.number} and not others:
                self._add(said, one.number, frozenset({one.place}))


def _after(task: Standing, said: Said) -> Standing:
    if said.verb == "note":
        return replace(task, notes=(*task.notes, _note(said)))
    if said.verb not in _LEAVES_CLOCKS:
        task = replace(task, rests_until=None, taken_by=said.person if said.verb == "ack" else None)
    return replace(task, **CHANGES[said.verb])


def _note(said: Said) -> str:
    return said.words.split(maxsplit=2)[-1]
