"""A task and the mails behind it -> three to six lines, each with the words that it rests on. Pure.

Nothing is put in other words: each line quotes a sentence of a mail, and a few words of ours say what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from assistant.decide.commands.wording.saying import day_words
from assistant.records import Deadline, Finding, Message, Person, Reading, SummaryKind, SummaryLine, Task

MOST = 6
"""Lines."""
_LEAST_NEEDED: tuple[SummaryKind, ...] = ("said", "again", "open")
"""Left out first, in this order, where there are too many."""
_CLAIMS = {"looks_done": "Said to be done", "looks_moved": "Another date is given", "looks_dropped": "Said to be off"}
_SENTENCE = re.compile(r"[^.!?\n]{1,400}[.!?]?")
_GREETING = re.compile(
    r"\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|thanks|thank you|hola|buen)\b", re.IGNORECASE
)
_LEAST_WORDS = 4


def summarise(
    task: Task, thread: Sequence[tuple[Message, Reading]], *, person: Person, now: datetime
) -> tuple[SummaryLine, ...]:
    """Return what was asked, what is promised or said since, what else is open, and the next date.

    Args:
        task: Whose matter it is.
        thread: The mails behind it with what was found in them, in any order.
        person: Who reads it; days are told in their zone.
        now: Aware.

    """
    mails = sorted(thread, key=lambda one: one[0].sent_at)
    found = [finding for _, reading in mails for finding in reading.findings]
    lines = [*_asked(task), *_promised(task, found), *_claimed(task, found)]
    lines += _still_asked(task, found, lines)
    lines += _last_word(mails, lines)
    lines += _next(task, found, person, now)
    return tuple(_fitted(_once(lines)))


def _asked(task: Task) -> Iterator[SummaryLine]:
    if task.quote:
        yield SummaryLine(kind="asked", text="Asked", quote=task.quote, said_by=task.requester, said_on=task.said_on)
    if task.evidence:
        last = task.asked_last or task.asked
        count = len(task.evidence) + 1
        text = f"Asked again, {count} times in all"
        yield SummaryLine(kind="again", text=text, quote=last.quote, said_by=last.requester, said_on=last.said_on)


def _promised(task: Task, found: Iterable[Finding]) -> Iterator[SummaryLine]:
    """Yield the newest promise: one that was noted with the task, else one of its thread."""
    promises = [one for one in found if one.kind == "holding" or (one.kind == "task" and one.waiting)]
    others = [one for one in promises if not _is_said(one.quote, [task.quote])]
    noted = task.promised
    if noted is not None:
        said_on = next((one.said_on for one in reversed(promises) if _is_said(one.quote, [noted.quote])), None)
        yield SummaryLine(kind="promised", text="Promised", quote=noted.quote, said_by=noted.said_by, said_on=said_on)
    elif others:
        yield _line("promised", "Promised", others[-1])
    if task.away is not None:
        yield SummaryLine(kind="promised", text="Away", quote=task.away.quote, said_by=task.away.said_by, said_on=None)


def _claimed(task: Task, found: Sequence[Finding]) -> Iterator[SummaryLine]:
    """Yield what a mail claims of the task, for a person to confirm."""
    if task.marked is None:
        return
    marked = task.marked
    source = next((one for one in reversed(found) if _is_said(one.quote, [marked.quote])), None)
    text = _CLAIMS[marked.claim]
    line = SummaryLine(kind="said", text=text, quote=marked.quote, said_by=None, said_on=None)
    yield replace(line, said_by=source.said_by, said_on=source.said_on) if source else line


def _still_asked(task: Task, found: Iterable[Finding], lines: Sequence[SummaryLine]) -> Iterator[SummaryLine]:
    """Yield the newest thing that the thread asks for beside the task."""
    known = [line.quote for line in lines] + [one.asked.quote for one in task.evidence]
    others = [one for one in found if one.kind == "task" and not one.waiting and not _is_said(one.quote, known)]
    if others:
        yield _line("open", "Also asked in this thread", others[-1])


def _last_word(mails: Sequence[tuple[Message, Reading]], lines: Sequence[SummaryLine]) -> Iterator[SummaryLine]:
    """Yield the first sentence of the newest mail, unless a line quotes that mail's words already."""
    written = [message for message, _ in mails if message.automatic is None and message.own_words]
    if len(written) <= 1:
        return
    last = written[-1]
    own = _plain(last.own_words)
    if any(_plain(line.quote) in own for line in lines if line.quote):
        return
    sentence = next(_sentences(last.own_words), "")
    if sentence:
        writer = last.sender.email if last.sender else None
        yield SummaryLine(kind="said", text="Last word", quote=sentence, said_by=writer, said_on=last.sent_at.date())


def _sentences(text: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(text):
        words = " ".join(match[0].split())
        if len(words.split()) >= _LEAST_WORDS and not _GREETING.match(words):
            yield words


def _next(task: Task, found: Iterable[Finding], person: Person, now: datetime) -> Iterator[SummaryLine]:
    """Yield the date that comes next: the task's, or one that its thread names; else the one that has passed."""
    dated = [(task.deadline, "due", _source(task, found, task.deadline))] if task.deadline else []
    if task.promised is not None and task.promised.until is not None:
        dated.append((task.promised.until, "promised", (task.promised.quote, task.promised.said_by, None)))
    if task.away is not None:
        dated.append((task.away.until, "they are back", (task.away.quote, task.away.said_by, None)))
    calendar = person.calendar
    ahead = [one for one in dated if one[0].passes_at(calendar) >= now]
    chosen = min(ahead or dated, key=lambda one: one[0].passes_at(calendar), default=None)
    if chosen is None:
        return
    deadline, what, (quote, said_by, said_on) = chosen
    day = day_words(deadline.due, calendar.zone, now)
    text = f"Next: {what} {day}" if ahead else f"Passed: {what} {day}"
    yield SummaryLine(kind="next", text=text, quote=quote, said_by=said_by, said_on=said_on)


def _source(task: Task, found: Iterable[Finding], deadline: Deadline | None) -> tuple[str, str | None, date | None]:
    """Return the words that set the deadline, who wrote them, and when."""
    if deadline is None:
        return "", None, None
    asked = [(task.quote, task.requester, task.said_on)]
    asked += [(one.asked.quote, one.asked.requester, one.asked.said_on) for one in task.evidence]
    asked += [(one.quote, one.said_by, one.said_on) for one in found]
    words = _plain(deadline.words)
    return next((one for one in asked if words and words in _plain(one[0])), (deadline.words, None, None))


def _line(kind: SummaryKind, text: str, finding: Finding) -> SummaryLine:
    return SummaryLine(kind=kind, text=text, quote=finding.quote, said_by=finding.said_by, said_on=finding.said_on)


def _once(lines: Iterable[SummaryLine]) -> list[SummaryLine]:
    """Return the lines without those that quote again what stands above; the next date is always told."""
    kept: list[SummaryLine] = []
    for line in lines:
        if line.kind == "next" or not _is_said(line.quote, [one.quote for one in kept]):
            kept.append(line)
    return kept


def _fitted(lines: list[SummaryLine]) -> list[SummaryLine]:
    for kind in _LEAST_NEEDED:
        while len(lines) > MOST and any(line.kind == kind for line in lines):
            lines.remove(next(line for line in reversed(lines) if line.kind == kind))
    return lines[:MOST]


def _is_said(quote: str, others: Iterable[str]) -> bool:
    return any(_plain(quote) in _plain(other) or _plain(other) in _plain(quote) for other in others if other)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
