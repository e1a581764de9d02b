"""The patient whom a sentence names beside a task -> whether it is another one than the task's.

Not every name is a patient's: a colleague, a relative, "Joan from radiology", or a doctor may be called alike.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.decide.commands.matching.meaning import is_same, names_of
from assistant.decide.commands.matching.titles import heads
from assistant.decide.commands.reading.passages import Passage, numbers_in
from assistant.decide.commands.reply import Operation, ReplyContext
from assistant.decide.commands.wording.text import fold
from assistant.records import Task

_HE = frozenset(["mr", "sr", "don", "senor"])
_SHE = frozenset(["mrs", "ms", "miss", "sra", "srta", "dona", "senora", "senorita"])
_TOKEN = re.compile(r"[a-z0-9#]+(?:[-'][a-z0-9]+)*")
_HARMLESS_BEFORE = frozenset(
    _TOKEN.findall(
        "dr dra doctor doctora md nurse np pa rn lpn cna aide caregiver neighbor attorney lawyer social worker "
        "daughter son wife husband mother father mom dad mum sister brother aunt uncle niece nephew cousin friend "
        "partner spouse grandson granddaughter hija hijo esposa esposo madre padre hermana hermano tia tio "
        "thanks thank thx ty hi hello hey dear cc not except unlike than instead like as gracias hola excepto salvo "
        "menos"
    )
)
_TOLD_BEFORE = frozenset(
    _TOKEN.findall(
        "by per told tell asked ask texted emailed called calling after before when until till via waiting from segun "
        "por"
    )
)
"""Before a name without a title, which may be anybody's who works here."""
_AND_FIRST = frozenset(
    ["mr", "mrs", "ms", "miss", "sr", "sra", "srta", "don", "dona", "la", "el", "the", "patient", "pt"]
)
_PLACED = re.compile(r"(?:\s+(?:and \w+))?\s*,?\s*(?:from|at|in|over at|over in|with|@|de|desde|en)\s+[a-z]")
_RELATIVE = re.compile(
    r"\s*,?\s*\(?(?:(?:her|his|their|the|su) )?(?:daughter|son|wife|husband|mother|father|mom|dad|sister|brother|"
    r"nurse|aide|niece|nephew|caregiver|hija|hijo|esposa|esposo)\b"
)
_COMMON = frozenset(
    _TOKEN.findall(
        "may will mark long short rose grace hope faith bill frank rich young best day drew pat sue art gene ray dean "
        "grant penny joy olive summer park hill wood stone bright moss vale lane hall bell bush cook king price rice "
        "reed banks brook cross fields ford fox frost gold green black white brown gray hand hardy love low mills "
        "noble page parks pride ring rush sharp shore small snow strong swift walls ward waters weeks wells west wise "
        "worth chance church close case cole curry early north south east good power pool nurse child moon field "
        "star bird drum cash block marsh march april june august sunny holly ivy dale dawn eve van set"
    )
)
"""Names that are words as well: in lower case they tell of nobody."""
_GONE = (
    r"(?:discharged|died|dead|deceased|expired|passed(?: away| on)?|cancell?ed(?! (?:it|that|them|this|the|his|her)\b)|"
    r"transferred|readmitted|withdrew|withdrawn|declined|refused|moved(?: away)?|gone(?: home)?|went home|left|"
    r"(?:in|on) hospice|(?:no longer|doesn't|does not) (?:need|want)s?|went into hospice|de alta|fallecio|murio|"
    r"cancelo|se fue|rechazo)\b"
)
_WHY = re.compile(
    rf"^\W*(?:'s)?\s*(?:(?:has|was|is|were|had|just|been|got|already|sadly|also|now|getting|went|fue|dad[oa]|esta|ya|"
    rf"lo|la|le|dieron|did|se) )*{_GONE}"
)
_WHO_IS_GONE = re.compile(
    rf"\b(?P<who>she|he|ella|el)(?:'s| is| was| has)?(?: (?:been|just|already|now|also|has|was|is))*,? {_GONE}"
)
_FOR = re.compile(r"\b(?:for (?P<for>her|him)|(?P<of>hers))(?=\W*$|\s*[,;.)])")
_SOMEBODY = re.compile(
    r"\b(?:dr|doctor|nurse|daughter|son|wife|husband|mother|father|mom|dad|mum|sister|brother|aunt|uncle|niece|nephew|"
    r"aide|caregiver|lady|woman|man|guy|girl|boss|neighbor|friend|manager|hija|hijo|esposa|esposo|madre|padre)\b"
)
_BARE = re.compile(r"(?:done |drop |close )?#?\d{1,6}")
_SO = re.compile(r"\b(?:so|therefore|hence|asi que|por eso|entonces)\b")


