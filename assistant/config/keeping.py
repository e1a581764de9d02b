"""Settings of what is kept: copies of the ledger, its encryption, and when something is purged."""

from __future__ import annotations

from datetime import time
from pathlib import Path

from pydantic import Field

from assistant.config.fields import PLACES, Place, Settings


class BackupSettings(Settings):
    keep_days: float = Field(14, ge=0, description="days that a nightly copy of the ledger is kept; 0: none is made")
    at: time = Field(time(2), description="the organisation's local time of that copy")
    folder: Path = Field(Path("backups"), description="where copies go, best on another disk; relative to this file")
    recipients: tuple[str, ...] = Field(
        (), description="public keys of age (age1...): copies are sealed for them; their identity only restores"
    )


class StorageSettings(Settings):
    encryption_key: Place = Field(
        "", description=f'where the key of an encrypted ledger lies: {PLACES}; "" for none (see `assistant encrypt`)'
    )
    check_permissions: bool = Field(
        default=True, description="false where the platform has no rights that keep others out of the ledger's folder"
    )


class RetentionSettings(Settings):
    """What is deleted cannot come back, so nothing is before somebody says so."""

    raw_mail_days: float = Field(
        0,
        ge=0,
        description="days until a mail that was read, or one of ours that left, is purged; 0: never; or token_days on",
    )
    tasks_years: float = Field(0, ge=0, description="years after which a closed task is purged; 0: never; e.g. 6")
    audit_years: float = Field(
        0, ge=0, description="years after which the words of the audit are purged, not its chain; 0: never; e.g. 6"
    )
