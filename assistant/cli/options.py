"""Options that several commands share, and the parts that they open."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

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
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    # The scheduler warns of each run that it skips; our jobs look again by themselves.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
