"""One ledger with all its books, and the transactions that end an occasion: a decision goes in, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from assistant.ledger.acquaintances import Acquaintances
from assistant.ledger.answers import KnownAnswers
from assistant.ledger.audit import Audit
from assistant.ledger.backup import Copy, back_up
from assistant.ledger.book import Book
from assistant.ledger.database import Database
from assistant.ledger.health import KeptHealth
from assistant.ledger.held_answers import HeldAnswer, HeldAnswers
from assistant.ledger.numbering import Numbering
from assistant.ledger.outgoing import Outgoing
from assistant.ledger.purging import Purging
from assistant.ledger.quarantine import Quarantine
from assistant.ledger.restores import Restore, Restores
from assistant.ledger.search import Search
from assistant.ledger.second_readings import SecondReadings
from assistant.ledger.spending import Spending
from assistant.ledger.spool import Spool
from assistant.ledger.spooled import MailFacts
from assistant.ledger.switches import DigestSwitches
from assistant.ledger.trust import HeldRequests, ReplyKeys
from assistant.records import Decision, EvidenceAdded, LedgerEvent, OutgoingMail, TaskOpened


class Ledger:
    """One ledger file, and the transactions that end an occasion."""

    def __init__(self, folder: Path, *, lock: bool, key: str | None = None, is_guarded: bool = True) -> None:
        """Open the ledger in `folder`; see `Database` for all of it and what is raised."""
        self._database = Database(folder, lock=lock, key=key, is_guarded=is_guarded)
        self.spool = Spool(self._database)
        self.numbering = Numbering(self._database)
        self.quarantine = Quarantine(self._database)
        self.second_readings = SecondReadings(self._database)
        self.book = Book(self._database)
        self.outgoing = Outgoing(self._database)
        self.answers = KnownAnswers(self._database)
        self.restores = Restores(self._database)
        self.health = KeptHealth(self._database)
        self.search = Search(self._database)
        self.switches = DigestSwitches(self._database)
        self.audit = Audit(self._database)
        self.purging = Purging(self._database)
        self.held_answers = HeldAnswers(self._database)
        self.spending = Spending(self._database)
        self.acquaintances = Acquaintances(self._database)
        self.keys = ReplyKeys(self._database)
        self.held = HeldRequests(self._database)

    def turn(self) -> AbstractContextManager[None]:
        """Hold this while a decision is made from what stands in the ledger, until it is committed."""
        return self._database.turn()

    def still_ours(self) -> None:
        """Raise LostLedgerError where another assistant has taken the ledger over."""
        self._database.still_ours()

    def settle(
        self,
        key: str,
        decision: Decision,
        mails: Sequence[OutgoingMail],
        facts: MailFacts,
        now: datetime,
        *,
        held: HeldAnswer | None = None,
        met: Callable[[Sequence[LedgerEvent]], Iterable[str]] = lambda _new: (),
    ) -> tuple[LedgerEvent, ...] | None:
        """Commit all that one mail leads to; return the new events, or None where it was settled before.

        Args:
            key: The mail's.
            decision: What follows from it.
            mails: Our answers.
            facts: What was read of it.
            now: Aware.
            held: Why its words were not followed.
            met: Gives the addresses that are known from then on, by the new events.

        """
        assert decision.state is not None
        with self._database.transaction():
            if not self.spool.settle(key, decision.state, facts, now):
                return None
            if held is not None:
                self.held_answers.note(held)
            new = self._write(decision, mails)
            self._hear_again(key, facts, new, now)
            self.acquaintances.meet(met(new), now)
            return new

    def settle_again(
        self, key: str, decision: Decision, facts: MailFacts, now: datetime
    ) -> tuple[LedgerEvent, ...] | None:
        """Commit what a second reading adds; return the new events, or None where none was due."""
        with self._database.transaction():
            if not self.second_readings.settle(key, facts, now, has_tasks=decision.state == "tasks"):
                return None
            new = self._write(decision, ())
            self._hear_again(key, facts, new, now)
            return new

    def give_up(self, key: str, problem: str, mails: Sequence[OutgoingMail], now: datetime) -> bool:
        """Commit that a mail of ours does not arrive, and the mails that tell of it; False where that is so already."""
        with self._database.transaction():
            if not self.outgoing.fail(key, problem, now):
                return False
            for mail in mails:
                self.outgoing.put(mail)
            return True

    def withdraw(self, key: str, mails: Sequence[OutgoingMail], now: datetime) -> bool:
        """Commit that a mail of ours is taken back, and what takes its place; False where it may have left."""
        with self._database.transaction():
            if not self.outgoing.withdraw(key, now):
                return False
            for mail in mails:
                self.outgoing.put(mail)
            return True

    def record(
        self, decision: Decision, mails: Sequence[OutgoingMail], told: Sequence[str] = ()
    ) -> tuple[LedgerEvent, ...]:
        """Commit what the passing of time leads to, and whose held answers are told; return the new events."""
        with self._database.transaction():
            self.held_answers.told(told, max(mail.prepared_at for mail in mails) if told else None)
            return self._write(decision, mails)

    def recall(self, restore: Restore, sent: Sequence[OutgoingMail], marks: Mapping[int, str], now: datetime) -> None:
        """Commit what copies told of the time that a restore forgot: mails that left, numbers that people know."""
        with self._database.transaction():
            for mail in sent:
                self.outgoing.put_sent(mail)
            self.restores.keep_numbers(marks)
            self.restores.looked(restore, now)

    def _hear_again(self, key: str, facts: MailFacts, new: Sequence[LedgerEvent], now: datetime) -> None:
        """Let what came later in the thread be read once more: it may speak of what only now stands there."""
        if any(isinstance(event.change, TaskOpened | EvidenceAdded) for event in new):
            self.second_readings.hear_after(key, facts.thread, now)

    def _write(self, decision: Decision, mails: Sequence[OutgoingMail]) -> tuple[LedgerEvent, ...]:
        new = self.book.record(self.restores.renumbered(decision.events))
        for mail in mails:
            self.outgoing.put(mail)
        if decision.digests is not None:
            self.switches.put(decision.digests)
        return new

    def back_up(self, to: Path, now: datetime, recipients: Sequence[str] = ()) -> Copy:
        """Copy this ledger, sealed where there are recipients; see `back_up`."""
        return back_up(self._database.folder, to, now, key=self._database.key, recipients=recipients)

    def quick_check(self) -> str:
        return self._database.quick_check()

    def close(self) -> None:
        self._database.close()
