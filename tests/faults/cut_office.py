"""The office on real Dovecot and Postfix, with a proxy before each of them that cuts connections."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.configs import DANA, PRIYA, US, reached
from tests.faults.cutting import How, LineProxy, Wire
from tests.faults.sweep import _BETWEEN, Workshop, scratch
from tests.faults.sweep_dovecot import DovecotInbox
from tests.faults.sweep_errors import ended_badly
from tests.faults.sweep_office import TUESDAY, USERS
from tests.faults.sweep_sink import Sink, Taken
from tests.faults.sweep_state import State, faults
from tests.mailservers import RealMailServers

_QUEUES = ("maildrop", "incoming", "active", "deferred")
_TRACE = re.compile(
    rb"(?:(?:return-path|delivered-to|received|x-original-to):[^\n]*\n(?:[ \t][^\n]*\n)*)+", re.IGNORECASE
)
_MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*(\S+)")
_QUEUE_S = 60


class PostfixSink(Sink):
    """What Postfix takes, and Dovecot's LMTP lays into the mailboxes of Dana and Priya."""

    def __init__(self, servers: RealMailServers, proxy: LineProxy) -> None:
        self._servers, self._proxy = servers, proxy
        self.settings = reached(servers, proxy.port, user=US)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the servers to who started them."""

    def settle(self) -> list[Taken]:
        self._proxy.hear_out()
        self._wait_for_the_queue()
        taken = []
        for person in (DANA, PRIYA):
            # LMTP and Postfix write above the mail who handed it on; below it is as it left.
            taken += [Taken(person, _TRACE.sub(b"", content, count=1)) for content in self._servers.mails(person)]
            self._servers.expunge(person)
        return taken

    def _wait_for_the_queue(self) -> None:
        queue, until, quiet = self._servers.folder / "postfix" / "queue", time.monotonic() + _QUEUE_S, 0
        # A mail passes from one to the next of them; seen empty twice, all are.
        while quiet < 2:
            held = any(path.is_file() for name in _QUEUES for path in (queue / name).rglob("*"))
            quiet = 0 if held else quiet + 1
            assert time.monotonic() < until, "Postfix does not get rid of its mails"
            time.sleep(0.02)


class CutInbox(DovecotInbox):
    def __init__(self, servers: RealMailServers, proxy: LineProxy) -> None:
        super().__init__(servers)
        self.account = {**self.account, "port": proxy.port}

    def file(self, mail: Taken) -> None:
        """Postfix sees to it."""

    def wrong(self) -> Iterator[str]:
        """Yield what is wrong in the mailbox itself."""
        sent = Counter(_MESSAGE_ID.findall(mail)[0] for mail in self._servers.mails(US, "Sent"))
        yield from (f"{count} copies of a mail lie in Sent" for count in sent.values() if count > 1)
        if any(r"\Seen" in flags for flags in self._servers.flags(US)):
            yield "a mail was marked as read"


class CutWorkshop(Workshop):
    """The day, with one connection cut at one line.

    Attributes:
        wire: What the proxies pass on.
        lines: What passed on the undisturbed day.

    """

    def __init__(self, folder: Path, inbox: CutInbox, sink: PostfixSink, wire: Wire) -> None:
        self.wire, self._mailbox = wire, inbox
        super().__init__(folder, inbox=inbox, sink=sink)
        day = self._begun()
        wire.begin()
        self._run(day, TUESDAY)
        self._sink.settle()
        self.lines = list(wire.lines)

    def cut(self, number: int, how: How) -> list[str]:
        """Run the day with the cut, then without; return what is wrong."""
        day = self._begun()
        (day / "config.log").unlink(missing_ok=True)
        self.runs += 1
        self.wire.begin(number, how)
        status = self._run(day, TUESDAY)
        self.missed += not self.wire.was_cut
        self.wire.cut_at = 0
        log = self._log(day)
        found = self._recovered(day, TUESDAY + _BETWEEN)
        return [*ended_badly(status, log, ()), *faults(found, self.clean), *self.expected(found, day)]

    def expected(self, found: State, day: Path) -> list[str]:
        return [*super().expected(found, day), *self._mailbox.wrong()]


@contextmanager
def cut_workshop() -> Iterator[CutWorkshop]:
    wire = Wire()
    with scratch() as folder, RealMailServers(users=USERS) as servers, ExitStack() as stack:
        files = {"chain": servers.folder / "server.pem", "key": servers.folder / "server.key"}
        imap, smtp = (
            stack.enter_context(LineProxy(name, port, wire, ca_file=servers.ca_file, **files))
            for name, port in (("imap", servers.imaps_port), ("smtp", servers.smtps_port))
        )
        inbox, sink = CutInbox(servers, imap), PostfixSink(servers, smtp)
        yield stack.enter_context(CutWorkshop(folder, inbox, sink, wire))
