"""Text -> the patient whom it names, as written; None rather than a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

CAP = r"[A-ZÁÉÍÓÚÑ][a-záéíóúñü'’-]{1,20}(?:[A-Z][a-z]{1,15})?"
UPPER = r"[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ'’-]{1,20}"
PARTICLES = frozenset({"de", "del", "la", "van", "von", "da", "bin", "al"})
FULL = rf"{CAP}(?: (?:{CAP}|[A-Z]\.|(?:de|del|la|van|von|da|bin|al)\b)){{0,3}}"

KIN = (
    "mother|father|mom|dad|son|daughter|husband|wife|sister|brother|aunt|uncle|grandmother|grandfather|"
    "grandson|granddaughter|baby|patient|pt|member|new pt|new patient"
)
ROLE = "[Pp]atient|[Pp]ts?|PATIENT|PT|[Mm]ember|MEMBER|[Cc]lient|[Rr]esident|[Pp]aciente|[Ii]nsured|[Bb]eneficiary"
MATTER = (
    "clearance|labs?|surgery|MRI|CT|echo|biopsy|consent|auth|referral|discharge|infusion|chemo|refill|"
    "prior auth|appeal|visit|ride|chart|intake|transport"
)
OLD = r"DOB|MRN|D\.O\.B|age \d|\d{1,3}[ -]?(?:yo|y/o|year|F\b|M\b)"

# The surest first. Each marks the name as `name`.
PATTERNS = tuple(
    re.compile(source)
    for source in (
        rf"\b(?P<name>{UPPER}, {CAP}(?: (?:{CAP}|[A-Z]\b\.?))?)",
        rf"\b(?P<name>(?:Mr|Mrs|Ms|Miss|Sra|Sr|Srta)\b\.? ?{FULL})",
        rf"\b(?:[Ss]eñora?|[Dd]oña|[Ss]eñorita)\s(?P<name>{FULL})",
        rf"\b(?P<name>Don {CAP}(?: {CAP})?)",
        rf"\b(?:{ROLE})\b(?: name)?\.?:? {{1,9}}\(?(?P<name>{UPPER}, {CAP}|{CAP} {FULL}|{CAP} [A-Z]\.)",
        r"\b[Ss]ubject (?P<name>\d[\d-]{2,11}\d)",
        rf"\b(?P<name>{FULL}),? ?\(?(?:{OLD})",
        rf"\b(?P<name>{CAP} {FULL})(?:,| is| was)? (?:\d{{2,3}},|\d{{2,3}} and\b)",
        rf"\b(?:my|our|her|his|your|the) (?:{KIN})\b,? (?P<name>{FULL})",
        rf"\b(?P<name>{CAP} [A-Z]\.)(?=['’]s\b|[\s,?:)]|$)",
        rf"\b(?P<name>{CAP})['’]s (?:{MATTER})\b",
        rf"\b(?P<name>[A-Z]\. {CAP})\b(?!['’]s (?:office|team|clinic))",
        rf"\b(?:[Aa]bout|[Rr]egarding|[Rr]e:?|[Ff]or|[Rr]eferring|[Oo]n|[Oo]f) (?P<name>{CAP} {CAP})\b(?!['’]s)",
        rf"\b[Tt]he (?P<name>{CAP})(?: family| case| baby)\b",
    )
)
OWNING = re.compile(r"['’]s\b")
PAIR = re.compile(rf"\b(?P<name>{CAP} {CAP})\b(?!['’]s (?:office|team|clinic))")
SUBJECT_NAME = re.compile(
    rf"(?:^|[-–—:] |\bfor |\bre |\bon )(?P<name>{CAP} (?:{CAP}|[A-Z]\.)(?: {CAP})?|{UPPER}, {CAP})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPatients:
    """Capitalised words that name no patient."""

    words: frozenset[str]
    """Places, days and things, in lower case."""
    people: tuple[frozenset[str], ...]
    """The names of who writes, reads and works here, each as its words in lower case."""

    def has_word(self, word: str) -> bool:
        return word.lower().strip(".'’") in self.words

    def has_person(self, words: list[str]) -> bool:
        said = {word.lower() for word in words}
        return any(said <= person for person in self.people)


def patient_in(text: str, others: NotPatients) -> str | None:
    """Return the patient named by a title, a role or a form."""
    for pattern in PATTERNS:
        for found in pattern.finditer(text):
            name = _trimmed(found["name"], others)
            # "on Mesa Street" is no Mesa; "Mrs. Yoon Please" is Mrs. Yoon.
            is_cut = " " in found["name"] and " " not in name
            if not is_cut and _can_be(name, text, found.start("name"), others):
                return name
    return None


def patient_guess(texts: Iterable[str], others: NotPatients) -> str | None:
    """Return the one pair of capitalised words that can be a name; None where there are several or none."""
    found = {
        name
        for text in texts
        for pair in PAIR.finditer(text)
        if _can_be(name := pair["name"], text, pair.start("name"), others)
    }
    return found.pop() if len(found) == 1 else None


def patient_of_subject(subject: str, others: NotPatients) -> str | None:
    named = patient_in(subject, others)
    if named:
        return named
    for found in SUBJECT_NAME.finditer(subject):
        if _can_be(found["name"], subject, found.start("name"), others):
            return found["name"]
    return None


def _trimmed(name: str, others: NotPatients) -> str:
    """Cut a name where a common word follows it: "Mr. Dow Please", "Mrs. Yoon The"."""
    words = OWNING.split(name)[0].split(" ")
    while len(words) > 1 and (others.has_word(words[-1]) or words[-1] in PARTICLES):
        words.pop()
    return " ".join(words)


def _can_be(name: str, text: str, start: int, others: NotPatients) -> bool:
    words = [word.strip(".,'’").removesuffix("'s").removesuffix("’s") for word in name.split(" ")]
    bare = [word for word in words if word.lower() not in {"mr", "mrs", "ms", "miss", "sr", "sra", "srta", "don"}]
    if not bare or any(others.has_word(word) for word in bare) or others.has_person(bare):
        return False
    return re.search(r"\b(?:Drs?|Doctora?|Nurse|Capt|Prof|St)\.? ?$", text[:start]) is None
