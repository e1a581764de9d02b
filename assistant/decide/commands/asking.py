"""A question in a person's words -> what it looks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.likeness import stem
from assistant.decide.commands.wording.text import fold
from assistant.records import Deadline, Person

Standing = Literal["open", "overdue", "waiting", "snoozed", "closed", "any"]
_ASKS = re.compile(
    r"[\s¿¡]*(?:what(?:'?s)?|which|who(?:'?s|se)?|when|where|how many|how much|any(?:thing|one)?|"
    r"(?:is|are) (?:there|any\w*)|"
    r"do (?:we|i) have|does|show|list|find|search|look up|tell me|give me|status|"
    r"que|cual(?:es)?|quien(?:es)?|cuant[oa]s?|cuando|donde|hay|muestra(?:me)?|busca(?:me)?|lista|dime|ensename)\b"
)
_COMMANDS = re.compile(r"[\s¿¡]*(?:show|list|find|search|look up|muestra(?:me)?|busca(?:me)?|lista|ensename)\b")
_STANDINGS: tuple[tuple[Standing, re.Pattern[str]], ...] = (
    ("overdue", re.compile(r"\b(?:overdue|past due|late|atrasad[oa]s?|vencid[oa]s?|retrasad[oa]s?)\b")),
    ("snoozed", re.compile(r"\b(?:snoozed|resting|pospuest[oa]s?|aplazad[oa]s?)\b")),
    (
        "waiting",
        re.compile(r"\b(?:wait(?:ing|ed)?(?: (?:on|for))?|owes?|owed|espera(?:ndo|mos)?|me deben?|nos deben?)\b"),
    ),
    (
        "closed",
        re.compile(
            r"\b(?:done|closed?|finish(?:ed)?|completed?|dropp?(?:ed)?|hech[oa]s?|cerrad[oa]s?|cerro|cerre|"
            r"terminad[oa]s?|complet(?:ado|ada)s?)\b"
        ),
    ),
    (
        "open",
        re.compile(
            r"\b(?:open|outstanding|pending|left|remaining|undone|to do|on (?:my|the|his|her|their) (?:list|plate)|"
            r"abiert[oa]s?|pendientes?|queda[n]?|falta[n]?)\b"
        ),
    ),
)
_SEARCHES = re.compile(
    r"[\s¿¡]*(?:(?:search|show me|busca(?:me)?|muestrame)\b|(?:list|find|show|look up|lista|muestra|ensename)\s+"
    r"(?:me\s+)?(?:all|every|everything|anything|(?:the |my |all )?(?:open|overdue|late|pending|waiting|urgent|closed|"
    r"done|snoozed)|tasks|what|todo|tod[oa]s|(?:las? |mis? )?(?:tareas?|pendientes?|abiert[oa]s?|atrasad[oa]s?))\b)"
)
_MANY = re.compile(
    r"[\s¿¡]*(?:what(?:'?s)?|which|how many|any(?:thing)?|(?:is|are) (?:there )?any(?:thing)?|do (?:we|i) have|"
    r"que|cual(?:es)?|cuant[oa]s?|hay)\b"
)
_WHO = re.compile(r"[\s¿¡]*(?:who(?:'s| is| has| does| took| handles| owns)?|whose|quien(?:es)?(?: tiene)?)\b")
_DUE = re.compile(r"\b(?:due|by|before|vence[n]?|para (?=el |hoy|manana|lunes|martes|miercoles|jueves|viernes))\s*")
_NEW = re.compile(
    r"\b(?:(?:what(?:'?s| is)?|anything|que hay(?: de)?) (?:new|nuevo)|(?:what|anything|which tasks) (?:has |have )?"
    r"(?:came|come|arrived)(?: in)?|que (?:ha )?llega?(?:do|ron)?)\b"
)
_A_DAY = re.compile(r"\b(?:today|yesterday|hoy|ayer)\b")
_SINCE = re.compile(r"\b(?:since|desde)\b")
_DID = re.compile(
    r"[\s¿¡]*(?:what|which|how many)(?: tasks?| of (?:them|these))? (?:did|has|have)\b|[\s¿¡]*que (?:cerro|cerre)\b"
)
_OF_A_KIND = re.compile(
    rf"\b(?:due(?! date)|vence[n]?|urgent|critical|urgentes?|critic[oa]s?|do i have)\b|{_NEW.pattern}"
)
_CRITICAL = re.compile(r"\b(?:urgent|critical|stat|high priority|urgentes?|critic[oa]s?)\b")
_MINE = re.compile(r"\b(?:my|mine|me|i|mi|mis|yo|mio)\b")
_HONORIFIC = re.compile(r"\b(?:mr|mrs|ms|miss|sr|sra|srta|don|dona|patient|paciente)\b\.?\s*$")
_DOCTOR = re.compile(r"\b(?:dr|dra|doctor|doctora)\b\.?\s*$")
_FROM = re.compile(r"\b(?:from|asked by|de parte de)\s+")
_WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")
_FILL = frozenset(
    _WORD.findall(
        "a an the to for of on in at by with from and or is are was were be been being it its this that these those "
        "what whats what's which who whos who's whose when where how many much any anything anyone there do does did "
        "we i me my mine our us you your he she his her they their am have has had got having still now currently "
        "right today please pls show list find search look up tell give status all every everything thing things "
        "task tasks item items stuff one ones work about re regarding concerning mr mrs ms miss dr doctor patient case "
        "due by before not yet so far out up as if can could would need needs needed must should going "
        "take took taking handles handling handle owns owning assigned doing go goes come comes next new "
        "que cual cuales quien quienes cuanto cuanta cuantos cuantas cuando donde hay muestra muestrame busca buscame "
        "lista dime ensename el la los las un una unos unas de del al y o en para por con sobre lo le se su sus mi mis "
        "yo me nos es esta estan son tiene tienen tengo tenemos tarea tareas cosa cosas todo todos toda todas sr sra "
        "srta dra don dona senor senora senorita doctora "
        "paciente hoy ahora aun todavia vence vencen asunto asuntos mucho estoy estamos"
    )
)
_SHORTEST_STEM = 4
_LONGEST = 300
_DAY_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a question looks for; everything that is set has to fit."""

    standing: Standing
    words: tuple[str, ...] = ()
    """Beginnings of words, each of which stands in what a task says."""
    owner: Person | None = None
    requester: Person | None = None
    day: Deadline | None = None
    """Due on it, or closed on it."""
    is_week: bool = False
    """True: `day` is the last of the days that count."""
    is_new: bool = False
    """True: opened on `day`, or since."""
    is_since: bool = False
    has_late: bool = False
    """True: what was due before `day` counts too: asked is what there is to do by then."""
    closed_by: Person | None = None
    is_critical: bool = False
    asks_who: bool = False


