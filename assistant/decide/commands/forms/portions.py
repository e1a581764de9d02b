"""What a reply tells of a task -> whether it tells of the whole of it, or of a part, a draft or another thing."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from assistant.decide.commands.forms.doubt import notes
from assistant.decide.commands.matching.counts import counts_part
from assistant.decide.commands.matching.deeds import TOLD
from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.matching.meaning import is_same, names_of, words_of
from assistant.decide.commands.matching.second_deeds import tells_first_alone
from assistant.decide.commands.matching.several_things import names_only_things, tells_of_some
from assistant.decide.commands.matching.titles import folded_title, heads
from assistant.decide.commands.matching.told import thing
from assistant.decide.commands.wording.text import SIGN, Text, fold
from assistant.decide.commands.wording.words import CLOSE, DROP, SAYS_DONE, STRONG
from assistant.records import Task

_PART = re.compile(
    r"\b(?:(?:first|second|last|next|front|one|two|some|most|a few|couple|\d{1,3}) (?:page|half|part|batch|set|section|"
    r"portion|round|copy|step|signature|chapter|piece|third|quarter)s?|"
    r"(?:the |a )?(?:half|part|parts|portion|most|some|bits?) of (?!(?:them|these|those)\b)|half (?=the |it |was |"
    r"is |the )|"
    r"(?:page|pages|part|phase|step|section|box) (?:one|two|three|\d{1,2})\b(?! (?:of|to|through|thru|-))|"
    r"cover (?:sheet|page|letter)|(?:rough |first |working )?drafts?|outline|partial(?:ly)?|preliminary|unsigned|"
    r"blank|a copy (?:to|for|of)|heads[- ]?up|"
    r"(?:la |una )?(?:primera|ultima) (?:pagina|hoja|parte|mitad)|la mitad|media|una parte|parte de|borrador(?:es)?|"
    r"caratula|copia)\b"
)
_DRAFTS = re.compile(r"\b(?:draft|write|prepare|edit|outline|partial|copy|cover|half|part|first|blank|borrador|copia)")
"""Titles that ask for no more than such a part."""
AWAY = re.compile(
    r"\bto (?:(?:the )?sender|me|us|my (?:desk|inbox|office|printer)|the wrong\b|(?:his|her|their|the|our|my|an?) "
    r"(?:old|wrong)\b)|\b(?:elsewhere|somewhere else|someplace else|(?:with|by|at|for) (?:another|a different|"
    r"the other)\b)|"
    r"\b(?:updated|done|filled (?:in|out)) (?:through|thru|up to|as far as) (?=[a-z])|"
    r"\bfor (?:(?:his|her|their|a|the|an|my|your|dr\.?|mr\.?|mrs\.?|ms\.?) ?(?:[a-z.']+ )?)?(?:ok(?:ay)?|sign-?off|"
    r"input|"
    r"comments?|edits?|blessing|thoughts|proofing|proofreading|initials|signature|review|approval)\b|"
    r"\bpara (?:la |su |que |que (?:la|lo) )?(?:firmas?|firmar|firme|revision|revisar|revise|aprobacion|visto bueno|"
    r"correccion)\b"
)
_OBJECT = re.compile(r"^ (?:the|a|an|his|her|their|my|our|another) (?P<o>[a-z0-9][a-z0-9'/ -]{1,40})")
_IS_SOMEWHERE = re.compile(r"(?:is|are|'s|on|in|at|went|gone|out|off|knows?)\b")
_BOUND_FOR = re.compile(r"\bto (?!be\b|do\b|call\b|get\b|see\b|send\b|fax\b)[a-z]")
_WENT_TO = re.compile(
    r"\b(?:sent|faxed|mailed|e-?mailed|forwarded|submitted|delivered|uploaded|returned)\b.{0,60}? to (?:the |a |an |"
    r"our )?"
    r"(?P<o>[a-z][a-z0-9' -]{2,40})"
)
_ANY_PLACE = frozenset(
    ["them", "her", "him", "you", "us", "hospital", "facility", "school", "unit", "floor", "md", "np", "scheduling"]
)
_MORE_NEEDED = re.compile(
    r"(?<!not )(?<!n't )(?<!longer )(?<!nothing )(?<!further )(?<!more )(?<!else )(?<!action )(?<!if )"
    r"\b(?:needed|required|still needs?|they (?:want|need)|wants? more|need(?:s|ed)? (?:more|another|a|to)|missing|"
    r"asking for|falta)\b"
)
_LINK = re.compile(
    r"\s(?:to|for|from|with|at|on|by|in|of|before|after|this|last|yesterday|today|and|but|so|because|since|as|now|too|"
    r"already|again|until|via|through|over|off|out|again|myself|later|about|is|was|are)\b"
)
_GENERIC = frozenset(
    re.findall(
        r"\S+",
        "packet packets paperwork papers paper form forms document documents docs fax email e-mail mail message info "
        "information request requests stuff thing things order orders record records result results report reports "
        "letter "
        "letters file files appointment appt visit slot time date call ride patient pt family mom mother dad father "
        "daughter son wife husband doctor dr nurse office clinic team one ones last rest whole lot job task item list "
        "signature signatures answer approval ok okay go-ahead confirmation number details day morning afternoon "
        "evening "
        "minute hour way copies referral script page pages notes note bill plan insurance payer desk front portal "
        "phone "
        "lady guy rep manager supervisor vendor lab pharmacy same",
    )
)
_EVENT = re.compile(
    r"(?<!\bde )\b(?:surger(?:y|ies)|operation|procedure|appointments?|appts?|visits?|discharge|pick-?up|drop-?off|"
    r"admission|"
    r"hearing|meeting|delivery|session|consult(?:ation)?|case|clinic|class|treatment|infusion|chemo|dialysis|imaging|"
    r"scan|mri|ct|test|fitting|exam|replacement|transplant|start date|arrival|flight|trip|ride|van|"
    r"cirugia|operacion|procedimiento|cita|visita|alta|entrega|consulta|sesion|tratamiento|vuelo)\b"
    r"(?=\s*(?:$|[,:(-])|\s(?:is|was|are|were|has|have|had|been|got|gets|just|now|already|finally|itself|for|on|at|"
    r"to|se|"
    r"ya|fue|esta|quedo|with|de|del|moved|pushed|rescheduled|bumped|postponed|delayed|changed|move|push|bump)\b)"
)
_TAKES_PLACE = re.compile(
    r"(?<=[a-z]) (?:(?:is|was|are|were|got|gets|has been|have been|will be|now|just|se|fue)\b ?){0,3}"
    r"(?:moved|pushed|set|scheduled|rescheduled|bumped|postponed|delayed|changed|booked|is|are|now|on|for|"
    r"paso|movio|cambio|aplazo|reprogramo)\b"
)
_VISIT = re.compile(
    r"appointments?|appts?|visits?|session|test|consult(?:ation)?|cita|visita|consulta|sesion|case|exam"
)
_BOOKS = re.compile(r"(?:re)?(?:book|schedule)|arrange|set|move|find|get|confirm|agendar|programar|reprogramar")
_BROUGHT = re.compile(r"interpret\w*|van|vans|rides?|transport\w*|sitters?|cab|chairs?|walkers?|oxygen")
_UNDER_WAY = re.compile(
    r"\b(?:in (?:the mail|transit|process|(?:their|the|a) queue)|on (?:its|the|their) way|en camino)\b"
)
_GETS = re.compile(r"get|obtain|collect|retrieve|gather|chase|track|request|order|obtener|conseguir|pedir")
_CALLS = re.compile(r"call|phone|ring|notify|tell|inform|let|remind|ask|contact|reach|llamar|avisar|hablar")
_RELATION = re.compile(
    r"\b(?:daughter|son|wife|husband|mom|mother|dad|father|sister|brother|niece|nephew|neighbor|hija|hijo|esposa|"
    r"esposo|"
    r"mama|papa|hermana|hermano)\b"
)
_OWN_DAY = re.compile(r"\b(?:deadline|due|task|follow-?up|reminder|date|plazo|fecha|vence|tarea)\b")

_PLAINLY = re.compile(
    rf"(?:(?:the|task|number|el|la|los|las|both)\s+)*{SIGN}+(?:[\s,:-]|(?:is|are|all|both|now|esta|ya)\b)*(?:{STRONG})(?!\w)|"
    rf"(?:{STRONG}|{CLOSE}|{DROP})\W*(?:(?:with|the|task|number|el|la|los|las)\s+)*{SIGN}"
)
"""A number with a plain word on it, whatever is told behind that."""


def of_the_whole(found: Found | None, clause: Clause) -> Found | None:
    """Return what was found, with a note for each task of which only a part, or another thing, is told to be done."""
    tests = {"done": is_part, "due": _is_of_event, "drop": _of_some}
    if found is None or not any(one.op in tests for one in found.operations):
        return found
    if found.is_explained and not _MORE_NEEDED.search(clause.rest.plain) and not _ends_part(found, clause):
        return found
    part = [
        one
        for one in found.operations
        if one.op in tests and (task := clause.asked.task(one.number)) is not None and tests[one.op](clause, task)
    ]
    if not part:
        return found
    kept = tuple(one.number for one in part if one.number)
    left = tuple(one for one in found.operations if one not in part)
    return Found(
        operations=(*left, *notes(kept, clause.full.own)), ask=found.ask, kept=(*found.kept, *kept), about=kept
    )


def is_part(clause: Clause, task: Task) -> bool:
    """Return whether a clause that tells of an end tells only of a part of the task, or of what is none of it."""
    plain = clause.head.plain
    strong = SAYS_DONE.search(plain)
    if _of_another_number(fold(clause.head.own), task) or _MORE_NEEDED.search(clause.rest.plain):
        return True
    if counts_part(_counting(clause.full), task) or _of_first_deed(clause, task):
        return True
    told = plain if strong is None else plain[: strong.start()]
    if is_portion(told, task) or _of_some(clause, task):
        return True
    if strong is not None:
        return False
    first = TOLD.search(plain)
    is_event = first is not None and is_other_event(plain[: first.start()], task)
    return is_event or AWAY.search(plain) is not None or _another(plain, task) or _to_another(plain, task)


def _ends_part(found: Found, clause: Clause) -> bool:
    """Return whether the clause counts, or names, only some of the things of a task that it would close."""
    tasks = (clause.asked.task(one.number) for one in found.operations if one.op in {"done", "drop"})
    return any(
        task is not None
        and (counts_part(_counting(clause.full), task) or _of_some(clause, task) or _of_first_deed(clause, task))
        for task in tasks
    )


def _of_first_deed(clause: Clause, task: Task) -> bool:
    """Return whether the words tell the first of two deeds alone, in this clause and those before it."""
    told = " , ".join([*map(fold, clause.memory.said), clause.full.plain])
    return _PLAINLY.match(clause.full.plain) is None and tells_first_alone(told, task)


def _of_some(clause: Clause, task: Task) -> bool:
    """Return whether what is told, but for a plain "done" in front of it, is of some of the task's things alone."""
    # "Oxygen and bed picked up": what stands before the "and" was read as words by themselves.
    before = list(takewhile(lambda said: names_only_things(said, task), map(fold, reversed(clause.memory.said))))
    told = " ".join([*before, clause.full.plain])
    return _PLAINLY.match(clause.full.plain) is None and tells_of_some(told, task)


