"""The table of the backlog has its lines, and what one more mail costs does not grow; a small one, and no times."""

from __future__ import annotations

import pytest

from tests.bench.backlog import HEAD, Row, rows

pytestmark = pytest.mark.servers
_MEASURES = (
    "mails/s into the spool",
    "mails/s read and settled",
    "mails lost, waiting or failed",
    "newest first",
    "first digest after the start",
    "mails/s from the start until all are settled",
    "most memory held",
    "one more mail in a box of 1,000: processor time",
    "one more mail in a box of 1,000: steps of SQLite",
    "one more mail beside 20,000 tasks: processor time",
    "one more mail beside 20,000 tasks: steps of SQLite",
    "a digest of all open tasks",
    "a look at what is due among them",
    "SMTP's accepted → task in the ledger, p95",
    "the server's word → task in the ledger, p95",
)


@pytest.fixture(scope="module")
def table() -> dict[str, Row]:
    return {row.measure: row for row in rows(1_000, 20_000, 10)}


def test_every_line_is_there_and_as_wide_as_its_head(table: dict[str, Row]):
    assert tuple(table) == _MEASURES
    assert {row.line().count("|") for row in table.values()} == {HEAD.splitlines()[0].count("|")}


def test_none_is_lost_and_the_newest_come_first(table: dict[str, Row]):
    for measure in ("mails lost, waiting or failed", "newest first", "most memory held"):
        assert table[measure].holds, table[measure].line()


@pytest.mark.parametrize("where", ["in a box of 1,000", "beside 20,000 tasks"])
def test_one_more_mail_costs_the_ledger_what_it_did(table: dict[str, Row], where: str):
    row = table[f"one more mail {where}: steps of SQLite"]

    assert row.ratio is not None
    assert row.ratio <= 1.5, row.line()


def test_only_what_did_not_fail_proves_a_bound():
    row = Row(measure="m", figure="0", n=300, bound=True, holds=True)

    assert row.line().endswith("| 300 | 1 % |")
    assert Row(measure="m", figure="1", n=300, bound=True, holds=False).line().endswith("| 300 |  |")
