"""The daemon's occasions in a process of their own: mails in a folder -> what became of each, a line of JSON each.

Run as `python -m tests.faults.hostile_driver FOLDER`; the mails are FOLDER/bombs/*, in order of their names.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from assistant.parse import content_key
from assistant.pipeline import collect, receive
from tests.pipeline.office import Office


def main() -> None:
    folder = Path(sys.argv[1])
    office = Office(folder)
    for path in sorted((folder / "bombs").iterdir()):
        content = path.read_bytes()
        start = time.monotonic()
        office.arrive_raw(content)
        collect(office.parts, "desk")
        receive(office.parts)
        took = time.monotonic() - start
        spool = office.parts.ledger.spool
        since = office.parts.started_at.replace(year=2000)
        said = {one.key: one.reason for one in (*spool.quarantined(), *spool.read_in_part(since))}
        key = content_key(content)
        line = {
            "name": path.name,
            "state": spool.state(key),
            "said": said.get(key, ""),
            "took_s": round(took, 2),
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "open": len(office.open),
        }
        print(json.dumps(line), flush=True)
    office.parts.room.close()


if __name__ == "__main__":
    main()