def _counting(told: Text) -> str:
    """Return the folded words with the numbers in figures that are no task's."""
    plain = told.plain
    for one in told.numbers:
        if not one.known:
            plain = plain[: one.start] + fold(told.own[one.start : one.end]) + plain[one.end :]
    return plain


def _is_under_way(plain: str, task: Task) -> bool:
    """Return whether what the title wants to have is on its way to us: "it's in the mail"."""
    return _UNDER_WAY.search(plain) is not None and _GETS.match(fold(task.title)) is not None


def _is_of_another_relation(plain: str, task: Task) -> bool:
    """Return whether the daughter's husband was spoken to, where the title bids to call the daughter."""
    if _CALLS.match(fold(task.title)) is None:
        return False
    wanted, said = (_RELATION.findall(words) for words in (fold(task.title), plain))
    return bool(wanted) and any(not any(is_same(one, other) for other in wanted) for one in said)


def is_portion(told: str, task: Task) -> bool:
    """Return whether the folded words name a part or a draft, where the title bids the whole."""
    if _is_under_way(told, task) or _is_of_another_relation(told, task):
        return True
    if counts_part(told, task):
        return True
    return _DRAFTS.search(fold(task.title)) is None and _PART.search(told) is not None


def _is_of_event(clause: Clause, task: Task) -> bool:
    """Return whether a clause tells on which day something is that the task only serves: "delivery set for Friday"."""
    match = _TAKES_PLACE.search(clause.head.plain)
    return match is not None and is_other_event(clause.head.plain[: match.start()] + " ", task)


