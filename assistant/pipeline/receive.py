"""Occasion 2: a committed mail is read: parse -> understand -> decide -> one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress

import structlog

from assistant.decide.authority import is_word_to_us, known_sender
from assistant.decide.tasks import judge
from assistant.errors import StorageError
from assistant.pipeline.acquaintances import newcomers
from assistant.pipeline.contexts import is_copy
from assistant.pipeline.contexts import mail_context as _mail_context
from assistant.pipeline.health.conditions import is_disk_full, note_model_outage
from assistant.pipeline.order import Meanwhile, answers_waiting, in_turn, one_by_one
from assistant.pipeline.parts import Parts
from assistant.pipeline.purse import note_budget
from assistant.pipeline.replies.answer import decide_answer, find_answered, reads_as_command
from assistant.pipeline.replies.answering import answered as answered_within_limits
from assistant.pipeline.replies.directing import as_ordered
from assistant.pipeline.replies.echoes import came_by_list, without_echo
from assistant.pipeline.replies.holding import note_held, note_stranger
from assistant.pipeline.replies.shown import is_forgotten
from assistant.pipeline.replies.trust import is_sent_again, standing_of
from assistant.pipeline.restored import catch_up
from assistant.pipeline.second_readings import read_again
from assistant.pipeline.sending.returns import heed_copy, heed_return
from assistant.pipeline.settling import guarded as _guarded
from assistant.pipeline.settling import quarantine, rest_after, settle
from assistant.pipeline.understanding import understand
from assistant.records import Decision, Message, Reading, SpooledMail

log = structlog.get_logger()
_OPENING_S = 30
"""Seconds of parsing after which what is parsed is read and settled, before more is parsed."""


def receive(parts: Parts, on_progress: Callable[[int], None] = lambda _settled: None) -> int:
    """Read all mail that waits; return how many were settled, and tell `on_progress` after each batch.

    What people write to us is obeyed first, in the order in which it came: it never waits for a slow model, not even
    where it comes while the model is at work. Everything else is understood several mails side by side, outside any
    transaction. Ends after the mail in hand when `parts.stop` is set; the others go on waiting.
    """
    settled = 0
    if is_disk_full(parts):
        # A mail whose reading cannot be kept would use up its attempts.
        return settled
    for key in parts.ledger.spool.exhausted():
        quarantine(parts, key, "reading it failed three times", why="attempts")
    if (restore := parts.ledger.restores.unfinished()) is not None:
        settled += catch_up(parts, restore, lambda at_its_time, mail: _round(parts, at_its_time, [mail])[0])
        if parts.ledger.restores.unfinished() is not None:
            return settled
    failed: set[str] = set()
    answers = answers_waiting(parts)
    meanwhile = Meanwhile(parts, answers)
    for mails in in_turn(parts, answers, failed):
        count, left = _round(parts, parts, mails, meanwhile)
        settled += count
        on_progress(settled)
        failed |= left
    if not parts.stop.is_set():
        read_again(parts, lambda: _hear(parts, meanwhile))
    note_model_outage(parts)
    note_budget(parts)
    return settled + meanwhile.settled


def _round(
    parts: Parts, at_their_time: Parts, mails: list[SpooledMail], meanwhile: Meanwhile | None = None
) -> tuple[int, set[str]]:
    """Read mails; return how many were settled, and the keys of those that failed, which rest for a while."""
    with _blaming_no_mail(parts, mails):
        messages = _opened(at_their_time, mails)
        settled = _read(at_their_time, [message for message in messages.values() if message is not None], meanwhile)
    failed = {key for key in messages if parts.ledger.spool.state(key) == "waiting"}
    _let_rest(parts, [mail for mail in mails if mail.key in failed])
    return settled, failed


@contextmanager
def _blaming_no_mail(parts: Parts, mails: list[SpooledMail]) -> Iterator[None]:
    """Take back the tries where it is the disk that fails: no mail shall end with a person for that."""
    try:
        yield
    except StorageError:
        with suppress(StorageError):
            parts.ledger.spool.forget_attempts(mails)
        raise


def _let_rest(parts: Parts, failed: list[SpooledMail]) -> None:
    if not parts.stop.is_set():
        for mail in failed:
            parts.ledger.quarantine.put_off(mail.key, parts.clock() + rest_after(mail))


def _hear(parts: Parts, meanwhile: Meanwhile, failed: Collection[str] = ()) -> None:
    """Settle people's words to us that came while the engines read; what is none waits for its turn."""
    mails = [] if parts.stop.is_set() else meanwhile.words(failed)
    if not mails:
        return
    with _blaming_no_mail(parts, mails):
        messages = _opened(parts, mails)
        heard = _heard(parts, [message for message in messages.values() if message is not None])
    no_words = [key for key, found in heard.items() if found is False]
    if no_words:
        parts.ledger.spool.return_attempt(*no_words)
        meanwhile.set_aside(no_words)
    meanwhile.settled += sum(found is True for found in heard.values())
    is_left = {key for key in messages if parts.ledger.spool.state(key) == "waiting"} - {*no_words}
    _let_rest(parts, [mail for mail in mails if mail.key in is_left])


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


def _read(parts: Parts, messages: list[Message], meanwhile: Meanwhile | None) -> int:
    heard = _heard(parts, messages)
    unread = [message for message in messages if heard[message.key] is False]
    failed = [key for key, found in heard.items() if found is None]

    def hear() -> None:
        if meanwhile is not None:
            _hear(parts, meanwhile, failed)

    if meanwhile is not None:
        meanwhile.set_aside(message.key for message in unread)
    return sum(one is True for one in heard.values()) + understand(parts, unread, _settle_reading, hear)


def _heard(parts: Parts, messages: list[Message]) -> dict[str, bool | None]:
    """Settle people's words to us; return what became of each message: False for what is none, None where it failed."""
    return one_by_one(
        parts, messages, lambda message: _guarded(parts, message.key, lambda: _settle_word(parts, message))
    )


def _settle_word(parts: Parts, message: Message) -> bool:
    """Settle what needs no understanding: a mail of ours that came back, or a person's word to us."""
    if heed_return(parts, message) or heed_copy(parts, message):
        return settle(parts, message, Decision(state="automatic"), None)
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
        return settle(parts, message, Decision(state="answer"), None)
    standing = standing_of(parts, message, sender, answered)
    if standing == "held":
        note_held(parts, message, sender, answered)
        return settle(parts, message, Decision(state="answer"), None)
    if is_sent_again(parts, message):
        log.warning("request_repeated", mail=message.key)
        return settle(parts, message, Decision(state="answer"), None)
    met = newcomers(parts, message)
    with parts.ledger.turn():
        decision, held = answered_within_limits(
            parts, message, sender, standing, lambda as_: decide_answer(parts, message, sender, answered, as_)
        )
        return settle(parts, message, decision, None, held=held, met=met)


def _settle_reading(parts: Parts, message: Message, reading: Reading) -> bool:
    reading, met = as_ordered(parts, message, reading), newcomers(parts, message)
    with parts.ledger.turn():
        return settle(parts, message, judge(message, reading, _mail_context(parts, message, reading)), reading, met=met)
