"""Occasion 2: a committed mail is read: parse -> understand -> decide -> one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import structlog

from assistant.decide.authority import is_word_to_us, known_sender, person_at, without_ours
from assistant.decide.tasks import judge
from assistant.errors import LedgerError, SlowMailError, StorageError, UnreadableMailError
from assistant.ledger import ATTEMPTS, HeldAnswer, MailFacts
from assistant.parse import sender_of
from assistant.pipeline.acquaintances import meet_by_tasks, newcomers
from assistant.pipeline.contexts import is_copy
from assistant.pipeline.contexts import mail_context as _mail_context
from assistant.pipeline.contexts import reading_context as _reading_context
from assistant.pipeline.health.conditions import is_disk_full, note_model_outage
from assistant.pipeline.order import in_turn, one_by_one
from assistant.pipeline.parts import Parts
from assistant.pipeline.purse import is_used_up, next_day, note_budget
from assistant.pipeline.replies.answer import decide_answer, find_answered, reads_as_command
from assistant.pipeline.replies.answering import answered as answered_within_limits
from assistant.pipeline.replies.directing import as_ordered
from assistant.pipeline.replies.echoes import came_by_list, without_echo
from assistant.pipeline.replies.holding import note_held, note_stranger
from assistant.pipeline.replies.shown import is_forgotten
from assistant.pipeline.replies.trust import is_sent_again, standing_of
from assistant.pipeline.restored import catch_up
from assistant.pipeline.sending.returns import heed_copy, heed_return
from assistant.records import Decision, Message, Reading, ReadingContext, SpooledMail

log = structlog.get_logger()
_BATCH = 50
_OPENING_S = 30
"""Seconds of parsing after which what is parsed is read and settled, before more is parsed."""
_RESTS = (timedelta(minutes=1), timedelta(minutes=10))
"""How long a mail rests after its first and second failure: what troubled us may pass."""
_Result = TypeVar("_Result")


def receive(parts: Parts, on_progress: Callable[[int], None] = lambda _settled: None) -> int:
    """Read all mail that waits; return how many were settled, and tell `on_progress` after each batch.

    What people write to us is obeyed first, in the order in which it came: it never waits for a slow model. Everything
    else is understood several mails side by side, outside any transaction. Ends after the mail in hand when
    `parts.stop` is set; the others go on waiting.
    """
    settled = 0
    if is_disk_full(parts):
        # A mail whose reading cannot be kept would use up its attempts.
        return settled
    for key in parts.ledger.spool.exhausted():
        _quarantine(parts, key, "reading it failed three times", why="attempts")
    if (restore := parts.ledger.restores.unfinished()) is not None:
        settled += catch_up(parts, restore, lambda at_its_time, mail: _round(parts, at_its_time, [mail])[0])
        if parts.ledger.restores.unfinished() is not None:
            return settled
    failed: set[str] = set()
    for mails in in_turn(parts, failed):
        count, left = _round(parts, parts, mails)
        settled += count
        on_progress(settled)
        failed |= left
    if not parts.stop.is_set():
        _read_again(parts)
    note_model_outage(parts)
    note_budget(parts)
    return settled


def _round(parts: Parts, at_their_time: Parts, mails: list[SpooledMail]) -> tuple[int, set[str]]:
    """Read mails; return how many were settled, and the keys of those that failed, which rest for a while."""
    try:
        messages = _opened(at_their_time, mails)
        settled = _read(at_their_time, [message for message in messages.values() if message is not None])
    except StorageError:
        # It is the disk that failed: no mail shall end with a person for that.
        with suppress(StorageError):
            parts.ledger.spool.forget_attempts(mails)
        raise
    failed = {key for key in messages if parts.ledger.spool.state(key) == "waiting"}
    if not parts.stop.is_set():
        for mail in mails:
            if mail.key in failed:
                rest = _RESTS[min(mail.attempts, len(_RESTS) - 1)]
                parts.ledger.quarantine.put_off(mail.key, parts.clock() + rest)
    return settled, failed


def _opened(parts: Parts, mails: list[SpooledMail]) -> dict[str, Message | None]:
    """Parse the first of the mails, as many as half a minute is enough for; scans take their time."""
    messages: dict[str, Message | None] = {}
    until = time.monotonic() + _OPENING_S
    parts.ledger.spool.count_attempt(*(mail.key for mail in mails))
    for place, mail in enumerate(mails):
        if messages and (parts.stop.is_set() or time.monotonic() > until):
            parts.ledger.spool.return_attempt(*(later.key for later in mails[place:]))
            break
        messages[mail.key] = _guarded(parts, mail.key, lambda: _opened_one(parts, mail))  # noqa: B023 - called at once
    return messages


def _opened_one(parts: Parts, mail: SpooledMail) -> Message:
    return without_echo(parts, parts.room.read(mail))


def _read(parts: Parts, messages: list[Message]) -> int:
    heard = one_by_one(
        parts, messages, lambda message: _guarded(parts, message.key, lambda: _settle_word(parts, message))
    )
    unread = [message for message in messages if heard[message.key] is False]
    return sum(one is True for one in heard.values()) + _understand(parts, unread, _settle_reading)


def _settle_word(parts: Parts, message: Message) -> bool:
    """Settle what needs no understanding: a mail of ours that came back, or a person's word to us."""
    if heed_return(parts, message) or heed_copy(parts, message):
        return _settle(parts, message, Decision(state="automatic"), None)
    sender = known_sender(message, parts.people())
    answered = find_answered(parts, message)
    if sender is None:
        note_stranger(parts, message, answered)
        return False
    mail = parts.ledger.spool.mail(message.key)
    if mail is not None and came_by_list(mail.content, parts.config.assistant.address):
        return False
    if not is_word_to_us(
        message,
        answered,
        our_address=parts.config.assistant.address,
        is_command=lambda: is_forgotten(parts, message) or reads_as_command(parts, message, sender),
    ):
        return False
    if is_copy(parts, message):
        return _settle(parts, message, Decision(state="answer"), None)
    standing = standing_of(parts, message, sender, answered)
    if standing == "held":
        note_held(parts, message, sender, answered)
        return _settle(parts, message, Decision(state="answer"), None)
    if is_sent_again(parts, message):
        log.warning("request_repeated", mail=message.key)
        return _settle(parts, message, Decision(state="answer"), None)
    met = newcomers(parts, message)
    with parts.ledger.turn():
        decision, held = answered_within_limits(
            parts, message, sender, standing, lambda as_: decide_answer(parts, message, sender, answered, as_)
        )
        return _settle(parts, message, decision, None, held=held, met=met)


