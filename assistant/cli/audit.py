"""audit verify, export, access: the commands that look into what happened, and who was shown what."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.discretion import private_file
from assistant.cli.options import DEFAULT_CONFIG, AsJson, ConfigPath, notes, opened, out
from assistant.cli.readers import shown
from assistant.cli.tables import counted
from assistant.errors import ConfigError, UnknownTaskError
from assistant.ledger import Entry
from assistant.pipeline import Parts

app = typer.Typer(no_args_is_help=True, help="What happened, and who was shown what.", rich_markup_mode=None)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would compute what begins so (OWASP, CSV injection)."""
_COLUMNS = ("id", "at", "actor", "what", "subject", "source", "before", "after", "hash")
_Task = Annotated[int | None, typer.Option("--task", help="Of this task alone.")]


@app.command("verify")
def verify_(
    head: Annotated[
        list[str] | None, typer.Option("--head", help="As a digest told it: `COUNT:HASH`, or the hash's beginning.")
    ] = None,
    config: ConfigPath = DEFAULT_CONFIG,
    *,
    as_json: AsJson = False,
) -> None:
    """Check all of the ledger against the audit, and the audit against the heads in our digests."""
    with opened(config, lock=False) as parts:
        verdict = parts.ledger.audit.verify(head or ())
    if as_json:
        found = {"sound": verdict.is_sound, "entries": verdict.head.count, "head": verdict.head.hash}
        print(json.dumps(found | {"digests": verdict.anchors, "problems": verdict.problems}))
    elif verdict.is_sound:
        entries = counted(verdict.head.count, "entry", "entries")
        said = f"ok: {entries}, head {verdict.head.words}; {verdict.anchors} of our digests agree"
        out.print(said, highlight=False, markup=False)
    else:
        for problem in verdict.problems:
            out.print(problem, highlight=False, markup=False)
        problems, entries = counted(verdict.count, "problem"), counted(verdict.head.count, "entry", "entries")
        out.print(f"{problems} in {entries}", highlight=False, markup=False)
    if not verdict.is_sound:
        raise typer.Exit(1)


@app.command("export")
def export_(
    to: Annotated[Path | None, typer.Argument(help="A file that ends in .jsonl or .csv; lines of JSON else.")] = None,
    config: ConfigPath = DEFAULT_CONFIG,
    *,
    task: _Task = None,
) -> None:
    """Write out each entry: who, what, when, from which mail, before and after."""
    if to is not None and to.suffix not in {".jsonl", ".csv"}:
        raise ConfigError(str(to), "ends neither in .jsonl nor in .csv")
    if to is not None and to.is_file():
        raise ConfigError(str(to), "is there already; name another file, or remove it")
    with opened(config, lock=False) as parts:
        _look_for(parts, task)
        shown(parts, "audit export", numbers=() if task is None else (task,), everything=task is None)
        entries = (one for one in parts.ledger.audit.entries() if task is None or one.subject == f"task {task}")
        if to is None:
            for entry in entries:
                print(json.dumps(_row(entry), ensure_ascii=False))
            return
        with private_file(to) as file:
            count = _write(entries, file, as_csv=to.suffix == ".csv")
    notes.print(f"wrote {counted(count, 'entry', 'entries')} to {to}", highlight=False, markup=False)


@app.command("access")
def access_(
    config: ConfigPath = DEFAULT_CONFIG,
    *,
    task: _Task = None,
    as_json: AsJson = False,
) -> None:
    """List who was shown what: by commands, exports and mails that left."""
    with opened(config, lock=False) as parts:
        _look_for(parts, task)
        for one in parts.ledger.audit.accesses(task):
            row: dict[str, object] = {"at": one.at, "who": one.who, "how": one.how, "all": one.everything}
            row |= {"tasks": one.numbers, "mails": one.mails}
            tasks = "everything" if one.everything else " ".join(f"#{number}" for number in one.numbers)
            cells = (one.at[:19], one.who, one.how, tasks, *one.mails)
            print(json.dumps(row) if as_json else "\t".join(cells))


def _look_for(parts: Parts, task: int | None) -> None:
    """Raise where no task ever had this number; of one that was purged the audit still tells."""
    if task is None:
        return
    try:
        parts.ledger.book.task(task)
    except UnknownTaskError:
        if all(one.subject != f"task {task}" for one in parts.ledger.audit.entries()):
            raise


def _row(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _COLUMNS}


def _write(entries: Any, file: Any, *, as_csv: bool) -> int:  # noqa: ANN401 - an open text file
    count, table = 0, csv.writer(file, quoting=csv.QUOTE_ALL)
    if as_csv:
        table.writerow(_COLUMNS)
    for entry in entries:
        row, count = _row(entry), count + 1
        if as_csv:
            table.writerow([guarded(value) for value in row.values()])
        else:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return count


def guarded(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> guarded("=HYPERLINK(1)"), guarded({"title": "=1"})
    ("'=HYPERLINK(1)", '{"title": "=1"}')
    """
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
