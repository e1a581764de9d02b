"""Who wrote a mail, whether it is a word to us, whose list its tasks go on, and what they may do with a task."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.records import Credentials, Message, Person, Rights, SentMail, Standing, Task, TaskRole


def known_sender(message: Message, people: Sequence[Person]) -> Person | None:
    """Return the person who wrote the mail; None for strangers, machines, and where the From is not one address."""
    if message.sender is None or message.automatic is not None:
        return None
    return next((person for person in people if person.is_at(message.sender.email)), None)


def person_at(email: str, people: Sequence[Person]) -> Person | None:
    return next((person for person in people if person.is_at(email)), None)


def standing(shown: Credentials) -> Standing:
    """Return what a known person's mail may do, by what it shows for itself.

    Whoever is proven, and has no token of their own to show, may add, ask and suggest: what changes something they
    confirm by an answer to our answer, which goes to nobody but them.
    """
    if not (shown.is_exact and shown.is_proven and shown.is_by_hand) or shown.ticket == "wrong":
        return "held"
    if shown.ticket == "valid" and shown.is_issued_to_them:
        return "acts"
    # A mail of ours that was passed on proves little, and a bare From nothing.
    return "suggests" if shown.is_proof_strict or shown.ticket == "valid" else "asks"


def as_ours(email: str, our_address: str) -> str:
    """Return our address for one of its plus-addresses, and any other as it is.

    >>> as_ours("assistant+digest.1@clinic.example", "assistant@clinic.example")
    'assistant@clinic.example'
    """
    local, _, host = email.lower().rpartition("@")
    ours, _, our_host = our_address.rpartition("@")
    return our_address if host == our_host and local.startswith(f"{ours}+") else email


def recipients_of(message: Message, our_address: str) -> frozenset[str]:
    """Return the addresses that a mail is sent to, our own without what follows a plus in it."""
    return frozenset(as_ours(address.email, our_address) for address in (*message.to, *message.cc))


def roles_of(task: Task, person: Person, people: Sequence[Person], called: frozenset[int]) -> frozenset[TaskRole]:
    """Return what a person is to a task; everybody whom we know is one of the others.

    Args:
        task: Whose owner and coordinator both count as its owners.
        person: One of ours.
        people: All of ours.
        called: Numbers of the tasks that an escalation which they answer called them about.

    """
    owners = [one for one in (task.owner, task.coordinator) if one is not None]
    known = [one for one in people if any(one.is_at(email) for email in owners)]
    holds: dict[TaskRole, bool] = {
        "owner": any(person.is_at(email) for email in owners),
        "requester": task.requester is not None and person.is_at(task.requester),
        "backup": task.number in called or any(one.backup and person.is_at(one.backup) for one in known),
        "supervisor": any(one.supervisor and person.is_at(one.supervisor) for one in known),
        "others": True,
    }
    return frozenset(role for role, is_held in holds.items() if is_held)


def may_see(task: Task, person: Person, people: Sequence[Person], rights: Rights) -> bool:
    """Return whether a person may be told of a task."""
    return "see" in rights.of(roles_of(task, person, people, frozenset()))


def coordinator_of(sender: Person | None, account_person: Person, *, is_forwarded: bool) -> Person:
    """Return whose list a mail's tasks go on: who forwarded it to us, or whose inbox it lies in."""
    return sender if is_forwarded and sender is not None else account_person


def is_word_to_us(
    message: Message, answered: SentMail | None, *, our_address: str, is_command: Callable[[], bool]
) -> bool:
    """Return whether a known person's mail speaks to the assistant itself.

    That is so where it comes to our address and answers one of our mails; or comes to it alone, reads as commands, and
    forwards nothing.
    """
    recipients = recipients_of(message, our_address)
    if answered is not None:
        return our_address in recipients
    to_us_alone = recipients == {our_address}
    forwards = any(part.kind == "forwarded" for part in message.parts) or bool(message.attachments)
    return to_us_alone and not forwards and is_command()


def without_ours(message: Message, *, our_address: str | None, answers_us: bool) -> Message:
    """Return the message without the words of ours that it quotes: a digest sent back must open no task anew.

    In a mail that answers nothing, a line that names us as the writer of what follows proves nothing.
    """
    is_answer = answers_us or bool(message.in_reply_to or message.references)
    parts = tuple(
        part
        for part in message.parts
        # Who writes as if they were us is read like anybody; what is ours in it is gone by now.
        if not (is_answer and part.sender is not None and part.sender.email == our_address and part.kind != "own")
        and not (answers_us and part.kind == "quoted")
    )
    return message if len(parts) == len(message.parts) else replace(message, parts=parts)
