"""Own DKIM verification: the sender's domain signed all that is read, or nothing is proven."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dkim
import pytest

from assistant.errors import TransientError
from assistant.intake import Signatures
from assistant.pipeline import receive
from tests.configs import DANA
from tests.growth import grows_as_given
from tests.threats.spoofing import _SIGNED, OWN, Gate, signed, signing_key, written, zone

NAME = "s1._domainkey.clinic.example"
MINE = frozenset({b"clinic.example"})


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    gate = Gate(tmp_path_factory.mktemp("own"), OWN)
    gate.parts.signatures._resolver = zone({NAME: signing_key("clinic")[1], **_OTHERS})
    yield gate
    gate.parts.ledger.close()


_OTHERS = {
    "s1._domainkey.evil.example": signing_key("evil")[1],
    "s1._domainkey.lists.clinic.example": signing_key("evil")[1],
    "s1._domainkey.example": signing_key("evil")[1],
}


class Dated(dkim.DKIM):  # type: ignore[misc]
    """Signs with days of its own."""

    days: dict[bytes, bytes]

    def gen_header(self, fields: list[tuple[bytes, bytes]], *others: object, **more: object) -> bytes:
        *some, last = [field for field in fields if field[0] not in self.days]
        return bytes(super().gen_header([*some, *self.days.items(), last], *others, **more))


def reply(gate: Gate, body: str = "1 done\n") -> bytes:
    return written(top="", now=gate.now, answers=gate.fresh[DANA].message_id, body=body)


@pytest.mark.parametrize("canonical", [(b"relaxed", b"relaxed"), (b"relaxed", b"simple"), (b"simple", b"simple")])
def test_her_domains_signature_is_proof(gate: Gate, canonical: tuple[bytes, bytes]):
    assert gate.standing(signed(reply(gate, f"1 done {canonical}\n"), canonicalize=canonical)) == "acts"


def test_a_signature_is_proof_with_unix_line_ends_and_below_other_signatures_too(gate: Gate):
    raw = signed(reply(gate, "1 done, thanks\n"))

    assert gate.standing(raw.replace(b"\r\n", b"\n")) == "acts"
    for domain in ("evil.example", "lists.clinic.example"):
        raw = signed(raw, domain=domain, key="evil")
    assert gate.standing(raw + b"\r\n") == "acts"


FORGED = {
    "none": lambda raw: raw,
    "a stranger's": lambda raw: signed(raw, domain="evil.example", key="evil"),
    "hers, made with another key": lambda raw: signed(raw, key="evil"),
    "of a domain below hers": lambda raw: signed(raw, domain="lists.clinic.example", key="evil"),
    "of the whole of .example": lambda raw: signed(raw, domain="example", key="evil"),
    "with a length": lambda raw: signed(raw, length=True),
    "with a length, and more below": lambda raw: signed(raw, length=True) + b"2 done\r\n",
    "without the date": lambda raw: signed(raw, fields=(b"from", b"subject", b"to")),
    "without the subject": lambda raw: signed(raw, fields=(b"from", b"date", b"to")),
    "with SHA-1": lambda raw: signed(raw, signature_algorithm=b"rsa-sha1"),
    "over another text": lambda raw: signed(raw).replace(b"1 done", b"2 done"),
    "over another subject": lambda raw: signed(raw).replace(b"Subject: Re: Your", b"Subject: Fw: Your"),
    "over another digest": lambda raw: signed(raw).replace(b"In-Reply-To: <digest.", b"In-Reply-To: <answer."),
    "with a second subject on top": lambda raw: b"Subject: x\r\n" + signed(raw),
    "with a second answered mail on top": lambda raw: b"In-Reply-To: <x@y.example>\r\n" + signed(raw),
    "with a second From on top": lambda raw: b"From: mallory@evil.example\r\n" + signed(raw),
    "of which half is lost": lambda raw: signed(raw).replace(b"bh=", b"bx="),
    "that is nonsense": lambda raw: b"DKIM-Signature: v=1; d=clinic.example; ;;=\r\n" + raw,
    "of 2,000 fields": lambda raw: signed(b"X-A: b\r\n" * 2000 + raw),
}


@pytest.mark.parametrize("name", FORGED)
def test_any_other_signature_is_none(gate: Gate, name: str):
    assert gate.standing(FORGED[name](reply(gate, f"1 done {name}\n"))) in {"held", "stranger"}


@pytest.mark.parametrize(
    ("ends", "came", "says"),
    [
        (timedelta(days=7), timedelta(), "signed"),
        # Years before this test runs: only when it came counts, and clocks differ.
        (timedelta(hours=1), timedelta(hours=10), "signed"),
        (timedelta(hours=1), timedelta(days=1), "not signed"),
        (timedelta(hours=-1), timedelta(hours=-2), "not signed"),
        (None, timedelta(), "not signed"),
    ],
)
def test_a_signature_that_held_when_the_mail_came_holds_however_late_it_is_read(
    gate: Gate, ends: timedelta | None, came: timedelta, says: str
):
    made_at = datetime(2024, 3, 4, 12, tzinfo=UTC)
    until = b"soon" if ends is None else b"%d" % (made_at + ends).timestamp()
    mail = Dated(reply(gate))
    mail.days = {b"t": b"%d" % made_at.timestamp(), b"x": until}
    raw = mail.sign(b"s1", b"clinic.example", signing_key("clinic")[0], include_headers=list(_SIGNED))
    raw += reply(gate)
    signatures = Signatures(zone({NAME: signing_key("clinic")[1]}))

    assert signatures.verdict(raw, MINE, made_at + came) == says


@pytest.mark.parametrize(
    "record",
    [
        None,
        b"",
        b"v=DKIM1; p=",
        b"v=DKIM1; k=rsa; t=y; p=" + signing_key("clinic")[1].partition(b"p=")[2],
        b"\xff\xfe",
        b"p=x" * 9000,
    ],
    ids=["none", "empty", "revoked", "on trial", "no text", "long"],
)
def test_a_key_that_is_none_proves_nothing(gate: Gate, record: bytes | None):
    raw = signed(reply(gate))

    assert Signatures(lambda _name, _s: record).verdict(raw, MINE, gate.now) == "not signed"


def test_only_the_senders_own_domain_is_asked_for(gate: Gate):
    asked = []

    def resolver(name: str, _timeout_s: float) -> bytes | None:
        asked.append(name)
        return None

    raw = signed(signed(signed(reply(gate)), domain="evil.example", key="evil"), domain="example", key="evil")
    Signatures(resolver).verdict(raw, MINE, gate.now)

    assert asked == [f"{NAME}."]


def test_while_dns_is_silent_a_mail_waits_and_then_it_is_held(tmp_path: Path):
    def silent(_name: str, _timeout_s: float) -> bytes | None:
        raise TransientError("DNS does not answer")

    gate = Gate(tmp_path, OWN)
    gate.parts.signatures._resolver = silent
    raw = signed(reply(gate))
    assert gate.receives(raw) == []
    assert gate.parts.ledger.health.counts()["mails_waiting"] == 1
    gate.parts.signatures._resolver = zone({NAME: signing_key("clinic")[1]})
    gate.pass_time(minutes=2)
    gate.work()
    assert gate.state() == "done"

    gate.parts.signatures._resolver = silent
    gate.receives(signed(reply(gate, "reopen 1\n")))
    for _ in range(3):
        gate.pass_time(minutes=15)
        gate.work()
    assert gate.state() == "done"
    assert [one.why for one in gate.parts.ledger.held.of(DANA, gate.now.replace(hour=0))] == ["proof"]
    gate.parts.ledger.close()


@pytest.mark.parametrize("fails", ["both", "the first", "the first, in one look"])
def test_what_a_person_says_after_an_answer_that_waits_for_dns_waits_with_it(tmp_path: Path, fails: str):
    gate = Gate(tmp_path, OWN)
    known, asked, began = zone({NAME: signing_key("clinic")[1]}), [], gate.now

    def once_silent(name: str, timeout_s: float) -> bytes | None:
        asked.append(name)
        if len(asked) == 1 or (fails == "both" and (gate.now - began).total_seconds() < 30):
            raise TransientError("DNS does not answer")
        return known(name, timeout_s)

    gate.parts.signatures._resolver = once_silent
    for words in ("1 done\n", "reopen 1\n"):
        gate.stored(signed(reply(gate, words)))
        if fails != "the first, in one look":
            receive(gate.parts)
        gate.pass_time(seconds=20)
    for _ in range(4):
        receive(gate.parts)
        gate.pass_time(minutes=1)

    changes = [type(event.change).__name__ for event in gate.parts.ledger.book.history(1)]
    assert changes[-2:] == ["TaskDone", "TaskReopened"]
    assert gate.parts.ledger.health.counts()["mails_waiting"] == 0
    gate.parts.ledger.close()


def test_no_damaged_signature_makes_verifying_fail(gate: Gate):
    chance = random.Random(3)
    header, _, rest = signed(reply(gate)).partition(b"\r\nFrom:")
    signatures, held = Signatures(zone({NAME: signing_key("clinic")[1]})), 0
    for _ in range(1500):
        damaged = bytearray(header)
        for _change in range(chance.randint(1, 4)):
            damaged[chance.randrange(16, len(damaged))] = chance.choice(b"=;:ab\r\n \x00\xff0,/")
        held += signatures.verdict(bytes(damaged) + b"\r\nFrom:" + rest, MINE, gate.now) == "signed"

    # White space and the order of nothing else may differ.
    assert held < 150


@pytest.mark.parametrize("filler", [b" ", b"\t", b"\r\n", b" \t", b"( "])
def test_no_mail_makes_verifying_slow(gate: Gate, filler: bytes):
    raw = signed(reply(gate), canonicalize=(b"relaxed", b"relaxed"))
    gatekeeper = Signatures(zone({NAME: signing_key("clinic")[1]}))

    assert grows_as_given(
        lambda tail: gatekeeper.verdict(raw + tail + b"x", MINE, gate.now), filler * (2_000_000 // len(filler))
    )
