"""A clause that no form fits whole -> the one colleague to whom its words give a task; a taker unknown is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.decide.commands.matching.found import Clause, Found, each
from assistant.decide.commands.matching.meaning import names_of
from assistant.decide.commands.matching.ordinary import fit, has_object
from assistant.decide.commands.matching.subjects import Subject
from assistant.decide.commands.wording.arguments import names_by
from assistant.decide.commands.wording.doubts import is_question
from assistant.decide.commands.wording.text import SIGN, Text, fold
from assistant.decide.commands.wording.words import SAYS_DONE
from assistant.records import Person

_GIVES = re.compile(
    r"\b(?:re-?assign(?:ed)?|assign(?:ed)?|giv(?:e|es|ing)|hand(?:ing)?|pass(?:ing)?|transfer|delegate|route|swap|"
    r"switch|"
    r"change|put|move|moving|tag|owner|make|get|goes|go|belongs?|should be|need(?:s)? to be|has to be|"
    r"volunteered|over to|"
    r"offered|agreed|owns|has got|(?:his|hers|theirs) now|plate|desk|covers?|covering|takes?|taking|took over|"
    r"(?:is|are) (?:now )?(?:his|hers|theirs)|"
    r"(?:has|have|takes?|'s got) (?:'?em|them|those|these|both)|asigna[a-z]*|pasa[a-z]*|dal[ao]|dasel[ao]|"
    r"encarga[a-z]*|ponl[ao]|deja[a-z]*)\b|'s list\b|'s now\b|->|>"
)
_UNSETTLED = re.compile(
    r"\b(?:if|unless|in case|once|when|or|maybe|perhaps|might|may|could|would|should i|said|says|thinks?|asked|told|"
    r"wants?|wanted|for (?:\w+ ){0,2}(?:signature|review|approval|sign-?off|initials|ok|input)|(?:is|are|sits|"
    r"sitting|lies) (?:now )?on [a-z]+'s desk|(?:a|another) (?:call|ring|buzz|shout|heads|nudge|reminder|copy|hint)|"
    r"get(?:ting)? to (?:it|this|that|them)|never|don'?t|do not|won'?t|(?:should|must|may|need|"
    r"to) not|(?:should|must)n'?t|not (?:to )?be|"
    r"can'?t|cannot|didn'?t|did not|wasn'?t|hasn'?t|haven'?t|speaker(?:phone)?|already|i'?ll|i will|si|cuando|"
    r"quizas?|dice|dijo)\b"
)
_NOT_WHOM = re.compile(
    r"(?:\bfrom|\bnot|\bisn'?t|\baren'?t|\binstead of|\brather than|\bbesides|\bfor|\bcc|\bask(?:ed)?|\btold|"
    r"\bnot with|\boff|\bcall(?:ed)?|\bno es|\bde)\s+(?:really |only )?$"
)
"""What stands before somebody who is not to have it."""
_NOBODY = re.compile(
    r"\b(?:some(?:one|body)|any(?:one|body)|whoever|one of (?:you|us|them)|alguien)\b.{0,30}?\b(?:take|do|handle|have|"
    r"cover|own|pick(?:s)? (?:it |this |that )?up|has|is on|grab|get|see to|tome|haga|vea)\b|"
    r"\b(?:give|hand|pass|assign)\b.{0,30}\b(?:some(?:one|body)(?: else)?|any(?:one|body)|whoever)\b"
)
_STRANGER = re.compile(
    rf"(?P<p>[a-z]{{3,20}})(?:,? (?:from|in|at|over in|on|with) [a-z ]{{2,30}}?)? (?:will|is going to|is gonna|can|has "
    rf"agreed to|offered to) (?:do|take|handle|have|cover|finish|pick up|own) (?:{SIGN}+|it|this|that)[\s.!]*"
)
# A part of an address is no name: lee@cardio.example is not our Lee.
_UNKNOWN = re.compile(rf"(?:please |pls )?put (?P<p>[a-z]{{3,20}}) (?:on|down for) {SIGN}+[\s.!]*")
_WORD = re.compile(r"(?<![\w.@+-])[a-zñ]+(?:['-][a-zñ]+)*(?![\w.+-]{0,64}@)")


def read_pointed(clause: Clause) -> Found | None:
    """Read "15 isn't mine any more, put it under Tess", "switch 21 from Tess to Priya", "somebody should do 15"."""
    full = clause.full
    if full.unknown or not full.tells_of_one_list or SAYS_DONE.search(full.plain):
        return None
    number = full.known[0] if full.known else None
    if number is not None and _NOBODY.search(full.plain):
        ask = f"Who should have #{number}? Please write: give {number} to NAME"
        return Found(ask=ask, about=full.known, kept=full.known)
    stranger = _STRANGER.fullmatch(full.plain) or _UNKNOWN.fullmatch(full.plain)
    unknown = _unknown(stranger, number, clause) if stranger is not None and number is not None else None
    if unknown is not None:
        return Found(ask=unknown, about=full.known, kept=full.known)
    if _UNSETTLED.search(full.plain) or is_question(full.plain) or _GIVES.search(full.plain) is None:
        return None
    people = {person.email: person for _place, person in _named(full, clause)}
    subject = _subject(full, people.values(), clause) if len(people) == 1 else None
    return each("assign", subject, clause, to=next(iter(people))) if subject is not None else None


def _unknown(match: re.Match[str], number: int, clause: Clause) -> str | None:
    name = clause.full.group(match, "p").own
    if not name[:1].isupper() or any(fold(name) in names_by(one) for one in clause.asked.people):
        return None
    known = [one.name for one in clause.asked.people]
    return f"I know nobody called “{name}”. I know {', '.join(known)}. Please write: give {number} to NAME"


def _named(text: Text, clause: Clause) -> Iterator[tuple[int, Person]]:
    """Give the colleagues to whom a clause may point, each with the place of the name; no patient is one."""
    for person in clause.asked.people:
        if person.email in text.plain:
            yield text.plain.index(person.email), person
    patients = {name for task in clause.asked.tasks for name in names_of(task)}
    for match in _WORD.finditer(text.plain):
        name = match[0].removesuffix("'s")
        bearers = [one for one in clause.asked.people if name in names_by(one)]
        if not bearers or name in patients or _NOT_WHOM.search(text.plain, 0, match.start()):
            continue
        for person in bearers:
            yield match.start(), person


def _subject(full: Text, people: Iterable[Person], clause: Clause) -> Subject | None:
    if full.known:
        return Subject(numbers=full.known)
    names = {name for one in people for name in fold(one.name).split()}
    words = " ".join(word for word in full.own.split() if fold(word).strip(".,:;!").removesuffix("'s") not in names)
    found = fit(_GIVES.sub(" ", words), clause.asked.listed)
    task = clause.asked.task(found.numbers[0]) if len(found.numbers) == 1 else None
    is_clear = task is not None and found.is_close and has_object(found, task)
    return Subject(numbers=found.numbers) if is_clear else None
