"""Commands that their writer may not give -> one mail to each person who may, with what they can answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.decide.commands.acting.effects import Proposal
from assistant.decide.commands.acting.seen import command_for
from assistant.decide.commands.reading.read import read_reply
from assistant.decide.commands.reply import Operation, ReplyContext
from assistant.records import Notice, Outcome, Person, Suggestion


def suggestions(proposals: Iterable[Proposal], asked: ReplyContext) -> tuple[Notice, ...]:
    """Return what is put to whom: nothing changes but by their own word."""
    theirs: dict[str, tuple[Person, list[Outcome]]] = {}
    for one in proposals:
        theirs.setdefault(one.to.email, (one.to, []))[1].append(_outcome(one, asked))
    return tuple(
        Notice(
            key=f"suggestion:{asked.source}:{person.email}",
            content=Suggestion(person=person, now=asked.now, by=asked.person.name, proposals=tuple(outcomes)),
        )
        for person, outcomes in theirs.values()
    )


def _outcome(proposal: Proposal, asked: ReplyContext) -> Outcome:
    said = f"{asked.person.name} says {proposal.said}."
    return Outcome(
        line=proposal.operation.line,
        said=said,
        task=proposal.task,
        is_done=False,
        choice=command_words(proposal, asked),
    )


def command_words(proposal: Proposal, asked: ReplyContext) -> str:
    """Return the command in words that read as what was suggested and as nothing else; empty where none do."""
    operation = proposal.operation
    words = _words(operation, asked)
    theirs = replace(asked, person=proposal.to, tasks=(proposal.task,), shown=(), answered=None, choices=())
    if operation.of is not None:
        theirs = replace(theirs, tasks=asked.tasks)
    reading = read_reply(words, theirs)
    if reading.ask is not None or reading.not_understood or reading.unread or len(reading.operations) != 1:
        return ""
    return words if _same(reading.operations[0], operation) else ""


def _words(operation: Operation, asked: ReplyContext) -> str:
    if operation.op == "note":
        return f"note {operation.number} {' '.join(operation.text.split())}"
    if operation.op == "acknowledge":
        return f"ack {operation.number}"
    return command_for(operation, asked.person.calendar.zone)


def _same(one: Operation, other: Operation) -> bool:
    """True where both ask for the same; an acknowledgement holds for the usual time."""
    due = (one.until.due if one.until else None, other.until.due if other.until else None)
    return (
        (one.op, one.number, one.to, one.of, one.level) == (other.op, other.number, other.to, other.of, other.level)
        and (one.op == "acknowledge" or due[0] == due[1])
        and (one.op != "note" or one.text == " ".join(other.text.split()))
    )
