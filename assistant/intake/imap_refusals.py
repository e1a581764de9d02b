"""How an IMAP server says no: the error that it became -> whether it is a refusal, and its code."""

from __future__ import annotations

import re

from assistant.errors import TransientError

_CODE = re.compile(r"\[([A-Z-]{1,32})[\] ]")
_REFUSED = re.compile(r"\w{1,20} (?:failed|command error): ")
# A server that is out of order says no with one of these (RFC 5530, 3); the password may well be right.
PASSING = {"UNAVAILABLE", "SERVERBUG", "INUSE", "LIMIT"}


class RefusedError(TransientError):
    """A server did not do what it was asked, and the connection stands: to ask once more costs little."""


def is_refusal(error: BaseException) -> bool:
    """Return whether the server refused a command, as against saying what is no IMAP."""
    return bool(_REFUSED.match(str(error)))


def code_in(error: BaseException) -> str:
    """Return the response code, without its brackets; empty where there is none."""
    found = _CODE.search(str(error))
    return found[1] if found else ""
