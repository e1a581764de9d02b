"""run, once, replay: the commands that read mail."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from assistant.cli.discretion import scratch_in
from assistant.cli.options import DEFAULT_CONFIG, AsJson, ConfigPath, notes, opened, out, start_logging, unforeseen
from assistant.cli.tables import show_tasks
from assistant.config import AccountSettings, load
from assistant.daemon import Daemon, clock, stop_on_signals
from assistant.errors import AssistantError, ConfigError, LedgerError, StorageError
from assistant.pipeline import Parts, collect, deliver, nightly, pulse, recall, receive, tick
from assistant.pipeline.assembly import assemble_replay, close
from assistant.pipeline.health.sign_ins import keep_signed_in


def run(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Read mail, send digests and escalations, until stopped (Ctrl-C or SIGTERM)."""
    with opened(config, lock=True) as parts:
        stop_on_signals(parts.stop)
        Daemon(parts).run()
        # Where it cannot be noted, `status` finds it silent before long.
        with suppress(StorageError):
            parts.ledger.health.note_stop(parts.clock())


def once(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Do one round and end: fetch, read, prepare what is due, send. For cron."""
    problems: list[str] = []
    with opened(config, lock=True) as parts:
        stop_on_signals(parts.stop)
        _done(lambda: keep_signed_in(parts), problems)
        collected = sum(_done(lambda: collect(parts, account), problems) for account in parts.mailboxes)  # noqa: B023 - called at once
        _done(lambda: recall(parts), problems)
        read = _done(lambda: receive(parts), problems)
        prepared = _done(lambda: tick(parts), problems)
        sent = _done(lambda: deliver(parts), problems)
        _done(lambda: nightly(parts), problems)
        health = parts.health
        problems += filter(None, (health.backup_problem, health.purge_problem, health.delivery_problem))
        _done(lambda: pulse(parts, is_complete=not problems), problems)
    out.print(f"new {collected}  read {read}  prepared {prepared}  sent {sent}", highlight=False)
    for problem in dict.fromkeys(problems):
        notes.print(f"assistant: {problem}", highlight=False, markup=False)
    if problems:
        raise typer.Exit(1)


def _done(step: Callable[[], object], problems: list[str]) -> int:
    """Do one step and return its count; its trouble is no reason to leave out the next one."""
    try:
        count = step()
        return count if isinstance(count, int) else 0
    except LedgerError:
        raise
    except AssistantError as error:
        problems.append(str(error))
    except Exception as error:  # noqa: BLE001 - what nobody foresaw must not keep back what waits to be sent
        problems.append(unforeseen(error))
    return 0


def replay(
    folder: Annotated[Path, typer.Argument(help="A Maildir, or a folder of .eml files.")],
    config: ConfigPath = DEFAULT_CONFIG,
    *,
    as_json: AsJson = False,
) -> None:
    """Show which tasks the mails of a folder would open. Neither the ledger nor a server is touched."""
    if not folder.is_dir():
        raise ConfigError(str(folder), "is no folder")
    chosen = load(config)
    with scratch_in(chosen.assistant.ledger) as scratch:
        maildir = _as_maildir(folder, scratch / "mail")
        start_logging("error")
        account = AccountSettings(name="replay", person=chosen.people[0].email, maildir=maildir, idle=False)
        parts = assemble_replay(chosen, account, scratch / "ledger", os.environ, clock)
        try:
            _replay(parts, len(list((maildir / "new").iterdir())), as_json=as_json)
        finally:
            close(parts)


def _as_maildir(folder: Path, maildir: Path) -> Path:
    """Return a copy of the folder's mails as a Maildir, with their times."""
    sources = [folder / "new", folder / "cur"] if (folder / "cur").is_dir() else [folder]
    for name in ("new", "cur", "tmp"):
        (maildir / name).mkdir(parents=True)
    for source in sources:
        for file in sorted(source.iterdir()):
            if file.is_file() and (source is not folder or file.suffix in {".eml", ".txt", ""}):
                shutil.copy2(file, maildir / "new" / file.name)
    return maildir


def _replay(parts: Parts, mails: int, *, as_json: bool) -> None:
    with Progress(console=notes, transient=True, disable=not notes.is_terminal) as progress:
        bar = progress.add_task("Reading", total=mails)
        new = collect(parts, "replay")
        progress.update(bar, total=new)
        receive(parts, lambda settled: progress.update(bar, completed=settled))
    show_tasks(parts.ledger.book.open_tasks(), parts.people()[0].calendar, as_json=as_json)
    balance = parts.ledger.spool.balance(parts.started_at)
    counts = {"read": balance.read, "tasks": balance.tasks, "no task": balance.no_task}
    counts |= {"automatic": balance.automatic, "need a person": balance.needs_person}
    if parts.config.model.is_on:
        counts["tokens in"], counts["tokens out"] = parts.ledger.spool.tokens(parts.started_at)
    notes.print(json.dumps(counts) if as_json else ", ".join(f"{n} {name}" for name, n in counts.items()))
