from __future__ import annotations

from pathlib import Path

from assistant.ledger import Ledger
from assistant.ledger.answers import KnownAnswers
from assistant.ledger.database import Database


def test_an_answer_is_known_after_a_restart(tmp_path: Path):
    ledger = Ledger(tmp_path, lock=True)
    ledger.answers.put("a", "first")
    ledger.answers.put("a", "second")
    ledger.close()

    ledger = Ledger(tmp_path, lock=True)
    assert ledger.answers.get("a") == "second"
    assert ledger.answers.get("b") is None
    ledger.close()


def test_the_oldest_answers_are_forgotten(tmp_path: Path):
    database = Database(tmp_path, lock=True)
    answers = KnownAnswers(database, most=2)
    for key in ("a", "b", "c"):
        answers.put(key, "{}")

    assert [answers.get(key) for key in ("a", "b", "c")] == [None, "{}", "{}"]
    database.close()
