"""backup, restore: the commands that copy the ledger and put a copy in its place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import DEFAULT_CONFIG, ConfigPath, out, start_logging
from assistant.config import load
from assistant.daemon import clock
from assistant.ledger import back_up
from assistant.ledger import restore as put_back


def backup(
    to: Annotated[Path | None, typer.Argument(help="A file that ends in .db, or a folder.")] = None,
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Copy the ledger, while the assistant runs or not, and check the copy."""
    chosen = load(config)
    start_logging(chosen.assistant.log)
    copy = back_up(chosen.assistant.ledger, to or chosen.backup.folder, clock())
    out.print(
        f"{copy.path}: {copy.mails} mails, {copy.events} events, {copy.size / 1e6:.1f} MB, found sound",
        highlight=False,
        markup=False,
    )


def restore(
    file: Annotated[Path, typer.Argument(help="A copy that `backup` made, or the assistant by night.")],
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Put a copy in the ledger's place. The next start reads the mailboxes again from a month before the copy."""
    chosen = load(config)
    start_logging(chosen.assistant.log)
    copy, aside = put_back(chosen.assistant.ledger, file, clock())
    kept = f"; what was there is kept as {aside}" if aside else ""
    said = f"{copy.path} is the ledger now: {copy.mails} mails, {copy.events} events, found sound{kept}"
    out.print(said, highlight=False, markup=False)
