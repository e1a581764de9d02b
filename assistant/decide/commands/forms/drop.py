"""Clauses that call a task off, open it again, hand it back, or take a command back."""

from __future__ import annotations

import re

from assistant.decide.commands.forms.handing import task_meant
from assistant.decide.commands.matching.found import Clause, Found, each, unclear
from assistant.decide.commands.matching.ordinary import names_thing
from assistant.decide.commands.matching.subjects import ALL_BUT, Subject, referent, resolve
from assistant.decide.commands.matching.told import bidden
from assistant.decide.commands.wording.doubts import doubt, doubt_in_remark, takes_back
from assistant.decide.commands.wording.text import SIGN, Text
from assistant.decide.commands.wording.words import ALL, DROP, DROPPED, PRONOUN, REOPEN
from assistant.records import Task

LEADING = re.compile(
    rf"(?:(?:the|tasks?|number|item|no\.?|el|la|los|las|both|all|also|of|with|con|#|:|-)\s*){{0,5}}"
    rf"(?P<s>{SIGN}+|(?:{PRONOUN}|{ALL})(?!\w)(?! else\b)(?! (?:the )?\w+ (?:ones?|tasks?))"
    r"(?! (?:that is |that's )?(?:for|of|about|with|regarding|related|concerning|under|de|del|para|con)\b))(?P<t>.*)"
)
"""A slot that begins with a number or a word like "it"; what follows is no part of it."""
_FIRST = re.compile(rf"(?:{DROP})(?!\w)\s*[:,]?\s*(?P<s>.+)")
_LAST = re.compile(
    rf"(?P<s>.+?)\s*[:,-]?\s*(?<!\w)(?:(?:is|are|was|were|has been|have been|got|gets|been|'s|now|can be|se|"
    rf"fue|esta|son|es|queda|just)\s+){{0,3}}"
    rf"(?:{DROPPED})(?!\w)(?P<of>(?: of| as| de)? (?:the )?#?{SIGN}+)?(?P<t>.*)"
)
_TAKEN_OFF = re.compile(r"(?:take|get|pull)\s+(?P<s>.+?)\s+off(?: of)?(?: (?:my|the|this))?(?: (?:list|plate))?")
_REOPEN_FIRST = re.compile(
    rf"(?:{REOPEN})(?!\w)\s*:?\s*(?P<s>.+?)(?:\s+(?:back|again|on(?:to)? (?:the|my) list|en la lista|"
    rf"de nuevo|back on.{{0,40}}|up))*"
)
_PUT_BACK = re.compile(
    r"(?:put|bring|move|place|pon|ponlo|ponla)\s*(?P<s>.*?)\s*\b(?:back on|back onto|back to open|de nuevo en|"
    r"back(?! (?:a|an|one|two|to|by)\b| \d))\b.*"
)
_REOPEN_LAST = re.compile(
    r"(?P<s>.+?)\s+(?:open again|is open again|needs? (?:to be )?reopen(?:ed|ing)?|reopened?|"
    r"should (?:still )?be open|(?:was|were|got) (?:closed|done|marked done|completed|"
    r"dropped) (?:by mistake|in error|by accident|accidentally|too (?:early|soon))|should(?:n't|"
    r" not) (?:be|have been) (?:closed|done|marked done|dropped)|sigue abiert[oa])\b.*"
)
_STAYS_OPEN = re.compile(r"\b(?:sigue abiert[oa]|should still be open)\b")
_REFUSED = re.compile(
    r"(?P<s>.*?)\s*[:,-]?\s*(?:(?:is|are|es|son)\s+|'s\s+)?(?:not|isn'?t|aren'?t|no es|no son|no)\s+"
    r"(?:mine|my (?:task|job|patient|responsibility|problem)|for me|mi[oa]s?|me toca|para mi|me corresponde)\b.*"
)
# "drop 12 off at the lab" and "cancel 5's visit" speak of things, not of the tasks.
_TAIL = re.compile(
    r"(?:(?:please|pls|from (?:(?:my|the|our|this|your|today's) )?(?:list|plate|digest|tasks|board|queue|here|now)\b|"
    r"off (?:my|the) list|because|since|as|it|they|he|she|we|for good|too|now|"
    r"nobody|no one|(?:is )?no longer|(?:is )?not needed|"
    r"por favor|de la lista|porque|pues|que ya no|ya no (?=[a-z])|nadie|es que|[-,.(]).*)?"
)
_NO_MORE = re.compile(r"(?:please |pls |so |and |now |you can ){0,3}(?:stop|quit) [a-z]+ing\b")
_LET_GO = re.compile(
    rf"(?:never ?mind|nvm)(?: about)?\s+(?:the\s+)?{SIGN}+|(?:the\s+)?{SIGN}+\s*[,:-]?\s*(?:never ?mind|nvm)[\s.!]*"
)
_IGNORED = re.compile(rf"(?:ignore|disregard|skip|never ?mind|nvm)\s+(?:about\s+)?(?:the\s+)?{SIGN}+")
# "Skip 4, the clinic is off" gives the reason for which nothing is to be done; "skip 4" alone may mean for now.
# "The courier dropped the bridge" tells what somebody did.
_DROPS_A_THING = re.compile(
    r"\s*(?:dropped|cancell?ed|removed|skipped) (?:off|by|in|the|an?|his|her|their|our|my|its)\b(?! (?:the |"
    r"my )?list\b)"
)
_REMOVES_A_THING = re.compile(
    r"\s*(?:delete|remove|drop|scrap) "
    r"(?:(?:off )?(?:the|an?|his|her|their|our|my|any|all|one|old)|from (?:the|his|her))"
    r" (?!(?:whole |entire )?(?:tasks?|reminders?|items?|things?|ones?|list|digest)\b)[a-z]"
)
"""Bidden behind a number, it may be done to something of the task's: "15 delete the old fax"."""
_THEY_CANCEL = re.compile(
    r"(?:.*\b)?(?:interpreter|terp|sitter|driver|doctor|dr|surgeon|nurse|aide|caregiver|courier|vendor|clinic|office|"
    r"hospital|lab|"
    r"interprete|chofer|doctora?|enfermera|cuidadora?|clinica|oficina)\s+(?:just |has |ya |nos )?"
    r"(?:cancell?ed|cancelo|cancelaron)\b.*"
)
"""Somebody who should have come: the task is harder now, not gone."""
_SKIPPED = re.compile(
    rf"(?:skip|pass on|forget about|salta|saltate|olvida)\s+(?:the |la |el )?(?P<s>{SIGN}+)[\s,:;-]+(?:as |since |"
    rf"because |porque )?(?P<t>.+)"
)
_REASON = re.compile(
    r"\b(?:off|cancell?ed|cancels?|closed|transferred|discharged|moved away|gone|passed away|died|expired|no longer|"
    r"not needed|"
    r"not necessary|(?:doesn't|does not|doesnt|don't|dont) (?:need|want)|declined|refused|withdr[ae]wn?|withdrew|"
    r"duplicate|"
    r"wrong (?:patient|number)|moot|switched|changed (?:doctors|practices|clinics)|ya no|cancelad[oa]|cancelo|"
    r"cerrad[oa]|fallecio|"
    r"rechazo|se mudo)\b"
)
_FOR_NOW = re.compile(
    r"\b(?:for now|today|tonight|this (?:time|week)|until|till|til|if|might|may|ask|por ahora|hoy|hasta)\b|\?"
)
_REPEATS = re.compile(
    rf"[\s(,;:-]*(?:(?:as|it'?s|is|because|since|es|por)\s+){{0,2}}(?:(?:a|an|the|un|una)\s+)?"
    rf"(?:duplicates?|dups?|dupes?|same|copy(?=\s+(?:of|to)\b)|repeat|duplicad[oa])(?:\s+(?:thing|task|one|ask))?"
    rf"(?:\s+(?:of|as|with|to|de|que))?\s+(?:(?:task|the|el|la|number)\s+)?(?P<of>{SIGN}+)[\s).!]*"
)
_NEVER_MIND = re.compile(
    r"(?:(?:oh|ok|okay|so|please|pls)[\s,]+)*(?:never ?mind|nvm|forget|ignore|disregard) (?:about )?"
    r"(?:(?:that|this|the (?:last|other|first)) (?:one|task|item|thing)|the [a-z]+ (?:one|task))"
    r"(?: (?:please|pls|now|then|thanks))*[\s.!]*"
)
_NEVER_MIND_IT = re.compile(
    r"(?:(?:oh|ok|okay|so|and|please|pls|actually)[\s,]+)*(?:never ?mind|nvm|forget|disregard) (?:about )?"
    r"(?P<s>[a-z][^,.;:§]{2,60}?)(?:\s*[,.;:-]\s?.*|\s(?:because|cause|since|as)\s.*)?"
)
_ALIKE = re.compile(r"\b(?:dup|same|duplicad)")
_TURNED = frozenset({"question", "condition", "hedge", "negated"})


