"""Task -> the entry that stands for it in our mails: plain words, with nothing left in them that steers a display."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from assistant.errors import place_of
from assistant.outbox.one_touch import touches
from assistant.outbox.reader import Reader
from assistant.outbox.wording import back_words, due_words, moment_words, shortened
from assistant.records import SET_ASIDE, Task

log = structlog.get_logger()
_TITLE = 110
_QUOTE = 160
_NOTE = 100
_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One task, ready to be set: plain words only."""

    number: int
    title: str
    patient: str
    """Empty where the title names them, or nobody is known."""
    due: str
    is_overdue: bool
    priority: str
    """Empty where it is normal."""
    facts: tuple[str, ...]
    quote: str = ""
    note: str = ""
    told: str = ""
    """What they say for whom we wait."""
    why: str = ""
    """Why it needs a look."""
    ask: tuple[tuple[str, str], ...] = ()
    """What may be answered: the words, and what they do."""
    touches: tuple[tuple[str, str], ...] = ()
    """What may be answered with one touch: the link's name, and the words."""

    @property
    def is_critical(self) -> bool:
        return self.priority == "critical"

    @property
    def whole_title(self) -> str:
        return f"{self.title} ({self.patient})" if self.patient else self.title

    @property
    def line(self) -> str:
        """All that is known beside the title, for plain text."""
        return "; ".join(filter(None, (self.priority.upper(), self.due, *self.facts)))


def entry(task: Task, reader: Reader) -> Entry:
    """Return the task as its reader is told it; one that cannot be told in full is told by its number."""
    try:
        return _entry(task, reader)
    except Exception as error:  # noqa: BLE001 - one bad task must not keep back a mail that tells of many
        log.error("task_not_shown", task=task.number, error=type(error).__name__, place=place_of(error))
        return Entry(
            number=task.number,
            title="This task cannot be shown in full.",
            patient="",
            due="look it up",
            is_overdue=False,
            priority="",
            facts=(),
        )


def _entry(task: Task, reader: Reader) -> Entry:
    due = due_words(task.deadline, reader.now, reader.person.calendar)
    why, ask = _look(task)
    title, patient = shortened(task.title, _TITLE), shortened(task.patient or "", _NAME)
    return Entry(
        number=task.number,
        title=title,
        patient="" if patient.casefold() in title.casefold() else patient,
        due=due.text if task.deadline or task.priority != "critical" else _came(task, reader),
        is_overdue=due.is_overdue and task.state == "open",
        priority="" if task.priority == "normal" else task.priority,
        facts=tuple(_facts(task, reader)),
        quote=shortened(task.quote, _QUOTE),
        note=shortened(task.notes[-1], _NOTE) if task.notes else "",
        told=_told(task, reader),
        why=why,
        ask=ask,
        touches=touches(task, reader.person, reader.now),
    )


def _came(task: Task, reader: Reader) -> str:
    """Return when what is critical came, where that is all that tells how late it is."""
    return f"no date, came {moment_words(task.opened_at, reader.now, reader.zone)}"


def _facts(task: Task, reader: Reader) -> list[str]:
    person, now, zone = reader.person, reader.now, reader.zone
    facts = []
    holder = task.owner or task.coordinator
    if task.waiting:
        facts.append(f"waiting for {reader.name_of(task.owner) if task.owner else 'somebody else'}")
    elif not person.is_at(holder):
        facts.append(f"with {reader.name_of(holder)}")
    if task.evidence:
        facts.append(_asked(task, reader))
    if task.away is not None and task.away.until.local_day(person.calendar) >= now.astimezone(zone).date():
        facts.append(f"away until {reader.day(task.away.until.local_day(person.calendar))}")
    if task.requester and not (task.waiting and task.requester == task.owner):
        facts.append("from you" if person.is_at(task.requester) else f"from {reader.name_of(task.requester)}")
    if task.acknowledged_until is not None and task.acknowledged_until > now:
        facts.append(f"acknowledged{_by(task, reader)} until {moment_words(task.acknowledged_until, now, zone)}")
    if task.snoozed_until is not None and task.state == "open":
        facts.append(f"snoozed until {back_words(task.snoozed_until, now, zone)}")
    return facts


def _by(task: Task, reader: Reader) -> str:
    """Return who is on a task, where that is not who has it: nobody shall do it twice."""
    who = task.acknowledged_by
    if who is None or who == (task.owner or task.coordinator):
        return ""
    return " by you" if reader.person.is_at(who) else f" by {reader.name_of(who)}"


def _asked(task: Task, reader: Reader) -> str:
    """Return how often the task was asked for, and when last: who asks again waits."""
    said_on = task.asked_last.said_on if task.asked_last else None
    day = said_on or task.evidence[-1].at.astimezone(reader.zone).date()
    return f"asked {len(task.evidence) + 1} times, last {reader.day(day)}"


def _told(task: Task, reader: Reader) -> str:
    if task.promised is None:
        return ""
    who, said = reader.name_of(task.promised.said_by), f'"{shortened(task.promised.quote, _QUOTE)}"'
    if task.promised.until is None:
        return f"{who} says: {said}"
    return f"{who} promised {reader.day(task.promised.until.local_day(reader.person.calendar))}: {said}"


def _look(task: Task) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return why a person has to look at the task, and the words with which they settle it."""
    number = task.number
    keep = (f"ack {number}", "to keep it open")
    if task.marked is not None:
        said = f'"{shortened(task.marked.quote, _QUOTE)}"'
        match task.marked.claim:
            case "looks_done":
                return f"A mail says that this is done: {said}", ((f"done {number}", "to close it"), keep)
            case "looks_dropped":
                return f"A mail says that this is off: {said}", ((f"drop {number}", "to drop it"), keep)
            case "looks_moved":
                return f"A mail gives another date: {said}", ((f"due {number} DATE", "to move it"), keep)
    if task.may_repeat is not None:
        other = task.may_repeat
        ask = ((f"drop {number} duplicate of {other}", "if it is"), (f"split {number}", "if it is not"))
        return f"This may be the same as #{other}.", ask
    keep_or_drop = (keep, (f"drop {number}", "to drop it"))
    if not task.certain and task.rule.startswith(SET_ASIDE):
        return "It stands below a line that makes it a signature, a notice or an older mail.", keep_or_drop
    if not task.certain:
        found = "Only the built-in rules see a task here." if task.engine == "embedded" else "This may not be a task."
        return found, keep_or_drop
    return "", ()
