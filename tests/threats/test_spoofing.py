"""Exactly the legitimate mail acts: 64 rows of six conditions, each false one in every forged form; and its twins."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from assistant.parse.border import is_vouched_for
from assistant.parse.proof import plain_sender
from assistant.pipeline import conditions
from assistant.records import Border
from tests.configs import DANA, PRIYA, US
from tests.threats.spoof_forms import CLIENTS, EVIL, GMAIL_RESULTS, MICROSOFT_RESULTS, RESULTS, SENDERS
from tests.threats.spoofing import (
    GMAIL,
    HEADERS,
    MICROSOFT,
    OWN,
    PASS,
    PLAIN,
    Gate,
    fastmail,
    forged,
    gmail,
    inside_microsoft,
    microsoft,
    postfix,
    rspamd,
    signed,
    signing_key,
    written,
    zone,
)

ROWS = tuple(product((True, False), repeat=6))
BORDERS = {"postfix": postfix, "rspamd": rspamd, "fastmail": fastmail}
LEGITIMATE = (True,) * 6


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    gate = Gate(tmp_path_factory.mktemp("gate"))
    yield gate
    gate.parts.ledger.close()


def row_of(gate: Gate, row: tuple[bool, ...], *, sender: str, top: str, name: str) -> bytes:
    """Return a mail for which these hold: token genuine, in time, hers; From exact, proven; by hand."""
    genuine, in_time, hers, exact, proven, by_hand = row
    answered = (gate.fresh if in_time else gate.old)[DANA if hers else PRIYA].message_id
    return written(
        top=postfix(PASS) if proven else top,
        now=gate.now,
        sender=PLAIN if exact else sender,
        answers=answered if genuine else forged(answered),
        more=[f"X-Case: {name}", *([] if by_hand else ["Auto-Submitted: auto-replied"])],
    )


@pytest.mark.timeout(600)
def test_of_64_rows_in_each_of_100_forged_forms_exactly_the_legitimate_one_acts(gate: Gate):
    forms = [(f"From: {name}", form, RESULTS["failed"]) for name, form in SENDERS.items()]
    forms += [(f"result: {name}", SENDERS["two mailboxes"], top) for name, top in RESULTS.items()]
    wrong, acted = [], 0
    for place, (name, sender, top) in enumerate(forms):
        for row in ROWS:
            raw = row_of(gate, row, sender=sender, top=top, name=f"{place}-{row}")
            acts = gate.standing(raw) == "acts"
            acted += acts
            if acts is not (row == LEGITIMATE):
                wrong.append((name, row))
    print(f"\n{len(forms)} forms x {len(ROWS)} rows: {acted} act, {len(wrong)} wrongly")

    assert len(forms) >= 100
    assert wrong == []


@pytest.mark.parametrize("row", [row for row in ROWS if row != LEGITIMATE], ids=str)
def test_a_row_that_lacks_anything_changes_nothing_in_the_whole_office(
    gate: Gate, row: tuple[bool, ...], request: pytest.FixtureRequest
):
    before = gate.changes_by(DANA, PRIYA)
    raw = row_of(gate, row, sender=SENDERS["two mailboxes"], top=RESULTS["failed"], name=request.node.name)
    answered = gate.receives(raw)

    assert gate.changes_by(DANA, PRIYA) == before
    assert gate.state() == "open"
    # Whoever is not proven is not answered.
    _genuine, _in_time, _hers, exact, proven, by_hand = row
    assert answered == [] or (exact and proven and by_hand and answered == [DANA])


def test_the_legitimate_row_is_done_in_the_whole_office_and_a_copy_of_it_changes_nothing_more(tmp_path: Path):
    gate = Gate(tmp_path)
    raw = row_of(gate, LEGITIMATE, sender="", top="", name="legitimate")

    assert gate.receives(raw) == [DANA]
    assert gate.state() == "done"
    assert gate.receives(raw) == []
    gate.parts.ledger.close()


@pytest.mark.parametrize("name", SENDERS)
def test_a_forged_sender_is_held_or_a_stranger_whatever_the_border_says(gate: Gate, name: str):
    raw = written(top=postfix(PASS), now=gate.now, sender=SENDERS[name], answers=gate.fresh[DANA].message_id)

    assert gate.standing(raw) in {"held", "stranger"}
    assert gate.receives(raw.replace(b"1 done", b"1 done, please")) == []
    assert gate.state() == "open"


def test_a_sender_beside_the_from_is_the_same_person_or_the_mail_proves_nothing():
    mail = f"From: Dana <{DANA}>\r\nSender: {{}}\r\n\r\n1 done".format
    alias = "d.whitfield@clinic.example"

    assert plain_sender(mail(f"Dana <{alias}>").encode(), {alias}) == DANA
    assert plain_sender(mail(f"Dana <{alias}>").encode()) is None
    assert plain_sender(mail(EVIL).encode(), {alias}) is None
    assert plain_sender(mail(f"{alias}, {EVIL}").encode(), {alias}) is None


@pytest.mark.parametrize("name", RESULTS)
def test_a_forged_result_proves_nothing(gate: Gate, name: str):
    raw = written(top=RESULTS[name], now=gate.now, answers=gate.fresh[DANA].message_id)

    assert gate.standing(raw) == "held"


@pytest.mark.parametrize(
    ("trust", "forms", "legitimate"),
    [
        (MICROSOFT, MICROSOFT_RESULTS, (microsoft(PASS), inside_microsoft(""))),
        (GMAIL, GMAIL_RESULTS, (gmail(PASS),)),
    ],
    ids=["microsoft365", "gmail"],
)
def test_a_providers_border_is_told_from_forged_ones(
    tmp_path: Path, trust: dict[str, str], forms: dict[str, str], legitimate: tuple[str, ...]
):
    gate = Gate(tmp_path, trust)
    answers = gate.fresh[DANA].message_id

    for name, top in forms.items():
        assert gate.standing(written(top=top, now=gate.now, answers=answers)) == "held", name
    for top in legitimate:
        assert gate.standing(written(top=top, now=gate.now, answers=answers)) == "acts"
    gate.parts.ledger.close()


def test_a_mail_that_somebody_sends_again_changed_where_it_is_not_signed_is_not_followed_again(tmp_path: Path):
    gate = Gate(tmp_path, OWN)
    gate.parts.signatures._resolver = zone({"s1._domainkey.clinic.example": signing_key("clinic")[1]})
    digest = gate.fresh[DANA].message_id
    fields = (b"from", b"subject", b"date", b"to")
    first = signed(written(top="", now=gate.now, answers=digest), fields=fields)
    assert gate.receives(first) == [DANA]
    gate.pass_time(minutes=1)
    assert gate.receives(signed(written(top="", now=gate.now, answers=digest, body="reopen 1\n"))) == [DANA]
    assert gate.state() == "open"
    again = first.replace(b"Message-ID: <", b"Message-ID: <x").replace(b"References: <", b"References: <y@z.example> <")

    assert again != first
    assert gate.standing(again) == "acts"
    assert gate.receives(again) == []
    assert gate.state() == "open"
    gate.parts.ledger.close()


def replies(gate: Gate, top: str, *, is_addressed: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield what each mail program makes of an answer, once as a thread and once with the address or foot alone."""
    answered = gate.fresh[DANA]
    code = ".".join(answered.message_id.partition("@")[0].split("."))
    short = f"{answered.message_id[: len('digest.') + 10]}.{code.rpartition('.')[2]}"
    plus = US.replace("@", f"+{short}@")
    for name, (sender, more, text) in CLIENTS.items():
        body = text.replace("{said}", "1 done").replace("{quoted}", f"Please leave this in your answer:\n> {short}")
        yield (
            f"{name}, threaded",
            written(top=top, now=gate.now, sender=sender, answers=answered.message_id, more=more, body=body),
        )
        if is_addressed:
            yield f"{name}, by address", written(top=top, now=gate.now, sender=sender, to=plus, more=more, body=body)
        if "{quoted}" in text:
            yield f"{name}, by foot", written(top=top, now=gate.now, sender=sender, more=more, body=body)


