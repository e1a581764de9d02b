"""Message -> as much of it as is read: what one mail may cost has an end, and whether something is left out is told.

Each thing that a mail asks for is held against its other words, so that work grows faster than its length. Clinics'
mails are nowhere near these bounds; what is beyond them is there to hold up the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.records import Address, Message, Person
from assistant.understand.embedded.sentences import ENDS, MAX_CHARS

MAX_TEXTS = 150
"""Parts, and attachments with text, of one mail."""
MAX_TEXT = 200_000
"""Characters in all, of the parts as of the attachments."""
MAX_PIECES = 1500
"""Lines and sentences in all, likewise."""
MAX_CLAIMS = 300
"""Things that one mail asks for."""
MAX_PEOPLE = 200
"""Names in To, as in Cc, that are known when they are called."""
_FIRST = {"own": 0, "forwarded": 1, "quoted": 2, "signature": 3}
_LINE = re.compile(r"\n(?=[^\n])")


@dataclass(frozen=True, slots=True)
class Portion:
    message: Message
    is_whole: bool


def portion(message: Message, reader: Person) -> Portion:
    """Return what of a mail is read: the writer's own words first, then what they forward, quote and attach."""
    texts = _cut([(_FIRST[part.kind], part.text) for part in message.parts])
    parts = tuple(replace(part, text=text) for part, text in zip(message.parts, texts, strict=True) if text)
    attached = _cut([(0, one.text or "") for one in message.attachments])
    attachments = tuple(
        replace(one, text=text) if one.text else one for one, text in zip(message.attachments, attached, strict=True)
    )
    read = (*(one.text for one in parts), *(one.text or "" for one in attachments))
    told = (*(one.text for one in message.parts), *(one.text or "" for one in message.attachments))
    is_whole = sum(map(len, read)) == sum(map(len, told))
    to, cc = _known(message.to, reader), _known(message.cc, reader)
    return Portion(replace(message, parts=parts, attachments=attachments, to=to, cc=cc), is_whole=is_whole)


def _known(people: tuple[Address, ...], reader: Person) -> tuple[Address, ...]:
    return (*people[:MAX_PEOPLE], *[one for one in people[MAX_PEOPLE:] if reader.is_at(one.email)][:1])


def _cut(texts: list[tuple[int, str]]) -> list[str]:
    """Return as much of each text as there is room for, those of the lowest rank first; "" for one that is left out."""
    left_texts, left_chars, left_pieces = MAX_TEXTS, MAX_TEXT, MAX_PIECES
    kept = [""] * len(texts)
    for place in sorted(range(len(texts)), key=lambda place: texts[place][0]):
        text = texts[place][1][: min(MAX_CHARS, left_chars)]
        if not text or left_texts <= 0 or left_pieces <= 0:
            continue
        ends = sorted({*(one.start() for one in _LINE.finditer(text)), *(one.end() for one in ENDS.finditer(text))})
        kept[place] = text[: ends[left_pieces - 1]] if len(ends) >= left_pieces else text
        left_texts -= 1
        left_chars -= len(kept[place])
        left_pieces -= min(len(ends), left_pieces) + 1
    return kept
