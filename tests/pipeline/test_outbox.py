"""A mail on its way out: cut off, refused, sent back, sent another way. It arrives, once, or a person hears of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from assistant.errors import RefusedMailError, SignInError, TransientError, UncertainDeliveryError
from assistant.intake import open_copies
from assistant.pipeline import collect, deliver, receive, tick, warnings
from assistant.records import OutgoingMail
from tests.pipeline.office import CONFIG, DANA, PRIYA, US, Office, Postbox

ADMIN = "it@clinic.example"
WITH_ADMIN = CONFIG.replace("[assistant]", f'[assistant]\nadministrator = "{ADMIN}"')
STAT = "STAT: please call the ward about Mr. Osei today."


class House(Postbox):
    """A mail server whose answers can be lost, and which files copies as it is told to."""

    def __init__(self, maildir: Path) -> None:
        super().__init__()
        self.maildir = maildir
        self.accepted: list[OutgoingMail] = []
        self.keeps_sent = False
        self.takes = True
        self.cuts = False

    def send(self, mail: OutgoingMail) -> None:
        if self.trouble is not None:
            raise self.trouble
        if self.takes:
            super().send(mail)
            self.accepted.append(mail)
            if mail.copy_to is not None:
                self._file(self.maildir / "new", mail.content)
            if self.keeps_sent:
                self._file(self.maildir / ".Sent" / "cur", mail.content)
        if self.cuts:
            raise UncertainDeliveryError("smtp: silent after it had the whole mail")

    def _file(self, folder: Path, content: bytes) -> None:
        (folder / f"{len(self.accepted)}.filed").write_bytes(content)

    def to(self, email: str) -> list[OutgoingMail]:
        return [mail for mail in self.accepted if mail.recipient == email]


class Clinic(Office):
    """The office with a mail server whose mailboxes can be looked into."""

    def __init__(self, folder: Path, config: str = WITH_ADMIN) -> None:
        super().__init__(folder, config)
        for part in ("new", "cur", "tmp"):
            (folder / "mail" / ".Sent" / part).mkdir(parents=True)
        self.postbox = self.house = House(folder / "mail")
        self.second = House(folder / "mail")
        self.equip()

    def equip(self, *, copies: bool = True, second: bool = False) -> None:
        account = self.parts.config.accounts[0]
        self.parts = replace(
            self.parts,
            courier=self.house,
            second_courier=self.second if second else None,
            copies={account.name: open_copies(account, "")} if copies else {},
        )

    def restart(self) -> None:
        super().restart()
        self.equip()

    @property
    def in_sent(self) -> list[Path]:
        return [path for part in ("new", "cur") for path in (self.folder / "mail" / ".Sent" / part).iterdir()]

    def owe_digest(self) -> None:
        tick(self.parts)

    def owe_escalation(self) -> None:
        """Let a task be overdue, and Dana be called, and nothing else be owed."""
        self.arrive(STAT)
        self.work()
        self.house.accepted, self.house.taken = [], []
        self.pass_time(days=1, hours=1)
        collect(self.parts, "desk")
        receive(self.parts)
        tick(self.parts)

    def problems(self, kind: str) -> list[str]:
        sql = "SELECT problem FROM outbox WHERE kind = ? ORDER BY prepared_at"
        return [row["problem"] for row in self.parts.ledger._database.rows(sql, kind)]

    def answer_by_writing(self, text: str) -> None:
        self.pass_time(minutes=1)
        self.arrive(text, sender=DANA, to=US, Subject=text)

    def states(self, kind: str) -> list[str]:
        sql = "SELECT state FROM outbox WHERE kind = ? ORDER BY prepared_at"
        return [row["state"] for row in self.parts.ledger._database.rows(sql, kind)]


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    clinic = Clinic(tmp_path)
    yield clinic
    clinic.parts.ledger.close()


def configured(clinic: Clinic, **smtp: object) -> None:
    config = clinic.parts.config
    changed = config.model_copy(update={"smtp": config.smtp.model_copy(update=smtp)})
    clinic.parts = replace(clinic.parts, config=changed)


# --- what may have left


@pytest.mark.parametrize("takes", [True, False])
@pytest.mark.parametrize("keeps_sent", [True, False])
def test_a_digest_whose_answer_was_cut_arrives_once(clinic: Clinic, *, takes: bool, keeps_sent: bool):
    # The server's ways are known from a mail before: that tells where the next one has to be.
    clinic.house.keeps_sent = keeps_sent
    clinic.work()
    clinic.pass_time(minutes=3)
    clinic.work()
    clinic.pass_time(days=1)
    clinic.house.takes, clinic.house.cuts = takes, True
    clinic.owe_digest()
    deliver(clinic.parts)
    assert clinic.states("digest") == ["sent", "uncertain"]
    clinic.house.takes, clinic.house.cuts = True, False
    deliver(clinic.parts)
    assert len(clinic.house.accepted) == 1 + takes, "it is looked for before, and after a while only"
    clinic.pass_time(minutes=2)
    deliver(clinic.parts)
    clinic.pass_time(hours=3)
    deliver(clinic.parts)

    assert clinic.states("digest") == ["sent", "sent"]
    assert len(clinic.house.accepted) == 2


def test_what_is_sent_again_is_the_same_to_the_byte(clinic: Clinic):
    clinic.house.cuts = True
    clinic.owe_digest()
    first = clinic.parts.ledger.outgoing.due(clinic.now, 1)[0].content
    configured(clinic, copy_to_self="no", unsure_min=5)
    deliver(clinic.parts)
    clinic.pass_time(minutes=6)
    deliver(clinic.parts)

    assert [mail.content for mail in clinic.house.accepted] == [first, first]


@pytest.mark.parametrize("takes", [True, False])
def test_a_mail_that_was_being_sent_when_we_died_is_looked_for(clinic: Clinic, *, takes: bool):
    clinic.owe_digest()
    mail = clinic.parts.ledger.outgoing.due(clinic.now, 1)[0]
    clinic.parts.ledger.outgoing.begin(mail.key, via="smtp", copied=True)
    if takes:
        clinic.house.send(replace(mail, copy_to=US))
    clinic.restart()
    deliver(clinic.parts)

    assert len(clinic.house.accepted) == 1
    assert clinic.states("digest") == ["sent"]


def test_a_digest_that_cannot_be_looked_for_waits_an_hour(clinic: Clinic):
    clinic.equip(copies=False)
    clinic.house.cuts = True
    clinic.owe_digest()
    deliver(clinic.parts)
    clinic.house.cuts = False
    clinic.pass_time(minutes=59)
    assert deliver(clinic.parts) == 0
    clinic.pass_time(minutes=2)

    assert deliver(clinic.parts) == 1
    assert len(clinic.house.accepted) == 2


def test_a_sent_folder_that_no_server_fills_tells_nothing_by_being_empty(clinic: Clinic):
    configured(clinic, copy_to_self="no")
    clinic.house.cuts = True
    clinic.owe_digest()
    deliver(clinic.parts)
    clinic.house.cuts = False
    clinic.pass_time(minutes=30)
    deliver(clinic.parts)
    assert clinic.states("digest") == ["uncertain"]
    clinic.pass_time(minutes=31)
    deliver(clinic.parts)

    assert clinic.states("digest") == ["sent"]


def test_a_digest_waits_while_its_mailbox_does_not_answer_and_is_found_after(clinic: Clinic):
    clinic.house.cuts = True
    clinic.owe_digest()
    deliver(clinic.parts)
    clinic.house.cuts = False
    aside = clinic.folder / "aside"
    (clinic.folder / "mail").rename(aside)
    for _ in range(5):
        clinic.pass_time(minutes=5)
        deliver(clinic.parts)
    assert clinic.states("digest") == ["uncertain"]
    aside.rename(clinic.folder / "mail")
    clinic.pass_time(minutes=5)
    deliver(clinic.parts)

    assert clinic.states("digest") == ["sent"]
    assert len(clinic.house.accepted) == 1


def test_an_escalation_that_cannot_be_looked_for_goes_out_again_at_once(clinic: Clinic):
    clinic.owe_escalation()
    clinic.equip(copies=False)
    clinic.house.cuts, clinic.house.takes = True, False
    deliver(clinic.parts)
    clinic.house.cuts, clinic.house.takes = False, True
    clinic.pass_time(minutes=1)
    deliver(clinic.parts)

    assert clinic.states("escalation") == ["sent"]


def test_no_mail_is_repeated_for_ever(clinic: Clinic):
    clinic.equip(copies=False)
    clinic.house.cuts = True
    clinic.owe_digest()
    for _ in range(12):
        deliver(clinic.parts)
        clinic.pass_time(minutes=30)

    assert len(clinic.house.to(DANA)) == 3
    assert len(clinic.house.to(ADMIN)) == 3, "an alert, in doubt as often"
    assert clinic.states("digest") == ["failed"]


def test_our_own_mail_that_comes_in_tells_that_it_left(clinic: Clinic):
    clinic.owe_digest()
    clinic.equip(copies=False)
    clinic.house.cuts = True
    deliver(clinic.parts)
    clinic.arrive_raw(clinic.house.accepted[0].content)
    collect(clinic.parts, "desk")
    receive(clinic.parts)

    assert clinic.states("digest") == ["sent"]


@pytest.mark.parametrize(
    ("setting", "address", "expected"),
    [("auto", US, US), ("yes", US, US), ("no", US, None), ("auto", DANA, None)],
)
def test_a_copy_goes_to_ourselves_where_it_is_of_use(clinic: Clinic, setting: str, address: str, expected: str | None):
    configured(clinic, copy_to_self=setting)
    config = clinic.parts.config
    ours = config.assistant.model_copy(update={"address": address})
    clinic.parts = replace(clinic.parts, config=config.model_copy(update={"assistant": ours}))
    clinic.owe_digest()
    deliver(clinic.parts)

    assert [mail.copy_to for mail in clinic.house.accepted] == [expected]


# --- the Sent folder


@pytest.mark.parametrize(
    ("keep_sent", "server_keeps", "copies"),
    [("auto", False, 1), ("auto", True, 1), ("yes", False, 1), ("yes", True, 1), ("no", False, 0), ("no", True, 1)],
)
def test_sent_holds_what_it_should_and_nothing_twice(
    clinic: Clinic, keep_sent: str, copies: int, *, server_keeps: bool
):
    configured(clinic, keep_sent=keep_sent)
    clinic.house.keeps_sent = server_keeps
    for _ in range(3):
        clinic.work()
        clinic.pass_time(minutes=3)

    assert len(clinic.in_sent) == copies


def test_a_copy_that_we_died_over_is_neither_missing_nor_twice(clinic: Clinic, monkeypatch: pytest.MonkeyPatch):
    clinic.work()
    clinic.pass_time(minutes=3)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(type(clinic.parts.ledger.outgoing), "kept", die)
        with pytest.raises(KeyboardInterrupt):
            deliver(clinic.parts)
    clinic.restart()
    deliver(clinic.parts)

    assert len(clinic.in_sent) == 1
    assert not clinic.parts.ledger.outgoing.server_keeps("smtp"), "it was we who put it there"


def test_a_server_that_keeps_copies_by_itself_may_be_slow_with_one(clinic: Clinic):
    clinic.house.keeps_sent = True
    clinic.work()
    clinic.pass_time(minutes=3)
    clinic.work()
    clinic.pass_time(days=1)
    clinic.house.keeps_sent = False
    clinic.work()
    clinic.pass_time(minutes=3)
    clinic.work()
    assert len(clinic.in_sent) == 1
    clinic.pass_time(hours=1)
    clinic.work()
    clinic.pass_time(minutes=10)
    clinic.work()

    assert len(clinic.in_sent) == 2, "after an hour it is we who put it there"


def test_copies_wait_for_a_mailbox_that_is_away_and_are_put_there_later(clinic: Clinic):
    clinic.work()
    clinic.answer_by_writing("list")
    clinic.work()
    aside = clinic.folder / "aside"
    (clinic.folder / "mail" / ".Sent" / "cur").rename(aside)
    clinic.pass_time(minutes=3)
    deliver(clinic.parts)
    aside.rename(clinic.folder / "mail" / ".Sent" / "cur")
    deliver(clinic.parts)
    assert not clinic.in_sent, "it is asked again in a while, not at once"
    clinic.pass_time(minutes=10)
    deliver(clinic.parts)

    assert len(clinic.in_sent) == 2


# --- another way out


def test_an_escalation_leaves_by_the_second_server_as_soon_as_the_first_does_not_take_it(clinic: Clinic):
    clinic.owe_escalation()
    clinic.equip(second=True)
    clinic.house.trouble = TransientError("smtp: no answer")
    deliver(clinic.parts)

    assert {mail.kind for mail in clinic.second.accepted} == {"escalation"}
    assert clinic.states("digest")[-1] == "pending", "a digest can wait for the first"


def test_all_mail_leaves_by_the_second_server_when_the_first_is_out_for_long(clinic: Clinic):
    clinic.equip(second=True)
    clinic.house.trouble = TransientError("smtp: no answer")
    clinic.owe_digest()
    for _ in range(9):
        deliver(clinic.parts)
        clinic.pass_time(minutes=1)
    assert not clinic.second.accepted
    clinic.pass_time(minutes=12)
    deliver(clinic.parts)
    assert [mail.kind for mail in clinic.second.accepted] == ["digest"]
    said = warnings(clinic.parts, clinic.parts.people()[0], clinic.now)
    assert any("they leave by the second" in one for one in said)
    clinic.house.trouble = None
    clinic.pass_time(days=1)
    clinic.work()
    assert not any("second" in one for one in warnings(clinic.parts, clinic.parts.people()[0], clinic.now))

    assert [mail.kind for mail in clinic.house.accepted] == ["digest"], "the first is back"


def test_a_server_that_refuses_our_password_is_left_alone_for_ten_minutes(clinic: Clinic):
    asked = []

    def refuse(mail: OutgoingMail) -> None:
        asked.append(mail)
        raise SignInError("smtp", "535")

    clinic.house.send = refuse  # type: ignore[method-assign]
    clinic.owe_escalation()
    asked.clear()
    for _ in range(18):
        deliver(clinic.parts)
        clinic.pass_time(seconds=30)

    assert len(asked) == 1


# --- what never arrives


def test_a_refused_digest_is_told_to_the_administrator_once(clinic: Clinic):
    clinic.house.trouble = RefusedMailError("smtp: refused the recipient's address for good (550)")
    clinic.owe_digest()
    deliver(clinic.parts)
    clinic.house.trouble = None
    for _ in range(3):
        clinic.work()
        clinic.pass_time(minutes=5)

    assert [mail.kind for mail in clinic.house.accepted] == ["alert"]
    alert = clinic.house.accepted[0]
    assert alert.recipient == ADMIN
    assert "550" in clinic.said()
    assert DANA in clinic.said()


def test_the_administrator_is_told_once_a_day_of_a_person_whom_mail_does_not_reach(clinic: Clinic):
    clinic.work()
    clinic.house.accepted.clear()
    refuse_only(clinic, DANA)
    for _ in range(3):
        clinic.answer_by_writing("list")
        clinic.work()
        clinic.work()

    assert clinic.states("answer") == ["failed"] * 3
    assert [mail.kind for mail in clinic.house.to(ADMIN)] == ["alert"]


def test_a_refused_escalation_calls_who_is_next_in_line_once(clinic: Clinic):
    clinic.owe_escalation()
    refuse_only(clinic, DANA)
    for _ in range(3):
        deliver(clinic.parts)
        clinic.pass_time(seconds=20)

    calls = [mail for mail in clinic.house.to(PRIYA) if mail.kind == "escalation"]
    assert len(calls) == 1
    body = clinic.house.taken[clinic.house.accepted.index(calls[0])].get_body(("plain",))
    assert body is not None
    assert "does not reach Dana Whitfield" in " ".join(body.get_content().split())
    assert "Osei" not in calls[0].subject
    assert len(clinic.house.to(ADMIN)) >= 1


def test_people_who_stand_in_for_each_other_are_called_once_each(tmp_path: Path):
    sam = "sam@clinic.example"
    stands_in = f'digest_at = ""\nbackup = "{DANA}"\nsupervisor = "{sam}"\n'
    third = f'[[people]]\nemail = "{sam}"\nname = "Sam Ito"\ndigest_at = ""\nbackup = "{PRIYA}"'
    clinic = Clinic(tmp_path, WITH_ADMIN.replace('digest_at = ""', stands_in + third))
    clinic.owe_escalation()
    refuse_only(clinic, DANA, PRIYA, sam)
    for _ in range(10):
        deliver(clinic.parts)
        clinic.pass_time(seconds=20)

    assert clinic.states("escalation") == ["failed", "failed", "failed"], "Dana, Priya in her place, Sam in Priya's"
    assert "Called instead: nobody" in " ".join(clinic.said().split())
    clinic.parts.ledger.close()


def test_without_an_administrator_who_stands_behind_the_person_hears_of_it(tmp_path: Path):
    clinic = Clinic(tmp_path, CONFIG)
    refuse_only(clinic, DANA)
    clinic.owe_digest()
    deliver(clinic.parts)
    deliver(clinic.parts)

    assert [(mail.kind, mail.recipient) for mail in clinic.house.accepted] == [("alert", PRIYA)]
    clinic.parts.ledger.close()


def refuse_only(clinic: Clinic, *emails: str) -> None:
    take = clinic.house.send

    def send(mail: OutgoingMail) -> None:
        if mail.recipient in emails:
            raise RefusedMailError("smtp: refused the recipient's address for good (550)")
        take(mail)

    clinic.house.send = send  # type: ignore[method-assign]


# --- what comes back


def returned(mail: OutgoingMail, *, recipient: str = DANA, action: str = "failed", status: str = "5.1.1") -> bytes:
    """Return a server's report as RFC 3464 wants it."""
    head = mail.content.partition(b"\r\n\r\n")[0].decode()
    return (
        f"From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nTo: {US}\r\nSubject: Undelivered Mail\r\n"
        "Message-ID: <report-1@mx.example>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI am sorry to have to inform you.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{head}\r\n\r\n--b--\r\n"
    ).encode()


