"""Mails that are to be read once more -> what is found then is added.

These are the mails that the rules alone read while the model was out, and those that were read before one that came
earlier in their thread: what they say of its task could not be heard yet.

Nothing is taken back. A try is counted before it begins, as that of a first reading is; where three did not end, the
first reading stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

import structlog

from assistant.decide.tasks import judge
from assistant.errors import StorageError
from assistant.ledger import ATTEMPTS
from assistant.pipeline.contexts import mail_context
from assistant.pipeline.parts import Parts
from assistant.pipeline.replies.directing import as_ordered
from assistant.pipeline.replies.echoes import without_echo
from assistant.pipeline.settling import facts, guarded, rest_after
from assistant.pipeline.understanding import understand
from assistant.records import Message, Reading, SpooledMail

log = structlog.get_logger()
_BATCH = 50
_ENDED = "reading it failed three times"
_ENDED_WITHOUT_MODEL = "the rules alone have read it: reading it with the language model failed three times"


def read_again(parts: Parts, meanwhile: Callable[[], None]) -> None:
    """Let the engines read what is due once more, and do `meanwhile` while they are waited for."""
    for mails in _in_turn(parts):
        if parts.stop.is_set():
            break
        now, second = parts.clock(), parts.ledger.second_readings
        second.begin({mail.key: now + rest_after(mail) for mail in mails})
        try:
            _read(parts, mails, meanwhile)
        except StorageError:
            # It is the disk that failed.
            with suppress(StorageError):
                second.forget_attempts(mails)
            raise


def _in_turn(parts: Parts) -> Iterator[Sequence[SpooledMail]]:
    """Yield what is due: those that were never tried side by side; else those that were, each alone."""
    due = parts.ledger.spool.to_read_again(parts.clock(), _BATCH)
    if fresh := [mail for mail in due if mail.attempts == 0]:
        yield fresh
        return
    for mail in due:
        if mail.attempts < ATTEMPTS:
            yield [mail]
        elif parts.ledger.second_readings.give_up(mail.key, _ended(parts), parts.clock()):
            log.error("second_reading_given_up", mail=mail.key)


def _ended(parts: Parts) -> str:
    return _ENDED_WITHOUT_MODEL if parts.config.model.is_on else _ENDED


def _read(parts: Parts, mails: Sequence[SpooledMail], meanwhile: Callable[[], None]) -> None:
    opened = [guarded(parts, mail.key, lambda: without_echo(parts, parts.room.read(mail))) for mail in mails]  # noqa: B023 - called at once
    understand(parts, [message for message in opened if message is not None], _settle, meanwhile)


def _settle(parts: Parts, message: Message, reading: Reading) -> bool:
    reading = as_ordered(parts, message, reading)
    with parts.ledger.turn():
        decision = judge(message, reading, mail_context(parts, message, reading))
        known = facts(parts, message, reading)
        return parts.ledger.settle_again(message.key, decision, known, parts.clock()) is not None
