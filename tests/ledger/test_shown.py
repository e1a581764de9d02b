from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.ledger import FILE, Ledger
from assistant.records import Decision
from tests.ledger.test_ledger import mail

SHOWN = ((1, 17), (12, 19))
CHOICES = (("1", "done 12"), ("2", "1 due 2026-03-16"), ("3", ""))


def test_a_mail_keeps_what_it_shows_and_offers(tmp_path: Path):
    sent = mail("digest.3f9a1c20b7aa", numbers=(1, 12), versions=SHOWN, choices=CHOICES)
    with closing(Ledger(tmp_path, lock=True)) as ledger:
        ledger.record(Decision(), [sent])
    with closing(Ledger(tmp_path, lock=True)) as ledger:
        found = ledger.outgoing.find([sent.message_id])
        waiting = ledger.outgoing.due(sent.prepared_at, 1)

    assert found is not None
    assert (found.numbers, found.versions, found.choices) == ((1, 12), SHOWN, CHOICES)
    assert (waiting[0].versions, waiting[0].choices) == (SHOWN, CHOICES)


def test_a_mail_of_an_older_version_is_still_read(tmp_path: Path):
    sent = mail("digest.3f9a1c20b7aa", numbers=(1, 12), versions=SHOWN, choices=CHOICES)
    with closing(Ledger(tmp_path, lock=True)) as ledger:
        ledger.record(Decision(), [sent])
    with closing(sqlite3.connect(tmp_path / FILE)) as older, older:
        older.execute("ALTER TABLE outbox DROP COLUMN versions")
        older.execute("ALTER TABLE outbox DROP COLUMN choices")
        older.execute("DELETE FROM _sqlite_migrations WHERE name = 'keep_what_mails_show'")
    with closing(Ledger(tmp_path, lock=True)) as ledger:
        found = ledger.outgoing.find([sent.message_id])

    assert found is not None
    assert (found.numbers, found.versions, found.choices) == ((1, 12), (), ())


def test_a_mail_is_found_by_the_beginning_of_its_id_where_that_is_its_alone(tmp_path: Path):
    with closing(Ledger(tmp_path, lock=True)) as ledger:
        for key in ("digest.3f9a1c20b7aa", "digest.3f9a1c20b8aa", "digest.aaaaaaaaaa11", "digest.aaaaaaaaaa22"):
            ledger.record(Decision(), [mail(key)])
        found = {
            code: ledger.outgoing.coded("digest", code)
            for code in ("3f9a1c20b7", "3f9a1c20b8", "3f9a1c20b9", "aaaaaaaaaa", "%")
        }
        assert ledger.outgoing.coded("answer", "3f9a1c20b7") is None

    assert {code for code, one in found.items() if one is not None} == {"3f9a1c20b7", "3f9a1c20b8"}
