"""Clauses that take a task on: "on it", "ack 5", "I'll have it by Friday"; they close nothing."""

from __future__ import annotations

import re

from assistant.decide.commands.forms.doubt import notes, promised
from assistant.decide.commands.matching.found import Clause, Found, each, unclear
from assistant.decide.commands.matching.subjects import Subject, referent, resolve
from assistant.decide.commands.wording.arguments import people_in
from assistant.decide.commands.wording.doubts import doubt, is_question
from assistant.decide.commands.wording.text import SIGN, Text
from assistant.decide.commands.wording.words import SAYS_DONE

_ACK_FIRST = re.compile(
    r"(?:i'm |im |i am |we're |am )?(?:ack|acknowledge|acknowledged|on(?! hold\b)|working on|looking (?:into|"
    r"at)|handling|taking care of|"
    r"i(?:'ll| will)? (?:have|got|do|make|handle|take care of)|i'?ve got|i will do|will do|i'll do|ill do|"
    r"will handle|will take care of|i have|got|"
    r"(?:ya |ahorita |ahora )?(?:me encargo de|estoy con|estoy (?:trabajando en|haciendo|viendo)|trabajando en|"
    r"voy con|ando con))(?!\w)\s*:?\s*(?P<s>.*)"
)
_ACK_LAST = re.compile(
    r"(?P<s>.*?)\s*[:,-]?\s*(?<!\w)(?:(?:i'm|im|i am|we're|is|are)\s+)?(?:ack|acked|acknowledged|"
    r"acknowledge|on it|on them|in progress|under ?way|in the works|"
    r"working on (?:it|that|this)|will do|got it|i have it|have it|i got it|i've got it|"
    r"looking into (?:it|this|that)|in hand|"
    r"lo (?:estoy )?(?:viendo|veo|haciendo)|la estoy viendo|estoy en (?:eso|ello)|me encargo|"
    r"yo me encargo|ya lo estoy viendo|enterad[oa]|en proceso|en eso estoy)\b(?P<t>.*)"
)
_ACK_BARE = re.compile(
    r"(?:(?:yes|ok|okay|thanks|sure|copy|roger|si)[\s,.]*){0,2}(?:👍|👌|ok|okay|ack|got it|gotcha|seen|"
    r"noted|will do|copy that|roger(?: that)?|understood|on it|"
    r"i have it|have it|i have this|i've got (?:it|this)|got this|i got (?:it|this)|on this|"
    r"on my way|enterad[oa]|recibido|entendido|voy|estoy en (?:eso|ello)|(?:ya )?(?:me encargo|"
    r"yo me encargo)|vale|de acuerdo|understood|"
    r"working on it|i'm on it|im on it|i am on it|we're on it)[\s.!👍]*"
)
_ON = re.compile(rf"on (?:the |task |number )?{SIGN}+")
_OUR_MAIL = re.compile(
    r"(?:the|this|your|my|today'?s|la) (?:whole |full |entire |new |updated )?(?:list|lista|digest|e-?mail|mail|"
    r"message|reminders?|lot)"
)
_TOLD_OF = 3
_NOT_AT_IT = re.compile(
    r"\b(?:not|never|no longer|was|were|isn'?t|wasn'?t|nobody is|no one is)(?: (?:really|actually|yet|even|still|"
    r"the one))? "
    r"(?:working|on (?:it|this|that|them)|handling|looking|doing|acknowledg)"
)
_ACK_WORD = re.compile(r"\b(?:on it|ack|working on|i'm on|im on|will do)\b")
_SHALL = re.compile(
    r"\b(?:i'll|i will|i'm going to|im going to|i am going to|lo hago|la hago|voy a)\b(?! be (?:out|away|off|late|in))"
)
# "On its way to the lab" is the thing, not who writes.
_ON_ITS_WAY = re.compile(r"(?:its|it's|his|her|their|the) (?:way|road)\b")
_PROMISED = re.compile(r"(?:i'll|ill|i will|will)\b")
_BEFORE = re.compile(
    r".*(?:\b(?:they|he|she|says?|said|claims?|never|not|nobody|no one|didn'?t|hasn'?t|haven'?t|don'?t|doesn'?t|"
    r"who|if|once|when|until|dice|dicen|nunca|nadie)\b)"
)
"""Between a number and "got it": somebody else's."""
_AFTER = re.compile(
    r"\s*(?:all |finally |just )?(?:through|approved|signed|sent|faxed|booked|scheduled|in|out|over|off|back|up|down|"
    r"from|to|[a-z]{3,}ed)\b"
)
"""Behind "I got 15": what became of it."""
_GOT = re.compile(r"(?:(?:i|we)(?:'ve)? )?got (?!(?:it|this|that|them|these|those)\b)")
_TAKEN = re.compile(rf"(?:(?:the|task|el|la)\s+)?(?P<s>{SIGN}+|it|this|that|these|them)(?!\w)(?P<t>.*)")


