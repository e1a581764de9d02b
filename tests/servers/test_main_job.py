"""The main job on real Dovecot and Postfix: mail in by SMTP, read over IMAPS, digest, replies, escalation."""

from __future__ import annotations

import smtplib
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path

import pytest

from assistant.config import load
from assistant.daemon import Daemon, Pace
from assistant.pipeline import Parts
from assistant.pipeline.assembly import assemble, close
from assistant.records import Task
from tests.configs import DANA, EVERY_DAY, PRIYA, US, config_text, person, reached, zone_at_noon
from tests.demo.story import StoryClock
from tests.mailservers import RealMailServers

pytestmark = pytest.mark.servers
_PATIENCE_S = 60


class Clinic:
    """The daemon at work on real servers."""

    def __init__(self, servers: RealMailServers, folder: Path) -> None:
        self.servers = servers
        self.clock = StoryClock(datetime.now(UTC))
        imap = reached(servers, servers.imaps_port, poll_every_s=1)
        text = config_text(
            organisation={"timezone": zone_at_noon(), "holidays": ""},
            assistant={"log": "error"},
            people=[
                person(DANA, backup=PRIYA, workdays=EVERY_DAY, digest_at="11:00"),
                person(PRIYA, digest_at=""),
            ],
            accounts=[
                {"name": "dana", "kind": "inbox", "person": DANA, "user": DANA, **imap},
                {"name": "assistant", "person": DANA, "user": US, **imap},
            ],
            smtp=reached(servers, servers.smtps_port, user=US),
        )
        path = folder / "config.toml"
        path.write_text(text, encoding="utf-8")
        self.parts: Parts = assemble(load(path), {"TEST_PASSWORD": servers.password}, self.clock)
        self._daemon = threading.Thread(target=Daemon(self.parts, Pace(look_s=0.3, tick_s=0.3)).run)

    def start(self) -> None:
        self._daemon.start()

    def stop(self) -> None:
        self.parts.stop.set()
        if self._daemon.ident is not None:
            self._daemon.join(timeout=60)
        close(self.parts)

    def submit(self, content: bytes, to: str, sender: str = DANA) -> None:
        """Hand a mail to Postfix as a signed-in user does."""
        context = ssl.create_default_context(cafile=str(self.servers.ca_file))
        with smtplib.SMTP_SSL(self.servers.host, self.servers.smtps_port, context=context, timeout=30) as client:
            client.login(sender, self.servers.password)
            client.sendmail(sender, [to], content)

    def wait_for(self, found: Callable[[], object]) -> None:
        until = time.monotonic() + _PATIENCE_S
        while not found():
            assert time.monotonic() < until, f"in {_PATIENCE_S} s it did not happen"
            time.sleep(0.1)

    def ours(self, user: str, kind: str) -> list[EmailMessage]:
        mails = [message_from_bytes(raw, policy=policy.default) for raw in self.servers.mails(user)]
        found = [mail for mail in mails if str(mail["Message-ID"]).startswith(f"<{kind}.")]
        return [mail for mail in found if isinstance(mail, EmailMessage)]

    def held(self) -> int:
        """Return how many mails lie in the mailboxes that the daemon reads, one in both of them counted once."""
        found = {message_from_bytes(raw)["Message-ID"] for user in (DANA, US) for raw in self.servers.mails(user)}
        return len(found)

    def task(self, word: str) -> Task:
        return next(task for task in self.parts.ledger.book.open_tasks() if word in task.quote)


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    with RealMailServers(users=(DANA, PRIYA, US)) as servers:
        clinic = Clinic(servers, tmp_path)
        yield clinic
        clinic.stop()


