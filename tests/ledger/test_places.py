"""Where mails lie in mailboxes, held against what the audit tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import pytest

from assistant.ledger import FILE, Ledger
from assistant.ledger.connecting import connect
from assistant.ledger.verifying_rows import Places
from tests.ledger.test_ledger import NOW, raw


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A ledger with two mails."""
    with closing(Ledger(tmp_path, lock=True)) as ledger:
        ledger.spool.store_all([(raw(1), "k1"), (raw(2), "k2")], NOW)
    with closing(connect(tmp_path / FILE)) as opened:
        yield opened


def places(connection: Connection) -> list[list[object]]:
    rows = connection.execute("SELECT account, folder, uidvalidity, uid, key FROM deliveries ORDER BY uid")
    return [list(row) for row in rows]


def test_places_that_all_entries_tell_of_are_no_problem(connection: Connection):
    looked = Places(connection)
    for one in places(connection):
        looked.look([one])

    assert list(looked.problems()) == []


def test_a_place_that_no_entry_tells_of_is_told(connection: Connection):
    looked = Places(connection)
    looked.look(places(connection)[:1])

    assert list(looked.problems()) == ["1 times a delivery of a mail stands there without an entry"]


@pytest.mark.parametrize("odd", [None, 1, "words", [], [1], ["a", "b", {}, [], "k"], [10**30] * 5, {"a": 1}])
def test_a_place_that_is_not_there_is_told_whatever_an_entry_holds(connection: Connection, odd: object):
    looked = Places(connection)
    looked.look([*places(connection), odd])

    assert list(looked.problems()) == ["1 times a delivery of a mail was taken away"]


def test_another_mail_in_the_same_place_is_told(connection: Connection):
    looked = Places(connection)
    first, second = places(connection)
    looked.look([first, [*second[:4], "k1"]])

    assert len(list(looked.problems())) == 2
