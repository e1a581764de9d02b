"""A connection -> until when its certificate is good, and in a few words why it failed."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime


def certificate_ends(sock: socket.socket) -> datetime | None:
    """Return until when the peer's certificate is good; None on a connection that is not encrypted."""
    known = sock.getpeercert() if isinstance(sock, ssl.SSLSocket) else None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(known["notAfter"])), UTC) if known else None


def lost(peer: str, doing: str, error: Exception) -> str:
    """Return what became of a connection, and what to look at; nothing that the peer said."""
    why = f" ({reason(error)})" if isinstance(error, OSError) else ""
    if doing == "connecting" and str(error).startswith("unexpected response"):
        # As imaplib words a greeting of another protocol.
        return f"{peer}: no IMAP is spoken there; look at the port"
    if isinstance(error, socket.gaierror):
        return f"{peer} could not be reached{why}; check `host`"
    if isinstance(error, ConnectionRefusedError):
        return f"{peer} could not be reached{why}; check `host` and `port`"
    return f"the connection to {peer} was lost while {doing}{why}"


def reason(error: OSError) -> str:
    """Return why a connection failed, in a few words."""
    if isinstance(error, ssl.SSLError) and error.reason == "WRONG_VERSION_NUMBER":
        return 'no TLS is spoken there; is that port for security = "starttls"?'
    if isinstance(error, ssl.SSLError):
        return f"TLS: {(error.reason or 'closed').lower().replace('_', ' ')}"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return error.strerror or type(error).__name__
