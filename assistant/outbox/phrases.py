"""A sentence of ours in English -> the same in a reader's language, by templates/LANGUAGE.toml.

Every stage says in English what it has to say, and the ledger keeps it so; it is put into the reader's language where a
mail is set. A phrase is known by its fixed words; what stands in its slots is a number, a day, a phrase again, or the
words of others, which are never touched. What no phrase fits stays English: a test finds what is missing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
_SLOT = re.compile(r"\{([a-z]+)\d*\}")
_NUMBER = re.compile(r"\d[\d,.]*")
_TASKS = re.compile(r"#\d+(?:, #\d+){0,50}(?: (?P<last>and|or) (?:#\d+|(?P<more>\d+ more)))?")
_CLOCK = r"(?:\d{1,2}:\d\d|\d{1,2}(?= [ap]m))(?: [ap]m)?|noon|midnight"
_MOMENT = re.compile(
    rf"(?P<on>on )?(?:(?P<near>[a-z]{{5,9}})|(?P<weekday>[A-Z][a-z]{{2,8}})?(?:(?<!^),? |(?<![a-z]))?"
    rf"(?:(?P<month>[A-Z][a-z]{{2,8}}) (?P<day>\d{{1,2}})(?:, (?P<year>\d{{4}}))?)?)?"
    rf"(?:[,.]? ?(?P<at>at )?(?P<clock>{_CLOCK}))?"
)
_ENDS = re.compile(r"(?<=[.?!:”])\s|(?<=;)\s")
_LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """A phrase with slots: its fixed words in English, what stands between them, and the whole in the language."""

    fixed: tuple[str, ...]
    slots: tuple[tuple[str, str], ...]
    """The kind and the name of each."""
    said: str


class Phrases:
    """Our words in one language."""

    def __init__(self, moments: Mapping[str, str], commands: Mapping[str, str], sentences: Mapping[str, str]) -> None:
        self.commands = commands
        self._moments, self._exact = moments, {**commands, **sentences}
        made = [_phrase(english, said) for english, said in self._exact.items() if _SLOT.search(english)]
        # The phrase with the most words of its own fits best.
        self._phrases = sorted(made, key=lambda one: -sum(map(len, one.fixed)))

    def say(self, text: str) -> str:
        """Return the text in this language, sentence by sentence; what is no phrase of ours stays as it is."""
        if not self._exact or not text or len(text) > _LONGEST:
            return text
        whole = self._whole(text) or self._listed(text)
        if whole is not None:
            return whole
        ends = [match.span() for match in _ENDS.finditer(text)]
        for start, end in ends:
            first = self._whole(text[:start])
            if first is not None:
                return first + text[start:end] + self.say(text[end:])
        if not ends:
            return text
        start, end = ends[0]
        return text[:end] + self.say(text[end:])

    def _whole(self, text: str) -> str | None:
        said = self._exact.get(text) or self._moment(text, is_span=False)
        if said is not None:
            return said
        return next((said for one in self._phrases if (said := self._filled(one, text)) is not None), None)

    def _listed(self, text: str) -> str | None:
        """Return a list of phrases; None where one of them is none."""
        for mark in ("; ", ", "):
            parts = [self._whole(part) for part in text.split(mark)]
            found = [part for part in parts if part is not None]
            if len(parts) > 1 and len(found) == len(parts):
                return mark.join(found)
        return None

    def _filled(self, phrase: _Phrase, text: str) -> str | None:
        if not text.startswith(phrase.fixed[0]) or not text.endswith(phrase.fixed[-1]):
            return None
        at, values = len(phrase.fixed[0]), []
        for following in phrase.fixed[1:-1]:
            end = text.find(following, at)
            if end < 0:
                return None
            values.append(text[at:end])
            at = end + len(following)
        end = len(text) - len(phrase.fixed[-1])
        if end < at:
            return None
        values.append(text[at:end])
        said = phrase.said
        for (kind, name), value in zip(phrase.slots, values, strict=True):
            told = self._value(kind, value)
            if told is None:
                return None
            said = said.replace(name, told.replace("{", "{\0"))
        return said.replace("{\0", "{")

    def _value(self, kind: str, value: str) -> str | None:
        match kind:
            case "n":
                return value if _NUMBER.fullmatch(value) else None
            case "tasks":
                return self._tasks(value)
            case "when" | "since":
                return self._moment(value, is_span=kind == "since")
            case "people":
                return re.sub(r" (and|or) ", lambda match: f" {self._exact[match[1]]} ", value)
            case "ours":
                return self._whole(value) or self._listed(value)
            # What goes on behind such a mark is a list, and this its first item; a name may have a comma in it.
            case "date":
                return value if value and ", " not in value else None
            case "who":
                return value if value and "; " not in value else None
            case _:
                return value or None

    def _tasks(self, value: str) -> str | None:
        match = _TASKS.fullmatch(value)
        if match is None:
            return None
        if match["more"]:
            number = match["more"].split()[0]
            value = value.removesuffix(f"and {match['more']}") + self.say(f"and {number} more")
        elif match["last"]:
            value = value.replace(f" {match['last']} ", f" {self._exact[match['last']]} ")
        return value

    def _moment(self, text: str, *, is_span: bool) -> str | None:
        """Return a day and an hour as they are said; None where the text is neither.

        Args:
            text: As our mails have it in English: "Fri, Mar 13, 3 pm", "tomorrow noon", "at 3:00 pm".
            is_span: True behind "from" and "until", where an hour has an article.

        """
        found = _MOMENT.fullmatch(text) if 0 < len(text) <= 60 else None  # noqa: PLR2004 - longer than any of ours
        if found is None or not found.group():
            return None
        words = self._moments
        day = [words.get(found[part]) for part in ("near", "weekday", "month") if found[part]]
        if None in day:
            return None
        told = words.get(found["near"] or "", "")
        if found["month"]:
            names = {"weekday": words.get(found["weekday"] or "", ""), "month": words[found["month"]]}
            told = words["day"].format(day=found["day"], **names).strip()
            told += f" {found['year']}" if found["year"] else ""
        elif found["weekday"]:
            told = words[found["weekday"]]
        has_article = found["on"] or (is_span and found["weekday"])
        told = f"{words['on']} {told}" if has_article and told else told
        clock = self._clock(found["clock"] or "", has_article=not told and (is_span or bool(found["at"])))
        if found["at"] and not told:
            return f"{words['at']} {clock}"
        between = ", " if told and clock and found["month"] else " "
        return f"{told}{between}{clock}".strip()

    def _clock(self, clock: str, *, has_article: bool) -> str:
        if not clock[:1].isdigit():
            return self._moments.get(clock, clock)
        article = self._moments["one" if re.match(r"0?1\b", clock) else "hours"]
        return f"{article} {clock}" if has_article else clock


def _phrase(english: str, said: str) -> _Phrase:
    fixed = _SLOT.split(english)[::2]
    slots = tuple((match[1], match[0]) for match in _SLOT.finditer(english))
    return _Phrase(fixed=tuple(fixed), slots=slots, said=said)


@lru_cache(maxsize=8)
def phrases(language: str) -> Phrases:
    """Return our words in a language; English needs none."""
    path = _TEMPLATES / f"{language}.toml"
    if language == "en":
        return Phrases({}, {}, {})
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return Phrases(tables["moments"], tables["commands"], tables["sentences"])
