"""Clauses that hand a task on, put it off or call it off in ordinary words: "Jo has the transport thing now"."""

from __future__ import annotations

import re

from assistant.decide.commands.forms.doubt import promised
from assistant.decide.commands.matching.found import Clause, Found, each
from assistant.decide.commands.matching.meaning import meant, names_another, names_of, patients_in, words_of
from assistant.decide.commands.matching.readings import is_of_result
from assistant.decide.commands.matching.subjects import Subject, referent
from assistant.decide.commands.wording.arguments import LEVEL, day_in, level_of, people_in
from assistant.decide.commands.wording.likeness import is_slip
from assistant.decide.commands.wording.text import Text, fold
from assistant.decide.commands.wording.words import PRONOUN
from assistant.records import Person

_LEAD = r"(?:(?:and|also|so|ok|please|pls|y|btw|hi|hello|fyi)[\s,]+){0,3}"
_P = r"(?P<p>[a-z]+(?: [a-z]+)?)"
_LOOKS = r"(?:picking up|looking (?:for|into|after|at)|chasing(?: down)?|working on|hunting for|running)"
_DOES = r"(?:own|do|take|handle|pick up|cover|take over|get|run with|take care of)"
_IS_DOING = r"(?:doing|taking(?: over)?|handling|covering|getting|taking care of|on)"
_NOW = (
    r"(?:\s+(?:now|instead|please|pls|from now on|from here(?: on)?|going forward|starting now|from me|today|"
    r"for me|for us|ahora))*"
)
_HANDED = (
    re.compile(rf"{_LEAD}{_P} (?:has|'s got|now has|now owns|owns) (?P<s>.+?) now(?: on)?"),
    re.compile(rf"{_LEAD}{_P} (?:now has|now owns|is now on|has now got) (?P<s>.+?){_NOW}"),
    re.compile(
        rf"{_LEAD}{_P}(?: is|'s) (?:doing|taking(?: over)?|handling|covering|taking care of|going to (?:do|take|"
        rf"handle)) "
        rf"(?P<s>.+?){_NOW}"
    ),
    re.compile(rf"{_LEAD}{_P} (?:will|can|should|is to) {_DOES} (?P<s>.+?){_NOW}"),
    re.compile(rf"{_LEAD}{_P} (?:takes|took|takes over|took over|handles) (?P<s>.+?){_NOW}"),
    re.compile(
        rf"{_LEAD}(?:tell|let) {_P}(?: know)?(?: that)? (?:she|he|they)(?:'s|'re| is| are| has| will| gets| have)?"
        rf"(?: now)?(?: (?:{_IS_DOING}|{_DOES}))? (?P<s>.+?){_NOW}"
    ),
    re.compile(rf"{_LEAD}(?:have|let|get) {_P} (?:to )?{_DOES} (?P<s>.+?){_NOW}"),
    re.compile(rf"{_LEAD}ask {_P} to {_DOES} (?P<s>.+?){_NOW}"),
    re.compile(
        rf"{_LEAD}(?:can|could|would|will) {_P} (?:please )?{_DOES} (?P<s>.+?)(?: for me| instead|,? please)*\?"
    ),
    re.compile(rf"{_LEAD}{_P} (?:has )?(?:agreed|offered|volunteered) to {_DOES} (?P<s>.+?){_NOW}"),
    re.compile(rf"{_LEAD}{_P} is now {_LOOKS} (?P<s>.+?){_NOW}"),
    re.compile(rf"{_LEAD}{_P}(?: is|'s) {_LOOKS} (?P<s>.+?) (?:now|from me|for me|instead|from here(?: on)?)"),
    re.compile(rf"{_LEAD}(?P<s>.+?),? l[oa]s? (?:pide|ve|hace|lleva|llama|manda|tiene|trae|toma|atiende|agenda) {_P}"),
    re.compile(rf"{_LEAD}put (?P<s>.+?) (?:on|under|with) {_P}(?:'s (?:list|plate|name))?{_NOW}"),
    re.compile(rf"{_LEAD}(?P<s>.+?) (?:goes|can go|should go|belongs) (?:to|with) {_P}{_NOW}"),
    re.compile(rf"{_LEAD}que {_P} (?:se encargue|se ocupe) (?:de )?(?P<s>.+?){_NOW}"),
    re.compile(rf"{_LEAD}que {_P} (?:haga|tome|vea|lleve|atienda) (?P<s>.+?){_NOW}"),
    re.compile(rf"{_LEAD}{_P} (?:se encarga|se ocupa) (?:de )?(?P<s>.+?){_NOW}"),
)
_PASSED = re.compile(rf"{_LEAD}(?:pass|hand|give) (?P<s>.+?) (?:along |over |off |on )?to {_P}(?: in .{{1,30}})?")
_BID = re.compile(
    rf"{_LEAD}(?:have|let|get|ask) {_P} (?:to )?(?:call|do|take|handle|finish|send|fax|book) (?P<s>.+?)(?: instead.*)?"
)
_ME = frozenset({"me", "my", "mi"})
_TURNED = re.compile(
    r"\b(?:not|never|n't|don'?t|can'?t|won'?t|isn'?t|no|if|or|unless|maybe|but|until|when|once|actually|wait|"
    r"off the hook|"
    r"said|says|thinks?|wants? to|should i|almost)\b"
)
_I_WILL = r"(?:i'll|i will|ill|i'?m going to|i'?m gonna|i am going to|voy a|we'll|we will)"
_I_WILL_LAST = re.compile(
    rf"(?P<s>.+?)\s*[:,-]?\s*(?<!\w){_I_WILL} (?:do|call|handle|finish|get to|work on|send|take care of|look at|"
    rf"try)\b(?P<d>.*)"
)
_I_WILL_FIRST = re.compile(
    rf"{_I_WILL} (?:do|call|handle|finish|get to|work on|send|take care of|look at|try|book|fax|order|get)"
    r"(?: again)? (?P<s>.+?)(?P<d> (?:tomorrow|tmrw|on|by|this|next|at|first|later|today|tonight|before|after|"
    r"manana)\b.*)?"
)
_LEVEL_FIRST = re.compile(
    rf"{_LEAD}(?:make|mark|flag|bump|set|raise|upgrade|put) (?P<s>.+?)(?: up)?(?: to| as)? (?P<l>{LEVEL})"
)
_LEVEL_LAST = re.compile(
    rf"{_LEAD}(?P<s>.+?) (?:(?:is|are|became|has become)(?: now)?|(?:can |should |may )?(?:go|goes|be|drop|come|move)"
    rf"(?: (?:back|down|up|to))*) (?P<l>{LEVEL})(?: now| again| priority)*"
)
_WAITS = re.compile(
    r"(?P<s>.+?)\s*[:,-]?\s*\b(?:(?:can|could|should|may|has to|needs to|will have to|is going to have to) (?:wait|"
    r"slide|hold|run|go on|stay open|"
    r"sit|rest|keep|go back)|waits|let's (?:wait|hold|look (?:again|at (?:it|that|this)(?: again)?)|revisit|"
    r"check (?:again|back))|"
    r"(?:i'd say |i would say |please |pls |just )*(?:remind me(?: again)?|look (?:at it(?: again)?|again)|check back|"
    r"circle back|revisit(?: it)?|ask me(?: again)?|ping me|bring it back)|puede esperar|recuerdame)\s*"
    r"(?P<d>(?:until |till |til |on |in |for |to |next |hasta |again )*.+)"
)
_ANOTHER_DOES = re.compile(r"\b(?!i\b|we\b)[a-z.']+ (?:will|is going to|wants to|has to|can|said|says)\s*$")
_ITSELF = re.compile(
    r"(?:.{0,60}[,-]\s*)?(?:i'd say |i would say |please |pls |just |let's )*(?:look (?:at it(?: again)?|again)|"
    r"check back|"
    r"circle back|revisit(?: it)?|bring it back)\s+(?P<d>.+)"
)
_PRONOUN = re.compile(rf"(?:{PRONOUN})")
_TALK = 16
"""Words: in a longer sentence "it" may be anything."""