def is_search(plain: str) -> bool:
    """Return whether folded words bid to show tasks: "show me ...", "list what is overdue"."""
    return _SEARCHES.match(plain) is not None


def asks_for_many(plain: str) -> bool:
    """Return whether a question, in folded words, asks for all tasks of a kind, and not how one of them stands."""
    kinds = (_OF_A_KIND, *(pattern for _, pattern in _STANDINGS))
    return _MANY.match(plain) is not None and any(pattern.search(plain) for pattern in kinds)


def read_query(words: str, asked: ReplyContext) -> Query | None:
    """Return what a question looks for; None where neither a state nor a subject is asked for.

    Only the words are read here: whose tasks may be told is another matter.
    """
    plain = fold(" ".join(words.split()))[:_LONGEST].strip(" ?!.¿¡")
    if _ASKS.match(plain) is None:
        return None
    asks_who = _WHO.match(plain) is not None
    is_new = _NEW.search(plain) is not None
    day, is_week, rest = _day(plain, asked)
    if is_new:
        rest, day = _SINCE.sub(" ", _NEW.sub(" ", rest)), day or asked.when("yesterday")
    standing: Standing | None = None
    for name, pattern in _STANDINGS:
        if pattern.search(rest):
            standing = standing or name
            rest = pattern.sub(" ", rest)
    is_critical = _CRITICAL.search(rest) is not None
    rest = _CRITICAL.sub(" ", rest)
    owner, requester, rest = _people(rest, asked, asks_who=asks_who)
    closed_by = None
    if standing == "closed" and _DID.match(plain):
        closed_by, owner = owner or asked.person, None
    kept = tuple(word for word in _WORD.findall(rest) if word not in _FILL and len(word) > 1)
    about = any((standing, day, is_critical, owner, requester))
    if not about and not (kept and (asks_who or _COMMANDS.match(plain) or _is_scoped(plain))):
        return None
    return Query(
        standing=standing or ("any" if _COMMANDS.match(plain) and kept and not about else "open"),
        words=tuple(_beginning(word) for word in kept),
        owner=owner,
        requester=requester,
        day=day,
        is_week=is_week,
        is_new=is_new,
        is_since=is_new and (_SINCE.search(plain) is not None or _A_DAY.search(plain) is None),
        has_late=not is_week and re.search(r"\b(?:due|vence[n]?)\b", plain) is None,
        closed_by=closed_by,
        is_critical=is_critical,
        asks_who=asks_who,
    )


