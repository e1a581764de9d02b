"""Whoever gives a ledger up and begins anew finds the old one's mails in the inbox: they are no work for anybody."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree

import pytest

from tests.pipeline.office import US, Office, office_config

FAX = "Please fax the cardiac clearance for Mr. Alvarez to Ridgeview by Wednesday noon."
# Each mail of an office comes by the host `b`.
HEADERS = office_config(trust={"sender_proof": "headers", "authserv_id": "mx.clinic.example", "relays": ["b"]})
VOUCHED = b"Authentication-Results: mx.clinic.example; dmarc=pass header.from=clinic.example\r\n"


def begun_anew(folder: Path, config: str) -> tuple[Office, bytes]:
    """Return an office with a new ledger, and a digest that came with its old one."""
    office = Office(folder, config)
    office.arrive(FAX)
    office.work()
    digest = next(mail for mail in office.postbox.taken if str(mail["Message-ID"]).startswith("<digest."))
    office.parts.ledger.close()
    rmtree(folder / "ledger")
    return Office(folder, config), digest.as_bytes()


@pytest.mark.parametrize(("config", "border"), [(office_config(), b""), (HEADERS, VOUCHED)])
def test_a_new_ledger_makes_no_tasks_of_what_an_older_one_sent(tmp_path: Path, config: str, border: bytes):
    office, digest = begun_anew(tmp_path, config)
    office.arrive_raw(border + digest)
    office.work()

    assert [task.quote for task in office.open] == [FAX]
    assert office.parts.ledger.spool.balance(datetime(2020, 1, 1, tzinfo=UTC)).automatic == 1
    office.parts.ledger.close()


@pytest.mark.parametrize(
    ("config", "change"),
    [
        (HEADERS, (b"", b"")),
        (HEADERS, (b"From: Coordination Assistant", b"From: x <x@elsewhere.example>\r\nX-From: ")),
        (office_config(), (US.encode(), b"ruth@surgery.example")),
        (office_config(), (b"X-Coordination-Assistant", b"X-Something-Else")),
    ],
)
def test_who_writes_as_if_they_were_us_is_read_like_anybody(tmp_path: Path, config: str, change: tuple[bytes, bytes]):
    office, digest = begun_anew(tmp_path, config)
    office.arrive_raw(digest.replace(*change))
    office.work()

    assert len(office.open) > 1
    office.parts.ledger.close()
