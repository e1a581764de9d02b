"""Text -> the patients whom it names, as written; nothing rather than a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

UP = r"[A-ZÀ-ÖØ-ÞĆČŁŃŚŠŹŻŽ]"
LOW = r"[a-zß-öø-ÿĀ-ɏḀ-ỿ'’-]"
CAP = rf"{UP}{LOW}{{1,20}}(?:[A-Z][a-z]{{1,15}})?"
UPPER = rf"{UP}(?:{UP}|['’-]){{1,20}}"
INITIALS = r"(?:[A-Z]\. ?){1,2}"
PARTICLES = frozenset({"de", "del", "la", "los", "van", "von", "da", "dos", "bin", "al", "el"})
PARTICLE = r"(?:de|del|la|los|van|von|da|dos|bin|al|el)\b"
FULL = rf"{CAP}(?: (?:{CAP}|[A-Z]\.|{PARTICLE})){{0,3}}"

KIN = (
    "mother|father|mom|mum|dad|son|daughter|husband|wife|sister|brother|aunt|uncle|grandmother|grandfather|grandma|"
    "grandpa|"
    "grandson|granddaughter|baby|niece|nephew|cousin|patient|pt|member|new pt|new patient|"
    "hij[oa]|mam[áa]|pap[áa]|madre|padre|espos[oa]|abuel[oa]|herman[oa]|t[ií][oa]|sobrin[oa]|niet[oa]|suegr[oa]|bebé|"
    "paciente|niñ[oa]|marido|nen[ea]"
)
ROLE = (
    r"[Pp]atient|[Pp]ts?|PATIENT|PT|[Mm]ember|MEMBER|[Cc]lient|[Rr]esident|[Pp]aciente|PACIENTE|[Ii]nsured|"
    r"[Bb]eneficiary|[Nn]ame"
)
MATTER = (
    "clearance|labs?|surgery|MRI|CT|PET|echo|biopsy|consent|auth|authorization|referral|discharge|infusion|chemo|"
    "refill|"
    "prior auth|appeal|visit|ride|chart|intake|transport|hernia|knee|hip|orders?|records?|case|cath|scan|appointment|"
    "procedure|transfer|bed|packet|meds?|wound|wheelchair|walker|oxygen|apixaban|insulin|titers?|results?|levels?|films?|"
    "forms?|paperwork|prescription|script|pharmacy|insurance|potassium|culture|swab|EKG|ECG|bill|claim|denial|request|"
    "room|trip|interpreter|family|file"
)
OLD = r"DOB|MRN|D\.O\.B|age \d|\d{1,3}[ -]?(?:yo|y/o|year|años|F\b|M\b)"
# Words behind "don" or "mrs" in lower case that are no name.
_NO_LOWER = (
    r"(?!(?:el|la|los|las|que|y|no|ya|se|me|le|lo|su|mi|es|a|of|and|is|was|has|the|to|in|on|for|from|said|will|who|"
    r"brain|spine|knee|abdomen|pelvis|scan|ordered|word)\b)"
)
_LOWER = rf"{_NO_LOWER}[a-zà-ÿ'’-]{{3,20}}"

# The surest first. Each marks the name as `name`.
PATTERNS = tuple(
    re.compile(source)
    for source in (
        rf"\b(?P<name>{UPPER}, (?:{CAP}|{UPPER})(?: (?:{CAP}|[A-Z]\b\.?))?)",
        (
            rf"\b(?P<name>(?:Mr|Mrs|Ms|Miss|Sra|Sr|Srta|MR|MRS|MS|SR|SRA)\b\.? ?(?:{INITIALS})?(?:{FULL}|{UPPER}(?: "
            rf"{UPPER})?))"
        ),
        rf"\b(?:[Ss]eñora?|[Ss]eñorita)\s(?P<name>{FULL})",
        rf"\b(?P<name>(?:[Dd]oñ?a|[Dd]on|DON|DOÑA) (?:{CAP}(?: {CAP})?|{UPPER}(?: {UPPER})?))",
        (
            rf"\b(?P<name>(?:[Dd]oña|[Dd]on|[Ss]ra|[Ss]r|[Mm]rs?|[Mm]s|[Mm]iss)\b\.? {_LOWER}"
            rf"(?: (?!\w{{1,15}}(?:ed|ing)\b){_LOWER}(?=['’]s|[,;:.()]|$| (?:about|at|is|has|needs|ya)\b))?)"
        ),
        (
            rf"\b(?:{ROLE})\b(?: name| / [A-Z][a-z]{{2,10}})?\.?(?:[:|=] ?| is | - | ){{1,9}}\(?"
            rf"(?P<name>{UPPER}, {CAP}|{CAP}, {CAP}|{INITIALS}{FULL}|{CAP} {FULL}|{UPPER} {UPPER}(?: {UPPER})?|{CAP} "
            rf"[A-Z]\.)"
        ),
        r"\b[Ss]ubject (?P<name>\d[\d-]{2,11}\d)",
        rf"\b(?P<name>{CAP}, [A-Z]\.)(?=[,:;)–—-]|$| (?![A-Z]))",
        rf"^(?P<name>{CAP}(?: {CAP})?, {CAP}(?: [A-Z]\b\.?)?)(?= ?[:(|–—-]| \d|$)",
        rf"^(?P<name>{CAP}, [A-Z])(?= ?[:(|–—-])",
        rf"\b(?P<name>{FULL}),? ?\(?(?:{OLD})",
        rf"\b(?P<name>{CAP} {FULL})(?:,| is| was)? (?:\d{{2,3}},|\d{{2,3}} and\b)",
        rf"\b(?:[Mm]y|[Oo]ur|[Yy]our|[Tt]he|[Mm]i|MI|[Nn]uestr[oa]) (?:(?i:{KIN}))\b,? (?P<name>{FULL}|{UPPER})",
        rf"\b(?i:{KIN}) \((?P<name>{CAP} {FULL})\)",
        rf"\b(?P<name>[Bb]aby (?:[Bb]oy |[Gg]irl )?{CAP})\b",
        (
            rf"\b(?:rm|room|bed|Rm|Room|Bed) ?\d{{1,4}}[,:]? (?P<name>{CAP}|{_LOWER})(?= (?:needs?|wants?|is|has|will|"
            rf"goes|going|to|-|home|for)\b)"
        ),
        rf"\b[Tt]he (?P<name>{_LOWER}) (?=(?:twins|family|baby)\b)",
        rf"^(?P<name>{UPPER} {UPPER})(?= ?[(,|])",
        rf"\((?P<name>{CAP}, {CAP})\)",
        (
            rf"\b(?P<name>{CAP})['’]s? (?:daughters?|sons?|wife|husband|mother|father|mom|dad|sister|brother|family|"
            rf"niece|nephew)\b"
        ),
        rf"\b(?P<name>{CAP} (?:twins|triplets))\b",
        rf"\b(?P<name>{CAP} [A-Z]\.)(?=['’]s\b|[\s,?:)]|$)",
        rf"\b(?P<name>{INITIALS}{CAP}(?:-{CAP})?)\b(?!['’]s (?:office|team|clinic))",
        rf"\b(?P<name>{FULL})['’]s? (?:[\w-]{{1,14}} ){{0,2}}(?:{MATTER})\b",
        (
            rf"\b(?:[Aa]bout|[Rr]egarding|R[Ee]:?|re:?|[Ff]or|[Rr]eferring|[Oo]n|[Oo]f|[Ww]ith|[Ww]/) (?P<name>{CAP} "
            rf"{CAP}|{UPPER} {UPPER})\b(?!['’]s)"
        ),
        (
            rf"\b[Tt]he (?P<name>{CAP})(?: family| case| baby| kid| boy| girl| referral| packet| chart| auth| order| "
            rf"orders| appeal| twins)\b"
        ),
    )
)
# A sister may be the patient, or the one who drives.
SURE = frozenset(place for place, pattern in enumerate(PATTERNS) if KIN not in pattern.pattern)
FORM = frozenset(place for place, pattern in enumerate(PATTERNS) if ROLE in pattern.pattern)
SPEAKS = re.compile(r"I['’]?(?:m|ll|ve|d)$")
"""No name, though it begins with a capital: "Dale, I'm ..." without its comma."""
OWNING = re.compile(r"['’]s\b")
PAIR = re.compile(rf"\b(?P<name>{CAP} (?:[A-Z]\. )?{CAP}(?:-{CAP})?)\b(?!['’]s (?:office|team|clinic))")
SUBJECT_NAME = re.compile(
    rf"(?:^|[-–—:/+] |\bfor |\bre |\bon )(?P<name>{CAP} (?:{CAP}|[A-Z]\.)(?: {CAP})?|(?:{UPPER}|{CAP}), (?:{CAP}|"
    rf"[A-Z]\b)|"
    rf"{INITIALS}{CAP})"
)
TITLE = frozenset(
    {"mr", "mrs", "ms", "miss", "sr", "sra", "srta", "don", "doña", "dona", "baby", "boy", "girl", "twins", "triplets"}
)
ONLY_KIN = re.compile(KIN, re.IGNORECASE)
NAMING = frozenset({"baby", "boy", "girl", "twins", "triplets"})
HELD = re.compile(r"\b(?:at|from|via|by|@|in|near)(?: the)? $", re.IGNORECASE)
"""Before a pair of capitalised words: a place or a firm."""
STAFF = re.compile(
    r"(?:\b(?:[Ii]nt[eé]rprete|[Ii]nterpreter|[Pp]rovider|[Dd]river|[Cc]ontact|[Oo]rdering|[Rr]eviewer|[Ss]urgeon|"
    r"[Ss]igned|[Cc]ase [Mm]anager|"
    r"[Ff]rom|[Tt]o|[Cc]c|[Ss]ender|[Pp]hysician|[Aa]ttending)\b(?: / [A-Z][a-z]{2,12})?: ?|\b(?:Drs?|Doctora?|Nurse|"
    r"Capt|Prof|St|Dra|RN|Officer|Judge|Fr|Rev|Lt|Sgt)\.? ?)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPatients:
    """Capitalised words that name no patient."""

    words: frozenset[str]
    """Places, days and things, in lower case."""
    people: tuple[frozenset[str], ...]
    """The names of who writes, reads and works here, each as its words in lower case."""
    staff: tuple[frozenset[str], ...] = ()
    """Of these, who works in the coordinator's house: no "Mr. Quintana" is one of them."""
    firms: str = ""
    """The letters of the mail's domains: "Mesa Flight" writes from mesaflight."""

    def has_word(self, word: str) -> bool:
        return len(word) > 1 and word.lower().strip(".'’") in self.words

    def has_person(self, words: list[str], *, is_titled: bool) -> bool:
        said = {word.lower() for word in words}
        # A family shares its name: "my father, Mr. Quintana" is not the Carmen Quintana who writes.
        people = self.staff if is_titled and len(said) == 1 else self.people
        return any(said <= person for person in people)


