"""The mails as they came: stored before anything else, each in exactly one state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from assistant.errors import UnreadableMailError
from assistant.ledger.chain import ASSISTANT, Chain
from assistant.ledger.database import Database
from assistant.ledger.links import told
from assistant.ledger.moments import from_text, to_text
from assistant.ledger.spooled import MailFacts, as_quarantined, as_spooled
from assistant.ledger.storing import copy_key, store
from assistant.records import Balance, Locator, MailState, QuarantinedMail, RawMail, SpooledMail

ATTEMPTS = 3
"""After so many tries that did not end, a mail goes to a person."""
_BY_TURN = "mails INDEXED BY mails_waiting"
"""Left to itself, SQLite puts a whole backlog in order for each batch of it."""
_NEWEST = (
    f"SELECT mails.rowid AS place, * FROM {_BY_TURN}"
    " WHERE state = 'waiting' AND attempts < ? AND coalesce(try_at, '') <= ?"
    " ORDER BY attempts, is_strangers, received_at DESC, mails.rowid LIMIT ?"
)
_OLDEST = (
    "SELECT * FROM mails WHERE state = 'waiting' AND attempts < ? AND coalesce(try_at, '') <= ? AND received_at <= ?"
    " ORDER BY received_at, instr(lower(CAST(substr(content, 1, 16384) AS TEXT)), 'in-reply-to:') > 0, rowid LIMIT ?"
)
"""Mailboxes tell the second only: of what came in one second, what may be an answer is read last."""
_ANY_TIME = "9999"
_HEAD = 16_384


class Spool:
    """The mails of a ledger."""

    def __init__(self, database: Database) -> None:
        self._database, self._chain = database, Chain(database.execute)

    def store(self, raw: RawMail, key: str, now: datetime) -> bool:
        """Commit a delivery; return whether its mail is new. The same mail delivered again is only noted."""
        return self.store_all([(raw, key)], now) == 1

    def store_all(
        self,
        mails: Iterable[tuple[RawMail, str]],
        now: datetime,
        strangers: Collection[str] = frozenset(),
        inboxes: Mapping[str, str] = MappingProxyType({}),
    ) -> int:
        """Commit deliveries at once, each with its mail's key; return how many of the mails are new.

        Args:
            mails: What came.
            now: Now.
            strangers: Keys of mails that wait until those of people whom we know are read.
            inboxes: Account -> whose inbox it is. What lies in several people's is a mail to each of them.

        """
        return store(self._database, mails, now, strangers, inboxes)

    def highest_uid(self, account: str, folder: str, uidvalidity: int) -> int:
        """Return the highest UID that is stored; 0 where none is."""
        found = self._database.rows(
            "SELECT max(uid) AS uid FROM deliveries WHERE account = ? AND folder = ? AND uidvalidity = ?",
            account,
            folder,
            uidvalidity,
        )
        return found[0]["uid"] or 0

    def is_known(self, where: Locator) -> bool:
        sql = "SELECT 1 FROM deliveries WHERE account = ? AND folder = ? AND uidvalidity = ? AND uid = ?"
        return bool(self._database.rows(sql, where.account, where.folder, where.uidvalidity, where.uid))

    def known_between(self, where: Locator, last: int) -> frozenset[int]:
        """Return the UIDs of a folder that are stored, from the locator's up to `last`."""
        sql = "SELECT uid FROM deliveries WHERE account = ? AND folder = ? AND uidvalidity = ? AND uid BETWEEN ? AND ?"
        found = self._database.rows(sql, where.account, where.folder, where.uidvalidity, where.uid, last)
        return frozenset(row["uid"] for row in found)

    def waiting(self, limit: int, *, now: datetime | None = None, but: Collection[str] = ()) -> list[SpooledMail]:
        """Return mails to be read: the newest of those that wait, in the order in which they came.

        Strangers' mails are taken when no others wait.
        A mail that was tried before comes alone: should it be the one that kills us, its neighbours are not blamed.

        Args:
            limit: How many at the most.
            now: Leaves out those that are to rest until later.
            but: Keys to leave out.
        """
        moment = to_text(now) if now else _ANY_TIME
        found = self._database.rows(_NEWEST, ATTEMPTS, moment, limit + len(but))
        rows = [row for row in found if row["key"] not in but]
        fresh = [row for row in rows if row["attempts"] == 0]
        # Mailboxes tell the second only: of what came in one second, the order in which it lay there tells.
        taken = sorted(fresh[:limit] or rows[:1], key=lambda row: (str(row["received_at"]), int(row["place"])))
        return [as_spooled(row) for row in taken]

    def by_arrival(self, now: datetime) -> list[tuple[str, int, bool]]:
        """Return the keys of known senders' mails that wait, oldest first: with their tries, and whether one is due."""
        sql = (
            f"SELECT key, attempts, coalesce(try_at, '') <= ? AS is_due FROM {_BY_TURN}"
            " WHERE state = 'waiting' AND attempts < ? AND is_strangers = 0 ORDER BY received_at, mails.rowid"
        )
        rows = self._database.rows(sql, to_text(now), ATTEMPTS)
        return [(row["key"], row["attempts"], bool(row["is_due"])) for row in rows]

    def heads(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return where each of these mails begins: its header, most often."""
        sql = (
            f"SELECT key, substr(content, 1, {_HEAD}) AS head FROM mails WHERE key IN (SELECT value FROM json_each(?))"
        )
        return {row["key"]: bytes(row["head"]) for row in self._database.rows(sql, told(keys))}

    def waiting_since_before(self, moment: datetime, now: datetime, limit: int) -> list[SpooledMail]:
        """Return mails to be read that came up to `moment`, in the order in which they came."""
        rows = self._database.rows(_OLDEST, ATTEMPTS, to_text(now), to_text(moment), limit)
        return [as_spooled(row) for row in rows]

    def holding(self, words: bytes) -> list[bytes]:
        """Return the waiting mails that hold these words."""
        sql = "SELECT content FROM mails WHERE state = 'waiting' AND instr(content, ?) > 0"
        return [row["content"] for row in self._database.rows(sql, words)]

    def to_read_again(self, now: datetime, limit: int) -> list[SpooledMail]:
        """Return mails that the embedded engine read while the model was out, and whose time has come.

        Those that were tried before come last.
        """
        sql = "SELECT * FROM mails WHERE read_again_at <= ? ORDER BY attempts, read_again_at LIMIT ?"
        return [as_spooled(row) for row in self._database.rows(sql, to_text(now), limit)]

    def mail(self, key: str) -> SpooledMail | None:
        rows = self._database.rows("SELECT * FROM mails WHERE key = ?", key)
        return as_spooled(rows[0]) if rows else None

    def received_at(self, key: str) -> datetime | None:
        """Return when a mail came, by the server's clock."""
        rows = self._database.rows("SELECT received_at FROM mails WHERE key = ?", key)
        return from_text(rows[0]["received_at"]) if rows else None

    def of_thread(self, thread: str, limit: int) -> list[SpooledMail]:
        """Return the newest mails of a thread, newest first; what people wrote to us is left out."""
        sql = (
            "SELECT * FROM mails WHERE thread = ? AND state IN ('tasks', 'no_task', 'automatic')"
            " ORDER BY received_at DESC LIMIT ?"
        )
        return [as_spooled(row) for row in self._database.rows(sql, thread, limit)]

    def is_shared(self, key: str, content_key: str, people: Iterable[str]) -> bool:
        """Return whether a mail of this content lies in the inboxes of several of these people."""
        copies = told([copy_key(content_key, person) for person in people])
        sql = "SELECT 1 FROM mails WHERE key IN (SELECT value FROM json_each(?)) LIMIT 1"
        return key != content_key or bool(self._database.rows(sql, copies))

    def state(self, key: str) -> MailState | None:
        rows = self._database.rows("SELECT state FROM mails WHERE key = ?", key)
        return rows[0]["state"] if rows else None

    def count_attempt(self, *keys: str) -> None:
        """Commit that a try begins, before it does: a mail that kills us is not tried for ever."""
        with self._database.transaction():
            for key in keys:
                self._database.change("UPDATE mails SET attempts = attempts + 1 WHERE key = ?", key)

    def forget_attempts(self, mails: Sequence[SpooledMail]) -> None:
        """Take back the tries that began since these were taken from the spool: it was not the mails that failed."""
        with self._database.transaction():
            for mail in mails:
                sql = "UPDATE mails SET attempts = ? WHERE key = ? AND state = 'waiting'"
                self._database.change(sql, mail.attempts, mail.key)

    def return_attempt(self, *keys: str) -> None:
        """Take back attempts that never began."""
        with self._database.transaction():
            for key in keys:
                self._database.change("UPDATE mails SET attempts = max(attempts - 1, 0) WHERE key = ?", key)

    def exhausted(self) -> list[str]:
        """Return the keys of mails that still wait after all their attempts."""
        sql = f"SELECT key FROM {_BY_TURN} WHERE state = 'waiting' AND attempts >= ?"
        return [row["key"] for row in self._database.rows(sql, ATTEMPTS)]

    def quarantine(self, key: str, reason: str, now: datetime) -> bool:
        """Hand a waiting mail to a person, and the next digest names it; return False where it waits no longer."""
        sql = "UPDATE mails SET state = 'needs_person', problem = ?, settled_at = ? WHERE key = ? AND state = 'waiting'"
        with self._database.transaction():
            if not self._database.change(sql, reason, to_text(now), key):
                return False
            self._chain.mail("mail_quarantined", key, at=to_text(now), was="waiting")
            return True

    def quarantined(self) -> list[QuarantinedMail]:
        """Return the mails that need a person, oldest first."""
        sql = "SELECT * FROM mails WHERE state = 'needs_person' ORDER BY received_at"
        return [as_quarantined(row) for row in self._database.rows(sql)]

    def read_in_part(self, since: datetime) -> list[QuarantinedMail]:
        """Return the mails settled after `since` of which something could not be read, oldest first."""
        chosen = "settled_at > ? AND problem <> '' AND state <> 'needs_person' AND released_at IS NULL"
        sql = f"SELECT * FROM mails WHERE {chosen} ORDER BY received_at"
        return [as_quarantined(row) for row in self._database.rows(sql, to_text(since))]

    def replay(self, start_of_key: str, now: datetime, *, by: str = ASSISTANT) -> int:
        """Let quarantined mails be read anew, by somebody's word; return how many there were. "" means all.

        Raises:
            UnreadableMailError: Several mails' keys begin so.

        """
        found = [mail.key for mail in self.quarantined() if mail.key.startswith(start_of_key)]
        if start_of_key and len(found) > 1:
            raise UnreadableMailError(
                f"{len(found)} mails in quarantine begin with {start_of_key}; write more of the key"
            )
        with self._database.transaction():
            for key in found:
                self._database.change(
                    "UPDATE mails SET state = 'waiting', attempts = 0, problem = '', settled_at = NULL, try_at = NULL"
                    " WHERE key = ?",
                    key,
                )
                self._chain.mail("mail_replayed", key, at=to_text(now), actor=by, was="needs_person")
        return len(found)

    def thread_of(self, ids: tuple[str, ...], key: str) -> str:
        """Return the name of the thread that these message ids, oldest first, belong to; a lone mail names its own."""
        for one in ids:
            rows = self._database.rows(
                "SELECT thread FROM mails WHERE message_id = ? AND thread IS NOT NULL LIMIT 1", one
            )
            if rows:
                return str(rows[0]["thread"])
        return ids[0] if ids else key

    def balance(self, since: datetime) -> Balance:
        """Return where the mails stand that were settled after `since` or still wait."""
        moment = to_text(since)
        chosen = "settled_at > ? OR state = 'waiting'"
        counts = {
            row["state"]: row["n"]
            for row in self._database.rows(
                f"SELECT state, count(*) AS n FROM mails WHERE {chosen} GROUP BY state", moment
            )
        }
        total = self._database.rows(f"SELECT count(*) AS n FROM mails WHERE {chosen}", moment)[0]["n"]
        newest = self._database.rows("SELECT max(received_at) AS at FROM mails")[0]["at"]
        states = ("tasks", "no_task", "automatic", "answer", "needs_person", "waiting")
        return Balance(
            read=total,
            newest_at=from_text(newest) if newest else None,
            **{name: counts.get(name, 0) for name in states},
        )

    def settle(self, key: str, state: MailState, facts: MailFacts, now: datetime) -> bool:
        """Inside a transaction: give a waiting mail its state; return False where it has one already."""
        message, reading = facts.message, facts.reading
        sql = (
            "UPDATE mails SET state = ?, settled_at = ?, problem = ?, sender = ?, message_id = ?, thread = ?,"
            " engine = ?, tokens_in = ?, tokens_out = ?, read_again_at = ?,"
            # The tries of a second reading are counted anew.
            " attempts = CASE WHEN ? THEN 0 ELSE attempts END WHERE key = ? AND state = 'waiting'"
        )
        touched = self._database.change(
            sql,
            state,
            to_text(now),
            "; ".join(message.problems),
            message.sender.email if message.sender else "",
            message.message_id,
            facts.thread,
            reading.engine if reading else None,
            reading.tokens_in if reading else 0,
            reading.tokens_out if reading else 0,
            to_text(facts.read_again_at) if facts.read_again_at else None,
            facts.read_again_at is not None,
            key,
        )
        if touched:
            self._chain.mail("mail_settled", key, at=to_text(now), was="waiting")
        return touched == 1

    def tokens(self, since: datetime) -> tuple[int, int]:
        """Return the tokens that mails settled after `since` cost: into the model, and out of it."""
        sql = "SELECT total(tokens_in) AS i, total(tokens_out) AS o FROM mails WHERE settled_at > ?"
        row = self._database.rows(sql, to_text(since))[0]
        return int(row["i"]), int(row["o"])