def is_other_event(words: str, task: Task) -> bool:
    """Return whether the words name an event that the task serves, not the task: the surgery, not its clearance."""
    own = {*heads(task), thing(task)}
    is_booking = _BOOKS.match(fold(task.title)) is not None and not any(_BROUGHT.fullmatch(one) for one in own)
    named = [match[0] for match in _EVENT.finditer(words) if not (is_booking and _VISIT.fullmatch(match[0]))]
    return bool(named) and not _OWN_DAY.search(words) and not any(is_same(one, other) for one in named for other in own)


def _to_another(plain: str, task: Task) -> bool:
    """Return whether a thing went to another place than the title names: to cardiology, not to Ridgeview."""
    wanted = _BOUND_FOR.search(fold(task.title))
    said = _WENT_TO.search(plain)
    if wanted is None or said is None:
        return False
    words = words_of(_LINK.split(said["o"], maxsplit=1)[0])
    known = (*folded_title(task), *names_of(task))
    is_any = any(one in _GENERIC or one in _ANY_PLACE for one in words[:1])
    return bool(words) and not is_any and not any(is_same(one, other) for one in words for other in known)


def _of_another_number(plain: str, task: Task) -> bool:
    """Return whether the words tell of another one of the things that the title numbers: of donor 602, not 601."""
    own, said = places_in(task.title), places_in(plain)
    nouns = {noun for noun, _ in own}
    return any(noun in nouns and (noun, number) not in own for noun, number in said) and not said & own


def _another(plain: str, task: Task) -> bool:
    """Return whether the deed is told of a thing that the title does not know: "approved the CT" of an MRI."""
    for match in TOLD.finditer(plain):
        found = _OBJECT.match(plain[match.end() :]) if not _IS_SOMEWHERE.match(match[0]) else None
        if found is None:
            continue
        words = words_of(_LINK.split(found["o"], maxsplit=1)[0])
        known = (*folded_title(task), *names_of(task))
        if words and not any(one in _GENERIC or any(is_same(one, other) for other in known) for one in words):
            return True
    return False


@lru_cache(maxsize=4096)
def places_in(told: str) -> frozenset[tuple[str, int]]:
    """Return the numbers of things in a title, each with the noun before it: ("donor", 601)."""
    return frozenset(
        (match[1], int(match[2]))
        for match in re.finditer(r"\b([a-z]{3,}) #?(\d{1,6})\b", fold(told))
        if match[1] not in {"the", "and", "for", "task", "tasks", "number", "about", "with", "from", "item"}
    )
