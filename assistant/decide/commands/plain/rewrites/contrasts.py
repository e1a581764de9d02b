"""A day told by what it is not ("not due till Friday", "noon today instead of 3", "thurs no fri") -> the day alone."""

from __future__ import annotations

from assistant.decide.commands.plain.turns import AT, DAY, PLEASE, N, turned, turns

_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|weds|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)"
_DIA = r"(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_HOUR = r"(?:\d{1,2}(?::\d\d)?(?: ?[ap]\.?m\b\.?)?|noon|midnight|mediodia)"
_ONE_DAY = (
    rf"(?:{_WEEKDAY}|{_DIA}|today|tonight|tomorrow|tmrw|tmw|hoy|manana|noon|midnight|mediodia|"
    rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?|(?:the )?\d{{1,2}}(?:st|nd|rd|th)|\d{{1,2}}/\d{{1,2}}|"
    r"\d{1,2}(?::\d\d)? ?[ap]\.?m\b\.?|\d{1,2}:\d\d|next week|end of (?:the )?(?:day|week|month)|eo[dwm]|cob)"
)
_LED = r"(?:(?:on|by|at|for|to|until|till|the|this|next|el|la|las|para|al|hasta|a) ){0,3}"
_THE = r"(?:the|my|our|her|his|la|el|las|los|lo del?) [a-z][a-z' -]{1,50}?"
_THING = (
    r"(?:the|her|his|la|el) (?!(?:call|appointment|appt|visit|payment|reservation|trip|copy|copies|switch|change|"
    r"move)s?\b)[a-z][a-z' -]{1,40}?"
)
"""What is made a day; one makes a call or a visit on it."""
_NOT = r",? (?:and |y )?(?:not|instead of|rather than|no longer|en (?:vez|lugar) del?)"
_ENDS = r"(?![\w/:])(?=[ .!)]*$|[,;]|\. | (?:because|since|as|they|he|she|we|the|please|pls|thanks|per|now|so)\b)"
_REALLY = r"(?: (?:actually|really|even|now|in fact|going to be))?"
_DUE = r"due(?: back| in| out| over)?"
_FORMS = turns(
    # What is put right is no day any more; "thurs no fri" puts the first of them right, "jueves no viernes" the second.
    (rf"(\b{_ONE_DAY}){_NOT} {_LED}(?:{_ONE_DAY}|{_HOUR}){_ENDS}", r"\1"),
    (rf"(\b{_DIA}),? (?:y )?no {_LED}{_DIA}{_ENDS}", r"\1"),
    (rf"\bnot {_LED}{_ONE_DAY},? (?:but|it's|it is) (?={_LED}{_ONE_DAY}\b)", ""),
    (rf"\b{_WEEKDAY} (?:no|no wait|wait no|wait|scratch that|or rather|make that|i mean) ({_WEEKDAY}\b)", r"\1"),
    (rf"({N}|it|that|this) (?:is|are)(?:n'?t| not){_REALLY} {_DUE} (?:until|till|til) (?={DAY})", r"\1 due "),
    (rf"({N}|it|that|this) (?:does|do)(?:n'?t| not) come due (?:until|till|til) (?={DAY})", r"\1 due "),
    (rf"{AT}({_THE}) (?:is|are)(?:n'?t| not){_REALLY} {_DUE} (?:until|till|til) (?={DAY})", r"move \1 to "),
    (rf"{AT}{PLEASE}(?:make|have) ({_THING}) (?:due )?{_LED}(?={_ONE_DAY}\b)", r"move \1 to "),
    (rf"({N}) no (?:vence|se vence|se entrega|toca) (?:sino )?hasta (?={DAY})", r"\1 vence "),
)


def put_contrasts_plainly(sentence: str) -> str:
    """Return the sentence with each day that it sets against another put alone.

    >>> put_contrasts_plainly("12 by Wed, not Fri"), put_contrasts_plainly("12 isn't due till Friday")
    ('12 by Wed', '12 due Friday')
    """
    return turned(sentence, _FORMS)
