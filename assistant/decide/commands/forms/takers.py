"""A clause that gives a task to nobody whom we know -> a question: "tell Irma to do 4", "billing should do this"."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.matching.meaning import names_of
from assistant.decide.commands.wording.arguments import names_by, people_in
from assistant.decide.commands.wording.likeness import is_slip
from assistant.decide.commands.wording.text import SIGN, Text, fold
from assistant.decide.commands.wording.words import SAYS_DONE

_LED = r"(?:(?:the|task|number|la|el)\s+){0,2}"
_S = rf"(?:{_LED}{SIGN}+|it|this|that|this one|that one|this task)"
_P = r"(?P<p>(?:the |our |my )?[a-z][a-z'-]*(?: [a-z'-]+){0,3}?)"
_DO = r"(?:do|take|handle|cover|own|have|get|finish|see to|deal with|take care of|take over|pick up|answer|work)"
_DOING = r"(?:doing|taking|handling|covering|owning|getting|picking up|dealing with|working|answering|taking care of)"
_MUST = r"(?:should|ought to|needs? to|has to|have to|must|is supposed to|are supposed to|was supposed to)"
_END = r"(?: (?:now|instead|please|pls|for me|today|tonight|tomorrow|this time|not me|not us|anyway|really))*"
_DESK = (
    r"(?:(?:the |our )?(?:(?:[a-z]+ )?(?:team|desk|crew|shift|unit|staff|dept|department|office|people|folks|group|"
    r"temp|"
    r"float|float pool|intern|clerk|front|pool|volunteers?)|billing|registration|regulatory|pharmacy|scheduling|"
    r"records|"
    r"medical records|admissions|admitting|intake|social work|case management|finance|legal|compliance|purchasing|"
    r"supply|"
    r"housekeeping|evs|transport|dispatch|nursing|radiology|imaging|lab|coding|credentialing|hr|facilities|"
    r"maintenance|quality|infection control|utilization review|referrals|authorizations|auths|accounting))"
)
_BID = re.compile(
    rf"(?:please |pls |just )*(?:tell|have|let|ask|get|make) (?P<p>[a-z][a-z'-]+(?: (?!to |"
    rf"please )[a-z'-]+)?) (?:to )?(?:please )?"
    rf"{_DO} {_S}{_END}"
)
_HAS = re.compile(
    rf"(?P<p>[a-z][a-z'-]+(?: [a-z'-]+)?)(?:(?:'s| is| will be) (?:now )?{_DOING}|(?:'s got| has| takes| took| gets|"
    rf" owns| "
    rf"covers| handles)|(?: will|'ll| can) {_DO}) {_S}{_END}"
)
_HERS = re.compile(rf"{_S} (?:{_MUST} be|is|belongs to|goes to|should go to|is for) (?P<p>[a-z][a-z-]+)(?:'s)?{_END}")
_DESKS_JOB = re.compile(
    rf"(?:some(?:one|body) (?:else )?(?:in|from|at|on) {_DESK} (?:{_MUST}|can|could|will) (?:be )?(?:{_DO}|"
    rf"{_DOING}) {_S}{_END}|"
    rf"{_P} {_MUST} (?:be )?(?:{_DO}|{_DOING}) (?:on )?{_S}{_END}|"
    rf"{_DESK} (?:does|do|handles?|takes?|owns?|covers?|usually does|always does) (?:{_S}|these|those){_END}|"
    rf"(?:{_S}|that'?s|it'?s)(?: (?:is|was|{_MUST} be))?(?: (?:really|actually|clearly))? (?:an? |the |"
    rf"for )?{_DESK}(?:'s)? "
    rf"(?:thing|matter|issue|problem|job|task|question|item|work|one|call|business){_END}|"
    rf"{_S} (?:(?:really )?{_MUST} be|is for|are for) (?:the |for )?{_DESK}(?:'s)?{_END}|{_S} is {_DESK}'s{_END}|"
    rf"{_S} {_MUST} be (?:done|handled|covered|taken|owned|worked|answered) by {_DESK}{_END}|"
    rf"{_S} (?:belongs?|goes|should go|needs to go|has to go|is|can go|should be) (?:to|with|in|"
    rf"over to) {_DESK}{_END}|"
    rf"{_LED}{SIGN}+ ?(?:->|=>|>|@|to) ?{_DESK}{_END})"
)
_NOT_US = re.compile(
    rf"{_S} (?:goes|should go|needs to go|has to go|belongs|is|should be|ought to be) (?:to|with|for|under) "
    r"(?P<p>(?:the |our |their |his |her )?[a-z][a-z/' -]{1,30}?),? (?:and |so )?not (?:to |with |for |on )?"
    r"(?:me|us|mine|ours|our (?:team|desk|side|office|unit|dept|department|job|list))"
)
_WHOEVER = re.compile(
    r"\b(?:whoever|whomever|whichever one of (?:you|us|them)|anyone but me|anybody but me|quien (?:este|sea))\b"
)
_WHOSE = re.compile(r"(?:not )?(?:hers|his|theirs)(?: (?:now|please|pls|tonight|today))*")
_COVERS = re.compile(
    r"[a-z][a-z'-]+(?: [a-z'-]+)?(?:'s| is)? (?:cover(?:s|ing)|fill(?:s|ing) in|standing in|stepping in|"
    r"subbing) for me\b[^,;]{0,30}"
)
_NOT_ME = re.compile(
    rf"{_S} (?:{_MUST} (?:not|never) be|(?:should|must)n'?t be|should have been|was (?:never )?supposed to be|"
    rf"was never|"
    r"might be|may be) (?:mine|me|on me|for me|on my (?:list|plate))(?:[ ,]+[a-z' ]{0,30})?"
)
_OURS = re.compile(
    r"(?:i|we|you|he|she|they|it|this|that|who|somebody|someone|anybody|anyone|nobody|me|us|them|her|him)\b"
)
_THEIRS = re.compile(
    r"\b(?:patient|pt|mom|mother|dad|father|son|daughter|wife|husband|sister|brother|family|parents?|caregiver|aunt|"
    r"uncle|"
    r"niece|nephew|grandma|neighbor|mr|mrs|ms|miss|dr|doctor)\b"
)
_UNSETTLED = re.compile(r"\b(?:if|unless|once|when|or|maybe|said|says|asked|told|did|already|thinks?)\b|\?")


def read_whoever(clause: Clause) -> Found | None:
    """Ask who it is to be where a task is for "whoever is in this week", before "is in" tells of its report."""
    full = clause.full
    if _WHOEVER.search(full.plain) is None or not full.known or full.unknown or "?" in full.plain:
        return None
    return None if SAYS_DONE.search(full.plain) else _who(full.known)


def read_nobody(clause: Clause) -> Found | None:
    """Ask who should have a task that is handed to a stranger, to a desk or to whoever is there."""
    full = clause.full
    numbers = full.known or ((clause.asked.only,) if clause.asked.only is not None and not full.numbers else ())
    if full.unknown or not numbers or not full.tells_of_one_list:
        return None
    plain = clause.head.plain.strip(" .,!")
    if _UNSETTLED.search(plain):
        return None
    if _NOT_ME.fullmatch(plain):
        return _who(numbers)
    desk = _NOT_US.fullmatch(full.plain.rstrip(" .,!"))
    if desk is not None and not people_in(full.group(desk, "p"), clause.asked.people):
        return _who(numbers)
    if not full.numbers and (_WHOSE.fullmatch(plain) or _COVERS.fullmatch(plain)):
        return _who(numbers)
    if (job := _DESKS_JOB.fullmatch(plain)) is not None:
        name = job["p"] or ""
        is_told = _OURS.match(name) or _THEIRS.search(name) or _is_of_tasks(name, clause)
        return None if is_told else _who(numbers)
    for form in (_BID, _HAS, _HERS):
        match = form.fullmatch(plain)
        if match is not None and _is_stranger(clause.head.trimmed().group(match, "p"), clause, is_bid=form is _BID):
            return _who(numbers, clause.head.trimmed().group(match, "p"), clause)
    return None


def _is_stranger(name: Text, clause: Clause, *, is_bid: bool) -> bool:
    """Return whether a name is nobody's of those whom we know: no colleague's, no patient's, of no word in a title."""
    words = name.plain.split()
    if not words or _OURS.match(name.plain) or _THEIRS.search(name.plain) or _is_of_tasks(name.plain, clause):
        return False
    if any(set(words) <= names_by(one) for one in clause.asked.people):
        return False
    return name.own[:1].isupper() and len(words) <= (2 if is_bid else 1)


def _is_of_tasks(name: str, clause: Clause) -> bool:
    words = {word for word in re.findall(r"[a-z]{3,}", name) if word not in {"the", "our"}}
    told = {word for task in clause.asked.listed for word in re.findall(r"[a-z]{3,}", fold(task.title))}
    return bool(words & told) or any(words & names_of(task) for task in clause.asked.listed)


def _who(numbers: tuple[int, ...], name: Text | None = None, clause: Clause | None = None) -> Found:
    number = numbers[0]
    if name is None or clause is None:
        ask = f"Who should have #{number}? Please write: give {number} to NAME"
    else:
        first = name.plain.split()[0]
        people = clause.asked.people
        near = [one for one in people if is_slip(first, fold(one.name).split()[0])] or people
        known = ", ".join(one.name for one in near)
        ask = f"I know nobody called “{name.own[:40]}”. I know {known}. Please write: give {number} to NAME"
    return Found(ask=ask, about=numbers, kept=numbers)
