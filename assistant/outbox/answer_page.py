"""Answer -> the page that its templates set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

from assistant.outbox.entries import entry
from assistant.outbox.pages import HelpLines, Page, Section, section_of
from assistant.outbox.reader import House, Reader
from assistant.outbox.wording import counted, harmless, moment_words, numbers, shortened
from assistant.records import Answer, Outcome, Suggestion, Summary, SummaryLine

_MOST_LINE = 200
_MOST_QUOTE = 240
_MOST_CHOICES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one line of a reply."""

    said: str
    task: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A task's mails in a few lines, each with the words it rests on."""

    task: str
    lines: tuple[tuple[str, str, str], ...]
    """What it is, the words, and whose they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage(Page):
    heading: str
    done: tuple[Result, ...]
    not_done: tuple[Result, ...]
    about: tuple[int, ...]
    """The tasks of the lines that were carried out or not."""
    can_undo: bool
    choices: tuple[tuple[str, str], ...]
    """What may be answered in one character, and the commands that it stands for; none: leave all as it is."""
    offers: tuple[tuple[str, str, str], ...]
    """The same for a reader: the character, what it does, and the words of its link."""
    help_lines: HelpLines
    summaries: tuple[Told, ...] = ()
    nothing: str = "I found nothing in your answer to act on, and changed nothing."

    @property
    def shown(self) -> tuple[int, ...]:
        listed = (one.number for section in self.sections for one in section.entries)
        return tuple(dict.fromkeys((*self.about, *listed)))


def answer_page(answer: Answer, house: House, help_lines: HelpLines, most: int) -> AnswerPage:
    reader = house.reader(answer.person, answer.now)
    done = [one for one in answer.outcomes if one.is_done]
    not_done = [one for one in answer.outcomes if not one.is_done]
    told = answer.outcomes or answer.wants_list or answer.summaries or answer.inquiries
    wants_help = answer.wants_help or not told
    name = "Your open tasks" if answer.wants_list else "As they stand now"
    listed = section_of(name, answer.listed, reader, most, names_all=True)
    return AnswerPage(
        organisation=house.organisation,
        language=answer.person.language,
        title="Your answer",
        subtitle=moment_words(answer.now, answer.now, reader.zone),
        sections=(*_inquired(answer, reader, most), *((listed,) if listed.entries else ())),
        heading=_heading(answer, done, len(not_done)),
        done=tuple(_result(one, reader) for one in done),
        not_done=tuple(_result(one, reader) for one in not_done),
        about=(
            *(task.number for task, _version in answer.about),
            *(one.task.number for one in answer.outcomes if one.task is not None),
            *(one.task.number for one in answer.summaries),
        ),
        choices=(choices := _choices(answer)),
        offers=_offers(choices),
        can_undo=any(one.task is not None for one in done),
        help_lines=help_lines if wants_help else (),
        summaries=tuple(_told(one, reader) for one in answer.summaries[:most]),
    )


def _inquired(answer: Answer, reader: Reader, most: int) -> tuple[Section, ...]:
    return tuple(
        section_of(shortened(one.heading, _MOST_LINE), one.tasks, reader, most, lead=harmless(one.said))
        for one in answer.inquiries
    )


def suggestion_page(suggestion: Suggestion, house: House, most: int) -> AnswerPage:
    """Return what somebody suggests, with the answers that carry it out or leave all as it is."""
    answer = Answer(
        person=suggestion.person, now=suggestion.now, in_reply_to=None, subject="", outcomes=suggestion.proposals
    )
    page = answer_page(answer, house, (), most)
    about = tuple(dict.fromkeys(page.about))
    return replace(
        page, title=f"A suggestion by {harmless(suggestion.by)}", heading=f"A suggestion for {numbers(about)}"
    )


def _choices(answer: Answer) -> tuple[tuple[str, str], ...]:
    """Return the answers to what was asked; by letters where a digit could mean a task that is spoken of."""
    commands = [one.choice for one in answer.outcomes if one.choice][:_MOST_CHOICES]
    if not commands:
        return ()
    every = ["\n".join(commands)] if len(commands) > 1 else []
    offered = (*commands, *every, "")
    numbers = {one.task.number for one in answer.outcomes if one.task is not None}
    digits = [str(place) for place in range(1, len(offered) + 1)]
    taken = any(int(digit) in numbers for digit in digits)
    return tuple(zip(ascii_lowercase if taken else digits, offered, strict=False))


def _offers(choices: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple((label, _offer(words), words if words and "\n" not in words else label) for label, words in choices)


def _offer(words: str) -> str:
    if not words:
        return "leave it as it is"
    return "all of these" if "\n" in words else f"{words}, all the same"


def _told(summary: Summary, reader: Reader) -> Told:
    name = entry(summary.task, reader).whole_title
    return Told(task=f"#{summary.task.number} {name}", lines=tuple(_line(one, reader) for one in summary.lines))


def _line(line: SummaryLine, reader: Reader) -> tuple[str, str, str]:
    whose = [reader.name_of(line.said_by)] if line.said_by else []
    whose += [reader.day(line.said_on)] if line.said_on else []
    return harmless(line.text), shortened(line.quote, _MOST_QUOTE), ", ".join(whose)


def _result(outcome: Outcome, reader: Reader) -> Result:
    task = ""
    if outcome.task is not None:
        task = f"#{outcome.task.number} {entry(outcome.task, reader).whole_title}"
    return Result(said=harmless(outcome.said), task=task, line=shortened(outcome.line, _MOST_LINE))


def _heading(answer: Answer, done: Sequence[Outcome], not_done: int) -> str:
    """Return the subject: how the tasks stand now, by number, then what was not carried out."""
    groups: dict[str, list[int]] = {}
    for one in done:
        if one.task is not None:
            groups.setdefault(one.task.state, []).append(one.task.number)
    parts = [f"{name}: {numbers(tuple(dict.fromkeys(found)))}" for name, found in groups.items()]
    if not_done:
        parts.append(f"{counted(not_done, 'line')} not carried out")
    if answer.summaries:
        parts.append(f"summary: {numbers([one.task.number for one in answer.summaries])}")
    if answer.wants_list:
        parts.append(f"open tasks: {len(answer.listed)}")
    if answer.inquiries:
        parts.append(f"found: {sum(len(one.tasks) for one in answer.inquiries)}")
    if answer.wants_help:
        parts.append("how to answer")
    whole = "; ".join(parts) or ("done as you said" if done else "nothing was changed")
    return whole[0].upper() + whole[1:]
