"""Message -> its voices: each part with its sentences and rows, and whether it speaks to the coordinator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from assistant.records import Address, Message, Part
from assistant.understand.embedded.claims import split_orders
from assistant.understand.embedded.names import Roster
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.sentences import Sentence, sentences
from assistant.understand.embedded.tables import csv_rows, split_tables

Said = Literal["to_us", "by_us", "to_others", "unclear"]
ADDRESS_OR_LINK = re.compile(r"\S@\S|https?:|www\.", re.IGNORECASE)
MACHINE_MARK = re.compile(
    r"\}(?=\s)|\|>|`{3}|-{3,20}|\[/\w{1,20}\]|</\w{1,20}>"
    r"|\b(?:sent from my (?:iphone|ipad|phone|android|galaxy|mobile)|get outlook for (?:ios|android|mac))\b"
    r"(?=\W{0,3}\s\S)",
    re.IGNORECASE,
)
"""Where words of or for machines end: a brace, a tag, a fence, a ruler, a device. No person's sentence runs on."""
FEW = 4
"""Words that a request has at least, beside an attack."""
HANDLED = re.compile(
    (
        r"\b(?:taken care of|handled|(?:i|we)(?:'ve| have)?(?: already| just)? (?:handled|answered|replied|took care|"
        r"responded|did (?:it|this)))\b"
    ),
    re.IGNORECASE,
)
"""In the words above a forwarded mail: nothing is left of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    part: Part
    place: int
    """The part's place in the message."""
    said: Said
    sentences: tuple[Sentence, ...]
    rows: tuple[Sentence, ...]
    doubted: frozenset[str] = frozenset()
    """Sentences that follow an attack within its paragraph."""

    @property
    def age(self) -> int:
        """0 for the mail itself, 1 for the mail it answers or forwards, and so on."""
        return 0 if self.part.kind == "own" else max(1, self.part.depth)

    def sent_at(self, message: Message) -> datetime:
        return self.part.sent_at or message.sent_at

    def sender(self, message: Message) -> Address | None:
        return self.part.sender or (message.sender if self.age == 0 else None)


def voices(message: Message, roster: Roster, rules: Rules) -> tuple[Voice, ...]:
    """Return what is said in a mail, part by part, without signatures and without words that speak to machines."""
    read = []
    for place, part in enumerate(message.parts):
        if part.kind == "signature" or not part.text.strip():
            continue
        prose, rows = split_tables(part.text)
        clean, doubted = _without_attacks(
            split_orders(tuple(unmixed(sentences(prose))), rules), rules, part.sender or message.sender
        )
        read.append(Voice(part=part, place=place, said="unclear", sentences=clean, rows=rows, doubted=doubted))
    handed_on = _handed_on(message, read, roster, rules)
    return tuple(_placed(voice, read, message, roster, handed_on=handed_on) for voice in read)


def attached(message: Message) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """Return the sentences and the rows of the attachments."""
    read = list(texts_of(message))
    return tuple(one for _, prose, _ in read for one in prose), tuple(one for _, _, rows in read for one in rows)


def texts_of(message: Message) -> Iterator[tuple[str, tuple[Sentence, ...], tuple[Sentence, ...]]]:
    """Yield each attachment that holds text: the text, its sentences, its rows."""
    for attachment in message.attachments:
        if not attachment.text or attachment.media_type == "text/calendar":
            continue
        values = csv_rows(attachment.text)
        text, tables = ("", values) if values else split_tables(attachment.text)
        yield attachment.text, sentences(text), tables


def _without_attacks(
    said: tuple[Sentence, ...], rules: Rules, sender: Address | None
) -> tuple[tuple[Sentence, ...], frozenset[str]]:
    """Cut sentences that speak to machines, and doubt what is said beside them; what asks a person is kept."""
    kept: list[Sentence] = []
    doubted: set[str] = set()
    attacked = -1
    for sentence in said:
        text = straight(sentence.text)
        if attack := rules.first("attack", text):
            attacked = sentence.paragraph
            beside = tuple(_beside(sentence, attack.start, rules))
            kept += beside
            doubted.update(one.text for one in beside)
            continue
        if sentence.paragraph == attacked:
            if _leads_away(text, sender):
                continue
            doubted.add(sentence.text)
        kept.append(sentence)
    return tuple(kept), frozenset(doubted)


