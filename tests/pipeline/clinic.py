"""The office with a mail server that can lose its answers, and with mailboxes that can be looked into."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.errors import UncertainDeliveryError
from assistant.intake import open_copies
from assistant.pipeline import collect, receive, tick
from assistant.records import OutgoingMail
from tests.pipeline.office import DANA, US, Office, Postbox, office_config

ADMIN = "it@clinic.example"
WITH_ADMIN = office_config(assistant={"administrator": ADMIN})
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


def configured(clinic: Clinic, **smtp: object) -> None:
    config = clinic.parts.config
    changed = config.model_copy(update={"smtp": config.smtp.model_copy(update=smtp)})
    clinic.parts = replace(clinic.parts, config=changed)
