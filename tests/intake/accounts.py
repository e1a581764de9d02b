"""An account that points at a test's server, and the few things that tests do with its mailbox."""

from __future__ import annotations

import threading
from pathlib import Path

from assistant.config.settings import AccountSettings
from assistant.intake import Mailbox
from assistant.records import RawMail

DANA = "dana@clinic.example"
SECRET = "nine-brown-wrens-sing"
PATIENT = b"Subject: Referral for Ann Quill\r\n\r\nSend it by Friday.\r\n"


def account(port: int, ca_file: Path | None, **settings: object) -> AccountSettings:
    reached = {"host": "127.0.0.1", "port": port, "user": DANA, "ca_file": ca_file, "timeout_s": 5}
    return AccountSettings.model_validate({"name": "inbox", "person": DANA, **reached, **settings})


def new_mails(mailbox: Mailbox, seen_up_to: int = 0) -> list[RawMail]:
    return list(
        mailbox.fetch_new(lambda _folder, _uidvalidity: seen_up_to, lambda _locator: False, lambda _l, _at: False)
    )


def waits(mailbox: Mailbox, timeout_s: float) -> bool:
    return mailbox.wait(timeout_s, threading.Event())
