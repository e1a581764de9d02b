"""A mail of ours <-> one header that tells what it was for, so that a copy of it can speak for a ledger that forgot.

It names the mail's key, and the tasks that it shows by number and mark, each with a mark of what others did to it until
then; nothing of their words. It is signed with a secret of the ledger: anybody may send mail into the folders where
copies are looked for.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy

from assistant.records import OutgoingMail, Task, task_mark

HEADER = "X-Coordination-Trace"
_HEAD = 64 * 1024
_TASK = re.compile(r"([1-9][0-9]{0,9})\.([0-9a-f]{12})(?:\.(closed|[0-9]{1,3}))?(?:\.s([0-9a-f]{8}))?")
_FIXED = 4
"""Words before the tasks: the key, the recipient, the moment, the signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A copy of a mail of ours, as far as it can be told from its headers."""

    mail: OutgoingMail
    marks: dict[int, str]
    """number -> mark of the task that it shows under it."""
    steps: dict[int, int]
    """number -> the step of the escalation that it is, where it is one."""
    seen: dict[int, str]
    """number -> mark of the changes by others that it shows; older versions told none."""


def trace_header(
    key: str,
    recipient: str,
    at: datetime,
    tasks: tuple[Task, ...],
    *,
    message_id: str,
    secret: str,
    seen: Callable[[int], str] = lambda _number: "",
) -> str:
    """Return the header's value; an escalation's tasks are told with their step, a digest's closed ones as such."""
    is_call, is_digest = key.startswith("escalation"), key.startswith("digest")
    shown = [
        f"{task.number}.{task_mark(task.source, task.quote)}"
        + (f".{task.escalation_step}" if is_call and task.escalation_step is not None else "")
        # A reply to a digest speaks of what is open there.
        + (".closed" if is_digest and task.state != "open" else "")
        + (f".s{mark}" if (mark := seen(task.number)) else "")
        for task in tasks
    ]
    words = [key, recipient, at.isoformat(), *shown]
    return " ".join((*words[: _FIXED - 1], _signature(words, message_id, secret), *words[_FIXED - 1 :]))


def read_trace(content: bytes, secret: str) -> Trace | None:
    """Return what a mail tells by its header; None where it is none of ours."""
    if HEADER.encode().lower() not in content[:_HEAD].lower():
        return None
    head = message_from_bytes(
        content[:_HEAD].replace(b"\r\n", b"\n").split(b"\n\n")[0] + b"\n\n", policy=policy.compat32
    )
    words = str(head.get(HEADER, "")).split()
    message_id = str(head.get("Message-ID", "")).strip().strip("<>")
    if len(words) < _FIXED:
        return None
    key, recipient, at, signature, *shown = words
    expected = _signature([key, recipient, at, *shown], message_id, secret)
    if not hmac.compare_digest(_bytes(signature), _bytes(expected)):
        return None
    tasks = [found for word in shown if (found := _TASK.fullmatch(word))]
    mail = OutgoingMail(
        key=key,
        kind=message_id.partition(".")[0],
        recipient=recipient,
        subject=" ".join(str(head.get("Subject", "")).split()),
        message_id=message_id,
        content=content[:_HEAD],
        numbers=tuple(int(found[1]) for found in tasks if found[3] != "closed"),
        prepared_at=datetime.fromisoformat(at),
        state="sent",
    )
    marks = {int(found[1]): found[2] for found in tasks}
    steps = {int(found[1]): int(found[3]) for found in tasks if found[3] and found[3] != "closed"}
    seen = {int(found[1]): found[4] for found in tasks if found[4]}
    return Trace(mail=mail, marks=marks, steps=steps, seen=seen)


def _signature(words: list[str], message_id: str, secret: str) -> str:
    return hmac.new(_bytes(secret), _bytes(" ".join((message_id, *words))), hashlib.sha256).hexdigest()[:32]


def _bytes(text: str) -> bytes:
    # A header of somebody else may hold anything.
    return text.encode("utf-8", "surrogatepass")
