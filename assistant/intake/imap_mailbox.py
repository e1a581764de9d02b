"""An account on an IMAP server as a mailbox: which mails are new, when to look again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice

from assistant.config.settings import AccountSettings
from assistant.errors import AssistantError, ConfigError, TransientError, WithheldMailError
from assistant.intake.imap import ImapSession
from assistant.intake.imap_answers import Opened
from assistant.intake.imap_taking import Taking
from assistant.intake.mailbox import Arrival, IsAnother
from assistant.intake.numbers import Numbering, numbered_anew
from assistant.intake.withheld import Withheld
from assistant.records import Check, Locator, RawMail
from assistant.signin import Credential

# One SEARCH answer is one line, and imaplib takes a million bytes of a line.
_SEARCHED_UIDS = 50_000
# One command is one line, and Dovecot takes 64 kB of a line.
_ASKED_UIDS = 1000
# A new question after five quiet minutes: routers forget connections, and servers end an IDLE after 29 (RFC 9051).
_IDLE_ROUND_S = 300.0
# So many sizes may be wrong in a mailbox before they count as estimates: each such mail is read twice, and no more.
_WRONG_SIZES = 3
# A server that refuses IDLE so often is not asked for it any more.
_REFUSALS = 3


class ImapMailbox:
    def __init__(self, account: AccountSettings, way_in: Credential) -> None:
        self._account = account
        self._way_in = way_in
        self._session: ImapSession | None = None
        self._idle_refusals = 0
        self._numbering = Numbering()
        self._withheld = Withheld()
        self._taking = Taking(account.name, self._limit, self._signed_in, self._signed_in_still, self._withheld)
        self._in_full: dict[str, int] = {}
        """The UIDVALIDITY of each folder of which all that may be read is in the ledger, however old it is."""
        self.certificate_ends: datetime | None = None

    def fetch_new(
        self, seen_up_to: Callable[[str, int], int], is_known: Callable[[Locator], bool], is_another: IsAnother
    ) -> Iterator[RawMail]:
        def find(folder: str, opened: Opened) -> Iterator[list[Locator]]:
            first = self._numbering.first(folder, opened, seen_up_to(folder, opened.uidvalidity))
            places = self._places(folder, opened, first, self._account.since)
            return self._unknown(places, is_known, is_another, set())

        self._taking.just_taken.clear()
        return self._each_folder(find, is_comparison=False)

    def fetch_missed(
        self, is_known: Callable[[Locator], bool], is_another: IsAnother, since: date
    ) -> Iterator[RawMail]:
        first_day = max(since, self._account.since or since)

        def find(folder: str, opened: Opened) -> Iterator[list[Locator]]:
            places = list(self._places(folder, opened, 1, first_day))
            older = self._older(folder, opened, places, is_known)
            return chain([older], self._unknown(places, is_known, is_another, self._taking.just_taken))

        return self._each_folder(find, is_comparison=True)

    def next_number(self, folder: str) -> tuple[int, int]:
        opened = self._signed_in().examine(folder, anew=True)
        return opened.uidvalidity, opened.uidnext

    def uids(self, folder: str, first: int) -> frozenset[int]:
        return frozenset(self._search(self._signed_in().examine(folder), first, None))

    def wait(self, timeout_s: float, stop: threading.Event) -> bool:
        pushes = self._account.idle and self._idle_refusals < _REFUSALS and self._signed_in().can_idle
        # IDLE watches one folder; the others are looked at in turn.
        is_in_turn = not pushes or len(self._account.folders) > 1
        until = time.monotonic() + (min(timeout_s, self._account.poll_every_s) if is_in_turn else timeout_s)
        while pushes and not stop.is_set() and (left := until - time.monotonic()) > 0:
            session = self._signed_in()
            is_news = session.idle(self._account.folders[0], min(left, _IDLE_ROUND_S), stop)
            self._idle_refusals += session.refuses_idle
            if is_news:
                return True
        if stop.wait(max(0.0, until - time.monotonic())):
            return False
        return is_in_turn and self._account.poll_every_s <= timeout_s

    def check(self) -> Check:
        try:
            session = self._signed_in()
            held = [f"{folder} ({session.examine(folder).mails} mails)" for folder in self._account.folders]
            pushes = session.can_idle
        except AssistantError as error:
            return Check(name=self._account.name, is_fine=False, said=str(error))
        every = f"is asked every {self._account.poll_every_s:g} s"
        how = "pushes new mail (IDLE)" if pushes and self._account.idle else every
        return Check(name=self._account.name, is_fine=True, said=f"signed in; {', '.join(held)}; the server {how}")

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None

    def _signed_in(self) -> ImapSession:
        if self._session is None or not self._session.is_open:
            self._session = self._way_in.tried(lambda proof: ImapSession(self._account, proof))
            self.certificate_ends = self._session.certificate_ends
        return self._session

    def _each_folder(
        self, find: Callable[[str, Opened], Iterator[list[Locator]]], *, is_comparison: bool
    ) -> Iterator[RawMail]:
        """Yield what is found; trouble with one folder or mail is told after all that could be had."""
        trouble: AssistantError | None = None
        for folder in self._account.folders:
            try:
                opened = self._signed_in().examine(folder)
                self._withheld.numbered(folder, opened.uidvalidity)
                found = find(folder, opened)
                again = self._withheld.again(folder, all_of_them=is_comparison)
                for locators in found:
                    yield from self._fetched(locators)
                for locator in again:
                    yield from self._taking.mails([locator])
            except (ConfigError, TransientError) as error:
                # What came before the trouble may lie above what did not.
                self._in_full.pop(folder, None)
                if not self._signed_in_still():
                    raise
                trouble = trouble or error
        if trouble is not None:
            raise trouble
        if withheld := self._withheld.places:
            raise WithheldMailError(self._account.name, len(withheld), withheld[0].folder, withheld[0].uid)

    def _older(
        self, folder: str, opened: Opened, recent: Sequence[Locator], is_known: Callable[[Locator], bool]
    ) -> list[Locator]:
        """Return what is missing in the ledger beside the `recent` mails; all are looked through until none is.

        What was withheld, in this life or the last, lies below the highest UID, and may be of any age.
        """
        if self._in_full.get(folder) == opened.uidvalidity and not self._withheld.is_any(folder):
            return []
        places = self._places(folder, opened, 1, self._account.since)
        if self._withheld.is_any(folder):
            places = iter(found := list(places))
            self._withheld.keep(folder, found)
        # The recent ones are compared in any case, and what was just handed out is in the ledger.
        others = {place.uid for place in (*recent, *self._taking.just_taken) if place.folder == folder}
        missing = [place for place in places if place.uid not in others and not is_known(place)]
        if not missing:
            self._in_full[folder] = opened.uidvalidity
        return missing

    def _unknown(
        self,
        places: Iterable[Locator],
        is_known: Callable[[Locator], bool],
        is_another: IsAnother,
        but: Container[Locator],
    ) -> Iterator[list[Locator]]:
        """Yield what has numbers that the ledger does not know; then what has another mail's, those in `but` aside."""
        unknown: list[Locator] = []
        known: list[Locator] = []
        for place in places:
            if not is_known(place):
                unknown.append(place)
            elif place not in but:
                known.append(place)
        yield unknown
        anew: list[Locator] = []
        by_size: list[Locator] = []
        alike = 0
        for start in range(0, len(known), _ASKED_UIDS):
            some = {place.uid: place for place in known[start : start + _ASKED_UIDS]}
            for uid, (size, at) in self._signed_in().envelopes([*some]).items():
                if at is None:
                    continue
                # Of a mail over the limit we hold a part.
                if not is_another(some[uid], Arrival(at, size if size <= self._limit else None)):
                    alike += 1
                else:
                    differing = anew if is_another(some[uid], Arrival(at)) else by_size
                    differing.append(numbered_anew(some[uid], at))
        # Where most sizes are wrong, the server announces estimates, and they tell nothing.
        if len(by_size) <= max(alike, _WRONG_SIZES):
            anew += by_size
        yield [place for place in anew if not is_known(place)]

    def _places(self, folder: str, opened: Opened, first: int, since: date | None) -> Iterator[Locator]:
        for uid in self._search(opened, first, since):
            yield Locator(account=self._account.name, folder=folder, uidvalidity=opened.uidvalidity, uid=uid)

    def _search(self, opened: Opened, first: int, since: date | None) -> Iterator[int]:
        session = self._signed_in()
        while opened.mails > _SEARCHED_UIDS and first + _SEARCHED_UIDS < opened.uidnext:
            yield from session.search(first, first + _SEARCHED_UIDS - 1, since)
            first += _SEARCHED_UIDS
        yield from session.search(first, None, since)

    def _fetched(self, locators: Sequence[Locator]) -> Iterator[RawMail]:
        later = {*self._withheld.places}
        rest = (locator for locator in locators if locator not in later)
        while some := [*islice(rest, _ASKED_UIDS)]:
            yield from self._taking.mails(some)

    def _signed_in_still(self) -> bool:
        return self._session is not None and self._session.is_open

    @property
    def _limit(self) -> int:
        return int(self._account.max_mail_mb * 1024 * 1024)
