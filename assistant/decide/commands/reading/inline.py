"""A reply with answers between the lines of our mail -> each answer, with the one task that it stands under.

Our lines are quoted (`> 12. Fax the orders`), or pasted or kept as they are: a number with the task's own title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.clauses import QUOTE_STARTS
from assistant.decide.commands.wording.text import fold
from assistant.records import Task

_QUOTED = re.compile(r"\s{0,3}[>|](?P<t>.*)")
_NUMBERED = re.compile(r"[\s>|*-]{0,6}#?(?P<n>\d{1,6})[\s.:)|-]{1,8}(?P<t>\S.*)")
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"^\s{0,3}(?:[-=]{1,3}>|>>+|[-*])\s*")
_LEAST_WORDS = 3
"""Of a title, to know it again; all of a shorter one."""
_ARROW = re.compile(r"\s*(?:[-=]{1,3}>|>{1,3}|\u2192|\u2794|\u279c)\s*(?=[^\s>])")
_MARK = re.compile(r"\s*(?::|\s[-\u2013\u2014=]{1,3}(?=\s)|\.{2,4}|\u2026|\()\s*(?=\S)")
_MOST_MARKS = 8
_TO_ALL = re.compile(
    r"(?:both|these|those|all(?: of (?:them|these|those)| three| four| \d)?(?=\W*$| (?:are|is|done|set|complete|"
    r"completed|"
    r"finished|sent|closed|to|can|have|taken|good))|amb[ao]s|l[oa]s (?:dos|tres|cuatro)|tod[ao]s|todo)\b"
)
_BOTH = re.compile(r"(?:both|amb[ao]s|l[oa]s dos)\b")


@dataclass(slots=True, kw_only=True)
class Section:
    """Some lines of a reply, and the task under whose line they stand; None: they answer the mail as a whole."""

    number: int | None
    asked: ReplyContext
    about: tuple[int, ...] = ()
    """Those tasks, where an answer like "both done" stands under the lines of several."""
    lines: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "\n".join(self.lines)


def sections(words: str, asked: ReplyContext) -> tuple[Section, ...]:
    """Return the parts of a reply in their order; one, the whole of it, where it answers no single lines.

    Below a quotation of several tasks a sole answer may concern each of them: it counts as one to the whole mail.
    """
    found = [Section(number=None, asked=asked)]
    quoted: list[int] = []
    several = False
    for line, number, is_quoted in _lines(words, asked):
        if number is not None and is_quoted is None:
            found.append(_section((number,), asked, lines=[line]))
            quoted = []
        elif number is not None:
            quoted.append(number)
        elif not is_quoted and line.strip():
            if quoted:
                several = several or len(quoted) > 1
                found.append(_section(_answered(line, quoted), asked))
                quoted = []
            is_answer = found[-1].number is not None
            found[-1].lines.append(_MARKS.sub("", line) if is_answer else line)
        elif not is_quoted:
            found[-1].lines.append(line)
    under = [one for one in found if one.number is not None]
    if not under or (len(under) == 1 and several):
        return (Section(number=None, asked=asked, lines=[words]),)
    return tuple(one for one in found if one.words.strip())


def _lines(words: str, asked: ReplyContext) -> Iterator[tuple[str, int | None, bool | None]]:
    """Give each line with the task that it quotes, and whether it is a quotation at all.

    None: the answer stands in the line itself, behind the task's title; it is given alone.
    """
    tasks = {task.number: task for task in asked.tasks if task.number in asked.shown}
    for line in words.splitlines():
        if QUOTE_STARTS.match(fold(line.strip())):
            return
        match = _NUMBERED.fullmatch(line)
        is_quoted = _QUOTED.fullmatch(line) is not None
        task = tasks.get(int(match["n"])) if match else None
        if match is None or task is None:
            yield line, None, is_quoted
        elif not is_quoted and (answer := _behind_title(match["t"], task)):
            yield answer, task.number, None
        else:
            named = _is_title(match["t"], task, may_go_on=is_quoted)
            yield line, task.number if named else None, is_quoted


def _behind_title(told: str, task: Task) -> str:
    """Return what stands behind a task's title in its line: "done" of "Fax the orders --> done"."""
    arrows = list(_ARROW.finditer(told))[-_MOST_MARKS:]
    for arrow in reversed(arrows):
        if _is_title(told[: arrow.start()], task, may_go_on=True):
            return told[arrow.end() :].strip()
    marks = list(_MARK.finditer(told))[:_MOST_MARKS]
    ends = [mark for mark in marks if _is_title(told[: mark.start()], task, may_go_on=False)]
    # A title may hold such a mark itself.
    return told[ends[-1].end() :].strip() if ends and not _is_title(told, task, may_go_on=False) else ""


def _answered(line: str, quoted: list[int]) -> tuple[int, ...]:
    """Return which of the lines quoted above are answered: the last, but all of them by "both done"."""
    said = fold(line).strip(" -*>=.")
    is_all = _TO_ALL.match(said) is not None and (_BOTH.match(said) is None or len(quoted) == len(("one", "other")))
    return tuple(quoted) if is_all else (quoted[-1],)


def _section(numbers: tuple[int, ...], asked: ReplyContext, lines: list[str] | None = None) -> Section:
    here = replace(asked, shown=numbers, choices=())
    about = numbers if len(numbers) > 1 else ()
    return Section(number=numbers[-1], asked=here, about=about, lines=lines or [])


def _is_title(told: str, task: Task, *, may_go_on: bool) -> bool:
    """Return whether a line is the title of a task; of a long one perhaps but the beginning."""
    said, title = _WORD.findall(fold(told)), _WORD.findall(fold(task.title))
    shared = min(len(said), len(title))
    is_enough = shared >= min(_LEAST_WORDS, len(title)) and (may_go_on or len(said) <= len(title))
    return is_enough and said[:shared] == title[:shared]
