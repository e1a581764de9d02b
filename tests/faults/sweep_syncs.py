"""A trace of strace -> what others were told, or a file was named, before the disk held what that rests on."""

from __future__ import annotations

import re
from collections import Counter

OPTIONS = ("-yy", "-e", "trace=write,writev,pwrite64,pwritev,sendto,sendmsg,fsync,fdatasync,rename")
_CALL = re.compile(r"^\d+ +([a-z_0-9]+)\((.*)$")
_OPEN_FILE = re.compile(r"^\d+<(TCP|[^>]*)")
_NAMED = re.compile(r'"([^"]*)", "([^"]*)"')
_LOG = "ledger.db-wal"


def unsynced(trace: str) -> Counter[str]:
    """Count what a power cut could have taken though others knew of it already; and, under "", all that they got.

    >>> log, line = "5</x/ledger.db-wal>", "6<TCP:[127.0.0.1:1->127.0.0.1:2]>"
    >>> unsynced(f'7 pwrite64({log}, "")\\n7 fdatasync({log})\\n7 write({line}, "")')
    Counter({'': 1})
    >>> unsynced(f'7 pwrite64({log}, "")\\n7 write({line}, "")')["a server was told of what is not on the disk yet"]
    1

    """
    found: Counter[str] = Counter()
    waiting: set[str] = set()
    for line in trace.splitlines():
        call = _CALL.match(line)
        if call is None:
            continue
        name, given = call.groups()
        if name == "rename":
            found.update(_named_too_early(given, waiting))
            continue
        file = _OPEN_FILE.match(given)
        where = file[1] if file else ""
        if name in {"fsync", "fdatasync"}:
            waiting.discard(where)
        elif where == "TCP":
            is_early = any(one.endswith(_LOG) for one in waiting)
            found["a server was told of what is not on the disk yet" if is_early else ""] += 1
        else:
            waiting.add(where)
    return found


def _named_too_early(given: str, waiting: set[str]) -> list[str]:
    named = _NAMED.search(given)
    if named is None or not named[2].endswith(".db"):
        return []
    return ["a copy got its name before the disk held it"] if named[1] in waiting else [""]
