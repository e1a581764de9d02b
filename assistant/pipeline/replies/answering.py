"""A person's word to us, decided -> whether it is answered now, later with others, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from assistant.decide.loops import (
    Counts,
    answer_in,
    asks_whether,
    changes_nothing,
    is_canned,
    is_vain,
    mark_of,
    numbers_in,
    unanswered,
    verdict,
)
from assistant.ledger import HeldAnswer, Why
from assistant.pipeline.parts import Parts
from assistant.records import Answer, Decision, Message, Notice, Outcome, Person, Standing

log = structlog.get_logger()
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_ASK_AGAIN = "This was more than I answer in an hour. Please ask it once more."
_MOST_TOLD = 40


def answered(
    parts: Parts, message: Message, person: Person, standing: Standing, decide: Callable[[Standing], Decision]
) -> tuple[Decision, HeldAnswer | None]:
    """Return what a person's mail leads to, our answer kept back where it must be, and what is to be noted of that.

    What reads like a program's is left alone, but where it holds a command: then the person is asked, once.
    """
    is_doubted, most = is_canned(message), parts.config.limits.answers_per_hour
    decision = decide("doubted" if is_doubted else standing)
    found, mark = answer_in(decision), mark_of(message, numbers_in(decision))

    def noted(why: Why, outcomes: tuple[Outcome, ...] = ()) -> HeldAnswer:
        return HeldAnswer(
            mail=message.key, person=person.email, at=parts.clock(), why=why, mark=mark, outcomes=outcomes
        )

    counts = _counts(parts, mark, person)
    if is_doubted and (counts.same_today or not asks_whether(decision)):
        log.info("canned_answer_ignored", mail=message.key)
        return Decision(state="answer"), noted("left")
    if found is None:
        return decision, None
    match verdict(decision, counts, most):
        case "leave":
            log.info("answer_left_out", mail=message.key)
            return unanswered(decision), noted("left")
        case "gather":
            log.info("answer_put_off", mail=message.key)
            others = tuple(one for one in decision.notices if one != found)
            return replace(decision, notices=others), noted("hour", _outcomes(found))
        case "answer":
            if counts.in_hour == most - 1:
                decision = _with_word(decision, found, _last(person, most, parts.clock()))
            if not changes_nothing(decision):
                return decision, None
            return decision, noted("vain" if is_vain(decision) else "told")


def _counts(parts: Parts, mark: str, person: Person) -> Counts:
    held, now = parts.ledger.held_answers, parts.clock()
    return Counts(
        in_hour=parts.ledger.outgoing.prepared_between("answer", person.email, now - _HOUR, now),
        same_today=held.same(person.email, mark, now - _DAY, now),
        told_today=held.count(person.email, "told", now - _DAY, now),
        vain_today=held.count(person.email, "vain", now - _DAY, now),
    )


def _outcomes(notice: Notice) -> tuple[Outcome, ...]:
    """Return what is to be told later of an answer that is put off."""
    content = notice.content
    assert isinstance(content, Answer)
    asked = content.wants_help or content.wants_list or content.summaries or content.inquiries
    again = (Outcome(line="", said=_ASK_AGAIN, is_done=False),) if asked or not content.outcomes else ()
    return (*content.outcomes, *again)


def tell_held(parts: Parts) -> int:
    """Owe each person one mail on all that was done and not told within the hour; return how many that made."""
    return sum(_tell(parts, person) for person in parts.people())


def _tell(parts: Parts, person: Person) -> bool:
    held, now = parts.ledger.held_answers, parts.clock()
    waiting = held.waiting(person.email)
    if not waiting or timedelta(0) <= now - waiting[0].at < _HOUR:
        return False
    outcomes = tuple(outcome for one in waiting for outcome in one.outcomes)
    left_out = len(outcomes) - _MOST_TOLD
    more = (Outcome(line="", said=f"{left_out} more were done and are not listed here."),) if left_out > 0 else ()
    content = Answer(person=person, now=now, in_reply_to=None, subject="", outcomes=(*outcomes[:_MOST_TOLD], *more))
    notice = Notice(key=f"answer:held:{waiting[0].mail}", content=content)
    parts.ledger.record(Decision(), [parts.rendered(notice)], told=[one.mail for one in waiting])
    log.info("mail_prepared", kind="answer", recipient=person.email)
    return True


def left_warning(parts: Parts, person: Person, since: datetime) -> str | None:
    """Return what a digest says of mails in a person's name that were not answered."""
    left = parts.ledger.held_answers.count(person.email, "left", since, parts.clock())
    if not left:
        return None
    if left == 1:
        return "1 mail of yours looked like an automatic answer, or said the same again, and was not answered."
    return f"{left} mails of yours looked like automatic answers, or said the same again, and were not answered."


def _last(person: Person, most: int, now: datetime) -> Outcome:
    zone: ZoneInfo = person.calendar.zone
    until = f"{(now + _HOUR).astimezone(zone):%H:%M}"
    said = f"These are {most} answers within an hour. What else you ask until {until} is done, and told in one mail."
    return Outcome(line="", said=said)


def _with_word(decision: Decision, notice: Notice, word: Outcome) -> Decision:
    assert isinstance(notice.content, Answer)
    told = replace(notice, content=replace(notice.content, outcomes=(*notice.content.outcomes, word)))
    return replace(decision, notices=tuple(told if one == notice else one for one in decision.notices))