def by_envelope(mail: OutgoingMail) -> bytes:
    """Return one that names the mail by its envelope id alone."""
    report, _, _ = returned(mail).partition(b"--b\r\nContent-Type: text/rfc822-headers")
    named = f"Original-Envelope-Id: {mail.message_id}\r\nReporting-MTA".encode()
    return report.replace(b"Reporting-MTA", named) + b"--b--\r\n"


def in_words(mail: OutgoingMail) -> bytes:
    """Return one that is plain text, with the mail below."""
    return (
        f"From: MAILER-DAEMON@mx.example\r\nTo: {US}\r\nSubject: failure notice\r\nDate: Mon, 9 Mar 2026 14:00:00 +0000"
        f"\r\n\r\nHi. I wasn't able to deliver your message.\r\n\r\n<{DANA}>:\r\n550 no such user\r\n\r\n"
        "--- Below this line is a copy of the message.\r\n\r\n"
    ).encode() + mail.content


@pytest.mark.parametrize("report", [returned, by_envelope, in_words])
def test_a_mail_that_comes_back_is_undelivered_and_said(clinic: Clinic, report: Callable[[OutgoingMail], bytes]):
    clinic.work()
    digest = clinic.house.accepted[0]
    clinic.arrive_raw(report(digest))
    clinic.work()
    clinic.work()

    assert clinic.states("digest") == ["failed"]
    assert [mail.recipient for mail in clinic.house.accepted] == [DANA, ADMIN]
    assert not clinic.open


