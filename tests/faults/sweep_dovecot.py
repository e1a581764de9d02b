"""The office's inbox on a real Dovecot."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tests.configs import DANA, US, Section, reached
from tests.faults.sweep_office import TUESDAY, USERS
from tests.faults.sweep_sink import Taken
from tests.mailservers import RealMailServers

_FOLDERS = ("INBOX", "Sent")


class DovecotInbox:
    """A server that keeps sent mails. What lies there after the last arrival stays for all days, the rest goes."""

    def __init__(self, servers: RealMailServers) -> None:
        self._servers = servers
        self._kept: dict[str, int] = {}
        imap = reached(servers, servers.imaps_port, user=US, idle=False)
        self.account: Section = {"name": "desk", "person": DANA, **imap}

    def arrive(self, content: bytes, at: datetime) -> None:
        self._servers.deliver(content, to=US, received_at=at)
        with self._servers._signed_in(US) as imap:
            self._kept = {folder: _count(imap, folder) for folder in _FOLDERS}

    def begin(self, day: Path) -> None:  # noqa: ARG002 - it lies on the server
        with self._servers._signed_in(US) as imap:
            for folder in _FOLDERS:
                if (count := _count(imap, folder)) > self._kept[folder]:
                    imap.store(f"{self._kept[folder] + 1}:{count}", "+FLAGS.SILENT", r"(\Deleted)")
                    imap.expunge()

    def file(self, mail: Taken) -> None:
        folder = "INBOX" if mail.recipient == US else "Sent"
        self._servers.deliver(mail.content, to=US, received_at=TUESDAY, folder=folder)

    def held(self) -> int:
        with self._servers._signed_in(US) as imap:
            return _count(imap, "INBOX")


def _count(imap: imaplib.IMAP4_SSL, folder: str) -> int:
    found = imap.select(folder)[1][0]
    assert found is not None
    return int(found)


@contextmanager
def dovecot_inbox() -> Iterator[DovecotInbox]:
    with RealMailServers(users=USERS) as servers:
        yield DovecotInbox(servers)