def read_handing(clause: Clause) -> Found | None:
    """Read ordinary words that give one clear task to one clear colleague."""
    full = clause.full if clause.full.plain.endswith("?") else clause.head
    if clause.full.numbers or _TURNED.search(full.plain):
        return None
    for form in _HANDED:
        match = form.fullmatch(full.plain.rstrip(" .!"))
        if match is None:
            continue
        person = _person(full.group(match, "p"), clause)
        if person is None:
            if (unknown := _unknown(full.group(match, "p"), full.group(match, "s"), clause)) is not None:
                return unknown
            continue
        numbers = task_meant(full.group(match, "s"), clause, is_kept=True)
        if len(numbers) == 1:
            return each("assign", Subject(numbers=numbers), clause, to=person.email)
        if len(numbers) > 1:
            return each("assign", Subject(choices=numbers), clause)
    return None


def _person(name: Text, clause: Clause) -> Person | None:
    if name.plain in _ME:
        return clause.asked.person
    first = name.plain.split()[0]
    found = people_in(name, clause.asked.people)
    if len(found) != 1 or len(first) < len("jo"):
        return None
    named = found[0].name.casefold()
    return found[0] if name.plain in named or first in named.split() or named.startswith(name.plain) else None


def read_unknown(clause: Clause) -> Found | None:
    """Read "pass the stipend along to Geoff", "have Samm call her": a taker whom nobody knows is asked about."""
    full = clause.full
    if full.numbers or "?" in full.plain or _TURNED.search(full.plain):
        return None
    match = _PASSED.fullmatch(full.plain.rstrip(" .!")) or _BID.fullmatch(full.plain.rstrip(" .!"))
    return _unknown(full.group(match, "p"), full.group(match, "s"), clause) if match else None


