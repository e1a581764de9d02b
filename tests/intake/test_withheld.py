"""A mail that its server cannot hand out keeps no other back, whatever the server does when it is asked for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from assistant.errors import AssistantError, TransientError, WithheldMailError
from assistant.intake import Mailbox, open_mailbox
from assistant.records import Locator, RawMail
from tests.intake.accounts import PATIENT, SECRET, account
from tests.intake.scripted import ScriptedServer
from tests.mailservers.certificates import Certificates

MAILS = 60
MARCH = date(2026, 3, 1)


class Poisoned:
    """A server with mails that it cannot hand out; `asked` tells how often it was asked for one of them."""

    def __init__(self, server: ScriptedServer, *uids: int, end: Callable[[str], bytes]) -> None:
        server.mails = dict.fromkeys(range(1, MAILS + 1), PATIENT)
        self._original, self._end = server.fetched, end
        self.uids = set(uids)
        self.asked = 0
        self.held: set[Locator] = set()
        server.fetched = self.fetched  # type: ignore[method-assign]

    def fetched(self, tag: str, uids: list[int], what: str) -> bytes:
        if "BODY" in what and self.uids.intersection(uids):
            self.asked += 1
            return self._end(tag)
        return self._original(tag, uids, what)

    def look(self, mailbox: Mailbox) -> AssistantError | None:
        """Take what is new, as the ledger does; return the trouble."""
        return self._take(mailbox.fetch_new(self._highest, self._is_held, lambda _l, _at: False))

    def compare(self, mailbox: Mailbox) -> AssistantError | None:
        return self._take(mailbox.fetch_missed(self._is_held, lambda _l, _at: False, MARCH))

    @property
    def taken(self) -> set[int]:
        return {place.uid for place in self.held}

    def _take(self, mails: Iterator[RawMail]) -> AssistantError | None:
        try:
            for mail in mails:
                assert mail.locator not in self.held
                self.held.add(mail.locator)
        except AssistantError as error:
            return error
        return None

    def _highest(self, _folder: str, uidvalidity: int) -> int:
        return max((place.uid for place in self.held if place.uidvalidity == uidvalidity), default=0)

    def _is_held(self, place: Locator) -> bool:
        return place in self.held


def hangs_up(_tag: str) -> bytes:
    raise ConnectionAbortedError


ENDS: dict[str, Callable[[str], bytes]] = {
    "hangs up": hangs_up,
    "says no": lambda tag: f"{tag} NO [SERVERBUG] cannot read it\r\n".encode(),
    "says what is no IMAP": lambda tag: f"* 5 FETCH (((\r\n{tag} OK done\r\n".encode(),
    "says goodbye": lambda _tag: b"* BYE internal error\r\n",
}


@pytest.mark.parametrize("uid", [1, 27, MAILS])
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_the_mails_above_and_below_are_taken_at_the_first_look(
    server: ScriptedServer, mailbox: Mailbox, end: Callable[[str], bytes], uid: int
) -> None:
    poisoned = Poisoned(server, uid, end=end)
    trouble = poisoned.look(mailbox)

    assert poisoned.taken == set(range(1, MAILS + 1)) - {uid}
    assert isinstance(trouble, WithheldMailError)
    assert (trouble.mails, trouble.folder, trouble.uid) == (1, "INBOX", uid)


def test_several_of_them_side_by_side_keep_no_others_back_either(server: ScriptedServer, mailbox: Mailbox) -> None:
    poisoned = Poisoned(server, 3, 4, 5, 6, 40, end=hangs_up)
    for _ in range(3):
        trouble = poisoned.look(mailbox)

    assert poisoned.taken == set(range(1, MAILS + 1)) - {3, 4, 5, 6, 40}
    assert isinstance(trouble, WithheldMailError)
    assert trouble.mails == 5


def test_new_mail_is_taken_while_one_is_kept_back(server: ScriptedServer, mailbox: Mailbox) -> None:
    poisoned = Poisoned(server, MAILS, end=hangs_up)
    poisoned.look(mailbox)
    server.mails[MAILS + 1] = PATIENT
    mailbox.close()
    trouble = poisoned.look(mailbox)

    assert MAILS + 1 in poisoned.taken
    assert isinstance(trouble, WithheldMailError)


def test_it_costs_a_few_looks_a_connection_and_then_only_the_hourly_comparison(
    server: ScriptedServer, mailbox: Mailbox
) -> None:
    poisoned = Poisoned(server, 27, end=hangs_up)
    for _ in range(5):
        poisoned.look(mailbox)
    asked = poisoned.asked
    told = [poisoned.look(mailbox) for _ in range(5)]
    looked = poisoned.asked - asked
    compared = poisoned.compare(mailbox)

    assert (looked, poisoned.asked - asked) == (0, 1)
    assert [type(one) for one in (*told, compared)] == [WithheldMailError] * 6


@pytest.mark.parametrize("looks", [1, 5])
def test_it_is_taken_as_soon_as_the_server_hands_it_out(server: ScriptedServer, mailbox: Mailbox, looks: int) -> None:
    poisoned = Poisoned(server, 27, end=hangs_up)
    for _ in range(looks):
        poisoned.look(mailbox)
    poisoned.uids.clear()

    if looks == 1:
        assert poisoned.look(mailbox) is None
    assert poisoned.compare(mailbox) is None
    assert poisoned.look(mailbox) is None
    assert poisoned.taken == set(range(1, MAILS + 1))


def test_one_that_is_deleted_is_told_of_no_more(server: ScriptedServer, mailbox: Mailbox) -> None:
    poisoned = Poisoned(server, 27, end=hangs_up)
    poisoned.look(mailbox)
    del server.mails[27]

    assert poisoned.compare(mailbox) is None


@pytest.mark.parametrize("code", ["UNAVAILABLE", "INUSE", "SERVERBUG"])
def test_a_server_that_only_says_no_is_asked_at_each_look(server: ScriptedServer, mailbox: Mailbox, code: str) -> None:
    poisoned = Poisoned(server, 27, end=lambda tag: f"{tag} NO [{code}] just now\r\n".encode())
    told = [poisoned.look(mailbox) for _ in range(6)]
    poisoned.uids.clear()

    assert [type(one) for one in told] == [WithheldMailError] * 6
    assert poisoned.look(mailbox) is None
    assert 27 in poisoned.taken


def test_of_many_that_are_refused_each_has_its_turn(server: ScriptedServer, mailbox: Mailbox) -> None:
    refused = range(1, MAILS, 2)
    poisoned = Poisoned(server, *refused, end=lambda tag: f"{tag} NO [SERVERBUG] cannot read it\r\n".encode())
    for _ in range(3):
        poisoned.look(mailbox)
    poisoned.uids.remove(MAILS - 1)
    for _ in range(3):
        poisoned.look(mailbox)

    assert MAILS - 1 in poisoned.taken


@pytest.mark.parametrize("is_restarted", [False, True])
def test_one_that_is_older_than_what_is_compared_is_asked_for_until_it_is_handed_out(
    server: ScriptedServer, mailbox: Mailbox, certificates: Certificates, *, is_restarted: bool
) -> None:
    poisoned = Poisoned(server, 27, end=hangs_up)
    server.old = set(range(1, 40))
    told = [poisoned.look(mailbox), poisoned.compare(mailbox)]
    if is_restarted:
        mailbox.close()
        mailbox = open_mailbox(account(server.port, certificates.ca_file), SECRET)
    told += [poisoned.look(mailbox), poisoned.compare(mailbox), poisoned.compare(mailbox)]
    poisoned.uids.clear()

    assert [one is None for one in told] == [False, False, is_restarted, False, False]
    assert poisoned.compare(mailbox) is None
    assert 27 in poisoned.taken
    mailbox.close()


def test_old_mails_are_listed_at_the_first_comparison_only(server: ScriptedServer, mailbox: Mailbox) -> None:
    poisoned = Poisoned(server, end=hangs_up)
    server.old = set(range(1, 40))
    listed = []
    for _ in range(3):
        server.commands.clear()
        assert poisoned.look(mailbox) is poisoned.compare(mailbox) is None
        listed.append(sum(one.startswith("SEARCH UID 1:*") and "SINCE" not in one for one in server.commands))

    # Before that, all of them are new.
    assert listed == [2, 0, 0]


def test_after_trouble_old_mails_are_listed_once_more(server: ScriptedServer, mailbox: Mailbox) -> None:
    poisoned = Poisoned(server, end=hangs_up)
    poisoned.look(mailbox)
    poisoned.compare(mailbox)
    server.answers["SEARCH"] = "TAG NO [UNAVAILABLE] just now\r\n"
    assert isinstance(poisoned.look(mailbox), TransientError)
    server.answers.clear()
    server.old.add(27)
    poisoned.held = {place for place in poisoned.held if place.uid != 27}

    assert poisoned.look(mailbox) is poisoned.compare(mailbox) is None
    assert 27 in poisoned.taken


def test_one_that_is_old_and_deleted_is_told_of_no_more(server: ScriptedServer, mailbox: Mailbox) -> None:
    poisoned = Poisoned(server, 27, end=hangs_up)
    server.old = set(range(1, 40))
    poisoned.look(mailbox)
    del server.mails[27]

    assert poisoned.compare(mailbox) is None


def test_in_a_folder_that_was_numbered_anew_no_mail_is_taken_under_a_number_of_before(
    server: ScriptedServer, mailbox: Mailbox
) -> None:
    poisoned = Poisoned(server, 27, end=lambda tag: f"{tag} NO [SERVERBUG] cannot read it\r\n".encode())
    poisoned.look(mailbox)
    mailbox.close()
    poisoned.uids.clear()
    server.uidvalidity = 8
    before = set(poisoned.held)

    assert poisoned.look(mailbox) is None
    assert {place.uidvalidity for place in poisoned.held - before} == {8}
    assert len(poisoned.held - before) == MAILS


def test_a_server_that_is_gone_is_no_mail_that_is_kept_back(server: ScriptedServer, mailbox: Mailbox) -> None:
    def shuts_down(_tag: str) -> bytes:
        server.greeting = "* BYE shutting down"
        raise ConnectionAbortedError

    trouble = Poisoned(server, 27, end=shuts_down).look(mailbox)

    assert isinstance(trouble, TransientError)
    assert not isinstance(trouble, WithheldMailError)