_CANCELLED = re.compile(
    r"(?:\W*(?:is|are|was|were|has been|have been|got|now|just|se|fue|esta|son|es|queda)\b){0,3}"
    r"\W*(?:cancel|called off)"
)


def _bids_to_cancel(task: Task | None) -> bool:
    return task is not None and bidden(task)[0].startswith("cancel")


def read_let_go(clause: Clause) -> Found | None:
    """Read "23 never mind" of a task that was not spoken of before: it takes nothing back, and may let it go."""
    head = clause.head
    if _LET_GO.fullmatch(head.plain) is None or not head.known or not clause.memory.mentioned.isdisjoint(head.known):
        return None
    numbers = ", ".join(str(number) for number in head.known)
    ask = f"Shall #{head.known[0]} go? Then write: drop {numbers}"
    return Found(ask=ask, kept=head.known, about=head.known)


def _shall_go(number: int) -> Found:
    return Found(ask=f"Shall #{number} go? Then write: drop {number}", kept=(number,), about=(number,))


def read_taking_back(clause: Clause) -> Found | None:
    """Read "no wait", "leave 8 as it is"."""
    if not takes_back(clause.head.plain):
        return None
    if _NEVER_MIND.fullmatch(clause.full.plain) and not (clause.memory.last or clause.memory.previous):
        # With nothing said before it, it is one of the tasks that is meant.
        meant = referent(clause.memory)
        if len(meant.numbers) != 1:
            return Found(ask=unclear(meant, clause, "drop"), kept=meant.numbers)
        return _shall_go(meant.numbers[0])
    named = None if clause.full.numbers else _NEVER_MIND_IT.fullmatch(clause.full.plain)
    numbers = task_meant(clause.full.group(named, "s"), clause, is_kept=True) if named else ()
    if len(numbers) == 1 and numbers[0] not in clause.memory.closed:
        return _shall_go(numbers[0])
    return Found(takes_back=clause.full.known, about=clause.full.known, kept=clause.full.known or clause.memory.ended)


