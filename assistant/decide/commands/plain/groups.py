"""A sentence that names a patient's tasks together ("Lena's two", "all for Vance") -> the same with their numbers.

Where it counts more or fewer of them than there are, nothing is put in, and it is asked which are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.matching.meaning import names_of
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.doubts import is_question
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import DROP, GIVE, MOVE, SAYS_DONE, SNOOZE
from assistant.records import Task

_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
_CUENTAS = ("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")
_PAIR = 2
_LONGEST = 1000
_N = rf"(?P<n>{'|'.join((*_COUNTS, *_CUENTAS))}|[2-9]|couple|pair)"
_THINGS = (
    r"(?:ones|tasks|items|things|stuff|list|to-?dos|requests|reminders|entries|orders and all|pair|tareas|cosas|"
    r"pendientes|asuntos)"
)
_OF = r"(?:for|of|about|on|with|re|regarding|under|from|belonging to|de|del|para|sobre)"
_THE = (
    r"(?:(?:the|my|our|this|that|these|those|la|el|los|las|familia|family|mr|mrs|ms|miss|dr|sra?|senora|senor|dra|"
    r"don|dona|patient|paciente)\.? )*"
)
_S = r"(?:'s|s'|')?"
_OPEN = r"(?:(?:still |currently )?(?:open|remaining|pending) )?"
_ALL = r"(?P<q>both|all|everything|every ?thing|every last one|every one|ambas|ambos|tod[oa]s?)"
# What may follow; another noun would make a thing of the patient's of it: "Lena's two daughters".
_AFTER = (
    r"(?=\s*(?:$|[,.;:!)>✓👍=-])|\s+(?:is|are|was|were|has|have|can|may|should|must|need|needs|to|go|goes|got|get|both|"
    r"all|done|finished|completed?|closed|handled|resolved|sorted|taken|off|until|till|til|for|by|due|on|over|out|now|"
    r"please|pls|next|too|because|since|as|except|but|apart|aside|besides|minus|save|excluding|with the exception|"
    r"not|today|tomorrow|this|urgent|high|normal|critical|low|and|y|or|"
    r"mon|tue|wed|thu|fri|sat|sun|ya|esta|estan|quedo|quedaron|hech[oa]s?|list[oa]s?|a|al|para|hasta|menos|excepto|"
    r"salvo|pasal[oa]s?|muevel[oa]s?|dasel[oa]s?|son|va|van|monday|tuesday|wednesday|thursday|friday)\b)"
)
_HIS = r"(?P<his>his|hers?|theirs?|him|el|ella|ellos|suy[oa]s?)"
_NOT_ALL = re.compile(
    r"\b(?:not|nearly|almost|practically|hardly|barely|no|casi|(?:one|some|most|half|part|any|either|neither|none|"
    r"a few|several|un[oa]|algun[oa]s?|ningun[oa]|la mitad|parte) (?:of|de))\s*$"
)
# At the end of a patient's stay, to close out their things is to drop them: that is read where it is told.
_CLOSE_OUT = re.compile(r"\b(?:close|clear)(?: out| up| off)?\s*$")
_COMMAND = re.compile(
    rf"{SAYS_DONE.pattern}|(?<!\w)(?:{DROP}|{SNOOZE}|{MOVE}|{GIVE}|take|takes|taking|goes|go|pass|to|until|til|till|"
    r"has|have|handles?|handling|cover(?:s|ing)?|owns?|gets?|on it|ack|acknowledge|reopen|urgent|critical|stat|"
    r"high|normal|priority|off|close|close out|clear|mark|except|but|remind|encarga|toma|dal[ea]s?|pasal[oa]s?|"
    r"cierra|pon)(?!\w)|->|>"
)
_ENDED_OR_GONE = re.compile(rf"{SAYS_DONE.pattern}|(?<!\w)(?:{DROP}|close|clear|mark)(?!\w)")
_REASON = re.compile(
    rf"(?P<why>(?:\S+ ){{1,24}}?\S+?)(?:[\s,;-]+(?:so|and so|therefore|asi que|por lo que|por eso)|[,;]|\s-+)\s+"
    rf"(?:(?:please|pls|you can|you may|we can|go ahead and|just|now|kindly|por favor|puedes)\s+)*"
    rf"(?P<verb>(?:{DROP}|{SNOOZE}|{MOVE}|{GIVE}|take) )"
)
_THING_FOR = re.compile(
    r"(?<!\w)(?:the|that) (?:thing|one|task|item|request) (?:for|about|of|on|with) (?:(?:mr|mrs|ms|miss)\.? )?"
    r"(?P<who>[a-z'-]{2,30})(?=\s*(?:$|[,.;:!()]|\b(?:today|yesterday|already|now|this morning)\b))"
)
_DID = re.compile(r"\b(?:did|finished|completed|closed|handled|took care of|done with|knocked out)\s*$")
_MASCULINE = re.compile(r"\b(?:mr|sr|don|senor)\b")
_FEMININE = re.compile(r"\b(?:mrs|ms|miss|sra|dona|senora)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Some tasks that a sentence names together, with where it does; torn where its count is not theirs."""

    start: int
    end: int
    numbers: tuple[int, ...]
    is_torn: bool = False