def _is_scoped(plain: str) -> bool:
    return re.search(r"\b(?:for|about|on|with|re|regarding|para|sobre|con|de|del)\s+\S", plain) is not None


def _day(plain: str, asked: ReplyContext) -> tuple[Deadline | None, bool, str]:
    """Return the day that the question names, whether a whole week is meant, and the words without it."""
    tokens = list(re.finditer(r"\S+", plain))
    for length in range(min(_DAY_WORDS, len(tokens)), 0, -1):
        for place in range(len(tokens) - length + 1):
            start, end = tokens[place].start(), tokens[place + length - 1].end()
            phrase = plain[start:end].strip(" ,.")
            if _DUE.fullmatch(phrase + " ") or not re.search(r"[a-z]{3}|\d", phrase):
                continue
            found = asked.when(phrase)
            if found is not None:
                return found, "week" in phrase or "semana" in phrase, f"{plain[:start]} {plain[end:]}"
    return None, False, plain


def _people(rest: str, asked: ReplyContext, *, asks_who: bool) -> tuple[Person | None, Person | None, str]:
    """Return whose tasks are asked for, and who asked for them; a patient's name is left to the words."""
    owner: Person | None = None
    requester: Person | None = None
    for name, person in _names(asked):
        match = re.search(rf"\b{re.escape(name)}(?:'s)?\b", rest)
        if match is None or _HONORIFIC.search(rest[: match.start()]) or _DOCTOR.search(rest[: match.start()]):
            continue
        before = rest[: match.start()]
        if _FROM.search(before[-20:]) and not re.search(r"wait|espera", rest):
            requester = requester or person
        else:
            owner = owner or person
        rest = f"{before} {rest[match.end() :]}"
    if owner is None and requester is None and _MINE.search(rest) and not asks_who:
        # "What am I waiting on" is about the person's own list, which they see anyway; it narrows nothing else.
        owner = asked.person if re.search(r"\b(?:my|mine|mi|mis)\b", rest) else None
    return owner, requester, rest


def _names(asked: ReplyContext) -> list[tuple[str, Person]]:
    """Return the names by which one person of ours is meant, the longest first; what two share means nobody."""
    names: dict[str, list[Person]] = {}
    for person in asked.people:
        words = fold(person.name).split()
        for name in {fold(person.name), words[0] if words else "", words[-1] if words else ""} - {""}:
            names.setdefault(name, []).append(person)
    meant = [(name, people[0]) for name, people in names.items() if len(people) == 1]
    return sorted(meant, key=lambda one: -len(one[0]))


def _beginning(word: str) -> str:
    short = stem(word.removesuffix("'s"))
    return short if len(short) >= _SHORTEST_STEM else word.removesuffix("'s")
