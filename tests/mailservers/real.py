"""Dovecot and Postfix on loopback, with settings of their own: for what only real servers can show.

Needs root, which Postfix insists on, and the packages of install-debian.sh. Used like EmbeddedMailServers.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.mailservers.certificates import issue
from tests.mailservers.embedded import PASSWORD, USERS

_TEMPLATES = Path(__file__).parent
_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
_TOKENS = """
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = @FOLDER@/dovecot-tokens.conf
}
"""
_FLAGS = re.compile(rb"FLAGS \(([^)]*)\)")


class RealMailServers:
    """Servers for as long as the `with` block lasts.

    Attributes:
        imap_port, smtp_port: With STARTTLS.
        imaps_port, smtps_port: With TLS from the first byte.
        folder: Settings, logs and mail; made, and deleted at the end, where none is given.
        introspection_url: Who tells them whether a token is good; without it they take passwords alone.

    """

    host = "127.0.0.1"

    def __init__(
        self,
        folder: Path | None = None,
        users: Sequence[str] = USERS,
        password: str = PASSWORD,
        introspection_url: str = "",
    ) -> None:
        self.users = tuple(users)
        self.password = password
        self.introspection_url = introspection_url
        self._is_ours = folder is None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="mailservers-"))
        self.imap_port, self.imaps_port, self.smtp_port, self.smtps_port, self._lmtp_port = _free_ports(5)

    def __enter__(self) -> Self:
        self._write_settings()
        self.start_imap()
        _run("postfix", "-c", str(self.folder / "postfix"), "start")
        for port in (self.smtp_port, self.smtps_port):
            _wait_for(port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _run("postfix", "-c", str(self.folder / "postfix"), "stop", check=False)
        self.stop_imap()
        if self._is_ours:
            shutil.rmtree(self.folder, ignore_errors=True)

    def start_imap(self) -> None:
        # In the foreground, so that we hold the process that we end.
        self._dovecot = subprocess.Popen(
            ["dovecot", "-F", "-c", str(self.folder / "dovecot.conf")],
            env={"PATH": _PATH},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for port in (self.imap_port, self.imaps_port, self._lmtp_port):
            _wait_for(port)

    def stop_imap(self) -> None:
        # Dovecot lets an IDLE outlive it; a server that is switched off does not.
        _run("doveadm", "-c", str(self.folder / "dovecot.conf"), "kick", "*", check=False)
        self._dovecot.terminate()
        self._dovecot.wait(timeout=30)

    def kick(self, user: str) -> None:
        """End a user's connections with a BYE."""
        _run("doveadm", "-c", str(self.folder / "dovecot.conf"), "kick", user)

    def deliver(self, raw: bytes, to: str, received_at: datetime | None = None, folder: str = "INBOX") -> None:
        """Put a mail, with its lines ended by CRLF, into a user's folder."""
        at = imaplib.Time2Internaldate(received_at or datetime.now(UTC))
        with self._signed_in(to) as imap:
            assert imap.append(folder, "", at, raw)[0] == "OK"

    def mails(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """Return what lies in a user's folder, oldest first."""
        return [part[1] for part in self._fetched(user, folder, "BODY.PEEK[]") if isinstance(part, tuple)]

    def flags(self, user: str, folder: str = "INBOX") -> list[frozenset[str]]:
        r"""Return each mail's flags, e.g. {"\\Seen"}, in the order of `mails`; \\Recent is left out."""
        lines = (_FLAGS.search(line) for line in self._fetched(user, folder, "FLAGS") if isinstance(line, bytes))
        return [frozenset(line[1].decode().split()) - {r"\Recent"} for line in lines if line]

    def add_folder(self, user: str, folder: str) -> None:
        with self._signed_in(user) as imap:
            imap.create(folder)

    def expunge(self, user: str, folder: str = "INBOX") -> None:
        """Delete all mails of a folder."""
        with self._signed_in(user) as imap:
            imap.select(folder)
            if imap.response("EXISTS")[1] != [b"0"]:
                imap.store("1:*", "+FLAGS.SILENT", r"(\Deleted)")
            imap.expunge()

    def renumber(self, user: str) -> None:
        """Give the user's INBOX a new UIDVALIDITY and new UIDs, as happens when its index is lost."""
        for lost in (self.folder / "mail" / user / "Maildir").glob("dovecot*"):
            lost.unlink()

    @contextlib.contextmanager
    def forgetting(self, user: str) -> Iterator[None]:
        """Set the user's mail back, at the end of the block, as a copy of yesterday's disk does: same UIDVALIDITY."""
        mail, kept = self.folder / "mail" / user, self.folder / "mail" / f"{user}.kept"
        _run("cp", "-a", str(mail), str(kept))
        yield
        self.stop_imap()
        shutil.rmtree(mail)
        kept.rename(mail)
        self.start_imap()

    @contextlib.contextmanager
    def _signed_in(self, user: str) -> Iterator[imaplib.IMAP4_SSL]:
        trust = ssl.create_default_context(cafile=self.ca_file)
        with imaplib.IMAP4_SSL(self.host, self.imaps_port, ssl_context=trust, timeout=10) as imap:
            imap.login(user, self.password)
            yield imap

    def _fetched(self, user: str, folder: str, what: str) -> Sequence[object]:
        with self._signed_in(user) as imap:
            imap.select(folder, readonly=True)
            return [] if imap.response("EXISTS")[1] == [b"0"] else imap.fetch("1:*", f"({what})")[1]

    def _write_settings(self) -> None:
        # Dovecot's and Postfix's own users have to pass through to what is theirs.
        self.folder.chmod(0o755)
        postfix = self.folder / "postfix"
        for part in (self.folder / "dovecot", self.folder / "mail", postfix / "queue", postfix / "data"):
            part.mkdir(parents=True, exist_ok=True)
        shutil.chown(self.folder / "mail", "mail", "mail")
        shutil.chown(postfix / "data", "postfix")
        files = issue(self.folder)
        self.ca_file = files.ca_file
        (self.folder / "users").write_text("".join(f"{user}:{self.password}::::::\n" for user in self.users))
        (postfix / "recipients").write_text("".join(f"{user} kept\n" for user in self.users))
        takes_tokens = bool(self.introspection_url)
        values = {
            "MECHANISMS": "plain login xoauth2 oauthbearer" if takes_tokens else "plain login",
            "TOKENS": _TOKENS if takes_tokens else "",
            "INTROSPECTION": self.introspection_url,
            "FOLDER": self.folder,
            "HOST": self.host,
            "CHAIN": files.chain_file,
            "KEY": files.key_file,
            "DOMAINS": ", ".join(sorted({user.rpartition("@")[2] for user in self.users})),
            "IMAP": self.imap_port,
            "IMAPS": self.imaps_port,
            "LMTP": self._lmtp_port,
            "SMTP": self.smtp_port,
            "SMTPS": self.smtps_port,
        }
        targets = {
            "dovecot.conf": self.folder,
            "dovecot-tokens.conf": self.folder,
            "postfix-main.cf": postfix,
            "postfix-master.cf": postfix,
        }
        for name, where in targets.items():
            text = (_TEMPLATES / f"{name}.in").read_text()
            for key, value in values.items():
                text = text.replace(f"@{key}@", str(value))
            (where / name.removeprefix("postfix-")).write_text(text)


def _run(*command: str, check: bool = True) -> None:
    done = subprocess.run(command, env={"PATH": _PATH}, capture_output=True, text=True, timeout=60, check=False)
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.strip()}")


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [one.getsockname()[1] for one in sockets]


def _wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise RuntimeError(f"no server came up on port {port}")
