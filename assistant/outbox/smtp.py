"""OutgoingMail -> a mail server that takes it. The only file that knows smtplib."""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import policy
from email.parser import BytesHeaderParser

from assistant.config.settings import SignIn
from assistant.errors import (
    AssistantError,
    ConfigError,
    RefusedMailError,
    SignInError,
    TransientError,
    UncertainDeliveryError,
)
from assistant.records import Check, OutgoingMail
from assistant.signin import Credential, Proof, trusting

_PORTS = {"tls": 465, "starttls": 587}
_OK, _GO_AHEAD, _LATER, _NEVER = 2, 3, 4, 5
"""A reply's first digit says all that we need (RFC 5321, 4.2.1)."""
_SIGN_IN_FIRST = 530  # RFC 4954
_LAST_REPLY = 4
"""So many times longer than usual we wait for the word on a whole mail; RFC 5321, 4.5.3.2.6, would have ten minutes."""
_WAITS = "; the mail waits"
_OURSELVES = "[127.0.0.1]"
"""What we greet with: the machine's name is nobody's business, and looking it up may take long."""


class Smtp:
    """One connection for each mail, always encrypted and with a checked certificate, or no connection at all."""

    def __init__(self, settings: SignIn, way_in: Credential, last_look: Callable[[], None]) -> None:
        if not settings.host:
            raise ConfigError("[smtp] host", "is empty; name the server that takes the assistant's mails")
        self._settings = settings
        self._way_in = way_in
        self._last_look = last_look
        self._port = settings.port or _PORTS[settings.security]
        self._peer = f"{settings.host}:{self._port}"
        self.certificate_ends: datetime | None = None
        # Without a context, smtplib checks no certificate.
        self._tls = trusting(f"[{way_in.name or 'smtp'}]", settings.ca_file)

    def send(self, mail: OutgoingMail) -> None:
        sender = _sender(mail.content)
        if not (sender.isascii() and mail.recipient.isascii()):
            raise RefusedMailError("an address holds letters that SMTP servers do not take; use one in plain ASCII")
        with self._session() as client:
            # What comes back then names the mail (RFC 3461, 4.4), and tells of what matters.
            tells = client.has_extn("dsn")
            asked = f" RET=HDRS ENVID={_xtext(mail.message_id)}" if tells else ""
            told = " NOTIFY=FAILURE,DELAY" if tells else ""
            self._expect(client.docmd("MAIL", f"FROM:<{sender}>{asked}"), _OK, "the sender's address")
            self._expect(client.docmd("RCPT", f"TO:<{mail.recipient}>{told}"), _OK, "the recipient's address")
            if mail.copy_to is not None:
                # Where this one is refused the mail goes without: the copy serves us alone.
                client.docmd("RCPT", f"TO:<{mail.copy_to}>{' NOTIFY=NEVER' if tells else ''}")
            self._last_look()
            self._expect(client.docmd("DATA"), _GO_AHEAD, "the mail")
            # Until the line with the single dot, the server must not act on what it got (RFC 5321, 4.1.1.4).
            client.send(_stuffed(mail.content))
            # Between this look and the dot that ends the mail, two calls are left in which we may be stopped.
            self._last_look()
            self._expect(self._last_word(client), _OK, "the mail")
            with contextlib.suppress(OSError):
                client.quit()

    def check(self) -> Check:
        try:
            with self._session() as client:
                client.noop()
                with contextlib.suppress(OSError):
                    client.quit()
        except AssistantError as error:
            return Check(name="smtp", is_fine=False, said=str(error).removesuffix(_WAITS))
        how = f"signed in as {self._settings.user}" if self._settings.user else "without signing in"
        return Check(name="smtp", is_fine=True, said=f"{self._peer} takes mail from us, {how}")

    @contextlib.contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        """Give a connection that is encrypted and signed in; whatever breaks in it left nothing behind."""
        client: smtplib.SMTP | None = None
        try:
            # Without a user, there is nothing to show.
            client = self._way_in.tried(self._entered) if self._settings.user else self._connected()
            client.ehlo_or_helo_if_needed()
            yield client
        except ssl.SSLCertVerificationError as error:
            problem = f"{self._peer}: its certificate is not trusted ({error.verify_message}); nothing was sent"
            raise TransientError(f"{problem}; your own server's authority goes into ca_file") from error
        except OSError as error:  # smtplib's errors are OSErrors, too
            said = _before_a_word(error) if client is None else ""
            raise TransientError(f"{self._peer}: {said or _reason(error)}{_WAITS}") from error
        finally:
            if client is not None:
                client.close()

    def _entered(self, proof: Proof) -> smtplib.SMTP:
        client = self._connected()
        try:
            self._sign_in(client, proof)
        except BaseException:
            client.close()
            raise
        return client

    def _connected(self) -> smtplib.SMTP:
        client = self._encrypted()
        if isinstance(client.sock, ssl.SSLSocket) and (known := client.sock.getpeercert()):
            self.certificate_ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(known["notAfter"])), UTC)
        return client

    def _encrypted(self) -> smtplib.SMTP:
        host, timeout = self._settings.host, self._settings.timeout_s
        if self._settings.security == "tls":
            return smtplib.SMTP_SSL(host, self._port, _OURSELVES, timeout=timeout, context=self._tls)
        client = smtplib.SMTP(host, self._port, _OURSELVES, timeout=timeout)
        try:
            self._encrypt(client)
        except BaseException:
            client.close()
            raise
        return client

    def _encrypt(self, client: smtplib.SMTP) -> None:
        client.ehlo()
        if not client.has_extn("starttls"):
            raise TransientError(f"{self._peer}: offers no encryption (STARTTLS); no password and no mail was sent")
        try:
            client.starttls(context=self._tls)
        except smtplib.SMTPResponseException as error:
            said = f"refuses encryption (STARTTLS, {error.smtp_code}); no password and no mail was sent"
            raise TransientError(f"{self._peer}: {said}") from error

    def _sign_in(self, client: smtplib.SMTP, proof: Proof) -> None:
        client.ehlo_or_helo_if_needed()
        try:
            if proof.kind == "token":
                self._show(client, proof.value)
            else:
                client.login(self._settings.user, proof.value)
        except smtplib.SMTPAuthenticationError as error:
            if error.smtp_code // 100 == _LATER:
                raise TransientError(f"{self._peer}: cannot sign us in just now ({error.smtp_code})") from error
            raise SignInError(self._peer, str(error.smtp_code)) from error
        except smtplib.SMTPNotSupportedError as error:
            raise SignInError(self._peer, "the server offers no sign-in") from error
        except UnicodeError as error:
            raise SignInError(self._peer, "a character that SMTP cannot carry") from error

    def _show(self, client: smtplib.SMTP, token: str) -> None:
        if "XOAUTH2" not in client.esmtp_features.get("auth", "").split():
            raise ConfigError(self._peer, 'takes no tokens (XOAUTH2); ask who runs it, or use auth = "password"')
        line = f"user={self._settings.user}\1auth=Bearer {token}\1\1"
        # A refusal comes with a challenge that says why; an empty answer to it brings the refusal itself.
        client.auth("XOAUTH2", lambda challenge=None: line if challenge is None else "")

    def _expect(self, reply: tuple[int, bytes], wanted: int, what: str) -> None:
        """Raise what a server's refusal means; its words are left out, as they may repeat an address or a name."""
        code = reply[0]
        if code // 100 == wanted:
            return
        if code == _SIGN_IN_FIRST:
            raise SignInError(self._peer, str(code))
        if code // 100 == _NEVER:
            raise RefusedMailError(f"{self._peer}: refused {what} for good ({code})")
        raise TransientError(f"{self._peer}: did not take {what} ({code})")

    def _last_word(self, client: smtplib.SMTP) -> tuple[int, bytes]:
        """End the mail and return the server's answer.

        Raises:
            UncertainDeliveryError: There was none that can be read: from here on the mail may be on its way.

        """
        try:
            if client.sock is not None:
                client.sock.settimeout(_LAST_REPLY * self._settings.timeout_s)
            client.send(b".\r\n")
            code, words = client.getreply()
        except OSError as error:
            raise UncertainDeliveryError(f"{self._peer}: silent after it had the whole mail; looking for it") from error
        if code // 100 not in (_OK, _LATER, _NEVER):  # smtplib gives -1 for what is no reply
            raise UncertainDeliveryError(f"{self._peer}: gave no clear word on the whole mail; looking for it")
        return code, words


