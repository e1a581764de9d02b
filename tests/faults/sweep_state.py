"""What a run has left behind: the ledger and what the server took -> State, and what is wrong in one beside another.

Reads the ledger's file itself, by SQL: the package that is tried does not judge itself.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from assistant.ledger.codec import decode
from assistant.ledger.fold import fold
from assistant.ledger.moments import from_text
from assistant.records import LedgerEvent, Task
from tests.faults.sweep_office import DIFFERENT_MAILS, MAILS, OPEN_TASKS
from tests.faults.sweep_sink import Taken

_BALANCE = re.compile(r"Read (\d+) mails?\b[^:]*(?:\d\d?:\d\d[^:]*)?:((?:\s+\d+ [^,.]{1,80}[,.])+)")


@dataclass(frozen=True, slots=True)
class Owed:
    state: str
    message_id: str
    recipient: str
    content: bytes


_NUMBERED_BY_US = 2**32
"""From here on no server counts: a mail that came twice is looked at once more, for it came at another time too."""


@dataclass(frozen=True, slots=True)
class State:
    mails: Counter[tuple[str, str]]
    """Key and state; what we sent ourselves and came back goes by its key in the outbox."""
    deliveries: int
    tasks: Counter[tuple[str, ...]]
    events: Counter[tuple[str, ...]]
    owed: dict[str, Owed]
    """By its key in the outbox."""
    taken: tuple[Taken, ...]
    unsound: tuple[str, ...]


def read_state(ledger: Path, taken: Sequence[Taken]) -> State:
    with closing(sqlite3.connect(ledger)) as db:
        db.row_factory = sqlite3.Row
        names = {row["number"]: f"{row['source']} {json.loads(row['task'])['quote']}" for row in _rows(db, "tasks")}
        ours = {row["message_id"]: row["key"] for row in _rows(db, "outbox")}
        return State(
            mails=Counter((ours.get(row["message_id"], row["key"]), row["state"]) for row in _rows(db, "mails")),
            deliveries=sum(row["uidvalidity"] < _NUMBERED_BY_US for row in _rows(db, "deliveries")),
            tasks=Counter(_task(row, names) for row in _rows(db, "tasks")),
            events=Counter(_event(row, names) for row in _rows(db, "events")),
            owed={
                row["key"]: Owed(row["state"], row["message_id"], row["recipient"], row["content"])
                for row in _rows(db, "outbox")
            },
            taken=tuple(taken),
            unsound=tuple(_unsound(db)),
        )


def is_all_sent(ledger: Path) -> bool:
    with closing(sqlite3.connect(ledger)) as db:
        return all(state == "sent" for (state,) in db.execute("SELECT state FROM outbox"))


def broken_copies(folder: Path) -> list[str]:
    """Return what is wrong with the ledger's finished copies: what bears such a name must be whole."""
    broken = []
    for path in folder.glob("ledger-*.db"):
        with closing(sqlite3.connect(path)) as db:
            if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                broken.append(f"{path.name} is broken")
    return broken


def faults(found: State, clean: State) -> list[str]:
    """Return all that is wrong, a line each; `clean` is the same work that nobody disturbed."""
    return [
        *found.unsound,
        *_differences("mail", found.mails, clean.mails),
        *_differences("task", found.tasks, clean.tasks),
        *_differences("event", found.events, clean.events),
        *_differences("mail that is owed", Counter(list(found.owed)), Counter(list(clean.owed))),
        *_wrong_mails(found),
    ]


def expected(found: State, held: int) -> list[str]:
    """Return what is wrong in the work of the two days by itself; `held` mails lie in the mailbox."""
    tasks = Counter(json.loads(task[2]) for task in found.tasks.elements())
    kinds = Counter(key.partition(":")[0] for key in found.owed)
    lines = (
        ("mails", sum(found.mails.values()), DIFFERENT_MAILS + held - MAILS),
        ("deliveries", found.deliveries, held),
        ("open tasks", tasks["open"], OPEN_TASKS),
        ("closed tasks", tasks["done"], 1),
        ("digests", kinds["digest"], 4),
        ("answers", kinds["answer"], 1),
        ("escalations", kinds["escalation"], 1),
    )
    return [f"{what}: {count}, not {wanted}" for what, count, wanted in lines if count != wanted]


