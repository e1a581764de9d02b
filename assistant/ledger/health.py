"""How the parts were when the assistant last looked: kept where `assistant status` finds it beside a running daemon."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from assistant.ledger.database import Database, Row
from assistant.ledger.moments import from_text, to_text
from assistant.records import Condition, Outage

STOPPED = "assistant"
"""The part that only a stop tells of: while it runs, that it looks at the others is its sign of life."""


class KeptHealth:
    """The conditions of the last look, and the outages that digests tell of."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def trouble(self) -> str:
        """Return SQLite's name for what kept the last transaction from being committed; "" for nothing."""
        return self._database.trouble

    def keep(self, conditions: Iterable[Condition], now: datetime) -> None:
        """Commit how the parts are now, in place of how they were."""
        with self._database.transaction():
            self._database.change("DELETE FROM health")
            for one in conditions:
                until = to_text(one.until) if one.until else None
                row: Row = {"part": one.part, "level": one.level, "said": one.said, "since": to_text(one.since)}
                self._database.insert("health", row | {"until": until, "looked_at": to_text(now)})

    def note_stop(self, now: datetime) -> None:
        """Commit that the assistant was told to end; the next look at the parts takes that back."""
        said = "was stopped {since}: no mail is read or sent until it is started; what follows was so then"
        row: Row = {"part": STOPPED, "level": "failing", "said": said, "since": to_text(now), "looked_at": to_text(now)}
        with self._database.transaction():
            self._database.change("DELETE FROM health WHERE part = ?", STOPPED)
            self._database.insert("health", row | {"until": None})

    def kept(self) -> tuple[Condition, ...]:
        rows = self._database.rows("SELECT * FROM health ORDER BY rowid")
        return tuple(_condition(row) for row in rows)

    def looked_at(self) -> datetime | None:
        """Return when the parts were last looked at; None where they never were."""
        at = self._database.rows("SELECT max(looked_at) AS at FROM health")[0]["at"]
        return from_text(at) if at else None

    def note_outage(self, part: str, since: datetime, mails: int) -> None:
        """Commit that a part is out, and how many mails had to do without it so far."""
        sql = "UPDATE outages SET mails = max(mails, ?) WHERE part = ? AND until IS NULL"
        with self._database.transaction():
            if not self._database.change(sql, mails, part):
                self._database.insert("outages", {"part": part, "since": to_text(since), "until": None, "mails": mails})

    def end_outage(self, part: str, until: datetime) -> None:
        with self._database.transaction():
            sql = "UPDATE outages SET until = ? WHERE part = ? AND until IS NULL"
            self._database.change(sql, to_text(until), part)

    def outages(self, part: str, after: datetime) -> list[Outage]:
        """Return the outages that last, or ended after that moment; oldest first."""
        sql = "SELECT * FROM outages WHERE part = ? AND (until IS NULL OR until > ?) ORDER BY since"
        return [_outage(row) for row in self._database.rows(sql, part, to_text(after))]

    def read_without_model(self) -> tuple[int, datetime | None]:
        """Return how many mails wait for the model to read them again, and when the first of them was settled."""
        sql = "SELECT count(*) AS n, min(settled_at) AS at FROM mails WHERE read_again_at IS NOT NULL"
        row = self._database.rows(sql)[0]
        return int(row["n"]), from_text(row["at"]) if row["at"] else None

    def backlog(self, stored_before: datetime) -> tuple[int, int]:
        """Return how many mails wait to be read, and how many of them have done so since before that moment."""
        sql = "SELECT count(*) AS n, total(stored_at <= ?) AS old FROM mails WHERE state = 'waiting'"
        row = self._database.rows(sql, to_text(stored_before))[0]
        return int(row["n"]), int(row["old"])

    def counts(self) -> dict[str, int]:
        """Return how many there are of what somebody has to do with."""
        counted = {
            "mails_waiting": "mails WHERE state = 'waiting'",
            "mails_needing_a_person": "mails WHERE state = 'needs_person'",
            "mails_to_send": "outbox WHERE state IN ('pending', 'sending', 'uncertain')",
            "mails_undelivered": "outbox WHERE state = 'failed' AND withdrawn_at IS NULL",
            "tasks_open": "tasks WHERE state = 'open'",
        }
        return {name: self._database.rows(f"SELECT count(*) AS n FROM {of}")[0]["n"] for name, of in counted.items()}

    def unsent(self) -> tuple[int, datetime | None, str]:
        """Return how many mails were tried and have not left, when the oldest was prepared, and what kept it."""
        chosen = "state IN ('pending', 'uncertain') AND attempts > 0 AND problem <> ''"
        counted = "count(*) OVER () AS n, prepared_at, problem"
        sql = f"SELECT {counted} FROM outbox WHERE {chosen} ORDER BY prepared_at LIMIT 1"
        rows = self._database.rows(sql)
        return (rows[0]["n"], from_text(rows[0]["prepared_at"]), rows[0]["problem"]) if rows else (0, None, "")

    def settled_at(self, message_id: str) -> datetime | None:
        """Return when a mail with this message id was read; None where none was."""
        sql = "SELECT max(settled_at) AS at FROM mails WHERE message_id = ?"
        at = self._database.rows(sql, message_id)[0]["at"]
        return from_text(at) if at else None

    def hurry(self, now: datetime, latest: datetime, next_day: datetime) -> int:
        """Let what would be tried after `latest` be tried now: the clock was set back, its time with it.

        What waits by our own will goes on waiting, where the clock was right when that was decided: a mail for the
        morning, and a second reading for the next day's budget.
        """
        at, after = to_text(now), to_text(latest)
        # Of text, the greater is the later; a moment that a wrong clock made is none.
        due = "max(?, CASE WHEN prepared_at <= ? THEN coalesce(not_before, '') ELSE '' END)"
        changes = (
            "UPDATE outbox SET uncertain_at = ? WHERE uncertain_at > ?",
            "UPDATE outbox SET keep_at = ? WHERE keep_at > ?",
            "UPDATE mails SET try_at = ? WHERE state = 'waiting' AND try_at > ?",
        )
        with self._database.transaction():
            sql = f"UPDATE outbox SET try_at = {due} WHERE state IN ('pending', 'uncertain') AND try_at > ?"
            count = self._database.change(sql, at, at, after)
            sql = "UPDATE mails SET read_again_at = ? WHERE read_again_at > ?"
            count += self._database.change(sql, at, to_text(max(latest, next_day)))
            return count + sum(self._database.change(one, at, after) for one in changes)


def _condition(row: Row) -> Condition:
    until = from_text(row["until"]) if row["until"] else None
    since = from_text(row["since"])
    return Condition(part=row["part"], level=row["level"], said=row["said"], since=since, until=until)


def _outage(row: Row) -> Outage:
    until = from_text(row["until"]) if row["until"] else None
    return Outage(part=row["part"], since=from_text(row["since"]), until=until, mails=row["mails"])
