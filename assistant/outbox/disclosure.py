"""Content of a mail of ours -> the same, with as much of each task as its reader may be shown.

    team        all
    department  the patient's initials and what it is about; no words of any mail
    outside     number, deadline and what is asked; no patient, no name, no number, no words of any mail

Applied before anything is set, so that it holds for every kind of mail and in every language.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from assistant.records import (
    Content,
    Disclosure,
    Inquiry,
    Outcome,
    Person,
    QuarantinedMail,
    Stranger,
    Suggestion,
    Summary,
    Task,
)

_LEFT_OUT = "…"
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sr", "sra", "srta", "don", "doña", "baby", "señor", "señora"})
_KEPT = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    | {"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo", "i", "er", "ok"}
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_])){0,40}")
_TITLED = re.compile(
    r"\b(?:Mrs?|Ms|Miss|Dr|Sra?|Srta|Don|Doña)\b\.? {1,2}(?P<name>[A-ZÀ-Þ][\w'’-]{1,30}(?: [A-ZÀ-Þ][\w'’-]{1,30})?)"
)
_NUMBERS = re.compile(
    r"\S{1,64}@\S{1,200}|\b(?:https?://|www\.)\S{1,500}|\b\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?\b|"
    r"\+?\(?\d(?:[ ().-]{0,2}\d){3,18}\b|\b(?=[\w-]{0,30}\d{2})(?=[\w-]{0,30}[A-Za-z])[\w-]{4,40}\b"
)
_MOST_CAPITALS = 5
"""Letters of a word in capitals that is likelier an abbreviation than a name."""
_RUN = re.compile(rf"{_LEFT_OUT}(?:[ ,]{{0,2}}{_LEFT_OUT}){{1,40}}")
_Value = TypeVar("_Value")


def disclosed(content: Content) -> Content:
    """Return the content as its reader may see it."""
    return _Reader(content.person, is_own=not isinstance(content, Suggestion)).told(content)


def level_of(person: Person, task: Task) -> Disclosure:
    """Return how much of a task a person is shown: what the configuration says, else what they are to it.

    Who has a task, and who stands in for them, sees all; another of the same house the initials; somebody whose address
    is elsewhere what is asked.
    """
    if person.disclosure is not None:
        return person.disclosure
    if _house(person.email) != _house(task.coordinator):
        return "outside"
    holders = {email for email in (task.coordinator, task.owner) if email}
    is_held = any(person.is_at(email) for email in holders) or bool(person.stands_in_for & holders)
    return "team" if is_held else "department"


class _Reader:
    """Whom something is told."""

    def __init__(self, person: Person, *, is_own: bool) -> None:
        self._person = person
        self._is_own = is_own
        """Whether the lines that are answered are the reader's own words."""

    def told(self, value: _Value) -> _Value:
        """Return a value with all tasks in it as the reader may see them."""
        match value:
            case tuple():
                return cast("_Value", tuple(self.told(one) for one in value))
            case Task() | Outcome() | Summary() | Inquiry() | QuarantinedMail():
                return cast("_Value", self._limited(value))
            case Person() | type():
                return value
            case _ if is_dataclass(value) and not isinstance(value, type):
                changed = {one.name: self.told(getattr(value, one.name)) for one in fields(value)}
                return replace(value, **changed)
            case _:
                return value

    def _limited(self, value: Task | Outcome | Summary | Inquiry | QuarantinedMail) -> object:
        match value:
            case Task():
                return limited(value, level_of(self._person, value))
            case Outcome():
                return self._outcome(value)
            case Summary():
                return self._summary(value)
            case Inquiry():
                return replace(value, said=self._said(value.said, value.tasks), tasks=self.told(value.tasks))
            case QuarantinedMail():
                return value if self._person.disclosure in {None, "team"} else replace(value, sender="")

    def _outcome(self, outcome: Outcome) -> Outcome:
        tasks = (*outcome.names, *((outcome.task,) if outcome.task is not None else ()))
        levels = {level_of(self._person, task) for task in tasks} or {self._person.disclosure or "team"}
        if levels == {"team"}:
            return outcome
        return replace(
            outcome,
            line=outcome.line if self._is_own else "",
            said=self._said(outcome.said, tasks),
            task=self.told(outcome.task),
            names=self.told(outcome.names),
        )

    def _said(self, text: str, tasks: tuple[Task, ...]) -> str:
        """Return a sentence of ours without what its reader may not be shown of the tasks that it is about."""
        for task in tasks:
            level = level_of(self._person, task)
            if level != "team":
                text = _told_less(text, task, limited(task, level))
                text = _without(text, _names(task.patient), level)
        return text

    def _summary(self, summary: Summary) -> Summary:
        level = level_of(self._person, summary.task)
        return summary if level == "team" else Summary(task=limited(summary.task, level), lines=())


