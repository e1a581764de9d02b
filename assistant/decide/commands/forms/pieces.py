"""A clause that tells several things of one number -> what each of its pieces asks, as if it stood alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.decide.commands.forms.days import HELD_ON
from assistant.decide.commands.forms.doubt import notes
from assistant.decide.commands.forms.portions import is_other_event
from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.reply import Operation
from assistant.decide.commands.wording.arguments import LEVEL, day_in, people_in
from assistant.decide.commands.wording.doubts import doubt
from assistant.decide.commands.wording.numbers import find_numbers
from assistant.decide.commands.wording.text import SIGN, Text, fold
from assistant.decide.commands.wording.words import CLOSE, DROP, GIVE, MOVE, REOPEN, SNOOZE, STRONG

Read = Callable[[Clause], Found | None]

_ABOUT = re.compile(rf"(?:(?:the|task|number|el|la|los|las|and|y)\s+){{0,2}}(?P<s>{SIGN}+)\s*[:,.>-]*\s*(?P<t>.+)")
_PART = re.compile(
    r"\s*(?:[,;:!]|\s-{1,2}(?=\s)|(?<=\s)(?:and|y|then|so|asi que|por eso|entonces|luego|pls|"
    r"please)(?=\s))\s*|"
    r"(?<!\bto)(?<!n't)(?<!\bnot)(?<!\bwe)(?<!\bi)(?<!\bcan)(?<!\bmay)(?<!ould)(?<!\bthey)(?<!\bhe)(?<!\bshe)(?<!\byou)"
    r"(?<!might)(?<!will)(?<!'ll)(?<!\bno)\s(?=(?:make|give|hand|pass|assign|cancel|drop|bump|push|move|"
    r"mark)\s(?:it|this|that)\s)"
)
_YES = (
    r"(?:(?:so|yes|yep|yup|yeah|si|ya|it'?s|is|now|all|that'?s|esta|and|y|ok|okay|finally|call it|mark it|as|"
    r"already|this is|now)\s+){0,4}"
)
_DONE = re.compile(rf"{_YES}(?:{STRONG}|i (?:did|have)|lo hice|la hice)(?: now| too| then| today)?")
_PLEASE = r"(?:(?:please|pls|just|so|you can|porfa|por favor)\s+){0,2}"
_TAIL = r"(?:\s+(?:please|pls|now|then|thanks|porfa|por favor|off|from (?:the|my) list|out))*"
_DROP = re.compile(
    rf"{_PLEASE}(?:cancel|drop|skip|remove|delete|scrap|cancela|borra|quita|elimina|descarta)(?:l[oa]s?|\s+(?:it|"
    rf"this|that))?{_TAIL}|(?:so )?(?:it'?s |it is |this is )?(?:no longer|not) needed(?: any ?more| any longer| now)?"
)
_REOPEN = re.compile(
    rf"{_PLEASE}(?:reopen|re-open|reabre|reabrel[oa]|abrel[oa] de nuevo|open (?:it )?(?:again|back up))(?:\s+(?:it|"
    rf"this|that))?{_TAIL}"
)
_LEVEL = re.compile(
    rf"{_PLEASE}(?:make|mark|bump|set|flag|raise|move|pon|ponl[oa]|marca|marcal[oa]|sube|subel[oa]|put|it'?s|is|es|"
    rf"now)"
    rf"(?:\s+(?:it|this|that|up|to|as|a|como|now))*\s+(?P<l>{LEVEL})(?: priority)?{_TAIL}"
)
_AGAIN = re.compile(
    rf"{_PLEASE}(?:(?:i'?ll|i will|will|let'?s|lets|gonna|i'd say|we can|voy a)\s+)?"
    r"(?:(?:check|try|look|call|remind me|ask me|ping me|nudge me|ask|recuerdame(?:l[oa])?|avisame|checar|revisar|"
    r"revisa)"
    r"(?:\s+(?:again|back|at it|it|on it|de nuevo|otra vez))*|snooze(?:\s+it)?|(?:can|it can) wait|"
    r"(?:is )?(?:on )?hold(?: off)?"
    r"(?: (?:per|por) [a-z. ]{2,20}?(?= (?:until|till|til|hasta)))?|"
    r"posponl[oa]|puede esperar)\s+(?P<d>.+)"
)
_SHALL = re.compile(
    r"(?:(?:i'?ll|i will|will|gonna|i'?m going to|we'?ll|voy a|lo)\s+)(?:\S+\s){1,4}?(?P<d>(?:(?:on|by|at|el|"
    r"para el)\s)?\S+(?:\s\S+){0,3})"
)
_MOVED = re.compile(
    r"(?:\S+\s){0,4}?(?:moved|pushed|rescheduled|bumped|postponed|delayed|changed|change(?: it)?|push(?: it)?|"
    r"move(?: it)?|"
    r"bump(?: it)?|"
    r"(?:is |now )?due|(?:make|set) it due|pasal[oa]|muevel[oa]|cambial[oa]|mejor|se paso|can (?:both |all )?(?:go|"
    r"move|slide))\s+"
    r"(?:(?:back|out|over)\s+)?(?P<d>(?:to |until |till |til |for |by |on |para |al |hasta |a |el )?.+)"
)
_GIVE_IT = re.compile(
    rf"{_PLEASE}(?:{GIVE}|pass|manda|pasa|da|asigna|encarga)(?:se)?(?:l[oa]s?|le)?(?:\s+(?:it|this|that|over|off|"
    rf"on))*\s+(?P<p>(?:to|a|al)\s+.+)"
)
_TO = re.compile(r"(?:(?:so|goes|now|go)\s+){0,2}(?P<p>(?:to|for|->|>|para|a)\s*[a-z].*)")
_TAKES = re.compile(
    r"(?:(?:so|now|"
    r"but)\s+){0,2}(?P<p>[a-z.']{2,20}(?: [a-z.']{2,20})?)\s+(?:[a-z' ]{2,40} and\s+)?(?:(?P<d>(?:did|finished|"
    r"completed|"
    r"took care of|"
    r"closed|hizo|termino)\s+(?:it|this|that|that one|this one))|"
    r"(?:can|will|should|is going to|is gonna)\s+(?:take|do|handle|have|get|cover|own|see to)\s+(?:care of\s+)?"
    r"(?:it|them|this|that|that one|this one)|(?:has|takes|gets|is taking|is doing|has got|owns|is on|keeps|is keeping|"
    r"took over|is handling|is covering)\s+(?:it|them|those|these|this|that|that one|this one)|se encarga|"
    r"l[oa]s? (?:ve|tiene|hace|lleva|trae|pide|toma|atiende)|l[oa]s? va a [a-z]{3,12})(?: now| instead| from here|"
    r" ahora)?|"
    r"(?:que )?(?:l[oa]s? )(?:hace|tiene|lleva|ve) (?P<r>[a-z.']{2,20}(?: [a-z.']{2,20})?)|"
    r"que (?:l[oa]s? )?(?:haga|lleve|tome|vea)n? (?P<q>[a-z.']{2,20}(?: [a-z.']{2,20})?)"
)
_AIM = re.compile(r"^(?:(?:to|until|till|til|for|by|on|->|>|para|al?|hasta|el)\s+|->\s*|>\s*)+", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:if|unless|when|once|in case|whether|might|may|maybe|perhaps|asks|asked|wonder|si|cuando|quizas?|tal vez|"
    r"or|could|would|should|wants?|wanted)\b|\?|\"|(?<!\w)'[a-z ]{2,12}'"
)
SCORN = re.compile(rf"(?<!\w)['\"](?:{STRONG})['\"]|\b(?:yeah right|whatever|sure sure|as if|totally)\b|[🙃🙄😒]")
_ENDS_OPEN = re.compile(
    r"(?:\b(?:of|as|to|and|or|with|for|by|until|till|than|about|from|not|but|after|before|if|when|once|in|on|at|de|"
    r"que|y|con|para|hasta|a|has|have|got|takes?|took|gets|owns|keeps|covers|handles|does|tienen?|lleva|hace|toma|ve)"
    r"|[#&+/-])$"
)
_GOES_ON = re.compile(r"(?:to|for|until|till|til|by|from|with|at|as|into|para|hasta|al?)\b")
"""How what belongs to the number before it begins: "drop 4 to normal and make 5 high"."""
# "12 done and snooze 14": the verb is the second one's.
_VERB_BEFORE = re.compile(
    rf"(?<!\w)(?:and|y|then|also|luego|tambien)\s+(?:{SNOOZE}|{DROP}|{MOVE}|{GIVE}|{CLOSE}|{REOPEN})\s+$"
)
_LONGEST_VERB = 48
_STILL = re.compile(
    rf"(?:(?:and|y|the|la|el|task) ){{0,2}}{SIGN}+\s*[:-]?\s*(?:(?:is|are|was|esta|se) )?(?:not|isn't|wasn't|hasn't|no|"
    r"incomplete|unfinished|undone|pending|todavia no|aun no|pendiente)\b(?: [a-z]+){0,2}"
)
_LEAST_NOTED = 3
_CLEAR = frozenset({"done", "snooze", "due", "assign", "drop", "priority", "reopen", "acknowledge"})


def apart(text: Text, read: Callable[[Text], Found | None]) -> tuple[Text, ...]:
    """Return the commands of a sentence without a comma: "21 done 22 done 23 tomorrow".

    It is divided only where every piece is a command by itself.
    """
    if len(text.numbers) < len(("one", "other")):
        return (text,)
    starts = [_article(text.plain, one.start) for one in text.numbers]
    ends = [one.end for one in text.numbers]
    cuts = [0, *ends[:-1]] if text.plain.strip()[:1].isalpha() and starts[0] > 0 else starts
    if cuts is starts and text.plain[: starts[0]].strip():
        return (text,)
    pieces = [text.cut(start, end).trimmed() for start, end in zip(cuts, [*cuts[1:], len(text.plain)], strict=True)]
    if any(_GOES_ON.match(piece.plain) for piece in pieces[1:]):
        return (text,)
    clear = [_is_clear(piece, read) for piece in pieces]
    is_divided = any(clear) and all(sure or _is_open(piece, read) for sure, piece in zip(clear, pieces, strict=True))
    return tuple(pieces) if is_divided else (text,)


def _article(plain: str, start: int) -> int:
    found = re.search(r"(?:(?:the|task|el|la|los|las|and|y|then)\s+){1,3}$", plain[:start])
    start = found.start() if found else start
    verb = _VERB_BEFORE.search(plain[max(0, start - _LONGEST_VERB) : start])
    return start - len(verb[0]) if verb else start


def _is_open(piece: Text, read: Callable[[Text], Found | None]) -> bool:
    """Return whether a piece says of its number that it is still open: the second of "21 sent 22 not sent"."""
    if _STILL.fullmatch(piece.plain) is None or len(piece.numbers) != 1 or piece.unknown:
        return False
    found = read(piece)
    return found is None or not any(one.op in _CLEAR for one in found.operations)


def _is_clear(piece: Text, read: Callable[[Text], Found | None]) -> bool:
    # Commas divide by themselves.
    if re.search(r"[,;]", piece.plain) or _ENDS_OPEN.search(piece.plain) or len(piece.numbers) != 1 or piece.unknown:
        return False
    found = read(piece)
    if found is None or found.ask is not None or not found.is_understood or found.takes_back is not None:
        return False
    if found.kept and set(found.kept) == set(piece.known) and not found.operations:
        return True
    numbers = {one.number for one in found.operations}
    return bool(numbers) and numbers == set(piece.known) and all(one.op in _CLEAR for one in found.operations)


def read_pieces(clause: Clause, read: Read) -> Found | None:
    """Read "86 URGENT make it critical", "50: she doesn't need it, so cancel": what is asked beside what is told."""
    match = _ABOUT.fullmatch(clause.full.plain)
    if match is None or len(clause.full.numbers) != 1 or not clause.full.known or clause.full.unknown:
        return None
    told = clause.full.group(match, "t")
    if "?" in told.plain:
        return None
    numbers = clause.full.known
    if SCORN.search(told.plain):
        ask = f"I left #{numbers[0]} open. If it is done, write: done {numbers[0]}"
        return Found(ask=ask, kept=numbers, about=numbers)
    read_so = [(part, _asks(part, told, clause, read)) for part in _parts(told)]
    operations = [one for _, asked in read_so for one in asked if one.number in numbers]
    if not operations:
        return None
    # What the commands leave is kept as a note, but for a word or two.
    left = ", ".join(part.own for part, asked in read_so if not asked and part.own)
    remark = notes(numbers, left) if len(left.split()) >= _LEAST_NOTED else ()
    return Found(operations=(*operations, *remark), about=numbers)


def _parts(told: Text) -> Iterator[Text]:
    start = 0
    for match in _PART.finditer(told.plain):
        yield told.cut(start, match.start()).trimmed()
        start = match.end()
    yield told.cut(start).trimmed()


def _asks(part: Text, told: Text, clause: Clause, read: Read) -> tuple[Operation, ...]:
    """Return what one piece asks; a doubt anywhere in the clause keeps its "done" from closing."""
    plain, number = part.plain, ", ".join(f"#{one}" for one in clause.full.known)
    if _DONE.fullmatch(plain):
        return _read(f"done {number}", clause, read) if _says_no_more(told) else ()
    level = _LEVEL.fullmatch(plain)
    if level is not None:
        return _read(f"mark {number} {level['l']}", clause, read)
    dated = _dated(part, number, clause, read)
    if dated:
        return dated
    owner = _owner(part, clause)
    if owner is not None:
        return owner
    return () if _OPEN.search(told.plain) else _bidden(part, number, clause, read)


def _bidden(part: Text, number: str, clause: Clause, read: Read) -> tuple[Operation, ...]:
    """Read "cancel it", "reopen please", "give to Kim"."""
    plain = part.plain
    if _DROP.fullmatch(plain):
        return _read(f"drop {number}", clause, read)
    if _REOPEN.fullmatch(plain):
        return _read(f"reopen {number}", clause, read)
    given = _GIVE_IT.fullmatch(plain) or _TO.fullmatch(plain)
    if given is not None:
        name = _AIM.sub("", part.group(given, "p").own)
        found = _read(f"{number} to {name}", clause, read)
        return found if all(one.op == "assign" for one in found) else ()
    return ()


def _dated(part: Text, number: str, clause: Clause, read: Read) -> tuple[Operation, ...]:
    """Read "check again friday", "call moved to friday"."""
    later = _SHALL.fullmatch(part.plain)
    day = part.group(later, "d") if later else None
    if later is not None and day is not None and (until := day_in(day, clause.asked.when)) is not None:
        own = clause.full.own
        return tuple(Operation(op="acknowledge", number=one, line=own, until=until) for one in clause.full.known)
    for form, command in ((_AGAIN, "snooze {n} until {d}"), (_MOVED, "{n} due {d}")):
        moved = form.fullmatch(part.plain)
        day = part.group(moved, "d") if moved else None
        if form is _AGAIN and HELD_ON.search(part.plain):
            continue
        if form is _MOVED and moved is not None and day is not None and _is_of_event(part, moved.start("d"), clause):
            continue
        if day is not None and _OPEN.search(part.plain) is None and day_in(day, clause.asked.when) is not None:
            return _read(command.format(n=number, d=_AIM.sub("", day.own)), clause, read)
    return ()


def _is_of_event(part: Text, end: int, clause: Clause) -> bool:
    """Return whether it is the surgery or the visit that was moved, not the task."""
    tasks = [task for number in clause.full.known if (task := clause.asked.task(number)) is not None]
    return any(is_other_event(part.plain[:end], task) for task in tasks)


def _owner(part: Text, clause: Clause) -> tuple[Operation, ...] | None:
    """Read "Kim can take that", "Kim did it", "que la haga Kim"; None where the piece says nothing of the kind."""
    match = _TAKES.fullmatch(part.plain)
    name = next((name for name in ("p", "q", "r") if match and match[name]), None)
    slot = part.group(match, name) if match and name else None
    people = people_in(slot, clause.asked.people) if slot is not None else ()
    if match is None or slot is None or len(people) != 1:
        return None
    if slot.plain not in {fold(people[0].name), *fold(people[0].name).split()}:
        return None
    if match["d"]:
        numbers = clause.full.known
        is_sure = _says_no_more(clause.full)
        return tuple(Operation(op="done", number=one, line=clause.full.own) for one in numbers) if is_sure else ()
    return tuple(
        Operation(op="assign", number=one, line=clause.full.own, to=people[0].email)
        for one in clause.full.known
        if (task := clause.asked.task(one)) is not None and (task.owner is None or not people[0].is_at(task.owner))
    )


def _says_no_more(told: Text) -> bool:
    """Return whether nothing beside a bare "done" speaks against it."""
    plain = re.sub(r"\bfor \d{1,2}(?::\d\d)?\s?[ap]m?\b", " ", told.plain)
    return doubt(plain) is None and _OPEN.search(plain) is None


def _read(words: str, clause: Clause, read: Read) -> tuple[Operation, ...]:
    text = find_numbers(words, {task.number for task in clause.asked.tasks})
    found = read(Clause(head=text, rest=text.cut(len(words)), full=text, memory=clause.memory))
    if found is None or found.ask is not None:
        return ()
    return tuple(one for one in found.operations if one.op in _CLEAR)
