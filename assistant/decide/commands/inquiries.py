"""A question in a person's words -> the tasks that answer it, counted among all that the person may see."""

from __future__ import annotations

from datetime import timedelta

from assistant.decide.commands.asking import Query, Standing, read_query
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.saying import day_words
from assistant.decide.digest import urgency
from assistant.decide.worktime import NEVER, comes_back_at, local_day, passes_at
from assistant.records import Inquiry, Person, Task

_WEEK = timedelta(days=7)
_MOST_NAMED = 6


def inquire(words: str, asked: ReplyContext) -> Inquiry | None:
    """Return the answer to a question; None where it is none that the ledger can answer."""
    query = read_query(words, asked)
    if query is None:
        return None
    candidates, searched = asked.find(query.words, query.standing in {"closed", "any"})
    found = [task for task in candidates if _fits(task, query, asked)]
    found.sort(key=lambda task: urgency(task, asked.person))
    return Inquiry(heading=_heading(query, asked), said=_said(found, searched, query, asked), tasks=tuple(found))


def _fits(task: Task, query: Query, asked: ReplyContext) -> bool:
    return (
        _stands(task, query.standing, asked)
        and (query.owner is None or _has(query.owner, task))
        and (query.requester is None or (task.requester is not None and query.requester.is_at(task.requester)))
        and (not query.is_critical or task.priority != "normal")
        and (query.closed_by is None or query.closed_by.is_at(task.changed_by))
        and (query.day is None or _is_on(task, query, asked))
    )


def _has(person: Person, task: Task) -> bool:
    """True where somebody has the task; what nobody has is its coordinator's."""
    return person.is_at(task.owner or task.coordinator)


def _stands(task: Task, standing: Standing, asked: ReplyContext) -> bool:
    if standing == "any":
        return True
    if standing == "closed":
        return task.state != "open"
    if task.state != "open":
        return False
    match standing:
        case "overdue":
            return passes_at(task, asked.person) < asked.now
        case "waiting":
            return task.is_others(asked.person)
        case "snoozed":
            back_at = comes_back_at(task, asked.person)
            return back_at is not None and back_at > asked.now
        case _:
            return True


def _is_on(task: Task, query: Query, asked: ReplyContext) -> bool:
    person, day = asked.person, query.day
    assert day is not None
    wanted = day.local_day(person.calendar)
    if query.is_new:
        opened = local_day(task.opened_at, person)
        return opened >= wanted if query.is_since else opened == wanted
    if query.standing == "closed":
        closed = local_day(task.changed_at, person)
        return wanted - _WEEK < closed <= wanted if query.is_week else closed == wanted
    passes = passes_at(task, person)
    if passes == NEVER:
        return False
    due = local_day(passes, person)
    if query.has_late:
        return due <= wanted
    return wanted - _WEEK < due <= wanted if query.is_week else due == wanted


def _heading(query: Query, asked: ReplyContext) -> str:
    """Return what was looked for, in our words: it shows how the question was read."""
    parts = {"any": "Tasks, open or closed", "waiting": "Waiting for others"}.get(
        query.standing, f"{query.standing.capitalize()} tasks"
    )
    told = [parts]
    if query.closed_by is not None:
        told.append(f"by {query.closed_by.name}")
    if query.is_critical:
        told.append("urgent")
    if query.owner is not None:
        told.append("yours" if query.owner == asked.person else f"with {query.owner.name}")
    if query.requester is not None:
        told.append(f"asked for by {query.requester.name}")
    if query.day is not None:
        day = day_words(query.day.local_day(asked.person.calendar), asked.person.calendar.zone, asked.now)
        told.append(_when(query, day))
    if query.words:
        told.append("with " + ", ".join(f"“{word}…”" for word in query.words))
    return ", ".join(told)


def _when(query: Query, day: str) -> str:
    """Return what is told of the day that is asked for."""
    assert query.day is not None
    if query.is_new:
        return f"came in {'since ' if query.is_since else ''}{day}"
    verb = "closed" if query.standing == "closed" else "due"
    before = " or before" if query.has_late and verb == "due" else ""
    return f"{verb} {'in the week up to ' if query.is_week else ''}{day}{before}"


def _said(found: list[Task], searched: int, query: Query, asked: ReplyContext) -> str:
    noun = "task" if searched == 1 else "tasks"
    which = f"{noun}, open and closed," if query.standing in {"closed", "any"} else f"open {noun}"
    fit = "none fits" if not found else f"{len(found)} fit{'s' if len(found) == 1 else ''}"
    counted = f"I looked through {searched} {which} that you may see: {fit}."
    if not query.asks_who or not found:
        return counted
    names = [f"#{task.number}: {_holder(task, asked)}" for task in found[:_MOST_NAMED]]
    return f"{counted} {'; '.join(names)}."


def _holder(task: Task, asked: ReplyContext) -> str:
    if task.owner is None:
        return "nobody yet"
    return next((one.name for one in asked.people if one.is_at(task.owner)), task.owner)
