"""A question in a person's words -> the tasks that answer it, counted among all that the person may see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.likeness import stem
from assistant.decide.commands.wording.saying import day_words
from assistant.decide.commands.wording.text import fold
from assistant.decide.digest import urgency
from assistant.decide.worktime import NEVER, comes_back_at, local_day, passes_at
from assistant.records import Deadline, Inquiry, Person, Task

Standing = Literal["open", "overdue", "waiting", "snoozed", "closed", "any"]
_ASKS = re.compile(
    r"[\s¿¡]*(?:what(?:'?s)?|which|who(?:'?s|se)?|when|where|how many|how much|any(?:thing|one)?|is there|are there|"
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
            r"\b(?:done|closed|finished|completed|dropped|hech[oa]s?|cerrad[oa]s?|terminad[oa]s?|complet(?:e|ado|ada)s?)\b"
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
    r"[\s¿¡]*(?:what(?:'?s)?|which|how many|any(?:thing)?|is there anything|do (?:we|i) have|"
    r"que|cual(?:es)?|cuant[oa]s?|hay)\b"
)
_WHO = re.compile(r"[\s¿¡]*(?:who(?:'s| is| has| does| took| handles| owns)?|whose|quien(?:es)?(?: tiene)?)\b")
_DUE = re.compile(r"\b(?:due|by|before|vence[n]?|para (?=el |hoy|manana|lunes|martes|miercoles|jueves|viernes))\s*")
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
_WEEK = timedelta(days=7)
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
    is_critical: bool = False
    asks_who: bool = False


def is_search(plain: str) -> bool:
    """Return whether folded words bid to show tasks: "show me ...", "list what is overdue"."""
    return _SEARCHES.match(plain) is not None


def asks_for_many(plain: str) -> bool:
    """Return whether a question, in folded words, asks for all tasks of a kind, and not how one of them stands."""
    return _MANY.match(plain) is not None and any(pattern.search(plain) for _, pattern in _STANDINGS)


def inquire(words: str, asked: ReplyContext) -> Inquiry | None:
    """Return the answer to a question; None where it is none that the ledger can answer."""
    query = read_query(words, asked)
    if query is None:
        return None
    candidates, searched = asked.find(query.words, query.standing in {"closed", "any"})
    found = [task for task in candidates if _fits(task, query, asked)]
    found.sort(key=lambda task: urgency(task, asked.person))
    return Inquiry(heading=_heading(query, asked), said=_said(found, searched, query, asked), tasks=tuple(found))


def read_query(words: str, asked: ReplyContext) -> Query | None:
    """Return what a question looks for; None where neither a state nor a subject is asked for.

    Only the words are read here: whose tasks may be told is another matter.
    """
    plain = fold(" ".join(words.split()))[:_LONGEST].strip(" ?!.¿¡")
    if _ASKS.match(plain) is None:
        return None
    asks_who = _WHO.match(plain) is not None
    day, is_week, rest = _day(plain, asked)
    standing: Standing | None = None
    for name, pattern in _STANDINGS:
        if pattern.search(rest):
            standing = standing or name
            rest = pattern.sub(" ", rest)
    is_critical = _CRITICAL.search(rest) is not None
    rest = _CRITICAL.sub(" ", rest)
    owner, requester, rest = _people(rest, asked, asks_who=asks_who)
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


def _fits(task: Task, query: Query, asked: ReplyContext) -> bool:
    return (
        _stands(task, query.standing, asked)
        and (query.owner is None or _has(query.owner, task))
        and (query.requester is None or (task.requester is not None and query.requester.is_at(task.requester)))
        and (not query.is_critical or task.priority != "normal")
        and (query.day is None or _is_on(task, query, asked))
    )


def _has(person: Person, task: Task) -> bool:
    """True where somebody has the task; what nobody has is its coordinator's."""
    return person.is_at(task.owner or task.coordinator)


def _stands(task: Task, standing: Standing, asked: ReplyContext) -> bool:
    if standing == "any":
        return True
    if standing == "closed":
        return task.state != "open"
    if task.state != "open":
        return False
    match standing:
        case "overdue":
            return passes_at(task, asked.person) < asked.now
        case "waiting":
            return task.is_others(asked.person)
        case "snoozed":
            back_at = comes_back_at(task, asked.person)
            return back_at is not None and back_at > asked.now
        case _:
            return True


def _is_on(task: Task, query: Query, asked: ReplyContext) -> bool:
    person, day = asked.person, query.day
    assert day is not None
    wanted = day.local_day(person.calendar)
    if query.standing == "closed":
        closed = local_day(task.changed_at, person)
        return wanted - _WEEK < closed <= wanted if query.is_week else closed == wanted
    passes = passes_at(task, person)
    if passes == NEVER:
        return False
    due = local_day(passes, person)
    return wanted - _WEEK < due <= wanted if query.is_week else due == wanted


def _heading(query: Query, asked: ReplyContext) -> str:
    """Return what was looked for, in our words: it shows how the question was read."""
    parts = {"any": "Tasks, open or closed", "waiting": "Waiting for others"}.get(
        query.standing, f"{query.standing.capitalize()} tasks"
    )
    told = [parts]
    if query.is_critical:
        told.append("urgent")
    if query.owner is not None:
        told.append("yours" if query.owner == asked.person else f"with {query.owner.name}")
    if query.requester is not None:
        told.append(f"asked for by {query.requester.name}")
    if query.day is not None:
        day = day_words(query.day.local_day(asked.person.calendar), asked.person.calendar.zone, asked.now)
        verb = "closed" if query.standing == "closed" else "due"
        told.append(f"{verb} {'in the week up to ' if query.is_week else ''}{day}")
    if query.words:
        told.append("with " + ", ".join(f"“{word}…”" for word in query.words))
    return ", ".join(told)


def _said(found: list[Task], searched: int, query: Query, asked: ReplyContext) -> str:
    noun = "task" if searched == 1 else "tasks"
    which = f"{noun}, open and closed," if query.standing in {"closed", "any"} else f"open {noun}"
    fit = "none fits" if not found else f"{len(found)} fit{'s' if len(found) == 1 else ''}"
    counted = f"I looked through {searched} {which} that you may see: {fit}."
    if not query.asks_who or not found:
        return counted
    names = [f"#{task.number}: {_holder(task, asked)}" for task in found[:_DAY_WORDS]]
    return f"{counted} {'; '.join(names)}."


def _holder(task: Task, asked: ReplyContext) -> str:
    if task.owner is None:
        return "nobody yet"
    return next((one.name for one in asked.people if one.is_at(task.owner)), task.owner)
