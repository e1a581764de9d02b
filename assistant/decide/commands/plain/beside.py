"""An end with words behind it that something is not done -> two sentences, where these are plainly of another task.

"8 is done, couldn't get hold of the daughter" ends 8, and tells of the daughter's task; where the words may be of
the 8 itself, it is asked.
"""

from __future__ import annotations

import re

from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.matching.meaning import names_of, patients_in, words_of
from assistant.decide.commands.matching.ordinary import fit
from assistant.decide.commands.matching.told import bidden
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.doubts import doubt, is_question
from assistant.decide.commands.wording.likeness import are_alike
from assistant.decide.commands.wording.spanish import in_english
from assistant.decide.commands.wording.text import SIGN, fold
from assistant.decide.commands.wording.words import STRONG

_NUMBERS = r"#?\d{1,6}(?:(?:, and |, | and | & | y |,)#?\d{1,6}){0,9}"
_IS = r"(?:(?:'s|,? (?:is|are|was|were|has been|both|all|now|already|finally|ya|esta|estan))){0,3}"
_ENDED = rf"(?:{STRONG}|sent|faxed|confirmed|booked|called|submitted|signed|enviad[oa]|confirmad[oa]|lista|listo)"
_SEP = r"(?:\s*[,;]\s*(?:but |and |though |however |pero |y )?|\s+-{1,2}\s+|\s+(?:but|pero|though|although|aunque)\s+)"
_END = re.compile(
    r"\W*(?P<end>(?:i |we |just |already )*(?:done|finished|completed|did|closed|wrapped up)(?: with)? "
    rf"(?P<n>{_NUMBERS})|(?:(?:the|task|la|el|las|los) )?(?P<m>{_NUMBERS}){_IS} {_ENDED})(?P<sep>{_SEP})"
    r"(?P<rest>[^.;!?]{2,160})[.!]*"
)
_NAMED = re.compile(
    rf"\W*(?P<who>[a-z][a-z' -]{{1,30}}?){_IS} (?:{STRONG}){_SEP}(?P<other>[a-z][a-z' -]{{1,30}}?) "
    r"(?:no|nope|not|not yet|is(?:n't| not)(?: yet)?|(?:is )?still (?:open|pending)|aun no|todavia no)[.!]*"
)
_SIGNS = rf"{SIGN}(?:[\s,&andy]{{0,6}}{SIGN}){{0,9}}"
_BEHIND = r"\s*(?:[,;]|-|\b(?:but|pero|though)\b)"
_CLOSED_WITH = re.compile(
    rf"\W*(?:(?:i|we|just|already|la|el|the|task) )*(?:{_SIGNS}{_IS}[\s:-]+(?!called){_ENDED}(?!\w)|"
    rf"(?:done|finished|completed)(?: with)? {_SIGNS}){_BEHIND}"
)
_WAITS = re.compile(
    r"\b(?:wait(?:ing|s)?|await(?:ing)?|pending|no (?:answer|luck|word|sign)|(?:never|not) heard|tried|trying|"
    r"left (?:a )?(?:message|vm|word)|espera)\b"
)
_ANYBODY = frozenset(
    re.findall(
        r"\S+",
        "lab clinic office pharmacy doctor nurse hospital insurance vendor desk team family fax call mail email "
        "message form order orders paperwork notes result results report records signature appointment visit",
    )
)
"""What a task may wait for without naming another."""


def beside(sentence: str, asked: ReplyContext) -> str:
    """Return the sentence with what another task waits for parted from the end of a first one."""
    plain = fold(sentence)
    if (named := _NAMED.fullmatch(plain)) is not None:
        ended, left = (patients_in(named[part], asked.listed) for part in ("who", "other"))
        if len(ended) == len(left) == 1 and ended != left and _only_names(named["who"], ended[0], asked):
            return f"#{ended[0]} done. #{left[0]} is not done"
    match = _END.fullmatch(plain)
    rest = match["rest"] if match is not None else ""
    if match is None or is_question(rest) or not _is_open(rest) or re.search(r"\d", rest):
        return sentence
    numbers = {int(one) for one in re.findall(r"\d+", match["n"] or match["m"])}
    other = _of_another(rest, numbers, asked)
    if other is None:
        return sentence
    return f"{sentence[match.start('end') : match.end('end')]}. #{other}: {sentence[match.start('rest') :]}"


def read_beside(clause: Clause) -> Found | None:
    """Read "3 done, the clinic hasn't confirmed": a question, for it may be said of the 3."""
    full = clause.full
    match = _CLOSED_WITH.match(full.plain)
    if match is None or full.unknown or is_question(full.plain) or SIGN in full.plain[match.end() :]:
        return None
    rest = full.plain[match.end() :].strip()
    if len(rest.split()) < len(("no", "luck", "yet")) or not _is_open(rest) or _is_open(match[0]):
        return None
    numbers = full.known
    named = ", ".join(f"#{number}" for number in numbers)
    said = full.own[:80]
    ask = f"I left {named} open, because “{said}” can be read in two ways. If it is done, write: done {numbers[0]}"
    return Found(ask=ask, about=numbers, kept=numbers)


def _is_open(rest: str) -> bool:
    """Return whether words tell of something that is not done: denied, or waited for."""
    found = doubt(rest)
    return found == "negated" or (found == "hedge" and _WAITS.search(rest) is not None)


def _only_names(words: str, number: int, asked: ReplyContext) -> bool:
    task = asked.task(number)
    return task is not None and set(words_of(words)) <= names_of(task)


def _of_another(rest: str, numbers: set[int], asked: ReplyContext) -> int | None:
    """Return the one task that the words name, and by a word which is none of the closed ones'."""
    listed = asked.listed
    closed = [task for task in listed if task.number in numbers]
    found, theirs = fit(rest, listed), patients_in(rest, listed)
    only = asked.task(found.numbers[0]) if len(found.numbers) == 1 else None
    is_thing = only is not None and any(not are_alike(word, bidden(only)[0]) for word in found.matched - _ANYBODY)
    meant = found.numbers if is_thing else theirs
    if len(closed) != len(numbers) or len(meant) != 1 or meant[0] in numbers:
        return None
    said = {one for word in words_of(rest) for one in (word, *in_english(word))}
    own = {word for task in closed for word in words_of(f"{task.title} {task.patient or ''} {task.quote}")}
    other = asked.task(meant[0])
    named = set(words_of(f"{other.title} {other.patient or ''}")) if other is not None else set()
    pointing = {word for word in said if any(are_alike(word, one) for one in named)}
    return None if any(are_alike(word, one) for word in pointing for one in own) else meant[0]
