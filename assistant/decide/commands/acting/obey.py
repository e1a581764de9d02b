"""What a reply asks for -> the events that follow, and the one answer that tells them."""

from __future__ import annotations

from dataclasses import replace

from assistant.decide.commands.acting import verbs_task, verbs_thread, verbs_whole
from assistant.decide.commands.acting.confirming import carry_out
from assistant.decide.commands.acting.effects import COMMANDS, Desk, Effect, is_listed
from assistant.decide.commands.acting.handoffs import handoffs
from assistant.decide.commands.acting.rights import may
from assistant.decide.commands.acting.suggestions import suggestions
from assistant.decide.commands.inquiries import inquire
from assistant.decide.commands.reply import Operation, ReplyContext, ReplyReading
from assistant.decide.digest import urgency
from assistant.records import Answer, Decision, LedgerEvent, Notice, Outcome, Task

_REGISTERED = (verbs_task, verbs_thread, verbs_whole)
"""Imported so that their commands stand in the table."""
_UNCLEAR = Effect(
    said="I can tell how a task stands, and what is open, overdue or waited for: ask with a number, a name or a day. "
    "Or write: list",
    is_done=False,
)
_LEAST_QUOTED = 40
"""Characters of a line that is too long to be quoted whole."""
_TOO_LONG = "From here on I read nothing: this is more than I read of one answer. Please send me the rest by itself."
_HOW = "I did not understand this, so it changed nothing. Write for example: done 12. Or: help"


def obey(reading: ReplyReading, asked: ReplyContext) -> Decision:
    """Return what `reading` changes: events without ids, in the order of the words, and one answer to the person.

    The same reading gives the same events with the same effect keys, so that a reply read twice changes nothing twice.
    """
    desk = Desk(asked=asked, next_number=asked.next_number, tasks={task.number: task for task in asked.tasks})
    events: list[LedgerEvent] = []
    outcomes: list[Outcome] = []
    effects: list[Effect] = []
    for index, operation in enumerate(reading.operations):
        effect = _carry_out(operation, desk)
        effects.append(effect)
        events.extend(
            LedgerEvent(
                id=0,
                number=number,
                at=asked.now,
                actor=asked.person.email,
                source=asked.source,
                change=change,
                effect=f"{asked.source}:{index}:{number}" + (f":{place}" if place else ""),
            )
            for place, (number, change) in enumerate(effect.changes)
        )
        if not effect.is_silent:
            outcomes.append(_outcome(operation, effect))
    outcomes.extend(_rest(reading, desk))
    outcomes = [_naming(one, asked) for one in outcomes]
    answer = _answer(reading, desk, tuple(outcomes), tuple(effects))
    proposals = suggestions([one.proposal for one in effects if one.proposal is not None], asked)
    switch = next((one.digests for one in reversed(effects) if one.digests is not None), None)
    notices = (answer, *proposals, *handoffs(events, desk))
    return Decision(events=tuple(events), notices=notices, state="answer", digests=switch)


def help_lines() -> tuple[tuple[str, str], ...]:
    """Return every command as it is written, with what it does."""
    return tuple((command.example, command.does) for command in COMMANDS.values())


def _carry_out(operation: Operation, desk: Desk) -> Effect:
    if operation.op == "question" and operation.number is None:
        inquiry = inquire(operation.line, desk.asked)
        return _UNCLEAR if inquiry is None else Effect(said=inquiry.said, is_silent=True, inquiry=inquiry)
    return carry_out(operation, desk)


def _outcome(operation: Operation, effect: Effect) -> Outcome:
    return Outcome(
        line=operation.line, said=effect.said, task=effect.task, is_done=effect.is_done, choice=effect.choice
    )


def _naming(outcome: Outcome, asked: ReplyContext) -> Outcome:
    """Note which tasks an outcome tells by their titles: not every reader may be shown all of them."""
    named = tuple(task for task in asked.tasks if task != outcome.task and task.title and task.title in outcome.said)
    return replace(outcome, names=named) if named else outcome


def _rest(reading: ReplyReading, desk: Desk) -> list[Outcome]:
    """Return what is to be said beside the commands: what stays open, what was not understood, the question."""
    touched = {operation.number for operation in reading.operations}
    kept = [desk.tasks[number] for number in reading.kept if number in desk.tasks and number not in touched]
    found = [
        Outcome(line="", said=f"#{task.number} stays open.", task=task)
        for task in kept
        if task.state == "open" and (may("see", task, desk.asked) or task.number in desk.asked.shown)
    ]
    if reading.ask is not None:
        found.append(Outcome(line="", said=reading.ask, is_done=False, choice=reading.choice))
    # What the question quotes is told by it.
    told = [line for line in reading.not_understood if f"“{line[:_LEAST_QUOTED]}" not in (reading.ask or "")]
    found.extend(Outcome(line=line, said=_HOW, is_done=False) for line in told)
    if reading.unread:
        found.append(Outcome(line=reading.unread, said=_TOO_LONG, is_done=False))
    return found


def _answer(reading: ReplyReading, desk: Desk, outcomes: tuple[Outcome, ...], effects: tuple[Effect, ...]) -> Notice:
    asked = desk.asked
    wants_list = any(effect.wants_list for effect in effects)
    summaries = tuple(effect.summary for effect in effects if effect.summary is not None)
    inquiries = tuple(effect.inquiry for effect in effects if effect.inquiry is not None)
    content = Answer(
        person=asked.person,
        now=asked.now,
        in_reply_to=asked.message_id,
        subject=asked.subject,
        outcomes=outcomes,
        listed=_open_tasks(desk) if wants_list else (),
        wants_help=any(effect.wants_help for effect in effects),
        wants_list=wants_list,
        summaries=summaries,
        inquiries=inquiries,
        about=() if wants_list or summaries or inquiries else _spoken_of(reading, outcomes, asked),
    )
    return Notice(key=f"answer:{asked.source}", content=content)


def _spoken_of(
    reading: ReplyReading, outcomes: tuple[Outcome, ...], asked: ReplyContext
) -> tuple[tuple[Task, int], ...]:
    """Return the tasks that an answer to this answer may mean beside those that it shows.

    These are the ones that the question is about; where nothing else is spoken of, those of the mail before.
    """
    about = reading.about if reading.ask is not None else ()
    if not about and not any(one.task for one in outcomes):
        about = asked.shown
    known = ((task, asked.seen(number)) for number in about if (task := asked.task(number)) is not None)
    return tuple(known)


def _open_tasks(desk: Desk) -> tuple[Task, ...]:
    """Return the person's open tasks as they stand after this reply, in the order of the digest."""
    person = desk.asked.person
    mine = [task for task in desk.tasks.values() if task.state == "open" and is_listed(task, desk.asked)]
    return tuple(sorted(mine, key=lambda task: urgency(task, person)))
