"""Task numbers with slashes between them ("18/23 done thx") -> the same with commas; days and measures stay."""

from __future__ import annotations

import re

from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import STRONG

_SLASHED = re.compile(r"(?<![\w/.:$+-])#?\d{1,6}(?:\s?/\s?#?\d{1,6}){1,9}(?![\w%]|\s?/|[.:]\d|-\d)")
_DONE = re.compile(
    rf"\s*[:-]?\s+(?:are |all |both ){{0,2}}(?:{STRONG})(?:[\s,.!]+(?:thanks|thank you|thx|ty|gracias))?[\s.!]*$"
)
# "BP 140/90", "vision was 20/40".
_MEASURED = re.compile(r"\b(?:bp|pressure|vision|acuity|sats?|ratio|readings?|reads|scor(?:e|ed)|was|is|at|of|for)\s*$")
_MONTHS, _DAYS = 12, 31


def unslashed(line: str, asked: ReplyContext) -> str:
    """Return the line with its slashed numbers as a list, where each is a task, and they can mean nothing else."""
    plain = fold(line)
    for match in reversed(list(_SLASHED.finditer(plain))):
        numbers = [int(one) for one in re.findall(r"\d+", match[0])]
        is_told = not plain[: match.start()].strip() and _DONE.match(plain, match.end()) is not None
        if not _are_tasks(numbers, match[0], asked) or not (is_told or _is_list(numbers, plain[: match.start()])):
            continue
        listed = re.sub(r"\s?/\s?", ", ", line[match.start() : match.end()])
        line = f"{line[: match.start()]}{listed}{line[match.end() :]}"
    return line


def _are_tasks(numbers: list[int], said: str, asked: ReplyContext) -> bool:
    known = {task.number for task in asked.tasks}
    titles = [fold(task.title) for task in asked.listed]
    # Of "Answer 23 queries" 18/23 may be done.
    is_counted = any(re.search(rf"(?<!\d){numbers[-1]}(?!\d)", title) or said in title for title in titles)
    return len(set(numbers)) == len(numbers) and {*numbers} <= known and not is_counted


def _is_list(numbers: list[int], before: str) -> bool:
    first, second = sorted(numbers[:2])
    is_day = first <= _MONTHS and second <= _DAYS
    return not is_day and _MEASURED.search(before) is None
