"""Try every point, in several processes; what was tried stands in a file, line by line, and is not tried again.

python -m tests.faults.every_point FILE [KIND ...] [--workers 2] [--points N]

    kills        SIGKILL at each system call of the day, the mail in a Maildir
    recoveries   the same, and once more in the run that comes after
    dovecot      SIGKILL at each system call of the day, the mail on a real Dovecot
    failures     each call of the day that can fail fails once, with each of its errors
    lasting      each write to the disk fails, and all after it until the run ends

Ended at any time, the same line goes on where it was; other code needs another file.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from tests.faults.sweep import SEED, scratch
from tests.faults.sweep_dovecot import dovecot_inbox
from tests.faults.sweep_errors import FailingWorkshop, Fault, all_faults, fault_sample
from tests.faults.sweep_office import Inbox
from tests.faults.sweep_points import Point, sample

KINDS = ("kills", "recoveries", "dovecot", "failures", "lasting")
_FIRST_KILLS, _SECOND_KILLS = 40, 25
_DISK = frozenset({"pwrite64", "fdatasync", "fsync", "write"})
Task = tuple[Point, ...] | Fault


class Outcome(NamedTuple):
    """One line of the file."""

    kind: str
    point: str
    wrong: list[str]
    missed: int
    """1 where the run came to its end before the point: two runs are not alike to the last call."""


def name_of(task: Task) -> str:
    return str(task) if isinstance(task, Fault) else ", then ".join(map(str, task))


def tasks(kind: str, workshop: FailingWorkshop, count: int | None) -> list[Task]:
    """Return what is to be tried; all of it, or `count` spread over the day."""
    points = workshop.points
    match kind:
        case "kills" | "dovecot":
            return [(point,) for point in sample(points, count or len(points), SEED)]
        case "recoveries":
            firsts = sample(points, _FIRST_KILLS, SEED + 1)
            pairs = [(one, two) for one in firsts for two in sample(workshop.recovery_points(one), _SECOND_KILLS, SEED)]
            return [*pairs[: count or len(pairs)]]
        case _:
            known = [one for one in all_faults(points) if kind == "failures" or one.call in _DISK]
            return [*(fault_sample(known, count, SEED) if count else known)]


def tried(kind: str, task: Task, workshop: FailingWorkshop) -> Outcome:
    missed = workshop.missed
    wrong = workshop.fail(task, for_good=kind == "lasting") if isinstance(task, Fault) else workshop.kill(*task)
    return Outcome(kind, name_of(task), wrong, workshop.missed - missed)


@contextmanager
def _opened(kind: str, folder: Path) -> Iterator[FailingWorkshop]:
    inboxes: AbstractContextManager[Inbox | None] = dovecot_inbox() if kind == "dovecot" else nullcontext()
    with inboxes as inbox, FailingWorkshop(Path(tempfile.mkdtemp(dir=folder)) / "office", inbox=inbox) as workshop:
        yield workshop


def _work(kind: str, folder: Path, file: Path, share: Sequence[Task]) -> None:
    """Be one of the processes: try a share, and write a line of each."""
    with _opened(kind, folder) as workshop, file.open("a", encoding="utf-8", buffering=1) as lines:
        for task in share:
            lines.write(json.dumps(tried(kind, task, workshop)._asdict()) + "\n")


def outcomes(file: Path, kind: str) -> dict[str, Outcome]:
    """Return what stands in the file; a line that was cut off is left out."""
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        with suppress(ValueError):
            one = Outcome(**json.loads(line))
            if one.kind == kind:
                found[one.point] = one
    return found


def go_through(kind: str, file: Path, *, workers: int, count: int | None = None) -> tuple[int, list[Outcome]]:
    """Try what the file does not hold yet; return how many there are, and what came of all that were tried."""
    known = outcomes(file, kind)
    spawn = get_context("spawn")
    with scratch() as folder:
        with _opened(kind, folder) as workshop:
            assert workshop.wrong == []
            every = tasks(kind, workshop, count)
        left = [task for task in every if name_of(task) not in known]
        shares = [left[one::workers] for one in range(workers)]
        processes = [spawn.Process(target=_work, args=(kind, folder, file, share)) for share in shares]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
    return len(every), list(outcomes(file, kind).values())


def summary(kind: str, of: int, found: Sequence[Outcome]) -> str:
    words = Counter(
        word for one in found for line in one.wrong for word in ("lost", "duplicated", "changed") if word in line
    )
    bad = [one for one in found if one.wrong]
    hit = len(found) - sum(one.missed for one in found)
    bound = f"; at most {3 / hit:.2%} of such points fail (95 %)" if hit and not bad else ""
    said = [f"\n{one.point}: {'; '.join(one.wrong)}" for one in bad]
    counts = ", ".join(f"{words[word]} {word}" for word in ("lost", "duplicated", "changed"))
    return (
        f"{kind}: {len(found)} of {of} points tried, {hit} of them reached;"
        f" {counts}, {len(bad)} points with a fault{bound}{''.join(said)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"all of them: {', '.join(KINDS)}")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--points", type=int, help="of each kind; every one")
    chosen = parser.parse_args()
    chosen.file.parent.mkdir(parents=True, exist_ok=True)
    is_fine = True
    for kind in chosen.kinds or KINDS:
        began = time.monotonic()
        of, found = go_through(kind, chosen.file, workers=chosen.workers, count=chosen.points)
        print(f"{summary(kind, of, found)}\n    {time.monotonic() - began:.0f} s", flush=True)
        is_fine = is_fine and len(found) >= of and not any(one.wrong for one in found)
    sys.exit(not is_fine)


if __name__ == "__main__":
    main()
