"""The words after a command's verb -> a deadline, a person, a priority."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from assistant.decide.commands.wording.text import SIGN, Text, fold, plain_text
from assistant.records import Deadline, Person, Priority

_MOST_WORDS = 9
_MOST_WORDS_OF_A_CLAUSE = 60
_FOR = re.compile(r"(?:for|por)\s(?:(?:the next|another|about|los proximos|las proximas|otr[oa]s?)\s)?")
_LEADS = re.compile(
    r"(?:(?:due|to|until|till|til|for|on|by|is|be|at|now|it|date|not before|before|hasta|para|al|"
    r"a(?! (?:week|day|month|couple|few))|el|"
    r"la|->|>|=|:|,|-)(?![\w])\s*)*"
)
# After a date only words that leave it as it is: "friday, they called" but not "friday after surgery".
_TAIL = re.compile(
    r"\s*(?:$|[,;(!.-]|\b(?:please|pls|plz|thanks|thx|because|since|cause|bc|as|so|they|he|she|we|i|"
    r"it|per|now|instead|then|not|with|the(?! \d{1,2}(?:st|nd|rd|th))|dr|"
    r"mr|mrs|ms|when (?:he|she|they|i|we)|while|and|too|por favor|porque|que|gracias|"
    r"fyi|btw|jsyk|fwiw|by the way|just so (?:you|u)|anyways?)\b)"
)
_EITHER = re.compile(r"\s*,?\s*(?:\b(?:or|o)\b|/|\?)")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,190}\w")
_MOST_NAME_WORDS = 3
_NO_NAME = frozenset(
    [
        "the",
        "an",
        "to",
        "on",
        "it",
        "her",
        "him",
        "them",
        "us",
        "me",
        "my",
        "so",
        "do",
        "be",
        "no",
        "or",
        "al",
        "el",
        "la",
        "de",
        "un",
        "si",
        "we",
        "he",
        "she",
        "they",
        "all",
        "any",
        "and",
        "not",
        *(
            "in",
            "is",
            "at",
            "as",
            "am",
            "if",
            "by",
            "of",
            "up",
            "go",
            "ok",
            "lo",
            "se",
            "ya",
            "es",
            "en",
            "did",
            "new",
            "can",
        ),
    ]
)
_LEAST_PREFIX = 2
_WEEKDAYS = (
    r"mon(?:day)?|lunes",
    r"tue(?:s|sday)?|martes",
    r"weds?(?:nesday)?|miercoles",
    r"thu(?:rs?|rsday)?|jueves",
    r"fri(?:day)?|viernes",
    r"sat(?:urday)?|sabado",
    r"sun(?:day)?|domingo",
)
WEEKDAY = "|".join(_WEEKDAYS)
DATE = (
    r"(?:(?:the )?\d{1,2}(?:st|nd|rd|th)|\d{1,2}/\d{1,2}|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}|\d{1,2} de [a-z]{4,10})(?![\w/])"
)
_DATE = re.compile(rf"(?<![\w/]){DATE}")
_DAY_AND_DATE = re.compile(rf"(?:{WEEKDAY})[ ,]+(?:el )?{DATE}")
_DIAS = re.findall(
    r"[a-z]+",
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete "
    "veintiocho veintinueve treinta",
)
_DAY_OF_MONTH = re.compile(r"\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo) (?P<n>\d{1,2})")
_SPELLED = re.compile(
    rf"\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|dia|"
    rf"el)\s+(?P<n>{'|'.join(_DIAS[2:])})\b(?!\s+(?:horas|dias|semanas))"
)

_LEVELS: tuple[tuple[str, Priority], ...] = (
    (
        (
            r"(?:not|isn'?t|aren'?t|no longer) (?:so |that |very )?(?:urgent|critical|important|high)(?: any ?more)?|"
            r"no (?:longer|es) urgente?|no rush"
        ),
        "normal",
    ),
    (r"critical|stat|life.threatening|top(?: priority)?|crit|critic[oa]|emergency|emergencia|p1|red", "critical"),
    (r"urgent|high(?:er)?(?: priority)?|asap|important|priority|urgente|alta|importante|hot|rush|p2", "high"),
    (r"normal|routine|low(?:er)?(?: priority)?|regular|standard|baja|rutina|p3", "normal"),
)
LEVEL = "|".join(words for words, _ in _LEVELS)


def level_of(words: str) -> Priority | None:
    """Return the priority that `words`, the whole of them, name."""
    return next((level for pattern, level in _LEVELS if re.fullmatch(pattern, words)), None)


def day_in(text: Text, when: Callable[[str], Deadline | None]) -> Deadline | None:
    """Return the deadline with which `text` begins, as long a phrase as can be read."""
    found = _longest_day(_in_figures(text), when)
    return found[1] if found else None


def days_in(text: Text, when: Callable[[str], Deadline | None]) -> tuple[tuple[int, int, Deadline], ...]:
    """Return each day or hour that stands anywhere in `text`, with where its words begin and end.

    The numbers of tasks are no days.
    """
    own = "".join(SIGN if sign == SIGN else own for own, sign in zip(text.own, text.plain, strict=True))
    masked = replace(text, own=own)
    found: list[tuple[int, int, Deadline]] = []
    past = 0
    for word in list(re.finditer(r"\S+", text.plain))[:_MOST_WORDS_OF_A_CLAUSE]:
        if word.start() < past or SIGN in word[0]:
            continue
        day = _longest_day(masked.cut(word.start()), when)
        if day is None and (twice := _DAY_AND_DATE.match(text.plain, word.start())) is not None:
            # Of "Monday the 3rd", where that is a Thursday, neither half counts.
            past = twice.end()
        if day is not None:
            past = word.start() + day[0]
            found.append((word.start(), past, day[1]))
    return tuple(found)


def _longest_day(text: Text, when: Callable[[str], Deadline | None]) -> tuple[int, Deadline] | None:
    """Return the deadline with which `text` begins, with how long its words are."""
    lead = _LEADS.match(text.plain)
    bare = text.cut(lead.end() if lead else 0)
    led = len(text.own) - len(bare.own)
    forms = [(text, 0), (bare, led)]
    if (span := _FOR.match(text.plain)) is not None:
        # "for a week" counts from now, as "in a week" does.
        forms.append((plain_text(f"in {text.own[span.end() :]}"), span.end() - len("in ")))
    for phrase, before in forms:
        words = list(re.finditer(r"\S+", phrase.plain))[:_MOST_WORDS]
        for word in reversed(words):
            said = phrase.own[: word.end()].rstrip(" ,.;!)")
            after = phrase.plain[len(said) :]
            if _EITHER.match(after):
                continue
            if said and _TAIL.match(after) and (found := when(said)) is not None and not _is_choice(said):
                return (before + len(said), _of_month(said, found)) if _agrees(said, found) else None
    return None


def _of_month(said: str, found: Deadline) -> Deadline:
    """Return the day for a Spanish "martes 3" where that Tuesday is the 3rd; elsewhere the 3 is an hour."""
    match = _DAY_OF_MONTH.search(fold(said))
    if match is None or match.end() != len(said) or not isinstance(found.due, datetime):
        return found
    return replace(found, due=found.due.date()) if found.due.day == int(match["n"]) else found


def _agrees(said: str, found: Deadline) -> bool:
    """Return whether a day of the week that stands beside a date is that date's: "Monday, Feb 16" may be neither."""
    plain = fold(said)
    if _DATE.search(plain) is None:
        return True
    named = {day for day, names in enumerate(_WEEKDAYS) if re.search(rf"\b(?:{names})\b", plain)}
    return len(named) != 1 or found.due.weekday() in named


