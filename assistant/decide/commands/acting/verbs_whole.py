"""The commands that concern no single task. The first line of each docstring is its help text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from assistant.decide.authority import person_at
from assistant.decide.commands.acting.effects import Desk, Effect, command, refused, task_of
from assistant.decide.commands.acting.rights import may
from assistant.decide.commands.reply import Operation, ReplyContext
from assistant.decide.commands.wording.saying import day_words, is_tellable
from assistant.decide.commands.wording.text import fold
from assistant.decide.worktime import instant
from assistant.records import ChangesUndone, Deadline, DigestSwitch, Task, TaskOpened

_LONGEST_TITLE = 80
_JUST_SAID = timedelta(hours=1)
"""Phones send a mail twice within this time: "in two hours" of both is the same."""
_GO_ON = (
    "I go on reading your mail and keeping your tasks, and you are still called about what is overdue. "
    "To see your tasks at any time, write: list"
)


@command("create", example="new: call the pharmacy by thursday 10am")
def create(operation: Operation, desk: Desk) -> Effect:
    """A task of your own."""
    asked = desk.asked
    title = operation.title.strip()[:_LONGEST_TITLE]
    if not title:
        return refused("What is the new task? Please write for example: new: call the pharmacy by friday", None)
    before = _made_before(operation, title, desk)
    if before is not None:
        return refused(f"You have asked for this already: #{before.number}. It was not made a second time.", before)
    number = desk.next_number
    desk.next_number += 1
    opened = TaskOpened(
        title=title,
        quote=operation.line,
        coordinator=asked.person.email,
        owner=asked.person.email,
        waiting=False,
        deadline=operation.until,
        priority=operation.level or "normal",
        patient=None,
        requester=asked.person.email,
        certain=True,
        engine="person",
        rule="reply",
        thread=asked.message_id or asked.source,
    )
    due = f", due {day_words(operation.until.due, desk.zone, asked.now)}" if operation.until else ""
    task = task_of(number, opened, desk)
    receiver = person_at(operation.to or "", asked.people)
    list_of = "your list"
    if receiver is not None and receiver != asked.person and may("assign", task, asked):
        opened, task = replace(opened, owner=receiver.email), replace(task, owner=receiver.email)
        list_of = f"the list of {receiver.name}"
    desk.tasks[number] = task
    return Effect(said=f"#{number} is on {list_of}{due}.", changes=((number, opened),), task=task)


def _made_before(operation: Operation, title: str, desk: Desk) -> Task | None:
    """Return the open task that an earlier mail of the person made with the same words: phones send mails twice.

    One that rests is none: what is asked for now shall not be out of sight.
    """
    same = (
        desk.tasks.get(task.number, task)
        for task in desk.asked.made
        if (task.title, fold(task.quote)) == (title, fold(operation.line))
        and _is_same_time(task.deadline, operation.until)
    )
    return next((task for task in same if task.state == "open" and task.snoozed_until is None), None)


def _is_same_time(before: Deadline | None, now: Deadline | None) -> bool:
    if before is None or now is None:
        return before is now
    if isinstance(before.due, datetime) and isinstance(now.due, datetime) and before.words == now.words:
        return abs(now.due - before.due) <= _JUST_SAID
    return before.due == now.due


@command("undo", example="undo")
def undo(operation: Operation, desk: Desk) -> Effect:
    """Take my last answer back."""
    asked = desk.asked
    events: dict[int, list[int]] = {}
    for event in asked.last_changes:
        if not isinstance(event.change, ChangesUndone) and operation.number in {None, event.number}:
            events.setdefault(event.number, []).append(event.id)
    if not events:
        if asked.undoes_older:
            return refused("What that answer changed is taken back already; nothing else was.", None)
        return refused("There is no change of yours to take back.", None)
    free = {number: tuple(ids) for number, ids in events.items() if number not in asked.changed_since}
    kept = [number for number in events if number not in free]
    said = []
    if free:
        what = "The changes of that older answer" if asked.undoes_older else "Your last changes"
        said.append(f"{what} are taken back: {_named(free)}.")
    if kept:
        said.append(f"Somebody else changed {_named(kept)} since, so I left it as it is now.")
    changes = tuple((number, ChangesUndone(event_ids=ids)) for number, ids in free.items())
    return Effect(said=" ".join(said), changes=changes, is_done=bool(free))


def _named(numbers: list[int] | dict[int, tuple[int, ...]]) -> str:
    return ", ".join(f"#{number}" for number in sorted(numbers))


@command("list", example="list")
def show(_operation: Operation, _desk: Desk) -> Effect:
    """All that is open."""
    return Effect(said="Here is your list.", wants_list=True, is_silent=True)


@command("help", example="help")
def explain(_operation: Operation, _desk: Desk) -> Effect:
    """All that I understand."""
    return Effect(said="Here is all that I understand.", wants_help=True, is_silent=True)


@command("stop", example="stop until monday")
def stop(operation: Operation, desk: Desk) -> Effect:
    """No more digests until that day, or until `resume`; who is called about a task still is."""
    asked = desk.asked
    if asked.is_forwarded:
        return refused("That mail was not sent to you, so nothing was stopped. Please answer one of your own.", None)
    if operation.until is None and operation.text:
        return refused("Until when shall your digests rest? Please write for example: stop until monday", None)
    if operation.until is not None:
        return _stop_until(operation.until.due, desk)
    if asked.stopped is not None and asked.stopped.until is None:
        since = day_words(asked.stopped.since, desk.zone, asked.now)
        return refused(f"Your digests are stopped since {since} already. To have them again, write: resume", None)
    return Effect(said=f"Your digests are stopped until you write: resume. {_GO_ON}", digests=_switch(asked))


def _stop_until(due: date | datetime, desk: Desk) -> Effect:
    asked = desk.asked
    if not is_tellable(due):
        return refused("Until when shall your digests rest? Please write for example: stop until monday", None)
    # A day's own digest is the first that comes again.
    until = due if isinstance(due, datetime) else instant(due, time(0), desk.zone)
    when = day_words(due, desk.zone, asked.now)
    if until <= asked.now:
        return refused(f"{when} is not ahead of us, so nothing was stopped. Please write a later day.", None)
    said = f"Your digests rest until {when} and come again by themselves; before that, write: resume. {_GO_ON}"
    return Effect(said=said, digests=replace(_switch(asked), until=until))


@command("resume", example="resume")
def resume(_operation: Operation, desk: Desk) -> Effect:
    """My digests come again."""
    asked, at = desk.asked, desk.asked.person.digest_at
    if asked.is_forwarded:
        return refused("That mail was not sent to you, so nothing was changed. Please answer one of your own.", None)
    switch = _switch(asked, is_on=True) if asked.stopped is not None else None
    if at is None:
        said = "Your digest is switched off. Whoever runs the assistant can switch it on (digest_at for you)."
        return replace(refused(said, None), digests=switch)
    return Effect(said=f"Your digest is on: it comes on working days at {at:%H:%M}.", digests=switch)


def _switch(asked: ReplyContext, *, is_on: bool = False) -> DigestSwitch:
    return DigestSwitch(person=asked.person.email, is_on=is_on, at=asked.now, source=asked.source)
