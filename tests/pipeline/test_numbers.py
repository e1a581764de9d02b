"""What a mailbox's numbers tell: a mail that got the number of another is read, and one that nobody saw is told of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest

from assistant.config.settings import AccountSettings
from assistant.intake import open_mailbox
from tests.mailservers import EmbeddedMailServers
from tests.mailservers.embedded import PASSWORD
from tests.pipeline.office import DANA, Office


class ImapOffice(Office):
    """An office whose mailbox lies on an IMAP server."""

    def __init__(self, folder: Path, servers: EmbeddedMailServers) -> None:
        self.servers = servers
        self.settings: dict[str, object] = {}
        super().__init__(folder)
        servers.expunge(DANA)
        self.connect()

    def connect(self, **settings: object) -> None:
        """Begin anew with the mailbox, as after a lost connection."""
        self.settings |= settings
        servers = self.servers
        reached = {"host": servers.host, "port": servers.imaps_port, "user": DANA, "ca_file": servers.ca_file}
        account = AccountSettings.model_validate({"name": "desk", "person": DANA, **reached, **self.settings})
        self.parts.mailboxes["desk"].close()
        self.parts = replace(self.parts, mailboxes={"desk": open_mailbox(account, PASSWORD)})

    def restart(self) -> None:
        self.parts.mailboxes["desk"].close()
        super().restart()
        self.connect()

    def come(self, text: str) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "ruth@surgery.example", DANA, "a matter"
        mail["Date"] = format_datetime(self.now)
        mail.set_content(text)
        self.servers.deliver(mail.as_bytes(), DANA, self.now)

    def hours(self, count: int) -> None:
        for _ in range(count):
            self.pass_time(hours=1)
            self.work()

    def asked(self) -> list[str]:
        return sorted(task.quote for task in self.parts.ledger.book.open_tasks())

    def deliveries(self) -> int:
        return len(self.parts.ledger.spool._database.rows("SELECT uid FROM deliveries"))

    def next_day(self) -> None:
        self.hours(1)
        self.pass_time(hours=22)
        self.hours(1)

    def told(self) -> str:
        """Return the newest digest."""
        body = self.postbox.taken[-1].get_body(("plain",))
        assert body is not None
        return " ".join(body.get_content().split())


@pytest.fixture(scope="module")
def servers() -> Iterator[EmbeddedMailServers]:
    with EmbeddedMailServers() as running:
        yield running


@pytest.fixture
def office(tmp_path: Path, servers: EmbeddedMailServers) -> Iterator[ImapOffice]:
    office = ImapOffice(tmp_path, servers)
    yield office
    office.parts.mailboxes["desk"].close()
    office.parts.ledger.close()


CONSENT = "Please fax the consent form of Mrs. Balimo by Friday."
REFERRAL = "Please fax the referral of Mrs. Kodera by Friday."
POTASSIUM = "Please call the lab about Mrs. Tunavi today."


def test_a_mail_with_the_number_of_one_that_the_server_forgot_is_read_within_the_hour(office: ImapOffice):
    office.come(CONSENT)
    with office.servers.forgetting(DANA):
        office.pass_time(minutes=5)
        office.come(REFERRAL)
        office.work()
    office.pass_time(minutes=5)
    office.come(POTASSIUM)
    office.hours(2)

    assert office.asked() == sorted([CONSENT, REFERRAL, POTASSIUM])
    assert office.deliveries() == 3
    office.restart()
    office.hours(2)

    assert office.deliveries() == 3
    assert office.parts.ledger.audit.verify().is_sound


def test_the_same_mail_with_its_old_number_and_another_time_opens_no_second_task_and_is_fetched_once(
    office: ImapOffice,
):
    with office.servers.forgetting(DANA):
        office.come(CONSENT)
        (content,) = office.servers.mails(DANA)
        office.work()
    office.pass_time(minutes=30)
    office.servers.deliver(content, DANA, office.now)
    office.hours(3)

    assert office.asked() == [CONSENT]
    assert office.deliveries() == 2


def test_mails_that_came_and_went_between_two_looks_are_told_once(office: ImapOffice):
    office.come(CONSENT)
    office.work()
    office.servers.expunge(DANA)
    for text in (REFERRAL, POTASSIUM):
        office.come(text)
        office.servers.expunge(DANA)
    office.next_day()
    first = office.told()
    office.next_day()

    said = "2 mails came into the mailbox desk between Monday 10:00 and Monday 11:00, and were gone before I saw them."
    assert said in first
    assert "gone before" not in office.told()
    assert office.asked() == [CONSENT]


def test_what_came_and_went_while_nobody_looked_is_told_after_the_start(office: ImapOffice):
    office.come(CONSENT)
    office.work()
    office.come(REFERRAL)
    office.servers.expunge(DANA)
    office.pass_time(hours=20)
    office.restart()
    office.hours(2)
    office.restart()
    office.next_day()
    digests = [mail for mail in office.postbox.taken if "gone before I saw it" in mail.as_string().replace("=\n", "")]

    assert len(digests) == 1


def test_what_was_seen_what_is_too_old_and_what_was_there_before_the_first_look_is_not_told(office: ImapOffice):
    office.come(REFERRAL)
    office.servers.expunge(DANA)
    office.connect(since=date(2026, 3, 9))
    office.work()
    office.come(CONSENT)
    office.pass_time(minutes=1)
    office.work()
    office.servers.deliver(b"Subject: old\r\n\r\nold\r\n", DANA, office.now.replace(month=1))
    office.next_day()
    office.servers.expunge(DANA)
    office.next_day()

    assert len([mail for mail in office.postbox.taken if "igest" in str(mail["Subject"])]) >= 2
    assert office.parts.ledger.numbering.unseen(office.now.replace(month=1)) == []


def test_a_server_that_was_set_back_leaves_no_numbers_that_nobody_saw(office: ImapOffice):
    office.come(CONSENT)
    office.work()
    with office.servers.forgetting(DANA):
        for _ in range(4):
            office.pass_time(minutes=7)
            office.come(REFERRAL)
        office.work()
    office.hours(2)
    office.come(POTASSIUM)
    office.hours(2)

    assert office.parts.ledger.numbering.unseen(office.now.replace(month=1)) == []
    assert POTASSIUM in office.asked()
