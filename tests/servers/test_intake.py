"""Reading mail from a real Dovecot: what the embedded server is too simple to show."""

from __future__ import annotations

import contextlib
import imaplib
import resource
import ssl
import threading
from collections.abc import Iterator
from datetime import date

import pytest

from assistant.config.settings import AccountSettings
from assistant.errors import SignInError, TransientError
from assistant.intake import Mailbox, open_mailbox
from assistant.records import RawMail
from tests.mailservers import CuttingProxy, RealMailServers

pytestmark = pytest.mark.servers
DANA = "dana@clinic.example"
MAIL = b"Subject: x\r\n\r\nThe order is due on Friday.\r\n"


@pytest.fixture(scope="module")
def dovecot() -> Iterator[RealMailServers]:
    with RealMailServers() as servers:
        yield servers


@pytest.fixture
def servers(dovecot: RealMailServers) -> RealMailServers:
    dovecot.expunge(DANA)
    return dovecot


@pytest.fixture
def mailbox(servers: RealMailServers) -> Iterator[Mailbox]:
    opened = open_mailbox(account(servers), servers.password)
    yield opened
    opened.close()


def account(servers: RealMailServers, **settings: object) -> AccountSettings:
    reached = {"host": servers.host, "port": servers.imaps_port, "user": DANA, "ca_file": servers.ca_file}
    return AccountSettings.model_validate({"name": "inbox", "person": DANA, "timeout_s": 5, **reached, **settings})


def new_mails(mailbox: Mailbox, seen_up_to: int = 0) -> list[RawMail]:
    return list(
        mailbox.fetch_new(lambda _folder, _uidvalidity: seen_up_to, lambda _locator: False, lambda _l, _at: False)
    )


def test_starttls_and_tls_read_the_same(servers: RealMailServers, mailbox: Mailbox) -> None:
    servers.deliver(MAIL, DANA)
    other = open_mailbox(account(servers, port=servers.imap_port, security="starttls"), servers.password)

    assert new_mails(other) == new_mails(mailbox)
    other.close()


def test_a_wrong_password_is_refused_and_the_right_one_taken_right_after(servers: RealMailServers) -> None:
    for _ in range(3):
        with pytest.raises(SignInError, match="AUTHENTICATIONFAILED"):
            new_mails(open_mailbox(account(servers), "wrong"))
    mailbox = open_mailbox(account(servers), servers.password)

    assert mailbox.check().is_fine
    mailbox.close()


def test_a_mail_that_was_read_elsewhere_first_is_taken_all_the_same(servers: RealMailServers, mailbox: Mailbox) -> None:
    servers.deliver(MAIL, DANA)
    trust = ssl.create_default_context(cafile=servers.ca_file)
    with imaplib.IMAP4_SSL(servers.host, servers.imaps_port, ssl_context=trust) as phone:
        phone.login(DANA, servers.password)
        phone.select("INBOX")
        phone.fetch("1", "(RFC822)")
    assert servers.flags(DANA) == [{r"\Seen"}]

    assert [mail.content for mail in new_mails(mailbox)] == [MAIL]


def test_the_last_old_mail_is_not_taken_again(servers: RealMailServers, mailbox: Mailbox) -> None:
    servers.deliver(MAIL, DANA)
    (mail,) = new_mails(mailbox)

    assert new_mails(mailbox, seen_up_to=mail.locator.uid) == []


def test_a_mail_deleted_while_we_read_is_passed_over(servers: RealMailServers, mailbox: Mailbox) -> None:
    for _ in range(3):
        servers.deliver(MAIL + b"x" * 6_000_000, DANA)
    mails = mailbox.fetch_new(lambda _folder, _uidvalidity: 0, lambda _locator: False, lambda _l, _at: False)
    next(mails)
    servers.expunge(DANA)

    assert list(mails) == []


def test_a_goodbye_while_we_wait_is_noticed_and_the_next_wait_works(servers: RealMailServers, mailbox: Mailbox) -> None:
    new_mails(mailbox)
    timer = threading.Timer(0.3, servers.kick, [DANA])
    timer.start()
    with pytest.raises(TransientError):
        mailbox.wait(20, threading.Event())
    timer.join()

    # A new connection has heard nothing of what came before it: it lets us look once.
    assert mailbox.wait(0.1, threading.Event())
    assert not mailbox.wait(0.1, threading.Event())


def test_after_a_restart_the_same_mailbox_reads_on(servers: RealMailServers, mailbox: Mailbox) -> None:
    servers.deliver(MAIL, DANA)
    (first,) = new_mails(mailbox)
    servers.stop_imap()
    with pytest.raises(TransientError):
        new_mails(mailbox)
    servers.start_imap()

    assert new_mails(mailbox) == [first]


def test_a_lost_index_gives_the_mails_new_numbers_and_they_come_again(servers: RealMailServers) -> None:
    servers.deliver(MAIL, DANA)
    before, after = (open_mailbox(account(servers), servers.password) for _ in range(2))
    (old,) = new_mails(before)
    before.close()
    # UIDVALIDITY is the second in which the index was made.
    threading.Event().wait(1.1)
    servers.renumber(DANA)
    (new,) = new_mails(after)
    after.close()

    assert new.locator.uidvalidity != old.locator.uidvalidity
    assert (new.content, new.received_at) == (old.content, old.received_at)


@pytest.mark.timeout(300)
def test_a_mail_is_taken_whole_or_not_at_all_wherever_the_connection_is_cut(servers: RealMailServers) -> None:
    whole = MAIL + b"x" * 30_000
    servers.deliver(whole, DANA)
    outcomes: set[bytes] = set()
    with CuttingProxy(servers.imaps_port) as proxy:
        settings = account(servers, port=proxy.port)
        calm = open_mailbox(settings, servers.password)
        new_mails(calm)
        calm.close()
        for cut_after in range(0, proxy.passed, 251):
            proxy.cut_after = cut_after
            mailbox = open_mailbox(settings, servers.password)
            with contextlib.suppress(TransientError):
                outcomes.update(mail.content for mail in new_mails(mailbox))
            mailbox.close()

    assert outcomes <= {whole}


def test_a_mail_of_fifty_megabytes_costs_little_memory(servers: RealMailServers) -> None:
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with (servers.folder / "mail" / DANA / "Maildir" / "new" / "1.M1.large").open("wb") as file:
        file.write(MAIL)
        for _ in range(50):
            file.write(b"0123456789abcde\n" * 65_536)
        file.write(b"PS call the ward.\n")
    mailbox = open_mailbox(account(servers, timeout_s=30), servers.password)

    (mail,) = new_mails(mailbox)

    mailbox.close()
    assert mail.truncated
    assert mail.content.startswith(MAIL)
    assert mail.content.endswith(b"PS call the ward.\r\n")
    assert len(mail.content) < 1_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb < 20_000


def test_a_long_inbox_is_read_to_the_last_mail(servers: RealMailServers, mailbox: Mailbox) -> None:
    new = servers.folder / "mail" / DANA / "Maildir" / "new"
    for number in range(3000):
        (new / f"{number}.M1.long").write_bytes(b"Subject: %d\n\n%b\n" % (number, b"x" * 2000))

    mails = new_mails(mailbox)

    assert len({mail.content for mail in mails}) == 3000
    missing = mails[7].locator.uid
    missed = mailbox.fetch_missed(lambda locator: locator.uid != missing, lambda _l, _at: False, date(2026, 1, 1))
    assert [mail.content for mail in missed] == [mails[7].content]