def _wrong_mails(found: State) -> Iterator[str]:
    """Yield what is wrong with what left: lost, sent twice, unknown to the ledger, or not as it was frozen."""
    ours = {mail.message_id for mail in found.owed.values()}
    yield from ("a mail left that the ledger does not know" for mail in found.taken if _message_id(mail) not in ours)
    for key, mail in found.owed.items():
        kind = key.partition(":")[0]
        taken = [one for one in found.taken if _message_id(one) == mail.message_id]
        count = sum(one.recipient == mail.recipient for one in taken)
        if mail.state != "sent" or not count:
            yield f"{kind} lost: it is {mail.state}, and was taken {count} times"
        # Of an escalation that may have arrived, a second copy is the lesser harm.
        if count > 1 and kind != "escalation":
            yield f"{kind} duplicated: taken {count} times"
        if any(one.content != mail.content for one in taken):
            yield f"{kind} changed: what was taken is not what the ledger holds"
        yield from _wrong_sums(kind, mail.content)


def _wrong_sums(kind: str, content: bytes) -> Iterator[str]:
    if kind != "digest":
        return
    body = message_from_bytes(content, EmailMessage, policy=policy.default).get_body(("plain",))
    assert body is not None
    text = " ".join(body.get_content().split())
    found = _BALANCE.search(text)
    if found is None:
        if "No new mail since" not in text:
            yield "a digest prints no balance"
    elif int(found[1]) != sum(int(one) for one in re.findall(r"(?:^|, )\s*(\d+) ", found[2].strip())):
        yield f"a digest's balance does not add up: {found[0]}"


def _unsound(db: sqlite3.Connection) -> Iterator[str]:
    said = db.execute("PRAGMA integrity_check").fetchone()[0]
    if said != "ok":
        yield f"integrity check: {said}"
    yield from (f"a row points nowhere: {tuple(row)}" for row in db.execute("PRAGMA foreign_key_check"))
    folded = {}
    for number in sorted({row["number"] for row in _rows(db, "events")}):
        task = fold([_ledger_event(row) for row in _rows(db, "events") if row["number"] == number])
        if task is not None:
            folded[number] = task
    if folded != {row["number"]: decode(row["task"], Task) for row in _rows(db, "tasks")}:
        yield "the tasks are not what their events make of them"
    opened = Counter(row["effect"] for row in _rows(db, "events") if row["effect"] is not None)
    yield from (f"an effect stands {count} times" for count in opened.values() if count > 1)


def _differences(what: str, found: Counter[Any], clean: Counter[Any]) -> Iterator[str]:
    for one in clean.keys() | found.keys():
        count, wanted = found[one], clean[one]
        if count != wanted:
            fate = "lost" if count < wanted else "duplicated"
            yield f"{what} {fate}: {_short(one)} is there {count} times, not {wanted}"


def _short(one: object) -> str:
    return str(one)[:200]


def _rows(db: sqlite3.Connection, table: str) -> list[sqlite3.Row]:
    order = " ORDER BY id" if table == "events" else ""
    return db.execute(f"SELECT * FROM {table}{order}").fetchall()


def _task(row: sqlite3.Row, names: dict[int, str]) -> tuple[str, ...]:
    task = json.loads(row["task"])
    said = ("title", "state", "coordinator", "owner", "priority", "patient", "deadline", "waiting")
    return (names[row["number"]], *(json.dumps(task[one]) for one in said), str(len(task["evidence"])))


def _event(row: sqlite3.Row, names: dict[int, str]) -> tuple[str, ...]:
    return (names.get(row["number"], "?"), json.loads(row["change"])["is"], row["actor"], row["source"])


def _ledger_event(row: sqlite3.Row) -> LedgerEvent:
    from assistant.ledger.book import _change  # noqa: PLC0415 - the one place that knows how changes are written

    return LedgerEvent(
        id=row["id"],
        number=row["number"],
        at=from_text(row["at"]),
        actor=row["actor"],
        source=row["source"],
        change=_change(row["change"]),
        effect=row["effect"],
    )


def _message_id(mail: Taken) -> str:
    return str(message_from_bytes(mail.content)["Message-ID"]).strip().strip("<>")
