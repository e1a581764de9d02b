"""A sentence of a reply -> the same with its task numbers found; rooms, doses, times and telephones are left alone."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from assistant.decide.commands.wording.text import SIGN, Numbers, Text, fold

_LONGEST_RANGE = 60
LIST = r"#?\d{1,6}(?:[\s,;&+-]{1,3}(?:(?:and|y|e|thru|through|to|a|la|el|las|los)\s){0,2}#?\d{1,6}){0,40}"
"""Numbers as they are written one after the other, before any is known to be a task."""
_NUMBER = re.compile(
    r"(?:(?<![\w.:/$+*-])|(?<=\d\+))(#?)(\d{1,6})(?:(\s?(?:-|through|thru)\s?|\sto\s(?=#?\d{1,6}\s(?:are|all|is|"
    r"were)\b))#?(\d{1,6}))?(?![\w%]|[.:/]\d|-\w)"
)
_JOIN = re.compile(r"\s*(?:,|&|\+|\band\b|\by\b|\be\b)?\s*(?:\band\b|\by\b)?\s*(?:(?:the|el|la|task|number|also)\s+)?")
# After these words a number counts, measures or places something; it does not name a task.
_BEFORE = re.compile(
    r"(?:\b(?:room|rm|bed|suite|ste|unit|floor|dia|crown|crown on|bridge|bridge on|implant|implant on|filling|"
    r"canal|canal on|crowns on|cohort|lot|level|locker|stage|grade|zone|gate|slot|pool|tower|wing|\d{1,2}[nsew]|"
    r"bay|door|gate|line|ext|extension|fax|phone|tel|cell|mrn|ref|auth|claim|"
    r"chart|form|pages?|chair|bay|tooth|teeth|subject|protocol|locker|cart|dose|age|aged|week|day|cycle|phase|visit|"
    r"version|zip|box|apt|year|ward|pod|"
    r"hall|station|platform|"
    r"at|by|until|till|til|before|since|around|within|in|for another|every|x|dob|icd|cpt|code|conf|confirmation|pin|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|"
    r"october|november|december|mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday|lunes|martes|miercoles|jueves|viernes|sabado|domingo|"
    r"cuarto|habitacion|cama|sala|piso|pagina|paginas|hasta|a las|las|"
    r"(?<!note )(?<!notes )(?<!add )(?<!get )to|than|"
    r"missing|another|opened)\.?|[$@=~])\s*$"
)
# A sign before the number does not make a task of a confirmation.
_IDS = re.compile(
    r"\b(?:confirmation|conf|ref|reference|auth|authorization|case|claim|order|ticket|fax|room|rm|bed|mrn|acct|"
    r"account|"
    r"invoice|rx|po|tracking)\s?:?\s*$"
)
_AFTER = re.compile(
    r"\s*(?:(?:am|pm|a\.m|p\.m|o'clock|hours?|hrs?|h|min|mins|minutes?|days?|wks?|weeks?|months?|"
    r"years?|yo|y/o|times?|x(?! *(?:$|[,.;]))|"
    r"mg|mcg|ml|cc|g|kg|lbs?|units?|percent|(?:business|working)(?= (?:days?|hours?|weeks?)\b)|more|of|"
    r"out of(?! the way\b)|st|nd|rd|th|horas?|dias?|minutos?|"
    r"semanas?|"
    r"veces|paginas?|de)\b|%|°)"
)
_VERB_FIRST = re.compile(
    r"(?:^|[,;.]\s|-\s|\band |\by )\W*(?:(?:i|we|i've|have|please|pls|also)\s+){0,2}"
    r"(?:done|finished|completed?|closed?|drop|skip|forget|remove|delete|ack|reopen|cancel|did|hech[oa]s?|"
    r"list[oa]s?|terminad[oa]s?|cerrad[oa]s?)"
    r"(?: with| el| la| los| las| the| tasks?)*[\s:]*$"
)
_OWN_VERB = re.compile(
    r"\s*(?:due|snooze|until|till|til|to|for|by|not|isn't|still|left|called|waiting|needs?|is|was|urgent|critical|"
    r"normal|on|drop|note|ack|reopen|done|para|hasta|no)\b|\s*(?:->|>|=|:)"
)
# What tells of a task, where other numbers stand before it.
_PREDICATE = re.compile(
    r"\s*(?:[:>]|->)|\s+(?:is|are|was|has|done|sent|faxed|booked|ordered|called|approved|signed|closed|finished|"
    r"completed?|scheduled|delivered|received|confirmed|went|came|got|can|not|needs?|still|urgent|tomorrow|hech[oa]|"
    r"list[oa]|ya|esta)\b"
)
_AND = frozenset({",", ", and", "and", ", y", "y", ";"})
_HOUR = re.compile(r"\b(?:at|by|until|till|til|before|around|since|a las) $")
# After a verb and its numbers these add nothing; other words speak of the last number alone.
_ADDS_NOTHING = re.compile(
    r"\s*(?:$|[^\w\s#]|(?:and|y|but|pero|please|pls|plz|thanks|thx|ty|gracias|por favor|porfa|today|yesterday|"
    r"tonight|now|"
    r"too|also|already|as|off|out|done|complete[d]?|finished|closed|this (?:morning|afternoon)|last night|hoy|ayer|ya|"
    r"esta (?:manana|tarde)|tambien|except|excepto|menos|then|luego|from|with|by phone|for (?:me|today)|because|"
    r"since)\b|"
    r"(?:are|all|both|is)\s+(?:all |both |now )?(?:done|complete|finished|closed)\b)"
)
_DAY_BEFORE = re.compile(
    r"\d\s*[:-]?\s+(?:done\s+)?(?:mon|tues?|weds?|thu|thurs?|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|"
    r"lunes|martes|miercoles|"
    r"jueves|viernes)[\s,]+$"
)
_NEXT_AFTER = re.compile(
    r"\s+(?:done|next|tomorrow|tmrw|today|mon|tue|wed|thu|fri|monday|tuesday|wednesday|thursday|friday|tues|weds|"
    r"thur|thurs|"
    r"to|drop|due|urgent|push|snooze|lunes|martes|miercoles|jueves|viernes|hech[oa]|list[oa]|manana)\b"
)
# After these and their numbers comes what they ask: "give 4, 5 to Kim".
_WANTS_MORE = re.compile(
    r"\b(?:give|assign|reassign|hand|pass|transfer|delegate|move|push|bump|snooze|remind|make|mark|set|put|change|"
    r"extend|"
    r"postpone|delay|shift|swap|switch|flag|note|notes|have|let|get|the|both|tasks?|numbers?|and|are|is|about|on|"
    r"for|re|of|hold|"
    r"tell|ask|only|just|solo|da|dale|asigna|pasa|mueve|cambia|pon|pospon|recuerdame|marca|el|la|los|las|y|ambas|ambos|except)\W*$"
)
_MORE = re.compile(r"\s*(?:,|&|\band\b|\by\b)?\s*#?\d")
_UNIT = r"(?: ?(?:mg|mcg|ml|cc|g|kg|units?|[ap]m|%))?"
# "The rate is 2.5 not 3", "the extension is 633, not 663": what is put right is no task.
_CONTRAST = re.compile(
    rf"(?:\d[.:/]\d{{1,4}}|\b(?:is|was|are|es|era) \d{{1,6}}){_UNIT},? (?:and )?(?:not|no) (?:the )?$"
)
_MEASURED = re.compile(r"\b(?:is|was|are|es|era) $")
_CONTRASTED = re.compile(rf"{_UNIT},? (?:and )?(?:not|no) (?:the )?\d")
# "12 patients called back": a noun in the plural right after a number is counted by it.
_PLURAL = re.compile(r"\s+([a-z]{3,}s)\b")
_NOT_PLURAL = re.compile(
    r"(?:is|was|has|needs?|does|goes|stays|looks|seems|waits|moves|comes|gets|belongs|becomes|remains|wants|sits|"
    r"keeps|"
    r"pls|thanks|thurs|tues|weds|this|its|less|yes|status|address|business|"
    r"lunes|martes|miercoles|jueves|viernes|gracias|antes|despues|quizas|[a-z]{2,12}[aei]mos|"
    r"los|las|es|todos|list[oa]s|hech[oa]s|[a-z]{2,12}[ai]d[oa]s|resuelt[oa]s)$"
)
# "Booked 4/29 1030": the hour of that day; "refunded, ck 2045": no task either, where none is numbered so.
_CLOCK = re.compile(r"(?:0?\d|1\d|2[0-3])[0-5]\d")
_ON_DATE = re.compile(r"(?<![\w/])\d{1,2}/\d{1,2}(?:/\d{2,4})? $")
_PAPER = re.compile(r"\b(?:ck|chk|check|trk|tkt|inv|id) $")
_NOUN = re.compile(r"(?<![a-z])([a-z]{3,20}) #?$")
_LONGEST_NOUN = 24
_OPERATING_ROOM = re.compile(r"\bOR\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    start: int
    end: int
    numbers: tuple[int, ...]
    is_task: bool


def find_numbers(
    words: str,
    known: Collection[int],
    things: Collection[int] = (),
    places: Collection[tuple[str, int]] = (),
    names: Collection[str] = (),
) -> Text:
    """Return `words` with each list of task numbers masked in the folded text.

    `things` are numbers of other things, `places` those that go with a noun: ("donor", 601). `names` are colleagues',
    folded: nobody counts nine Agnes.

    >>> find_numbers("12, 14 and 15 done; room 16", {12, 14, 15, 16}).plain
    '§§§§§§§§§§§§§ done; room 16'
    """
    plain = fold(words)
    if not words.isupper():
        # "OR" in capitals is the operating room; "or" leaves a choice.
        for room in _OPERATING_ROOM.finditer(words):
            plain = plain[: room.start()] + "rm" + plain[room.end() :]
    lists: list[list[_Token]] = []
    previous: _Token | None = None
    for match in _NUMBER.finditer(plain):
        joined = previous is not None and _JOIN.fullmatch(plain, previous.end, match.start()) is not None
        inherits = joined and previous is not None and _hands_on(previous, match, plain, known)
        token = _token(match, plain, known, names, inherits=inherits)
        noun = _NOUN.search(plain, max(0, match.start() - _LONGEST_NOUN), match.start()) if places else None
        is_place = noun is not None and len(token.numbers) == 1 and (noun[1], token.numbers[0]) in places
        if is_place or (not match[1] and token.numbers and {*token.numbers} <= {*things} - {*known}):
            previous = None
            continue
        is_next = joined and previous is not None and previous.is_task
        if token.is_task and is_next and lists and not _begins_anew(plain, previous, match, lists[-1][0].start):
            lists[-1].append(token)
        elif token.is_task:
            lists.append([token])
        previous = token
    found = tuple(_numbers(tokens, known) for tokens in lists)
    for one in found:
        plain = plain[: one.start] + SIGN * (one.end - one.start) + plain[one.end :]
    return Text(own=words, plain=plain, numbers=found)


def _hands_on(previous: _Token, match: re.Match[str], plain: str, known: Collection[int]) -> bool:
    """Return whether a number is of the same kind as the one before it, which is no task's: "rooms 4, 12".

    "At 0615, 15 is with Kim" and "moved to 1330, 15 done" begin anew.
    """
    if previous.is_task or not previous.numbers:
        return False
    between, before = plain[previous.end : match.start()].strip(), plain[: previous.start]
    is_parted = between == "," and not {*previous.numbers} & {*known}
    # "Scheduled for the 21st at 9, and 11 went out": the hour is told.
    is_parted = is_parted or (between in _AND and _HOUR.search(before) is not None)
    return not (is_parted and int(match[2]) in known and _PREDICATE.match(plain, match.end()) is not None)


def _begins_anew(plain: str, previous: _Token | None, match: re.Match[str], start: int) -> bool:
    """Return whether a number after a comma begins a command of its own: the 4 in "done 2, 4 due friday"."""
    if previous is None:
        return False
    words = re.split(r"[,;.:(]|\d", plain[:start])[-1]
    is_bidden = _VERB_FIRST.search(plain, max(0, start - 30), start) is not None
    if not is_bidden and (re.search(r"[a-z]{3}", words) is None or _WANTS_MORE.search(words) is not None):
        return False
    between = plain[previous.end : match.start()].strip()
    if is_bidden and between == "," and _OWN_VERB.match(plain, match.end()) is not None:
        return True
    # "hecho 13 y 14, la 10 la sigo esperando": the verb in front goes no further than the comma.
    is_parted = between.startswith(",") or re.search(r"\b(?:la|el|the)$", between) is not None
    return is_parted and _ADDS_NOTHING.match(plain, match.end()) is None and not _MORE.match(plain, match.end())


def _token(
    match: re.Match[str], plain: str, known: Collection[int], names: Collection[str], *, inherits: bool
) -> _Token:
    """Return one number or range, and whether it may name tasks. A "#" settles it."""
    start, end = match.span()
    before = plain[max(0, start - 24) : start]
    after = plain[end : end + 24]
    is_contrast = _CONTRAST.search(before) or (_MEASURED.search(before) and _CONTRASTED.match(after))
    numbers = _spread(match)
    is_told = (_CLOCK.fullmatch(match[2]) and _ON_DATE.search(before)) or _PAPER.search(before)
    numbers = () if (is_contrast or (is_told and not match[1])) and not {*numbers} & {*known} else numbers
    plural = _PLURAL.match(after)
    is_named = plural is not None and plural[1] in names
    # "7 thurs 11 next week": the day belongs to the number before it.
    is_next = _DAY_BEFORE.search(before) is not None and _NEXT_AFTER.match(after) is not None and {*numbers} <= {*known}
    is_task = bool(numbers) and (
        (match[1] == "#" and not _IDS.search(before))
        or is_next
        or not (
            inherits
            or _IDS.search(before)
            or _BEFORE.search(before)
            or _AFTER.match(after)
            or (plural is not None and not is_named and not _NOT_PLURAL.match(plural[1]))
        )
    )
    return _Token(start=start, end=end, numbers=numbers, is_task=is_task)


def _spread(match: re.Match[str]) -> tuple[int, ...]:
    """Return the numbers of "12" or "3-6"; nothing where it cannot be a task's number (007, 555-0137)."""
    first, last = match[2], match[4]
    if first.startswith("0") or (last or "").startswith("0"):
        return ()
    if last is None:
        return (int(first),)
    if 0 < int(last) - int(first) <= _LONGEST_RANGE:
        return tuple(range(int(first), int(last) + 1))
    return ()


def _numbers(tokens: list[_Token], known: Collection[int]) -> Numbers:
    named = [number for token in tokens for number in token.numbers]
    # Inside a range the numbers of other people's tasks are passed over; its two ends have to be there.
    ends = {number for token in tokens for number in (token.numbers[0], token.numbers[-1])}
    return Numbers(
        start=tokens[0].start,
        end=tokens[-1].end,
        known=tuple(number for number in named if number in known),
        unknown=tuple(number for number in named if number not in known and number in ends),
    )
