"""A change -> its entry in the audit, in the transaction that makes the change: neither is kept without the other."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from assistant.ledger.links import SALT_BYTES, START, Link, digest_of, hash_of, told
from assistant.records import ChainHead

ASSISTANT = "assistant"
MAIL_COLUMNS = (
    "key, account, received_at, stored_at, content_digest, truncated, state, settled_at, problem, sender, message_id,"
    " thread, engine, tokens_in, tokens_out, released_at, released_by, purged_at"
)
"""What the audit answers for; the rest counts tries and moments of the next one."""
OUTBOX_COLUMNS = (
    "key, kind, recipient, subject, message_id, content_digest, numbers, versions, choices, prepared_at, anchor,"
    " purged_at, CASE WHEN state IN ('sent', 'failed') THEN state ELSE 'owed' END AS standing, sent_at"
)
MAILS_STORED = "mails_stored"
_KEEP = "INSERT INTO audit_payloads (link, salt, payload) VALUES (?, ?, ?)"
_LAST = "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1"
_INSERT = "INSERT INTO audit (id, at, actor, what, subject, source, digest, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class _Cursor(Protocol):
    @property
    def description(self) -> Any: ...  # noqa: ANN401 - as the database interface has it

    def fetchone(self) -> Any: ...  # noqa: ANN401 - a row, or None


Execute = Callable[[str, tuple[object, ...]], _Cursor]
"""Runs one statement of an open transaction."""


def subject_of_task(number: int) -> str:
    return f"task {number}"


def subject_of_mail(key: str) -> str:
    return f"mail {key}"


def subject_of_ours(key: str) -> str:
    return f"sent {key}"


def content_digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def new_salt() -> bytes:
    return os.urandom(SALT_BYTES)


class Chain:
    """The audit of one ledger; all but `head` is to be called inside a transaction."""

    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def head(self) -> ChainHead:
        """Return how many entries there are, and the hash of the last, which stands for all of them."""
        last, found = self._last()
        return ChainHead(count=last, hash=found.hex())

    def next_id(self) -> int:
        return self._last()[0] + 1

    def _last(self) -> tuple[int, bytes]:
        row = self._execute(_LAST, ()).fetchone()
        return (int(row[0]), bytes(row[1])) if row else (0, START)

    def add(
        self,
        what: str,
        payload: str,
        *,
        at: str,
        actor: str = ASSISTANT,
        subject: str = "",
        source: str = "",
        salt: bytes | None = None,
    ) -> int:
        """Append an entry and return its number.

        Args:
            what: A past-tense fact: `mail_settled`.
            payload: All of it, before and after; may hold words of a mail, and may be purged one day.
            at: The moment, as the ledger writes it.
            actor: Whose word it was.
            subject: What it happened to.
            source: The mail, or the occasion, that it came from.
            salt: Given where the payload and its salt are kept elsewhere, as those of a task's events are.

        """
        last, before = self._last()
        kept_here, grain = salt is None, salt or new_salt()
        digest = digest_of(grain, payload)
        link = Link(id=last + 1, at=at, actor=actor, what=what, subject=subject, source=source, digest=digest)
        hashed = hash_of(before, link)
        self._execute(_INSERT, (link.id, link.at, link.actor, link.what, link.subject, link.source, digest, hashed))
        if kept_here:
            self._execute(_KEEP, (link.id, grain, payload))
        return link.id

    def mails_stored(self, mails: Sequence[Sequence[object]], *, at: str) -> int:
        """Append that mails have come in, as one entry: of a backlog there are thousands; return its number.

        Args:
            mails: Of each its key, account, received_at, truncated, and the seal of its content.
            at: The moment.

        """
        return self.add(MAILS_STORED, told(mails), at=at)

    def mail(self, what: str, key: str, *, at: str, actor: str = ASSISTANT, was: str | None = None) -> int:
        """Append that a mail that came in has changed: its row as it stands now, and the state that it had."""
        row = self._row(f"SELECT {MAIL_COLUMNS} FROM mails WHERE key = ?", key)
        payload = told({"was": was, "is": row})
        return self.add(what, payload, at=at, actor=actor, subject=subject_of_mail(key), source=key)

    def ours(self, what: str, key: str, *, at: str, was: str | None = "owed") -> int:
        """Append that a mail of ours has changed."""
        row = self._row(f"SELECT {OUTBOX_COLUMNS} FROM outbox WHERE key = ?", key)
        return self.add(what, told({"was": was, "is": row}), at=at, subject=subject_of_ours(key), source=key)

    def _row(self, sql: str, key: str) -> Mapping[str, object]:
        cursor = self._execute(sql, (key,))
        names = [one[0] for one in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))
