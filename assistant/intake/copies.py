"""Our own mails in a mailbox: looked for by Message-ID, and put into its Sent folder. All else there stays as it is."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from assistant.config.settings import AccountSettings
from assistant.errors import TransientError
from assistant.intake.imap import ImapSession
from assistant.signin import Credential

_SENT = b"\\Sent"
_INBOX = "INBOX"
_READ_THROUGH = 200
"""So many of the newest mails are looked through one by one: a search goes by an index, which may lag behind."""
_MESSAGE_ID = re.compile(rb"(?im)^message-id:[ \t]*(?:\r?\n[ \t]+)?<?([^\s<>]{1,1000})>?")
_HEAD = 64 * 1024
_Answer = TypeVar("_Answer")


class ImapCopies:
    """The mailbox of an IMAP account. Threads take turns; connects when it is first used, and again after an error."""

    def __init__(self, account: AccountSettings, way_in: Credential) -> None:
        self._account = account
        self._way_in = way_in
        self._session: _CopiesSession | None = None
        self._turn = threading.Lock()

    def in_inbox(self, message_id: str, since: date) -> bool:
        return self._answered(lambda session: session.holds(_INBOX, message_id, since))

    def in_sent(self, message_id: str, since: date) -> bool | None:
        def ask(session: _CopiesSession) -> bool | None:
            folder = session.sent_folder()
            return None if folder is None else session.holds(folder, message_id, since)

        return self._answered(ask)

    def sent_since(self, day: date) -> Iterator[bytes]:
        def ask(session: _CopiesSession) -> list[bytes]:
            folder = session.sent_folder()
            return [] if folder is None else list(session.heads(folder, day))

        return iter(self._answered(ask))

    def keep(self, content: bytes, at: datetime) -> bool:
        with self._turn:
            folder = self._signed_in().sent_folder()
            if folder is not None:
                self._signed_in().append(folder, content, at)
            return folder is not None

    def close(self) -> None:
        with self._turn:
            if self._session is not None:
                self._session.close()
                self._session = None

    def _answered(self, ask: Callable[[_CopiesSession], _Answer]) -> _Answer:
        """Ask; a connection that was lost while nobody used it, as servers end them, is made anew."""
        with self._turn:
            was_open = self._session is not None and self._session.is_open
            try:
                return ask(self._signed_in())
            except TransientError:
                if not was_open or (self._session is not None and self._session.is_open):
                    raise
            return ask(self._signed_in())

    def _signed_in(self) -> _CopiesSession:
        if self._session is None or not self._session.is_open:
            self._session = self._way_in.tried(lambda proof: _CopiesSession(self._account, proof))
        return self._session


class _CopiesSession(ImapSession):
    def sent_folder(self) -> str | None:
        """Return the folder that the server marks as the one for sent mail (RFC 6154), or that has its usual name."""
        with self._talking("looking for the folder of sent mails"):
            found = self._client.find_special_folder(_SENT)
        return str(found) if found else None

    def holds(self, folder: str, message_id: str, since: date) -> bool:
        self.examine(folder)
        with self._talking("looking for a mail of ours"):
            found = self._client.search(["HEADER", "Message-ID", f"<{message_id}>", "SINCE", since])
        # A search finds parts of words, too.
        if self._any_is(found, message_id):
            return True
        with self._talking("looking for a mail of ours"):
            recent = self._client.search(["SINCE", since])
        return self._any_is(sorted(int(uid) for uid in recent)[-_READ_THROUGH:], message_id)

    def heads(self, folder: str, since: date) -> Iterator[bytes]:
        self.examine(folder)
        with self._talking("looking through our sent mails"):
            uids = sorted(int(uid) for uid in self._client.search(["SINCE", since]))
        for start in range(0, len(uids), _READ_THROUGH):
            yield from self._heads(uids[start : start + _READ_THROUGH], "BODY.PEEK[HEADER]")

    def append(self, folder: str, content: bytes, at: datetime) -> None:
        with self._talking("keeping a sent mail"):
            self._client.append(folder, content, (rb"\Seen",), at)

    def _any_is(self, uids: Sequence[int], message_id: str) -> bool:
        heads = self._heads(uids, "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]") if uids else iter(())
        return any(_id_in(head) == message_id for head in heads)

    def _heads(self, uids: Sequence[int], what: str) -> Iterator[bytes]:
        # A list of numbers, never a range: since 4.0 imapclient fails on '1:*' after the server has answered.
        with self._talking("fetching mail"):
            answer: dict[int, dict[bytes, object]] = self._client.fetch(list(uids), [what])
        said = (part for uid in uids for part in answer.get(uid, {}).items())
        yield from (head for name, head in said if name.startswith(b"BODY[") and isinstance(head, bytes))


class MaildirCopies:
    """A local Maildir."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def in_inbox(self, message_id: str, since: date) -> bool:
        return self._holds(self._root, message_id, since)

    def in_sent(self, message_id: str, since: date) -> bool | None:
        sent = self._root / ".Sent"
        return self._holds(sent, message_id, since) if sent.is_dir() else None

    def sent_since(self, day: date) -> Iterator[bytes]:
        sent = self._root / ".Sent"
        try:
            yield from _heads(sent, day) if sent.is_dir() else ()
        except OSError as error:
            raise TransientError(f"a Maildir cannot be read ({error.strerror})") from error

    def keep(self, content: bytes, at: datetime) -> bool:
        sent = self._root / ".Sent"
        if not sent.is_dir():
            return False
        found = _MESSAGE_ID.search(content[:_HEAD])
        # The mail's own id names the file: written twice, it is there once.
        unique = re.sub(rb"[^\w.-]", b"_", found[1] if found else b"mail").decode()[:120]
        name = f"{int(at.timestamp())}.{unique}.{socket.gethostname().replace('/', '_')}"
        try:
            (sent / "tmp" / name).write_bytes(content)
            (sent / "tmp" / name).rename(sent / "cur" / f"{name}:2,S")
        except OSError as error:
            raise TransientError(f"the Maildir of our sent mails cannot be written ({error.strerror})") from error
        return True

    def close(self) -> None:
        """Nothing is held open."""

    def _holds(self, folder: Path, message_id: str, since: date) -> bool:
        try:
            return any(_id_in(head) == message_id for head in _heads(folder, since))
        except OSError as error:
            raise TransientError(f"a Maildir cannot be read ({error.strerror})") from error


def _heads(folder: Path, since: date) -> Iterator[bytes]:
    """Yield the first bytes of a folder's mails that were written on or after that day."""
    for part in ("new", "cur"):
        for path in (folder / part).iterdir():
            try:
                if date.fromtimestamp(path.stat().st_mtime) >= since:  # noqa: DTZ012 - a day before is given as well
                    with path.open("rb") as mail:
                        yield mail.read(_HEAD)
            except FileNotFoundError:  # moved from new/ to cur/ meanwhile
                continue


def _id_in(head: bytes) -> str:
    """Return the Message-ID of a mail's headers; "" where there is none."""
    found = _MESSAGE_ID.search(re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0])
    return found[1].decode("ascii", "replace") if found else ""
