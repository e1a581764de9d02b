"""One mail's text <-> the same with placeholders; the way back is known here alone, and forgotten with this object."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from assistant.understand.privacy.identifiers import KINDS, Span, identifiers
from assistant.understand.privacy.names import Names

_WORD = re.compile(r"[^\W\d_]{2,40}")
_PLACEHOLDER = re.compile(r"\[ ?([A-Za-z]{2,12})[-_ ]?(\d{1,9})([A-Za-z]?) ?\]|\b([A-Z]{2,12})-(\d{1,9})([A-Z]?)\b")
_NAMED = frozenset({"PATIENT", "PERSON"})
_LETTERS = ("", *"BCDEFGHIJKLMNOPQRSTUVWXYZ")
_MOST_FORMS = len(_LETTERS)


@dataclass(slots=True)
class _Person:
    """Somebody, by the words of their name, in all the forms in which it is written."""

    number: int
    words: frozenset[str]
    forms: int = 0


@dataclass(slots=True)
class Masking:
    """Puts placeholders into the texts of one mail, the same for the same words, and takes them out again."""

    names: Names
    further: Callable[[str], Iterable[Span]] = lambda _: ()
    """Finds more to hide than our own patterns do."""
    _placeholders: dict[str, str] = field(default_factory=dict)
    """What is hidden -> its placeholder."""
    _hidden: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _known: list[_Person] = field(default_factory=list)

    def mask(self, text: str) -> str:
        """Return `text`, one line, with placeholders."""
        spans = _joined([*identifiers(text), *self.names.spans(text), *self.further(text)])
        masked, end = [], 0
        for span in spans:
            masked += [text[end : span.start], self._placeholder(text[span.start : span.end], span.kind)]
            end = span.end
        return "".join([*masked, text[end:]])

    def unmask(self, text: str) -> str | None:
        """Return `text` with what was hidden; None where it holds a placeholder that was never given out."""
        is_ours = True

        def shown(found: re.Match[str]) -> str:
            nonlocal is_ours
            kind, number, form = (found[1], found[2], found[3]) if found[1] else (found[4], found[5], found[6])
            if kind.upper() not in KINDS:
                return found[0]
            words = self._hidden.get(f"[{kind.upper()}-{int(number)}{form.upper()}]")
            is_ours &= words is not None
            return words or ""

        told = _PLACEHOLDER.sub(shown, text)
        return told if is_ours else None

    def _placeholder(self, words: str, kind: str) -> str:
        if words not in self._placeholders:
            name = self._named(words, kind) if kind in _NAMED else self._counted(kind)
            self._placeholders[words] = name
            self._hidden[name] = words
        return self._placeholders[words]

    def _counted(self, kind: str) -> str:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return f"[{kind}-{self._counts[kind]}]"

    def _named(self, words: str, kind: str) -> str:
        """Return a name's placeholder: one number for one person, one letter for each further way to write the name."""
        said = frozenset(word.lower() for word in _WORD.findall(words))
        fitting = (one for one in self._known if one.forms < _MOST_FORMS)
        person = next((one for one in fitting if said and (said <= one.words or one.words <= said)), None)
        if person is None:
            person = _Person(len(self._known) + 1, said)
            self._known.append(person)
        person.words |= said
        person.forms += 1
        return f"[{kind}-{person.number}{_LETTERS[person.forms - 1]}]"


def _joined(spans: list[Span]) -> list[Span]:
    """Return the spans in order, each run of overlapping ones as one, of the kind that was found first."""
    ranked = sorted(enumerate(spans), key=lambda one: (one[1].start, one[0]))
    joined: list[tuple[int, Span]] = []
    for rank, span in ranked:
        if span.start == span.end:
            continue
        if joined and span.start < joined[-1][1].end:
            first, last = joined[-1]
            kind = last.kind if first <= rank else span.kind
            joined[-1] = (min(first, rank), Span(last.start, max(last.end, span.end), kind))
        else:
            joined.append((rank, span))
    return [span for _, span in joined]