def other_patient(
    one: Operation, task: Task, said: Passage, asked: ReplyContext, touched: set[int | None]
) -> str | None:
    """Return the patient whose name stands where the task's own should; None where there is none."""
    if task.patient is None:
        # It may be theirs all the same.
        return None
    named = _beside(task, said, asked)
    if named is None and (one.op == "drop" or _SO.search(said.plain)):
        named = _reason(task, said, asked, touched)
    return named


def is_of_several(said: Passage, beside: list[Task]) -> bool:
    """Return whether one person is told to be gone where several patients' tasks should go: "she died, drop both"."""
    plain = fold(said.line) if said.all_numbers - said.numbers else said.plain
    gone = _WHO_IS_GONE.search(plain) is not None and _SOMEBODY.search(said.plain) is None
    return gone and len({task.patient for task in beside if task.patient}) > 1


def tells_of_other_sex(one: Operation, task: Task, said: Passage, asked: ReplyContext) -> bool:
    """Return whether "she" is told to be gone, or "for her" stands, where the task is a Mr. Somebody's."""
    theirs = _sex(task)
    if not theirs:
        return False
    if _title_differs(task, said):
        return True
    told = f"{said.before} {said.whole}"
    if _SOMEBODY.search(fold(told)) or _SOMEBODY.search(fold(task.title)) or _mentions(told, asked):
        return False
    # What is said beside another number is said of that.
    plain = fold(said.line) if said.all_numbers - said.numbers else said.plain
    gone = _WHO_IS_GONE.search(plain) if one.op == "drop" else None
    is_named = any(is_same(word, head) for word in _TOKEN.findall(fold(said.line)) for head in heads(task))
    if gone is not None and not is_named and not _is_own(said.whole, task):
        return ("she" if gone["who"] in {"she", "ella"} else "he") != theirs
    match = _FOR.search(plain)
    if match is None or task.number not in said.numbers:
        return False
    return ("he" if match["for"] == "him" else "she") != theirs


def _beside(task: Task, said: Passage, asked: ReplyContext) -> str | None:
    """Return the other patient who is named in the same part as the task's number, or in a part of nothing else."""
    if task.number not in said.all_numbers:
        return None
    parts = said.parts
    numbered = [numbers_in(part, said.known) for part in parts]
    for at, part in enumerate(parts):
        found = _mentions(part, asked)
        if not found:
            continue
        near = numbered[at]
        if not near and not _besides_names(part, found):
            near = _around(at, parts, numbered)
        if task.number not in near or _is_own(part, task):
            continue
        for patient in found:
            theirs = {other.number for other in asked.tasks if other.patient == patient}
            if not theirs & said.all_numbers and not _is_in_title(patient, task):
                return patient
    return None


def _around(at: int, parts: tuple[str, ...], numbered: list[frozenset[int]]) -> frozenset[int]:
    """Return the numbers in the parts beside one, and in bare ones beyond: both of "4, 7 done (Lee)"."""
    near: set[int] = set()
    for step in (-1, 1):
        place = at + step
        while 0 <= place < len(parts) and numbered[place]:
            near |= numbered[place]
            place += step
            if not (0 <= place < len(parts) and _BARE.fullmatch(parts[place])):
                break
    return frozenset(near)


def _reason(task: Task, said: Passage, asked: ReplyContext, touched: set[int | None]) -> str | None:
    """Return the other patient who is told to be gone: that is why the task should go."""
    if _is_own(said.whole, task):
        return None
    for words in (said.whole, said.before):
        found = [
            patient
            for patient, end in _places(words, asked)
            if _WHY.match(fold(words[end:])) and not _is_own(patient, task)
        ]
        for patient in found:
            theirs = {other.number for other in asked.tasks if other.patient == patient}
            if not theirs & touched and not theirs & (said.all_numbers - said.numbers):
                return patient
    return None


