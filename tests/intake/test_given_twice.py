"""A number that a server gives a second time within the second of the first mail: told by the size, and read once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.intake import Arrival, Mailbox
from assistant.records import Locator, RawMail
from tests.intake.accounts import PATIENT
from tests.intake.scripted import ScriptedServer

MARCH = date(2026, 3, 1)


class Held:
    """Stands in for the ledger: what it holds under which number, all of it of one second."""

    def __init__(self) -> None:
        self.sizes: dict[Locator, int] = {}

    def look(self, mailbox: Mailbox) -> list[int]:
        """Take what is new, and then what was missed; return the UIDs."""
        new = self._taken(mailbox.fetch_new(self._highest, self._is_held, self._is_another))
        return new + self._taken(mailbox.fetch_missed(self._is_held, self._is_another, MARCH))

    def _taken(self, mails: Iterator[RawMail]) -> list[int]:
        found = [*mails]
        self.sizes |= {mail.locator: len(mail.content) for mail in found}
        return [mail.locator.uid for mail in found]

    def _highest(self, _folder: str, _uidvalidity: int) -> int:
        return max((place.uid for place in self.sizes), default=0)

    def _is_held(self, place: Locator) -> bool:
        return place in self.sizes

    def _is_another(self, place: Locator, now_there: Arrival) -> bool:
        return now_there.size not in {None, self.sizes[place]}


def test_another_mail_of_the_same_second_is_taken_once(server: ScriptedServer, mailbox: Mailbox):
    held = Held()
    held.look(mailbox)
    server.mails[5] = PATIENT + b"and call Ms. Quill"
    taken = [held.look(mailbox) for _ in range(3)]

    assert taken == [[5], [], []]
    assert sorted(held.sizes.values()) == sorted(
        [len(PATIENT), len(PATIENT) + 3, len(PATIENT) + 3, len(server.mails[5])]
    )


def test_one_wrong_size_costs_one_more_reading(server: ScriptedServer, mailbox: Mailbox):
    held = Held()
    held.look(mailbox)
    server.size = lambda uid: len(server.mails[uid]) + 100 * (uid == 5)  # type: ignore[method-assign]

    assert [held.look(mailbox) for _ in range(3)] == [[5], [], []]


def test_a_server_that_announces_estimates_is_not_asked_for_mails_that_we_hold(
    server: ScriptedServer, mailbox: Mailbox
):
    server.mails = {uid: PATIENT + b"x" * uid for uid in range(1, 60, 2)}
    held = Held()
    held.look(mailbox)
    server.size = lambda uid: len(server.mails[uid]) + 100  # type: ignore[method-assign]

    assert held.look(mailbox) == []


def test_of_a_mail_over_the_limit_the_size_tells_nothing(server: ScriptedServer, mailbox: Mailbox):
    held = Held()
    held.look(mailbox)
    server.size = lambda uid: len(server.mails[uid]) + (2**31 if uid == 5 else 0)  # type: ignore[method-assign]

    assert held.look(mailbox) == []
