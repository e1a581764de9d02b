"""A mail -> the same as if its form set no words aside, and what is asked in these alone: for a person to look at.

Any line can be typed: "-- ", a row of underscores, "On Monday Ana wrote:", "CONFIDENTIALITY NOTICE:". What stands below
is called a signature, a notice or an older mail by whoever wrote it, and a request must not be lost by that. So words
that were set aside are read once more as their sender's own, and what they ask for is shown, in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.records import SET_ASIDE, Finding, Message, Part, PartKind, ReadingContext
from assistant.understand.embedded.claims import claim_in
from assistant.understand.embedded.names import Roster
from assistant.understand.embedded.portion import portion
from assistant.understand.embedded.rules import Rules
from assistant.understand.embedded.sentences import MAX_CHARS, sentences
from assistant.understand.embedded.tables import split_tables
from assistant.understand.embedded.voices import unmixed
from assistant.understand.grounding import fold

_ANSWERS = re.compile(r"\s{0,3}(?:re|aw|antw|sv|vs|res|ref|rif|odp)\s?(?:\[\d{1,2}\])?:", re.IGNORECASE)
_LABEL = re.compile(r"^([^\n:.!?]{1,40}:)[ \t]{1,5}(?=\S)", re.MULTILINE)
"""A notice's name: the sentence behind it is judged by its own words."""
_PEOPLE = re.compile(r"[^:\n]{1,30}:[^.!?:\n]{0,90}<[^<>\s]{3,100}@[^<>\s]{3,100}>")
"""Who wrote an older mail, or to whom."""
_DEFINITE = re.compile(
    r"\b(?:the|this|that|these|those|her|his|their|its|attached|enclosed|signed|el|la|los|las|su|sus|este|esta)\b",
    re.IGNORECASE,
)
"""Before a thing that both sides know. What a signature asks of everybody, it asks for without: "Fax referrals to"."""
_STANDING = re.compile(
    r"\b(?:if (?:you|this|it|there)|all|any|every|each|always|never|after hours|on-call|subject line|"
    r"before (?:sending|printing|replying|you)|scheduling|to schedule|appointments?|refills?|portal|website|voicemail|"
    r"questions|emergenc\w{1,3}|urgent (?:matters?|issues?|needs?|requests?))\b|\d{3}[ .-]\d{4}\b|@|www\.|https?:",
    re.IGNORECASE,
)
"""What a signature asks of everybody, in every mail."""

_MAX_HEADS, _MAX_HEAD = 60, 1000
"""Heads of older mails in one mail, and the characters of each: no thread has more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOpen:
    """A mail of which more words count."""

    message: Message
    words: tuple[str, ...]
    """Texts that were set aside, and speak as a mail does."""
    signatures: tuple[str, ...]
    """Texts that were set aside, and may be the same under every mail."""


def laid_open(message: Message, context: ReadingContext, rules: Rules) -> LaidOpen | None:
    """Return the mail as if nothing in it were set aside; None where that lets nobody ask for more.

    What an answer quotes was read when it came. A mail that answers nothing has nothing to quote.
    """
    message = portion(message, context.coordinator).message
    roster = Roster(message, context)
    is_answer = bool(message.in_reply_to or message.references) or _ANSWERS.match(message.subject) is not None
    parts: list[Part] = []
    words: list[str] = []
    signatures: list[str] = []
    for place, part in enumerate(message.parts):
        around = _kind_around(message.parts, place)
        is_doubtful = part.kind == "signature" if around != "quoted" else not is_answer or _belies_itself(part, roster)
        if not is_doubtful or not _may_ask(part.text, rules):
            parts.append(part)
            continue
        is_signature = part.kind == "signature" and not _speaks_to_us(part.text, roster)
        (signatures if is_signature else words).append(part.text)
        parts.append(_opened(part, message, around))
    said = (*(_head_words(head, message) for head in message.heads[:_MAX_HEADS]), _own_to_readers(message))
    for text in said:
        if _may_ask(text, rules):
            words.append(text)
            parts.append(_opened(Part(kind="signature", text=text, sender=None, sent_at=None), message, "own"))
    if not words and not signatures:
        return None
    return LaidOpen(message=replace(message, parts=tuple(parts)), words=tuple(words), signatures=tuple(signatures))


def asked_aside(laid: LaidOpen, found: Iterable[Finding], further: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what only words that were set aside ask for.

    Args:
        laid: The mail, laid open.
        found: What it asks for as it came.
        further: What it asks for laid open.

    """
    known = [fold(one.quote) for one in found if one.kind == "task"]
    words, signatures = ([fold(text) for text in texts] for texts in (laid.words, laid.signatures))
    for one in further:
        quote = fold(one.quote)
        if one.kind != "task" or any(quote in other for other in known):
            continue
        is_told = any(quote in text for text in words)
        if is_told or (any(quote in text for text in signatures) and _is_of_this_mail(one)):
            known.append(quote)
            yield replace(one, certain=False, rule=f"{SET_ASIDE} {one.rule}")