def grouped(sentence: str, before: str, asked: ReplyContext) -> str:
    """Return the sentence with the numbers put for each group that it plainly names; `before` was said before it.

    "Snooze Lena's two until friday" gives "Snooze #44, #45 until friday".
    """
    for group in reversed(list(_groups(sentence, before, asked))):
        if not group.is_torn:
            numbers = ", ".join(f"#{number}" for number in group.numbers)
            sentence = f"{_parted(sentence[: group.start])}{numbers}{sentence[group.end :]}"
    return sentence


def _parted(words: str) -> str:
    """Return what stands before a group with its command parted from the reason that it gives: "she died so drop"."""
    match = _REASON.fullmatch(fold(words))
    return words if match is None else f"{words[: match.end('why')]}; {words[match.start('verb') :]}"


def read_torn_group(clause: Clause) -> Found | None:
    """Read "her two are done", where she has three tasks: a question."""
    full = clause.full
    if full.numbers or is_question(full.plain):
        return None
    torn = next((one for one in _groups(full.own, " ".join(clause.memory.said), clause.asked) if one.is_torn), None)
    if torn is None:
        return None
    named = ", ".join(f"#{number}" for number in torn.numbers)
    ask = f"“{full.own[torn.start : torn.end][:40]}” may be any of {named}. Please write the numbers that you mean."
    return Found(ask=ask, kept=torn.numbers, about=torn.numbers)


def _groups(sentence: str, before: str, asked: ReplyContext) -> Iterator[_Group]:
    plain = fold(sentence)
    if len(sentence) > _LONGEST:
        return
    names = frozenset(name for task in asked.listed for name in names_of(task))
    colleagues = frozenset(name for one in asked.people for name in fold(one.name).split()) - names
    yield from _single(plain, names, asked)
    if _COMMAND.search(plain) is None:
        return
    past = 0
    for start, end, match in sorted(_named(plain, names | colleagues), key=lambda one: (one[0], -one[1])):
        if start < past or _NOT_ALL.search(plain, 0, start) is not None:
            continue
        told = match.groupdict()
        if told.get("his"):
            is_read = _CLOSE_OUT.search(plain, 0, start) is not None
            numbers = () if is_read else _theirs(f"{before} {sentence[:start]}", told["his"], asked)
        else:
            numbers = _whose(told["who"] or "", plain, asked)
        count = _count(told)
        if not numbers or (len(numbers) == 1 and not told.get("q")):
            continue
        past = end
        is_torn = count is not None and count != len(numbers)
        yield _Group(start=start, end=end, numbers=numbers, is_torn=is_torn)


def _single(plain: str, names: frozenset[str], asked: ReplyContext) -> Iterator[_Group]:
    """Give "the thing for Amira", said to be done, where she has one task."""
    for match in _THING_FOR.finditer(plain):
        word = match["who"]
        theirs = [task.number for task in asked.listed if word in names and word in names_of(task)]
        if len(theirs) == 1 and _DID.search(plain, 0, match.start()):
            yield _Group(start=match.start(), end=match.end(), numbers=tuple(theirs))


def _named(plain: str, names: frozenset[str]) -> Iterator[tuple[int, int, re.Match[str]]]:
    # Patterns for all who have tasks would be made anew for each reply: 30 ms. Most replies name nobody.
    for form in (*_forms(frozenset(name for name in names if name in plain)), *_PRONOUNS):
        for match in form.finditer(plain):
            yield match.start("g"), match.end("g"), match