def _unknown(name: Text, slot: Text, clause: Clause) -> Found | None:
    people = clause.asked.people
    word = name.own.split()[0]
    first = fold(word)
    is_known = bool(people_in(name, people)) or not word[:1].isupper()
    near = [one for one in people if is_slip(first, fold(one.name).split()[0])]
    if (is_known and not near) or any(first in names_of(task) for task in clause.asked.listed):
        return None
    if any(first in fold(one.name).split() for one in people):
        return None
    numbers = task_meant(slot, clause, is_kept=True)
    if len(numbers) != 1 and not near:
        return None
    number = numbers[0] if numbers else 12
    known = ", ".join(one.name for one in (near or people))
    ask = f"I know nobody called “{word[:40]}”. I know {known}. Please write: give {number} to NAME"
    return Found(ask=ask, about=numbers, kept=numbers)


def task_meant(slot: Text, clause: Clause, *, among: tuple[int, ...] = (), is_kept: bool = False) -> tuple[int, ...]:
    """Return the one task that the words can only mean, those between which they leave a doubt, or none."""
    if _PRONOUN.fullmatch(slot.plain):
        return ()
    tasks = tuple(task for task in clause.asked.listed if not among or task.number in among)
    found = meant(slot.own, slot.own, tasks, clause.asked.people, lambda _task, _head: True)
    if found.is_certain or len(found.numbers) > 1 or not found.numbers or not is_kept:
        return found.numbers if found.is_certain or len(found.numbers) > 1 else ()
    # A patient's only task goes by the patient's name, where it is not to be closed.
    task = clause.asked.task(found.numbers[0])
    is_name = task is not None and all(word in names_of(task) for word in words_of(slot.own))
    return found.numbers if is_name else ()


def read_taken(clause: Clause) -> Found | None:
    """Read "the intake for Abara I'll do on Thursday", "I'll call Edith's daughter tomorrow": a promise, no more."""
    full = clause.full
    if full.numbers or "?" in full.plain or _TURNED.search(full.plain):
        return None
    match = _I_WILL_LAST.fullmatch(full.plain) or _I_WILL_FIRST.fullmatch(full.plain)
    if match is None:
        return None
    slot = full.group(match, "s")
    numbers = task_meant(slot, clause) or _first_named(slot, clause)
    if len(numbers) != 1:
        return None
    return each("acknowledge", Subject(numbers=numbers), clause, until=promised(full, clause))


