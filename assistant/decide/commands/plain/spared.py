"""A sentence that takes some tasks out of a list ("4-8 except 6", "all but the van") -> the same with that done first.

"Everything is done except the van" becomes "all except #4 is done", "snooze 4-8 till friday, not 6" loses its 6.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.decide.commands.matching.counts import begins_with_count
from assistant.decide.commands.matching.meaning import meant, names_another, names_of, words_of
from assistant.decide.commands.matching.ordinary import fit, has_object
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import ALL, EXCEPT, REST, SAYS_DONE
from assistant.records import Task

_EXCEPT = re.compile(rf"[\s,(-]*(?<!\w)(?:{EXCEPT})(?!\w):?\s+(?:(?:not|for|with|of|the ones?|number|task)\s+)*")
_NUMBER = r"#?\d{1,6}(?:\s?(?:-|thru|through)\s?#?\d{1,6}|\s(?:to|a)\s#?\d{1,6})?"
_NUMBERS = (
    rf"(?:(?:the|tasks?|items?|numbers?|la|el|las|los)\s)*{_NUMBER}"
    rf"(?:(?:\s*,\s*|\s+)(?:(?:and|y|&|the|la|el)\s)*{_NUMBER})*"
)
_BASE = re.compile(rf"(?<![\w.:/$#-])(?:(?P<a>{ALL}|{REST})|(?P<n>{_NUMBERS}))(?![\w%]|[.:/]\d)")
_RANGE = re.compile(r"#?(\d{1,6})(?:\s?(?:-|thru|through|to|a)\s?#?(\d{1,6}))?")
_ITEMS = re.compile(r"\s*(?:,|&|\band\b|\bor\b|\bnor\b|\by\b|\bni\b)\s*")
_ARTICLE = re.compile(r"(?:(?:the|task|tasks|number|la|el|las|los|lo de|lo del|one|ones)\s+)+")
_DID = re.compile(
    r"(?:^|[.,;:] ?|\b(?:and|so|but) )(?P<d>(?:(?:i|we|i've|we've|i have|we have) )?"
    r"(?:(?:have|just|already|finally|now) ){0,2}"
    r"(?:did|gotten to|got to|got through|gotten through|cleared|knocked out|wrapped up|hice|hicimos) )$"
)
"""Tells that the list which follows is done."""
# What may follow the tasks that are taken out: the rest of the command, or a remark on them.
_GOES_ON = re.compile(
    r"\s*,?\s+(?:is|are|was|were|has been|have been|can|should|to|until|till|til|for|by|on|off|over|due|done|finished|"
    r"completed?|closed|go|goes|ya|estan?|quedaron|hasta|para|al?|hech[oa]s?|list[oa]s?|urgent|high|normal|critical|"
    r"please|pls|next|tomorrow|now|from)\b|\s*,?\s*(?:->|>)"
)
_BEGUN = re.compile(r"\b(?:to|until|till|til|can|should|is|are|was|were|due|hasta|estan?|quedaron|al)\b|>")
"""In the midst of a sentence these are no part of a task's name, but go on with the command."""
_REMARK = re.compile(r"\s*[,(:-]+\s*(?=\S)|\s+(?=(?:because|since|as|still|which|that|who|porque|pues|que)\b)")
_ENDS = re.compile(r"[\s.!;)]*$|[.!;)]")
_TIME = re.compile(
    r"\b(?:\d{1,2}(?::\d\d)? ?[ap]\.?m?\b|\d{1,2}[/:]\d{1,2}|\d{1,2}(?:st|nd|rd|th)\b|"
    r"(?:in|for|for the next) \d{1,2} (?:more )?(?:days?|weeks?|hours?|hrs?|min(?:ute)?s?)\b|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6} \d{1,2}\b)"
)
"""Figures that tell no task between a list and what is taken out of it."""
_LEAST = 2
_MOST_WORDS = 16
_LONGEST = 1000
_LONGEST_RANGE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """Which tasks are taken out, and where the words for them end."""

    numbers: tuple[int, ...]
    end: int


def spared(sentence: str, asked: ReplyContext) -> str:
    """Return the sentence with what it takes out of a list taken out; as it is where it is not plain what that is."""
    plain = fold(sentence)
    if len(sentence) > _LONGEST or "?" in plain:
        return sentence
    for match in _EXCEPT.finditer(plain):
        base = _base(plain, match.start())
        if base is None:
            continue
        between = plain[base.end() : match.start()]
        numbers = _told(base["n"], asked) if base["n"] else ()
        if base["n"] and len(numbers) < _LEAST:
            continue
        pool = tuple(task for task in asked.listed if not numbers or task.number in numbers)
        taken = _taken(sentence, match.end(), pool, asked, may_go_on=not between.strip())
        if taken is None:
            continue
        return _without(sentence, base, match.start(), taken, numbers)
    return sentence


