"""Our tokens, renewed before they end: whoever gives us none any more is told of at once, not when a mail is due."""

from __future__ import annotations

from collections.abc import Iterator

import structlog

from assistant.errors import ConfigError, SignInError, TransientError
from assistant.pipeline.parts import Parts
from assistant.records import Condition

log = structlog.get_logger()


def keep_signed_in(parts: Parts) -> int:
    """Renew what is about to end; return how many ways in are open again, because a person has signed in anew."""
    again, trouble = 0, parts.health.sign_in_trouble
    for way_in in parts.credentials:
        try:
            way_in.keep_fresh()
        except TransientError as error:
            # What it opens tells by itself that it stays shut.
            log.warning("token_not_renewed", account=way_in.name, problem=str(error))
        except (SignInError, ConfigError) as error:
            since, _ = trouble.get(way_in.name, (parts.clock(), ""))
            trouble[way_in.name] = since, str(error)
        else:
            again += trouble.pop(way_in.name, None) is not None
    if again:
        parts.health.relay_rests_until.clear()
    return again


def sign_in_conditions(parts: Parts) -> Iterator[Condition]:
    """Yield what no longer lets us in, where the mailbox itself does not say so already."""
    for name, (since, said) in parts.health.sign_in_trouble.items():
        mailbox = parts.health.mailbox_trouble.get(name)
        if mailbox is None or not mailbox.needs_person:
            told = f"We can no longer sign in, since {{since}}: {said}."
            yield Condition(part=f"sign-in {name}", level="failing", said=told, since=since)
