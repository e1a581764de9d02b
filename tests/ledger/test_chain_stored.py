"""What the audit tells of mails that have just come in is what their rows hold."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from assistant.ledger import Ledger
from assistant.ledger.chain import MAIL_COLUMNS
from assistant.records import Locator, RawMail


def test_the_entry_of_a_stored_mail_is_its_row(tmp_path: Path):
    now = datetime(2026, 3, 9, 14, tzinfo=UTC)
    mails = [
        RawMail(
            locator=Locator(account="desk", folder="INBOX", uidvalidity=1, uid=uid),
            received_at=now,
            content=b"Subject: %d\n\n" % uid,
            truncated=uid == 2,
        )
        for uid in (1, 2)
    ]
    ledger = Ledger(tmp_path, lock=True)
    ledger.spool.store_all([(mail, f"key-{mail.locator.uid}") for mail in mails], now)
    rows = ledger._database.rows(f"SELECT {MAIL_COLUMNS} FROM mails ORDER BY key")
    sql = "SELECT payload FROM audit_payloads JOIN audit ON id = link WHERE what = 'mail_stored' ORDER BY id"
    told = [json.loads(row["payload"]) for row in ledger._database.rows(sql)]
    ledger.close()

    assert told == [{"was": None, "is": row} for row in rows]
    assert len(told) == 2
