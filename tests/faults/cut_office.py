"""The office on real Dovecot and Postfix, with a proxy before each of them that cuts connections."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

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
_RUNS = 2
_COPIED_AFTER = timedelta(minutes=19)
"""Before the second step of an escalation."""


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

    def wrong(self, left: Iterable[str]) -> Iterator[str]:
        """Yield what is wrong in the mailbox itself; `left` has the Message-IDs of what we sent."""
        sent = Counter(_MESSAGE_ID.findall(mail)[0].decode().strip("<>") for mail in self._servers.mails(US, "Sent"))
        yield from (f"{sent[one]} copies of a mail lie in Sent" for one in left if sent[one] != 1)
        if any(r"\Seen" in flags for flags in self._servers.flags(US)):
            yield "a mail was marked as read"


class Cut(NamedTuple):
    run: int
    """0: the day's first; 1: the one after it, which puts copies into Sent."""
    number: int
    """The line at which the connection is cut, from 1."""
    how: How


class CutWorkshop(Workshop):
    """The day, with a connection cut at a line of a run, or at one of each of two.

    Attributes:
        wire: What the proxies pass on.
        lines: What passed in each run of the undisturbed day.

    """

    def __init__(self, folder: Path, inbox: CutInbox, sink: PostfixSink, wire: Wire) -> None:
        self.wire, self._mailbox = wire, inbox
        super().__init__(folder, inbox=inbox, sink=sink)
        day = self._begun()
        self.lines = [self._heard(day, run) for run in range(_RUNS)]

    def cut(self, *cuts: Cut) -> list[str]:
        """Run the day with these cuts, then without; return what is wrong."""
        day, log, wrong = self._begun(), "", list[str]()
        (day / "config.log").unlink(missing_ok=True)
        self.runs += 1
        was_cut = True
        for run in range(max(cuts)[0] + 1):
            cut = next((one for one in cuts if one.run == run), None)
            status, is_cut = self._cut_run(day, run, cut)
            was_cut = was_cut and is_cut
            log = self._log(day).removeprefix(log)
            wrong += ended_badly(status, log, ())
        self.missed += not was_cut
        found = self._recovered(day, TUESDAY + (max(cuts)[0] + 1) * _BETWEEN)
        return [*wrong, *faults(found, self.clean), *self.expected(found, day)]

    def lines_after(self, cut: Cut) -> list[str]:
        """Return what passes in the run that comes after a cut."""
        day = self._begun()
        self._cut_run(day, cut.run, cut)
        return self._heard(day, cut.run + 1)

    def expected(self, found: State, day: Path) -> list[str]:
        left = (mail.message_id for mail in found.owed.values())
        return [*super().expected(found, day), *self._mailbox.wrong(left)]

    def _heard(self, day: Path, run: int) -> list[str]:
        self._cut_run(day, run, None)
        self._sink.settle()
        return list(self.wire.lines)

    def _cut_run(self, day: Path, run: int, cut: Cut | None) -> tuple[int, bool]:
        """Return how a run ended, and whether it was cut where it was to be."""
        self.wire.begin(*(cut[1:] if cut else ()))
        status = self._run(day, TUESDAY + run * _BETWEEN)
        self.wire.cut_at = 0
        return status, cut is None or self.wire.was_cut

    def _recovered(self, day: Path, now: datetime) -> State:
        found = super()._recovered(day, now)
        if any(self._mailbox.wrong(mail.message_id for mail in found.owed.values())):
            # What could not be put into Sent at once is put there later.
            self._run(day, TUESDAY + _COPIED_AFTER)
            self._sink.settle()
        return found


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
