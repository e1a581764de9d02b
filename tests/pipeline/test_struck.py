"""What somebody has crossed out in their answer is none of their words; in a mail it is still there to be read."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.pipeline.office import DANA, US, Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.arrive(
        "Please fax the clearance of Mrs. Rivera by Friday.\n\nPlease call Mr. Osei about the ride by Thursday."
    )
    office.work()
    office.pass_time(days=1)
    office.work()
    return office


def answer_in_html(office: Office, html: str) -> None:
    last = office.postbox.taken[-1]
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = DANA, US, f"Re: {last['Subject']}"
    mail["Message-ID"], mail["In-Reply-To"] = "<struck@clinic.example>", str(last["Message-ID"])
    mail["Date"] = format_datetime(office.now)
    mail.set_content(html, subtype="html")
    office.arrive_raw(mail.as_bytes())
    office.work()


@pytest.mark.parametrize(
    "html",
    [
        "<p><s>1 done</s> 2 done</p>",
        "<p><del>1 done</del><br>2 done</p>",
        "<div><strike><b>1 done</b></strike></div><div>2 done</div>",
        "<p><span style='text-decoration: line-through'>1 done</span>, 2 done</p>",
        "<p>~~1 done~~ 2 done</p>",
    ],
)
def test_what_is_crossed_out_is_not_obeyed(office: Office, html: str):
    answer_in_html(office, html)

    assert [task.number for task in office.open] == [1]
    office.parts.ledger.close()


def test_a_request_that_is_crossed_out_is_read_all_the_same(tmp_path: Path):
    office = Office(tmp_path)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ruth@surgery.example", DANA, "a matter"
    mail["Message-ID"], mail["Date"] = "<struck@surgery.example>", format_datetime(office.now)
    mail.set_content("<p><s>Please fax the clearance of Mrs. Rivera by Friday.</s></p>", subtype="html")
    office.arrive_raw(mail.as_bytes())
    office.work()

    assert [task.title for task in office.open] == ["Fax the clearance of Mrs. Rivera"]
    office.parts.ledger.close()
