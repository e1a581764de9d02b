"""A line typed in haste or dictated -> the same as it was meant: "4 adn 9 donne", "um number three is done"."""

from __future__ import annotations

import re

from assistant.decide.commands.plain.abbreviations import spelled_out
from assistant.decide.commands.wording.likeness import is_slip

_SLIPS = {
    "and": "adn nad annd",
    "not": "nto nott",
    "done": "donne doone donee doen dnoe odne d0ne",
    "the": "teh hte",
    "yet": "yte yett",
    "please": "pelase plese pleae pleaes",
    "drop": "dorp droop",
    "cancel": "cancle cancell",
    "snooze": "snoze snoooze snoooz snozze",
    "assign": "asign assing asssign",
    "reopen": "reopne repoen",
    "finished": "finshed finishd finsihed fnished",
    "completed": "compelted completd complted",
    "complete": "compelte comlete copmlete complet",
    "urgent": "ugent urgetn urgnet",
    "until": "untill unitl utnil",
    "monday": "monady mondya",
    "tuesday": "tusday teusday tuseday",
    "wednesday": "wensday wendesday wednsday wedensday",
    "thursday": "thrusday thurday thursdya thirsday",
    "friday": "firday friady fridya",
    "tomorrow": "tomorow tommorow tommorrow tomorrrow tmorrow",
    "remind": "remnid reminf remidn",
    "move": "mvoe moev",
    "hecho": "heco hehco",
    "lista": "litsa",
    "confirmed": "comfirmed confimed confrimed cofirmed confirmd",
    "reserved": "reservd reseved reservered",
    "approved": "aproved approvd aprroved appoved",
    "scheduled": "schedualed scheduld sheduled schduled",
    "delivered": "deliverd delievered delived delivrd",
    "booked": "bookd boked bokked",
    "faxed": "faxd fxaed",
    "called": "caled calld",
    "signed": "signd sigend",
    "received": "recieved receivd recived",
    "submitted": "submited submittd",
    "cancelled": "cancled canceld cancelld",
}
_MEANT = {slip: word for word, slips in _SLIPS.items() for slip in slips.split()}
_ENDS = {
    "t": "isn aren wasn weren hasn haven hadn don doesn didn couldn wouldn shouldn won can",
    "s": "that there what who he she here it",
    "re": "they you",
    "ve": "we they you i",
    "m": "i",
}
_SIGNED = {f"{word}{end}": f"'{end}" for end, words in _ENDS.items() for word in words.split()}
"""Words typed without their apostrophe, and what it stands in front of."""
# "IM" is a muscle, or the Important Message.
_UNSIGNED = re.compile(rf"(?<![\w'])(?!its\b|(?-i:IM\b))(?:{'|'.join(_SIGNED)})(?![\w'-])", re.IGNORECASE)
_ITS = re.compile(
    r"(?<![\w'])its(?= (?:all |now |already |just |finally |also |still |not |been |only )*"
    r"(?:done|finished|completed?|closed|handled|sorted|resolved|taken care|covered|fixed|set|not|been|gone|sent|faxed|"
    r"booked|scheduled|signed|approved|ordered|cancell?ed|confirmed|ready|in|out|on|off|good|fine|mine|hers|his|too|"
    r"moot|a)\b)",
    re.IGNORECASE,
)
_SLIP = re.compile(rf"(?<![\w'])(?:{'|'.join(_MEANT)})(?![\w'-])", re.IGNORECASE)

_TWICE = re.compile(r"(.)\1+")
_OFTEN = """
done finished complete completed cancel cancelled closed urgent booked faxed signed ordered scheduled approved
listo lista listos listas hecho hecha hechos hechas terminado terminada cancelado cancelada urgente todo todos
"""
_STRETCHED = {_TWICE.sub(r"\1", word): word for word in _OFTEN.split()}
"""Words by their letters with none of them doubled: a key that hangs, or zeal, doubles any ("lissto", "doneee")."""
_DOUBLED = re.compile(r"(?<![\w'])[a-z]{0,12}?([a-z])\1[a-z]{0,20}(?![\w'-])", re.IGNORECASE)

_LEVELS = ("urgent", "critical", "normal", "important", "high", "priority")
_RANKED = re.compile(
    r"(?P<b>(?<![\w.:/$])(?:#?\d{1,6}|(?:mark|make|flag|bump|set) (?:it|this|that)) (?:(?:is|are|to|as|now|very|"
    r"super|so|up|"
    r"pretty|a) ){0,3})(?P<w>[a-z]{4,10})(?=\s*(?:[.,;!:-]|$|\b(?:pls|please|now|thx|thanks|since|because|bc)\b))",
    re.IGNORECASE,
)
"""Where nothing but a priority can stand."""

