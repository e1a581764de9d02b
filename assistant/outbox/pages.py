"""What all our mails are made of: a page with its sections of entries, ready for the templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.outbox.entries import Entry, entry
from assistant.outbox.reader import Reader
from assistant.records import Language, Task

HelpLines = tuple[tuple[str, str], ...]
"""A command as it is written, and what it does."""
_MOST_NAMED = 60
"""Tasks, a few of them in full: no mailbox cuts a mail of so many, whatever their words are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    name: str
    entries: tuple[Entry, ...]
    brief: tuple[Entry, ...] = ()
    """Those that follow in a line each."""
    left_out: int = 0
    is_alarm: bool = False
    lead: str = ""

    @property
    def count(self) -> int:
        return len(self.entries) + len(self.brief) + self.left_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A section of one line each, without anything to answer."""

    name: str
    lines: tuple[str, ...]
    left_out: int = 0
    lead: str = ""

    @property
    def count(self) -> int:
        return len(self.lines) + self.left_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What all mails have in common."""

    organisation: str
    title: str
    subtitle: str
    language: Language = "en"
    """In which it is set; the page itself is English."""
    sections: tuple[Section, ...]
    code: str = ""
    """What shows that an answer answers this mail, where a mail program keeps nothing but its text."""

    @property
    def shown(self) -> tuple[int, ...]:
        """The tasks that a reply may speak of by their place, in order."""
        shown = (one for section in self.sections for one in (*section.entries, *section.brief))
        return tuple(dict.fromkeys(one.number for one in shown))


def section_of(
    name: str,
    tasks: Sequence[Task],
    reader: Reader,
    most: int,
    *,
    is_alarm: bool = False,
    lead: str = "",
    names_all: bool = False,
) -> Section:
    """Return a section with at most `most` tasks in full, and the others counted, or named in a line each."""
    shown = max(most, _MOST_NAMED) if names_all else most
    return Section(
        name=name,
        entries=tuple(entry(task, reader) for task in tasks[:most]),
        brief=tuple(entry(task, reader) for task in tasks[most:shown]),
        left_out=max(0, len(tasks) - shown),
        is_alarm=is_alarm,
        lead=lead,
    )


def ways_for(tasks: Sequence[Task]) -> HelpLines:
    """Return the commands that are used most, with the number of a task that is there."""
    if not tasks:
        return (("list", "all that is open"), ("help", "all that I understand"))
    number = tasks[0].number
    return (
        (f"done {number}", "it is finished"),
        (f"ack {number}", "I am on it"),
        (f"snooze {number} mon", "not before Monday"),
        (f"give {number} to NAME", "somebody else sees to it"),
        (f"drop {number}", "there is nothing to do"),
        ("undo", "take my last answer back"),
        ("help", "all that I understand"),
    )