def written(text: str, sender: str, to: str, **headers: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, to
    given = {"Subject": "a matter", "Message-ID": make_msgid(domain="surgery.example")}
    for name, value in (given | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        mail[name] = value
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail.set_content(text)
    return mail.as_bytes(policy=policy.SMTP)


@pytest.mark.material
def test_every_labelled_mail_is_settled_and_the_balance_adds_up(clinic: Clinic, corpus: Path):
    mails = sorted((corpus / "mails").glob("*.eml"))
    for path in mails:
        clinic.submit(path.read_bytes(), to=DANA)
    clinic.start()
    spool = clinic.parts.ledger.spool
    beginning = datetime(1970, 1, 1, tzinfo=UTC)
    # What we send meanwhile comes in as well.
    clinic.wait_for(lambda: len(mails) <= (now := spool.balance(beginning)).read == clinic.held() and not now.waiting)
    balance = spool.balance(beginning)

    assert balance.adds_up
    assert balance.needs_person == 0
    # They are written to other coordinators than Dana; that a good part of them holds tasks is all that shows here.
    assert balance.tasks >= len(mails) / 4
    assert not any("\\Seen" in flags for flags in clinic.servers.flags(DANA))


def gmail(words: str, quoted: str, intro: str) -> str:
    return f"{words}\n\nOn {intro} wrote:\n\n" + "\n".join(f"> {line}" for line in quoted.splitlines())


def outlook(words: str, quoted: str, intro: str) -> str:
    head = f"From: Coordination Assistant <{US}>\nSent: {intro}\nTo: Dana Whitfield\nSubject: Digest"
    return f"{words}\n\n________________________________\n{head}\n\n{quoted}"


def apple(words: str, quoted: str, intro: str) -> str:
    return f"{words}\n\n> On {intro}, Coordination Assistant <{US}> wrote:\n> \n" + "\n".join(
        f"> {line}" for line in quoted.splitlines()
    )


def phone(words: str, quoted: str, intro: str) -> str:
    return f"{words}\n\nSent from my iPhone\n\n" + gmail("", quoted, intro).lstrip()


@pytest.mark.parametrize("client", [gmail, outlook, apple, phone])
def test_a_reply_closes_the_right_task_from_any_client(clinic: Clinic, client: Callable[[str, str, str], str]):
    wanted, other = "Please fax the cardiac clearance to pre-op.", "Please send the referral to the wound clinic."
    for text in (wanted, other):
        clinic.submit(written(text, "ruth@surgery.example", DANA), to=DANA)
    clinic.start()
    clinic.wait_for(lambda: len(clinic.parts.ledger.book.open_tasks()) == 2)
    clinic.wait_for(lambda: clinic.ours(DANA, "digest"))
    (digest, *_), number = clinic.ours(DANA, "digest"), clinic.task("clearance").number
    body = digest.get_body(("plain",))
    assert body is not None
    # What the quoted digest says of answers must not be obeyed, whichever way it is quoted.
    words = client(
        f"done {number}", f"done {clinic.task('referral').number}\n{body.get_content()}", "Tue, Mar 10, 2026"
    )
    headers = {"In_Reply_To": str(digest["Message-ID"]), "Subject": f"Re: {digest['Subject']}"}
    clinic.submit(written(words, DANA, str(digest["Reply-To"] or digest["From"]), **headers), to=US)
    clinic.wait_for(lambda: clinic.ours(DANA, "answer"))

    assert [task.quote for task in clinic.parts.ledger.book.open_tasks()] == [other]
    assert f"#{number}" in str(clinic.ours(DANA, "answer")[0]["Subject"])


def test_what_nobody_acknowledges_is_escalated(clinic: Clinic):
    clinic.submit(written("STAT: please call the ward about Mr. Osei today.", "ruth@surgery.example", DANA), to=DANA)
    clinic.start()
    clinic.wait_for(clinic.parts.ledger.book.open_tasks)
    clinic.clock.go_to(clinic.clock() + timedelta(days=3))
    clinic.wait_for(lambda: clinic.ours(DANA, "escalation"))
    clinic.clock.go_to(clinic.clock() + timedelta(hours=1))
    clinic.wait_for(lambda: clinic.ours(PRIYA, "escalation"))

    assert len(clinic.ours(DANA, "escalation")) <= 2
    assert "Osei" not in str(clinic.ours(PRIYA, "escalation")[0]["Subject"])


def test_mail_sent_while_the_server_is_away_arrives_when_it_is_back(clinic: Clinic):
    clinic.start()
    clinic.wait_for(lambda: clinic.ours(DANA, "digest"))
    clinic.servers.stop_imap()
    clinic.submit(written("Please fax the order to the ward.", "ruth@surgery.example", DANA), to=DANA)
    clinic.servers.start_imap()
    clinic.wait_for(clinic.parts.ledger.book.open_tasks)

    assert len(clinic.parts.ledger.book.open_tasks()) == 1