@lru_cache(maxsize=256)
def _forms(names: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """Return how tasks may be named by whose they are, for these names."""
    if not names:
        return ()
    name = "|".join(sorted((re.escape(one) for one in names), key=len, reverse=True))
    who = rf"(?P<who>(?<![\w-])(?:{name})(?:[ ,](?:{name}))*)(?![\w-])"
    loose = rf"(?P<who>(?<![\w-])(?:{name})(?:[ ](?:{name}))*)(?:'s|s'|s|')?(?![\w-])"
    all_of = rf"{_ALL}(?: {_N})?(?: of)?(?: the| my| these| those| l[oa]s)*"
    return tuple(
        re.compile(form)
        for form in (
            (
                rf"(?<!\w)(?P<g>{all_of}(?: {_OPEN}{_THINGS})?(?: (?:that'?s|that is|that are|which are|i have|we have|"
                rf"you have|there is|open|left|lo))*(?: lo)? {_OF} {_THE}{who}{_S}(?: {_THINGS})?){_AFTER}"
            ),
            rf"(?<!\w)(?P<g>{_ALL}(?: {_N})?(?: of)? {_THE}{loose} {_OPEN}{_THINGS}){_AFTER}",
            rf"(?<!\w)(?P<g>{_ALL}(?: {_N})?(?: of)? {_THE}{who}(?:'s|s')){_AFTER}",
            rf"(?<!\w)(?P<g>{_THE}{who}(?:'s|s'|s|')? (?:(?P<q>both|all) )?(?!\d){_N}(?: {_OPEN}{_THINGS})?){_AFTER}",
            rf"(?<!\w)(?P<g>{_THE}{who}(?:'s|s'|')? {_OPEN}{_THINGS}){_AFTER}",
            (
                rf"(?<!\w)(?P<g>(?:the|l[oa]s) {_N}(?: {_OPEN}{_THINGS})?(?: that are| i have)? {_OF} {_THE}{who}{_S}"
                rf"(?: {_THINGS})?){_AFTER}"
            ),
            rf"(?<!\w)(?P<g>l[oa]s(?: {_THINGS})? (?:de|del) {_THE}{who}){_AFTER}",
            (
                rf"^\W*(?P<g>{_THE}{who}{_S}\s*(?:[:,]|-+)?\s*(?:(?:they'?re|they are|are|ya)\s)?(?P<q>both|"
                rf"all (?:of (?:them|it|hers|his|theirs)|(?=(?:{'|'.join(_COUNTS)})\b))|everything|the lot|ambas|ambos|"
                rf"todo|l[oa]s (?={'|'.join(_CUENTAS)}\b))(?:(?<= ){_N})?){_AFTER}"
            ),
        )
    )


_PRONOUNS = tuple(
    re.compile(form)
    for form in (
        (
            rf"(?<!\w)(?P<g>(?P<q>both|all|everything|todo|tod[oa]s|ambas)(?: {_N})?(?: lo| l[oa]s)?(?: (?:of|for|"
            rf"about|on|with|de|para))? {_HIS}(?: {_THINGS})?){_AFTER}"
        ),
        rf"(?<!\w)(?P<g>(?P<his>his|her|their|sus)(?: (?:whole|entire))?(?: {_N})(?: {_OPEN}{_THINGS})?){_AFTER}",
        rf"(?<!\w)(?P<g>(?P<his>his|her|their|sus)(?: (?:whole|entire))? {_OPEN}{_THINGS}){_AFTER}",
        rf"(?<!\w)(?P<g>(?P<q>todo lo|l[oa]s {_N}) (?:de )?(?P<his>suy[oa]s?|el|ella|ellos)){_AFTER}",
    )
)


def _whose(who: str, plain: str, asked: ReplyContext) -> tuple[int, ...]:
    """Return the listed tasks of the one patient called so; of a colleague only where nothing is closed."""
    words = {word for word in re.split(r"[ ,]", who) if word}
    theirs = [task for task in asked.listed if words <= names_of(task)]
    if theirs:
        return tuple(task.number for task in theirs) if _is_one(theirs) or f"los {who}" in plain else ()
    bearers = [one for one in asked.people if words <= set(fold(one.name).split())]
    if len(bearers) != 1 or _ENDED_OR_GONE.search(plain) is not None:
        return ()
    return tuple(task.number for task in asked.listed if task.owner and bearers[0].is_at(task.owner))


def _is_one(tasks: list[Task]) -> bool:
    """Return whether all the tasks are one patient's, however fully each names them."""
    names = sorted((names_of(task) for task in tasks), key=len)
    return all(one <= names[-1] for one in names)


def _theirs(before: str, his: str, asked: ReplyContext) -> tuple[int, ...]:
    """Return the tasks of the patient named last before "his"; none where two were."""
    for said in reversed(re.split(r"(?<=[.!?;])\s+", before)):
        words = {word.removesuffix("'s") for word in re.findall(r"[a-z0-9]+(?:['-][a-z0-9]+)*", fold(said))}
        numbers = {int(one) for one in re.findall(r"#(\d{1,6})", said)}
        named = [task for task in asked.listed if names_of(task) & words or task.number in numbers]
        if not named:
            continue
        full = [task for task in asked.listed if any(names_of(task) == names_of(one) for one in named)]
        agrees = all(_agrees(his, task.patient or "", said) for task in named)
        return tuple(task.number for task in full) if _is_one(named) and agrees else ()
    return ()


def _agrees(his: str, patient: str, said: str) -> bool:
    titled = fold(patient) + " " + " ".join(re.findall(r"\b(?:mrs?|ms|miss|sra?|don|dona|senora?)\b", fold(said)))
    if his in {"his", "him", "el"}:
        return _FEMININE.search(titled) is None
    return his not in {"her", "hers", "ella"} or _MASCULINE.search(titled) is None


def _count(told: dict[str, str | None]) -> int | None:
    said = told.get("n")
    if not said:
        return _PAIR if told.get("q") in {"both", "ambas", "ambos"} else None
    if said.isdigit():
        return int(said)
    counts = next((names for names in (_COUNTS, _CUENTAS) if said in names), None)
    return counts.index(said) + _PAIR if counts else _PAIR