def _is_own(words: str, task: Task) -> bool:
    """Return whether the words name the task's own patient."""
    said = {_bare(token) for token in _TOKEN.findall(fold(words))}
    return bool(said & names_of(task))


def _is_in_title(patient: str, task: Task) -> bool:
    names = {*_TOKEN.findall(fold(patient))} - _AND_FIRST
    return not names.isdisjoint(_bare(token) for token in _TOKEN.findall(fold(task.title)))


def _mentions(words: str, asked: ReplyContext) -> list[str]:
    return [patient for patient, _ in _places(words, asked)]


def _places(words: str, asked: ReplyContext) -> list[tuple[str, int]]:
    """Return the patients whom the words name, with where each name ends."""
    plain = fold(words)
    known = _patients(tuple(task.patient for task in asked.tasks if task.patient))
    colleagues = {name for person in asked.people for name in fold(person.name).split()}
    tokens = list(_TOKEN.finditer(plain))
    found: list[tuple[str, int]] = []
    at = 0
    while at < len(tokens):
        run = at
        while run < len(tokens) and _bare(tokens[run][0]) in known:
            run += 1
        if run == at:
            at += 1
            continue
        names = [_bare(token[0]) for token in tokens[at:run]]
        before = [token[0] for token in tokens[max(0, at - 2) : at]]
        is_titled = bool(before) and before[-1] in _HE | _SHE
        first, last = tokens[at], tokens[run - 1]
        is_name = is_titled or any(name not in _COMMON for name in names) or words[first.start()].isupper()
        is_ours = not is_titled and any(name in colleagues for name in names)
        lead = next((word for word in reversed(before) if word not in _AND_FIRST), "")
        rest = plain[last.end() :]
        is_placed = not is_titled and len(names) == 1 and _PLACED.match(rest) is not None
        lead = lead.removesuffix("'s")
        is_told = lead in _HARMLESS_BEFORE or (not is_titled and lead in _TOLD_BEFORE)
        is_harmless = is_told or is_placed or _RELATIVE.match(rest) is not None
        meant = _best(names, known)
        if is_name and not is_ours and not is_harmless and len(meant) == 1:
            found.append((meant[0], last.end() - (2 if last[0].endswith("'s") else 0)))
        at = run
    return found


def _best(names: list[str], known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the patients who have most of the names."""
    counts: dict[str, int] = {}
    for name in names:
        for patient in known[name]:
            counts[patient] = counts.get(patient, 0) + 1
    most = max(counts.values())
    return tuple(patient for patient, count in counts.items() if count == most)


@lru_cache(maxsize=256)
def _patients(patients: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for patient in dict.fromkeys(patients):
        for name in _TOKEN.findall(fold(patient)):
            if len(name) > 2 and name not in _AND_FIRST and name not in _NOBODY and not name.isdigit():  # noqa: PLR2004
                known[name] = (*known.get(name, ()), patient)
    return known


_NOBODY = frozenset(_TOKEN.findall("estate of the twins baby family group house home and for"))


def _bare(token: str) -> str:
    return token.removesuffix("'s")


def _besides_names(part: str, patients: list[str]) -> list[str]:
    """Return the words of a part that are no names of those patients, nor go with them."""
    names = {name for patient in patients for name in _TOKEN.findall(fold(patient))}
    tokens = (_bare(token) for token in _TOKEN.findall(fold(part)))
    return [word for word in tokens if word not in names | _HE | _SHE | {"for", "re", "pt", "patient", "para"}]


def _sex(task: Task) -> str:
    """Return `he` or `she` where the patient's title tells it."""
    titles = {*_TOKEN.findall(fold(task.patient or ""))[:1]}
    if titles & _HE:
        return "he"
    return "she" if titles & _SHE else ""


def _title_differs(task: Task, said: Passage) -> bool:
    """Return whether a Mrs. Okafor is named where the task is Mr. Okafor's, and nobody's relative."""
    tokens = _TOKEN.findall(said.plain)
    names = names_of(task)
    titles = {
        tokens[at - 1]
        for at, token in enumerate(tokens)
        if at and _bare(token) in names and (token.endswith("'s") or tokens[at - 2 : at - 1] in (["for"], ["of"]))
    }
    theirs = _sex(task)
    return bool(titles & (_SHE if theirs == "he" else _HE)) and not titles & (_HE if theirs == "he" else _SHE)
