"""Mails that a server does not hand out, or loses the connection at: asked for again, and never before the others.

One of them would keep back all that is asked for with it, for ever: so what fails together is asked for in smaller
groups, and at last alone. Who fails alone is remembered, is asked for last from then on, and after a few looks only
when the whole list is compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from assistant.errors import TransientError
from assistant.intake.numbers import given_uidvalidity
from assistant.records import Locator, RawMail

_GROUP = 25
"""Mails of a batch that failed which are asked for together; of a group that failed, each is asked for alone."""
_IN_A_ROW = 3
"""A server that hands out none of so many single mails hands out none at all just now."""
_LOOKS = 3
"""So often a mail is asked for with each look."""
_MOST = 20
"""Of those that were not handed out, so many are asked for again with one look."""
Ask = Callable[[Sequence[Locator]], Iterator[list[RawMail]]]


class Withheld:
    """What a mailbox did not hand out since we opened it."""

    def __init__(self) -> None:
        self._tries: Counter[Locator] = Counter()

    @property
    def places(self) -> tuple[Locator, ...]:
        """All of them, those that are known for longest first."""
        return tuple(self._tries)

    def note(self, place: Locator) -> None:
        self._tries[place] += 1

    def keep(self, folder: str, there: Collection[Locator]) -> None:
        """Forget what is not there any more, or too old by now."""
        left = {_given(place) for place in there}
        for place in [one for one in self._tries if one.folder == folder and _given(one) not in left]:
            del self._tries[place]

    def again(self, folder: str, *, all_of_them: bool) -> list[Locator]:
        """Return what is to be asked for again, what was tried least first."""
        due = [one for one in self._tries if one.folder == folder and (all_of_them or self._tries[one] < _LOOKS)]
        return sorted(due, key=lambda one: self._tries[one])[:_MOST]

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
        except TransientError:
            if len(places) != 1:
                raise
            self.note(places[0])
            connect()

    def _asked(self, places: Sequence[Locator], ask: Ask, connect: Callable[[], None]) -> Iterator[list[RawMail]]:
        taken: set[Locator] = set()
        try:
            for answer in ask(places):
                for mail in answer:
                    taken.add(mail.locator)
                    self._tries.pop(mail.locator, None)
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
            except TransientError:
                if len(group) > 1:
                    raise
                self.note(group[0])
                misses += 1
                if misses >= _IN_A_ROW and not is_any:
                    raise
        connect()


def _groups(places: Sequence[Locator]) -> Iterator[Sequence[Locator]]:
    size = _GROUP if len(places) > _GROUP else 1
    return (places[start : start + size] for start in range(0, len(places), size))


def _given(place: Locator) -> tuple[int, int]:
    """Return the numbers that the server gave."""
    return given_uidvalidity(place), place.uid
