"""EscalationCall -> the page that its templates set."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.outbox.pages import HelpLines, Page, section_of, ways_for
from assistant.outbox.reader import House, Reader
from assistant.outbox.wording import harmless, joined, numbers
from assistant.records import EscalationCall


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationPage(Page):
    numbers: str
    step: int
    why: str
    then: str
    """What comes without an answer."""
    ways: HelpLines


def escalation_page(call: EscalationCall, house: House, most: int) -> EscalationPage:
    count, person, reader = len(call.tasks), call.person, house.reader(call.person, call.now)
    section = section_of("Overdue", call.tasks, reader, most, is_alarm=True, names_all=True)
    return EscalationPage(
        organisation=house.organisation,
        language=person.language,
        title="Overdue" if count == 1 else f"{count} tasks overdue",
        subtitle=f"Step {call.step + 1}, for {harmless(person.name)}",
        sections=(section,),
        numbers=numbers([task.number for task in call.tasks]),
        step=call.step + 1,
        why=_why(call, reader),
        then=_then(call),
        ways=ways_for(call.tasks)[:4],
    )


def _why(call: EscalationCall, reader: Reader) -> str:
    is_one = len(call.tasks) == 1
    what = "This task is overdue, and nobody has" if is_one else "These tasks are overdue, and nobody has"
    it = "it" if is_one else "them"
    if call.is_owner:
        return f"{what} acknowledged {it}. You get this because {'it is' if is_one else 'they are'} yours to see to."
    if call.unreached:
        return f"{what} acknowledged {it}. Mail does not reach {harmless(call.unreached)}; you get this in their place."
    had = tuple(reader.name_of(email) for email in call.silent)
    who = f" {joined(had)} did not react." if len(had) <= 2 else " Those who have them did not react."  # noqa: PLR2004
    who = who if had else ""
    return f"{what} acknowledged {it}.{who} You get this because you are next in line."


def _then(call: EscalationCall) -> str:
    if not call.alone:
        return "Without an answer the next in line is asked, where there is one."
    if call.alone < len(call.tasks):
        return "Without an answer the next in line is asked, but not about what senders ask whom I do not know."
    these = "this" if call.alone == 1 else "these"
    return f"I do not know who wrote {these}, and ask nobody else. `ack` with a number makes its sender known."
