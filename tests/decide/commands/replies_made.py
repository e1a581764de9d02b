"""A digest of one cardiology coordinator, and what her replies are read with."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from assistant.decide.commands import ReplyContext, read_reply
from assistant.records import Deadline, Task
from tests.decide.tasks_made import DANA, PEOPLE, PRIYA, RUTH, ZONE, local, task

NOW = local(3, 10, 9)
"""A Tuesday."""
MARCUS = replace(PRIYA, email="marcus.boyd@clinic.example", name="Marcus Boyd")
MARCUS_LEE = replace(PRIYA, email="marcus.lee@clinic.example", name="Marcus Lee")
TEAM = (*PEOPLE, MARCUS, MARCUS_LEE)

TITLES: dict[int, tuple[str, str | None]] = {
    2: ("Fax the stress test order to Ridgeview Imaging", "Mr. Okafor"),
    4: ("Call Mrs. Lindqvist about her warfarin refill", "Mrs. Lindqvist"),
    5: ("Book an interpreter for the valve clinic", "Thuy Pham"),
    7: ("Get the Holter report from Dr. Abel", "Joan Castillo"),
    9: ("Submit prior authorization for cardiac rehab", "Joan Castillo"),
    12: ("Order the loop recorder for Thursday", "Mr. Okafor"),
}
SHOWN = tuple(TITLES)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPANISH = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
_LEAD = re.compile(r"^(?:(?:by|until|till|til|to|on|for|at|due|next|el|hasta|para)\s+)+")


def when(phrase: str) -> Deadline | None:
    """A small grammar of days that stands in for the real one: enough to see which words are handed over."""
    words = _LEAD.sub("", phrase.lower().replace("é", "e").strip())
    day = re.fullmatch(r"(?:the )?([a-z]+)(?:\s+(?:at )?(\d{1,2})(?::(\d\d))?\s?(am|pm))?", words)
    today = NOW.astimezone(ZONE).date()
    found: date | None = None
    if day is not None and day[1] in {"tomorrow", "manana", "mañana"}:
        found = today + timedelta(days=1)
    elif day is not None:
        for names in (_DAYS, _SPANISH):
            for index, name in enumerate(names):
                if day[1].startswith(name[:3]) and len(day[1]) <= len("wednesdays"):
                    found = today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)
    if found is None or day is None:
        return None
    if day[2] is None:
        return Deadline(due=found, words=phrase, rule="test")
    hour = int(day[2]) % 12 + (12 if day[4] == "pm" else 0)
    moment = datetime(found.year, found.month, found.day, hour, int(day[3] or 0), tzinfo=ZONE)
    return Deadline(due=moment, words=phrase, rule="test")


def digest(numbers: tuple[int, ...] = SHOWN, **changes: Any) -> ReplyContext:  # noqa: ANN401 - fields of ReplyContext
    """Return the surroundings of a reply to a mail that shows `numbers`."""
    plain = ReplyContext(
        person=DANA,
        people=TEAM,
        tasks=made(),
        shown=numbers,
        answered=None,
        now=NOW,
        source="reply-1",
        subject="Re: 6 open tasks",
        message_id="reply-1@clinic.example",
        when=when,
        next_number=40,
        ack_holds=timedelta(hours=24),
        bulk_limit=10,
    )
    return replace(plain, **changes)


def made() -> tuple[Task, ...]:
    return tuple(task(number, title=title, patient=patient) for number, (title, patient) in TITLES.items())


def read(words: str, asked: ReplyContext | None = None) -> list[str]:
    """Return the operations of a reply as short words: `done 12`, `due 4 2026-03-13`."""
    return [_short(one) for one in read_reply(words, asked or digest()).operations]


def _short(one: Any) -> str:  # noqa: ANN401 - an Operation
    until = one.until.due.isoformat() if one.until else None
    arguments = (one.number, until, one.to, one.level, one.title or None, one.text if one.op == "note" else None)
    return " ".join(str(part) for part in (one.op, *arguments) if part is not None)


__all__ = ["DANA", "MARCUS", "NOW", "PRIYA", "RUTH", "SHOWN", "TEAM", "digest", "made", "read", "when"]
