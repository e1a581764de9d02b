"""One signed-in IMAP connection: numbers go in, bytes come out, and whatever fails becomes one of our errors.

The only file that knows imapclient. What is odd in it or in servers is dealt with here, so that `imap_mailbox`
speaks of mails alone. Nothing is written here: folders are opened with EXAMINE and bodies read with BODY.PEEK.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, InvalidCriteriaError, LoginError
from imapclient.response_parser import parse_fetch_response

from assistant.config.settings import AccountSettings
from assistant.errors import AssistantError, ConfigError, SignInError, TransientError
from assistant.intake.imap_answers import (
    AtAGlance,
    Envelope,
    InFull,
    Opened,
    Told,
    Whole,
    envelopes,
    envelopes_in,
    uid_set,
    whole_in,
    whole_mails,
)
from assistant.intake.imap_refusals import PASSING, RefusedError, code_in, is_refusal
from assistant.intake.tls import certificate_ends, lost
from assistant.signin import Proof, trusting

# How soon `stop` is noticed while the server pushes.
_GLANCE_EVERY_S = 0.25


class ImapSession:
    """A connection that is signed in, with one folder open at a time.

    For one thread: imapclient mixes up the answers of two. A connection in trouble is dropped (`is_open` turns
    False), for what it says next belongs to another question; a command that is merely refused leaves it open.
    """

    def __init__(self, account: AccountSettings, proof: Proof) -> None:
        self.is_open = True
        self._where = f"account {account.name}"
        self._port = account.port or (993 if account.security == "tls" else 143)
        self._peer = f"{account.host}:{self._port}"
        self._folder: str | None = None
        self._opened = Opened(0, 0, 0)
        self._client: Any = None
        self.refuses_idle = False
        try:
            with self._talking("connecting"):
                self._client = self._connected(account)
                self._start_tls(account)
                self.certificate_ends = certificate_ends(self._client.socket())
            with self._talking("signing in"):
                self._sign_in(account, proof)
        except AssistantError:
            self.drop()
            raise

    def examine(self, folder: str, *, anew: bool = False) -> Opened:
        """Open a folder for reading; one that is open is not opened again but `anew`, as that costs a scan of it."""
        if folder == self._folder and not anew:
            # What came since need not be found before the server has spoken of it (RFC 9051, 5.2).
            self._is_told_of_mail()
            return self._opened
        self._folder = None
        with self._talking("opening a folder"):
            try:
                said = self._client.select_folder(folder, readonly=True)
            except IMAPClientAbortError:
                raise
            except IMAPClientError as error:
                if code_in(error) in PASSING or self._client.folder_exists(folder):
                    raise
                problem = f"there is no folder {folder!r} on {self._peer}; case counts, subfolders are INBOX/Name"
                raise ConfigError(self._where, f"{problem} or INBOX.Name") from None
            if not said.get(b"UIDVALIDITY"):
                raise ConfigError(self._where, f"{self._peer} keeps no lasting numbers for the mails of {folder!r}")
            next_uid = said.get(b"UIDNEXT", 0)
            # A UID has 32 bits (RFC 9051, 2.3.1.1).
            self._opened = Opened(said[b"UIDVALIDITY"], next_uid if next_uid < 2**32 else 0, said.get(b"EXISTS", 0))
        self._folder = folder
        return self._opened

    def search(self, first: int, last: int | None, since: date | None) -> list[int]:
        """Return the UIDs from `first` to `last` (None: to the end), rising; `since` is by the server's own dates."""
        criteria: list[object] = ["UID", f"{first}:{last or '*'}"]
        if since is not None:
            criteria += ["SINCE", since]
        with self._talking("searching"):
            found = self._client.search(criteria)
            # `*` is the highest UID, and 8:* is 7:8 where that is 7 (RFC 9051, 6.4.8): the last old mail comes along.
            return sorted({int(uid) for uid in found if int(uid) >= first})

    def envelopes(self, uids: Sequence[int]) -> dict[int, Envelope]:
        """Return size and arrival of those mails that are still there; at most 1,000 UIDs, or the line is too long."""
        return self._told(uids, "(RFC822.SIZE INTERNALDATE)", envelopes, envelopes_in)

    def listed(self, uids: Sequence[int], *, smaller: int | None = None) -> set[int]:
        """Return which of those mails are there, or have fewer bytes, as announced; at most 1,000 rising UIDs."""
        size = () if smaller is None else ("SMALLER", smaller)
        with self._talking("searching"):
            return {int(uid) for uid in self._client.search(["UID", uid_set(uids), *size])}

    def whole(self, uids: Sequence[int]) -> dict[int, Whole]:
        """Return the whole mails; one that was expunged meanwhile is not among them (some servers say NIL)."""
        return self._told(uids, "(RFC822.SIZE INTERNALDATE BODY.PEEK[])", whole_mails, whole_in)

    def run_of(self, uid: int, start: int, length: int) -> bytes:
        """Return that run of the mail's bytes, shorter where the mail ends; none where it was expunged."""
        with self._talking("fetching mail"):
            answer: dict[int, dict[bytes, object]] = self._client.fetch([uid], [f"BODY.PEEK[]<{start}.{length}>"])
        content = answer.get(uid, {}).get(b"BODY[]<%d>" % start)
        return content if isinstance(content, bytes) else b""

    @property
    def can_idle(self) -> bool:
        with self._talking("asking what it can do"):
            return bool(self._client.has_capability("IDLE"))

    def idle(self, folder: str, seconds: float, stop: threading.Event) -> bool:
        """Let the server push from a folder; return True as soon as it says anything, False where it does not.

        Ends with a question and its answer, so that a peer that is gone is found out instead of being taken for a
        quiet one: after a lost connection, imapclient's own `idle_check` returns nothing, at once, for ever.
        """
        is_fresh = folder != self._folder
        if is_fresh:
            self.examine(folder)
        elif self._is_told_of_mail():
            return True
        with self._talking("waiting for mail"):
            try:
                self._client.idle()
            except IMAPClientAbortError:
                raise
            except IMAPClientError:
                # The server says no; or it had news before it agreed, which imapclient cannot take either.
                self.refuses_idle = True
                self.drop()
                return True
            # What came before this connection listened is told by nobody: one look is due as soon as it does.
            is_news = is_fresh or self._has_more(seconds, stop)
            _, said = self._client.idle_done()
            return is_news or any(b"EXISTS" in one for one in said)

    def close(self) -> None:
        """Say goodbye, within a few seconds."""
        if self.is_open:
            # LookupError and AttributeError: from imaplib, where a thread that ends us meets one that still waits.
            with contextlib.suppress(IMAPClientError, OSError, ValueError, LookupError, AttributeError):
                self._client.socket().settimeout(2)
                self._client.logout()
            self.drop()

    def drop(self) -> None:
        self.is_open = False
        self._folder = None
        if self._client is not None:
            with contextlib.suppress(IMAPClientError, OSError, ValueError):
                self._client.shutdown()

    def _connected(self, account: AccountSettings) -> Any:  # noqa: ANN401
        is_tls = account.security == "tls"
        client = IMAPClient(
            account.host,
            port=self._port,
            ssl=is_tls,
            ssl_context=trusting(self._where, account.ca_file) if is_tls else None,
            timeout=SocketTimeout(connect=account.timeout_s, read=account.timeout_s),
        )
        # Otherwise times are turned into the machine's zone and lose it.
        client.normalise_times = False
        with contextlib.suppress(AttributeError):
            # 4.x has imaplib format every line for a debug log: three times slower, and mail might end in a log.
            client._imap.debug = 0  # noqa: SLF001
        # A peer that died without a word is noticed while we idle; and imapclient sends a line's end by itself.
        client.socket().setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return client

    def _start_tls(self, account: AccountSettings) -> None:
        if account.security == "tls":
            return
        try:
            self._client.starttls(trusting(self._where, account.ca_file))
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            # Also where the greeting was PREAUTH: somebody in between may have cut the offer out.
            problem = f"{self._peer} offers no STARTTLS, and passwords are not sent in the clear"
            raise ConfigError(self._where, f'{problem}; try security = "tls"') from None

    def _sign_in(self, account: AccountSettings, proof: Proof) -> None:
        try:
            if proof.kind == "token":
                if not self._client.has_capability("AUTH=XOAUTH2"):
                    problem = 'takes no tokens (XOAUTH2); ask who runs it, or use auth = "password"'
                    raise ConfigError(self._where, f"{self._peer} {problem}")
                self._client.oauth2_login(account.user, proof.value)
            # imaplib sends LOGIN's user unquoted and takes ASCII only; PLAIN has neither limit.
            elif self._client.has_capability("AUTH=PLAIN"):
                self._client.plain_login(account.user, proof.value)
            else:
                self._client.login(account.user, proof.value)
        except LoginError as error:
            # imapclient says LoginError also where the connection was lost.
            if isinstance(error.__context__, IMAPClientAbortError):
                raise error.__context__ from None
            code = code_in(error)
            if code in PASSING:
                raise TransientError(f"{self._where}: {self._peer} takes no sign-ins just now ({code})") from None
            raise SignInError(self._where, code or f"user or {proof.kind}") from None
        except UnicodeError:
            raise SignInError(self._where, "the server takes ASCII passwords only") from None

    def _told(self, uids: Sequence[int], what: str, usual: AtAGlance[Told], read: InFull[Told]) -> dict[int, Told]:
        """Return what the server says of mails: at a glance where it has the `usual` form."""
        with self._talking("fetching mail"):
            records = self._client._command_and_check("FETCH", uid_set(uids), what, uid=True)  # noqa: SLF001
            if (found := usual(records)) is None:
                found = read(parse_fetch_response(records, normalise_times=False))
        return {uid: found[uid] for uid in uids if uid in found}

    def _is_told_of_mail(self) -> bool:
        with self._talking("asking for news"):
            _, said = self._client.noop()
            return any(b"EXISTS" in one for one in said)

    def _has_more(self, seconds: float, stop: threading.Event) -> bool:
        """Wait until the server has said something more."""
        if _has_read_ahead(self._client):
            return True
        until = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self._client.socket(), selectors.EVENT_READ)
            while not stop.is_set() and (left := until - time.monotonic()) > 0:
                if selector.select(min(left, _GLANCE_EVERY_S)):
                    return True
        return False

    @contextlib.contextmanager
    def _talking(self, doing: str) -> Iterator[None]:
        """Translate what goes wrong.

        imaplib's and imapclient's own words are left out, and the chain to them is cut: they quote the line that
        they did not understand, which may be a mail's.
        """
        try:
            yield
        except IMAPClientAbortError as error:
            self.drop()
            raise TransientError(f"{self._where}: {lost(self._peer, doing, error)}") from None
        except IMAPClientError as error:
            # A search that is refused is told in other words.
            if not (is_refusal(error) or isinstance(error, InvalidCriteriaError)):
                self.drop()
                raise TransientError(f"{self._where}: {self._peer} answered {doing} with no IMAP") from None
            code = f" ({code_in(error)})" if code_in(error) else ""
            raise RefusedError(f"{self._where}: {self._peer} refused{code} while {doing}") from None
        except ssl.SSLCertVerificationError as error:
            self.drop()
            problem = f"the certificate of {self._peer} is not to be trusted ({error.verify_message})"
            raise ConfigError(self._where, f"{problem}; your own server's authority goes into ca_file") from error
        except OSError as error:
            self.drop()
            raise TransientError(f"{self._where}: {lost(self._peer, doing, error)}") from error
        except (ValueError, TypeError, LookupError, ArithmeticError):
            self.drop()
            raise TransientError(f"{self._where}: {self._peer} answered {doing} with no IMAP") from None


def _has_read_ahead(client: Any) -> bool:  # noqa: ANN401
    """Tell whether lines were read together with the last answer: no selector would ever report those."""
    imap = client._imap  # noqa: SLF001
    if hasattr(imap, "_readbuf"):  # Python 3.14 buffers by itself
        return bool(imap._readbuf)  # noqa: SLF001
    sock = client.socket()
    before = sock.gettimeout()
    sock.settimeout(0)
    try:
        return bool(imap.file.peek(1))
    except (ssl.SSLWantReadError, BlockingIOError):
        return False
    finally:
        sock.settimeout(before)
