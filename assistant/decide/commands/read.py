"""A reply's words -> the commands in them, the lines that were not understood, and at most one question to put back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assistant.decide.commands.arguments import DATE, WEEKDAY
from assistant.decide.commands.choices import chosen, torn_between, which
from assistant.decide.commands.clauses import own_lines, sentences
from assistant.decide.commands.forms import clause_of, found_in
from assistant.decide.commands.forms_handing import spoken_of
from assistant.decide.commands.forms_other import read_remark
from assistant.decide.commands.found import Clause, Found, ranges
from assistant.decide.commands.inline import Section, sections
from assistant.decide.commands.labels import together
from assistant.decide.commands.likeness import mended
from assistant.decide.commands.numbers import find_numbers
from assistant.decide.commands.one_touch import without_links
from assistant.decide.commands.pieces import apart
from assistant.decide.commands.reply import Operation, ReplyContext, ReplyReading
from assistant.decide.commands.shorthand import plainly, written_out
from assistant.decide.commands.slips import legible
from assistant.decide.commands.subjects import Memory
from assistant.decide.commands.text import SIGN, Text, fold
from assistant.decide.commands.words import ALL, COURTESY, EXCEPT, LEAD, REST, SAYS_DONE, doubt, is_courtesy

_BREAK = re.compile(
    r"\s*(?:[,;]|\s/(?=\s)|\s-{1,2}(?=\s)|(?<=\s)(?:but|pero)(?=\s(?:not |the |no |el )?§)|"
    r"(?<=\s)(?:so|asi que|por eso)(?=\s(?:(?:please |pls )?(?:forget|drop|cancel|close|give|move|push|snooze|"
    r"reopen|mark) )?"
    r"(?:the |la |el |las |los )?§)|"
    r"(?<=\s)(?:and|y|then|also|plus|luego|&)(?=\s))\s*"
)
# "Monday, Feb 16" is one day.
_DAY_ENDS = re.compile(rf"\b(?:{WEEKDAY})$")
_DATE_NEXT = re.compile(DATE)
_SPARES = re.compile(rf"\b(?:{ALL}|{REST}|{EXCEPT})(?!\w)")
_BARE_VERB = re.compile(rf"[a-z]+(?: [a-z]+)?\s+-{{1,2}}\s+{SIGN}")
_ONLY_NUMBERS = re.compile(rf"[\s:,-]*(?:(?:the|task|el|la|los|las)\s+)?{SIGN}*[\s:,-]*")
_POLITE = re.compile(r"(?:can|could|would|will) (?:you|we)|please|pls|puedes|podrias")
_SOME = re.compile(r"\b(?:some|most|many|few|couple|half|part|one|several|algun[oa]s?|varias|unas|mayoria|mitad)\b")
_GOES_ON = frozenset({"due", "snooze", "assign"})
"""What is asked of a task that is not at its end."""
_KEEPS = frozenset({*_GOES_ON, "priority", "acknowledge"})
_LONGEST_COMMAND = 1000
_LONGEST_ECHO = 200
_SHORT = 3
_MOST_CLAUSES = 120


def read_reply(words: str, asked: ReplyContext) -> ReplyReading:
    """Return what `words`, a reply's own text without its quotes, ask for.

    Only plain words change anything: what can be read in two ways changes nothing and becomes a question.
    """
    choice = chosen(words, asked)
    if choice == "":
        return ReplyReading(kept=asked.shown)
    words = choice or without_links(words)
    reader = _Reader(memory=Memory(asked=asked))
    for section in sections(words, asked):
        reader.turn_to(section)
        for sentence in _sentences(section.words, section.asked):
            reader.read(sentence)
    reading = reader.reading()
    torn = None if choice else torn_between(reading.operations, words, asked)
    return reading if torn is None else ReplyReading(ask=which(torn), about=asked.shown)


def _sentences(words: str, asked: ReplyContext) -> Iterator[str]:
    for line in together(own_lines(words, asked.person)):
        for said in written_out(legible(line), asked):
            yield from filter(None, (plainly(sentence, asked) for sentence in sentences(said)))


def _clauses(sentence: Text, memory: Memory) -> Iterator[Clause]:
    """Give the commands of a sentence, each with the remark that follows it.

    A part between commas opens a new command where it reads as one by itself; otherwise it belongs to the one before.
    """
    text = _without_courtesy(sentence)
    while text.plain:
        breaks = list(_breaks(text))
        head_end = breaks[0][0] if breaks else len(text.plain)
        head = text.cut(0, head_end)
        imagined = _imagined(clause_of(head, head_end, memory))
        whole = (len(text.plain), len(text.plain))
        stop, next_start = next((at for at in breaks if _opens(text.cut(at[1]), imagined, head)), whole)
        full = _without_courtesy(text.cut(0, stop))
        yield clause_of(full, min(head_end, len(full.plain)), memory)
        text = _without_courtesy(text.cut(next_start))


def _breaks(text: Text) -> Iterator[tuple[int, int]]:
    """Give the places at which a command may end and the next begin.

    A number alone is no command: "9 - almost there" is one piece, and so is "done - 2". "But" divides only where it
    stands between two tasks: "everything but 5" is one piece.
    """
    for match in _BREAK.finditer(text.plain):
        before = text.plain[: match.start()]
        if not before or _ONLY_NUMBERS.fullmatch(before) or _BARE_VERB.fullmatch(text.plain[: match.end() + 1]):
            continue
        if _DAY_ENDS.search(before) and _DATE_NEXT.match(text.plain, match.end()):
            continue
        is_but = "but" in match[0] or "pero" in match[0]
        if is_but and (SIGN not in before or _SPARES.search(before)):
            continue
        yield match.span()


def _imagined(head: Clause) -> Memory:
    """Return what will have been said once `head` is read: what "it" means after a comma."""
    found = found_in(head) or Found()
    return replace(head.memory, previous=_spoken_of(found, head) or head.memory.previous, last=found.operations)


def _spoken_of(found: Found, clause: Clause) -> tuple[int, ...]:
    """Return what "it" means afterwards: of "all done except 4" the 4."""
    spared = clause.full.known
    return spared if spared and found.operations and set(spared) == set(found.kept) else found.about


def _opens(text: Text, memory: Memory, before: Text) -> bool:
    """True where the words after a comma are a command of their own."""
    text = _without_courtesy(text)
    head_end = next((start for start, _ in _breaks(text)), len(text.plain))
    clause = clause_of(text.cut(0, head_end), head_end, memory)
    found = found_in(clause)
    if found is None:
        return False
    # "9: waiting for the signature, then done": a bare "done" does not outweigh the doubt before it.
    if (
        not clause.head.numbers
        and doubt(before.plain) is not None
        and any(one.op == "done" for one in found.operations)
    ):
        return False
    has_number = bool(clause.head.numbers)
    if not has_number and _closes_by_words(found, memory, before):
        return False
    if all(one.op == "note" for one in found.operations) and found.operations:
        return has_number
    return bool(found.operations) or found.takes_back is not None or bool(found.refused) or has_number


def _closes_by_words(found: Found, memory: Memory, before: Text) -> bool:
    """Return whether a remark behind a number's command would close a task by what it tells.

    "Hand 14 to Kelly, she has the list" and "12 first, the case is at 7:30" tell why; after "12 done" more results
    follow.
    """
    if not before.numbers or any(one.op == "done" for one in memory.last):
        return False
    named = {*before.known, *memory.previous}
    closing = {one.number for one in found.operations if one.op in {"done", "drop"}}
    is_kept = not memory.last or any(
        one.op in {"assign", "snooze", "due", "priority", "acknowledge"} for one in memory.last
    )
    return bool(closing - named) or (is_kept and any(one.op == "done" for one in found.operations))


def _without_courtesy(text: Text) -> Text:
    """Return the text without "please" before it and "thanks" after it; "can you ...?" asks for a deed."""
    start, is_polite = 0, False
    while (lead := LEAD.match(text.plain, start)) is not None and lead.end() > start:
        is_polite = is_polite or _POLITE.match(lead[0]) is not None
        start = lead.end()
    end = len(text.plain)
    if is_polite and text.plain.endswith("?"):
        end -= 1
    tail = COURTESY.search(text.plain, start, end)
    return text.cut(start, tail.start() if tail else end)


@dataclass(slots=True, kw_only=True)
class _Reader:
    """What has been gathered of one reply."""

    memory: Memory
    operations: list[Operation] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    asks: list[tuple[str, Found]] = field(default_factory=list)
    """Questions, each with what it was asked about."""
    kept: list[int] = field(default_factory=list)

    def turn_to(self, section: Section) -> None:
        """Begin an answer: "it" is the task under whose line it stands."""
        old = self.memory
        self.memory = Memory(asked=section.asked, mentioned=old.mentioned, denied=old.denied)

    def read(self, sentence: str) -> None:
        if len(sentence) > _LONGEST_COMMAND:
            # What was read of half a sentence could be turned round by its other half.
            self.lost.append(sentence[:_LONGEST_ECHO])
            return
        text = find_numbers(sentence, {task.number for task in self.memory.asked.tasks})
        for piece in apart(replace(text, plain=mended(text.plain)), self.alone):
            for clause in _clauses(piece, self.memory):
                self.take(clause)

    def alone(self, text: Text) -> Found | None:
        """Return what `text` asks if nothing stands beside it."""
        return found_in(clause_of(text, len(text.plain), self.memory))

    def take(self, clause: Clause) -> None:
        found = found_in(clause)
        self.memory.said.append(clause.full.own)
        if found is None:
            found = None if is_courtesy(clause.full.plain) else read_remark(clause)
            if found is None:
                self._lose(clause)
                if len(clause.full.plain.split()) > _SHORT:
                    # "Somebody has to do the ride, give it to Fern": "it" is none of what was spoken of before.
                    self.memory.previous = spoken_of(clause.full, clause)
                return
        found = self._doubted(found, clause)
        if not found.is_understood:
            self._lose(clause)
        if found.takes_back is not None:
            self._take_back(found.takes_back)
        self.operations.extend(found.operations)
        self.kept.extend(found.kept)
        if found.ask is not None:
            self.asks.append((found.ask, found))
        if found.denies:
            self.memory.denied.update(found.about)
        if found.about:
            self.memory.previous = _spoken_of(found, clause)
        self.memory.mentioned.update(found.about, clause.full.known)
        self.memory.last = found.operations
        self.memory.named = found.about if found.is_name else ()

    def _doubted(self, found: Found, clause: Clause) -> Found:
        """Return the question that remains of an "all done" behind words that were not understood."""
        closed = tuple(one.number for one in found.operations if one.op in {"done", "drop"} and one.number)
        if len(closed) <= 1 or not self.lost or clause.full.numbers or len(closed) < len(self.memory.asked.listed):
            return found
        ask = f"Do you mean the whole list? To be sure, please write: done {ranges(closed)}"
        return Found(ask=ask, kept=closed)

    def _lose(self, clause: Clause) -> None:
        own = clause.full.own.strip()
        if clause.full.numbers:
            # "It" means no longer what was spoken of before.
            self.memory.previous = ()
        if own and not is_courtesy(clause.full.plain):
            self.lost.append(own[:_LONGEST_ECHO])

    def _take_back(self, numbers: tuple[int, ...]) -> None:
        last = self.memory.last
        # "done 12, no wait 4": what is taken back is the 12.
        if not any(one.number in numbers for one in self.operations):
            numbers = ()
        self.operations = [
            one
            for one in self.operations
            if (one.number not in numbers if numbers else not any(one is old for old in last))
        ]

    def reading(self) -> ReplyReading:
        self._settle()
        assigned = {one.number for one in self.operations if one.op == "assign"}
        # A task that is handed back needs no question where the reply names a new owner.
        asks = [ask for ask in self.asks if not ask[1].refused or not assigned.issuperset(ask[1].refused)]
        touched = {one.number for one in self.operations}
        asks = [ask for ask in asks if not ask[1].is_name or touched.isdisjoint(ask[1].about)]
        said = [own for own in self.lost if _SOME.search(fold(own)) and SAYS_DONE.search(fold(own))]
        if said and not asks and not self.operations:
            asks = [
                (f"Which tasks are done? I could not tell from “{said[0][:60]}”. Please write their numbers.", Found())
            ]
        changed = {one.number for one in self.operations if one.op in {"done", "drop"}}
        return ReplyReading(
            operations=tuple(self.operations)[:_MOST_CLAUSES],
            not_understood=tuple(self.lost),
            ask=asks[0][0] if asks else None,
            about=(asks[0][1].about or asks[0][1].kept) if asks else (),
            kept=tuple(dict.fromkeys(number for number in self.kept if number not in changed)),
        )

    def _settle(self) -> None:
        """Take out what the reply itself contradicts, and what it says twice."""
        done, dropped, goes_on = (
            {one.number for one in self.operations if one.op in ops} for ops in ({"done"}, {"drop"}, _GOES_ON)
        )
        torn = (done & self.memory.denied) | (done & dropped) | ((done | dropped) & goes_on)
        if torn:
            about = tuple(sorted(number for number in torn if number))
            named = ", ".join(f"#{number}" for number in about)
            ask = f"You say two things about {named}, so I left it as it is. What holds?"
            self.asks.insert(0, (ask, Found(about=about)))
            self.operations = [one for one in self.operations if one.number not in torn]
        # What is told beside a "done" stands in the reply, which the task keeps.
        ended = {one.number for one in self.operations if one.op in {"done", "drop"}}
        self.operations = [one for one in self.operations if one.op != "note" or one.number not in ended]
        latest: dict[tuple[object, ...], Operation] = {}
        for one in self.operations:
            key = (one.op, one.number, one.text if one.op == "note" else one.title)
            latest[key] = one
        self.operations = list(latest.values())
