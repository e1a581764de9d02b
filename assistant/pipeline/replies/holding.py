"""A request that is not followed -> what is kept of it, and how the person in whose name it came hears of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import structlog

from assistant.decide.authority import person_at, recipients_of
from assistant.decide.worktime import quiet_until
from assistant.pipeline.parts import Parts
from assistant.pipeline.replies.answer import numbers_asked
from assistant.pipeline.replies.trust import carries_wrong_token, held_warning, hold, proof_in_force
from assistant.records import Alert, Condition, Decision, Message, Notice, Person, SentMail

log = structlog.get_logger()
_EACH = timedelta(days=1)
_MANY = 3
"""Answers that nothing proves, with none that is proven: enough to look at the setting."""
_MOST_PAST = timedelta(days=7)


def note_held(parts: Parts, message: Message, person: Person, answered: SentMail | None) -> None:
    """Keep that a mail may be anybody's: nothing is changed by it, nobody is answered, the person is told."""
    is_wrong = carries_wrong_token(parts, message, person, answered)
    numbers = numbers_asked(parts, message, person, answered)
    hold(parts, message, person, numbers, why="token" if is_wrong else "proof")


def note_stranger(parts: Parts, message: Message, answered: SentMail | None) -> None:
    """Keep that an address which we do not know answers a mail of ours; it is read like any stranger's mail."""
    ours = parts.config.assistant.address
    if answered is None or message.automatic is not None or ours not in recipients_of(message, ours):
        return
    if (person := person_at(answered.recipient, parts.people())) is not None:
        hold(parts, message, person, (), why="sender")


def tell_unfollowed(parts: Parts) -> int:
    """Owe a word to who gets no digest, and so would never hear that nothing was done; return how many that made."""
    stopped, now = parts.ledger.switches.stopped(), parts.clock()
    without = [
        person
        for person in parts.people()
        if person.digest_at is None or ((stop := stopped.get(person.email)) is not None and stop.holds(now))
    ]
    notices = [notice for person in without if (notice := _word(parts, person)) is not None]
    for notice in notices:
        parts.ledger.record(Decision(), [parts.rendered(notice)])
        log.info("mail_prepared", kind="alert", recipient=notice.recipient.email)
    return len(notices)


def commands_condition(parts: Parts) -> Condition:
    """Return whether answers are followed; where none is, `[trust]` may not fit what our mail server writes."""
    now = parts.clock()
    held = [one for one in parts.ledger.held.of(None, now - _EACH) if one.why == "proof"]
    answered = (parts.ledger.outgoing.last_of("answer", person.email, until=now) for person in parts.people())
    followed = len(held) < _MANY or any(one is not None and one.prepared_at >= held[0].at for one in answered)
    if followed:
        said = f"need {proof_in_force(parts.config)}"
        return Condition(part="commands", level="fine", said=said, since=now)
    said = (
        f"No answer has been followed since {{since}}: {len(held)} were held, as nothing proved who sent them. "
        "Whoever runs me may compare [trust] sender_proof with what our mail server writes."
    )
    return Condition(part="commands", level="degraded", said=said, since=held[0].at)


def _word(parts: Parts, person: Person) -> Notice | None:
    """Return what a person is told, once a day at the most: anybody may write in their name as often as they like."""
    start, now = f"alert:held:{person.email}:", parts.clock()
    told = parts.ledger.outgoing.last_key(start, f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%S}")
    last = datetime.fromisoformat(told.removeprefix(start)).replace(tzinfo=UTC) if told else now - _MOST_PAST
    if (told and now - last < _EACH) or quiet_until(now, person) is not None:
        return None
    said = held_warning(parts, person, last)
    if said is None:
        return None
    content = Alert(person=person, now=now, heading="Something in your name was not done", lines=(said,))
    return Notice(key=f"{start}{now.astimezone(UTC):%Y-%m-%dT%H:%M:%S}", content=content)
