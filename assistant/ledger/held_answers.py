"""Answers that changed nothing, and those that wait: what tells a loop from a conversation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.ledger.codec import decode, encode
from assistant.ledger.database import Database, Row
from assistant.ledger.moments import from_text, to_text
from assistant.records import Outcome

Why = Literal["told", "vain", "left", "hour"]
"""told: answered, though nothing changed; vain: answered that it was not understood; left: never; hour: later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAnswer:
    """What became of our answer to one mail."""

    mail: str
    """Key."""
    person: str
    """Email."""
    at: datetime
    why: Why
    mark: str
    """Hash of what the mail says."""
    outcomes: tuple[Outcome, ...] = ()
    """What is yet to be told."""


class HeldAnswers:
    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, held: HeldAnswer) -> None:
        """Inside a transaction: keep what became of the answer to a mail."""
        row: Row = {
            "mail": held.mail,
            "person": held.person,
            "at": to_text(held.at),
            "why": held.why,
            "mark": held.mark,
            "outcomes": json.dumps([encode(one) for one in held.outcomes]),
        }
        self._database.insert("held_answers", row)

    def same(self, person: str, mark: str, after: datetime, until: datetime) -> int:
        """Return how many mails of a person said the same in that time, and changed nothing."""
        chosen = "person = ? AND mark = ? AND at > ? AND at <= ? AND why <> 'hour'"
        sql = f"SELECT count(*) AS n FROM held_answers WHERE {chosen}"
        return int(self._database.rows(sql, person, mark, to_text(after), to_text(until))[0]["n"])

    def count(self, person: str, why: Why, after: datetime, until: datetime) -> int:
        """Return how many mails of a person had an end of that kind in that time."""
        sql = "SELECT count(*) AS n FROM held_answers WHERE person = ? AND why = ? AND at > ? AND at <= ?"
        return int(self._database.rows(sql, person, why, to_text(after), to_text(until))[0]["n"])

    def waiting(self, person: str) -> tuple[HeldAnswer, ...]:
        """Return the answers that a person is to be told in one mail, oldest first."""
        sql = "SELECT * FROM held_answers WHERE person = ? AND why = 'hour' AND told_at IS NULL ORDER BY at, rowid"
        return tuple(
            HeldAnswer(
                mail=row["mail"],
                person=row["person"],
                why=row["why"],
                mark=row["mark"],
                at=from_text(row["at"]),
                outcomes=tuple(decode(one, Outcome) for one in json.loads(row["outcomes"])),
            )
            for row in self._database.rows(sql, person)
        )

    def told(self, mails: Sequence[str], now: datetime | None) -> None:
        """Inside a transaction: these are told; their words are forgotten."""
        for mail in mails:
            sql = "UPDATE held_answers SET told_at = ?, outcomes = '[]' WHERE mail = ?"
            self._database.change(sql, to_text(now) if now else None, mail)
