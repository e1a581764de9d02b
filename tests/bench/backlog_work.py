"""The assistant in a process of its own, for its time and memory to be measured: its work -> a line of JSON.

python -m tests.bench.backlog_work stages|daemon CONFIG

    stages   all mail into the spool, then all mail read; what each took
    daemon   as in use, until SIGTERM
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.cli.options import start_logging
from assistant.config import load
from assistant.daemon import Daemon, clock, stop_on_signals
from assistant.pipeline import Parts, collect, receive
from assistant.pipeline.assembly import assemble, close

_BATCH = 50
_LOOK_EVERY = 20
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def main() -> None:
    kind, path = sys.argv[1:]
    start_logging("error")
    parts = assemble(load(Path(path)), os.environ, clock)
    found: dict[str, Any] = {}
    if kind == "stages":
        found = stages(parts)
    else:
        stop_on_signals(parts.stop)
        Daemon(parts).run()
    close(parts)
    print(json.dumps(found | {"memory_mb": memory_mb()}), flush=True)


def stages(parts: Parts) -> dict[str, Any]:
    """Collect and read all that waits; return what it took, and whether the newest were read first."""
    started = time.monotonic()
    new = sum(collect(parts, account) for account in parts.mailboxes)
    collected = time.monotonic()
    order = Order(parts)
    settled = receive(parts, order.look)
    return {
        "collected": new,
        "collect_s": collected - started,
        "settled": settled,
        "receive_s": time.monotonic() - collected - order.took_s,
        "balance": balance(parts),
        "newest_first": not order.wrong,
        "looks": order.looks,
    }


class Order:
    """Looks now and then whether every mail that was read is newer than those that wait."""

    def __init__(self, parts: Parts) -> None:
        self._rows = parts.ledger.spool._database.rows
        self._rounds = 0
        self.looks, self.wrong, self.took_s = 0, 0, 0.0

    def look(self, _settled: int) -> None:
        self._rounds += 1
        if self._rounds % _LOOK_EVERY:
            return
        started = time.monotonic()
        read = self._rows("SELECT min(received_at) AS at FROM mails WHERE state <> 'waiting'")[0]["at"]
        waits = self._rows("SELECT max(received_at) AS at FROM mails WHERE state = 'waiting'")[0]["at"]
        self.looks += 1
        self.wrong += waits is not None and waits > read
        self.took_s += time.monotonic() - started


def balance(parts: Parts) -> dict[str, Any]:
    found = parts.ledger.spool.balance(LONG_AGO)
    return {
        "read": found.read,
        "tasks": found.tasks,
        "waiting": found.waiting,
        "needs_person": found.needs_person,
        "adds_up": found.adds_up,
    }


def memory_mb() -> float:
    """Return the most memory that this process held, and beside it the largest of its children."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024


if __name__ == "__main__":
    main()