def read_acknowledgement(clause: Clause) -> Found | None:
    """Read "on it", "ack 5", "I'll have it by Friday": a promise, which closes nothing."""
    head = clause.head
    if is_question(head.plain) or _NOT_AT_IT.search(head.plain):
        return None
    if _ACK_BARE.fullmatch(head.plain):
        subject = referent(clause.memory)
        if subject.is_open:
            return Found(ask=unclear(subject, clause, "acknowledge")) if _ACK_WORD.search(head.plain) else Found()
        return each("acknowledge", subject, clause, until=promised(clause.full, clause))
    if _ON.fullmatch(head.plain) and len(clause.rest.plain.split()) >= _TOLD_OF:
        # "On 15 - the niece rang back" tells something of it.
        return None
    for form in (_ACK_LAST, _ACK_FIRST):
        match = form.fullmatch(head.plain)
        if match is None:
            continue
        slot = head.group(match, "s")
        taken = None if _is_of_others(slot, form) else _acknowledged(slot, clause)
        if taken is None or taken.is_open or taken.choices:
            continue
        if taken.is_bulk and _OUR_MAIL.fullmatch(slot.plain):
            # "Got the list": our mail has come, no more.
            return Found()
        return each("acknowledge", taken, clause, until=promised(clause.full, clause))
    return None


def read_promise(clause: Clause) -> Found | None:
    """Read "5: I'll call her tomorrow": a promise with a day, kept with its words."""
    head = clause.head
    if not head.known or head.unknown or not _SHALL.search(head.plain) or is_question(head.plain):
        return None
    subject = Subject(numbers=head.known)
    found = each("acknowledge", subject, clause, until=promised(clause.full, clause))
    return Found(operations=(*found.operations, *notes(head.known, clause.full.own)), about=head.known)


def _is_of_others(slot: Text, form: re.Pattern[str]) -> bool:
    """Return whether it is not the writer who has it ("15: they never got it"), or what was got is a result."""
    leading = _TAKEN.fullmatch(slot.plain)
    if leading is None:
        return False
    return (_BEFORE if form is _ACK_LAST else _AFTER).match(leading["t"]) is not None


def _acknowledged(slot: Text, clause: Clause) -> Subject | None:
    leading = _TAKEN.fullmatch(slot.plain)
    if leading is not None and SAYS_DONE.search(leading["t"]) and not _PROMISED.match(clause.head.plain):
        return None
    if leading is not None:
        return resolve(slot.group(leading, "s"), clause.memory)
    if _ON_ITS_WAY.match(slot.plain):
        return None
    if not slot.plain or people_in(slot, clause.asked.people) or doubt(slot.plain) is not None:
        return None
    if _GOT.match(clause.head.plain):
        # "Got the room" tells what came of it; "got it" takes it on.
        return None
    return resolve(slot, clause.memory)
