"""What came in answer to a mail of ours -> whether a machine wrote it, and whether it is answered at all. Pure.

Two programs that answer each other go on for ever. None of these rules knows all of them: the headers tell of most,
the words of most others, and what neither tells ends because the same is never answered twice and little is in an hour.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from assistant.decide.commands import read_tag
from assistant.records import Answer, Content, Decision, Message, NoteAdded, Notice, Part

Verdict = Literal["answer", "leave", "gather"]
"""leave: no answer, the next digest tells of it; gather: told later, with others, in one mail."""
_VAIN_A_DAY = 3
_SAME_A_DAY = 8
"""Somebody may well ask for the list each hour."""
_NOTES_A_DAY = 6
_FEW_LINES = 4
_LONG_LINE = 16
"""Characters of a line that nobody writes by chance as we wrote it."""
_MARKS = re.compile(r"[^\w#]+")
_DIGITS = re.compile(r"\d+")
_STARTS = re.compile(
    r"\s*(?:auto(?:matic|mated)?[- ]?(?:reply|response|responder)|(?:out of|away from) (?:the )?office|ooo\b"
    r"|respuesta autom[aá]tica|fuera de la oficina|i am out of|\[?(?:ticket|case|request|incident)[ #:]{1,3}\d)",
    re.IGNORECASE,
)
_AWAY = (
    r"\b(?:out of (?:the )?office|(?:i am|i'm|i will be|i'll be) (?:currently )?"
    r"(?:away|out|on (?:leave|vacation|pto)|travell?ing|unavailable)|estar[eé] (?:fuera|ausente)|fuera de la oficina)\b"
)
_LATER = (
    r"\b(?:(?:answer|reply|respond|get back to you|return your)\b.{0,60}\b(?:when|once|upon|as soon as|on my)"
    r"|(?:when|once) i (?:am|get|return|'m)\b|(?:will|shall) (?:answer|reply|respond|get back)|limited access"
    r"|responder[eé])\b"
)
_THANKS = r"\b(?:thank you|thanks|gracias) (?:for|por) (?:your|contacting|reaching|writing|getting|su|contactar)\b"
_INSTEAD = (
    r"\b(?:(?:urgent|immediate|urgente)\w{0,2}\b.{0,60}\b"
    r"(?:contact|call|write|email|reach|assistance|contacte|llame)|in my absence|en mi ausencia)\b"
)
_RECEIVED = (
    r"\b(?:request|ticket|message|e-?mail|case|inquiry|solicitud|mensaje) (?:has been|was|ha sido|fue) "
    r"(?:successfully )?(?:received|opened|created|logged|assigned|recibid[oa]|cread[oa])\b"
)
_SAYS_SO = (
    r"\b(?:automat(?:ic|ed|ically)\b.{0,30}\b(?:reply|response|message|generated|email)|do not (?:reply|respond)"
    r"|no responda)\b"
)
_SIGNS = tuple(
    re.compile(one, re.IGNORECASE | re.DOTALL) for one in (_AWAY, _LATER, _THANKS, _INSTEAD, _RECEIVED, _SAYS_SO)
)
_ENOUGH = 2
_ORDER = re.compile(
    r"\b(?:done|ack|snooze|give|drop|due|note|close|reopen|undo|split|merge|hecho|dar|cerrar|posponer)\b.{0,12}\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What one person was answered lately."""

    in_hour: int
    same_today: int
    """Mails of theirs that said the same, and changed nothing."""
    told_today: int
    """Answers to mails of theirs that changed nothing, or added a note."""
    vain_today: int
    """Answers that only said that nothing was understood."""


def is_canned(message: Message) -> bool:
    """Return whether the words that came back are a machine's, though no header says so.

    Two signs are needed, for a person may be away as well; where a task is named with what is to be done, it was them.
    """
    words = message.own_words[:4000]
    if _ORDER.search(words):
        return False
    signs = sum(sign.search(words) is not None for sign in _SIGNS)
    return signs + (_STARTS.match(message.subject) is not None) >= _ENOUGH