def test_the_legitimate_twin_of_each_mail_program_and_each_border_acts(tmp_path: Path):
    tops = {
        **{f"headers, {name}": (HEADERS, write(PASS)) for name, write in BORDERS.items()},
        "headers, no policy": (
            HEADERS,
            postfix("dkim=pass header.i=@clinic.example; dmarc=none header.from=clinic.example"),
        ),
        "microsoft365": (MICROSOFT, microsoft(PASS)),
        "microsoft365, inside": (MICROSOFT, inside_microsoft("")),
        "gmail": (GMAIL, gmail(PASS)),
        "own": (OWN, ""),
    }
    tried, refused = 0, []
    for place, (border, (trust, top)) in enumerate(tops.items()):
        gate = Gate(tmp_path / str(place), {**trust, "plus_addresses": True})
        gate.parts.signatures._resolver = zone({"s1._domainkey.clinic.example": signing_key("clinic")[1]})
        for name, raw in replies(gate, top, is_addressed=True):
            tried += 1
            if gate.standing(signed(raw) if border == "own" else raw) != "acts":
                refused.append(f"{border}: {name}")
        gate.parts.ledger.close()
    print(f"\nlegitimate answers: {tried}, refused: {len(refused)} = {len(refused) / tried:.1%}")

    assert refused == []


