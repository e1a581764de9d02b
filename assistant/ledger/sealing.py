"""A copy of the ledger <-> the same sealed with age, so that only who holds the other key can open it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from assistant.errors import LedgerError
from assistant.ledger.copying import synced
from assistant.ledger.permissions import make_private, touch_private

SEALED = ".age"
_NO_LIBRARY = 'this needs a further library: pip install "coordination-assistant[encryption]"'


def seal(clear: Path, sealed: Path, recipients: Sequence[str]) -> None:
    """Write a file that only the recipients' identities open; `clear` stays.

    Raises:
        LedgerError: A recipient is no public key of age's, or the file cannot be written.

    """
    age, keys = _age(), public_keys(recipients)
    part = sealed.with_name(f".{sealed.name}.part")
    try:
        make_private(sealed.parent)
        part.unlink(missing_ok=True)
        touch_private(part)
        age.encrypt_file(str(clear), str(part), keys)
        synced(part)
        part.replace(sealed)
        synced(sealed.parent)
    except (OSError, age.EncryptError) as error:
        raise LedgerError(f"{sealed}: cannot be written ({getattr(error, 'strerror', '') or 'age fails'})") from error
    finally:
        part.unlink(missing_ok=True)


def public_keys(recipients: Sequence[str]) -> list[Any]:
    """Return the keys of age's that copies are sealed for.

    Raises:
        LedgerError: One of them is none.

    """
    age = _age()
    try:
        return [age.x25519.Recipient.from_str(one) for one in recipients]
    except age.RecipientError as error:
        raise LedgerError("[backup] recipients: one of them is no public key of age's (age1...)") from error


def unseal(sealed: Path, clear: Path, identity: str) -> None:
    """Write what a sealed file holds.

    Args:
        sealed: A file that `seal` wrote.
        clear: Replaced.
        identity: The text of an age identity file, or the key alone.

    Raises:
        LedgerError: The identity is none, or is another one's.

    """
    age = _age()
    lines = [line.strip() for line in identity.splitlines() if line.strip() and not line.startswith("#")]
    try:
        keys = [age.x25519.Identity.from_str(one) for one in lines]
    except age.IdentityError as error:
        raise LedgerError("the identity is no secret key of age's (AGE-SECRET-KEY-1...)") from error
    try:
        clear.unlink(missing_ok=True)
        touch_private(clear)
        age.decrypt_file(str(sealed), str(clear), keys)
    except age.DecryptError as error:
        clear.unlink(missing_ok=True)
        raise LedgerError(f"{sealed}: the identity does not open it, or it is damaged") from error


def _age() -> ModuleType:
    try:
        import pyrage  # noqa: PLC0415 - an extra that most do without
    except ImportError as error:
        raise LedgerError(f"backups are to be sealed; {_NO_LIBRARY}") from error
    found: ModuleType = pyrage
    return found
