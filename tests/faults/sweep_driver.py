"""The process that is killed: orders come in, one JSON line each; for each the assistant runs once, in a copy of us.

Started by its path, with the package to be tried on PYTHONPATH. All is imported and the rules are compiled before the
first order, so that a run costs what its work costs; what runs is `assistant once` itself. Only the clock is set.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import assistant
from assistant import daemon

_SET_PTRACER, _ANYBODY = 0x59616D61, 2**64 - 1  # prctl(2)
_now = datetime.now(UTC)


def _clock() -> datetime:
    return _now


if __name__ == "__main__":
    # Before the command line takes it over.
    daemon.clock = _clock

from assistant import cli  # noqa: E402 - the clock comes first
from assistant.config import load  # noqa: E402
from assistant.outbox import typeset  # noqa: E402
from assistant.pipeline import assembly  # noqa: E402
from assistant.reading_room import ReadingRoom  # noqa: E402
from assistant.records import Message, SpooledMail  # noqa: E402

_read = ReadingRoom.read


def _deadly(room: ReadingRoom, mail: SpooledMail) -> Message:
    """Read as always; what a mail may do to its reader at its worst is done here."""
    if b"X-Deadly" in mail.content:
        os.kill(os.getpid(), signal.SIGKILL)
    return _read(room, mail)


def main() -> None:
    """Say that we are ready, and follow orders until there are no more."""
    ReadingRoom.read = _deadly  # type: ignore[method-assign, assignment]
    _warm(Path(sys.argv[1]))
    _say({"package": str(Path(assistant.__file__).parent)})
    for line in sys.stdin:
        _follow(json.loads(line))


def _warm(config: Path) -> None:
    """Compile rules and templates; without a model, the engines know nothing of any ledger."""
    reader = assembly.open_engines(load(config), {}, None)
    assembly.open_engines = lambda *_given: reader
    templates = typeset._environment("en")
    for name in templates.list_templates(("txt", "html")):
        templates.get_template(name)
    gc.collect()
    # What is here already is not looked at again in the copies, and stays shared.
    gc.freeze()


def _follow(order: dict[str, str]) -> None:
    start, started = os.pipe()
    copy = os.fork()
    if not copy:
        os.close(started)
        _run(order, start)
    os.close(start)
    _say({"pid": copy})
    # Whoever wants to trace the copy has done so when the next line comes.
    sys.stdin.readline()
    os.close(started)
    _say({"status": os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])})


def _run(order: dict[str, str], start: int) -> None:
    """Be the assistant; end as it ends."""
    global _now  # noqa: PLW0603 - a clock that is set once in a process's life
    _now = datetime.fromisoformat(order["now"])
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for where, here in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(where, here)
    # Some systems let only a parent trace; strace is none of ours.
    ctypes.CDLL(None).prctl(_SET_PTRACER, ctypes.c_ulong(_ANYBODY))
    os.read(start, 1)
    sys.argv = ["assistant", "once", "--config", order["config"]]
    status = 0
    try:
        cli.main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException as error:  # noqa: BLE001 - it must not go on as the process that takes orders
        print(f"died: {type(error).__name__}: {error}", file=sys.stderr)
        status = 70
    for stream in (sys.stdout, sys.stderr):
        # What could not be written is the interpreter's trouble at its end.
        with suppress(OSError):
            stream.flush()
    os._exit(status)


def _say(word: dict[str, object]) -> None:
    print(json.dumps(word), flush=True)


if __name__ == "__main__":
    main()
