"""Numbers in words, English and Spanish: three, twenty-four, third, dos."""

from __future__ import annotations

from typing import Final

from assistant.understand.deadlines.tokens import Tokens

_ONES: Final = {
    **dict(zip(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), range(1, 10), strict=True)),
    **dict(zip(("uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"), range(1, 10), strict=True)),
}
_TEENS: Final = {
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "diez": 10,
    "once": 11,
    "doce": 12,
    "trece": 13,
    "catorce": 14,
    "quince": 15,
    "dieciseis": 16,
    "diecisiete": 17,
    "dieciocho": 18,
    "diecinueve": 19,
    "veinte": 20,
    "veintiuno": 21,
    "veintidos": 22,
    "veintitres": 23,
    "veinticuatro": 24,
    "veinticinco": 25,
    "treinta": 30,
    "cuarenta": 40,
    "sesenta": 60,
    "noventa": 90,
}
_TENS: Final = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "ninety": 90}
_SINGLE: Final = {"a": 1, "an": 1, "un": 1, "una": 1}
_FIRST_ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS: Final = {
    **{word: place for place, word in enumerate(_FIRST_ORDINALS.split(), start=1)},
    "thirtieth": 30,
    "primero": 1,
    "primer": 1,
    "segundo": 2,
    "tercer": 3,
}
LEAST_DAY_IN_WORDS: Final = 11
"""In words, smaller ones are ranks ("the second call") more often than days."""
# "once" is eleven in Spanish and a conjunction in English.
_ENGLISH_TOO: Final = frozenset({"once"})

STARTS: Final = frozenset(_ONES) | _TEENS.keys() | _TENS.keys() | _SINGLE.keys() | {"couple", "par"}
ORDINAL_STARTS: Final = frozenset(_ORDINALS) | _TENS.keys()
CARDINALS: Final = frozenset(_ONES) | _TEENS.keys() | _TENS.keys()
"""Those that may be an hour by themselves."""
ORDINALS_ALONE: Final = frozenset(word for word, number in _ORDINALS.items() if number >= LEAST_DAY_IN_WORDS)
"""Those that may be a day by themselves; a smaller one is a rank unless another time stands beside it."""

Count = tuple[int, int]
"""The place behind a number, and the number."""


def cardinal_at(tokens: Tokens, place: int) -> Count | None:
    """Return the number in words at `place`: "seven", "twenty-four", "forty five"."""
    word = tokens.word(place)
    if word in _TENS:
        step = place + 1 + (tokens.word(place + 1) == "-")
        ones = _ONES.get(tokens.word(step), 0)
        return (step + 1, _TENS[word] + ones) if ones else (place + 1, _TENS[word])
    if word in _ENGLISH_TOO and tokens.word(place + 1) not in {"dias", "de", "semanas", "horas"}:
        return None
    value = _ONES.get(word) or _TEENS.get(word)
    return (place + 1, value) if value else None


def count_at(tokens: Tokens, place: int) -> Count | None:
    """Return a number in figures or words, "a" and "a couple of" among them."""
    value = tokens.value(place)
    if value >= 0:
        return place + 1, value
    for start in (place, place + 1):
        if tokens.word(start) in {"couple", "par"} and (start == place or tokens.word(place) in _SINGLE):
            return start + 1 + (tokens.word(start + 1) in {"of", "de"}), 2
    if tokens.word(place) in _SINGLE:
        return place + 1, 1
    return cardinal_at(tokens, place)


def ordinal_at(tokens: Tokens, place: int) -> Count | None:
    """Return the ordinal at `place`: "14th", "3 rd", "twenty-first", "1ro"."""
    value = tokens.value(place)
    if value >= 0:
        is_ordinal = tokens.word(place + 1) in {"st", "nd", "rd", "th", "ro", "er", "ero"} and tokens.is_glued(
            place + 1
        )
        return (place + 2, value) if is_ordinal else None
    word = tokens.word(place)
    if word in _TENS:
        step = place + 1 + (tokens.word(place + 1) == "-")
        ones = _ORDINALS.get(tokens.word(step), 10)
        return (step + 1, _TENS[word] + ones) if ones < 10 else None  # noqa: PLR2004 - a single figure
    return (place + 1, _ORDINALS[word]) if word in _ORDINALS else None
