"""backup, restore, encrypt: the commands that copy the ledger, put a copy in its place, and make it unreadable."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import DEFAULT_CONFIG, ConfigPath, out, start_logging
from assistant.cli.readers import reader
from assistant.cli.tables import counted
from assistant.config import load
from assistant.daemon import clock
from assistant.errors import ConfigError
from assistant.ledger import FILE, SEALED, Copy, back_up, left_readable
from assistant.ledger import encrypt as make_unreadable
from assistant.ledger import restore as put_back
from assistant.pipeline.assembly import ledger_key, open_ledger
from assistant.signin import Secrets


def backup(
    to: Annotated[Path | None, typer.Argument(help="A file that ends in .db, or a folder.")] = None,
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Copy the ledger, while the assistant runs or not, and check the copy."""
    chosen = load(config)
    start_logging(chosen.assistant.log)
    key, recipients = ledger_key(chosen, os.environ), chosen.backup.recipients
    if to is not None:
        _refuse_unfit(to, is_sealed=bool(recipients))
    if (chosen.assistant.ledger / FILE).is_file():
        ledger = open_ledger(chosen, os.environ, lock=False)
        try:
            ledger.audit.shown("backup", reader(), clock(), everything=True)
        finally:
            ledger.close()
    copy = back_up(chosen.assistant.ledger, to or chosen.backup.folder, clock(), key=key, recipients=recipients)
    out.print(
        f"{copy.path}: {_content(copy)}, {copy.size / 1e6:.1f} MB, found sound",
        highlight=False,
        markup=False,
    )


def _refuse_unfit(to: Path, *, is_sealed: bool) -> None:
    """Raise where a copy would take another file's place, or lie in a folder that a typing mistake names."""
    if not to.exists() and not to.absolute().parent.is_dir():
        raise ConfigError(str(to), f"there is no folder {to.parent}; make it first, or name another one")
    copy = to.with_name(to.name + SEALED) if is_sealed else to
    if to.suffix == ".db" and copy.is_file():
        raise ConfigError(str(copy), "is there already; name another file, or a folder")


def _content(copy: Copy) -> str:
    return f"{counted(copy.mails, 'mail')}, {counted(copy.events, 'event')}"


def restore(
    file: Annotated[Path, typer.Argument(help="A copy that `backup` made, or the assistant by night.")],
    config: ConfigPath = DEFAULT_CONFIG,
    *,
    identity: Annotated[
        Path | None, typer.Option(help="The age identity that opens a sealed copy; only you may read it.")
    ] = None,
) -> None:
    """Put a copy in the ledger's place. The next start reads the mailboxes again from a month before the copy."""
    chosen = load(config)
    start_logging(chosen.assistant.log)
    key = ledger_key(chosen, os.environ)
    secret = Secrets(os.environ).get("--identity", f"file:{identity}" if identity else "") or ""
    copy, aside = put_back(chosen.assistant.ledger, file, clock(), key=key, identity=secret, by=reader())
    kept = f"; what was there is kept as {aside}" if aside else ""
    said = f"{copy.path} is the ledger now: {_content(copy)}, found sound{kept}"
    out.print(said, highlight=False, markup=False)


def encrypt(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Encrypt the ledger with the key that [storage] encryption_key names. The assistant must not be running."""
    chosen = load(config)
    key = ledger_key(chosen, os.environ)
    if key is None:
        raise ConfigError(str(config), "[storage] encryption_key names no key; say where it lies, and begin again")
    counts = make_unreadable(chosen.assistant.ledger, key)
    content = f"{counted(counts['mails'], 'mail')}, {counted(counts['events'], 'event')}"
    said = f"{chosen.assistant.ledger} is encrypted: {content}, found sound"
    out.print(said, highlight=False, markup=False)
    for path in (*left_readable(chosen.assistant.ledger), *left_readable(chosen.backup.folder)):
        out.print(f"{path} is an older copy and can still be read; remove it", highlight=False, markup=False)
