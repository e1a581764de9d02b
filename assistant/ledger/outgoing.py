"""The mails that we owe, as final bytes, and how far each of them is on its way."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Literal

from assistant.ledger.chain import Chain, content_digest
from assistant.ledger.database import Database, Row
from assistant.ledger.moments import to_text
from assistant.ledger.ours import as_outgoing, as_sent
from assistant.records import OutgoingMail, SentMail

_ANY_TIME = "9999"
_BY_SENT = "outbox INDEXED BY outbox_by_sent"
"""Left to itself, SQLite looks for what is sent, and finds all mails but a few; this finds the newest."""


class Outgoing:
    """The outbox: pending -> sending -> sent, or failed, or uncertain and then sent again with the same bytes."""

    def __init__(self, database: Database) -> None:
        self._database, self._chain = database, Chain(database.execute)

    def put(self, mail: OutgoingMail) -> bool:
        """Inside a transaction: add a mail; return False where one with its key is there already."""
        row: Row = {
            "key": mail.key,
            "kind": mail.kind,
            "recipient": mail.recipient,
            "subject": mail.subject,
            "message_id": mail.message_id,
            "content": mail.content,
            "content_digest": content_digest(mail.content),
            "anchor": mail.anchor,
            "numbers": json.dumps(mail.numbers),
            "versions": json.dumps(mail.versions),
            "choices": json.dumps(mail.choices),
            "prepared_at": to_text(mail.prepared_at),
            "try_at": to_text(mail.not_before or mail.prepared_at),
            "not_before": to_text(mail.not_before) if mail.not_before else None,
        }
        if not self._database.insert("outbox", row):
            self._fill_choices(row)
            return False
        self._chain.ours("mail_prepared", mail.key, at=row["prepared_at"], was=None)
        return True

    def _fill_choices(self, row: Row) -> None:
        """Let a mail whose copy was found say again what may be answered to it: only what is made anew tells that."""
        if row["choices"] == "[]":
            return
        same = "key = ? AND subject = ? AND kept = 'unknown' AND choices = '[]' AND purged_at IS NULL"
        found = self._database.rows(f"SELECT numbers FROM outbox WHERE {same}", row["key"], row["subject"])
        # As far as its copy tells, it has to be the same mail.
        if any({*json.loads(one["numbers"])} == {*json.loads(row["numbers"])} for one in found):
            self._database.change("UPDATE outbox SET choices = ? WHERE key = ?", row["choices"], row["key"])
            self._chain.ours("mail_recalled", row["key"], at=row["prepared_at"], was="sent")

    def put_sent(self, mail: OutgoingMail) -> bool:
        """Inside a transaction: add a mail that left, of which a copy was found; return False where it is known."""
        if not self.put(mail):
            changes = "state = 'sent', sent_at = coalesce(sent_at, prepared_at), problem = ''"
            unsure = "message_id = ? AND state IN ('pending', 'uncertain')"
            if self._database.change(f"UPDATE outbox SET {changes} WHERE {unsure}", mail.message_id) != 1:
                return False
            self._note_sent(mail.message_id, mail.prepared_at)
            return True
        # Who put the copy there is not known: it may have been us, and tells nothing of the server's ways.
        sql = "UPDATE outbox SET state = 'sent', sent_at = prepared_at, kept = 'unknown' WHERE key = ?"
        self._database.change(sql, mail.key)
        self._note_sent(mail.message_id, mail.prepared_at)
        return True

    def _note_sent(self, message_id: str, at: datetime) -> None:
        key = self._database.rows("SELECT key FROM outbox WHERE message_id = ?", message_id)[0]["key"]
        self._chain.ours("mail_sent", key, at=to_text(at))

    def sent_between(self, kind: str, after: datetime, until: datetime) -> list[bytes]:
        """Return the mails of one kind that left in that time, oldest first."""
        chosen = "kind = ? AND state = 'sent' AND prepared_at > ? AND prepared_at <= ?"
        sql = f"SELECT content FROM outbox WHERE {chosen} ORDER BY prepared_at"
        return [row["content"] for row in self._database.rows(sql, kind, to_text(after), to_text(until))]

    def due(self, now: datetime, limit: int, but: Collection[str] = ()) -> list[OutgoingMail]:
        """Return mails whose time to be tried has come: escalations first, and the oldest of each.

        Args:
            now: Now.
            limit: How many at the most.
            but: Kinds to leave out.
        """
        sql = (
            "SELECT * FROM outbox WHERE state IN ('pending', 'uncertain') AND try_at <= ?"
            f" AND kind NOT IN ({', '.join('?' for _ in but)}) ORDER BY kind <> 'escalation', try_at LIMIT ?"
        )
        return [as_outgoing(row) for row in self._database.rows(sql, to_text(now), *but, limit)]

    def begin(self, key: str, *, via: str = "", copied: bool = False) -> bool:
        """Commit that a try begins, before it does; return False where it arrived or was given up since it was due."""
        changes = "state = 'sending', attempts = attempts + 1, via = ?, copied = ?"
        with self._database.transaction():
            sql = f"UPDATE outbox SET {changes} WHERE key = ? AND state NOT IN ('sent', 'failed')"
            return self._database.change(sql, via, int(copied), key) == 1

    def sent(self, key: str, now: datetime, *, keep_at: datetime | None = None) -> None:
        """A server took it, or it was found; at `keep_at` its copy in Sent is looked for."""
        changes = "state = 'sent', problem = '', sent_at = ?, keep_at = ?"
        with self._database.transaction():
            sql = f"UPDATE outbox SET {changes} WHERE key = ?"
            self._database.change(sql, to_text(now), to_text(keep_at) if keep_at else None, key)
            self._chain.ours("mail_sent", key, at=to_text(now))

    def retry(self, key: str, at: datetime, problem: str) -> None:
        """The body never left: it may be tried again without fear of a double."""
        self._move(key, "state = 'pending', try_at = ?, problem = ?", to_text(at), problem)

    def uncertain(self, key: str, at: datetime, problem: str, *, now: datetime | None = None) -> None:
        """The body left at `now`, and no answer came: it may have arrived, and is looked for at `at`."""
        changes = "state = 'uncertain', doubts = doubts + 1, try_at = ?, problem = ?, uncertain_at = ?"
        self._move(key, changes, to_text(at), problem, to_text(now or at))

    def look_again(self, key: str, at: datetime) -> None:
        """It could not be looked for just now."""
        self._move(key, "try_at = ?", to_text(at))

    def fail(self, key: str, problem: str, now: datetime) -> bool:
        """Inside a transaction: it does not arrive; return False where that stands there already."""
        sql = "UPDATE outbox SET state = 'failed', problem = ?, keep_at = NULL WHERE key = ? AND state <> 'failed'"
        if not self._database.change(sql, problem, key):
            return False
        self._chain.ours("mail_failed", key, at=to_text(now))
        return True

    def withdraw(self, key: str, now: datetime) -> bool:
        """Inside a transaction: take a mail back that has not left; return False where it may have."""
        sql = "UPDATE outbox SET state = 'failed', problem = '', withdrawn_at = ? WHERE key = ? AND state = 'pending'"
        if not self._database.change(sql, to_text(now), key):
            return False
        self._chain.ours("mail_withdrawn", key, at=to_text(now))
        return True

    def has(self, key: str) -> bool:
        return bool(self._database.rows("SELECT 1 FROM outbox WHERE key = ?", key))

    def recover(self, now: datetime, wait: timedelta = timedelta(0)) -> int:
        """Return how many tries ended without a word in the ledger, by death or a full disk; they are looked for.

        Only for who sends: what is on its way just now would look alike.
        """
        if not self._database.rows("SELECT 1 FROM outbox WHERE state = 'sending' LIMIT 1"):
            return 0
        with self._database.transaction():
            sql = (
                "UPDATE outbox SET state = 'uncertain', doubts = doubts + 1, try_at = ?, uncertain_at = ?"
                " WHERE state = 'sending'"
            )
            return self._database.change(sql, to_text(now + wait), to_text(now))

    def arrived(self, message_id: str, now: datetime) -> bool:
        """A mail came in that is ours; return whether that settles what had become of it."""
        sql = "UPDATE outbox SET state = 'sent', problem = '', sent_at = ?, keep_at = ?"
        where = "WHERE message_id = ? AND state = 'uncertain'"
        with self._database.transaction():
            if not self._database.change(f"{sql} {where}", to_text(now), to_text(now), message_id):
                return False
            self._note_sent(message_id, now)
            return True

    def note(self, key: str, problem: str) -> None:
        """Something is known of a mail on its way that changes nothing for us."""
        self._move(key, "problem = ?", problem)

    def named(self, message_ids: Sequence[str]) -> OutgoingMail | None:
        """Return the first mail of ours that has one of these message ids."""
        for one in message_ids:
            rows = self._database.rows("SELECT * FROM outbox WHERE message_id = ?", one)
            if rows:
                return as_outgoing(rows[0])
        return None

    def to_keep(self, now: datetime, limit: int) -> list[OutgoingMail]:
        """Return the sent mails that are to be looked for in Sent now, and put there where they are missing."""
        # Left to itself, SQLite goes through all that was ever sent.
        table = "outbox INDEXED BY outbox_to_keep"
        sql = f"SELECT * FROM {table} WHERE keep_at <= ? AND state = 'sent' ORDER BY keep_at LIMIT ?"
        return [as_outgoing(row) for row in self._database.rows(sql, to_text(now), limit)]

    def keeping(self, key: str) -> None:
        """Commit that we put it into Sent, before we do: found there later, it is our copy and not the server's."""
        self._move(key, "kept = 'us?'")

    def kept(self, key: str, by: Literal["server", "us", "nobody", "unknown"]) -> None:
        self._move(key, "kept = ?, keep_at = NULL", by)

    def keep_later(self, key: str, at: datetime) -> None:
        self._move(key, "keep_at = ?", to_text(at))

    def server_keeps(self, via: str) -> bool:
        """Return whether the last mail that a server took was found in Sent without our doing."""
        known = "state = 'sent' AND kept IN ('server', 'us', 'nobody')"
        sql = f"SELECT kept FROM {_BY_SENT} WHERE {known} AND via = ? ORDER BY sent_at DESC LIMIT 1"
        return any(row["kept"] == "server" for row in self._database.rows(sql, via))

    def _move(self, key: str, changes: str, *values: object) -> None:
        with self._database.transaction():
            self._database.change(f"UPDATE outbox SET {changes} WHERE key = ?", *values, key)

    def find(self, message_ids: Sequence[str]) -> SentMail | None:
        """Return the mail of ours that has one of these message ids; the last named wins."""
        for one in reversed(message_ids):
            rows = self._database.rows("SELECT * FROM outbox WHERE message_id = ?", one)
            if rows:
                return as_sent(rows[0])
        return None

    def coded(self, kind: str, code: str) -> SentMail | None:
        """Return the mail of ours of that kind whose message id begins with this code."""
        start = f"{kind}.{code}"
        # A character that sorts after all that a code is made of.
        sql = "SELECT * FROM outbox WHERE message_id >= ? AND message_id < ? LIMIT 2"
        rows = self._database.rows(sql, start, f"{start}~")
        return as_sent(rows[0]) if len(rows) == 1 else None

    def last_of(
        self, kind: str, recipient: str, *, sent: bool = False, until: datetime | None = None
    ) -> SentMail | None:
        """Return the newest mail of one kind to one person.

        Args:
            kind: The mail's.
            recipient: The person's address.
            sent: True: the newest that a server took.
            until: Leaves out what was prepared later, by a clock that ran ahead.

        """
        condition = "kind = ? AND recipient = ? AND prepared_at <= ?" + (" AND state = 'sent'" if sent else "")
        sql = f"SELECT * FROM outbox WHERE {condition} ORDER BY prepared_at DESC LIMIT 1"
        rows = self._database.rows(sql, kind, recipient, to_text(until) if until else _ANY_TIME)
        return as_sent(rows[0]) if rows else None

    def last_key(self, start: str, until: str) -> str | None:
        """Return the greatest key that begins with `start` and ends at `until` or before it."""
        sql = "SELECT max(key) AS key FROM outbox WHERE key >= ? AND key <= ?"
        found: str | None = self._database.rows(sql, start, start + until)[0]["key"]
        return found

    def count(self, kind: str, recipient: str) -> int:
        sql = "SELECT count(*) AS n FROM outbox WHERE kind = ? AND recipient = ?"
        return int(self._database.rows(sql, kind, recipient)[0]["n"])

    def prepared_between(self, kind: str, recipient: str, after: datetime, until: datetime) -> int:
        """Return how many mails of one kind to one person were prepared in that time."""
        chosen = "kind = ? AND recipient = ? AND prepared_at > ? AND prepared_at <= ?"
        sql = f"SELECT count(*) AS n FROM outbox WHERE {chosen}"
        return int(self._database.rows(sql, kind, recipient, to_text(after), to_text(until))[0]["n"])

    def left_between(self, after: datetime, until: datetime) -> int:
        """Return how many mails left in that time, digests aside; none that a clock sent which ran ahead."""
        chosen = "state = 'sent' AND sent_at > ? AND sent_at <= ? AND kind <> 'digest'"
        sql = f"SELECT count(*) AS n FROM {_BY_SENT} WHERE {chosen}"
        return int(self._database.rows(sql, to_text(after), to_text(until))[0]["n"])

    def kinds_due(self, now: datetime) -> dict[str, int]:
        """Return how many mails of each kind may leave now."""
        sql = "SELECT kind, count(*) AS n FROM outbox WHERE state = 'pending' AND try_at <= ? GROUP BY kind"
        return {row["kind"]: row["n"] for row in self._database.rows(sql, to_text(now))}

    def failures(self, since: datetime) -> int:
        """Return how many mails were refused for good since then."""
        chosen = "state = 'failed' AND withdrawn_at IS NULL AND prepared_at > ?"
        sql = f"SELECT count(*) AS n FROM outbox WHERE {chosen}"
        return int(self._database.rows(sql, to_text(since))[0]["n"])
