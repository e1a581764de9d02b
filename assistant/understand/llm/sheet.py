"""A mail's voices -> the numbered lines of it that a model is shown, on sheets that are not too long.

A model answers with numbers, and code takes the words from the lines that they name: so every quote stands in the mail.
Shown is what could ask for something and what the rules have not found themselves: no signatures, fine print or small
talk, no mails of the coordinator's own or that they have answered, and no sentence that speaks to machines.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from assistant.records import Address, Finding, Message
from assistant.understand.embedded.claims import claim_in, is_silenced
from assistant.understand.embedded.fields import Fields
from assistant.understand.embedded.sentences import Sentence
from assistant.understand.embedded.voices import Voice, attached
from assistant.understand.grounding import fold
from assistant.understand.llm.asking import could_ask

MIN_LINES = 4
"""A sheet of fewer is not split any further."""
_MAX_LINE = 500
_MAX_LINES = 2_000
"""Of one mail; with more, it is no letter."""
_MAX_SUBJECT = 150
_MAX_HEADING = 200
_NUMBER = 6
"""Characters that a line's number takes, with the spaces around it."""
_MAX_NAME = 60
_MAX_ATTACHED = 30
"""Lines of attachments: only those that the rules take for a request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence or row."""

    number: int
    """From 1, as shown."""
    sentence: Sentence
    voice: Voice
    """Who says it; of an attachment's line, who sends it."""
    heading: str = ""
    """Stands above the first line of a forwarded mail, an older one, an answer, an attachment or a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one question shows."""

    sender: str
    subject: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return self.told(str)

    def told(self, mask: Callable[[str], str]) -> str:
        """Return what is shown, each text in it as `mask` gives it; cut after that: half a number tells enough."""
        said = [f"From: {mask(self.sender)[:_MAX_NAME]}", f"Subject: {mask(self.subject)[:_MAX_SUBJECT]}"]
        heading = ""
        for line in self.lines:
            if line.heading != heading:
                heading = line.heading
                said.append(mask(heading)[:_MAX_HEADING] or "[The email]")
            said.append(f"{line.number} {mask(harmless(line.sentence.text))[:_MAX_LINE]}")
        return "\n".join(said)

    def named(self, number: int) -> Line | None:
        return next((line for line in self.lines if line.number == number), None)

    def halves(self) -> tuple[Sheet, Sheet] | None:
        """Return the sheet as two, each with the head; None where it is too short to be split."""
        if len(self.lines) < MIN_LINES:
            return None
        middle = len(self.lines) // 2
        return replace(self, lines=self.lines[:middle]), replace(self, lines=self.lines[middle:])


def sheets(fields: Fields, known: Iterable[Finding], max_chars: int) -> tuple[Sheet, ...]:
    """Return the mail as a model is shown it, each sheet about `max_chars` long; () where there is nothing to ask.

    Args:
        fields: The mail, and what is said in it.
        known: What the rules have found; what they are sure of is not asked about.
        max_chars: Of one sheet.

    """
    message, rules = fields.message, fields.rules
    empty = Sheet(sender=_name(message.sender), subject=harmless(message.subject), lines=())
    settled = [fold(finding.quote) for finding in known if finding.certain][:_MAX_LINES]
    lines: dict[str, Line] = {}
    for line in islice(chain(_said(fields), _attached(fields)), _MAX_LINES):
        words = fold(line.sentence.text)
        if could_ask(line.sentence, rules) and not any(words in quote or quote in words for quote in settled):
            lines.setdefault(words, line)
    numbered = (replace(line, number=number) for number, line in enumerate(lines.values(), 1))
    return tuple(_paged(empty, numbered, max_chars))


def _paged(empty: Sheet, lines: Iterable[Line], max_chars: int) -> Iterator[Sheet]:
    page: list[Line] = []
    room = max_chars - len(empty.text)
    for line in lines:
        room -= len(line.sentence.text[:_MAX_LINE]) + len(line.heading) + _NUMBER
        if room < 0 and page:
            yield replace(empty, lines=tuple(page))
            page, room = [], max_chars - len(empty.text)
        page.append(line)
    if page:
        yield replace(empty, lines=tuple(page))


def _said(fields: Fields) -> Iterator[Line]:
    """Yield the lines of the newest mail, and of those below it that nobody has answered."""
    for place, voice in enumerate(fields.voices):
        if not _is_open(voice, fields.voices):
            continue
        heading = _heading(voice, fields.voices[place - 1] if place else None, fields.message)
        for sentence in voice.sentences:
            if sentence.shape != "ticked_box" and not is_silenced(sentence.text, fields.rules):
                yield Line(number=0, sentence=sentence, voice=voice, heading=heading)
        yield from _rows(voice.rows, voice, heading)


def _is_open(voice: Voice, voices: tuple[Voice, ...]) -> bool:
    if voice.age == 0:
        return True
    is_answered = any(other.said == "by_us" and other.age < voice.age for other in voices)
    return voice.said in {"to_us", "unclear"} and not (voice.part.kind == "quoted" and is_answered)


def _rows(rows: tuple[Sentence, ...], voice: Voice, heading: str) -> Iterator[Line]:
    for row in rows:
        columns = " | ".join(column for column, _ in row.cells if column)
        yield Line(number=0, sentence=row, voice=voice, heading=f"{heading}[Table: {harmless(columns)}]")


def _attached(fields: Fields) -> list[Line]:
    """Return the lines of attachments that look like requests, and the rows of their tables."""
    spoken = next((voice for voice in fields.voices if voice.said == "to_us"), None)
    if spoken is None or not fields.message.attachments:
        return []
    prose, rows = attached(fields.message)
    asking = [one for one in prose if one.shape != "ticked_box" and claim_in(one, fields.rules)]
    lines = [Line(number=0, sentence=one, voice=spoken, heading="[Attached]") for one in asking]
    return [*lines, *_rows(rows, spoken, "[Attached]")][:_MAX_ATTACHED]


def _heading(voice: Voice, above: Voice | None, message: Message) -> str:
    if voice.part.kind == "own":
        # An answer written below a quoted line says little without it.
        is_answer = above is not None and above.part.kind == "quoted" and above.sentences
        return f"[Below: {harmless(above.sentences[-1].text)}]" if above and is_answer else ""
    what = "Forwarded" if voice.part.kind == "forwarded" else "Older"
    return f"[{what}, by {_name(voice.sender(message))}]"


def _name(address: Address | None) -> str:
    return harmless(address.name or address.email) if address else "not known"


def harmless(text: str) -> str:
    """Return `text` on one line, without characters that nobody sees: with them a mail says what no reader reads."""
    spaced = " ".join(text.split())
    return "".join(char for char in spaced if unicodedata.category(char) not in {"Cf", "Cc", "Cs"})
