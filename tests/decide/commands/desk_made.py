"""A digest of ten tasks of one desk: three due today, one critical, one that is waited for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.decide.commands import ReplyContext
from assistant.records import Deadline, Task
from tests.decide.commands.replies_made import digest, when
from tests.decide.tasks_made import local, task

_TODAY, _TOMORROW, _FRIDAY = date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 13)
_TASKS: tuple[tuple[int, str, str, date | None, str], ...] = (
    (10, "Notify the covering provider immediately and call the laboratory", "Walter Brandt", None, "STAT lab result"),
    (3, "Send the referral to the wound clinic", "Mr. Alvarez", _TODAY, ""),
    (4, "Call his daughter about the equipment delivery", "Mr. Alvarez", _TODAY, ""),
    (6, "Get the result from the outside lab and fax it to pre-op", "Mrs. Rivera", _TODAY, ""),
    (7, "Book a wheelchair van for him", "Mr. Osei", _TOMORROW, ""),
    (8, "Get the missing EKG (R knee scope)", "DUARTE, Elena", _TOMORROW, ""),
    (9, "Get the missing Consent (Thyroid lobe)", "ABARA, Chidi", _TOMORROW, ""),
    (1, "Submit the clinical notes from the last visit", "Daniel Kim", _TOMORROW, ""),
    (5, "Confirme que habrá un intérprete", "Sr. Quintana", _FRIDAY, ""),
    (2, "Tom Reyes: send the delivery confirmation for Mr. Alvarez", "Mr. Alvarez", _TOMORROW, ""),
)
SHOWN = tuple(number for number, *_ in _TASKS)


def desk() -> ReplyContext:
    """Return the surroundings of a reply to that digest."""
    return digest(SHOWN, tasks=tuple(_made(*one) for one in _TASKS), now=local(3, 10, 9), when=when)


def _made(number: int, title: str, patient: str, due: date | None, said: str) -> Task:
    return replace(
        task(number),
        title=f"{title} ({patient})" if patient not in title else title,
        patient=patient,
        quote=said or title,
        deadline=Deadline(due=due, words="due", rule="test") if due else None,
        priority="critical" if number == SHOWN[0] else "normal",
    )
