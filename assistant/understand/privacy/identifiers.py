"""Text -> where numbers, dates, addresses and codes stand in it that could tell whom it is about, each with its kind.

What is long enough to be somebody's number is taken for one: a placeholder too many costs a model little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|"
    r"diciembre)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th|ro|º)?"
_STREETS = (
    r"(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|place|pl|way|terrace|ter|circle|cir|"
    r"parkway|pkwy|highway|hwy|trail|trl|square|sq|plaza|loop|alley|pike|turnpike|row|crossing)\b"
)
_STATES = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|PR|RI|S[CD]|T[NX]|UT|V[AIT]|"
    r"W[AIVY])\b"
)
_LABELS = (
    r"mrn|medical record|health record|chart|patient|pt|member|subscriber|policy|group|plan|medicare|medicaid|"
    r"beneficiary|mbi|hicn?|account|acct|claim|pre-?auth\w{0,12}|auth\w{0,12}|reference|ref|case|file|record|"
    r"confirmation|conf|certificate|cert|licen[cs]e|lic|npi|dea|passport|ssn|social security|social|vin|plate|tag|"
    r"serial|s/n|sn|device|implant|lot|udi|model|rx|prescription|order|accession|encounter|visit|fin|csn|har|invoice|"
    r"ticket|tracking|badge|employee|student|sample|specimen|study|protocol|participant|id|no|number|num|pin|"
    r"voice ?print|finger ?print|thumb ?print|palm ?print|retina\w{0,2}|iris|face|template|scan|dob|"
    r"expediente|póliza|cuenta|seguro|afiliado|folio|identificación"
)
_VALUE = r"(?=[A-Z0-9-]{0,24}\d)[A-Z0-9](?:[A-Z0-9]|-(?=[A-Z0-9])){2,24}"

_BARE_URL = (
    r"\b[a-z0-9][\w-]{0,62}(?:\.[\w-]{1,63}){0,4}\.(?:com|org|net|edu|gov|mil|io|co|us|info|health|example)\b"
    r"(?:/\S{0,500})?"
)
_US_PHONE = (
    r"(?<![\w-])(?:\+?\d{1,3}[ .-]{0,2})?(?:\(\d{3}\)|\d{3})[ ./‐‑–-]{0,3}\d{3}[ .‐‑–-]\d{4}\b"
    r"(?:,? ?(?:x|ext\.?|extension) ?\d{1,6}\b)?"
)
_FULL_DATE = (
    rf"\b(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}([-/.])\d{{1,2}}\1(?:\d{{4}}|\d{{2}}))\b"
    rf"|\b(?!24/7)\d{{1,2}}/\d{{1,2}}\b(?!/)"
    rf"|\b{_MONTHS} {{0,2}}(?:the )?{_DAY}(?: ?[-–] ?{_DAY})?\b(?:,? {{0,2}}(?:19|20)\d\d\b)?"
    rf"|\b{_DAY}(?: ?[-–] ?{_DAY})? {{0,2}}(?:of |de |-)?{_MONTHS}(?:,?(?: de)? {{0,2}}-?(?:19|20)\d\d\b)?"
    rf"|\b{_MONTHS},?(?: of| de)? (?:19|20)\d\d\b"
    rf"|\b(?:on|by|until|before|since|from|after|el|para el|antes del) (?:the )?\d{{1,2}}(?:st|nd|rd|th)\b"
    rf"|\bdob:? ?\d[\d /.-]{{3,12}}\d\b"
)
_ADDRESS = (
    rf"\b\d{{1,6}}[a-z]? (?:[nsew]\.? |north |south |east |west )?(?:[\w.'-]{{1,20}} ){{1,3}}{_STREETS}\.?"
    r"(?:,? {0,2}(?:apt|apartment|suite|ste|unit|floor|fl|rm|#)\.? ?#?[\w-]{1,6}\b)?"
    r"|\bp\.? ?o\.? ?box \d{1,7}\b|\b(?:rural route|rr) ?#?\d{1,4}\b(?:,? box \d{1,6}\b)?"
    r"|\b(?:zip|zip code|código postal):? ?\d{3,5}(?:-\d{4})?\b"
    r"|-?\b\d{1,3}\.\d{4,8}, ?-?\d{1,3}\.\d{4,8}\b"
)

KINDS = (
    "TEXT",
    "EMAIL",
    "URL",
    "FILE",
    "IP",
    "SSN",
    "PHONE",
    "DATE",
    "AGE",
    "PLACE",
    "ID",
    "NUMBER",
    "PATIENT",
    "PERSON",
)
"""What placeholders say of that which they stand for."""
_FILE = (
    r"\b\w[\w.()'-]{0,120}(?: \(\d{1,3}\))?"
    r"\.(?:pdf|jpe?g|png|gif|docx?|xlsx?|csv|tiff?|dcm|txt|heic|zip|ics|eml|msg|rtf)\b"
)
_AGE = (
    r"(?:9\d|1[01]\d|ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a|one) hundred(?: and \w{2,9})?"
    r"|noventa(?: y (?:un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve))?|cien(?:to \w{2,8})?)"
)
"""Ages above 89 tell whom a mail is about; others do not."""
_LONE_MONTH = (
    r"\b(?:in|since|of|by|until|early|late|mid|last|next|during|from|through|this|en|de)(?: mid| late| early)?[ -]"
    rf"{_MONTHS}"
)
LOOKALIKE = rf"\[ ?[a-z]{{2,12}}[-_ ]?\d{{1,9}}[a-z]? ?\]|\b(?:{'|'.join(KINDS)})-\d{{1,9}}[a-z]?\b"
"""What an attacker would write to have another's name put there."""

