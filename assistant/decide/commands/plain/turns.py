"""A sentence, and a table of turns of phrase -> the sentence with each turn put in the words that the grammar knows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.decide.commands.wording.numbers import LIST
from assistant.decide.commands.wording.text import fold

LONGEST = 400
"""Characters: what is longer is no turn of phrase, and would take long to look through."""
Turn = tuple[re.Pattern[str], str]

LED = r"(?:(?:the|task|tasks|number|item|la|el|las|los|lo de la|lo del?) )*"
BARE = (
    rf"{LIST}"
    r"(?!\d|[:/]\d|\s?[ap]m\b|[ ,;&+-]{1,3}(?:(?:and|y|e|the|la|el) ){0,2}#?\d)"
)
"""Numbers that may be tasks."""
N = f"{LED}{BARE}"
"""The same with what leads them."""
AT = r"(?:^[^\w§#]*|(?<=[,;:.])|(?<=[,;:.] )|(?<=\band )|(?<=\bbut )|(?<=\bso )|(?<=\by )|(?<=\bpero )|(?<= - ))"
"""Where a clause begins."""
PLEASE = (
    r"(?:(?:please|pls|plz|just|also|ok|okay|hi|hey|oh|can you|could you|would you|you can|you may|let's|lets|go ahead "
    r"and|feel free to|por favor|porfa|favor de|puedes|podrias|tambien|ya puedes|ya)[ ,]+){0,3}"
)
_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|weds|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|"
    r"lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b"
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.? \d"
DAY = (
    rf"(?:(?:on|by|at|this|next|coming|the|el|la|este|esta|para|al?|proxim[oa]|dia|due|until|till|til|hasta|to|"
    rf"first thing|a primera hora del?) ){{0,3}}"
    rf"(?:{_WEEKDAY}|{_MONTH}|tomorrow|tmrw|tmw|today|tonight|noon|midnight|next week|the week|"
    rf"(?:the )?end of|mid|eo[dwm]\b|cob\b|"
    rf"later|in (?:an?|one|two|three|a few|\d)|(?:one|two|three|\d{{1,2}}) (?:more )?(?:business |work(?:ing)? )?"
    rf"(?:days?|weeks?|hours?)|a week\b|"
    rf"\d{{1,2}}(?:[/-]\d|st\b|nd\b|rd\b|th\b|:\d\d|\s?[ap]\.?m\b| de [a-z]| (?:today|tomorrow)\b)|"
    rf"this (?:afternoon|morning|evening|week)|"
    rf"manana\b|hoy\b|pasado manana|mediodia|(?:a )?fin(?:al)?(?:es)? de|(?:proxima )?semana|"
    rf"dentro de|en (?:un|una|dos|tres|\d)|esta tarde)"
)
"""How a day or an hour begins; only looked at, never read by it."""
_GROUP = re.compile(r"\\(\d)")


def turns(*rows: tuple[str, str]) -> tuple[Turn, ...]:
    """Return a table of forms, which are laid on folded text, with what each is put as."""
    return tuple((re.compile(form), put) for form, put in rows)


def turned(sentence: str, table: Iterable[Turn]) -> str:
    r"""Return the sentence with every turn of the table put plainly, one after the other, in its own spelling.

    >>> turned("Pásala al Viernes", turns((r"pasala (al?) ", r"mueve \1 ")))
    'mueve al Viernes'
    """
    if len(sentence) > LONGEST:
        return sentence
    plain = fold(sentence)
    for form, put in table:
        found = list(form.finditer(plain))
        for match in reversed(found):
            said = _filled(put, match, sentence)
            sentence = f"{sentence[: match.start()]}{said}{sentence[match.end() :]}"
        if found:
            plain = fold(sentence)
    return sentence


def _filled(put: str, match: re.Match[str], sentence: str) -> str:
    return _GROUP.sub(lambda group: sentence[slice(*match.span(int(group[1])))], put)
