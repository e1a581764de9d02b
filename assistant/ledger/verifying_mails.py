"""Mails that the audit answers for -> those that are not as it tells, a sentence each, without words of any mail."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.ledger.chain import MAIL_COLUMNS, MAILS_STORED, OUTBOX_COLUMNS, content_digest
from assistant.ledger.links import seal_of, told

_LAST = "(SELECT max(a.id) FROM audit a WHERE a.subject = '{} ' || m.key)"
_MAILS = (
    f"SELECT p.link, p.payload, m.content, m.stored_in, m.salt, {MAIL_COLUMNS} FROM mails m"
    f" LEFT JOIN audit_payloads p ON p.link = {_LAST.format('mail')} ORDER BY m.rowid"
)
_OURS = (
    f"SELECT p.link, p.payload, m.content, {OUTBOX_COLUMNS} FROM outbox m"
    f" LEFT JOIN audit_payloads p ON p.link = {_LAST.format('sent')}"
)
_TOGETHER = (
    f"SELECT a.at, p.payload FROM audit a JOIN audit_payloads p ON p.link = a.id WHERE a.what = '{MAILS_STORED}'"
)
_JUST_STORED: dict[str, object] = {
    **dict.fromkeys(MAIL_COLUMNS.split(", ")),
    **dict.fromkeys(("problem", "sender"), ""),
    **dict.fromkeys(("tokens_in", "tokens_out"), 0),
    "state": "waiting",
}
"""What the table itself puts into a mail's row."""


def changed_mails(connection: sqlite3.Connection) -> Iterator[str]:
    """Tell of the mails that came in and differ from what the audit says of them."""
    together = _Together(connection)
    for link, payload, content, stored_in, salt, now in _rows(connection, _MAILS, beside=5):
        name = f"the mail {str(now['key'])[:40]}"
        if stored_in is not None:
            yield from together.problems(stored_in, salt, now, name)
        if payload is None and stored_in is None:
            yield f"{name} stands there without an entry"
        elif payload is None and told(now) != told(_JUST_STORED | {column: now[column] for column in _Together.TOLD}):
            yield f"{name} is not as entry {stored_in} tells"
        elif payload is not None and told(_is(payload)) != told(now):
            yield f"{name} is not as entry {link} tells"
        elif _is_other(content, now):
            yield f"the content of {name} was changed"
    if (count := together.count() - together.found) > 0:
        yield f"{count} of the mails that came together were taken away"
    # Those that came together have no such entry.
    yield from _gone(connection, "mails", "mail", " AND what IN ('mail_stored', 'adopted')")


def changed_mails_of_ours(connection: sqlite3.Connection) -> Iterator[str]:
    """Tell of the mails of ours that differ from what their last entry says."""
    for link, payload, content, now in _rows(connection, _OURS, beside=3):
        name = f"our mail {str(now['key'])[:40]}"
        if payload is None:
            yield f"{name} stands there without an entry"
        elif told(_is(payload)) != told(now):
            yield f"{name} is not as entry {link} tells"
        elif _is_other(content, now):
            yield f"the content of {name} was changed"
    yield from _gone(connection, "outbox", "sent")


class _Together:
    """What the audit tells of mails that were stored together, in the order in which they stand.

    Attributes:
        found: How many of them were found, each in its place.

    """

    TOLD = ("key", "account", "received_at", "stored_at", "truncated", "content_digest")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._entry = 0
        self._told: dict[str, tuple[int, tuple[object, ...]]] = {}
        self._last = (0, 0)
        self.found = 0

    def problems(self, entry: int, salt: object, now: Mapping[str, Any], name: str) -> Iterator[str]:
        """Tell what is wrong with a mail, the next one by its place in the table."""
        if entry != self._entry:
            self._entry, self._told = entry, self._told_by(entry)
        if (known := self._told.get(now["key"])) is None:
            yield f"{name} stands there without an entry"
            return
        place, (*values, seal) = known
        if (entry, place) > self._last:
            self._last = entry, place
            self.found += 1
        else:
            yield f"{name} does not stand where entry {entry} tells"
        stands = [now[column] for column in ("account", "received_at", "stored_at", "truncated")]
        # A purge takes the salt, and then nothing shows what was sealed; an entry of its own tells of it.
        is_sealed = isinstance(salt, bytes) and seal_of(salt, str(now["content_digest"])) == seal
        if values != stands or not (is_sealed or now["purged_at"] is not None):
            yield f"{name} is not as entry {entry} tells"

    def _told_by(self, entry: int) -> dict[str, tuple[int, tuple[object, ...]]]:
        """Return by its key the place of each mail, and the values that stand for it."""
        try:
            ((at, payload),) = self._connection.execute(f"{_TOGETHER} AND a.id = ?", (entry,))
            mails = enumerate(json.loads(payload))
            return {
                key: (place, (account, received, at, cut, seal)) for place, (key, account, received, cut, seal) in mails
            }
        except (ValueError, TypeError):
            return {}

    def count(self) -> int:
        """Return how many mails came together, as all entries tell it."""
        length = "CASE WHEN json_valid(payload) THEN json_array_length(payload) ELSE 0 END"
        sql = f"SELECT coalesce(sum({length}), 0) FROM ({_TOGETHER})"
        return int(self._connection.execute(sql).fetchone()[0])


def _rows(connection: sqlite3.Connection, sql: str, *, beside: int) -> Iterator[tuple[Any, ...]]:
    """Yield rows: so many values one by one, and all others by their names."""
    cursor = connection.execute(sql)
    names = [one[0] for one in cursor.description][beside:]
    for row in cursor:
        yield *row[:beside], dict(zip(names, row[beside:], strict=True))


def _is_other(content: bytes, now: Mapping[str, Any]) -> bool:
    """Return whether the content is not the one of the row's digest; of a purged mail there is none."""
    return content_digest(content) != now["content_digest"] and (now["purged_at"] is None or bool(content))


def _is(payload: str) -> object:
    try:
        found = json.loads(payload)
    except ValueError:
        return None
    return found.get("is") if isinstance(found, dict) else None


def _gone(connection: sqlite3.Connection, table: str, kind: str, first: str = "") -> Iterator[str]:
    sql = (
        f"SELECT count(DISTINCT subject) FROM audit WHERE subject >= '{kind} ' AND subject < '{kind}!'{first}"
        f" AND substr(subject, {len(kind) + 2}) NOT IN (SELECT key FROM {table})"
    )
    if count := connection.execute(sql).fetchone()[0]:
        yield f"{count} of {'the mails' if kind == 'mail' else 'our mails'} were taken away"