def _beside(sentence: Sentence, start: int, rules: Rules) -> Iterator[Sentence]:
    """Yield what runs into an attack without a full stop between."""
    before = sentence.text[:start].strip()
    if len(before.split()) >= FEW and not rules.first("attack", straight(before)):
        yield replace(sentence, text=before)


def unmixed(said: tuple[Sentence, ...]) -> Iterator[Sentence]:
    """Yield the sentences, those that run on behind words for machines cut off from these."""
    for sentence in said:
        pieces = [piece.strip() for piece in MACHINE_MARK.split(sentence.text)] if sentence.shape == "prose" else []
        if len(pieces) < 2:  # noqa: PLR2004 - one piece is the sentence itself
            yield sentence
        else:
            yield from (replace(sentence, text=piece) for piece in pieces if piece)


def _leads_away(text: str, sender: Address | None) -> bool:
    """Say whether a sentence names an address or a link that is not of its sender's own house."""
    house = sender.email.rpartition("@")[2] if sender else ""
    return any(not house or house not in word.lower() for word in text.split() if ADDRESS_OR_LINK.search(word))


def _handed_on(message: Message, read: list[Voice], roster: Roster, rules: Rules) -> Said:
    """Say whether the mail's own words make the forwarded requests the coordinator's."""
    if roster.is_coordinator(message.sender):
        return "to_us"
    own = [straight(sentence.text) for voice in read if voice.part.kind == "own" for sentence in voice.sentences]
    if any(rules.first("delegate", text) and not rules.first("deny", text) for text in own):
        return "to_us"
    if any(rules.first("aware", text) for text in own):
        return "to_others"
    if any(HANDLED.search(text) or rules.first("deny", text) or rules.first("settled", text) for text in own):
        return "unclear"
    # Whom somebody forwards a request to, alone, is meant to see to it.
    return "to_us" if len(own) <= 1 or roster.recipients(message) == "ours" else "unclear"


def _placed(voice: Voice, read: list[Voice], message: Message, roster: Roster, *, handed_on: Said) -> Voice:
    return Voice(
        part=voice.part,
        place=voice.place,
        said=_said(voice, read, message, roster, handed_on),
        sentences=voice.sentences,
        rows=voice.rows,
        doubted=voice.doubted,
    )


def _said(voice: Voice, read: list[Voice], message: Message, roster: Roster, handed_on: Said) -> Said:
    if roster.is_coordinator(voice.sender(message)) or _is_answered_inline(voice, read, message, roster):
        return "by_us"
    greeted = roster.greeted(voice.sentences[0].text, voice.sender(message)) if voice.sentences else "unsaid"
    if greeted == "theirs" and any(roster.called(one.text) == "ours" for one in voice.sentences):
        # Several are spoken to in turn: "Lena - ... Ruth - ...".
        greeted = "unsaid"
    if greeted == "ours":
        return "to_us"
    if voice.part.kind == "forwarded":
        # Who forwards what they once wrote to others asks for something else now.
        is_own = message.sender is not None and voice.sender(message) == message.sender
        return "unclear" if is_own else handed_on
    if greeted == "theirs":
        # "See below" hands a thread on as a forward does.
        return (
            handed_on
            if voice.age and handed_on == "to_us" and message.subject.lower().startswith(("fw", "tr", "rv"))
            else "to_others"
        )
    if voice.age == 0:
        return "to_others" if roster.recipients(message) == "theirs" else "to_us"
    newer = [one for one in read if one.age == voice.age - 1]
    answered_by = newer[-1].sender(message) if newer else None
    if answered_by and not roster.is_coordinator(answered_by) and answered_by != voice.sender(message):
        return (
            "to_us" if message.subject.lower().startswith(("fw", "tr", "rv")) and handed_on == "to_us" else "to_others"
        )
    return "to_us"


def _is_answered_inline(voice: Voice, read: list[Voice], message: Message, roster: Roster) -> bool:
    """Say whether quoted lines of nobody named are the coordinator's: the one who writes answers between them."""
    is_nameless = voice.part.kind == "quoted" and voice.age == 1 and voice.part.sender is None
    has_answer = any(other.age == 0 and other.place > voice.place for other in read)
    return is_nameless and has_answer and roster.recipients(message) == "ours"
