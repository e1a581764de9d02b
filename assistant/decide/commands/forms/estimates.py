"""Clauses that tell when somebody hopes to be through: "should have it by 2". They set no date and close nothing."""

from __future__ import annotations

import re

from assistant.decide.commands.forms.doubt import promised
from assistant.decide.commands.forms.handing import task_meant
from assistant.decide.commands.matching.found import Clause, Found, each
from assistant.decide.commands.matching.ordinary import fit
from assistant.decide.commands.matching.subjects import Subject, referent
from assistant.decide.commands.wording.text import Text

_HOPE = (
    r"(?:(?:and|but|so|yes|ok|i think|hopefully|probably)[\s,]+){0,3}(?:(?:i|we)(?:'m| am|'re| are)? )?"
    r"(?:should|ought to|expect(?:ing)? to|hop(?:e|ing) to|aim(?:ing)? to|plan(?:ning)? to)"
    r"(?: (?:be able to|just|also|probably|definitely|still|finally|really))* "
)
_ESTIMATED = re.compile(
    rf"{_HOPE}(?:have|get|finish|wrap up|take care of|send|fax|receive) (?P<s>.+?)"
    r"(?: (?:done|finished|in|back|out|over|up|sent|faxed|booked|confirmed|ready|sorted|set|settled|signed|"
    r"complete[d]?|"
    r"closed|wrapped up|taken care of|to (?:you|them|her|him)|for you))?"
    r"(?P<d> (?:by|on|before|around|about|at|this|today|tomorrow|tonight|soon|later|shortly|in (?:an?|the|\d)|"
    r"within|early|"
    r"late|first thing|next|(?:mon|tues|wednes|thurs|fri|satur|sun)day|end of|eod|cob)\b.*)?"
)
_KNOWN_SOON = re.compile(
    rf"{_HOPE}(?:hear|know|see|find out|be (?:done|finished|through|ready|set|able|good|back|in|out)|"
    rf"have (?:an answer|"
    r"word|news|more|something))\b.*"
)
_HANGS = re.compile(
    r"\b(?:if|unless|once|when|after|as soon as|assuming|provided|not|never|n't|or|already|by now|"
    r"yesterday|sooner|earlier|last (?:week|night|month|time))\b|\?|"
    r"\bshould have (?:been|done|sent|gone|told|had|made|gotten|seen|known|taken|put|left|written|"
    r"[a-z]{3,}ed)\b(?! by\b)"
)
"""What may not come, and what is past: "I should have called"."""
_IT = re.compile(r"(?:it|this|that|them|these|those|this one|that one|an? (?:answer|update))")


def read_estimate(clause: Clause) -> Found | None:
    """Read "should have it by 2", "I should have the van booked by noon": a promise, which sets no date."""
    full = clause.full
    match = _ESTIMATED.fullmatch(clause.head.plain)
    is_news = match is None or _IT.fullmatch(match["s"]) is not None
    if (
        full.unknown
        or _HANGS.search(full.plain)
        or (match is None and _KNOWN_SOON.fullmatch(clause.head.plain) is None)
    ):
        return None
    numbers = full.known
    if not numbers and match is not None and not is_news:
        numbers = _named(clause.head.group(match, "s"), clause)
    if not numbers and is_news:
        meant = referent(clause.memory)
        numbers = () if meant.choices or meant.is_open else meant.numbers
    if not numbers:
        return None
    return each("acknowledge", Subject(numbers=numbers), clause, until=promised(full, clause))


def _named(slot: Text, clause: Clause) -> tuple[int, ...]:
    found = task_meant(slot, clause, is_kept=True)
    if not found:
        close = fit(slot.own, clause.asked.listed)
        found = close.numbers if close.is_close else ()
    return found if len(found) == 1 else ()
