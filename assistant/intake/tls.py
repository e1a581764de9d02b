"""Whom we believe to be our mail server: settings -> SSLContext. There is no mode that believes everybody."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime

from assistant.config.settings import AccountSettings
from assistant.errors import ConfigError


def trusting(account: AccountSettings) -> ssl.SSLContext:
    """Return a context that checks the certificate and its name, against `ca_file` alone where that is set."""
    try:
        context = ssl.create_default_context(cafile=account.ca_file)
    except OSError as error:
        problem = f"ca_file {account.ca_file} cannot be used ({reason(error)})"
        raise ConfigError(f"account {account.name}", problem) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def certificate_ends(sock: socket.socket) -> datetime | None:
    """Return until when the peer's certificate is good; None on a connection that is not encrypted."""
    known = sock.getpeercert() if isinstance(sock, ssl.SSLSocket) else None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(known["notAfter"])), UTC) if known else None


def reason(error: OSError) -> str:
    """Return why a connection failed, in a few words."""
    if isinstance(error, ssl.SSLError):
        return f"TLS: {(error.reason or 'closed').lower().replace('_', ' ')}"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return error.strerror or type(error).__name__
