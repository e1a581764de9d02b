"""Mails -> a mailbox on a real Dovecot full of them, and what can be had from it without any assistant."""

from __future__ import annotations

import contextlib
import email
import os
import pwd
import shutil
import ssl
import time
from collections.abc import Iterable, Iterator
from email import policy
from typing import Any

from imapclient import IMAPClient

from tests.bench.backlog_mails import Waiting
from tests.mailservers import RealMailServers

_AT_ONCE = 100


def fill(servers: RealMailServers, user: str, mails: Iterable[Waiting], *, first: int = 1) -> int:
    """Put mails into a user's INBOX as files, as its own server writes them; return how many."""
    folder = servers.folder / "mail" / user / "Maildir"
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    count, owner = 0, pwd.getpwnam("mail")
    for count, mail in enumerate(mails, start=1):
        # Dovecot keeps lines ended by LF, and tells both sizes in the name so that nobody need open the file for them.
        content = mail.content.replace(b"\r\n", b"\n")
        at = mail.received_at.timestamp()
        name = f"{at:.0f}.M{first + count:07}P1.bench,S={len(content)},W={len(mail.content)}"
        path = folder / "tmp" / name
        path.write_bytes(content)
        os.utime(path, (at, at))
        os.chown(path, owner.pw_uid, owner.pw_gid)
        path.rename(folder / "new" / name)
    for place in (folder.parent, folder, *folder.iterdir()):
        shutil.chown(place, "mail", "mail")
    return count


@contextlib.contextmanager
def signed_in(servers: RealMailServers, user: str) -> Iterator[Any]:
    trust = ssl.create_default_context(cafile=str(servers.ca_file))
    client: Any = IMAPClient(servers.host, port=servers.imaps_port, ssl_context=trust, timeout=60)
    # Else each line is formatted for a log that nobody reads, and the comparison would be with something slow.
    client._imap.debug = 0
    client.login(user, servers.password)
    try:
        yield client
    finally:
        client.logout()


def bare_fetch(servers: RealMailServers, user: str) -> tuple[float, list[bytes]]:
    """Return how many seconds imapclient takes for the whole INBOX, a hundred mails at a time, and the mails."""
    found: list[bytes] = []
    with signed_in(servers, user) as client:
        started = time.monotonic()
        client.select_folder("INBOX", readonly=True)
        uids = client.search(["UID", "1:*"])
        for start in range(0, len(uids), _AT_ONCE):
            answer = client.fetch(uids[start : start + _AT_ONCE], ["BODY.PEEK[]", "INTERNALDATE"])
            found += (data[b"BODY[]"] for data in answer.values())
        return time.monotonic() - started, found


def bare_parse(mails: Iterable[bytes]) -> float:
    """Return how many seconds Python's own library takes for headers, text and attachments of the mails."""
    started = time.monotonic()
    for content in mails:
        mail = email.message_from_bytes(content, policy=policy.default)
        for part in mail.walk():
            _ = dict(part.items())
            if not part.is_multipart():
                part.get_content()
    return time.monotonic() - started
