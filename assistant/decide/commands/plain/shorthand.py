"""A line of shorthand ("Reassign: 4 Kim", "the first three", "4, 5. All done") -> the same in plain commands."""

from __future__ import annotations

import re

from assistant.decide.commands.plain.gapped import ungapped
from assistant.decide.commands.plain.labels import labelled
from assistant.decide.commands.plain.marks import in_words
from assistant.decide.commands.plain.rewrites.asks import put_requests_plainly
from assistant.decide.commands.plain.rewrites.dates import put_days_plainly
from assistant.decide.commands.plain.rewrites.done import put_endings_plainly
from assistant.decide.commands.plain.rewrites.english import put_plainly
from assistant.decide.commands.plain.rewrites.formal import put_formally_plainly
from assistant.decide.commands.plain.rewrites.off import put_cancellations_plainly
from assistant.decide.commands.plain.rewrites.owners import put_owners_plainly
from assistant.decide.commands.plain.rewrites.people import put_people_plainly
from assistant.decide.commands.plain.rewrites.spanish import put_plainly_in_spanish
from assistant.decide.commands.plain.rewrites.spanish_past import put_deeds_plainly
from assistant.decide.commands.plain.slashed import unslashed
from assistant.decide.commands.plain.unparted import parted
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.arguments import people_in
from assistant.decide.commands.wording.numbers import LIST
from assistant.decide.commands.wording.spelled import in_figures
from assistant.decide.commands.wording.text import fold, plain_text
from assistant.decide.commands.wording.words import GIVE, STRONG