def read_reopening(clause: Clause) -> Found | None:
    """Read "reopen 2", "put it back on the list"."""
    head = clause.head
    for form in (_REOPEN_FIRST, _PUT_BACK, _REOPEN_LAST):
        match = form.fullmatch(head.plain)
        if match is None:
            continue
        subject = resolve(head.group(match, "s"), clause.memory, may_be_closed=True)
        if subject is None:
            continue
        if _STAYS_OPEN.search(head.plain) and all(_is_open(number, clause) for number in subject.numbers):
            return Found(kept=subject.numbers, about=subject.numbers, denies=True)
        return each("reopen", subject, clause)
    return None


def _is_open(number: int, clause: Clause) -> bool:
    task = clause.asked.task(number)
    return task is not None and task.state == "open"


def read_refusal(clause: Clause) -> Found | None:
    """Read "not mine": a task handed back without a taker is asked about, never closed."""
    ignored = _IGNORED.fullmatch(clause.head.plain)
    if ignored is not None and clause.head.known and _skipped(clause) is None:
        number = clause.head.known[0]
        return Found(
            ask=f"Shall #{number} go? Then write: drop {number}", kept=clause.head.known, about=clause.head.known
        )
    match = _REFUSED.fullmatch(clause.head.plain)
    if match is None:
        return None
    slot, head = clause.head.group(match, "s"), clause.head
    # "not mine: 9" has its number behind.
    subject = Subject(numbers=head.known) if head.known and not slot.plain else resolve(slot, clause.memory)
    if subject is None:
        return None
    ask = unclear(subject, clause, "assign")
    if ask is None:
        number = subject.numbers[0]
        ask = f"Who should have #{number}? Write: give {number} to NAME. If it is no task at all, write: drop {number}"
    return Found(ask=ask, refused=subject.numbers, about=subject.numbers)


def read_drop(clause: Clause) -> Found | None:
    """Read "drop 3", "3 cancelled", "3 duplicate of 9"."""
    head = clause.head
    skipped = _skipped(clause)
    if skipped is not None:
        return each("drop", Subject(numbers=clause.full.known, unknown=clause.full.unknown), clause, text=skipped)
    repeated = _repeated(clause.full)
    if repeated is not None and (meant := referent(clause.memory)).numbers:
        return each("drop", meant, clause, text=clause.full.own, of=repeated)
    first = _FIRST.fullmatch(head.plain) or _TAKEN_OFF.fullmatch(head.plain)
    return _bidden(first, clause) if first is not None else _told(clause)