def _understand(parts: Parts, messages: list[Message], settle: Callable[[Parts, Message, Reading], bool]) -> int:
    """Let the engines read the messages side by side, and settle each when its reading is there."""
    settled = 0
    if not parts.config.model.is_on:
        # Nobody is waited for: threads would only take turns.
        for message in messages:
            if parts.stop.is_set():
                parts.ledger.spool.return_attempt(message.key)
            else:
                settled += bool(_guarded(parts, message.key, lambda: settle(parts, message, _reading(parts, message))))  # noqa: B023 - called at once
        return settled
    told = [(message, _guarded(parts, message.key, lambda: _told(parts, message))) for message in messages]  # noqa: B023 - called at once
    with ThreadPoolExecutor(parts.config.model.side_by_side, thread_name_prefix="reader") as pool:
        waiting: dict[Future[Reading], Message] = {
            pool.submit(parts.reader.read, *given): message for message, given in told if given is not None
        }
        for future in as_completed(waiting):
            message = waiting[future]
            if future.cancelled():
                # We end before its turn came: that was no attempt.
                parts.ledger.spool.return_attempt(message.key)
                continue
            settled += bool(_guarded(parts, message.key, lambda: settle(parts, message, future.result())))  # noqa: B023 - called at once
            if parts.stop.is_set():
                for one in waiting:
                    one.cancel()
    return settled


def _told(parts: Parts, message: Message) -> tuple[Message, ReadingContext]:
    """Return what an engine is given."""
    return _without_ours(parts, message), _reading_context(parts, message)


def _reading(parts: Parts, message: Message) -> Reading:
    return parts.reader.read(*_told(parts, message))


