"""Stiff turns of phrase ("Item 7 may be reassigned to Ms. Ames", "the due date of 4 is wrong") -> plain commands."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.meaning import names_of
from assistant.decide.commands.plain.turns import AT, DAY, LONGEST, PLEASE, N, turned, turns
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.arguments import DATE, LEVEL, people_in
from assistant.decide.commands.wording.text import fold, plain_text

# To whom something is given: "Dr. Lee signed" is no colleague of that name.
_TITLED = re.compile(
    r"\b(?:re-?)?(?:assign|give|given|hand|handed|pass|passed|transfer|delegate|route|move|asigna|pasa)[a-z]{0,4}\b"
    r"[^.!?;]{0,60}? (?:to|a) (?P<t>(?:mrs?|ms|miss|mx|sr|sra|srta)\.? )(?P<p>[a-z][a-z'-]{1,20})(?![\w'-])"
)
_SHALL = (
    r"(?:may|can|should|shall|must|is to|are to|ought to|has to|have to|needs? to|will)(?: now| please| kindly)? be"
)
_PUT_OFF = r"(?:deferred|put off|held(?: off| over)?|snoozed|parked|tabled|shelved|suspended|left|set aside|paused)"
_DATE = r"(?:(?:due |target )?date|deadline|due|fecha|plazo)"
_WRONG = (
    r"(?:is|was|'s|looks|esta)(?: still| now)? (?:wrong|off|incorrect|not right|a mistake|an error|a typo|"
    r"equivocad[oa]|mal)"
)
_SHOULD = (
    r"(?:(?:and|but|y|pero|so)[ ,]+)?(?:(?:it|that|this)[ ]?)?"
    r"(?:should(?: be| say| read| have been)|'s|is(?: really| actually| supposed to be| meant to be)?|must be|"
    r"needs to be|has to be|s/b|sb|make it|change it to|correct is|debe ser|deberia ser|es|seria)"
)
_LONG_DATE = rf"(?:{DATE}|\d{{1,2}} (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{{0,6}})"
_PERIOD = r"(?:week|weekend|month|holidays?|year|quarter|break|visit)"

_ENDED = (
    r"(?:concluded|attended to|actioned|accomplished|fulfilled|seen to|finali[sz]ed|dealt with|brought to (?:a )?close)"
)
_BEEN = r"(?:is|are|was|were|has been|have been)(?: now| already| duly| also| both| all){0,2}"
_REMOVED = (
    r"(?:(?:struck|stricken|removed|deleted|withdrawn|dropped)(?: off| out)?|taken off)"
    r"(?: (?:from |of )?(?:the|my|our|this) list)?"
)
_IF_YOU = (
    r"(?:(?:i|we)(?:'d| would| should| shall)? (?:be (?:most |very )?(?:grateful|obliged|thankful)|appreciate(?: it)?)|"
    r"it would be (?:appreciated|helpful|great)) if"
)

_FORMS = turns(
    (
        (
            r"^[^\w§#]*(?:please |kindly |pls )?(?:note|be (?:informed|aware|notified|told)|take note)(?: that|:)[ ,:]*"
            r"(?=(?:the |task |item |number )*#?\d)"
        ),
        "",
    ),
    (r"\bhereby ", ""),
    (rf"{AT}{_IF_YOU} you (?:could|would|can|might)(?: please| kindly)? ", "please "),
    (rf"{AT}{_IF_YOU} ({N}) (?:could|can|would|might|may) be ", r"\1 is to be "),
    (rf"{AT}(?:as regards|as concerns|with reference to|in reference to|in respect of) ({N}) ?[,:]", r"\1:"),
    (rf"({N})(?: ?: (?:this|it|the same))? {_BEEN} {_ENDED}(?![\w-])", r"\1 has been done"),
    (rf"{AT}(?:i|we) (?:can |hereby |do )?confirm (?:the )?completion of ({N})(?=[ .!]*$|[,;])", r"\1 is done"),
    (
        rf"{AT}({N}) {_SHALL} {_REMOVED}(?: now| please)?(?=[ .!]*$|[,;])",
        r"drop \1",
    ),
    (
        (
            rf"({N}) ?[:,-]+ ?(?:please |kindly |pls )?(?:defer|postpone|adjourn|carry over|delay)(?: it| this)? "
            rf"(?:to|until|till) (?={DAY})"
        ),
        r"\1 due ",
    ),
    (rf"{AT}({N}) {_BEEN} withdrawn(?=[ .!]*$|[,;])", r"drop \1"),
    (rf"{AT}(?:please )?({N}) {_SHALL} {_PUT_OFF} (?:until|till|til|to) (?={DAY}|\d)", r"snooze \1 until "),
    (
        (
            rf"{AT}{PLEASE}(?:the )?({N})(?: ?[:,-]+ ?|'s | )(?:the |its )?{_DATE} {_WRONG}[ ,;:.-]+{_SHOULD} "
            rf"(?={DAY}|\d)"
        ),
        r"\1 due ",
    ),
    (
        (
            rf"{AT}{PLEASE}(?:the )?{_DATE} (?:on|of|for|in|de) ({N}) {_WRONG}[ ,;:.-]+{_SHOULD} "
            rf"(?={DAY}|\d)"
        ),
        r"\1 due ",
    ),
    (
        rf"{AT}(?:wrong|bad|incorrect) {_DATE} (?:on|of|for|in) ({N})[ ,;:.-]+{_SHOULD} (?={DAY}|\d)",
        r"\1 due ",
    ),
    (rf"({N})[ :,-]+(?:wrong|bad|incorrect) {_DATE}[ ,;:.-]+{_SHOULD} (?={DAY}|\d)", r"\1 due "),
    # "Until after the holiday, 7/6": the date tells which day is meant.
    (
        (
            rf"\b(until|till|til|hasta) (?:after |(?:the )?(?:end of|week of|middle of) |next |the )[a-z' ]{{2,30}}?"
            rf" ?[,(] ?(?:so |that'?s |i\.e\. |meaning |on |which is |el )?({_LONG_DATE})\)?(?=[ ]*(?:[.,;!]|$))"
        ),
        r"\1 \2",
    ),
    (
        (
            rf"\b(to|for|due|by) (?:after |(?:the )?(?:end of|week of|middle of) |next |the )(?:the )?[a-z' ]{{0,20}}?"
            rf"{_PERIOD} ?[,(] ?(?:so |that'?s |i\.e\. |meaning |on |which is )?({_LONG_DATE})\)?(?=[ ]*(?:[.,;!]|$))"
        ),
        r"\1 \2",
    ),
    (
        (
            rf"({N})[ :,-]{{0,3}}((?:is |are |es |son |now |ahora ){{0,2}}(?:{LEVEL})) "
            r"(?=(?:because|since|as|bc|b/c|cuz|cause|porque|ya que|pues)\b)"
        ),
        r"\1 \2, ",
    ),
    # Of what was spoken of last.
    (
        (
            rf"^[^\w§#]*{PLEASE}(?:ask|ping|nudge|check with|try|bug|poke) me (?:about (?:it|that|this) )?"
            rf"(?:again|back) (?={DAY})"
        ),
        "snooze it until ",
    ),
    (
        (
            rf"{AT}{PLEASE}(?:ask|ping|nudge|check (?:back )?(?:with|w/)|poke) me (?:again |back )?"
            rf"({DAY}[a-z0-9/: ]{{0,12}}?) (?:on|about|re|for|regarding) ({N})(?=[ .!]*$|[,;])"
        ),
        r"snooze \2 until \1",
    ),
)


def put_formally_plainly(sentence: str, asked: ReplyContext) -> str:
    """Return the sentence with what is formally bidden in plain commands, and colleagues without their titles."""
    return turned(_untitled(sentence, asked), _FORMS)


def _untitled(sentence: str, asked: ReplyContext) -> str:
    """Return "to Ames" for "to Ms. Ames", where Ames is a colleague and nobody's patient."""
    if len(sentence) > LONGEST:
        return sentence
    patients = {name for task in asked.tasks for name in names_of(task)}
    titles = {word for task in asked.tasks for word in re.findall(r"[a-z]+", fold(task.title))}
    for match in reversed(list(_TITLED.finditer(fold(sentence)))):
        name = match["p"].removesuffix("'s")
        found = people_in(plain_text(name), asked.people)
        if len(found) == 1 and name in fold(found[0].name).split()[1:] and name not in patients | titles:
            sentence = f"{sentence[: match.start('t')]}{sentence[match.start('p') :]}"
    return sentence