def test_an_escalation_that_comes_back_calls_who_is_next_in_line(clinic: Clinic):
    clinic.owe_escalation()
    deliver(clinic.parts)
    escalation = next(mail for mail in clinic.house.accepted if mail.kind == "escalation")
    clinic.arrive_raw(returned(escalation))
    clinic.arrive_raw(returned(escalation, status="5.2.1"))
    clinic.work()

    assert [mail.kind for mail in clinic.house.to(PRIYA)] == ["escalation"]
    assert clinic.states("escalation") == ["failed", "sent"]


@pytest.mark.parametrize(
    ("harmless", "noted"),
    [
        ({"action": "delayed", "status": "4.4.1"}, "delayed (4.4.1)"),
        ({"action": "relayed", "status": "2.0.0"}, ""),
        ({"recipient": US}, ""),
    ],
)
def test_a_word_of_delay_or_of_our_own_copy_only_notes(clinic: Clinic, harmless: dict[str, str], noted: str):
    clinic.work()
    clinic.arrive_raw(returned(clinic.house.accepted[0], **harmless))
    clinic.work()

    assert clinic.states("digest") == ["sent"]
    assert len(clinic.house.accepted) == 1
    assert clinic.problems("digest")[0].endswith(noted)


def test_a_report_of_somebody_elses_mail_is_read_like_any_mail(clinic: Clinic):
    clinic.work()
    other = EmailMessage()
    other["Message-ID"] = "<other@surgery.example>"
    other.set_content("The fax for Mrs. Rivera.")
    clinic.arrive_raw(
        returned(replace(clinic.house.accepted[0], content=other.as_bytes(), message_id="other@x.example"))
    )
    clinic.work()

    assert clinic.states("digest") == ["sent"]
