"""Who sits at the keyboard, and the note of what they are shown: written before it is shown."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterable

from assistant.pipeline import Parts


def reader() -> str:
    """Return the user of this machine by the process's own right: variables of the environment may say anything."""
    try:
        import pwd  # noqa: PLC0415 - POSIX alone has it
    except ImportError:
        return getpass.getuser()
    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"
    behind = os.environ.get("SUDO_USER", "")
    return f"{name} (sudo by {behind})" if behind and behind != name else name


def shown(
    parts: Parts, how: str, *, numbers: Iterable[int] = (), mails: Iterable[str] = (), everything: bool = False
) -> None:
    """Note what the reader is about to be shown.

    Raises:
        StorageError: It cannot be noted, so it is not to be shown.

    """
    audit = parts.ledger.audit
    audit.shown(how, reader(), parts.clock(), numbers=numbers, mails=mails, everything=everything)
