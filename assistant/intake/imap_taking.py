"""Numbers of mails in an open IMAP folder -> the mails, in answers that fit into memory; of a large one a part."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import chain

from assistant.errors import TransientError
from assistant.intake.imap import ImapSession
from assistant.intake.imap_answers import Envelope, Whole
from assistant.intake.imap_refusals import RefusedError
from assistant.intake.large import beginning_and_end
from assistant.intake.numbers import given_uidvalidity
from assistant.intake.received import received_at
from assistant.intake.withheld import Withheld
from assistant.records import Locator, RawMail

_FETCHED_MAILS = 1000
_FETCHED_BYTES = 8 * 1024 * 1024
# Most mails are smaller. The size of such a one need not be known before it is asked for: it tells it as it comes.
_SMALL_BYTES = 16 * 1024


class Taking:
    """What is taken of an account's mails.

    Attributes:
        just_taken: What was handed out at this look: a comparison right after it need not ask what these mails are.

    """

    def __init__(
        self, name: str, limit: int, signed_in: Callable[[], ImapSession], is_open: Callable[[], bool], kept: Withheld
    ) -> None:
        """Take mails of the account of this name.

        Args:
            name: The account's.
            limit: The most bytes of a mail that are taken whole.
            signed_in: Returns the connection, a new one where it was lost.
            is_open: Tells whether it was not.
            kept: Remembers what is not handed out.

        """
        self._name, self._limit = name, limit
        self._signed_in, self._is_open = signed_in, is_open
        self._withheld = kept
        self.just_taken: set[Locator] = set()

    def mails(self, some: Sequence[Locator]) -> Iterator[RawMail]:
        """Yield of these mails what is handed out; at most 1,000 of one folder, which is open."""
        return chain.from_iterable(self._withheld.had(some, self._answers, partial(self._still_in, some[0])))

    def _answers(self, locators: Sequence[Locator]) -> Iterator[list[RawMail]]:
        """Yield the mails, in answers that fit into memory; raise RefusedError where some are there and none comes."""
        some = {locator.uid: locator for locator in locators}
        envelopes = self._envelopes(list(some))
        missing, is_any = {*some} - {*envelopes}, False
        for batch in _batches(envelopes, self._limit):
            taken = self._taken(batch, envelopes)
            found: list[tuple[Locator, Whole, datetime]] = []
            for uid, mail in taken.items():
                at = mail.received_at or received_at(mail.content)
                if at is None:
                    self._withheld.note(some[uid], is_costly=True)
                    continue
                found.append((some[uid], mail, at))
            missing.update({*batch} - {*taken})
            self.just_taken.update(locator for locator, _mail, _at in found)
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
            is_any = is_any or bool(found)
        self._look_for([some[uid] for uid in missing], is_any=is_any)

    def _look_for(self, missing: Collection[Locator], *, is_any: bool) -> None:
        """Remember which of the mails that did not come are there all the same; the others were expunged.

        Raises:
            RefusedError: They are, and nothing came.

        """
        there = self._signed_in().listed(sorted(place.uid for place in missing)) if missing else set()
        for place in missing:
            if place.uid not in there:
                self._withheld.forget(place)
            elif is_any:
                self._withheld.note(place, is_costly=False)
            else:
                raise RefusedError(f"account {self._name}: a mail is listed and not handed out, UID {place.uid}")

    def _envelopes(self, uids: Sequence[int]) -> dict[int, Envelope]:
        """Return sizes, those of small mails as the most that they may be, so that only the others' are asked for."""
        small = Envelope(min(_SMALL_BYTES, self._limit), None)
        try:
            found = dict.fromkeys(self._signed_in().listed(uids, smaller=small.size), small)
        except TransientError:
            if not self._is_open():
                raise
            found = {}
        if others := [uid for uid in uids if uid not in found]:
            found |= self._signed_in().envelopes(others)
        return {uid: found[uid] for uid in uids if uid in found}

    def _taken(self, uids: Sequence[int], envelopes: Mapping[int, Envelope]) -> dict[int, Whole]:
        session, limit = self._signed_in(), self._limit
        size, at = envelopes[uids[0]]
        if size > limit:
            content = beginning_and_end(lambda start, length: session.run_of(uids[0], start, length), size, limit)
            return {uids[0]: Whole(content, size, at)} if content.strip() else {}
        found: dict[int, Whole] = {}
        for uid, mail in session.whole(uids).items():
            content, came = mail.content, len(mail.content)
            if came < mail.size:
                # Exchange announces estimates. What comes out alike twice is all there is; else it was cut.
                if getattr(session.whole([uid]).get(uid), "content", None) != content:
                    raise TransientError(f"account {self._name}: a mail came shorter than announced, UID {uid}")
                if not content:
                    continue
            if came > limit:  # more than announced
                content = beginning_and_end(partial(_run_of, content), came, limit)
            found[uid] = Whole(content, came, mail.received_at)
        return found

    def _still_in(self, where: Locator) -> None:
        """Connect again where the connection was lost, with the folder open as it was."""
        if self._is_open():
            return
        opened = self._signed_in().examine(where.folder)
        if opened.uidvalidity != given_uidvalidity(where):
            raise TransientError(f"account {self._name}: {where.folder!r} was numbered anew; it is read again")


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