_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_CUENTAS = ("un[oa]?", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez")
_COUNT = rf"(?P<n>\d{{1,2}}|{'|'.join(_COUNTS[1:])}|couple|{'|'.join(_CUENTAS[1:])})"
_FIRST = r"(?:first|top|primer[oa]s)"
_LAST = r"(?:last|bottom|final|ultim[oa]s)"
# What may follow: another noun would be counted by it, "the first three pages".
_ONES = (
    r"(?:\s(?:ones|tasks|items|tareas|on (?:the|my|this) list|de la lista|in the list))?"
    r"(?=\s*(?:[,.;:!)>✓👍-]|$|\b(?:are|were|is|can|to|go|goes|got|have|should|all|both|done|finished|complete[d]?|"
    r"closed|not|aren't|still|ya|estan|son|a|al|para|hech[oa]s|list[oa]s|quedaron|and|y|please|pls)\b))"
)
_PLACES = re.compile(
    rf"(?<!\w)(?:(?:the|l[oa]s|el|la)\s+)?(?:(?P<w>{_FIRST}|{_LAST})\s+(?:of the\s+)?{_COUNT}|"
    rf"{_COUNT.replace('<n>', '<m>')}\s+(?P<v>{_FIRST}|{_LAST}))(?:\s+of (?:them|these))?{_ONES}"
)
_ALL_COUNTED = re.compile(
    rf"(?<!\w)(?:all|l[oa]s|tod[oa]s l[oa]s)(?: of the| the)? {_COUNT}(?: of (?:them|these)| tasks| items| tareas)?"
    r"(?=\s(?:are|is|were|done|finished|complete[d]?|closed|can|estan|ya|quedaron|list[oa]s|hech[oa]s)\b)"
)
_PLACE = re.compile(
    rf"(?:(?<!\w)(?:the|la|el) |^|(?<=[.;,!] ))(?P<w>{_FIRST}|{_LAST}|primera|ultima)"
    r"(?: (?:one|task|item|tarea|de la lista)|(?= (?:ya|esta|quedo)\b))(?: on (?:the|my|this) list)?"
    r"(?=\s(?:is|was|can|to|has|ya|esta|done|should|quedo|goes|go|belongs|got|went|came)\b|[\s.!]*$)"
)
_NO_PLACE = re.compile(r"\b(?:undo|revert|take back|deshaz|deshacer)\b")
_THROUGH = re.compile(
    r"(?<!\w)(?:everything|all|todo|todas?|todos)\s+(?:(?:up|down)\s+)?(?:through|thru|to|hasta)\s+(?:(?:number|the|"
    r"el|la|"
    r"task)\s+)?#?(?P<n>\d{1,6})(?=\s*(?:[,.;:!-]|$|\b(?:is|are|done|finished|complete[d]?|closed|can|to|go|esta|"
    r"estan|"
    r"ya|hech[oa]s?|list[oa]s?)\b))"
)
_OWNED = re.compile(
    r"(?<!\w)(?:(?:everything|anything|whatever|all|tod[oa]s?|lo)(?:\s+(?:that'?s|that is|of|that belongs to|from|"
    r"on|l[oa]s|de|que es de|"
    r"que son de|the tasks of))+\s+)(?P<p>[a-z]{2,20}(?:\s[a-z]{2,20})?)(?:'s)?(?:\s+(?:plate|list|tasks|ones|stuff|"
    r"items))?"
    r"(?=\s*(?:[,.;:!-]|$|\b(?:to|give|hand|goes|go|should|assign|please|pls|pass|a|dasel[oa]s?|pasasel[oa]s?)\b))"
)
_MINE = re.compile(
    r"(?<!\w)(?:all|everything|todas?|todos?)(?: of| lo)? (?:mine|that'?s mine|that is mine|(?:of )?my (?:tasks|"
    r"items|stuff)|"
    r"l[oa]s? mi[oa]s?|mis tareas)(?!\w)"
)
_HANDS_ON = re.compile(rf"(?<!\w)(?:{GIVE}|goes to|go to|pass|to|dasel[oa]s?|pasasel[oa]s?)(?!\w)")
_COUNTED_DONE = re.compile(
    rf"(?P<s>{LIST})\s*[.:,;-]+\s*(?P<c>all(?: of (?:them|these))?|both|tod[oa]s|amb[oa]s)?\s?"
    rf"(?P<n>{'|'.join(_COUNTS)})?"
    rf"\s*(?:(?:are|is|have been|estan|ya)\s+){{0,2}}(?:{STRONG})[\s.!]*"
)
_BRACKETS = re.compile(rf"\(\s*(?P<s>#?\d{{1,6}})\s*[:=-]?\s*(?:is\s|now\s)?(?:{STRONG}|👍)\s*\)")
_GREETING = re.compile(
    r"(?:(?:hi|hello|hey|hola)[\s,]+)?(?:(?:good )?(?:morning|afternoon|evening)|buenos dias|buenas(?: tardes|"
    r" noches)?)"
    r"(?:\s[a-z]{2,20}){0,2}(?:\s*[!.,:-]+\s*|$)|(?:hi|hello|hey|hola|dear)(?:\s[a-z]{2,15}){1,2}\s*(?:-+|[!,:])\s+"
)
_EVERYTHING = re.compile(r"\b(everything|all|todo)['’]s\b(?=\s(?:done|finished|complete|closed))", re.IGNORECASE)
_STILL_OPEN = re.compile(
    r".{0,40}\b(?:messed up|goofed|screwed up|mistake|my bad|by accident|oops|wrong(?: line| number| one)?|"
    r"me equivoque|error)\b"
    r"[^§]{0,40}?[\s,:;-]+(?:the |la |el )?(?P<n>#?\d{1,6}) (?:is|are|was|sigue|esta) (?:still |actually |really )?"
    r"(?:open|not done|not finished|abiert[oa]|sin hacer)[\s.!]*"
)
_ADDED = re.compile(
    r"\W*(?:(?:also|and|oh|i|we)\s){0,3}need (?:a|another|one) (?:new )?(?:task|item|to-?do|"
    r"reminder)(?: for [a-z]{2,20})?\s*[:,-]\s*"
    r"(?=[a-z])|\W*(?:(?:also|and|oh|please|pls|tambien|y)\s){0,3}(?:add|agrega|anade)(?:\s(?:pls|please|also|one|"
    r"this|too|"
    r"por favor)){1,3}"
    r"\s*[:,-]\s*(?=[a-z])|\W*(?:one|another)(?: more)? (?:thing )?(?:for|on|to) (?:the|my) list\s*[:,-]\s*(?=[a-z])"
)
_REMINDED = re.compile(
    r"\W*(?:(?:please|pls|can you|could you|also|and)\s){0,2}(?:remind|"
    r"recuerdale a)\s(?P<p>[a-z]{2,20}(?:\s[a-z]{2,20})?)\s(?:to|que)\s"
    r"(?=[a-z])"
)
# Spoken to a colleague: "Iris, could you take the pump from now on?".
_BIDDEN = re.compile(
    r"(?P<p>[a-z]{2,20})\s*[,:-]?\s*(?:(?:can|could|would|will) you|please|pls|puedes|podrias)\s*(?:please |pls )?"
    r"(?:own|take(?: over| care of)?|handle|cover|run with|do|finish|have|tomar|hacer|llevar)\s+(?P<s>[^?]{1,60}?)"
    r"(?: from now on| from here| for me| instead| please| pls| today| por favor)*[\s?.!]*"
)
# "Delia, who speaks to them every week, agreed to own the voucher".
_APPOSITION = re.compile(
    r"(?P<p>[a-z]{2,20}), (?!can|could|would|will|please)[a-z][a-z ]{3,60}, (?=(?:agreed|has|is|will|takes|now)\b)"
)
_HANDED_AND_DUE = re.compile(
    r"(?<!\w)#?\d{1,6} (?:to|->|>|para|a) (?P<p>[a-z]{2,20}(?: [a-z]{2,20})?),? (?P<d>(?:due|by)\s)"
)
_MEANT = re.compile(
    r"(?<!\w)(?!no (?:el|la) )(?:(?:no|wait|sorry|oops|oh|actually|hold on|perdon|espera|digo)[\s,.!-]+){1,3}"
    r"(?:(?:i mean(?:t)?|make that|"
    r"should be|it'?s|era|quise decir|es)\s+)?(?:(?:el|la|the|task)\s)?(?P<n>#?\d{1,6})(?:,? (?:not|no) (?:the |el |"
    r"la )?"
    r"#?\d{1,6})?(?=\s*(?:[.!,;]|$))"
)
_NOT_OR_RATHER = re.compile(r"no #?\d+")


def written_out(line: str, asked: ReplyContext) -> tuple[str, ...]:
    """Return the line with its shorthand put in plain commands; as it is where it holds none."""
    line = unslashed(line, asked)
    line = parted(_counted(_places(in_figures(in_words(line, asked), asked), asked), asked), asked)
    plain = fold(line)
    counted = _COUNTED_DONE.fullmatch(plain)
    if counted is not None and _counts(counted):
        return (f"done {line[slice(*counted.span('s'))]}",)
    bracketed = _BRACKETS.search(plain)
    if bracketed is not None:
        start, end = bracketed.span()
        outside = f"{line[:start].rstrip()} {line[end:].lstrip(' ')}".strip()
        return (*written_out(outside, asked), f"done {bracketed['s']}")
    return tuple(labelled(line, asked)) or (line,)


def plainly(sentence: str, asked: ReplyContext) -> str:
    """Return one sentence in the words that the grammar knows."""
    sentence = put_formally_plainly(put_plainly(sentence), asked)
    sentence = put_requests_plainly(put_plainly_in_spanish(sentence))
    sentence = put_deeds_plainly(put_endings_plainly(sentence))
    sentence = put_owners_plainly(put_days_plainly(put_cancellations_plainly(sentence)), asked)
    sentence = ungapped(put_people_plainly(sentence, asked), asked)
    greeting = _GREETING.match(fold(sentence))
    sentence = _EVERYTHING.sub(r"\g<1> is", sentence[greeting.end() :] if greeting else sentence)
    plain = fold(sentence)
    if (again := _STILL_OPEN.fullmatch(plain)) is not None:
        return f"reopen {again['n']}"
    added = _ADDED.match(plain)
    if added is not None:
        return f"new: {sentence[added.end() :]}"
    if (aside := _APPOSITION.match(plain)) is not None and _is_colleague(aside["p"], asked):
        sentence = f"{sentence[: aside.end('p')]} {sentence[aside.end() :]}"
        plain = fold(sentence)
    bidden = _BIDDEN.fullmatch(plain)
    if bidden is not None and _is_colleague(bidden["p"], asked):
        return f"give {sentence[slice(*bidden.span('s'))]} to {sentence[slice(*bidden.span('p'))]}"
    reminded = _REMINDED.match(plain)
    if reminded is not None and len(people_in(plain_text(reminded["p"]), asked.people)) == 1:
        return f"new: {sentence[reminded.end() :]}"
    handed = _HANDED_AND_DUE.search(plain)
    if handed is not None and people_in(plain_text(handed["p"]), asked.people):
        sentence = f"{sentence[: handed.start('d')].rstrip()}, {sentence[handed.start('d') :]}"
    meant = _MEANT.search(fold(sentence))
    if meant is not None:
        lead = ", " if sentence[: meant.start()].strip() else ""
        # "Done 12, no 4" may as well spare the 4.
        turn = "no wait no" if _NOT_OR_RATHER.fullmatch(meant[0]) else "no wait"
        sentence = f"{sentence[: meant.start()].rstrip(' ,-')}{lead}{turn} {meant['n']}{sentence[meant.end() :]}"
    return sentence


def _is_colleague(name: str, asked: ReplyContext) -> bool:
    found = people_in(plain_text(name), asked.people)
    return len(found) == 1 and found[0] is not asked.person and fold(name) in fold(found[0].name)


def _counts(match: re.Match[str]) -> bool:
    """Return whether the count said agrees with the numbers: "2, 4, 5. Two complete" leaves a doubt."""
    numbers = re.findall(r"\d+", match["s"])
    if match["n"]:
        return len(numbers) == _COUNTS.index(match["n"]) + 1
    if match["c"] in {"both", "ambos", "ambas"}:
        return len(numbers) == len(("one", "other"))
    return True


def _places(line: str, asked: ReplyContext) -> str:
    """Put the numbers for "the first three", "everything through 7", "everything that is Kim's"."""
    listed = tuple(task.number for task in asked.listed)
    plain = fold(line)
    for match in reversed(list(_PLACES.finditer(plain))):
        count = _count(match["n"] or match["m"])
        if 1 < count <= len(listed):
            is_first = re.fullmatch(_FIRST, match["w"] or match["v"]) is not None
            line = _put(line, match, listed[:count] if is_first else listed[-count:])
    single = _PLACE.search(fold(line))
    if single is not None and listed and not re.search(r"\d", plain) and _NO_PLACE.search(plain) is None:
        place = 0 if re.match(rf"{_FIRST}|primera", single["w"]) else -1
        line = _put(line, single, (listed[place],))
    for match in reversed(list(_THROUGH.finditer(fold(line)))):
        if int(match["n"]) in listed:
            line = _put(line, match, listed[: listed.index(int(match["n"])) + 1])
    mine = _MINE.search(fold(line))
    if mine is not None and _HANDS_ON.search(fold(line[: mine.start()] + " " + line[mine.end() :])):
        owned = tuple(task.number for task in asked.listed if task.owner and asked.person.is_at(task.owner))
        line = _put(line, mine, owned) if owned else line
    for match in reversed(list(_OWNED.finditer(fold(line)))):
        owned = _owned(match["p"], asked)
        around = fold(line[: match.start()]) + " " + fold(line[match.end() :])
        if owned and _HANDS_ON.search(around):
            line = _put(line, match, owned)
    return line


def _counted(line: str, asked: ReplyContext) -> str:
    """Put "all" for "all seven" where the list has seven."""
    match = _ALL_COUNTED.search(fold(line))
    if match is None or _count(match["n"]) != len(asked.listed):
        return line
    return f"{line[: match.start()]}everything{line[match.end() :]}"


def _put(line: str, match: re.Match[str], numbers: tuple[int, ...]) -> str:
    return line[: match.start()] + ", ".join(f"#{number}" for number in numbers) + line[match.end() :]


def _count(said: str) -> int:
    if said.isdigit():
        return int(said)
    if said == "couple":
        return 2
    for names in (_COUNTS, _CUENTAS):
        for place, name in enumerate(names, start=1):
            if re.fullmatch(name, said):
                return place
    return 0


def _owned(name: str, asked: ReplyContext) -> tuple[int, ...]:
    """Return the listed tasks of the one person called so, who is nobody's patient."""
    bare = plain_text(name.removesuffix("'s"))
    found = people_in(bare, asked.people)
    is_patient = any(bare.plain in fold(task.patient or "").split() for task in asked.listed)
    if len(found) != 1 or is_patient:
        return ()
    return tuple(task.number for task in asked.listed if task.owner and found[0].is_at(task.owner))
