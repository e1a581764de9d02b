"""A Message -> the text of it that a model is shown, in pieces that are not too long.

Only what is needed: who wrote to whom and when, and the visible words. No headers, no HTML, no signatures, no addresses
beyond those of the mail's own people.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from assistant.records import Address, Message, Part

MIN_CHARS = 400
"""What is shorter is not split any further."""
_FENCE = re.compile(r"<(?=\s{0,4}/?\s{0,4}mail\b)", re.IGNORECASE)
_BREAKS = ("\n\n", "\n", ". ", " ")
"""Where to cut a text, the best place first."""


def pieces(message: Message, max_chars: int) -> tuple[str, ...]:
    """Return the mail as a model is shown it: each piece begins with the mail's head and holds about `max_chars`."""
    head = _head(message)
    room = max(MIN_CHARS, max_chars - len(head))
    filled: list[str] = []
    for title, text in _sections(message):
        for run in _cut(text, room - len(title) - 2):
            section = f"{title}\n{run}" if title else run
            if filled and len(filled[-1]) + len(section) + 2 <= room:
                filled[-1] += f"\n\n{section}"
            else:
                filled.append(section)
    return tuple(f"{head}\n\n{body}" for body in filled or [""])


def halves(piece: str) -> tuple[str, str] | None:
    """Return a piece as two, each with the mail's head; None where it is too short to be split."""
    head, _, body = piece.partition("\n\n")
    if len(body) < 2 * MIN_CHARS:
        return None
    first, *rest = _cut(body, len(body) // 2 + 1)
    return f"{head}\n\n{first}", f"{head}\n\n{''.join(rest).strip()}"


def _head(message: Message) -> str:
    lines = [
        f"From: {_people(message.sender)}",
        f"To: {_people(*message.to)}",
        f"Cc: {_people(*message.cc)}" if message.cc else "",
        f"Date: {_day(message.sent_at)}",
        f"Subject: {_harmless(message.subject).strip()[:300]}",
    ]
    return "\n".join(" ".join(line.split()) for line in lines if line)


def _sections(message: Message) -> list[tuple[str, str]]:
    """The mail's texts, each under a title that says what it is."""
    sections = [(_title(part), _harmless(part.text).strip()) for part in message.parts if part.kind != "signature"]
    sections += [
        (f"[Attached file {one_name(attachment.name)}]", _harmless(attachment.text).strip())
        for attachment in message.attachments
        if attachment.text
    ]
    return [(title, text) for title, text in sections if text]


def _title(part: Part) -> str:
    if part.kind == "own":
        return ""
    what = "Forwarded message" if part.kind == "forwarded" else "Older message"
    by = f" by {_people(part.sender)}" if part.sender else ""
    on = f", {_day(part.sent_at)}" if part.sent_at else ""
    return f"[{what}{by}{on}]"


def one_name(name: str) -> str:
    return " ".join(_harmless(name).split())[:80]


def _people(*people: Address | None) -> str:
    named = [f"{one_name(one.name)} <{one.email[:120]}>" if one.name else one.email[:120] for one in people[:20] if one]
    return _harmless(", ".join(named)) or "not known"


def _day(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B %Y %H:%M}"


def _harmless(text: str) -> str:
    """`text` without characters that nobody sees, and without what would end the block in which it stands."""
    seen = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cf", "Cc", "Cs"})
    return _FENCE.sub("‹", seen)


def _cut(text: str, size: int) -> list[str]:
    """`text` in runs of at most `size` characters, cut between paragraphs, lines, sentences or words where possible."""
    size = max(size, MIN_CHARS // 2)
    runs = []
    while len(text) > size:
        at = next((end for mark in _BREAKS if (end := text.rfind(mark, size // 3, size)) > 0), size - 1) + 1
        runs.append(text[:at])
        text = text[at:]
    return [*runs, text]
