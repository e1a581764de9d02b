"""A command, and who gives it -> whether they may; where they may not, whom to ask, and in which words."""

from __future__ import annotations

from assistant.decide.authority import person_at, roles_of
from assistant.decide.commands.reply import Operation, ReplyContext, Verb
from assistant.decide.commands.wording.saying import day_words, is_tellable
from assistant.records import Deadline, Person, Right, Task

RIGHT_FOR: dict[Verb, Right] = {
    "done": "done",
    "reopen": "reopen",
    "snooze": "snooze",
    "due": "due",
    "assign": "assign",
    "drop": "drop",
    "note": "note",
    "acknowledge": "ack",
    "priority": "priority",
    "split": "split",
    "question": "see",
    "summary": "see",
}
"""What it takes to give each command that concerns one task."""
_PLAIN: dict[Verb, str] = {
    "done": "that #{number} is done",
    "reopen": "that #{number} is not finished after all",
    "drop": "that there is nothing to do for #{number}",
    "acknowledge": "that somebody is on #{number}",
    "split": "that #{number} is no duplicate",
}


def rights_on(task: Task, asked: ReplyContext) -> frozenset[Right]:
    """Return what the person who writes may do with a task."""
    roles = roles_of(task, asked.person, asked.people, asked.called)
    given = asked.rights.of(roles)
    if asked.is_forwarded and "owner" not in roles:
        # What was sent to somebody else asks nobody to stand in: whoever answers it may look and suggest.
        return given & {"see", "suggest"}
    return given


def may(right: Right, task: Task, asked: ReplyContext) -> bool:
    return right in rights_on(task, asked)


def may_suggest(right: Right, task: Task, asked: ReplyContext) -> bool:
    """Return whether a command that they may not give is put to somebody who may: only of a task they know of."""
    rights = rights_on(task, asked)
    return right != "see" and "suggest" in rights and (task.number in asked.shown or "see" in rights)


def decider(task: Task, right: Right, asked: ReplyContext) -> Person | None:
    """Return who is asked: the owner, else whose list it stands on, else their supervisors; never who suggests it."""
    owners = [person_at(email, asked.people) for email in (task.owner, task.coordinator) if email is not None]
    known = [one for one in owners if one is not None]
    above = [person_at(one.supervisor, asked.people) for one in known if one.supervisor is not None]
    for person in (*known, *above):
        if person is None or person == asked.person:
            continue
        if right in asked.rights.of(roles_of(task, person, asked.people, frozenset())):
            return person
    return None


def told(operation: Operation, asked: ReplyContext) -> str:
    """Return what a suggestion says, after "Priya says"."""
    number = operation.number
    plain = _PLAIN.get(operation.op)
    if operation.op == "drop" and operation.of is not None:
        return f"that #{number} is the same as #{operation.of}"
    if plain is not None:
        return plain.format(number=number)
    match operation.op:
        case "assign":
            person = person_at(operation.to or "", asked.people)
            return f"that #{number} should go to {person.name if person else operation.to}"
        case "due":
            return f"that #{number} is due {_day(operation.until, asked)}"
        case "snooze":
            return f"that #{number} can wait until {_day(operation.until, asked)}"
        case "priority":
            return f"that #{number} has {operation.level} priority"
        case _:
            return f"of #{number}: “{operation.text}”"


def _day(until: Deadline | None, asked: ReplyContext) -> str:
    if until is None or not is_tellable(until.due):
        return "another day"
    return day_words(until.due, asked.person.calendar.zone, asked.now)