def limited(task: Task, level: Disclosure) -> Task:
    """Return the task with as much as a level shows; number, state, deadline and owner stay."""
    if level == "team":
        return task
    names = _names(task.patient)
    title = _NUMBERS.sub(_LEFT_OUT, _without(task.title, names, level))
    is_known = task.requester is not None and _house(task.requester) == _house(task.coordinator)
    is_ours = task.promised is not None and _house(task.promised.said_by) == _house(task.coordinator)
    return replace(
        task,
        title=_RUN.sub(_LEFT_OUT, _bare(title) if level == "outside" else title),
        quote="",
        patient=_initials(task.patient) if level == "department" and task.patient else None,
        notes=(),
        requester=task.requester if is_known else None,
        marked=task.marked and replace(task.marked, quote=_LEFT_OUT),
        promised=task.promised and replace(task.promised, quote=_LEFT_OUT) if is_ours else None,
        stranger=task.stranger and Stranger(email="", came_at=task.stranger.came_at),
    )


def _told_less(text: str, task: Task, shown: Task) -> str:
    """Return a text with a task's title as it is shown, and without those words of mails that are not."""
    marked, promised = task.marked and task.marked.quote, task.promised and task.promised.quote
    hidden = [task.quote, *task.notes, marked, promised]
    hidden += [task.requester] if shown.requester is None else []
    changes = {words: _LEFT_OUT for words in hidden if words} | {task.title: shown.title}
    # What stands within another is changed after it.
    for words in sorted(changes, key=len, reverse=True):
        text = text.replace(words, changes[words])
    return text


def _house(email: str) -> str:
    return email.rpartition("@")[2].lower()


def _names(patient: str | None) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(patient or "")) - _TITLES


def _initials(name: str) -> str:
    """Return a name's first letters: "Adaeze Okafor" is A. O."""
    return " ".join(f"{word[0].upper()}." for word in _WORD.findall(name) if word.lower() not in _TITLES)


def _without(text: str, names: frozenset[str], level: Disclosure) -> str:
    """Return a text without a patient's names, and without what follows a form of address."""

    def told(word: str) -> str:
        return f"{word[0].upper()}." if level == "department" else _LEFT_OUT

    def plain(found: re.Match[str]) -> str:
        word = found.group()
        stem, mark, rest = word.partition("'") if "'" in word else word.partition("’")
        return f"{told(stem)}{mark}{rest}" if stem.lower() in names or word.lower() in names else word

    def titled(found: re.Match[str]) -> str:
        start = found.start("name") - found.start()
        return found.group()[:start] + " ".join(told(word) for word in found["name"].split(" "))

    return _TITLED.sub(titled, _WORD.sub(plain, text))


def _bare(title: str) -> str:
    """Return a title without whatever else may be a name: words with a capital, but the first and abbreviations."""

    def plain(found: re.Match[str]) -> str:
        word = found.group()
        is_first = found.start() == 0 and not title[found.end() :].startswith((":", ",", "'", "’"))
        is_short = word.isupper() and len(word) <= _MOST_CAPITALS
        kept = word.islower() or is_first or is_short or word.lower() in _KEPT | _TITLES
        return word if kept else _LEFT_OUT

    return _WORD.sub(plain, title)