_SLOW = {
    "hops": b"Received: from mx.clinic.example by mx.clinic.example; x\r\n" * 4500,
    "brackets": b"Received: " + b"(()" * 40_000 + b"\r\n",
    "results": b"Authentication-Results: mx.clinic.example; dkim=pass header.d=clinic.example\r\n" * 2900,
    "brackets in results": (b"Authentication-Results: mx.clinic.example; x=y " + b"(" * 1900 + b"\r\n") * 100,
    "fields": b"a:b\r\n" * 50_000,
    "quotes": b"From: " + b'"a' * 60_000 + b" <dana@clinic.example>\r\n",
    "folds": b"From: a" + b"\r\n " * 60_000 + b"<dana@clinic.example>\r\n",
}


@pytest.mark.parametrize("name", _SLOW)
def test_no_header_makes_the_proof_slow(name: str):
    content = _SLOW[name] + b"From: dana@clinic.example\r\n\r\n1 done"
    border = Border(profile="headers", authserv_id="mx.clinic.example")
    began = time.process_time()
    plain_sender(content)
    is_vouched_for(content, "dana@clinic.example", border)

    assert time.process_time() - began < 2


def test_a_mail_without_a_token_adds_and_asks_and_its_changes_are_confirmed(tmp_path: Path):
    gate = Gate(tmp_path)
    assert gate.receives(written(top=postfix(PASS), now=gate.now, subject="a", body="new: call the pharmacy\n")) == [
        DANA
    ]
    assert gate.receives(written(top=postfix(PASS), now=gate.now, subject="b", body="1 done\n")) == [DANA]
    assert (gate.state(1), gate.state(2)) == ("open", "open")

    sent = gate.parts.ledger.outgoing.last_of("answer", DANA)
    assert sent is not None
    assert [words for _label, words in sent.choices] == ["done 1", ""]
    yes = written(top=postfix(PASS), now=gate.now, answers=sent.message_id, body=f"{sent.choices[0][0]}\n")
    gate.receives(yes)

    assert gate.state(1) == "done"
    gate.parts.ledger.close()


def test_what_is_held_is_told_in_one_line_of_the_next_digest_and_nowhere_else(tmp_path: Path):
    gate = Gate(tmp_path)
    gate.pass_time(minutes=1)
    for name in ("failed", "nothing at all"):
        raw = written(top=RESULTS[name], now=gate.now, answers=gate.fresh[DANA].message_id, body="1 done, Zanzibar\n")
        assert gate.receives(raw) == []
    stranger = written(top=postfix(PASS), now=gate.now, sender=f"From: {EVIL}", answers=gate.fresh[DANA].message_id)
    assert gate.receives(stranger) == []
    gate.pass_time(days=1)
    gate.work()

    digest = gate.digest_to(DANA)
    text = next(mail for mail in gate.postbox.taken if mail["Message-ID"] == f"<{digest.message_id}>")
    body = text.get_body(("plain",))
    assert body is not None
    said = " ".join(body.get_content().split())
    assert "3 unverified requests came in your name" in said
    assert "nothing was changed. What was asked was about #1." in said.replace("!! ", "")
    assert "Zanzibar" not in text.as_string()
    assert gate.state() == "open"
    gate.parts.ledger.close()


