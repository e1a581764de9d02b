"""The numbers that mailboxes give to mails: when what we hold under one came, and up to which all were looked for."""

from __future__ import annotations

from datetime import datetime

from assistant.ledger.database import Database
from assistant.ledger.moments import from_text, to_text
from assistant.records import Locator, Outage


class Numbering:
    """What is known of mailboxes by their numbers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def arrivals(self, where: Locator, last: int) -> dict[int, tuple[datetime, int]]:
        """Return by UID when the mails came that are stored of a folder, from the locator's up to `last`.

        Beside it stands how many bytes of each we hold: none any more of what was purged.
        """
        sql = (
            # Whatever stands behind the content in a row would have to be looked for behind all of it.
            "SELECT uid, received_at, length(content) AS size FROM deliveries JOIN mails USING (key)"
            " WHERE deliveries.account = ? AND folder = ? AND uidvalidity = ? AND uid BETWEEN ? AND ?"
        )
        found = self._database.rows(sql, where.account, where.folder, where.uidvalidity, where.uid, last)
        return {row["uid"]: (from_text(row["received_at"]), row["size"]) for row in found}

    def looked_up_to(self, account: str, folder: str, uidvalidity: int) -> int | None:
        """Return the UID below which it is known of all mails whether we saw them; None where it is known of none."""
        sql = "SELECT next_uid FROM numbered WHERE account = ? AND folder = ? AND uidvalidity = ?"
        found = self._database.rows(sql, account, folder, uidvalidity)
        return found[0]["next_uid"] if found else None

    def note(self, where: Locator, unseen: int, now: datetime) -> None:
        """Commit that all was looked for below this number, and how many mails nobody will see any more."""
        with self._database.transaction():
            before = self._database.rows(
                "SELECT looked_at FROM numbered WHERE account = ? AND folder = ?", where.account, where.folder
            )
            self._database.change("DELETE FROM numbered WHERE account = ? AND folder = ?", where.account, where.folder)
            place = {"account": where.account, "folder": where.folder}
            looked = {"uidvalidity": where.uidvalidity, "next_uid": where.uid, "looked_at": to_text(now)}
            self._database.insert("numbered", place | looked)
            if unseen:
                since = before[0]["looked_at"] if before else to_text(now)
                self._database.insert("unseen", place | {"since": since, "until": to_text(now), "mails": unseen})

    def unseen(self, after: datetime) -> list[Outage]:
        """Return when mails came into mailboxes that were gone before we looked, and how many; oldest first.

        Args:
            after: Leaves out what was noticed up to then.

        """
        sql = "SELECT * FROM unseen WHERE until > ? ORDER BY id"
        return [
            Outage(
                part=row["account"],
                since=from_text(row["since"]),
                until=from_text(row["until"]),
                mails=row["mails"],
            )
            for row in self._database.rows(sql, to_text(after))
        ]
