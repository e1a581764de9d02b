"""How long until a reply is answered, on real servers: SMTP's "accepted" for the reply -> our answer in its mailbox.

python -m tests.bench.answers [--answers 60]

Beside it stands what the same server takes, in the same run, to deliver a mail of the same size: both ends are what the
server says to a connection that listens (IDLE). Needs root and the packages of tests/mailservers/install-debian.sh.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import smtplib
import ssl
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from statistics import quantiles

from tests.bench.backlog import HEAD, Row, machine
from tests.bench.backlog_latency import Listener
from tests.configs import DANA, EVERY_DAY, US, config_text, person, reached
from tests.mailservers import RealMailServers

_PATIENCE_S = 30
_SETTLES_S = 3
_NAMES = ("Aetna", "Cigna", "Humana", "Kaiser", "Anthem", "Centene", "Molina", "Oscar")
_TASKS = len(_NAMES)


class Mailbox:
    """A person's mailbox on the real servers: what is sent from it, and when the server tells of what comes."""

    def __init__(self, servers: RealMailServers, client: smtplib.SMTP_SSL, listener: Listener) -> None:
        self._servers, self._client, self._listener = servers, client, listener
        self._count = 0

    def seconds_until_told(self, content: bytes, *, to: str) -> float:
        """Send a mail, and wait for the next that comes into the person's mailbox; both from and till the server."""
        sender = DANA if to == US else US
        self._client.mail(sender)
        self._client.rcpt(to)
        code, said = self._client.data(content)
        assert code == 250, said
        accepted_at = time.monotonic()
        self._count += 1
        while self._count not in self._listener.told_at:
            assert time.monotonic() < accepted_at + _PATIENCE_S, f"nothing came for mail {self._count}"
            time.sleep(0.001)
        return self._listener.told_at[self._count] - accepted_at

    def newest(self) -> EmailMessage:
        message = message_from_bytes(self._servers.mails(DANA)[-1], policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message


def measured(count: int) -> tuple[list[float], list[float], int]:
    """Return the seconds until each of `count` answers, and until as many bare mails; and an answer's size in bytes."""
    with RealMailServers() as servers, tempfile.TemporaryDirectory(prefix="answers-") as made:
        os.environ["TEST_PASSWORD"] = servers.password
        command = [sys.executable, "-m", "tests.bench.backlog_work", "daemon", str(_config(servers, Path(made)))]
        listener = Listener(servers, DANA)
        listener.start()
        assert listener.listens.wait(_PATIENCE_S)
        trust = ssl.create_default_context(cafile=str(servers.ca_file))
        with (
            subprocess.Popen(command, stdout=subprocess.DEVNULL) as process,
            smtplib.SMTP_SSL(servers.host, servers.smtps_port, context=trust, timeout=30) as client,
        ):
            client.login(DANA, servers.password)
            try:
                return _told(Mailbox(servers, client, listener), count)
            finally:
                process.send_signal(signal.SIGTERM)
                listener.end()


def _told(mailbox: Mailbox, count: int) -> tuple[list[float], list[float], int]:
    # The first answer waits for the assistant to start; it brings the tasks of which the replies speak.
    mailbox.seconds_until_told(_mail("\n".join(f"new: call {_NAMES[one]}" for one in range(_TASKS))), to=US)
    time.sleep(_SETTLES_S)
    answer = mailbox.newest()
    dice = random.Random(1)
    answers: list[float] = []
    bare: list[float] = []
    for place in range(count):
        # So that no clock of either side keeps step with us.
        time.sleep(0.2 + dice.random() / 2)
        answers.append(mailbox.seconds_until_told(_mail(f"ack {place % _TASKS + 1}", answering=answer), to=US))
        answer = mailbox.newest()
        assert "You are on" in (said := _plain(answer)), said
        time.sleep(0.2 + dice.random() / 2)
        same = "x" * 70 + "\r\n"
        bare.append(mailbox.seconds_until_told(_mail(same * (len(answer.as_bytes()) // len(same))), to=DANA))
    return answers, bare, len(answer.as_bytes())


def _plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def _mail(text: str, *, answering: EmailMessage | None = None) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Dana Whitfield <{DANA}>", US
    mail["Date"], mail["Message-ID"] = format_datetime(datetime.now(UTC)), make_msgid(domain="clinic.example")
    mail["Subject"] = "to do" if answering is None else f"Re: {answering['Subject']}"
    if answering is not None:
        mail["In-Reply-To"] = str(answering["Message-ID"])
    mail.set_content(text)
    return mail.as_bytes(policy=policy.SMTP)


def _config(servers: RealMailServers, folder: Path) -> Path:
    path = folder / "config.toml"
    text = config_text(
        organisation={"timezone": "UTC", "holidays": ""},
        assistant={"ledger": folder / "ledger", "log": "error"},
        people=[person(DANA, workdays=EVERY_DAY, digest_at="")],
        accounts=[{"name": "desk", "person": DANA, **reached(servers, servers.imaps_port, user=US)}],
        smtp=reached(servers, servers.smtps_port, user=US),
        # Beyond so many in an hour they are told in one mail.
        limits={"answers_per_hour": 1000, "mails_per_hour": 1000},
    )
    path.write_text(text, encoding="utf-8")
    return path


def row(count: int) -> Row:
    """Return the line of the table, of `count` replies."""
    answers, bare, size = measured(count)
    mine, theirs = p95(answers), p95(bare)
    return Row(
        measure="reply accepted by SMTP → our answer in the mailbox, p95", figure=f"{mine * 1000:.0f} ms",
        beside=f"{theirs * 1000:.0f} ms for a mail of the same {size / 1000:.0f} kB from the same server, p95",
        ratio=mine / theirs, asked="each is answered", holds=len(answers) == count, n=count, bound=True,
    )  # fmt: skip


def p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=60)
    chosen = parser.parse_args()
    print(machine())
    print(HEAD)
    print(row(chosen.answers).line())
    print(f"\nLoad at the end: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
