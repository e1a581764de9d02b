"""A mail that the server lists, and hands nothing out of, is no mail that was deleted: it is asked for, and told of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import TransientError, WithheldMailError
from assistant.intake import Mailbox, open_mailbox
from assistant.pipeline import collect
from assistant.pipeline.health.conditions import warnings
from tests.intake.accounts import PATIENT, SECRET, account
from tests.intake.scripted import ScriptedServer
from tests.intake.test_withheld import MAILS, Poisoned, hangs_up
from tests.mailservers.certificates import Certificates
from tests.pipeline.office import Office

_ENVELOPE = b'RFC822.SIZE 900 INTERNALDATE "10-Mar-2026 12:00:00 -0500"'
WAYS: dict[str, Callable[[str], bytes | None]] = {
    "no body": lambda what: _ENVELOPE + b" BODY[] NIL" if "BODY" in what else _ENVELOPE,
    "an empty body": lambda what: _ENVELOPE + b' BODY[] ""' if "BODY" in what else _ENVELOPE,
    "an empty literal": lambda what: _ENVELOPE + b" BODY[] {0}\r\n" if "BODY" in what else _ENVELOPE,
    "no body, never mentions it": lambda what: None if "BODY" in what else _ENVELOPE,
    "nothing at all": lambda _what: None,
}


class Hollow(Poisoned):
    """A server that hands out nothing of some mails, in one of these ways."""

    def __init__(self, server: ScriptedServer, *uids: int, way: Callable[[str], bytes | None]) -> None:
        super().__init__(server, end=hangs_up)
        self.hollow = {*uids}
        self.are_deleted = False
        item, fetched = server.item, server.fetched

        def said(uid: int, what: str) -> bytes:
            return (way(what) if uid in self.hollow else None) or item(uid, what)

        def answered(tag: str, uids: list[int], what: str) -> bytes:
            answer = fetched(tag, [uid for uid in uids if uid not in self.hollow or way(what)], what)
            if self.are_deleted and "BODY" in what:
                for uid in self.hollow:
                    server.mails.pop(uid, None)
            return answer

        server.item = said  # type: ignore[method-assign]
        server.fetched = answered  # type: ignore[method-assign]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_it_is_told_of_at_each_look_until_it_is_handed_out(
    server: ScriptedServer, mailbox: Mailbox, way: Callable[[str], bytes | None], *, large: bool
) -> None:
    server.is_smaller = lambda uid, asked: asked is not None and not (large and uid == 27)  # type: ignore[method-assign]
    hollow = Hollow(server, 27, way=way)
    told = [hollow.look(mailbox), hollow.compare(mailbox), *(hollow.look(mailbox) for _ in range(5))]

    assert hollow.taken == set(range(1, MAILS + 1)) - {27}
    assert all(isinstance(one, WithheldMailError) and (one.mails, one.uid) == (1, 27) for one in told)
    hollow.hollow.clear()
    assert hollow.look(mailbox) is None
    assert 27 in hollow.taken


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_of_one_that_is_deleted_meanwhile_nothing_is_told(
    server: ScriptedServer, mailbox: Mailbox, way: Callable[[str], bytes | None]
) -> None:
    hollow = Hollow(server, 27, way=way)
    hollow.are_deleted = True

    assert hollow.look(mailbox) is hollow.compare(mailbox) is None
    assert hollow.taken == set(range(1, MAILS + 1)) - {27}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_server_that_hands_out_nothing_at_all_just_now_hands_out_all_of_it_with_one_look_later(
    server: ScriptedServer, mailbox: Mailbox, way: Callable[[str], bytes | None]
) -> None:
    hollow = Hollow(server, *range(1, MAILS + 1), way=way)
    told = hollow.look(mailbox)

    assert isinstance(told, TransientError)
    assert not isinstance(told, WithheldMailError)
    hollow.hollow.clear()
    assert hollow.look(mailbox) is None
    assert len(hollow.taken) == MAILS


def test_of_many_at_once_the_others_are_taken_and_these_as_soon_as_they_come(
    server: ScriptedServer, mailbox: Mailbox
) -> None:
    hollow = Hollow(server, *range(1, MAILS, 2), way=WAYS["no body"])
    told = hollow.look(mailbox)

    assert hollow.taken == set(range(2, MAILS + 1, 2))
    assert isinstance(told, WithheldMailError)
    assert told.mails == MAILS / 2
    hollow.hollow.clear()
    assert [type(hollow.look(mailbox)) for _ in range(2)] == [WithheldMailError, type(None)]
    assert len(hollow.taken) == MAILS


def test_a_mail_of_which_there_is_nothing_is_taken(server: ScriptedServer, mailbox: Mailbox) -> None:
    hollow = Hollow(server, way=lambda _what: None)
    server.mails[27] = b""

    assert hollow.look(mailbox) is None
    assert 27 in hollow.taken


def test_the_digest_tells_of_it(server: ScriptedServer, certificates: Certificates, tmp_path: Path) -> None:
    Hollow(server, 7, way=WAYS["no body"])
    server.mails = {uid: PATIENT + b"%d\r\n" % uid for uid in range(1, 11)}
    office = Office(tmp_path)
    mailbox = open_mailbox(account(server.port, certificates.ca_file), SECRET)
    parts = replace(office.parts, mailboxes={"desk": mailbox})
    collect(parts, "desk")
    mailbox.close()

    (said,) = (one for one in warnings(parts, parts.people()[0], office.now) if "UID" in one)
    assert "keeps 1 mail back" in said
    assert "UID 7 in INBOX" in said
    assert parts.ledger.spool.balance(office.now).waiting == 9
    office.parts.ledger.close()
