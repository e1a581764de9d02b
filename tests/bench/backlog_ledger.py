"""A number -> a ledger with that many tasks, as the ledger itself would hold them, written in bulk."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from assistant.ledger import FILE, Ledger
from assistant.ledger.chain import new_salt, subject_of_task
from assistant.ledger.codec import encode
from assistant.ledger.fold import fold
from assistant.ledger.links import START, Link, digest_of, event_payload, hash_of
from assistant.ledger.moments import to_text
from assistant.records import Change, Deadline, LedgerEvent, TaskDone, TaskOpened

OPEN = 10_000
"""At most so many of the tasks are open, the last ones: nobody has more to do, and lives."""
_BATCH = 10_000
_NUMBER, _NAME, _VERSION = 987_654_321, "Zqzqz", 987_654_320
"""Stand in the encoded records for what differs from task to task."""
_WHAT = ("the cardiac clearance", "the referral form", "the imaging order", "the consent", "the lab results")
_WHERE = ("pre-op", "the wound clinic", "the infusion center", "medical records", "the ward")


def build(folder: Path, tasks: int, *, coordinator: str, now: datetime) -> None:
    """Make a ledger of `tasks` tasks opened over the last year."""
    Ledger(folder, lock=True).close()
    file = sqlite3.connect(folder / FILE, isolation_level=None)
    # The bulk is made once and thrown away: it need not outlive a power cut.
    file.execute("PRAGMA synchronous = OFF")
    rows, last = _rows(tasks, coordinator, now), START
    while some := list(itertools.islice(rows, _BATCH)):
        file.execute("BEGIN")
        events = [(*event, new_salt()) for events, _ in some for event in events]
        file.executemany(
            "INSERT INTO events (id, number, at, actor, source, change, effect, salt) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            events,
        )
        links = list(_links(events, last))
        last = links[-1][-1]
        file.executemany(
            "INSERT INTO audit (id, at, actor, what, subject, source, digest, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            links,
        )
        file.executemany(
            "INSERT INTO tasks (number, state, coordinator, owner, thread, source, changed_at, task)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [task for _, task in some],
        )
        file.execute("COMMIT")
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.close()


def _links(
    events: list[tuple[object, ...]], before: bytes
) -> Iterator[tuple[int, str, str, str, str, str, bytes, bytes]]:
    """Return the entries of the audit for these events, as the ledger's own chain makes them."""
    for number, task, at, actor, source, change, effect, salt in cast("list[_Event]", events):
        digest = digest_of(salt, event_payload(task, at, actor, source, change, effect))
        subject = subject_of_task(task)
        link = Link(id=number, at=at, actor=actor, what="bulk", subject=subject, source=source, digest=digest)
        before = hash_of(before, link)
        yield number, at, actor, "bulk", subject, source, digest, before


_Event = tuple[int, int, str, str, str, str, str | None, bytes]


def is_faithful(ledger: Ledger, numbers: list[int]) -> bool:
    """Return whether these tasks are what the ledger itself makes of their events."""
    return all(ledger.book.task(number) == fold(ledger.book.history(number)) for number in numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """One kind of task, encoded once by the ledger's own codec."""

    changes: tuple[tuple[str, str], ...]
    """Actor and change of each event."""
    state: str
    task: str


def _rows(tasks: int, coordinator: str, now: datetime) -> Iterator[tuple[list[tuple[object, ...]], tuple[object, ...]]]:
    at = now - timedelta(days=365)
    kinds = list(itertools.product(_WHAT, _WHERE))
    opened = [_form(*kind, coordinator, at, is_open=True) for kind in kinds]
    done = [_form(*kind, coordinator, at, is_open=False) for kind in kinds]
    version, moment = 0, to_text(at)
    for number in range(1, tasks + 1):
        form = (opened if number > tasks - OPEN else done)[number % len(kinds)]
        name, mail = f"Zq{_letters(number)}", f"mail-{number}"
        events: list[tuple[object, ...]] = []
        for actor, change in form.changes:
            version += 1
            effect = None if events else f"task:{number}"
            text = change.replace(_NAME, name).replace(str(_NUMBER), str(number))
            events.append((version, number, moment, actor, mail, text, effect))
        text = form.task.replace(_NAME, name).replace(str(_NUMBER), str(number)).replace(str(_VERSION), str(version))
        yield events, (number, form.state, coordinator, coordinator, f"<{mail}>", mail, moment, text)


def _form(what: str, where: str, coordinator: str, at: datetime, *, is_open: bool) -> _Form:
    asked = f"send {what} for {_NAME} to {where}"
    opened = TaskOpened(
        title=asked[0].upper() + asked[1:],
        quote=f"Please {asked} by Friday.",
        coordinator=coordinator,
        owner=coordinator,
        waiting=False,
        deadline=Deadline(due=datetime(2026, 3, 13, 21, tzinfo=UTC), words="by Friday", rule="weekday"),
        priority="normal",
        patient=f"Ms. {_NAME}",
        requester="ruth@surgery.example",
        certain=True,
        engine="embedded",
        rule="request",
        thread=f"<mail-{_NUMBER}>",
    )
    changes: tuple[tuple[str, Change], ...] = (
        (("assistant", opened),) if is_open else (("assistant", opened), (coordinator, TaskDone()))
    )
    last = len(changes) - 1
    task = fold(
        LedgerEvent(
            id=_VERSION if place == last else place,
            number=_NUMBER,
            at=at,
            actor=actor,
            source=f"mail-{_NUMBER}",
            change=change,
            effect=None,
        )
        for place, (actor, change) in enumerate(changes)
    )
    assert task is not None
    return _Form(
        changes=tuple((actor, encode(change)) for actor, change in changes), state=task.state, task=encode(task)
    )


def _letters(number: int) -> str:
    """Return a number as letters.

    >>> _letters(102)
    'bac'
    """
    return "".join(chr(97 + int(digit)) for digit in str(number))
