"""What a mail asks that does not answer one of ours -> what it may do at once, and what its sender has to confirm."""

from __future__ import annotations

from dataclasses import replace

from assistant.decide.commands.acting.effects import COMMANDS, Desk, Effect, Proposal, refused
from assistant.decide.commands.acting.seen import command_for
from assistant.decide.commands.acting.suggestions import command_words
from assistant.decide.commands.reply import Operation, Verb

_ADDS: frozenset[Verb] = frozenset({"create", "help", "list", "question", "resume", "summary"})
"""What changes nothing that is there."""
_UNSURE = "This did not come as an answer to a mail of mine to you, so it might be somebody else's."
_DOUBTED = "This reads as if a program had answered while you are away."


def carry_out(operation: Operation, desk: Desk) -> Effect:
    """Return what a command comes to; nothing is changed by it where its mail may not act."""
    doing, asked = COMMANDS[operation.op].carry_out, desk.asked
    if asked.standing == "acts" or (operation.op in _ADDS and asked.standing != "doubted"):
        return doing(operation, desk)
    # Tried on a copy of the desk: what would change nothing needs nobody's yes.
    tried = doing(operation, replace(desk, tasks=dict(desk.tasks)))
    if not tried.changes and tried.digests is None and (tried.proposal is None or asked.standing == "suggests"):
        return tried
    task = desk.tasks.get(operation.number) if operation.number is not None else None
    words = command_for(operation, desk.zone) if operation.op == "stop" else ""
    if task is not None:
        words = command_words(Proposal(to=asked.person, operation=operation, task=task, said=""), asked)
    how = "answer this mail" if words else "write it in an answer to one of my mails"
    why = _DOUBTED if asked.standing == "doubted" else _UNSURE
    said = f"{why} Nothing was changed; if it was you, please {how}."
    return replace(refused(said, task), choice=words)