def _sender(content: bytes) -> str:
    """Return the address that the mail is from; bounces go there."""
    head = BytesHeaderParser(policy=policy.SMTP).parsebytes(content)
    return str(head["From"].addresses[0].addr_spec)


def _xtext(text: str) -> str:
    """Return the text as SMTP's parameters carry it (RFC 3461, 4)."""
    return "".join(char if "!" <= char <= "~" and char not in "+=" else f"+{ord(char):02X}" for char in text)[:100]


def _stuffed(content: bytes) -> bytes:
    """Return the mail as DATA carries it: a dot that opens a line is doubled, and it ends with a whole line."""
    ended = content if content.endswith(b"\r\n") else content + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended)


def _before_a_word(error: OSError) -> str:
    """Return what is wrong with host or port, where a connection fails as it does at a wrong one; else ""."""
    if isinstance(error, socket.gaierror):
        return f"could not be reached ({error.strerror}); check `host`"
    if isinstance(error, ssl.SSLError) and error.reason == "WRONG_VERSION_NUMBER":
        return 'no TLS is spoken there; is that port for security = "starttls"?'
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, TimeoutError):
        return 'no answer in time; is that port for security = "tls"?'
    if isinstance(error, smtplib.SMTPConnectError) and error.smtp_code // 100 not in (_OK, _LATER, _NEVER):
        return "no SMTP is spoken there; look at the port"
    return ""


def _reason(error: OSError) -> str:
    """Return what went wrong, in words that hold nothing of a mail."""
    # smtplib tells a time-out as a cut connection; what it was stands behind.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "no answer in time"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "the connection was cut"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"an unexpected reply ({error.smtp_code})"
    if isinstance(error, ssl.SSLError):
        return f"TLS: {(error.reason or 'closed').lower().replace('_', ' ')}"
    return error.strerror or type(error).__name__
