"""Tokens: none is guessed, changed, kept for ever or used by others; and none is lost by what we do ourselves."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from assistant.errors import LedgerError
from assistant.ledger import Ledger, back_up, restore, trust
from assistant.ledger.revoked import REVOKED, note_revoked, revoked_in
from assistant.outbox.tokens import check, issue, plus_address, shown_in
from assistant.records import ReplyKey, SentMail
from tests.configs import DANA, PRIYA, US
from tests.pipeline.office import MONDAY
from tests.threats.spoofing import PASS, Gate, forged, postfix, written

KEY = ReplyKey(kid="k7", secret="0f" * 32, made_at=MONDAY)
KEYS = {"k7": KEY}
STEM = "digest.0123456789abcdef01234567"
UNTIL = (MONDAY + timedelta(days=14)).date()
TOKEN = issue(KEY, recipient=DANA, stem=STEM, until=UNTIL)
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path)
    yield gate
    gate.parts.ledger.close()


def under_a_key_unknown_to_copies(gate: Gate) -> tuple[SentMail, EmailMessage]:
    """Return a digest whose token a new key made, as the ledger holds it and as it went out."""
    gate.parts.ledger.keys.rotate(gate.now, hold=timedelta(days=16))
    gate.arrive("Please call the ward about Mrs. Kim by Thursday noon.")
    gate.pass_time(days=1)
    gate.work()
    digest = gate.digest_to(DANA)
    return digest, next(one for one in gate.postbox.taken if one["Message-ID"] == f"<{digest.message_id}>")


def put_back(gate: Gate, copy: Path, sent: EmailMessage) -> None:
    """Go on with a copy of the closed ledger; our own copy of what we sent lies in Sent."""
    restore(gate.parts.config.assistant.ledger, copy, gate.now)
    gate.parts = gate._opened()
    gate.arrive_raw(sent.as_bytes())
    gate.pass_time(hours=2)
    for _ in range(2):
        gate.work()


def verdict(token: str = TOKEN, *, recipient: str = DANA, stem: str = STEM, days: float = 0) -> str:
    return check(token, recipient=recipient, stem=stem, keys=KEYS, now=MONDAY + timedelta(days=days))


def test_a_token_is_80_bits_bound_to_recipient_mail_and_day():
    assert verdict() == "valid"
    assert verdict(TOKEN.upper()) == "valid"
    assert verdict(recipient=PRIYA) == "wrong"
    assert verdict(stem=STEM.replace("digest", "answer")) == "wrong"
    assert verdict(stem=STEM[:-1] + "0") == "wrong"
    assert (verdict(days=14), verdict(days=15)) == ("valid", "expired")
    assert len(TOKEN) == 2 + 3 + 16
    assert check(TOKEN, recipient=DANA, stem=STEM, keys={}, now=MONDAY) == "unknown key"


def test_none_of_100_000_guesses_is_taken():
    guess = random.Random(7)
    found = 0
    for _ in range(100_000):
        token = TOKEN[:5] + "".join(guess.choices(LETTERS, k=16))
        found += verdict(token) != "wrong"

    assert found == 0


def test_no_token_with_one_letter_or_one_bit_changed_is_taken():
    changed = {
        TOKEN[:place] + letter + TOKEN[place + 1 :]
        for place in range(len(TOKEN))
        for letter in (*LETTERS, *(chr(ord(TOKEN[place]) ^ 1 << bit) for bit in range(7)))
    }
    taken = {token for token in changed if token.lower() != TOKEN and verdict(token) in {"valid", "expired"}}

    assert len(changed) > 600
    assert taken == set()


@pytest.mark.parametrize(
    "token", ["", "k7", "k7abc", TOKEN[:-1], TOKEN + "a", "k7\x00", "k7é", "k7abc" + "=" * 16, "🗝" * 21]
)
def test_what_is_no_token_is_no_token(token: str):
    assert verdict(token) in {"wrong", "unknown key"}


def test_a_token_is_found_in_an_address_an_id_and_a_wrapped_quotation_whatever_their_case():
    short = f"digest.0123456789.{TOKEN}"
    for text in (
        f"<{STEM}.{TOKEN}@clinic.example>",
        plus_address(US, short).upper(),
        f"> Please leave this in your answer:\n> > {short}\n",
        f"Re: 1 done [digest 0123456789.{TOKEN}]",
    ):
        assert [one.token for one in shown_in(text, 8)] == [TOKEN]
    assert shown_in(f"x{short}", 8) == shown_in(f"{short}a", 8) == ()
    assert len(plus_address(US, short).partition("@")[0]) <= 64
    assert (
        plus_address("a-long-name-of-an-assistant@clinic.example", short)
        == "a-long-name-of-an-assistant@clinic.example"
    )


def test_1_000_forged_ids_and_feet_in_one_mail_are_looked_at_no_more_than_8_times():
    text = "\n".join(f"digest.{number:010x}.{TOKEN}" for number in range(1000))

    assert len(shown_in(text, 8)) == 8


def reply(gate: Gate, message_id: str, name: str = "", **more: str) -> bytes:
    return written(top=postfix(PASS), now=gate.now, answers=message_id, subject=f"Re: {name}", **more)


def test_bad_tokens_are_held_counted_and_do_not_keep_the_person_out(gate: Gate):
    digest = gate.fresh[DANA].message_id
    for place in range(15):
        assert gate.receives(reply(gate, forged(digest), str(place))) == []
    held = gate.parts.ledger.held.of(DANA, gate.now - timedelta(hours=1))

    assert {one.why for one in held} == {"token"}
    assert len(held) == 15
    assert gate.state() == "open"
    assert gate.receives(reply(gate, digest)) == [DANA]
    assert gate.state() == "done"


def test_a_colleague_with_a_forwarded_digest_suggests_and_changes_nothing(gate: Gate):
    priya = written(
        top=postfix(PASS),
        now=gate.now,
        sender=f"From: Priya <{PRIYA}>",
        answers=gate.fresh[DANA].message_id,
    )

    assert gate.standing(priya) == "suggests"
    assert gate.receives(priya) == [PRIYA, DANA]
    assert gate.state() == "open"
    assert gate.changes_by(PRIYA, DANA) == 0


def test_a_token_that_has_run_out_is_confirmed_first(gate: Gate):
    assert gate.standing(reply(gate, gate.old[DANA].message_id)) == "suggests"
    assert gate.receives(reply(gate, gate.old[DANA].message_id, "again")) == [DANA]
    assert gate.state() == "open"


def test_after_new_keys_older_mails_are_answered_until_they_run_out(gate: Gate):
    digest = gate.fresh[DANA].message_id
    for _ in range(3):
        gate.parts.ledger.keys.rotate(gate.now, hold=timedelta(days=16))
        gate.pass_time(hours=1)
    assert gate.standing(reply(gate, digest)) == "acts"
    gate.pass_time(days=40)
    gate.parts.ledger.keys.rotate(gate.now, hold=timedelta(days=16))

    # The first that was replaced so long ago is forgotten; the last of them was replaced just now.
    assert len(gate.parts.ledger.keys.all()) == 2
    assert gate.standing(reply(gate, digest, "late")) == "suggests"


def test_a_key_is_replaced_when_its_time_has_come_and_not_before(gate: Gate):
    first = gate.parts.ledger.keys.newest().kid
    gate.pass_time(days=8)
    gate.work()
    assert gate.parts.ledger.keys.newest().kid == first
    gate.pass_time(days=30)
    gate.work()

    assert gate.parts.ledger.keys.newest().kid != first


def test_after_a_revocation_no_older_mail_acts(gate: Gate):
    digest = gate.fresh[DANA].message_id
    assert gate.parts.ledger.keys.revoke(gate.now, hold=timedelta(days=16)) > 0

    assert gate.standing(reply(gate, digest)) == "suggests"
    gate.receives(reply(gate, digest, "again"))
    assert gate.state() == "open"


def test_a_mail_that_is_written_after_a_revocation_acts_at_once(gate: Gate):
    gate.parts.ledger.keys.revoke(gate.now, hold=timedelta(days=16))
    gate.pass_time(days=1)
    gate.work()

    assert gate.standing(reply(gate, gate.digest_to(DANA).message_id)) == "acts"


def test_a_mail_from_before_there_were_tokens_is_answered_for_two_weeks_and_by_its_recipient(gate: Gate):
    bare = "digest.feedfacefeedfacefeedface@clinic.example"
    change = "UPDATE outbox SET message_id = ? WHERE message_id = ?"
    with gate.parts.ledger._database.transaction():
        gate.parts.ledger._database.change(change, bare, gate.fresh[DANA].message_id)
    touched = written(top=postfix(PASS), now=gate.now, subject="1 done [digest feedfacefe]")

    assert gate.standing(reply(gate, bare)) == "acts"
    assert gate.standing(touched) == "acts"
    assert gate.standing(written(top="", now=gate.now, answers=bare)) == "held"
    assert gate.standing(reply(gate, "digest.feedfacefeedfacefeedfacf@clinic.example", "other")) == "suggests"
    gate.pass_time(days=16)
    assert gate.standing(reply(gate, bare, "late")) == "suggests"


def test_after_a_restore_a_mail_whose_key_was_lost_is_answered_where_its_copy_is_found(tmp_path: Path):
    gate = Gate(tmp_path)
    ledger = gate.parts.config.assistant.ledger
    copy = back_up(ledger, tmp_path / "copy.db", gate.now)
    gate.pass_time(minutes=5)
    digest, sent = under_a_key_unknown_to_copies(gate)
    gate.parts.ledger.close()
    put_back(gate, copy.path, sent)

    assert gate.standing(reply(gate, gate.fresh[DANA].message_id)) == "acts"
    assert gate.parts.ledger.outgoing.find([digest.message_id]) is not None
    assert gate.standing(reply(gate, digest.message_id)) == "acts"
    assert gate.standing(reply(gate, forged(digest.message_id))) != "acts"
    gate.parts.ledger.close()


@pytest.mark.parametrize("survives", ["both folders", "the ledger's folder", "the copies' folder"])
def test_what_was_revoked_since_a_copy_stays_so_when_the_copy_is_put_back(tmp_path: Path, survives: str):
    gate = Gate(tmp_path)
    ledger, copies = gate.parts.config.assistant.ledger, tmp_path / "copies"
    copy = back_up(ledger, copies, gate.now)
    gate.pass_time(minutes=5)
    # One key that the copy holds, and one that it has never heard of.
    unknown, sent = under_a_key_unknown_to_copies(gate)
    gate.parts.ledger.keys.revoke(gate.now, hold=timedelta(days=16), copies=copies)
    gate.parts.ledger.close()
    path = copy.path.replace(tmp_path / copy.path.name) if survives == "the ledger's folder" else copy.path
    if survives == "the copies' folder":
        shutil.rmtree(ledger)
    put_back(gate, path, sent)

    assert gate.parts.ledger.audit.verify().problems == []
    assert gate.parts.ledger.outgoing.find([unknown.message_id]) is not None
    assert gate.standing(reply(gate, gate.fresh[DANA].message_id)) == "suggests"
    assert gate.standing(reply(gate, unknown.message_id)) == "suggests"
    gate.pass_time(days=1)
    gate.work()
    assert gate.standing(reply(gate, gate.digest_to(DANA).message_id)) == "acts"
    gate.parts.ledger.close()


def test_a_copy_from_before_a_revocation_is_told_of_it_by_the_next_one(tmp_path: Path):
    gate = Gate(tmp_path)
    ledger, copies = gate.parts.config.assistant.ledger, tmp_path / "copies"
    before = back_up(ledger, copies, gate.now)
    # The disk of the copies was not there.
    gate.parts.ledger.keys.revoke(gate.now, hold=timedelta(days=16))
    back_up(ledger, copies, gate.now + timedelta(days=1))
    gate.parts.ledger.close()
    restore(tmp_path / "other", before.path, gate.now)

    with closing(Ledger(tmp_path / "other", lock=False)) as put_back:
        held = [key.kid for key in put_back.keys.all().values() if key.secret]
        assert held == [put_back.keys.newest().kid]


def test_a_list_that_cannot_be_written_is_told_and_the_keys_are_revoked_all_the_same(gate: Gate):
    (gate.parts.config.assistant.ledger / ".revoked-keys").mkdir()
    (gate.parts.config.assistant.ledger / ".revoked-keys" / "x").touch()
    with pytest.raises(LedgerError, match="do it once more"):
        gate.parts.ledger.keys.revoke(gate.now, hold=timedelta(days=16))

    assert gate.standing(reply(gate, gate.fresh[DANA].message_id)) == "suggests"


@pytest.mark.parametrize("is_noted", [False, True])
def test_a_revocation_that_is_cut_off_holds_whatever_copy_is_put_back_or_is_not_there(
    gate: Gate, monkeypatch: pytest.MonkeyPatch, *, is_noted: bool
):
    ledger, kid = gate.parts.config.assistant.ledger, gate.parts.ledger.keys.newest().kid
    before = back_up(ledger, ledger.parent / "copies", gate.now)

    def cut_off(folder: Path, names: list[str]) -> None:
        if is_noted:
            note_revoked(folder, names)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(trust, "note_revoked", cut_off)
        with pytest.raises(KeyboardInterrupt):
            gate.parts.ledger.keys.revoke(gate.now, hold=timedelta(days=16))
    is_revoked = not gate.parts.ledger.keys.all()[kid].secret
    gate.parts.ledger.close()
    restore(ledger, before.path, gate.now)
    gate.parts = gate._opened()

    assert gate.parts.ledger.keys.all()[kid].secret == "" or not is_revoked


def test_a_copy_tells_its_folder_what_is_revoked_though_the_list_is_lost(gate: Gate):
    ledger, kid = gate.parts.config.assistant.ledger, gate.parts.ledger.keys.newest().kid
    gate.parts.ledger.keys.revoke(gate.now, hold=timedelta(days=16))
    (ledger / REVOKED).unlink()
    copies = back_up(ledger, ledger.parent / "copies", gate.now).path.parent

    assert kid in revoked_in(copies)
    assert gate.parts.ledger.keys.newest().kid not in revoked_in(copies)


def test_a_new_key_never_bears_the_name_of_one_that_was_revoked(gate: Gate, monkeypatch: pytest.MonkeyPatch):
    keys, ended = gate.parts.ledger.keys, gate.parts.ledger.keys.newest().kid
    keys.revoke(gate.now, hold=timedelta(days=16))
    for _ in range(3):
        gate.pass_time(days=40)
        keys.rotate(gate.now, hold=timedelta(days=16))
    assert ended not in keys.all()

    with monkeypatch.context() as patched:
        patched.setattr(trust, "_two_letters", iter([ended, "zz"]).__next__)
        assert keys.rotate(gate.now, hold=timedelta(days=16)).kid == "zz"
    note_revoked(gate.parts.config.assistant.ledger, [f"{one}{other}" for one in LETTERS for other in LETTERS])
    assert keys.rotate(gate.now, hold=timedelta(days=16)).kid in keys.all()