_PATTERNS = (
    ("TEXT", LOOKALIKE),
    ("EMAIL", r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}"),
    ("URL", r"\b(?:https?|ftp)://\S{1,2000}|\bwww\.\S{1,500}"),
    ("URL", _BARE_URL),
    ("FILE", _FILE),
    ("IP", r"\b\d{1,3}(?:\.\d{1,3}){3}\b(?::\d{1,5}\b)?"),
    ("IP", r"(?<![\w:])(?=[0-9a-f:]{0,36}::|(?:[0-9a-f]{1,4}:){7})(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])"),
    ("IP", r"\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b"),
    ("SSN", r"\b\d{3}[- ]\d{2}[- ]\d{4}\b"),
    ("PHONE", _US_PHONE),
    ("PHONE", r"(?<![\w-])\d{3}[.‐‑–-]\d{4}\b|(?<!\w)\+\d(?:[ .()-]{0,2}\d){6,16}\b"),
    ("PHONE", r"\b(?:ext\.?|extension|pager|beeper) ?#?:? ?\d{2,7}\b|\bx ?\d{3,6}\b"),
    ("DATE", _FULL_DATE),
    ("MONTH", _LONE_MONTH),
    (
        "AGE",
        rf"\b{_AGE}(?=[ -]{{0,2}}(?:yo\b|y\.o|y/o|yrs?\b|years?[ -]o(?:ld|f age)|year[ -]olds?|años|f\b|m\b))",
    ),
    ("AGE", rf"\b(?:aged?|age:|edad|turn(?:s|ed|ing)|cumpl(?:e|ió|irá)) {_AGE}\b"),
    ("AGE", r"\b(?:9\d|1[01]\d)(?:st|nd|rd|th)(?= birthday)|\b(?:nonag|cent)enari(?:ans?|[ao]s?)\b"),
    ("PLACE", _ADDRESS),
    ("ID", r"(?<![\w.])(@\w[\w.]{2,30})"),
    ("ID", rf"\b(?:{_LABELS})(?: no\.?| number)?[ #:]{{1,3}}(\d{{2,4}}(?: \d{{2,4}}){{1,4}})\b"),
    ("ID", r"\bplate[ #:]{1,3}([A-Z]{2,3} \d{3,4})\b"),
    ("ID", r"\blast (?:4|four)(?: digits)?(?: of \w{2,12})?:? (\d{4})\b"),
    ("ID", rf"\b(?:{_LABELS})(?:[ .-]?(?:id|no|number|num|nr|code|ending(?: in)?|is))?\.?[ #:=]{{1,4}}({_VALUE})\b"),
)
_FOLDED = tuple((kind, re.compile(source, re.IGNORECASE)) for kind, source in _PATTERNS)
_CAP = r"[A-ZÀ-ÖØ-Þ][\w.'’-]{1,20}"
_CASED = (
    ("PLACE", re.compile(rf"\b{_CAP}(?: {_CAP}){{0,2}}, {_STATES}(?: {{1,2}}\d{{5}}(?:-\d{{4}})?\b)?")),
    ("PLACE", re.compile(rf"\b{_STATES} {{1,2}}\d{{5}}(?:-\d{{4}})?\b")),
    ("PLACE", re.compile(rf"\b{_CAP}(?: {_CAP})? (?:County|Township|Parish)\b")),
    ("PLACE", re.compile(rf"\b(?:lives?|living|resides?|moved|vive) (?:in|at|near|to|en) {_CAP}(?: {_CAP}){{0,2}}")),
)
_TOKEN = re.compile(r"(?<![\w.,:/])[A-Za-z0-9#](?:[A-Za-z0-9]|[-_/](?=[A-Za-z0-9])){3,60}(?![\w]|[.,:]\d)")
_MANY = 5
"""Digits that a token of any form may not have without being taken for somebody's number."""
_SOME = 4
"""Digits that make a number of a token with letters."""
_VIN = 17


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands that is to be hidden."""

    start: int
    end: int
    kind: str


def identifiers(text: str) -> Iterator[Span]:
    """Yield what is found, the surest kinds first; spans may overlap."""
    for kind, pattern in (*_FOLDED, *_CASED):
        for found in pattern.finditer(text):
            # Of a number with its label only the number is hidden: "MRN" tells a model what it is.
            start, end = found.span(1) if kind == "ID" else found.span()
            if kind == "MONTH" and not _is_month(found.group()):
                continue
            yield Span(start, end, "DATE" if kind == "MONTH" else kind)
    for found in _TOKEN.finditer(text):
        if _is_code(found.group()):
            yield Span(found.start(), found.end(), "NUMBER")


def _is_month(words: str) -> bool:
    """Tell "by March" from "this may"."""
    month = re.split(r"[ -]", words)[-1]
    return month[:1].isupper() or month.rstrip(".") not in {"may", "mar", "march", "dec", "sep", "jun"}


def _is_code(token: str) -> bool:
    digits = sum(char.isdigit() for char in token)
    letters = sum(char.isalpha() for char in token)
    return digits >= _MANY or (letters > 0 and digits >= _SOME) or (len(token) == _VIN and digits > 0 and letters > 0)