_UNITS = dict(
    zip(
        (
            *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
            *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        ),
        range(1, 20),
        strict=True,
    )
)
_TENS = dict(
    zip(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), range(20, 100, 10), strict=True)
)
_COUNT = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(list(_UNITS)[:9])}))?|{'|'.join(reversed(_UNITS))})"
_NUMBERS = re.compile(
    rf"\b(?:(?:tasks?|items?) )?(?:numbers?|tasks?|items?) (?P<c>{_COUNT}(?:(?:,? and |, ?| )(?:number )?{_COUNT})*)"
    r"(?![\w-])(?! (?:days?|weeks?|hours?|more|times|priority|concern|reason|issue|choice|fan|thing|cause|rule)\b)",
    re.IGNORECASE,
)
_LEAST_LEVEL = 5
_ONE = re.compile(_COUNT, re.IGNORECASE)
_HUNDREDS = re.compile(
    rf"\b(?:{'|'.join(_UNITS)}) (?:{'|'.join([*_TENS, *list(_UNITS)[9:]])})\b",
    re.IGNORECASE,
)
_HOUR = re.compile(
    rf"\b(?:(?P<w>{'|'.join(list(_UNITS)[:12])})|(?P<d>\d{{1,2}}))(?P<m> (?:thirty|fifteen|forty[ -]five))? ?"
    r"(?P<h>[ap])[ .]{1,2}m\b\.?",
    re.IGNORECASE,
)
_MINUTES = {"thirty": ":30", "fifteen": ":15"}
_FILLER = re.compile(r"(?<![\w'])(?:u[mh]+|uhm|erm?|hmm+|este+ pues)(?![\w'-])[,.]{0,3}\s?", re.IGNORECASE)


_SHADES = re.compile("[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f\u200d\u2640\u2642]")
"""What an emoji carries beside itself: a tone of skin, a variant."""
_SIGNS = {"period": ".", "full stop": ".", "comma": ",", "question mark": "?", "colon": ":"}
_SPOKEN = re.compile(r"\s+(period|full stop|comma|question mark|colon)(?=\s|$)", re.IGNORECASE)
_DICTATED = re.compile(r"\W*(?:dictat(?:ed|ing)|voice (?:memo|note|to text))\s*[:,.-]\s*", re.IGNORECASE)


def legible(line: str) -> str:
    """Return a line without slips of the finger and the sounds of dictation.

    >>> legible("4 adn 9 donne, 2 nto yet")
    '4 and 9 done, 2 not yet'
    >>> legible("um number three is done and move number twenty two to thursday at ten a m")
    '#3 is done and move #22 to thursday at 10 am'
    """
    line = spelled_out(_dictated(_FILLER.sub("", _SHADES.sub("", line))))
    line = _SLIP.sub(lambda match: _MEANT[match[0].lower()], line)
    line = _DOUBLED.sub(lambda match: _STRETCHED.get(_TWICE.sub(r"\1", match[0].lower()), match[0]), line)
    line = _RANKED.sub(_level, line)
    line = _ITS.sub(_signed, _UNSIGNED.sub(_signed, line))
    line = _NUMBERS.sub(_in_a_row, line)
    return _HOUR.sub(_hour, line)


def _level(match: re.Match[str]) -> str:
    """Return the words with a priority spelled right: one slip away from it, or but for its vowels the same."""
    word = match["w"].lower()
    near = [level for level in _LEVELS if level[0] == word[0] and level[-1] == word[-1] and _is_meant(word, level)]
    near += [level for level in _LEVELS if sorted(level) == sorted(word) and level[0] == word[0]]
    return f"{match['b']}{near[0]}" if near and word not in _LEVELS else match[0]


def _is_meant(word: str, level: str) -> bool:
    bare, wanted = (re.sub(r"(?<=.)[aeiou]", "", one) for one in (word, level))
    return len(word) >= _LEAST_LEVEL and (is_slip(word, level) or bare == wanted)


def _signed(match: re.Match[str]) -> str:
    end = len(_SIGNED[match[0].lower()]) - 1
    return f"{match[0][:-end]}'{match[0][-end:]}"


def _dictated(line: str) -> str:
    """Return a dictated line with the signs that were spoken: "done period the invoice comma please ..."."""
    if _DICTATED.match(line) is None and len(_SPOKEN.findall(line)) < len(("one", "other")):
        return line
    line = _SPOKEN.sub(lambda match: _SIGNS[match[1].lower()], line)
    return _DICTATED.sub("", line)


def _in_a_row(match: re.Match[str]) -> str:
    if _HUNDREDS.search(match["c"]):
        # "Number six fifteen" may be #615: that is seen where the tasks are known.
        return match[0]
    return _ONE.sub(_in_figures, re.sub(r"(?i)\bnumber ", "", match["c"]))


def _in_figures(match: re.Match[str]) -> str:
    words = re.split(r"[ -]", match[0].lower())
    return f"#{sum(_TENS.get(word) or _UNITS[word] for word in words)}"


def _hour(match: re.Match[str]) -> str:
    hour = _UNITS[match["w"].lower()] if match["w"] else int(match["d"])
    minutes = _MINUTES.get(match["m"].strip().lower(), ":45") if match["m"] else ""
    return f"{hour}{minutes} {match['h'].lower()}m"