def test_where_nobodys_answers_are_proven_the_setting_is_named(tmp_path: Path):
    gate = Gate(tmp_path)

    def how() -> tuple[str, str]:
        found = next(one for one in conditions(gate.parts) if one.part == "commands")
        return found.level, found.said

    levels = []
    for top in ("failed", "nothing at all", "failed"):
        gate.pass_time(minutes=1)
        gate.receives(written(top=RESULTS[top], now=gate.now, answers=gate.fresh[DANA].message_id, body="1 done\n"))
        levels.append(how()[0])
    said = how()[1]
    gate.pass_time(minutes=1)
    gate.receives(written(top=postfix(PASS), now=gate.now, answers=gate.fresh[DANA].message_id, body="1 done\n"))

    assert levels == ["fine", "fine", "degraded"]
    assert "[trust] sender_proof" in said
    assert how()[0] == "fine"
    gate.parts.ledger.close()


@pytest.mark.parametrize("stops", [False, True])
def test_who_gets_no_digest_hears_once_a_day_in_their_own_time_that_nothing_was_done(tmp_path: Path, *, stops: bool):
    gate = Gate(tmp_path)
    if stops:
        gate.receives(written(top=postfix(PASS), now=gate.now, answers=gate.fresh[DANA].message_id, body="stop\n"))
    # Nobody was told yet what came while they had one; Priya has none from now on.
    config = gate.parts.config
    people = [
        one.model_copy(update={"digest_at": None if one.email == PRIYA else one.digest_at}) for one in config.people
    ]
    object.__setattr__(gate.parts, "config", config.model_copy(update={"people": tuple(people)}))
    gate.parts._people.clear()
    whose, name = (DANA, "Dana Whitfield") if stops else (PRIYA, "Priya Raghavan")
    # 9 in the evening in New York.
    gate.now = gate.now.replace(hour=1)
    before = len(gate.postbox.taken)
    for hour in range(40):
        raw = written(
            top=RESULTS["failed"],
            now=gate.now,
            sender=f"From: {name} <{whose}>",
            answers=gate.fresh[whose].message_id,
            body=f"1 done, Zanzibar {hour}\n",
        )
        gate.receives(raw)
        gate.pass_time(hours=1)
        gate.work()
        if hour < 8:
            assert len(gate.postbox.taken) == before, hour
    told = [mail for mail in gate.postbox.taken[before:] if "not done" in str(mail["Subject"])]

    assert [mail["To"].addresses[0].addr_spec for mail in told] == [whose, whose]
    body = told[0].get_body(("plain",))
    assert body is not None
    assert "came in your name" in " ".join(body.get_content().split())
    assert "Zanzibar" not in told[0].as_string()
    assert gate.state() == "open"
    gate.parts.ledger.close()


def test_an_order_on_top_of_a_forwarded_mail_is_followed_only_where_it_is_proven(tmp_path: Path):
    gate = Gate(tmp_path)
    body = (
        "Please handle this by Friday.\n\n---------- Forwarded message ---------\nFrom: Ruth <ruth@surgery.example>\n"
        "Date: Mon, Mar 9, 2026 at 9:00 AM\nSubject: wound clinic\n\nThe scan of {name} is in the folder.\n"
    )
    for name, top in (("Mr. Osei", RESULTS["failed"]), ("Mrs. Kim", postfix(PASS))):
        gate.receives(written(top=top, now=gate.now, subject="Fwd: wound clinic", body=body.format(name=name)))

    sources = {task.source for task in gate.open if task.rule == "forward"}
    contents = [mail.content for source in sources if (mail := gate.parts.ledger.spool.mail(source)) is not None]
    assert [b"Mrs. Kim" in content for content in contents] == [True]
    assert [one.why for one in gate.parts.ledger.held.of(DANA, gate.now.replace(year=2020))] == ["proof"]
    gate.parts.ledger.close()