def _skipped(clause: Clause) -> str | None:
    """Return the reason of "skip 4, the clinic is off"."""
    match = _SKIPPED.fullmatch(clause.full.plain)
    if match is None or not _REASON.search(match["t"]) or _FOR_NOW.search(match["t"]):
        return None
    return clause.full.group(match, "t").own.strip(" ,.")


def _bidden(match: re.Match[str], clause: Clause) -> Found:
    slot = clause.head.group(match, "s")
    leading = None if ALL_BUT.fullmatch(slot.plain) else LEADING.fullmatch(slot.plain)
    tail = Text(own="", plain="")
    if leading is not None:
        slot, tail = slot.group(leading, "s"), slot.group(leading, "t")
    subject = resolve(slot, clause.memory)
    repeated = _repeated(tail) or _repeated(clause.rest)
    if repeated is not None and subject is not None:
        return each("drop", subject, clause, text=(tail.own or clause.rest.own).strip(" ,;:()"), of=repeated)
    if (
        subject is None
        or tail.numbers
        or not _TAIL.fullmatch(tail.plain)
        or doubt(tail.plain) in {"question", "condition"}
    ):
        return Found(ask=f"Which task should go, by “{clause.head.own[:60]}”? Please write: drop and its number.")
    if subject.numbers and _NO_MORE.match(clause.head.plain):
        # "8 done. Stop emailing me about it": that is why.
        before = clause.memory.said[-1].casefold() if clause.memory.said else ""
        if {*subject.numbers} <= clause.memory.closed:
            return Found(about=subject.numbers)
        if doubt(before) == "negated" and not clause.head.numbers:
            ask = f"#{subject.numbers[0]} is still open. Shall it go? Then write: drop {subject.numbers[0]}"
            return Found(ask=ask, kept=subject.numbers)
    return each("drop", subject, clause, text=clause.rest.own)


def _repeated(words: Text) -> int | None:
    """Return the task of which another is a duplicate: the 7 in "duplicate of 7"."""
    match = _REPEATS.fullmatch(words.plain)
    slot = words.group(match, "of") if match else None
    return slot.known[0] if slot is not None and len(slot.known) == 1 and not slot.unknown else None


def _names_it(subject: Subject, clause: Clause) -> bool:
    if subject.by_words is None:
        return True
    task = clause.asked.task(subject.numbers[0])
    return task is None or names_thing(subject.by_words, task)


def _told(clause: Clause) -> Found | None:
    head = clause.head
    match = _LAST.fullmatch(head.plain)
    if match is None:
        return None
    slot = head.group(match, "s")
    if not slot.numbers and (_DROPS_A_THING.match(head.plain[len(match["s"]) :]) or _THEY_CANCEL.fullmatch(head.plain)):
        return None
    subject = resolve(slot, clause.memory)
    if subject is None or subject.is_open or subject.is_bulk:
        return None
    if subject.by_words is not None and doubt(slot.plain) is not None:
        return None
    if doubt(head.group(match, "t").plain) in _TURNED or doubt_in_remark(clause.rest.plain) in {
        "question",
        "condition",
    }:
        return Found(kept=subject.numbers, about=subject.numbers, is_understood=False)
    said = clause.full.cut(match.end("s")).trimmed()
    if len(subject.numbers) > 1 and _ALIKE.search(said.plain):
        first, last = subject.numbers[0], subject.numbers[-1]
        ask = f"Which of them shall stay? If it is #{first}, please write: drop {last} duplicate of {first}"
        return Found(ask=ask, kept=subject.numbers, about=subject.numbers)
    if _REMOVES_A_THING.match(said.plain) or not _names_it(subject, clause):
        # "The sleep study is cancelled": that may end the request for its results, or not.
        ask = f"Shall #{subject.numbers[0]} go? Then write: drop {subject.numbers[0]}"
        return Found(ask=ask, kept=subject.numbers, about=subject.numbers, choices=subject.numbers)
    return _ended(subject, said, head.group(match, "of") if match["of"] else head.cut(0, 0), clause)


def _ended(subject: Subject, said: Text, words: Text, clause: Clause) -> Found:
    """Return the drop; of what was to be cancelled, the end."""
    bids_so = [_bids_to_cancel(clause.asked.task(one)) for one in subject.numbers]
    if _CANCELLED.match(said.plain) and bids_so and all(bids_so):
        # "The ride is cancelled" is the result, where that was the task.
        return each("done", subject, clause)
    other = words.known[0] if len(words.known) == 1 else None
    return each("drop", subject, clause, text=said.own, of=other)