def mentions(text: str, others: NotPatients) -> tuple[tuple[int, str], ...]:
    """Return the patients named by a title, a role or a form, the surest first, each with its pattern's place."""
    found = []
    for place, pattern in enumerate(PATTERNS):
        for match in pattern.finditer(text):
            name = _trimmed(match["name"], others)
            # "on Mesa Street" is no Mesa; "Mrs. Yoon Please" is Mrs. Yoon.
            is_cut = " " in match["name"] and " " not in name
            if not is_cut and _can_be(name, text, match.start("name"), others):
                found.append((place, name))
    return tuple(found)


def patient_in(text: str, others: NotPatients) -> str | None:
    """Return the surest patient that a text names."""
    return next((name for _, name in mentions(text, others)), None)


def pairs_in(text: str, others: NotPatients) -> Iterator[str]:
    """Yield pairs of capitalised words that can be a name."""
    for pair in PAIR.finditer(text):
        start = pair.start("name")
        name = OWNING.split(pair["name"])[0]
        is_firm = any(len(word) > 2 and word.lower() in others.firms for word in name.split(" "))  # noqa: PLR2004
        if not is_firm and not HELD.search(text[:start]) and _can_be(name, text, start, others):
            yield name


def patient_of_subject(subject: str, others: NotPatients) -> str | None:
    named = patient_in(subject, others)
    if named:
        return named
    for found in SUBJECT_NAME.finditer(subject):
        if _can_be(found["name"], subject, found.start("name"), others):
            return found["name"]
    return None


