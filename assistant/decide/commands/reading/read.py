"""A reply's words -> the commands in them, the lines that were not understood, and at most one question to put back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.decide.commands.matching.subjects import Memory
from assistant.decide.commands.plain.beside import beside
from assistant.decide.commands.plain.by_days import by_days
from assistant.decide.commands.plain.counted import counted
from assistant.decide.commands.plain.fronted import fronted
from assistant.decide.commands.plain.groups import grouped
from assistant.decide.commands.plain.labels import together
from assistant.decide.commands.plain.outlines import without_counts
from assistant.decide.commands.plain.own_names import without_owners
from assistant.decide.commands.plain.parted import parted
from assistant.decide.commands.plain.patients import of_patients
from assistant.decide.commands.plain.put_right import put_right
from assistant.decide.commands.plain.several import several
from assistant.decide.commands.plain.shorthand import plainly, written_out
from assistant.decide.commands.plain.slips import legible
from assistant.decide.commands.plain.spared import spared
from assistant.decide.commands.plain.texted import texted_in_full
from assistant.decide.commands.plain.them import named_to
from assistant.decide.commands.plain.then import dated
from assistant.decide.commands.plain.upwards import upward
from assistant.decide.commands.plain.whose_things import given_by_name
from assistant.decide.commands.reading.agreeing import agreed
from assistant.decide.commands.reading.choices import chosen, heard, torn_between, what_no_means, which
from assistant.decide.commands.reading.gathering import LONGEST_COMMAND, Gathering
from assistant.decide.commands.reading.inline import sections
from assistant.decide.commands.reading.not_said import is_automatic, without_quotations, without_struck
from assistant.decide.commands.reading.one_touch import without_links
from assistant.decide.commands.reading.sweeping import of_many
from assistant.decide.commands.reading.verbatim import LONGEST_ECHO, in_own_words
from assistant.decide.commands.reply import ReplyContext, ReplyReading
from assistant.decide.commands.wording.clauses import beginning, own_lines, sentences

_LONGEST_LINE = 2000


def read_reply(words: str, asked: ReplyContext) -> ReplyReading:
    """Return what `words`, a reply's own text without its quotes, ask for.

    Only plain words change anything: what can be read in two ways changes nothing and becomes a question.
    """
    words = without_struck(words)
    start = beginning(words)
    # What stands further down may say the opposite of a choice.
    choice = chosen(start, asked) if start == words else None
    if choice == "":
        return ReplyReading(kept=asked.shown)
    if is_automatic(start):
        return ReplyReading()
    if (ask := what_no_means(start, asked)) is not None:
        return ReplyReading(ask=ask, about=asked.shown)
    gathering = Gathering(memory=Memory(asked=asked))
    for section in sections(choice or heard(start, asked) or without_quotations(without_links(start)), asked):
        gathering.turn_to(section)
        for sentence, line in _sentences(section.words, section.asked):
            gathering.read(sentence, start.strip() if choice else line)
            if gathering.unread:
                break
    gathering.unread = gathering.unread or words[len(start) :].strip()[:LONGEST_ECHO]
    reading = gathering.reading()
    reading = replace(reading, operations=tuple(in_own_words(reading.operations, words)))
    reading = reading if choice else of_many(agreed(reading, start, asked), start, asked)
    torn = None if choice else torn_between(reading.operations, words, asked)
    return reading if torn is None else ReplyReading(ask=which(torn), about=asked.shown)


def _sentences(words: str, asked: ReplyContext) -> Iterator[tuple[str, str]]:
    """Give each sentence in plain words, with the line of the reply that it was made of."""
    before = ""
    for line in together(without_counts(own_lines(words, asked.person), asked)):
        # So long a sentence is not read; what puts it plainly is made for sentences of people.
        for said in (
            written_out(texted_in_full(put_right(legible(line), asked), asked), asked)
            if len(line) <= _LONGEST_LINE
            else (line,)
        ):
            for sentence in sentences(said):
                if len(sentence) > LONGEST_COMMAND:
                    yield sentence, line
                    continue
                named = named_to(
                    dated(without_owners(given_by_name(sentence, asked), asked), before, asked), before, asked
                )
                whole = of_patients(named, before, asked)
                for part in _in_numbers(whole, before, asked):
                    if plain := plainly(part, asked):
                        yield plain, line
                before = f"{before} {whole}"


def _in_numbers(sentence: str, before: str, asked: ReplyContext) -> tuple[str, ...]:
    """Return the sentence with the numbers of what it names together; what it takes out of a list is taken out."""
    sentence = parted(upward(sentence, asked), asked)
    named = grouped(counted(by_days(fronted(sentence, asked), asked), asked), before, asked)
    return tuple(
        part for one in sentences(beside(named, asked)) for part in sentences(several(spared(one, asked), asked))
    )
