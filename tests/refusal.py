"""What a process under watch does first: whoever in it speaks to another machine is refused, and written down.

Its Python children read these lines as their `sitecustomize`, so nothing more is imported until there is something
to judge.
"""

from __future__ import annotations

import sys

_ASKING = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_SPEAKING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


class Refusal:
    """An audit hook; Python lets nobody take such a hook off again.

    Attributes:
        at_home: How often the process spoke to its own machine.
        is_on: Whether it judges at all.

    """

    def __init__(self, report: str, ourselves: frozenset[str]) -> None:
        self.at_home = 0
        self.is_on = True
        self._report = report
        self._ourselves = ourselves
        # Asked for with each event, and still there when a dying interpreter has emptied its modules.
        self._events = _ASKING | _SPEAKING

    def see(self, event: str, args: tuple[object, ...]) -> None:
        if event not in self._events or not self.is_on:
            return
        host = args[0] if event in _ASKING else _host(args[1])
        if host is None or is_at_home(host, self._ourselves):
            self.at_home += 1
            return
        self._write_down(f"{event} {host!r}")
        # As if there were no network at all.
        raise ConnectionRefusedError(f"{event}: tests speak to this machine alone")

    def _write_down(self, what: str) -> None:
        import os  # noqa: PLC0415 - see above

        try:
            report = os.open(self._report, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            os.write(report, f"{what} {' '.join(sys.orig_argv[:5])!r}\n".encode(errors="backslashreplace"))
            os.close(report)
        except OSError:
            # Who may write no files, as the process that reads, is refused all the same.
            return


def is_at_home(host: object, ourselves: frozenset[str]) -> bool:
    """Return whether a name or address is this machine's own; `ourselves` has its names."""
    import ipaddress  # noqa: PLC0415 - see above

    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name.lower().rstrip(".") in ourselves:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _host(address: object) -> object:
    """Return the host of a socket's address; None where it is a file, or where the socket is connected already."""
    return address[0] if isinstance(address, tuple) and address else None
