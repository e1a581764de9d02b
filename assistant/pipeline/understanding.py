"""Messages -> their readings, by the engines, several side by side; outside any transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from assistant.decide.authority import person_at, without_ours
from assistant.pipeline.contexts import reading_context
from assistant.pipeline.parts import Parts
from assistant.pipeline.replies.answer import find_answered
from assistant.pipeline.settling import guarded
from assistant.records import Message, Reading, ReadingContext

_LOOK_S = 0.5
"""Seconds between two looks at what came meanwhile."""


def understand(
    parts: Parts,
    messages: list[Message],
    settle: Callable[[Parts, Message, Reading], bool],
    meanwhile: Callable[[], None],
) -> int:
    """Let the engines read the messages side by side, and settle each when its reading is there.

    While a model is waited for, `meanwhile` is done again and again.
    """
    settled = 0
    if not parts.config.model.is_on:
        # Nobody is waited for: threads would only take turns.
        for message in messages:
            if parts.stop.is_set():
                parts.ledger.spool.return_attempt(message.key)
            else:
                settled += bool(guarded(parts, message.key, lambda: settle(parts, message, _reading(parts, message))))  # noqa: B023 - called at once
        return settled
    asked = [(message, guarded(parts, message.key, lambda: told(parts, message))) for message in messages]  # noqa: B023 - called at once
    with ThreadPoolExecutor(parts.config.model.side_by_side, thread_name_prefix="reader") as pool:
        waiting: dict[Future[Reading], Message] = {
            pool.submit(parts.reader.read, *given): message for message, given in asked if given is not None
        }
        for future in as_they_come(waiting, meanwhile):
            message = waiting[future]
            if future.cancelled():
                # We end before its turn came: that was no attempt.
                parts.ledger.spool.return_attempt(message.key)
                continue
            settled += bool(guarded(parts, message.key, lambda: settle(parts, message, future.result())))  # noqa: B023 - called at once
            if parts.stop.is_set():
                for one in waiting:
                    one.cancel()
    return settled


def as_they_come(futures: Iterable[Future[Reading]], meanwhile: Callable[[], None]) -> Iterator[Future[Reading]]:
    """Yield futures as they are done, and look at what came meanwhile after each, and while there is none."""
    left = set(futures)
    while left:
        done, left = wait(left, timeout=_LOOK_S, return_when=FIRST_COMPLETED)
        yield from done
        meanwhile()


def told(parts: Parts, message: Message) -> tuple[Message, ReadingContext]:
    """Return what an engine is given."""
    return _without_ours(parts, message), reading_context(parts, message)


def _reading(parts: Parts, message: Message) -> Reading:
    return parts.reader.read(*told(parts, message))


def _without_ours(parts: Parts, message: Message) -> Message:
    ours = parts.config.assistant.address
    return without_ours(
        message,
        # Where we write from a person's own mailbox, the address tells nothing.
        our_address=None if person_at(ours, parts.people()) else ours,
        answers_us=find_answered(parts, message) is not None,
    )
