"""Clauses that lean on the one before: "and 9 too", "no, make that friday", a day alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from assistant.decide.commands.forms.doubt import notes
from assistant.decide.commands.matching.found import Clause, Found, each, unclear
from assistant.decide.commands.matching.subjects import referent
from assistant.decide.commands.reply import Operation
from assistant.decide.commands.wording.arguments import day_in, people_in
from assistant.decide.commands.wording.doubts import doubt
from assistant.decide.commands.wording.text import SIGN, fold, plain_text
from assistant.decide.commands.wording.words import CLOSE, DROP, STRONG

_AGAIN = re.compile(
    rf"(?:(?:and|also|so (?:is|are|did|was|were)|same (?:for|with|goes for)|ditto(?: for)?|plus|as well as|likewise|"
    rf"lo mismo con|"
    rf"igual)\s+)*(?:(?:the|task|el|la)\s+)?(?P<s>{SIGN}+)"
    r"\s*[:,=>-]{0,3}\s*(?P<too>(?:too|also|as well|likewise|"
    r"(?:the )?same(?: (?:day|date|time|deadline|here|thing|deal))?|ditto|"
    r"tambien|igual|lo mismo|(?:el )?mismo dia|(?:la )?misma fecha)?)"
)
_CORRECTION = re.compile(
    r"(?:(?:no|sorry|actually|wait|(?:i )?mean(?:t)?|or rather|rather|oops|correction|perdon|mejor|digo|"
    r"no mejor)[\s,:-]+){0,3}"
    r"(?:(?:make (?:that|it|them)|(?:i )?mean(?:t)?|change (?:that|it) to|let's say|lets say|rather|mejor|"
    r"que sea)\s+)?(?P<d>.+)"
)
_OTHER_NUMBER = re.compile(
    rf"(?:(?:no,? (?:wait|sorry|i mean)|no,|wait,? no|sorry|actually|(?:i )?mean(?:t)?|oops|correction|perdon|digo|"
    rf"make (?:that|it))[\s,:-]+){{1,2}}(?:no\s+)?"
    rf"(?P<s>{SIGN}+)"
)
_BARE_NO = re.compile(rf"no wait no {SIGN}+")
_CORRECTS = re.compile(
    r"(?:no|sorry|actually|wait|(?:i )?meant?|or rather|rather|oops|correction|make (?:that|it)|perdon|mejor|digo)\b"
)
_KEPT = re.compile(
    rf"(?:(?:i |we )?(?:didn'?t|did not|haven'?t|have not|couldn'?t|could not|can'?t|no (?:he|pude|"
    rf"hemos))\s+(?:even |yet |quite )?"
    rf"(?:get(?: around)? to|got(?:ten)?(?: around)? to|do|done|finish(?:ed)?|touch(?:ed)?|start(?:ed)?|"
    rf"reach(?:ed)?|hecho|terminado|"
    rf"hacer|terminar|empezado)\s+(?P<m>(?:the |el |la )?{SIGN}+)(?: yet| still| at all| today| todavia)?|"
    rf"(?:please )?(?:do not|don'?t|can'?t|cannot|couldn'?t|no)\s+(?:yet\s+)?(?:{CLOSE}|{DROP}|"
    rf"cierres|borres|marques|quites)\s+(?P<n>(?:el |la )?{SIGN}+).*|"
    rf"(?:not (?:yet|done|finished|ready)|still (?:open|working on|need(?:s|ed)?|to do)|pending|"
    rf"open|leave|keep|not|todavia no|aun no|faltan?|pendientes?|no)\s*[:,-]?\s*(?P<s>(?:el |"
    rf"la )?{SIGN}+)"
    rf"|(?P<z>(?:el |la )?{SIGN}+)\s*[:,-]?\s*(?:(?:is|are|esta|sigue)\s+)?(?:not|isn't|isnt|aren't|not yet|"
    rf"still open|"
    rf"still|pending|not ready|todavia no|aun no|pendientes?|no|nope|open|i (?:didn'?t|haven'?t|couldn'?t)|"
    rf"[✗✘❌✖]+)(?: open| pending)?)"
)
_OTHER_DONE = re.compile(
    rf"(?:but |and )?(?:the|my) other(?: one| task| two)?(?:'s| is| are| was)? (?:all |now |already )?(?:{STRONG})"
)
_LASTS = re.compile(r"\d+ ?(?:min(?:ute)?s?|h(?:ou)?rs?|horas?|minutos?)\b")
"""How long something has gone on, not when it is due."""
_BOOKED = re.compile(
    r"\b(?:booked|(?:re)?scheduled|confirmed|arranged|reserved|lined up|set up|on the (?:books|schedule|calendar))"
    r"[^.;!?]{0,30}$"
)
_FEW_WORDS = 4
_WORTH_KEEPING = 3


def read_again(clause: Clause) -> Found | None:
    """Read "and 9 too": the command before, for another task."""
    match = _AGAIN.fullmatch(clause.head.plain)
    last = clause.memory.last
    slot = clause.head.group(match, "s") if match else None
    if match is None or slot is None or not last or slot.unknown:
        return None
    if not match["too"] and match.start("s") == 0:
        return None
    # "5 Kim is off, so to Lee. 7 same": what is said of both is the command, not the remark beside it.
    before = next((one for one in reversed(last) if one.op != "note"), last[-1])
    operations = tuple(replace(before, number=number, line=clause.full.own) for number in slot.known)
    return Found(operations=operations, about=slot.known)


def read_correction(clause: Clause) -> Found | None:
    """Read "no make that friday": the command before, with another day or another person."""
    last = clause.memory.last
    match = _CORRECTION.fullmatch(clause.head.plain)
    if match is None or not last or not _CORRECTS.match(clause.head.plain):
        return None
    if clause.head.numbers:
        return _other_number(clause)
    words = clause.head.group(match, "d")
    until = day_in(words, clause.asked.when) if last[-1].until is not None else None
    people = people_in(words, clause.asked.people) if last[-1].to is not None else ()
    if until is not None:
        changed = tuple(replace(one, until=until, line=clause.full.own) for one in last)
    elif len(people) == 1:
        changed = tuple(replace(one, to=people[0].email, line=clause.full.own) for one in last)
    else:
        return None
    return Found(operations=changed, takes_back=(), about=tuple(one.number for one in changed if one.number))


def _other_number(clause: Clause) -> Found | None:
    """Read "sorry, 4" after "done 12": the other number was meant."""
    match = _OTHER_NUMBER.fullmatch(clause.head.plain)
    slot = clause.head.group(match, "s") if match else None
    if slot is None or len(slot.numbers) != 1:
        return None
    ended = tuple(one.number for one in clause.memory.last if one.op in {"done", "drop"} and one.number)
    is_bare = bool(ended) and _BARE_NO.fullmatch(clause.head.plain) is not None
    if slot.unknown and not is_bare:
        return None
    is_ended = any(one.op in {"done", "drop"} and one.number in slot.known for one in clause.memory.last)
    if is_ended and len(clause.memory.last) > 1 and clause.head.plain.startswith("no"):
        # "All done, no 4": not that one.
        return Found(kept=slot.known, about=slot.known, takes_back=slot.known, denies=True)
    if is_bare:
        # "12 done, no 4": the 4 instead of the 12, or not the 4?
        kept = tuple(dict.fromkeys((*ended, *slot.known)))
        named = ", ".join(f"#{one}" for one in kept)
        ask = (
            f"I left {named} open, because “no {slot.own}” can be read in two ways. If it is done, write: done "
            f"{kept[0]}"
        )
        return Found(ask=ask, kept=kept, about=kept)
    operations = (replace(clause.memory.last[-1], number=slot.known[0], line=clause.full.own),)
    return Found(operations=operations, takes_back=(), about=slot.known)


def read_kept(clause: Clause) -> Found | None:
    """Read "not yet: 5", "5 still open": nothing changes."""
    match = _KEPT.fullmatch(clause.head.plain)
    if match is None:
        return None
    numbers = clause.head.known
    closed = tuple(one for one in numbers if (task := clause.asked.task(one)) and task.state != "open")
    if closed and re.search(r"\b(?:still )?open\b|\bsigue abiert", clause.head.plain):
        # Who says that a closed task is open wants it open.
        reopened = tuple(Operation(op="reopen", number=one, line=clause.full.own) for one in closed)
        return Found(operations=reopened, about=numbers, denies=True)
    if not numbers:
        return None
    if _OTHER_DONE.match(clause.rest.plain):
        # "Not 7, the other one's done": which one?
        ask = f"Which tasks are done? I could not tell from “{clause.full.own[:60]}”. Please write their numbers."
        return Found(ask=ask, kept=numbers, denies=True)
    # Why it is not is worth keeping.
    why = notes(numbers, clause.full.own) if len(clause.rest.plain.split()) >= _WORTH_KEEPING else ()
    return Found(operations=why, kept=numbers, about=numbers, denies=True)


def read_day_alone(clause: Clause) -> Found | None:
    """Read a day with nothing else said: the due day where one task is spoken of, a question elsewhere."""
    plain = clause.full.plain
    if clause.full.numbers or len(plain.split()) > _FEW_WORDS:
        return None
    if (told := _hour_of(clause)) is not None:
        return told
    until = day_in(clause.full, clause.asked.when)
    if until is None or _LASTS.match(plain):
        return None
    subject = referent(clause.memory)
    if clause.memory.said and _is_booked(fold(clause.memory.said[-1])):
        # "The van is booked, tomorrow 7:30" tells when it comes.
        return Found(about=subject.numbers)
    if subject.is_open:
        return Found(ask=unclear(subject, clause, "due"))
    return each("due", subject, clause, until=until)


def _is_booked(before: str) -> bool:
    return _BOOKED.search(before) is not None and doubt(before) is None


def _hour_of(clause: Clause) -> Found | None:
    """Read the hour that follows a day: "12 due friday. 3pm" is three o'clock on Friday."""
    last = clause.memory.last
    day = last[-1].until if last else None
    if day is None or isinstance(day.due, datetime) or any(one.until != day for one in last):
        return None
    until = day_in(plain_text(f"{day.words} {clause.full.own}"), clause.asked.when)
    if until is None or not isinstance(until.due, datetime) or until.due.date() != day.due:
        return None
    changed = tuple(replace(one, until=until, line=clause.full.own) for one in last)
    return Found(operations=changed, takes_back=(), about=tuple(one.number for one in changed if one.number))
