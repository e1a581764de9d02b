"""A model's claims and the sheets they name lines of -> Findings: the words, dates and names are the mail's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import structlog

from assistant.records import Deadline, Finding, Priority
from assistant.understand.deadlines import find_deadline
from assistant.understand.embedded.claims import Claim as Heard
from assistant.understand.embedded.claims import ClaimKind, claim_in
from assistant.understand.embedded.fields import Fields
from assistant.understand.embedded.rows import row_claim
from assistant.understand.embedded.rules import Rule
from assistant.understand.grounding import find
from assistant.understand.llm.answer import Claim
from assistant.understand.llm.owners import owner_named
from assistant.understand.llm.sheet import Line, Sheet
from assistant.understand.llm.titles import Vocabulary

log = structlog.get_logger(__name__)
_MAX_QUOTE = 500
_SEVERAL = 3
_NEARLY_ALL = 0.75
_ASKED = Rule(name="", kind="request", language="en", pattern=re.compile("(?!)"), examples=())
"""Stands for the model where none of the rules has seen what it sees."""


def findings(
    answers: Iterable[tuple[Sheet, tuple[Claim, ...]]], fields: Fields, *, engine: str, rule: str
) -> tuple[Finding, ...]:
    """Return a finding for each line that a claim names, in the mail's order; of two claims for a line, the first.

    `certain` says here that code agrees: the line can ask the coordinator for something.

    Args:
        answers: What the model says of each sheet that it was shown.
        fields: Reads deadline, patient and priority from the mail, as for the rules' own findings.
        engine: The model's name.
        rule: The prompt's name and version.

    """
    vocabulary = Vocabulary(fields.message, fields.context, fields.rules)
    named: dict[int, Finding] = {}
    dropped = 0
    for sheet, claims in answers:
        is_spun = _is_spun(sheet, claims)
        for claim in claims:
            line = sheet.named(claim.n)
            if line is None or line.number in named or (is_spun and not _says_something(line, fields)):
                dropped += 1
                continue
            certain = not is_spun and _may_ask(line, fields)
            finding = _finding(claim, line, sheet, fields, vocabulary)
            named[line.number] = replace(finding, engine=engine, rule=rule, certain=certain)
    if dropped:
        log.info("claims_dropped", source=fields.message.key, engine=engine, dropped=dropped, kept=len(named))
    return tuple(named[number] for number in sorted(named))


def _is_spun(sheet: Sheet, claims: tuple[Claim, ...]) -> bool:
    """Say whether nearly every line of a sheet was named: small models list what they see, and choose nothing."""
    return len(sheet.lines) >= _SEVERAL and len({claim.n for claim in claims}) > _NEARLY_ALL * len(sheet.lines)


def _says_something(line: Line, fields: Fields) -> bool:
    """Say whether code sees a request of any kind in the line, or a deadline."""
    return _claim_in(line, fields) is not None or fields.dues.in_text(line.sentence.text, line.voice) is not None


def _finding(claim: Claim, line: Line, sheet: Sheet, fields: Fields, vocabulary: Vocabulary) -> Finding:
    heard = _heard(line, fields)
    owner = owner_named(claim.who, fields.message, fields.context)
    is_promise = heard.kind == "promise"
    is_ours = owner == fields.context.coordinator.email if owner else not is_promise
    finding = fields.finding(heard, line.voice, waiting=not is_ours, certain=True)
    return replace(
        finding,
        quote=finding.quote[:_MAX_QUOTE],
        title=vocabulary.better(claim.do, finding.title, finding.quote),
        owner=owner or finding.owner,
        deadline=finding.deadline or _deadline(claim.by, line, sheet, fields),
        priority=_raised(finding.priority) if claim.urgent else finding.priority,
    )


def _heard(line: Line, fields: Fields) -> Heard:
    """The claim as the rules hear it; where they hear none, the whole line."""
    sentence = line.sentence
    kind: ClaimKind = "row" if sentence.shape == "row" else "request"
    return _claim_in(line, fields) or Heard(kind=kind, sentence=sentence, what=sentence.text, rule=_ASKED)


def _claim_in(line: Line, fields: Fields) -> Heard | None:
    read = row_claim if line.sentence.shape == "row" else claim_in
    return read(line.sentence, fields.rules)


def _may_ask(line: Line, fields: Fields) -> bool:
    """Say whether code agrees that the line can ask the coordinator for something."""
    voice = line.voice
    speaks_to_us = voice.said in {"to_us", "by_us"}
    return speaks_to_us and line.sentence.text not in voice.doubted and not fields.roster.is_broadcast(fields.message)


def _raised(priority: Priority) -> Priority:
    return "high" if priority == "normal" else "critical"


def _deadline(words: str | None, line: Line, sheet: Sheet, fields: Fields) -> Deadline | None:
    """The deadline that the words give in their own line of the sheet, the nearest first; never a model's date."""
    if not words:
        return None
    calendar, day_first = fields.context.calendar, fields.context.day_first
    for one in sorted(sheet.lines, key=lambda one: abs(one.number - line.number)):
        said_at = one.voice.sent_at(fields.message)
        found = find_deadline(one.sentence.text, said_at, calendar, day_first=day_first)
        if found and find(words, one.sentence.text) and (find(words, found.words) or find(found.words, words)):
            return found
    return None
