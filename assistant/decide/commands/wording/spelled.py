"""A line with task numbers in words ("twenty three and twenty four are done") -> the same in figures."""

from __future__ import annotations

import re

from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.spoken import spoken_of
from assistant.decide.commands.wording.text import fold

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_CUENTAS = (
    *("uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece"),
    *("catorce", "quince", "dieciseis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidos"),
    *("veintitres", "veinticuatro", "veinticinco", "veintiseis", "veintisiete", "veintiocho", "veintinueve"),
)
_DECENAS = ("treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
VALUES = {
    **{word: value for value, word in enumerate((*_UNITS, *_TEENS), start=1)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
    **{word: value for value, word in enumerate(_CUENTAS, start=1)},
    **{word: 10 * value for value, word in enumerate(_DECENAS, start=3)},
}
_ALONE = "|".join(sorted((*_UNITS, *_TEENS, *_CUENTAS), key=len, reverse=True))
_ONE = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_UNITS)}))?|"
    rf"(?:{'|'.join(_DECENAS)})(?: y (?:{'|'.join(_CUENTAS[:9])}))?|{_ALONE})"
)
_ZERO = r"(?: (?:oh|zero|hundred)(?: and)?)?"
_LIST = re.compile(
    rf"(?<![\w-])(?P<a>(?:the|la|el|task|number|numero|tarea|item) )?"
    rf"(?P<c>{_ONE}{_ZERO}(?:(?:,? (?:and|y|e) |, ?| |-)(?:(?:the|la|el) )?{_ONE}{_ZERO})*)(?![\w-])"
)
# Before these a word for a number tells a time, counts, or measures.
_NOT_BEFORE = re.compile(
    r".*\b(?:at|by|until|till|til|for|in|about|around|of|than|every|a|an|last|first|next|all|only|room|rm|bed|page|"
    r"pages|"
    r"another|other|no|some|any|this|that|these|those|which|extra|within|over|under|after|before|or|plus|"
    r"las|los|a|en|por|hace|como|cada|entre|unos|unas|hasta|desde|otra|otras|mas|todas|todos|est[ao]s|jueves|viernes|"
    r"lunes|martes|miercoles|dia) "
)
# Behind it stand the verbs and links that go with a task.
_BEHIND = re.compile(
    r"'s |\s(?:is|are|was|were|isn't|aren't|has|have|got|that|which|went|came|can|should|needs?|goes|go|not|still|"
    r"both|all|too|also|"
    r"done|finished|complete[d]?|closed|handled|sorted|taken|cancell?ed|resolved|to(?! (?:go|do|be|call|left))|until|"
    r"till|due|urgent|drop|"
    r"tomorrow|friday|monday|tuesday|wednesday|thursday|and (?:i|we|it|he|she|they|mark|move|give|push|drop|snooze|"
    r"close|also|the)|but|please|pls|"
    r"esta|estan|ya|quedo|quedaron|hech[oa]s?|list[oa]s?|completad[oa]s?|terminad[oa]s?|no|al?|para|hasta|es|son|va|"
    r"la|lo|se|sigue|pero|todavia|aun|por favor)\b|[^\w %]|$"
)
_BIDS = re.compile(
    r".*\b(?:done|finished|close|mark|move|push|give|drop|snooze|cancel|with|hech[oa]s?|list[oa]s?|mueve|pasa|borra) "
)
_COUNTS = re.compile(
    r"\s(?:(?:done|open|still|are)\s)?(?:to go|left|remaining|out of|of (?:them|these|those|the)|more|otras|mas|de "
    r"ell[oa]s|"
    r"en total|in all)\b"
)
_IS = re.compile(r"'s |\s(?:is|isn't|was|has|needs|goes|esta|es|va)\b")


def in_figures(line: str, asked: ReplyContext) -> str:
    """Return the line with words for numbers as figures, where they can be nothing but numbers of listed tasks.

    "Three done, four to go" counts; so may any few that are no more than the list is long.
    """
    plain = fold(line)
    known = set(asked.shown)
    counted = list(_LIST.finditer(plain))
    found = [match for match in counted if _names(match, known)]
    if not found or any(_COUNTS.match(plain, match.end("c")) for match in counted):
        return line
    total = sum(value for match in found for value in _values(match, known))
    is_list = any(len(_values(match, known)) > 1 for match in found)
    if (
        total <= len(known)
        and not is_list
        and not any(match["a"] or _IS.match(plain, match.end("c")) for match in found)
    ):
        return line
    for match in reversed(found):
        figures, _ = spoken_of(match["c"], VALUES, known)
        line = f"{line[: match.start('c')]}{figures}{line[match.end('c') :]}"
    return line


def _names(match: re.Match[str], known: set[int]) -> bool:
    """Return whether these words name listed tasks: all of them are on the list, and nothing around counts by them."""
    values = _values(match, known)
    if not known.issuperset(values) or (values in {(1,), (2,)} and not match["a"]):
        return False
    before = match.string[: match.start()]
    if _NOT_BEFORE.fullmatch(before):
        return False
    is_bidden = len(values) > 1 and _BIDS.fullmatch(before) is not None
    return is_bidden or _BEHIND.match(match.string, match.end("c")) is not None


def _values(match: re.Match[str], known: set[int]) -> tuple[int, ...]:
    return spoken_of(match["c"], VALUES, known)[1]