def mark_of(message: Message, numbers: frozenset[int] = frozenset()) -> str:
    """Return what tells whether two mails say the same, as a hash: their own words, with no numbers but tasks'.

    A program counts its tickets up and means the same; a person who names another task does not.

    Args:
        message: The mail.
        numbers: Of the tasks that it is about.

    """
    # A touch on one of our links says all in its subject.
    said = message.subject if read_tag(message.subject) is not None else message.own_words
    named = {str(number) for number in numbers}
    words = _DIGITS.sub(lambda found: found[0] if found[0].lstrip("0") in named else "#", said.casefold())
    plain = " ".join(_MARKS.sub(" ", words).split())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def changes_nothing(decision: Decision) -> bool:
    """Return whether a mail's words come to nothing that stays but a note, which any words may become."""
    return decision.digests is None and all(isinstance(event.change, NoteAdded) for event in decision.events)


def numbers_in(decision: Decision) -> frozenset[int]:
    """Return the tasks that a mail's words changed, or that our answer speaks of by name or asks about."""
    found = {event.number for event in decision.events}
    answer = answer_in(decision)
    if answer is not None and isinstance(answer.content, Answer):
        found |= {one.task.number for one in answer.content.outcomes if one.task is not None}
        found |= {one.task.number for one in answer.content.summaries}
        found |= {task.number for task, _version in answer.content.about}
    return frozenset(found)


def is_vain(decision: Decision) -> bool:
    """Return whether all that we could answer is that we did not understand."""
    answer = answer_in(decision)
    return not decision.events and decision.digests is None and not (answer is not None and _tells(answer.content))


def asks_whether(decision: Decision) -> bool:
    """Return whether nothing is done, and our answer asks whether something shall be; any words may become a note."""
    answer = answer_in(decision)
    if answer is None or decision.events or not isinstance(answer.content, Answer):
        return False
    return any(one.choice and not one.choice.startswith("note ") for one in answer.content.outcomes)


def _tells(answer: Content) -> bool:
    if not isinstance(answer, Answer):
        return True
    asked = answer.wants_help or answer.wants_list or answer.summaries or answer.inquiries
    return bool(asked) or any(one.is_done or one.choice or one.task for one in answer.outcomes)


def verdict(decision: Decision, counts: Counts, most: int) -> Verdict:
    """Return what becomes of the answer to a person's mail.

    Args:
        decision: What the mail leads to.
        counts: What went before.
        most: Answers to one person in an hour.

    """
    is_nothing, vain = changes_nothing(decision), is_vain(decision)
    only_notes = is_nothing and bool(decision.events)
    if is_nothing and counts.same_today >= (1 if vain or only_notes else _SAME_A_DAY):
        return "leave"
    if vain and counts.vain_today >= _VAIN_A_DAY:
        return "leave"
    if only_notes and counts.told_today >= _NOTES_A_DAY:
        return "gather"
    return "gather" if counts.in_hour >= most else "answer"


def unanswered(decision: Decision) -> Decision:
    """Return the decision without our answer; what a person may have written is kept."""
    return replace(decision, notices=tuple(one for one in decision.notices if not isinstance(one.content, Answer)))


def answer_in(decision: Decision) -> Notice | None:
    return next((one for one in decision.notices if isinstance(one.content, Answer)), None)


def lines_in(text: str) -> frozenset[str]:
    """Return the lines of a mail of ours, as they are compared."""
    return frozenset(folded for line in text.splitlines() if (folded := _folded(line)))


def without_lines(message: Message, ours: Callable[[], frozenset[str]], *, least: int = _FEW_LINES) -> Message:
    """Return a message without the lines of ours that stand in it as if its sender had written them.

    Programs send our mails back whole, our commands with them. A few such lines may be chance, or a person's quotation
    by hand: then nothing is taken.

    Args:
        message: What came.
        ours: Returns our lines; to find them costs more than to read most answers, which are too short to hold many.
        least: So many long lines must be ours.

    """
    own = [part for part in message.parts if part.kind != "quoted"]
    folded = {_folded(line) for part in own for line in part.text.splitlines()}
    long = {line for line in folded if len(line) >= _LONG_LINE}
    if len(long) < least or len(long & (lines := ours())) < least:
        return message
    kept = (_left(part, lines) if part.kind != "quoted" else part for part in message.parts)
    return replace(message, parts=tuple(part for part in kept if part.text.strip()))


def _left(part: Part, ours: frozenset[str]) -> Part:
    lines = [line for line in part.text.splitlines() if _folded(line) not in ours]
    return replace(part, text="\n".join(lines))


def _folded(line: str) -> str:
    return " ".join(line.strip("> \t").split()).casefold()


def has_own_words(message: Message) -> bool:
    """Return whether anything is left that somebody else than we said."""
    return any(re.search(r"\w", part.text) for part in message.parts if part.kind != "quoted")