def surname(name: str) -> str:
    """Return the word by which a name is taken up again: "Hathaway, Joyce" and "Joyce Hathaway" are Hathaway."""
    if "," in name:
        return name.partition(",")[0].split()[-1].lower()
    words = [word for word in re.split(r"[ .]", name.lower()) if len(word) > 1 and word not in TITLE]
    return words[-1] if words else name.lower()


def _trimmed(name: str, others: NotPatients) -> str:
    """Cut a name where a common word follows it: "Mr. Dow Please", "Mrs. Yoon The"."""
    words = OWNING.split(name)[0].split(" ")
    while len(words) > 1 and (others.has_word(words[-1]) or words[-1] in PARTICLES):
        words.pop()
    return " ".join(words)


def _can_be(name: str, text: str, start: int, others: NotPatients) -> bool:
    words = [word.strip(".,'’").removesuffix("'s").removesuffix("’s") for word in name.split(" ")]
    bare = [word for word in words if word.lower() not in TITLE]
    # "Reporte Sr. Prado": a title behind a word begins another name.
    is_broken = any(word.lower() in TITLE - NAMING for word in words[1:])
    # "Mom's knee surgery": whose mother that is, other words of the mail tell.
    is_kin = len(bare) == 1 and ONLY_KIN.fullmatch(bare[0])
    if not bare or is_broken or is_kin or any(others.has_word(word) or SPEAKS.match(word) for word in bare):
        return False
    if others.has_person(bare, is_titled=len(bare) < len(words)):
        return False
    return STAFF.search(text[:start]) is None