def _without_ours(parts: Parts, message: Message) -> Message:
    ours = parts.config.assistant.address
    return without_ours(
        message,
        # Where we write from a person's own mailbox, the address tells nothing.
        our_address=None if person_at(ours, parts.people()) else ours,
        answers_us=find_answered(parts, message) is not None,
    )


def _settle_reading(parts: Parts, message: Message, reading: Reading) -> bool:
    reading, met = as_ordered(parts, message, reading), newcomers(parts, message)
    with parts.ledger.turn():
        return _settle(
            parts, message, judge(message, reading, _mail_context(parts, message, reading)), reading, met=met
        )


def _read_again(parts: Parts) -> None:
    """Let the model read the mails of an outage: what it finds is added, nothing is taken back."""
    due = parts.ledger.spool.to_read_again(parts.clock(), _BATCH)
    messages = [_guarded(parts, mail.key, lambda: _opened_one(parts, mail)) for mail in due]  # noqa: B023 - called at once
    _understand(parts, [message for message in messages if message is not None], _settle_again)


def _settle_again(parts: Parts, message: Message, reading: Reading) -> bool:
    reading = as_ordered(parts, message, reading)
    with parts.ledger.turn():
        decision = judge(message, reading, _mail_context(parts, message, reading))
        return (
            parts.ledger.settle_again(message.key, decision, _facts(parts, message, reading), parts.clock()) is not None
        )


def _settle(
    parts: Parts,
    message: Message,
    decision: Decision,
    reading: Reading | None,
    *,
    held: HeldAnswer | None = None,
    met: tuple[str, ...] = (),
) -> bool:
    mails = [parts.rendered(notice) for notice in decision.notices]
    new = parts.ledger.settle(message.key, decision, mails, _facts(parts, message, reading), parts.clock(), held=held)
    if new is not None:
        parts.ledger.acquaintances.meet(met, parts.clock())
        if decision.state == "answer":
            meet_by_tasks(parts, new)
        log.info("mail_settled", mail=message.key, state=decision.state, events=len(new), answers=len(mails))
    return new is not None


def _facts(parts: Parts, message: Message, reading: Reading | None) -> MailFacts:
    now = parts.clock()
    again_at = now + timedelta(minutes=parts.config.model.read_again_min)
    if is_used_up(parts):
        again_at = next_day(parts.config, now)
    if reading is not None and reading.problems:
        message = replace(message, problems=tuple(dict.fromkeys([*message.problems, *reading.problems])))
    return MailFacts(
        message=message,
        thread=parts.ledger.spool.thread_of(message.thread_ids, message.key),
        reading=reading,
        read_again_at=again_at if reading is not None and reading.read_again else None,
    )


def _quarantine(parts: Parts, key: str, problem: str, *, why: str) -> None:
    """Hand a mail to a person; then look who wrote it: should that kill us, it waits for a person all the same."""
    parts.ledger.spool.quarantine(key, problem, parts.clock())
    log.error("mail_quarantined", mail=key, why=why)
    mail = parts.ledger.spool.mail(key)
    if mail is not None and (sender := sender_of(mail.content)):
        parts.ledger.quarantine.note_sender(key, sender, parts.clock())


def _guarded(parts: Parts, key: str, work: Callable[[], _Result]) -> _Result | None:
    """Return what `work` returns; None where it fails, which must take no other mail with it.

    A mail that cannot be read goes to a person at once. Any other trouble leaves it waiting, and its attempts count;
    but where the ledger itself fails, the others would fare no better.
    """
    parts.health.steps["receive"] += 1
    try:
        return work()
    except UnreadableMailError as error:
        _quarantine(parts, key, str(error), why="unreadable")
    except (LedgerError, StorageError):
        raise
    except SlowMailError as error:
        log.warning("mail_slow", mail=key)
        if (mail := parts.ledger.spool.mail(key)) is not None and mail.attempts >= ATTEMPTS:
            _quarantine(parts, key, str(error), why="slow")
    except Exception as error:  # noqa: BLE001 - one bad mail must not stop the others
        log.error("mail_failed", mail=key, error=type(error).__name__, place=_place(error))
    return None


def _place(error: Exception) -> str:
    """Return where an error arose; its text may hold words of the mail and is not logged."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        place, trace = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}", trace.tb_next
    return place