def read_level(clause: Clause) -> Found | None:
    """Read "make the EEG stat", "the consult is urgent now"."""
    head = clause.head
    if head.numbers or _TURNED.search(head.plain):
        return None
    for form in (_LEVEL_FIRST, _LEVEL_LAST):
        match = form.fullmatch(head.plain.rstrip(" .!?"))
        level = level_of(match["l"]) if match else None
        if form is _LEVEL_LAST and level == "normal" and is_of_result(head.plain):
            continue
        numbers = task_meant(head.group(match, "s"), clause, is_kept=True) if match and level else ()
        if len(numbers) == 1:
            return each("priority", Subject(numbers=numbers), clause, level=level)
    return None


def read_waiting(clause: Clause) -> Found | None:
    """Read "labs can wait til monday", "road is out, let's look again Monday"."""
    full = clause.full
    if full.known or "?" in full.plain or re.search(r"\b(?:not|can'?t|cannot|never|n't)\b", full.plain):
        return None
    itself = _ITSELF.fullmatch(full.plain.rstrip(" .!"))
    match = _WAITS.fullmatch(full.plain.rstrip(" .!"))
    if match is not None and not _ANOTHER_DOES.search(match["s"]):
        until = day_in(full.cut(match.start("d")), clause.asked.when)
        numbers = _first_named(full.group(match, "s"), clause)
        if until is not None and numbers:
            subject = Subject(numbers=numbers) if len(numbers) == 1 else Subject(choices=numbers)
            return each("snooze", subject, clause, until=until)
    if itself is not None and (meant_by_it := referent(clause.memory)).numbers:
        until = day_in(full.cut(itself.start("d")), clause.asked.when)
        if until is not None and len(meant_by_it.numbers) == 1:
            return each("snooze", meant_by_it, clause, until=until)
    return None


_DOING = re.compile(r".{1,60}\b(?:to do|do|doing|handle|take|finish|about|on|for) (?P<s>.+)")


def spoken_of(words: Text, clause: Clause) -> tuple[int, ...]:
    """Return the task with which a sentence begins or ends, whatever it says of it."""
    if len(words.plain.split()) > _TALK:
        return ()
    doing = _DOING.fullmatch(words.plain.rstrip(" .!"))
    found = _first_named(words, clause) or (task_meant(words.group(doing, "s"), clause) if doing else ())
    task = clause.asked.task(found[0]) if len(found) == 1 else None
    return found if task is not None and not names_another(words.own, task, clause.asked.people) else ()


_TOPIC = re.compile(
    r"(?:lo del?|re|as for|about|regarding|on|for|sobre|en cuanto al?|respecto al?)\s*:?\s+"
    r"(?P<s>(?:(?:mr|mrs|ms|miss|sr|sra|don|dona|la|el)\.? ){0,2}[a-z'-]+(?: [a-z'-]+)?)\b.*"
)


def topic(words: Text, clause: Clause) -> tuple[int, ...]:
    """Return the task with which a sentence begins, also where only its patient is named who has no other."""
    match = _TOPIC.fullmatch(words.plain)
    theirs = patients_in(match["s"], clause.asked.listed) if match else ()
    return theirs if len(theirs) == 1 else spoken_of(words, clause)


_NEW = re.compile(r"(?:(?:the|a|an|his|her|their|our|my|this|that|new|old|replacement)\s+)+", re.IGNORECASE)


def _first_named(slot: Text, clause: Clause) -> tuple[int, ...]:
    """Return the task whose name the first words are: "home visit" of "home visit - road is still washed out"."""
    topic = re.split(r"\s+-+\s+|[:,(]\s*", slot.own, maxsplit=1)[0]
    if (article := _NEW.match(topic)) is not None:
        topic = topic[article.end() :]
    words = topic.split()
    several: tuple[int, ...] = ()
    for count in range(min(len(words), 7), 0, -1):
        piece = " ".join(words[:count])
        found = meant(piece, piece, clause.asked.listed, clause.asked.people, lambda _task, _head: True)
        if found.is_certain:
            return found.numbers
        several = several or (found.numbers if len(found.numbers) > 1 and count == len(words) else ())
    return several
