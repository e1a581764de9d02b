"""Tasks as a table on a terminal, as plain lines in a pipe, as JSON where asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from rich.table import Table

from assistant.cli.options import out
from assistant.records import Calendar, Deadline, Task


def show_tasks(tasks: Iterable[Task], calendar: Calendar, *, as_json: bool) -> None:
    if as_json:
        for task in tasks:
            print(json.dumps(as_object(task), ensure_ascii=False))
    elif out.is_terminal:
        out.print(_table(tasks, calendar))
    else:
        for task in tasks:
            print("\t".join(_cells(task, calendar)))


def _table(tasks: Iterable[Task], calendar: Calendar) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("#", "Due", "Task", "Patient", "Owner", "State"):
        table.add_column(name, overflow="fold")
    for task in tasks:
        style = {"critical": "bold red", "high": "bold"}.get(task.priority)
        # Text of a mail is never read as markup.
        table.add_row(*(cell.replace("[", r"\[") for cell in _cells(task, calendar)), style=style)
    return table


def _cells(task: Task, calendar: Calendar) -> tuple[str, ...]:
    state: str = task.state if task.certain else "possible"
    if task.state == "open" and task.waiting:
        state = "waiting"
    # A title may hold what a terminal would obey.
    due = due_words(task.deadline, calendar)
    cells = (str(task.number), due, task.title, task.patient or "", task.owner or "", state)
    return tuple("".join(char if char.isprintable() else " " for char in cell) for cell in cells)


def due_words(deadline: Deadline | None, calendar: Calendar) -> str:
    """Return a deadline as a column shows it: sortable, in the reader's zone."""
    if deadline is None:
        return ""
    if isinstance(deadline.due, datetime):
        return deadline.due.astimezone(calendar.zone).strftime("%Y-%m-%d %H:%M")
    return deadline.due.isoformat()


def as_object(task: Task) -> dict[str, object]:
    """Return a task as JSON shows it; times in ISO 8601."""
    deadline = task.deadline
    return {
        "number": task.number,
        "state": task.state,
        "certain": task.certain,
        "title": task.title,
        "due": deadline.due.isoformat() if deadline else None,
        "due_words": deadline.words if deadline else None,
        "owner": task.owner,
        "waiting": task.waiting,
        "priority": task.priority,
        "patient": task.patient,
        "quote": task.quote,
        "requester": task.requester,
        "coordinator": task.coordinator,
        "engine": task.engine,
        "rule": task.rule,
        "opened_at": task.opened_at.isoformat(),
        "notes": list(task.notes),
    }


def counted(count: int, one: str, many: str = "") -> str:
    """Return how many there are, in words.

    >>> counted(1, "mail"), counted(2, "mail"), counted(0, "person", "people")
    ('1 mail', '2 mails', '0 people')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"
