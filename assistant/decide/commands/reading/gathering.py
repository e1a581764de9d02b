"""The sentences of a reply, one after the other -> what they ask together; and what stands against each other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from assistant.decide.commands.forms import clause_of, found_in
from assistant.decide.commands.forms.handing import spoken_of
from assistant.decide.commands.forms.other import read_remark
from assistant.decide.commands.forms.pieces import apart
from assistant.decide.commands.forms.portions import of_the_whole, places_in
from assistant.decide.commands.forms.unsettled import read_open_end, says_anything
from assistant.decide.commands.forms.wishes import put_wishes_plainly
from assistant.decide.commands.matching.found import Clause, Found, unknown_numbers
from assistant.decide.commands.matching.subjects import Memory
from assistant.decide.commands.plain.headings import headed
from assistant.decide.commands.plain.swaps import swapped
from assistant.decide.commands.plain.visits import booked_under
from assistant.decide.commands.reading.another import of_its_own
from assistant.decide.commands.reading.conditions import begins_so, stands_alone, weighed, without_politeness
from assistant.decide.commands.reading.contradictions import contradicted, is_open_still, is_turned
from assistant.decide.commands.reading.dividing import GOES_ON, clauses, spoken_of_in
from assistant.decide.commands.reading.everything import Whole, asked_of_whole
from assistant.decide.commands.reading.inline import Section
from assistant.decide.commands.reading.tails import doubted_by, left_open, promises, tailed, taken_out
from assistant.decide.commands.reading.unanswered import asked_of
from assistant.decide.commands.reading.unspoken import unspoken
from assistant.decide.commands.reading.verbatim import LONGEST_ECHO, as_written, typed
from assistant.decide.commands.reply import Operation, ReplyReading
from assistant.decide.commands.wording.likeness import mended
from assistant.decide.commands.wording.numbers import find_numbers
from assistant.decide.commands.wording.text import Text, fold
from assistant.decide.commands.wording.words import is_courtesy

LONGEST_COMMAND = 1000
_SHORT = 3
_WAITS = re.compile(r"(?:(?:it|that) )?can (?:also )?wait(?: a bit| a while)?|no rush|not urgent|later|not today")
"""Says no more than the day on which to ask again."""
_CLOSES = frozenset({"done", "drop"})
_MOST_CLAUSES = 120
_MOST_SENTENCES = 150
_MOST_CHARS = 12_000
"""Of the sentences that are read, in all: several pages, in which nobody gives commands any more."""


@dataclass(slots=True, kw_only=True)
class Gathering:
    """What has been gathered of one reply."""

    memory: Memory
    operations: list[Operation] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=dict)
    """Words that were not understood, each with what was written."""
    asks: list[tuple[str, Found]] = field(default_factory=list)
    """Questions, each with what it was asked about."""
    hangs: bool = False
    """The sentence began with a condition."""
    hangs_next: bool = False
    """It was nothing but one."""
    still_open: set[int] = field(default_factory=set)
    """Tasks that were said not to be done yet."""
    kept: list[int] = field(default_factory=list)
    whole: Whole = field(default_factory=Whole)
    named: dict[int, str] = field(default_factory=dict)
    """The tasks that were named by their numbers, each with the words in which it stands."""
    withdrawn: set[int | None] = field(default_factory=set)
    """Tasks that were closed first, and then not."""
    unread: str = ""
    """With what begins that is not read any more."""
    line: str = ""
    """The reply's own line of which the sentence was made."""
    sentences: int = 0
    chars: int = 0

    def turn_to(self, section: Section) -> None:
        """Begin an answer: "it" is the task under whose line it stands."""
        old = self.memory
        self.memory = Memory(
            asked=section.asked,
            previous=section.about,
            mentioned=old.mentioned,
            denied=old.denied,
            closed=old.closed,
        )

    def read(self, sentence: str, line: str) -> None:
        """Add what `sentence` asks, which was made of the reply's own `line`; nothing once too much was read."""
        if self.unread:
            return
        self.line = line
        self.sentences, self.chars = self.sentences + 1, self.chars + len(sentence)
        if self.sentences > _MOST_SENTENCES or self.chars > _MOST_CHARS:
            self.unread = sentence[:LONGEST_ECHO]
            return
        if len(sentence) > LONGEST_COMMAND:
            # What was read of half a sentence could be turned round by its other half.
            self._lose_words(sentence)
            return
        asked = self.memory.asked
        sentence = booked_under(swapped(put_wishes_plainly(without_politeness(sentence)), asked), asked)
        sentence = headed(sentence, asked)
        self.hangs, self.hangs_next = self.hangs_next or begins_so(fold(sentence)), stands_alone(sentence)
        tasks = self.memory.asked.tasks
        things = {int(one) for task in tasks for one in re.findall(r"\d{1,6}", f"{task.title} {task.patient}")}
        places = {place for task in tasks for place in places_in(f"{task.title} {task.patient}")}
        names = {name for person in asked.people for name in fold(person.name).split()}
        text = find_numbers(sentence, {task.number for task in tasks}, things, places, names)
        if doubted := doubted_by(text, self.memory):
            self._ask(left_open(doubted, typed(sentence, line)))
            return
        self.memory.denied.update(taken_out(text))
        for piece in apart(replace(text, plain=mended(text.plain)), self.alone):
            for clause in clauses(piece, self.memory):
                self.take(clause)

    def alone(self, text: Text) -> Found | None:
        """Return what `text` asks if nothing stands beside it."""
        return found_in(clause_of(text, len(text.plain), self.memory))

    def take(self, clause: Clause) -> None:
        self.hangs = self.hangs or begins_so(clause.full.plain)
        found = of_its_own(of_the_whole(weighed(found_in(clause), clause, hangs=self.hangs), clause), clause)
        found = tailed(found, clause)
        self._oppose(found, clause)
        self.whole.hear(found, clause)
        self.memory.said.append(clause.full.own)
        self.named.update(dict.fromkeys(clause.full.known, typed(clause.full.own, self.line)))
        if found is None:
            found = None if is_courtesy(clause.full.plain) else read_remark(clause) or read_open_end(clause)
            if found is None:
                self._lose(clause)
                if len(clause.full.plain.split()) > _SHORT:
                    # "Somebody has to do the ride, give it to Fern": "it" is none of what was spoken of before.
                    self.memory.previous = spoken_of(clause.full, clause)
                return
        found = self._doubted(found if says_anything(found) else read_open_end(clause) or found, clause)
        if not found.is_understood:
            self._lose(clause)
        if found.takes_back is not None:
            self._take_back(found.takes_back)
        found = replace(found, operations=tuple(as_written(one, self.line) for one in found.operations))
        self._ask(found)
        self.operations.extend(found.operations)
        if found.denies:
            self.memory.denied.update(found.about)
        if found.about:
            self.memory.previous = spoken_of_in(found, clause)
        self.memory.mentioned.update(found.about, clause.full.known)
        self.memory.learn(found.operations)
        self.memory.named = found.about if found.is_name else ()

    def _oppose(self, found: Found | None, clause: Clause) -> None:
        """Keep in mind what one clause says against another: both cannot be obeyed."""
        closing = {one.number for one in found.operations if one.op in {"done", "drop"}} if found else set()
        undone = {one.number for one in found.operations if one.op == "reopen"} if found else set()
        closed = {one.number for one in self.operations if one.op in {"done", "drop"}}
        if found is None or found.takes_back is None:
            self.memory.denied.update(set(contradicted(clause, closed - closing - undone)))
        if not is_turned(clause.full.plain):
            self.memory.denied.update(number for number in closing if number in self.still_open and number)
        if not closing and is_open_still(clause.full.plain):
            self.still_open.update(clause.full.known)

    def _doubted(self, found: Found, clause: Clause) -> Found:
        """Return the question that remains of an "all done" beside words that were not understood."""
        closed = tuple(one.number for one in found.operations if one.op in {"done", "drop"} and one.number)
        if not closed or clause.full.numbers or found.kept:
            return found
        ask = asked_of_whole(found, clause, typed(clause.head.own, self.line), is_lost=bool(self.lost))
        return found if ask is None else Found(ask=ask, kept=closed)

    def _ask(self, found: Found) -> None:
        """Put the question that is left; what we say to have left open is no more closed by what stood before."""
        self.kept.extend(found.kept)
        if found.ask is None:
            return
        self.asks.append((found.ask, found))
        if not found.operations or not found.choices:
            self._withdraw({*found.kept})

    def _believe_promises(self) -> None:
        """Leave open what is still promised beside its "done": "4 done, will do it tomorrow"."""
        ended = {one.number for one in self.operations if one.op in {"done", "drop"} and one.number}
        acks = [one for one in self.operations if one.op == "acknowledge" and one.number in ended]
        promised = [one for one in acks if one.until or promises(fold(one.line))]
        for one in promised:
            self._ask(left_open((one.number or 0,), one.line))
        self.operations.extend(promised)

    def _lose(self, clause: Clause) -> None:
        own = clause.full.own.strip()
        if clause.full.numbers:
            # "It" means no longer what was spoken of before.
            self.memory.previous = ()
        if own and not is_courtesy(clause.full.plain):
            self._lose_words(own)

    def _lose_words(self, words: str) -> None:
        self.lost[words] = typed(words, self.line)

    def _take_back(self, numbers: tuple[int, ...]) -> None:
        last = self.memory.last
        # "done 12, no wait 4": what is taken back is the 12.
        if not any(one.number in numbers for one in self.operations):
            numbers = ()
        self._keep_only(
            [
                one
                for one in self.operations
                if (one.number not in numbers if numbers else not any(one is old for old in last))
            ]
        )

    def _withdraw(self, numbers: set[int]) -> None:
        self._keep_only([one for one in self.operations if one.op not in _CLOSES or one.number not in numbers])

    def _keep_only(self, operations: list[Operation]) -> None:
        closed = {one.number for one in self.operations if one.op in _CLOSES}
        self.operations = operations
        left = {one.number for one in operations if one.op in _CLOSES and one.number}
        self.withdrawn |= closed - left
        self.memory.closed = frozenset(left)

    def reading(self) -> ReplyReading:
        """Return what all of it asks; what it says twice once, and what it contradicts as a question."""
        self._settle()
        assigned = {one.number for one in self.operations if one.op == "assign"}
        # A task that is handed back needs no question where the reply names a new owner.
        asks = [ask for ask in self.asks if not ask[1].refused or not assigned.issuperset(ask[1].refused)]
        touched = {one.number for one in self.operations}
        # "Vance cancelled. Drop both": what the first words left open the next ones told.
        asks = [ask for ask in asks if not ask[1].choices or not touched.issuperset(ask[1].choices)]
        ended = {one.number for one in self.operations if one.op in {"done", "drop"}}
        # "The scan was approved, so 1 is done": what was asked after the first words the next ones answer.
        asks = [ask for ask in asks if not ask[1].kept or not ended.issuperset(ask[1].kept)]
        asks = [ask for ask in asks if not ask[1].is_name or touched.isdisjoint(ask[1].about)]
        reopened = {one.number for one in self.operations if one.op == "reopen"}
        asks = [ask for ask in asks if not ask[1].about or not reopened.issuperset(ask[1].about)]
        wondering = [one for one in self.operations if one.op == "question" and one.number in self.withdrawn]
        if wondering and not asks:
            number = wondering[0].number or 0
            self.operations = [one for one in self.operations if one not in wondering]
            ask = f"You took back what you said of #{number}, so I left it open. If it is done, write: done {number}"
            asks = [(ask, Found(about=(number,), kept=(number,)))]
        if not asks and not self.operations and (left := asked_of(self.lost, self.memory.asked.shown)) is not None:
            asks = [(left, Found())]
        missing = [number for _, found in asks for number in found.unknown]
        if asks and asks[0][1].unknown and len(missing) > 1:
            asks = [(unknown_numbers(missing, self.memory.asked), asks[0][1])]
        if any(one.op in {"help", "list"} for one in self.operations):
            # "How does this work, what do I write?" asks for one thing.
            self.operations = [one for one in self.operations if one.op != "question" or one.number]
        silent = unspoken(self.named, self.operations, self.asks, self.lost, {*self.kept, *self.memory.denied})
        settled = ended.union(*(ask[1].kept for ask in asks[:1]))
        return ReplyReading(
            operations=tuple(self.operations)[:_MOST_CLAUSES],
            not_understood=(*self.lost.values(), *silent),
            # What is asked beyond is as good as unread: none of it is done, and that is said.
            unread=next((one.line for one in self.operations[_MOST_CLAUSES:]), self.unread),
            ask=asks[0][0] if asks else None,
            about=(asks[0][1].about or asks[0][1].kept) if asks else (),
            # What is asked about is not told twice.
            kept=tuple(dict.fromkeys(number for number in self.kept if number not in settled)),
        )

    def _settle(self) -> None:
        """Take out what the reply itself contradicts, and what it says twice."""
        self._believe_promises()
        done, dropped, goes_on = (
            {one.number for one in self.operations if one.op in ops} for ops in ({"done"}, {"drop"}, GOES_ON)
        )
        torn = (done & self.memory.denied) | (done & dropped) | ((done | dropped) & goes_on)
        torn |= self.whole.torn & (done | dropped)
        if torn:
            about = tuple(sorted(number for number in torn if number))
            named = ", ".join(f"#{number}" for number in about)
            ask = f"You say two things about {named}, so I left it as it is. What holds?"
            self.asks.insert(0, (ask, Found(about=about)))
            self.operations = [one for one in self.operations if one.number not in torn]
        # What is told beside a "done" stands in the reply, which the task keeps.
        ended = {one.number for one in self.operations if one.op in {"done", "drop"}}
        put_off = {one.number for one in self.operations if one.op == "snooze"}
        notes = [one for one in self.operations if one.op == "note"]
        idle = [one for one in notes if one.number in put_off and _WAITS.fullmatch(fold(one.text))]
        idle += [one for one in notes if one.number in ended]
        self.operations = [one for one in self.operations if one not in idle]
        # "Who has 9, me or Estelle?" is one question.
        follows = {id(after) for before, after in pairwise(self.operations) if before.op == after.op == "question"}
        self.operations = [one for one in self.operations if one.number or id(one) not in follows]
        latest: dict[tuple[object, ...], Operation] = {}
        for one in self.operations:
            key = (one.op, one.number, one.text if one.op == "note" else one.title)
            latest[key] = one
        self.operations = list(latest.values())
