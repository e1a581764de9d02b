"""The ledger -> its open tasks, in memory: read once, and then only what has changed since."""

from __future__ import annotations

from assistant.decide.duplicates import Shelf
from assistant.ledger import Ledger


class Standing:
    """The open tasks as they are now. A mail in ten thousand tasks costs what it does in ten."""

    def __init__(self) -> None:
        self._shelf = Shelf()
        self._seen = -1

    def of(self, ledger: Ledger) -> Shelf:
        """Return the tasks as they are committed; hold the ledger's turn as long as they are to stay so."""
        with ledger.turn():
            book, shelf, last = ledger.book, self._shelf, ledger.book.last_change()
            if self._seen < 0:
                for task in book.open_tasks():
                    shelf.put(task)
            elif last > self._seen:
                numbers = book.numbers_changed_after(self._seen)
                for number in numbers:
                    shelf.remove(number)
                for task in book.numbered(numbers):
                    shelf.put(task)
            self._seen = last
        return shelf
