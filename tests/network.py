"""A watch over this process's sockets: whoever speaks to another machine, or asks for one's address, is told on."""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_ASKING = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_SPEAKING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_OURSELVES = frozenset({"", "localhost", "ip6-localhost", socket.gethostname().lower(), socket.getfqdn().lower()})


class Watch:
    """What was tried, once `begin` was called; Python lets nobody take such a hook off again.

    Attributes:
        abroad: What was meant for other machines; each was refused.
        at_home: How often this machine spoke to itself.

    """

    def __init__(self) -> None:
        self.abroad: list[str] = []
        self.at_home = 0
        self._is_on = False

    def begin(self) -> None:
        self._is_on = True
        sys.addaudithook(self._see)

    def end(self) -> None:
        self._is_on = False

    @contextmanager
    def apart(self) -> Iterator[list[str]]:
        """Yield the list of what is tried abroad meanwhile; nobody is blamed for it."""
        before, self.abroad = self.abroad, []
        try:
            yield self.abroad
        finally:
            self.abroad = before

    def _see(self, event: str, args: tuple[object, ...]) -> None:
        if not self._is_on or (event not in _ASKING and event not in _SPEAKING):
            return
        host = args[0] if event in _ASKING else _host(args[1])
        if host is None or is_at_home(host):
            self.at_home += 1
            return
        self.abroad.append(f"{event} {host!r}")
        # As if there were no network at all.
        raise ConnectionRefusedError(f"{event}: tests speak to this machine alone")


def is_at_home(host: object) -> bool:
    """Return whether a name or address is this machine's own."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name.lower().rstrip(".") in _OURSELVES:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _host(address: object) -> object:
    """Return the host of a socket's address; None where it is a file, or where the socket is connected already."""
    return address[0] if isinstance(address, tuple) and address else None
