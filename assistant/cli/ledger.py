"""tasks, show, digest: the commands that look into the ledger."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.discretion import private_file
from assistant.cli.options import DEFAULT_CONFIG, AsJson, ConfigPath, notes, opened, out
from assistant.cli.readers import shown
from assistant.cli.tables import as_object, due_words, show_tasks
from assistant.decide.authority import person_at
from assistant.decide.digest import DueDigest
from assistant.errors import ConfigError
from assistant.pipeline import Parts, summary_of
from assistant.pipeline import digest as compose_digest
from assistant.records import LedgerEvent, Notice, Person, SummaryLine, Task


def tasks(config: ConfigPath = DEFAULT_CONFIG, *, as_json: AsJson = False) -> None:
    """List the open tasks."""
    with opened(config, lock=False) as parts:
        found = parts.ledger.book.open_tasks()
        shown(parts, "tasks", numbers=(task.number for task in found))
        show_tasks(found, parts.people()[0].calendar, as_json=as_json)


def show(
    number: Annotated[int, typer.Argument(help="The task's number.")],
    config: ConfigPath = DEFAULT_CONFIG,
    *,
    as_json: AsJson = False,
) -> None:
    """Show one task: its mails in a few lines, its words, and all that happened to it."""
    with opened(config, lock=False) as parts:
        task = parts.ledger.book.task(number)
        history = parts.ledger.book.history(number)
        summary = summary_of(parts, task, parts.people()[0])
        shown(parts, "show", numbers=(number,), mails=(task.source, *(one.mail for one in task.evidence)))
        if as_json:
            told = [_as_line(line) for line in summary]
            events = [{"at": event.at.isoformat(), "by": event.actor, "what": _what(event)} for event in history]
            print(json.dumps(as_object(task) | {"summary": told, "events": events}, ensure_ascii=False))
        else:
            _print_task(task, history, parts)
            _print_summary(summary)


def _print_task(task: Task, history: tuple[LedgerEvent, ...], parts: Parts) -> None:
    calendar = parts.people()[0].calendar
    deadline = task.deadline
    lines = {
        "Task": f"#{task.number}  {task.title}",
        "State": task.state if task.certain else f"{task.state}, possible",
        "Due": f"{due_words(deadline, calendar)}  ({deadline.words!r}, {deadline.rule})" if deadline else "",
        "Owner": f"{task.owner or ''}{'  (waiting)' if task.waiting else ''}",
        "Patient": task.patient or "",
        "Priority": task.priority,
        "Quote": task.quote,
        "From": task.requester or "",
        "Found by": f"{task.engine} {task.rule}".strip(),
        "Mail": task.source,
    }
    for name, value in lines.items():
        if value:
            out.print(f"{name + ':':<10} {value}", markup=False, highlight=False)
    for event in history:
        local = event.at.astimezone(calendar.zone)
        out.print(f"{local:%Y-%m-%d %H:%M}  {_what(event)}  ({event.actor})", markup=False, highlight=False)


def _print_summary(summary: tuple[SummaryLine, ...]) -> None:
    for line in summary:
        whose = ", ".join(filter(None, (line.said_by, line.said_on.isoformat() if line.said_on else "")))
        told = f"{line.text}: “{line.quote}”" + (f" ({whose})" if whose else "")
        out.print("".join(char if char.isprintable() else " " for char in told), markup=False, highlight=False)


def _as_line(line: SummaryLine) -> dict[str, str | None]:
    said_on = line.said_on.isoformat() if line.said_on else None
    return {"kind": line.kind, "text": line.text, "quote": line.quote, "said_by": line.said_by, "said_on": said_on}


def _what(event: LedgerEvent) -> str:
    """Return a past-tense fact in words: `TaskSnoozed` is "task snoozed"."""
    name = type(event.change).__name__
    return "".join(f" {char.lower()}" if char.isupper() else char for char in name).strip()


def digest(
    config: ConfigPath = DEFAULT_CONFIG,
    *,
    _: Annotated[bool, typer.Option("--preview", hidden=True, help="As without it.")] = False,
    person: Annotated[str, typer.Option(help="Whose digest; the first person's where it is left out.")] = "",
    html: Annotated[Path | None, typer.Option(help="Save the HTML form to this file.")] = None,
) -> None:
    """Show a digest as it would go out now. Nothing is sent: that `run` and `once` do."""
    with opened(config, lock=False) as parts:
        reader = _chosen(parts, person)
        due = DueDigest(local_day=parts.clock().astimezone(reader.calendar.zone).date(), is_late=False)
        mail = parts.rendered(Notice(key="preview", content=compose_digest(parts, reader, due)))
        shown(parts, f"digest of {reader.email}", numbers=mail.numbers)
        message = message_from_bytes(mail.content, policy=policy.default)
        bodies = {part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()}
        if html is not None:
            with private_file(html) as file:
                file.write(bodies["text/html"])
            notes.print(f"saved {html}", highlight=False)
        print(f"Subject: {mail.subject}\n\n{bodies['text/plain']}")


def _chosen(parts: Parts, email: str) -> Person:
    everyone = parts.people()
    if not email:
        return everyone[0]
    found = person_at(email, everyone)
    if found is None:
        raise ConfigError("--person", f"{email} is not among the people of the configuration")
    return found