def _in_figures(text: Text) -> Text:
    """Return the text with Spanish days of the month in figures: "viernes trece" is told as "viernes 13"."""
    if _SPELLED.search(text.plain) is None:
        return text
    own = "".join(
        part if place % 2 == 0 else str(_DIAS.index(fold(part)) + 1)
        for place, part in enumerate(_split(_SPELLED, text.own, text.plain))
    )
    return plain_text(own)


def _split(form: re.Pattern[str], own: str, plain: str) -> list[str]:
    parts, start = [], 0
    for match in form.finditer(plain):
        parts += [own[start : match.start("n")], own[match.start("n") : match.end("n")]]
        start = match.end("n")
    return [*parts, own[start:]]


def _is_choice(said: str) -> bool:
    return re.search(r"\b(?:or|not|o)\b|\?", fold(said)) is not None


def people_in(text: Text, people: tuple[Person, ...]) -> tuple[Person, ...]:
    """Return the people whom the first words of `text` may name; several where it cannot be told which."""
    email = _EMAIL.match(text.plain)
    if email is not None:
        return tuple(person for person in people if person.is_at(email[0]))
    words = [word.strip(".,;:!?()'\"") for word in text.plain.split()[:_MOST_NAME_WORDS]]
    words = [word.removesuffix("'s") for word in words]
    for count in range(len(words), 0, -1):
        found = _called(" ".join(words[:count]), people)
        if found:
            return found
    return ()


def names_by(person: Person) -> frozenset[str]:
    """Return the single names that somebody goes by, folded: those of their name, and those of their address."""
    box = person.email.partition("@")[0]
    return frozenset([*fold(person.name).split(), *re.findall(r"[a-z]{3,}", box)])


def _called(name: str, people: tuple[Person, ...]) -> tuple[Person, ...]:
    """Return who bears `name`: whole names before first or last names, those before their beginnings."""
    if len(name) < _LEAST_PREFIX or name in _NO_NAME:
        return ()
    whole = tuple(one for one in people if fold(one.name) == name or one.email.split("@")[0] == name)
    part = tuple(one for one in people if name in names_by(one))
    start = tuple(one for one in people if any(word.startswith(name) for word in fold(one.name).split()[:1]))
    longer = tuple(one for one in people if " " in name and fold(one.name).startswith(name))
    return whole or part or longer or start
