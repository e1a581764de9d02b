"""A model's claims and the mail -> Findings: what does not stand in the mail is left out, dates are computed."""

from __future__ import annotations

from datetime import date, datetime

import structlog

from assistant.records import Deadline, Finding, Message, ReadingContext
from assistant.understand.deadlines import find_deadline, parse_when
from assistant.understand.grounding import Located, find, fold, locate, one_line
from assistant.understand.llm.answer import MAX_TASKS, Claim
from assistant.understand.llm.owners import owner_named
from assistant.understand.llm.titles import Vocabulary

log = structlog.get_logger(__name__)
_MIN_QUOTE = 8
"""Characters; less is evidence of nothing."""
_MAX_QUOTE = 500
_MAX_PATIENT = 60


def findings(
    claims: tuple[Claim, ...], message: Message, context: ReadingContext, *, engine: str, rule: str
) -> tuple[Finding, ...]:
    """Return the claims that hold, each once, in the order of the answer; at most 25 of them."""
    vocabulary = Vocabulary(message, context)
    found: dict[tuple[str, str], Finding] = {}
    for claim in claims:
        finding = _finding(claim, message, context, vocabulary, engine=engine, rule=rule)
        if finding is not None:
            found.setdefault((fold(finding.quote), fold(finding.title)), finding)
    unproven = len(claims) - len(found)
    if unproven:
        log.info("claims_dropped", source=message.key, engine=engine, dropped=unproven, kept=len(found))
    return tuple(found.values())[:MAX_TASKS]


def _finding(
    claim: Claim, message: Message, context: ReadingContext, vocabulary: Vocabulary, *, engine: str, rule: str
) -> Finding | None:
    quoted = locate(claim.quote, message)
    if quoted is None or len(quoted.words) < _MIN_QUOTE or " " not in quoted.words:
        return None
    owner = owner_named(claim.owner, message, context)
    is_ours = owner == context.coordinator.email
    sender = quoted.part.sender if quoted.part and quoted.part.sender else None
    if sender is None and (quoted.part is None or quoted.part.kind == "own"):
        sender = message.sender
    return Finding(
        kind="task",
        title=vocabulary.title(claim.title, quoted.words),
        quote=quoted.words[:_MAX_QUOTE],
        deadline=_deadline(claim.due_words, quoted, message, context),
        owner=owner,
        waiting=claim.waiting and not is_ours,
        priority=claim.priority,
        patient=_patient(claim.patient, message),
        said_by=sender.email if sender else None,
        said_on=_said_on(quoted, message),
        engine=engine,
        rule=rule,
    )


def _deadline(due_words: str | None, quoted: Located, message: Message, context: ReadingContext) -> Deadline | None:
    """The deadline that the mail's words give, counted from when they were written; never a model's date."""
    said_at = _said_at(quoted, message)
    day_first = context.day_first
    if due_words and (span := find(due_words, quoted.text, near=quoted.start)):
        words = one_line(quoted.text[span[0] : span[1]])
        for read in (parse_when, find_deadline):
            deadline = read(words, said_at, context.calendar, day_first=day_first)
            if deadline is not None:
                return deadline
    for words in dict.fromkeys((quoted.words, quoted.sentence)):
        deadline = find_deadline(words, said_at, context.calendar, day_first=day_first)
        if deadline is not None:
            return deadline
    return None


def _said_at(quoted: Located, message: Message) -> datetime:
    return (quoted.part.sent_at if quoted.part else None) or message.sent_at


def _said_on(quoted: Located, message: Message) -> date | None:
    if quoted.part is not None and quoted.part.sent_at is not None:
        return quoted.part.sent_at.date()
    return message.sent_at.date() if quoted.part is None or quoted.part.kind == "own" else None


def _patient(name: str | None, message: Message) -> str | None:
    located = locate(name, message) if name and len(name) <= _MAX_PATIENT else None
    return located.words if located else None
