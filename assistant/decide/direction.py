"""A known person forwards a mail to us with an order on top -> the findings, as the order says. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.decide.authority import recipients_of
from assistant.decide.commands.wording.clauses import own_lines, sentences
from assistant.decide.commands.wording.text import fold
from assistant.records import Deadline, Finding, Message, Person, Reading

_POLITE = (
    r"(?:(?:hi|hello|hey|fyi|please|pls|kindly|can you|could you|can we|would you|por favor|puedes|favor de)\b[\s,]*)*"
)
_THIS = r"(?:this|it|these|that|the below|the following|esto|eso)"
_ORDER = re.compile(
    rf"{_POLITE}(?:"
    rf"(?:get|have|make sure)\s+{_THIS}\s+(?:is\s+|are\s+|gets?\s+)?"
    r"(?:done|handled|sorted(?: out)?|finished|completed|taken care of|out|sent|filed|resolved)"
    rf"|(?:handle|do|finish|complete|take care of|see to|deal with|follow up on|track|add)\s+{_THIS}"
    rf"|(?:i |we )?(?:need|want)\s+{_THIS}(?:\s+(?:done|handled|back|finished|completed))?"
    rf"|{_THIS}\s+(?:needs to|must|has to|should)\s+be\s+(?:done|handled|finished|completed|sent)"
    rf"|remind me (?:of|about)\s+{_THIS}"
    rf"|(?:this is |it is |it's )?due"
    r"|(?:hay que )?(?:hacer|haz|hagan|resolver|resuelve|atender|atiende)(?:lo)?(?:\s+esto)?"
    r"|recuerdame (?:de )?esto"
    r")\b(?P<rest>.{0,60})",
)
_WHEN_ALONE = re.compile(r"(?:by|before|due(?: by| on)?|para el|para|antes del?)\s+(?P<day>.{2,40})")
_CLOSING = re.compile(r"[\s,.!?]*(?:please|pls|thanks|thank you|thx|por favor|gracias)?[\s,.!?]*$")
_PREFIX = re.compile(r"^(?:\s*(?:fwd?|fw|re|rv|tr|wg)\s*:\s*)+", re.IGNORECASE)
_LONGEST_TITLE = 80
_MOST_SENTENCES = 2


def not_ours(reading: Reading, person: Person, our_address: str) -> Reading:
    """Return what was found, with what a person asks of the assistant itself as their own: it does nobody's work."""
    findings = tuple(
        replace(one, owner=person.email, waiting=False) if one.kind == "task" and one.owner == our_address else one
        for one in reading.findings
    )
    return replace(reading, findings=findings)


def directed(
    message: Message,
    reading: Reading,
    person: Person | None,
    *,
    our_address: str,
    when: Callable[[str], Deadline | None],
) -> Reading:
    """Return what was found, with the order that stands on top of a forwarded mail carried into it.

    What the forwarded mail asks for gets the deadline of the order; where nothing was found in it, the mail itself
    becomes one task. Anything else that a person writes on top is left to the engines.

    Args:
        message: The mail.
        reading: What the engines found in it.
        person: Who wrote it, where that is one of ours and no machine.
        our_address: Only what was sent there alone is an order to us.
        when: Reads a phrase as a deadline, counted from the mail.

    """
    recipients = recipients_of(message, our_address)
    forwards = any(part.kind == "forwarded" for part in message.parts)
    if person is None or recipients != {our_address} or not forwards:
        return reading
    lines = [sentence for line in own_lines(message.own_words, person) for sentence in sentences(line)]
    if not lines or len(lines) > _MOST_SENTENCES:
        return reading
    ordered = _order(lines[0], when)
    if ordered is None:
        return reading
    own = _plain(message.own_words)
    others = tuple(one for one in reading.findings if _plain(one.quote) not in own)
    asked = [one for one in others if one.kind == "task" and not one.waiting]
    if not asked:
        return replace(reading, findings=(*others, _whole(message, lines[0], ordered[0], person)))
    return replace(reading, findings=tuple(_under(one, ordered[0]) if one in asked else one for one in others))


def _order(sentence: str, when: Callable[[str], Deadline | None]) -> tuple[Deadline | None] | None:
    """Return the deadline of an order, which may be none; None where the sentence is no order."""
    plain = _CLOSING.sub("", fold(sentence).strip())
    alone = _WHEN_ALONE.fullmatch(plain)
    if alone is not None:
        until = when(sentence.strip()[alone.start("day") : alone.end("day")])
        return None if until is None else (until,)
    match = _ORDER.fullmatch(plain)
    if match is None:
        return None
    rest = match["rest"].strip(" ,.:;-!")
    if not rest:
        return (None,)
    until = when(sentence.strip()[match.start("rest") : match.end("rest")].strip(" ,.:;-!"))
    return None if until is None else (until,)


def _under(finding: Finding, deadline: Deadline | None) -> Finding:
    return replace(finding, deadline=deadline or finding.deadline, certain=True)


def _whole(message: Message, sentence: str, deadline: Deadline | None, person: Person) -> Finding:
    title = " ".join(_PREFIX.sub("", message.subject).split())[:_LONGEST_TITLE]
    return Finding(
        kind="task",
        title=title[:1].upper() + title[1:] or "See to the forwarded mail",
        quote=" ".join(sentence.split()),
        deadline=deadline,
        owner=person.email,
        said_by=person.email,
        said_on=message.sent_at.date(),
        engine="person",
        rule="forward",
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
