"""A mail of a known person to us, or a forwarded one with their order on top -> what was found, as they mean it."""

from __future__ import annotations

from assistant.decide.authority import known_sender, person_at
from assistant.decide.direction import directed, not_ours
from assistant.pipeline.parts import Parts
from assistant.pipeline.replies.trust import hold, may_direct
from assistant.records import Message, Reading
from assistant.understand.deadlines import parse_when


def as_ordered(parts: Parts, message: Message, reading: Reading) -> Reading:
    person = known_sender(message, parts.people())
    if person is None:
        return reading
    if person_at(parts.config.assistant.address, parts.people()) is None:
        reading = not_ours(reading, person, parts.config.assistant.address)
    reference = message.sent_at.astimezone(person.calendar.zone)
    day_first = parts.config.organisation.day_first
    ordered = directed(
        message,
        reading,
        person,
        our_address=parts.config.assistant.address,
        when=lambda phrase: parse_when(phrase, reference, person.calendar, day_first=day_first),
    )
    if ordered == reading:
        return reading
    if may_direct(parts, message, person):
        return ordered
    # The mail is read like anybody's; only the order on top is not followed.
    hold(parts, message, person, (), why="proof")
    return reading
