"""Options that several commands share, and the parts that they open."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, TextIO, cast

import structlog
import typer
from rich.console import Console

from assistant.config import load
from assistant.daemon import clock, stopwatch
from assistant.pipeline import Parts
from assistant.pipeline.assembly import assemble, close

ConfigPath = Annotated[
    Path, typer.Option("--config", "-c", envvar="ASSISTANT_CONFIG", help="The configuration.", show_default=True)
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
DEFAULT_CONFIG = Path("config.toml")
out = Console(soft_wrap=True)
"""Where results go; colours and tables only on a terminal."""
notes = Console(stderr=True, soft_wrap=True)
"""Where progress goes."""


@contextmanager
def opened(path: Path, *, lock: bool) -> Iterator[Parts]:
    """Give the parts that the configuration names, and close them after."""
    config = load(path)
    start_logging(config.assistant.log)
    parts = assemble(config, os.environ, clock, lock=lock, stopwatch=stopwatch)
    try:
        yield parts
    finally:
        close(parts)


def unforeseen(error: BaseException) -> str:
    """Return what and where it was, in one line; an exception's own words may be a mail's, those of the system not."""
    said = f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
    trace, place = error.__traceback__, ""
    while trace is not None:
        place, trace = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}", trace.tb_next
    return f"unforeseen trouble: {type(error).__name__}{said} at {place}; it is tried again with the next run"


class _Unfailing:
    """A stream for the log: on a full disk a line of it is lost, and nothing else."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError):
            return self._stream.write(text)
        return 0

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


def start_logging(least: str) -> None:
    """Log to standard error, JSON for a machine, aligned text on a terminal: keys and counts, never a mail's words."""
    renderer = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, least.upper())),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", _Unfailing(sys.stderr))),
    )
