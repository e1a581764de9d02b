"""An account on an IMAP server as a mailbox: which mails are new, how much of each is taken, when to look again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import chain, islice

from assistant.config.settings import AccountSettings
from assistant.errors import AssistantError, ConfigError, TransientError, WithheldMailError
from assistant.intake.imap import ImapSession
from assistant.intake.imap_answers import Envelope, Opened, Whole
from assistant.intake.large import beginning_and_end
from assistant.intake.mailbox import Arrival, IsAnother
from assistant.intake.numbers import Numbering, given_uidvalidity, numbered_anew
from assistant.intake.received import received_at
from assistant.intake.withheld import Withheld
from assistant.records import Check, Locator, RawMail
from assistant.signin import Credential

# One SEARCH answer is one line, and imaplib takes a million bytes of a line.
_SEARCHED_UIDS = 50_000
# One command is one line, and Dovecot takes 64 kB of a line.
_ASKED_UIDS = 1000
_FETCHED_MAILS = 1000
_FETCHED_BYTES = 8 * 1024 * 1024
# Most mails are smaller. The size of such a one need not be known before it is asked for: it tells it as it comes.
_SMALL_BYTES = 16 * 1024
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
        self._just_read: set[Locator] = set()
        """What was handed out at this look: a comparison right after it need not ask what these mails are."""
        self.certificate_ends: datetime | None = None

    def fetch_new(
        self, seen_up_to: Callable[[str, int], int], is_known: Callable[[Locator], bool], is_another: IsAnother
    ) -> Iterator[RawMail]:
        def find(folder: str) -> Iterator[list[Locator]]:
            opened = self._signed_in().examine(folder)
            first = self._numbering.first(folder, opened, seen_up_to(folder, opened.uidvalidity))
            places = self._places(folder, opened, first, self._account.since)
            return self._unknown(places, is_known, is_another, set())

        self._just_read.clear()
        return self._each_folder(find, is_comparison=False)

    def fetch_missed(
        self, is_known: Callable[[Locator], bool], is_another: IsAnother, since: date
    ) -> Iterator[RawMail]:
        first_day = max(since, self._account.since or since)

        def find(folder: str) -> Iterator[list[Locator]]:
            opened = self._signed_in().examine(folder)
            places = list(self._places(folder, opened, 1, first_day))
            self._withheld.keep(folder, places)
            return self._unknown(places, is_known, is_another, self._just_read)

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

    def _each_folder(self, find: Callable[[str], Iterator[list[Locator]]], *, is_comparison: bool) -> Iterator[RawMail]:
        """Yield what is found; trouble with one folder or mail is told after all that could be had."""
        trouble: AssistantError | None = None
        for folder in self._account.folders:
            try:
                found, again = find(folder), self._withheld.again(folder, all_of_them=is_comparison)
                for locators in found:
                    yield from self._fetched(locators)
                for locator in again:
                    yield from self._had([locator])
            except (ConfigError, TransientError) as error:
                if not self._signed_in_still():
                    raise
                trouble = trouble or error
        if trouble is not None:
            raise trouble
        if withheld := self._withheld.places:
            raise WithheldMailError(self._account.name, len(withheld), withheld[0].folder, withheld[0].uid)

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
            yield from self._had(some)

    def _had(self, some: Sequence[Locator]) -> Iterator[RawMail]:
        return chain.from_iterable(self._withheld.had(some, self._answers, partial(self._still_in, some[0])))

    def _answers(self, locators: Sequence[Locator]) -> Iterator[list[RawMail]]:
        """Yield the mails, in answers that fit into memory."""
        some = {locator.uid: locator for locator in locators}
        envelopes = self._envelopes(list(some))
        for batch in _batches(envelopes, self._limit):
            found: list[tuple[Locator, Whole, datetime]] = []
            for uid, mail in self._taken(batch, envelopes):
                at = mail.received_at or received_at(mail.content)
                if at is None:
                    self._withheld.note(some[uid])
                    continue
                found.append((some[uid], mail, at))
            self._just_read.update(locator for locator, _mail, _at in found)
            yield [
                RawMail(
                    locator=locator,
                    received_at=at,
                    content=mail.content,
                    truncated=mail.size > self._limit,
                    is_followed=left > 0,
                )
                for left, (locator, mail, at) in zip(range(len(found) - 1, -1, -1), found, strict=True)
            ]

    def _envelopes(self, uids: Sequence[int]) -> dict[int, Envelope]:
        """Return sizes, those of small mails as the most that they may be, so that only the others' are asked for."""
        small = Envelope(min(_SMALL_BYTES, self._limit), None)
        try:
            found = dict.fromkeys(self._signed_in().smaller(uids, small.size), small)
        except TransientError:
            if not self._signed_in_still():
                raise
            found = {}
        if others := [uid for uid in uids if uid not in found]:
            found |= self._signed_in().envelopes(others)
        return {uid: found[uid] for uid in uids if uid in found}

    def _taken(self, uids: Sequence[int], envelopes: Mapping[int, Envelope]) -> list[tuple[int, Whole]]:
        session, limit = self._signed_in(), self._limit
        size, at = envelopes[uids[0]]
        if size > limit:
            content = beginning_and_end(lambda start, length: session.run_of(uids[0], start, length), size, limit)
            return [(uids[0], Whole(content, size, at))] if content.strip() else []
        found: list[tuple[int, Whole]] = []
        for uid, mail in session.whole(uids).items():
            content, came = mail.content, len(mail.content)
            # Exchange announces estimates. What comes out alike twice is all there is; else it was cut.
            if came < mail.size and getattr(session.whole([uid]).get(uid), "content", None) != content:
                raise TransientError(f"account {self._account.name}: a mail came shorter than announced, UID {uid}")
            if came > limit:  # more than announced
                content = beginning_and_end(partial(_run_of, content), came, limit)
            found.append((uid, Whole(content, came, mail.received_at)))
        return found

    def _still_in(self, where: Locator) -> None:
        """Connect again where the connection was lost, with the folder open as it was."""
        if self._signed_in_still():
            return
        opened = self._signed_in().examine(where.folder)
        if opened.uidvalidity != given_uidvalidity(where):
            raise TransientError(f"account {self._account.name}: {where.folder!r} was numbered anew; it is read again")

    def _signed_in_still(self) -> bool:
        return self._session is not None and self._session.is_open

    @property
    def _limit(self) -> int:
        return int(self._account.max_mail_mb * 1024 * 1024)


def _run_of(content: bytes, start: int, length: int) -> bytes:
    return content[start : start + length]


def _batches(envelopes: Mapping[int, Envelope], limit: int) -> Iterator[list[int]]:
    """Yield the UIDs, rising, in runs that fit into memory; a mail over `limit` comes by itself."""
    batch: list[int] = []
    held = 0
    for uid in sorted(envelopes):
        size = envelopes[uid].size
        if batch and (size > limit or held + size > _FETCHED_BYTES or len(batch) == _FETCHED_MAILS):
            yield batch
            batch, held = [], 0
        batch.append(uid)
        held += size
        if size > limit:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
