"""Handoff -> the page that its templates set."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.outbox.pages import HelpLines, Page, section_of
from assistant.outbox.reader import House
from assistant.outbox.wording import harmless, numbers
from assistant.records import Handoff


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffPage(Page):
    numbers: str
    why: str
    ways: HelpLines


def handoff_page(handoff: Handoff, house: House, most: int) -> HandoffPage:
    tasks, by = handoff.tasks, harmless(handoff.by)
    is_one, number = len(tasks) == 1, tasks[0].number
    reader = house.reader(handoff.person, handoff.now)
    gave = f"{by} gave you this task." if is_one else f"{by} gave you these {len(tasks)} tasks."
    return HandoffPage(
        organisation=house.organisation,
        language=handoff.person.language,
        title="Handed to you",
        subtitle=f"By {by}, for {harmless(handoff.person.name)}",
        sections=(section_of("Yours now", tasks, reader, most, names_all=True),),
        numbers=numbers([task.number for task in tasks]),
        why=f"{gave} Without an answer {'it stays' if is_one else 'they stay'} with you.",
        ways=(
            (f"done {number}", "it is finished"),
            (f"ack {number}", "I am on it"),
            (f"{number} not mine", "it goes back"),
            ("back", "the same") if is_one else ("all back", "all of it goes back"),
        ),
    )
