"""Mails that a mailbox's server does not hand out: they keep no others back, and digests and `status` tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import structlog

from assistant.errors import WithheldMailError
from assistant.pipeline.parts import Parts
from assistant.records import Condition, RawMail

log = structlog.get_logger()


class Withheld:
    """What was not handed out at one look, whatever else was."""

    def __init__(self) -> None:
        self._told: WithheldMailError | None = None

    def all_but(self, mails: Iterable[RawMail]) -> Iterator[RawMail]:
        """Yield the mails, and keep which there are beside them that cannot be had."""
        self._told = None
        try:
            yield from mails
        except WithheldMailError as error:
            self._told = error

    def note(self, parts: Parts, account: str) -> None:
        """Keep since when that is so; or that all was handed out."""
        known = parts.health.withheld
        if self._told is None:
            known.pop(account, None)
            return
        since, before = known.get(account, (parts.clock(), None))
        known[account] = since, self._told
        if before is None or before.mails != self._told.mails:
            log.warning("mails_withheld", account=account, mails=self._told.mails, uid=self._told.uid)


def withheld_conditions(parts: Parts) -> Iterator[Condition]:
    """Yield, of each mailbox, which of its mails we cannot have."""
    for account, (since, told) in parts.health.withheld.items():
        n, uid, folder = told.mails, told.uid, told.folder
        if n == 1:
            first = f"The server of the mailbox {account} keeps 1 mail back since {{since}}: UID {uid} in {folder}."
            then = "What it asks for is missing here: please open it there."
        else:
            first = (
                f"The server of the mailbox {account} keeps {n} mails back since {{since}}: UID {uid} in {folder}, ..."
            )
            then = "What they ask for is missing here."
        said = f"{first} {then}"
        yield Condition(part=f"mails of {account}", level="degraded", said=said, since=since)
