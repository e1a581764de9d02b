"""Mails that a server does not hand out, or loses the connection at: asked for again, and never before the others.

One of them would keep back all that is asked for with it, for ever: so what fails together is asked for in smaller
groups, and at last alone. Who fails alone is remembered, is asked for last from then on, and where that has cost a few
connections only when the whole list is compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from assistant.errors import TransientError
from assistant.intake.imap_refusals import RefusedError
from assistant.intake.numbers import given_uidvalidity
from assistant.records import Locator, RawMail

_GROUP = 25
"""Mails of a batch that failed which are asked for together; of a group that failed, each is asked for alone."""
_IN_A_ROW = 3
"""A server that hands out none of so many single mails hands out none at all just now."""
_LOOKS = 3
"""So often a mail is asked for with the next look although it cost a connection, or came for nothing."""
_MOST = 20
"""Of those that were not handed out, so many are asked for again with one look."""
Ask = Callable[[Sequence[Locator]], Iterator[list[RawMail]]]


class Withheld:
    """What a mailbox did not hand out since we opened it."""

    def __init__(self) -> None:
        self._tries: Counter[Locator] = Counter()
        self._costs: Counter[Locator] = Counter()

    @property
    def places(self) -> tuple[Locator, ...]:
        """All of them, those that are known for longest first."""
        return tuple(self._tries)

    def note(self, place: Locator, *, is_costly: bool) -> None:
        """Remember a mail that did not come; a server that merely says no may be asked again and again."""
        self._tries[place] += 1
        self._costs[place] += is_costly

    def forget(self, place: Locator) -> None:
        """Forget what was handed out, or is not there any more."""
        self._tries.pop(place, None)
        self._costs.pop(place, None)

    def keep(self, folder: str, there: Collection[Locator]) -> None:
        """Forget what is not there any more."""
        left = {_given(place) for place in there}
        for place in self._in(folder):
            if _given(place) not in left:
                self.forget(place)

    def numbered(self, folder: str, uidvalidity: int) -> None:
        """Forget what had its number before a folder was numbered anew: it is asked for under its new one."""
        for place in self._in(folder):
            if given_uidvalidity(place) != uidvalidity:
                self.forget(place)

    def is_any(self, folder: str) -> bool:
        return bool(self._in(folder))

    def again(self, folder: str, *, all_of_them: bool) -> list[Locator]:
        """Return what is to be asked for again, what was tried least first."""
        due = [one for one in self._in(folder) if all_of_them or self._costs[one] < _LOOKS]
        return sorted(due, key=lambda one: self._tries[one])[:_MOST]

    def _in(self, folder: str) -> list[Locator]:
        return [one for one in self._tries if one.folder == folder]

    def had(self, places: Sequence[Locator], ask: Ask, connect: Callable[[], None]) -> Iterator[list[RawMail]]:
        """Yield what of these mails can be had, and remember the others.

        Args:
            places: What is asked for.
            ask: Asks for some of it at once; raises TransientError where that fails.
            connect: Sees to it that there is a connection, with their folder open.

        Raises:
            TransientError: The server is not there, or hands out nothing just now.

        """
        try:
            yield from self._asked(places, ask, connect)
        except TransientError as error:
            if len(places) != 1:
                raise
            self._note_failed(places[0], error)
            connect()

    def _asked(self, places: Sequence[Locator], ask: Ask, connect: Callable[[], None]) -> Iterator[list[RawMail]]:
        taken: set[Locator] = set()
        try:
            for answer in ask(places):
                for mail in answer:
                    taken.add(mail.locator)
                    self.forget(mail.locator)
                yield answer
        except TransientError:
            if len(places) == 1:
                raise
        else:
            return
        is_any, misses = bool(taken), 0
        for group in _groups([place for place in places if place not in taken]):
            connect()
            try:
                for answer in self._asked(group, ask, connect):
                    is_any = is_any or bool(answer)
                    yield answer
            except TransientError as error:
                if len(group) > 1:
                    raise
                self._note_failed(group[0], error)
                misses += 1
                if misses >= _IN_A_ROW and not is_any:
                    raise
        connect()

    def _note_failed(self, place: Locator, error: TransientError) -> None:
        self.note(place, is_costly=not isinstance(error, RefusedError))


def _groups(places: Sequence[Locator]) -> Iterator[Sequence[Locator]]:
    size = _GROUP if len(places) > _GROUP else 1
    return (places[start : start + size] for start in range(0, len(places), size))


def _given(place: Locator) -> tuple[int, int]:
    """Return the numbers that the server gave."""
    return given_uidvalidity(place), place.uid
