"""A task -> what may be answered with one touch; the words of an answer -> the link that opens it, ready to be sent.

The link opens a new mail, which answers nothing of ours by its headers: its subject names our mail, and its text is a
command as a person would type it. All that is not plain is percent-encoded, and there is no line break in it: mail
programs differ in what they make of one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote

from assistant.records import Person, Task

CODE = 10
"""Characters of a message id that name the mail in the subject of an answer."""
Link = Callable[[str], str]
_DAY = timedelta(days=1)
_MOST_DAYS = 30
_FIRST_YEAR, _LAST_YEAR = 1900, 9990
"""Beyond them the days run out."""


def no_link(_words: str) -> str:
    return ""


def link_to(address: str, stem: str, token: str = "") -> Link:
    """Return what makes a link of an answer's words, for the mail of ours that has this kind, code and token."""
    kind, _, rest = stem.partition(".")
    tag = f"[{kind} {rest[:CODE]}{token and f'.{token}'}]"

    def link(words: str) -> str:
        return f"mailto:{quote(address, safe='@')}?subject={_encoded(f'{words} {tag}')}&body={_encoded(words)}"

    return link


def _encoded(words: str) -> str:
    return quote(words, safe="")


def touches(task: Task, person: Person, now: datetime) -> tuple[tuple[str, str], ...]:
    """Return what may be answered for an open task with one touch: the link's name, and the answer's words."""
    if task.state != "open":
        return ()
    number = task.number
    return (
        ("Done", f"{number} done"),
        *_later(task, person, now),
        ("On it", f"{number} ack"),
        ("Not mine", f"{number} not mine"),
    )


def _later(task: Task, person: Person, now: datetime) -> tuple[tuple[str, str], ...]:
    """Return the day after a task's own, or after today where that has passed, told by its date.

    "+1 day" would be counted from when it is sent, and could bring a task forward.
    """
    calendar, deadline = person.calendar, task.deadline
    if deadline is not None and not _FIRST_YEAR < deadline.due.year < _LAST_YEAR:
        return ()
    today = now.astimezone(calendar.zone).date()
    day = today if deadline is None else max(today, deadline.local_day(calendar))
    after = next((one for ahead in range(1, _MOST_DAYS) if calendar.is_workday(one := day + ahead * _DAY)), day + _DAY)
    name = "+1 day" if after == day + _DAY else "+1 workday"
    if deadline is None:
        return ((name, f"{task.number} snooze until {after}"),)
    at = f" {deadline.due.astimezone(calendar.zone):%H:%M}" if isinstance(deadline.due, datetime) else ""
    return ((name, f"{task.number} due {after}{at}"),)
