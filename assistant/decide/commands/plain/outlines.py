"""The lines of a reply that the writer counts off ("(a) ...", "1) ...") -> the same without what counts them.

A count looks like a task's number; it is none where the tasks are numbered otherwise and the lines name them.
"""

from __future__ import annotations

import re

from assistant.decide.commands.matching.meaning import meant
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.text import fold

_LETTER = re.compile(r"\(?(?:[a-h]|i{1,3}|iv|vi{0,3}|ix|x)\)\s+(?=\S)", re.IGNORECASE)
_COUNT = re.compile(r"\(?(?P<n>\d{1,2})[.)]\s+(?P<t>\S.*)")
_NUMBER = re.compile(r"(?<![\w.:/$-])#?(\d{1,6})(?![\w%]|[.:/]\d)")
_HEADING = re.compile(r"[^:,;.!?()\d]{3,60}?(?=\s*:\s|\s+[-–—]+\s|,\s)")
_INLINE = re.compile(r"(?:^|(?<=\s))\(?([1-9])\)\s+(?=\S)")
_ANY = re.compile(r"(?m)(?:^|\s)\(?(?:[a-hA-H]|[ivxIVX]{1,4}|\d{1,2})[.)]\s")
_LEAST = 2


def without_counts(lines: tuple[str, ...], asked: ReplyContext) -> tuple[str, ...]:
    """Return the lines as they are, but for the letters and numbers by which the writer has counted them."""
    if _ANY.search("\n".join(lines)) is None:
        return lines
    lines = tuple(part for line in lines for part in _apart(line, asked))
    lines = tuple(_LETTER.sub("", line, count=1) if _LETTER.match(line) else line for line in lines)
    counted = [match for line in lines if (match := _COUNT.fullmatch(line)) is not None]
    known = {task.number for task in asked.tasks}
    runs = [int(match["n"]) for match in counted]
    if not runs or runs != list(range(runs[0], runs[0] + len(runs))):
        return lines
    are_numbered = all(_numbered(match["t"], known - set(runs)) for match in counted)
    from_one = runs[0] == 1 and len(runs) >= _LEAST
    # What counts them may name tasks itself: then only a whole count of lines that name others is one.
    is_count = (from_one and are_numbered) if known & set(runs) else (from_one or are_numbered)
    return tuple(_bare(line, known, asked) for line in lines) if is_count else lines


def _apart(line: str, asked: ReplyContext) -> list[str]:
    """Return "1) 12 done 2) 14 not" in its parts, where the writer counts from one and no such task is there."""
    found = list(_INLINE.finditer(line))
    counts = [int(match[1]) for match in found]
    if len(counts) < _LEAST or counts != list(range(1, len(counts) + 1)):
        return [line]
    if any(asked.task(count) is not None for count in counts):
        return [line]
    starts = [match.start() for match in found]
    parts = [line[: starts[0]], *(line[at:end] for at, end in zip(starts, [*starts[1:], len(line)], strict=True))]
    return [part.strip() for part in parts if part.strip()]


def _bare(line: str, known: set[int], asked: ReplyContext) -> str:
    match = _COUNT.fullmatch(line)
    if match is None or not (_numbered(match["t"], known) or _is_named(match["t"], asked)):
        return line
    return match["t"]


def _numbered(told: str, known: set[int]) -> bool:
    """Return whether a line begins with a task's number, or has but one in it."""
    found = [int(one[1]) for one in _NUMBER.finditer(fold(told))]
    return any(one in known for one in found)


def _is_named(told: str, asked: ReplyContext) -> bool:
    heading = _HEADING.match(told)
    words = heading[0] if heading else told
    found = meant(words, words, asked.listed, asked.people, lambda _task, _head: True)
    return found.is_certain and len(found.numbers) == 1
