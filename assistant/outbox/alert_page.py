"""Alert -> the page that its templates set."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.outbox.pages import Page
from assistant.outbox.reader import House
from assistant.outbox.wording import harmless, moment_words
from assistant.records import Alert


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertPage(Page):
    heading: str
    lines: tuple[str, ...]


def alert_page(alert: Alert, house: House) -> AlertPage:
    return AlertPage(
        organisation=house.organisation,
        language=alert.person.language,
        title="Something needs you",
        subtitle=moment_words(alert.now, alert.now, alert.person.calendar.zone),
        sections=(),
        heading=harmless(alert.heading),
        lines=tuple(harmless(line) for line in alert.lines),
    )
