"""What systemd is told, where it started us: that we are ready, that we live, that we end (sd_notify(3))."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Mapping

_TIMEOUT_S = 0.5


def notify(state: str, environment: Mapping[str, str]) -> bool:
    """Send `state`, e.g. READY=1; return False, and do nothing, where nobody listens."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")) or not hasattr(socket, "AF_UNIX"):
        return False
    # An @ stands for the zero byte of a name that is no file.
    name = f"\0{address[1:]}" if address.startswith("@") else address
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
        # Work does not wait for a listener who is busy.
        to.settimeout(_TIMEOUT_S)
        to.connect(name)
        to.sendall(state.encode())
        return True
    return False


def watchdog_every_s(environment: Mapping[str, str]) -> float | None:
    """Return after how many seconds systemd is to be told again that we live; None where it does not ask."""
    microseconds = environment.get("WATCHDOG_USEC", "")
    return int(microseconds) / 1_000_000 / 3 if microseconds.isdecimal() and int(microseconds) else None