def _own_to_readers(message: Message) -> str:
    """Return what people see as the sender's own words, and a program that reads the plain form does not."""
    return "\n\n".join(message.own_to_readers)[:MAX_CHARS]


def _head_words(head: str, message: Message) -> str:
    """Return what the lines at which an older mail begins tell besides who wrote it, to whom, about what."""
    lines = (line for line in head.splitlines() if not (_PEOPLE.match(line) or _tells_subject(line, message)))
    return "\n".join(lines)[:_MAX_HEAD]


def _tells_subject(line: str, message: Message) -> bool:
    subject = _bare(line.partition(":")[2])
    return bool(subject) and subject in _bare(message.subject)


def _bare(line: str) -> str:
    return " ".join(line.strip("> \t").split())


def _kind_around(parts: Sequence[Part], place: int) -> PartKind:
    """Return whose a part is: of a signature, what the mail is that it stands in."""
    part = parts[place]
    if part.kind != "signature":
        return part.kind
    if part.depth == 0:
        return "own"
    near = (*reversed(parts[:place]), *parts[place + 1 :])
    return next((one.kind for one in near if one.depth == part.depth and one.kind != "signature"), "forwarded")


def _belies_itself(part: Part, roster: Roster) -> bool:
    """Say whether words that are called the coordinator's speak to the coordinator."""
    return roster.is_coordinator(part.sender) and _speaks_to_us(part.text, roster)


def _speaks_to_us(text: str, roster: Roster) -> bool:
    first = next((line.strip() for line in text.splitlines() if any(map(str.isalnum, line))), "")
    return "ours" in {roster.greeted(first, None), roster.called(first)}


def _may_ask(text: str, rules: Rules) -> bool:
    prose, rows = split_tables(_unlabelled(text))
    return bool(rows) or any(claim_in(one, rules) is not None for one in unmixed(sentences(prose)))


def _unlabelled(text: str) -> str:
    return _LABEL.sub(r"\1\n\n", text)


def _opened(part: Part, message: Message, around: PartKind) -> Part:
    """Return a part as the words that it would be, had nothing set it aside."""
    text = _unlabelled(part.text) if part.kind == "signature" else part.text
    if around == "forwarded":
        return replace(part, kind="forwarded", text=text)
    return replace(part, kind="own", text=text, sender=message.sender, sent_at=message.sent_at, depth=0)


def _is_of_this_mail(finding: Finding) -> bool:
    """Say whether what a signature asks for is asked of this reader now, not of everybody in every mail."""
    if finding.patient is not None:
        return True
    if finding.waiting:
        return False
    # "Ask me about our courses! We answer within a day" asks for nothing within a day.
    is_dated = finding.deadline is not None and fold(finding.deadline.words) in fold(finding.quote)
    is_one_thing = _DEFINITE.search(finding.quote) is not None and _STANDING.search(finding.quote) is None
    return is_dated or is_one_thing
