"""Whose digests are stopped by their own word: each `stop` and `resume` is kept, and the last one holds."""

from __future__ import annotations

from assistant.ledger.chain import Chain
from assistant.ledger.database import Database, Row
from assistant.ledger.links import told
from assistant.ledger.moments import from_text, to_text
from assistant.records import DigestStop, DigestSwitch


class DigestSwitches:
    """The words of people on their own digests."""

    def __init__(self, database: Database) -> None:
        self._database, self._chain = database, Chain(database.execute)

    def put(self, switch: DigestSwitch) -> bool:
        """Inside a transaction: keep a person's word; return False where that mail's word is kept already."""
        row: Row = {
            "person": switch.person,
            "is_on": int(switch.is_on),
            "at": to_text(switch.at),
            "source": switch.source,
            "until": to_text(switch.until) if switch.until else None,
        }
        if not self._database.insert("digest_switches", row):
            return False
        payload = told(list(row.values()))
        self._chain.add("digests_switched", payload, at=row["at"], actor=switch.person, source=switch.source)
        return True

    def stopped(self) -> dict[str, DigestStop]:
        """Return whose last word it is that their digests stop, by their address; it may have ended by itself."""
        last = "SELECT max(id) FROM digest_switches GROUP BY person"
        sql = f"SELECT person, at, until FROM digest_switches WHERE is_on = 0 AND id IN ({last}) ORDER BY person"
        return {
            row["person"]: DigestStop(
                since=from_text(row["at"]), until=from_text(row["until"]) if row["until"] is not None else None
            )
            for row in self._database.rows(sql)
        }
