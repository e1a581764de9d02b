"""Two requests -> whether they are one: the same, perhaps, or two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rapidfuzz.distance import OSA

from assistant.decide.duplicates.asked import Asked, asked
from assistant.decide.duplicates.lexicon import EXCLUSIVE, GENERIC, LIGHT, MAY_BE_ONE, NUDGE, SPOKEN_OF, each
from assistant.decide.duplicates.patients import Likeness, same_patient

Verdict = Literal["same", "perhaps", "other"]
MUCH = 2
"""So many things that both speak of are worth a question where no patient is named."""
_LONG = 6
"""Letters of a word that is no slip of a shorter one."""
_LONG_AGO_DAYS = 21
_LATER_DAYS = 4
_POINTS_AWAY = each(
    "she he him her his hers it its this that these those them they their below above attached enclosed same "
    "here lo la le su"
)
"""Words that lean on what stands elsewhere: alike in two mails, they may mean two things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is compared: a task that stands, or a finding that would open one."""

    title: str
    quote: str
    patient: str | None
    said_by: str | None
    """Email."""
    said_on: date | None
    due_on: date | None
    owner: str | None
    waiting: bool
    thread: str


def compare(standing: Request, new: Request, *, names: tuple[str, ...] = ()) -> Verdict:
    """Return whether `new` asks for what `standing` asks for already.

    "same" only where patient, kind of action, things and days agree; what speaks against it once makes it "other"; what
    is told by one of them alone leaves a doubt, unless both stand in one thread.

    Args:
        standing: The earlier one.
        new: The later one.
        names: Of people who are spoken to, so that a greeting is no part of what is asked.

    """
    if standing.waiting != new.waiting or (standing.owner and new.owner and standing.owner != new.owner):
        return "other"
    patient = same_patient(standing.patient, new.patient)
    if patient == "other":
        return "other"
    writers = [(one.said_by or "").partition("@")[0].replace(".", " ") for one in (standing, new)]
    told = tuple(name for name in (standing.patient, new.patient, *names, *writers) if name)
    a = asked(standing.title, standing.quote, said_on=standing.said_on, names=told)
    b = asked(new.title, new.quote, said_on=new.said_on, names=told)
    is_thread = standing.thread == new.thread
    if _excludes(a, b):
        return "other"
    things = _things(a, b, is_known=patient == "same" or is_thread, is_thread=is_thread)
    action = _action(a, b, is_thread=is_thread)
    is_faint = patient == "unsaid" and not is_thread and not _is_much(a, b)
    if is_faint or "other" in {things, action}:
        return "other"
    doubts = (
        things == "perhaps",
        action == "perhaps",
        patient == "unsure",
        patient == "unsaid" and not is_thread and not _is_copy(standing, new, a, b),
        _half_told(a, b, is_thread=is_thread),
        _is_far(standing, new, is_thread=is_thread),
        _is_elsewhere(standing, new),
    )
    return (
        "perhaps"
        if any(doubts) and (things == "same" or _is_likely(patient))
        else "same"
        if not any(doubts)
        else "other"
    )


def _is_likely(patient: Likeness) -> bool:
    """Return whether things that agree in part are worth a question."""
    return patient == "same"


def _excludes(a: Asked, b: Asked) -> bool:
    """Return whether something that both tell differs: the modality, the side, a number, the day, the doctor."""
    if a.is_denied != b.is_denied:
        return True
    for one, other in ((a.numbers, b.numbers), (a.days, b.days), (a.doctors, b.doctors), *zip(a.kinds, b.kinds)):  # noqa: B905 - as many
        if one and other and one.isdisjoint(other):
            return True
    # "A ride to dialysis" is not the one from there.
    return bool(a.sources & b.targets - b.sources) or bool(b.sources & a.targets - a.sources)


def _half_told(a: Asked, b: Asked, *, is_thread: bool) -> bool:
    """Return whether what sets one request apart is not told by the other, or not all of it.

    Within a thread a reminder need not say everything again; but what it says has to have been said.
    """
    earlier = (*a.kinds[:SPOKEN_OF], a.numbers, a.days, a.doctors)
    later = (*b.kinds[:SPOKEN_OF], b.numbers, b.days, b.doctors)
    if is_thread:
        return any(new - old for old, new in zip(earlier, later, strict=True))
    return earlier != later


def _action(a: Asked, b: Asked, *, is_thread: bool) -> Verdict:
    if a.action == b.action and a.action not in {"", NUDGE}:
        return "same"
    if {a.action, b.action} & {"", NUDGE}:
        is_reminder = b.reminds or b.action == NUDGE
        return "same" if (is_thread and is_reminder) or a.words == b.words else "perhaps"
    if b.reminds and is_thread:
        return "same" if frozenset((a.action, b.action)) in MAY_BE_ONE else "perhaps"
    return "perhaps" if frozenset((a.action, b.action)) in MAY_BE_ONE else "other"


def _things(a: Asked, b: Asked, *, is_known: bool, is_thread: bool) -> Verdict:
    """Return whether both speak of the same things; `is_known` where patient or thread tie them together already."""
    if a.words == b.words and a.things == b.things:
        return "same"
    shared = (a.things & b.all_things) | (b.things & a.all_things)
    if not shared:
        return "other"
    only_a, only_b = (weighty(one) for one in (a.things - b.all_things, b.things - a.all_things))
    core = weighty(shared)
    if not core:
        if only_a and only_b:
            return "perhaps" if _is_slip(only_a, only_b) else "other"
        return "same" if a.things == b.things and is_known else "perhaps"
    if only_a and only_b:
        return "perhaps" if is_known else "other"
    if is_thread and not only_b:
        # A reminder need not name everything again.
        return "same"
    # Side, modality and part of the body are compared by themselves.
    beside = len((only_a or only_b).difference(*EXCLUSIVE[:SPOKEN_OF]))
    return "same" if not beside or (is_known and beside <= MUCH and len(core) > beside) else "perhaps"


def _is_much(a: Asked, b: Asked) -> bool:
    """Return whether enough agrees to ask about two requests of which no patient tells that they are one."""
    return a.words == b.words or len(weighty(a.all_things & b.all_things)) >= MUCH


def _is_slip(only_a: frozenset[str], only_b: frozenset[str]) -> bool:
    """Return whether two words may be one, mistyped; two drugs may be a letter apart as well."""
    return all(len(one) >= _LONG and any(OSA.distance(one, other) == 1 for other in only_b) for one in only_a)


def weighty(things: frozenset[str]) -> frozenset[str]:
    """Return the things that tell one request from another."""
    return things - GENERIC - LIGHT


def _is_copy(standing: Request, new: Request, a: Asked, b: Asked) -> bool:
    """Return whether words without a patient's name are one person's, sent twice, and lean on nothing outside them."""
    if standing.patient or new.patient:
        return False
    if a.words != b.words or standing.said_by is None or standing.said_by != new.said_by:
        return False
    if standing.said_on is not None and standing.said_on == new.said_on:
        return True
    return not _POINTS_AWAY.intersection(a.words) and standing.due_on == new.due_on


def _is_far(standing: Request, new: Request, *, is_thread: bool) -> bool:
    """Return whether so much time lies between them that the same may be asked anew: each month's list, each visit."""
    if standing.due_on and new.due_on and (new.due_on - standing.due_on).days > _LATER_DAYS:
        return True
    if is_thread or not standing.said_on or not new.said_on:
        return False
    return abs((new.said_on - standing.said_on).days) > _LONG_AGO_DAYS


def _is_elsewhere(standing: Request, new: Request) -> bool:
    """Return whether two houses ask: each may want its own copy."""
    houses = {(one.said_by or "").rpartition("@")[2] for one in (standing, new)}
    return len(houses) > 1
