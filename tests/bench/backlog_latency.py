"""A running assistant -> how long after SMTP's "accepted" a mail's task stands there, and the server tells of it."""

from __future__ import annotations

import random
import smtplib
import sqlite3
import ssl
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from assistant.ledger import FILE
from tests.bench.backlog_box import signed_in
from tests.bench.backlog_mails import request
from tests.mailservers import RealMailServers

_PATIENCE_S = 30
_GLANCE_S = 0.001


class Listener(threading.Thread):
    """A second connection that only listens; notes when the server says that there is mail."""

    def __init__(self, servers: RealMailServers, user: str) -> None:
        super().__init__(daemon=True)
        self._servers, self._user = servers, user
        self.told_at: dict[int, float] = {}
        """mails in the folder -> when that was said."""
        self.listens, self.stop = threading.Event(), threading.Event()

    def run(self) -> None:
        with signed_in(self._servers, self._user) as client:
            client.select_folder("INBOX", readonly=True)
            client.idle()
            self.listens.set()
            while not self.stop.is_set():
                for said in client.idle_check(timeout=0.2):
                    if said[1:] == (b"EXISTS",):
                        self.told_at.setdefault(int(said[0]), time.monotonic())
            client.idle_done()

    def end(self) -> None:
        """Stop listening, and wait until that is so: the servers may go right after."""
        self.stop.set()
        self.join(_PATIENCE_S)


def delays(servers: RealMailServers, user: str, ledger: Path, count: int) -> list[tuple[float, float]]:
    """Return for each of `count` mails with a request the seconds until the server's word, and until its task."""
    listener = Listener(servers, user)
    listener.start()
    assert listener.listens.wait(_PATIENCE_S)
    file = sqlite3.connect(f"file:{ledger / FILE}?mode=ro", uri=True, isolation_level=None)
    context = ssl.create_default_context(cafile=str(servers.ca_file))
    found: list[tuple[float, float]] = []
    dice = random.Random(1)
    with smtplib.SMTP_SSL(servers.host, servers.smtps_port, context=context, timeout=30) as client:
        client.login(user, servers.password)
        for number in range(1, count + 1):
            content = request(number, datetime.now(UTC), to=user)
            # So that no clock of either side keeps step with us.
            time.sleep(dice.random() / 2)
            client.mail(user)
            client.rcpt(user)
            assert client.data(content)[0] == 250
            accepted_at = time.monotonic()
            while file.execute("SELECT count(*) FROM tasks").fetchone()[0] < number:
                assert time.monotonic() < accepted_at + _PATIENCE_S, f"mail {number} became no task"
                time.sleep(_GLANCE_S)
            stands_at = time.monotonic()
            while number not in listener.told_at:
                assert time.monotonic() < accepted_at + _PATIENCE_S, f"mail {number} was not told"
                time.sleep(_GLANCE_S)
            found.append((listener.told_at[number] - accepted_at, stands_at - accepted_at))
    listener.end()
    file.close()
    return found