def _base(plain: str, end: int) -> re.Match[str] | None:
    """Return the list that stands before an "except": the last one, with no number behind it."""
    found = [match for match in _BASE.finditer(plain, 0, end) if match.end() <= end]
    last = found[-1] if found else None
    before = found[-2] if len(found) > 1 else None
    if last is not None and before is not None and before["n"] and not plain[before.end() : last.start()].strip(" ,-"):
        # "40, 41 and 43 all done": all of these.
        last = before
    between = _TIME.sub(" ", plain[last.end() : end]) if last is not None else ""
    return None if re.search(r"[\d;]", between) else last


def _without(sentence: str, base: re.Match[str], end: int, taken: _Taken, numbers: tuple[int, ...]) -> str:
    out = ", ".join(f"#{number}" for number in taken.numbers)
    left = [number for number in numbers if number not in taken.numbers]
    if numbers and not left:
        return sentence
    rest = sentence[taken.end :]
    remark = _REMARK.match(fold(rest))
    if remark is not None and not (_GOES_ON.match(fold(rest)) and not sentence[base.end() : end].strip(" ,(-")):
        rest = f"; {out} {rest[remark.end() :].rstrip(' )')}"
    if not numbers and SAYS_DONE.search(base.string, base.start(), end):
        between = re.sub(r"^ set\b", " done", sentence[base.end() : end])
        return f"{sentence[: base.start()]}everything{between} except {out}{rest}"
    did = _DID.search(base.string, 0, base.start()) if not numbers else None
    if did is not None and not sentence[base.end() : end].strip(" ,(-"):
        return f"{sentence[: did.start('d')]}everything is done except {out}{rest}"
    kept = ", ".join(f"#{number}" for number in left) if numbers else f"all except {out}"
    return f"{sentence[: base.start()]}{kept}{sentence[base.end() : end]}{rest}"


def _told(words: str, asked: ReplyContext) -> tuple[int, ...]:
    """Return the numbers of a written list; none where one of them is no task's."""
    known = {task.number for task in asked.tasks}
    found: list[int] = []
    for match in _RANGE.finditer(words):
        first, last = int(match[1]), int(match[2] or match[1])
        if first not in known or last not in known or not 0 <= last - first <= _LONGEST_RANGE:
            return ()
        found += [number for number in range(first, last + 1) if number in known]
    return tuple(dict.fromkeys(found))


def _taken(sentence: str, start: int, pool: Sequence[Task], asked: ReplyContext, *, may_go_on: bool) -> _Taken | None:
    """Return the tasks named from `start` on, by as many words as can be read."""
    plain = fold(sentence)
    ends = [match.end() for match in re.finditer(r"[^\s,;()]+", plain[start:])][:_MOST_WORDS]
    for end in reversed(ends):
        rest = plain[start + end :]
        is_end = _ENDS.match(rest) or _REMARK.match(rest) or (may_go_on and _GOES_ON.match(rest))
        items = [one for one in _ITEMS.split(sentence[start : start + end].rstrip(".!")) if one.strip()]
        if not is_end or not items or (may_go_on and _BEGUN.search(plain, start, start + end)):
            continue
        found = [named(one.strip(), pool, asked) for one in items]
        if all(found):
            return _Taken(numbers=tuple(dict.fromkeys(one for each in found for one in each)), end=start + end)
    return None


def named(words: str, pool: Sequence[Task], asked: ReplyContext) -> tuple[int, ...]:
    """Return the task that one item names: by its number, by words that can only mean it, or all of a patient's."""
    plain = fold(words)
    lead = _ARTICLE.match(plain)
    if begins_with_count(plain[lead.end() :] if lead else plain) and re.search(r"[a-z]", plain):
        # "All but two of the queries": which ones is not said, and perhaps no tasks are counted.
        return ()
    if re.fullmatch(_NUMBER, plain[lead.end() :] if lead else plain):
        return _told(plain, asked)
    said = words_of(words)
    theirs = tuple(task.number for task in pool if said and all(word in names_of(task) for word in said))
    if theirs:
        return theirs
    found = meant(words, words, pool, asked.people, lambda _task, _head: True)
    if found.is_certain and len(found.numbers) == 1:
        return found.numbers
    close = fit(words, pool)
    task = asked.task(close.numbers[0]) if len(close.numbers) == 1 and close.is_close else None
    is_own = task is not None and has_object(close, task) and not names_another(words, task, asked.people)
    return close.numbers if is_own else ()
