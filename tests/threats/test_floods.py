"""Floods: what they cost, who is read first, and where a real task stands among a thousand that only shout."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest

from assistant.decide.budget import refusal
from assistant.decide.strangers import crowd
from assistant.ledger import Ledger
from assistant.ledger.acquaintances import Acquaintances
from assistant.parse import content_key
from assistant.pipeline import collect, deliver, receive, tick
from assistant.pipeline.acquaintances import knows
from assistant.pipeline.assembly import open_engines
from assistant.pipeline.clocks import clock_jumped
from assistant.pipeline.health.conditions import conditions
from assistant.pipeline.purse import Purse, is_used_up
from assistant.records import Budget, Locator, RawMail, Spent, Stranger, Task, Tokens
from tests.configs import Section, answering
from tests.decide.tasks_made import local, task
from tests.modelserver.scripted import ScriptedModel, completion, scripted
from tests.pipeline.office import DANA, PRIYA, US, Office, office_config
from tests.threats.spoof_forms import RESULTS
from tests.threats.spoofing import PASS, Gate, postfix, written
from tests.threats.test_loops import text_of

SHOUT = "URGENT!!! STAT!!! Please call {n} about the invoice of Mr. No{n} today, immediately."
REAL = "Please send the referral packet for Mrs. Okafor to Lakeside by Friday."
OFFER = "Would you look at offer number {n}? It may be gone by then."
COSTLY = completion('{"tasks": []}', tokens=(2000, 400))
_UIDS = count(1)


def stored(office: Office, words: str, sender: str, message: int) -> None:
    raw = (
        f"From: {sender}\r\nTo: {DANA}\r\nSubject: URGENT {message}\r\nMessage-ID: <flood-{message}@flood.example>\r\n"
        f"Date: Mon, 9 Mar 2026 10:00:00 -0400\r\n\r\n{words}\r\n"
    ).encode()
    where = Locator(account="desk", folder="INBOX", uidvalidity=9, uid=next(_UIDS))
    mails = [(RawMail(locator=where, received_at=office.now, content=raw), content_key(raw))]
    office.parts.ledger.spool.store_all(mails, office.now, {key for _raw, key in mails})


def modelled(folder: Path, model: ScriptedModel, **settings: object) -> Office:
    chosen: Section = {**answering(model.base_url), "side_by_side": 4, **settings}  # type: ignore[dict-item]
    office = Office(folder, office_config(model=chosen))
    metered(office)
    return office


def metered(office: Office) -> None:
    parts = office.parts
    purse = Purse(parts.config, parts.ledger, parts.clock)
    object.__setattr__(parts, "reader", open_engines(parts.config, {}, parts.ledger.answers, purse))


def spent(ledger: Ledger, day: date) -> Tokens:
    return ledger.spending.spent(day, "").in_all


PRICES: dict[str, object] = {"price_in": 3.0, "price_out": 15.0, "day_tokens": 10_000_000, "sender_tokens": 10_000_000}


@pytest.mark.parametrize("mails", [200])
def test_a_flood_of_one_sender_costs_no_more_than_the_ceiling_and_keeps_half_of_it_for_others(
    tmp_path: Path, mails: int
):
    with scripted(COSTLY) as model:
        office = modelled(tmp_path, model, **PRICES, day_price=0.5)
        for number in range(mails):
            stored(office, OFFER.format(n=number), "ad@flood.example", number)
        receive(office.parts)
        by_flood = len(model.requests)
        office.arrive(OFFER.format(n="of the wheelchair"), sender=PRIYA)
        office.work()

        day = date(2026, 3, 9)
        budget = Budget(sender_tokens=0, day_tokens=0, price_in=3.0, price_out=15.0)
        price = budget.price(spent(office.parts.ledger, day))
        print(f"{mails} mails of one sender: {by_flood} questions, {price:.3f} of 0.5")
        assert 0 < by_flood < mails
        assert price <= 0.25 + 0.05
        assert len(model.requests) == by_flood + 1, "a known sender's mail is read by the model all the same"
        assert not is_used_up(office.parts), "nor does a known sender's mail wait for tomorrow, should the model fail"
        assert any(one.part == "model budget" and one.level == "degraded" for one in conditions(office.parts))
        assert "used up its budget" in office.said()
        office.parts.ledger.close()


def test_the_ceiling_holds_to_the_last_cent_for_everybody_and_over_a_restart_and_ends_with_the_day(tmp_path: Path):
    with scripted(COSTLY) as model:
        office = modelled(tmp_path, model, **PRICES, day_price=0.3)
        for number in range(40):
            stored(office, OFFER.format(n=number), PRIYA, number)
            if number % 10 == 9:
                receive(office.parts)
                office.restart()
                metered(office)
        asked = len(model.requests)
        budget = Budget(sender_tokens=0, day_tokens=0, price_in=3.0, price_out=15.0)

        assert 0 < asked < 40
        assert budget.price(spent(office.parts.ledger, date(2026, 3, 9))) <= 0.3
        settled = office.parts.ledger.spool.balance(office.now - timedelta(days=1))
        assert settled.waiting == 0, "the rules go on alone"
        assert is_used_up(office.parts)
        object.__setattr__(office.parts, "stopwatch", lambda: 0.0)
        assert not clock_jumped(office.parts)
        assert office.parts.ledger.spool.to_read_again(office.now, 1) == [], "nor does a start bring tomorrow forward"
        office.pass_time(hours=15)
        receive(office.parts)
        assert len(model.requests) > asked, "a new day has its own budget, and known senders' mails are read again"
        assert not any(one.part == "model budget" and not one.is_fine for one in conditions(office.parts)) or (
            office.parts.ledger.spending.refused(date(2026, 3, 10))[0] > 0
        )
        office.parts.ledger.close()


def test_a_question_that_a_crash_cut_off_counts_with_the_most_that_it_can_cost(tmp_path: Path):
    ledger = Ledger(tmp_path, lock=True)
    most = Tokens(read=900, written=100)
    assert ledger.spending.take(date(2026, 3, 9), "a@b.example", most, lambda _spent: True)
    ledger.close()

    ledger = Ledger(tmp_path, lock=True)
    assert spent(ledger, date(2026, 3, 9)) == most
    ledger.spending.correct(date(2026, 3, 9), "a@b.example", most, Tokens(read=10, written=1))
    assert ledger.spending.spent(date(2026, 3, 9), "A@b.example").by_sender == Tokens(read=10, written=1)
    ledger.close()


@pytest.mark.parametrize(
    ("asked", "by_sender", "in_all", "is_known", "expected"),
    [
        (10, 0, 0, True, None),
        (10, 91, 91, True, "sender"),
        (10, 90, 490, True, None),
        (10, 0, 991, True, "day"),
        (10, 0, 491, False, "kept for others"),
        (10, 0, 490, False, None),
        (0, 100, 1000, True, None),
    ],
)
def test_what_is_asked_stays_within_each_limit(
    asked: int, by_sender: int, in_all: int, *, is_known: bool, expected: str | None
):
    budget = Budget(sender_tokens=100, day_tokens=1000, day_price=1)
    before = Spent(by_sender=Tokens(read=by_sender), in_all=Tokens(read=in_all))

    assert refusal(Tokens(read=asked), before, budget, is_known=is_known) == expected


def strangers(task_number: int, email: str, day: int = 9) -> Task:
    who = Stranger(email=email, came_at=local(3, day, 10))
    return task(task_number, source=f"mail-{task_number}", stranger=who, changed_by="assistant")


def test_a_crowd_is_more_than_a_days_share_of_one_stranger_or_of_all():
    few = [strangers(number, "a@x.example") for number in range(3)]
    many = [strangers(10 + number, "b@x.example") for number in range(6)]
    spread = [strangers(30 + number, f"{number}@y.example", day=10) for number in range(21)]
    touched = strangers(99, "b@x.example")

    def found(*tasks: Task, known: frozenset[str] = frozenset()) -> frozenset[int]:
        return crowd(tasks, most=20, most_each=5, knows=known.__contains__)

    assert found(*few) == frozenset()
    assert found(*few, *many) == {one.number for one in many}
    assert found(*spread) == {one.number for one in spread}
    assert found(*spread[:20]) == frozenset()
    assert found(*many, known=frozenset({"b@x.example"})) == frozenset()
    assert 99 not in found(*many, task(99, stranger=touched.stranger, changed_by=DANA))
    assert found(task(1)) == frozenset()


@pytest.mark.parametrize(("tasks_in_mail", "is_crowd"), [(6, False), (23, False), (24, True)])
def test_one_strangers_mail_may_ask_for_many_things_but_not_for_any_number(tasks_in_mail: int, *, is_crowd: bool):
    whole = [replace(strangers(number, "a@x.example"), source="one mail") for number in range(tasks_in_mail)]

    assert bool(crowd(whole, most=20, most_each=5, knows=lambda _email: False)) is is_crowd


@pytest.mark.parametrize("senders", [1, 300])
def test_a_real_task_stands_among_the_first_ten_under_a_flood_of_shouts(tmp_path: Path, senders: int):
    office = Office(tmp_path)
    office.arrive(REAL, sender=PRIYA)
    for number in range(300):
        stored(office, SHOUT.format(n=number), f"x{number % senders}@flood{number % senders}.example", number)
    collect(office.parts, "desk")
    receive(office.parts)
    tick(office.parts)
    deliver(office.parts)

    digest = office.said()
    fakes = sum(task.stranger is not None for task in office.open)
    shown = [line for line in digest.splitlines() if line.startswith("#")]
    place = next(place for place, line in enumerate(shown, start=1) if "Okafor" in line)
    print(f"{fakes} fake tasks of {senders} senders: the real one stands at {place}")
    assert fakes > 250
    assert place <= 10
    assert "FROM SENDERS I DO NOT KNOW" in digest
    before = len(office.postbox.taken)
    office.pass_time(hours=12)
    tick(office.parts)
    deliver(office.parts)
    assert len(office.postbox.taken) == before, "nobody is called"
    office.parts.ledger.close()


def test_one_strangers_stat_request_calls_its_owner_and_says_that_nobody_else_is_asked(tmp_path: Path):
    office = Office(tmp_path)
    office.arrive("STAT: please page the ward about Mr. Osei today.", sender="new@ward.example")
    office.work()
    office.pass_time(hours=10)
    office.work()

    calls = [mail for mail in office.postbox.taken if "escalation" in str(mail["Message-ID"])]
    body = calls[0].get_body(("plain",))

    assert [str(mail["To"]) for mail in calls] == [f"Dana Whitfield <{DANA}>"]
    assert body is not None
    assert "and ask nobody else" in " ".join(body.get_content().split())
    office.parts.ledger.close()


@pytest.mark.parametrize("before", [0, 1, 16])
def test_who_asks_before_somebody_we_know_does_not_hide_what_they_ask(tmp_path: Path, before: int):
    office = Office(tmp_path, office_config(limits={"known": ["ruth@posthouse.example"]}))
    asked = "URGENT: Please fax the cardiac clearance for Mrs. Rivera to pre-op by tomorrow noon."
    for number in range(before):
        stored(office, SHOUT.format(n=number) if number else asked, "eve@posthouse.example", number)
        office.work()
    office.arrive(asked, sender="ruth@posthouse.example")
    for _ in range(60):
        office.work()
        office.pass_time(hours=1)

    real = next(task for task in office.open if "Rivera" in task.title)
    digests = [text_of(mail) for mail in office.postbox.taken if str(mail["Message-ID"]).startswith("<digest")]
    assert PRIYA in real.called
    assert "Rivera" in digests[-1].partition("FROM SENDERS")[0]
    assert not any(PRIYA in task.called for task in office.open if task is not real)
    office.parts.ledger.close()


@pytest.mark.parametrize("senders", [1, 14])
def test_many_requests_of_strangers_stand_behind_and_call_their_owner_alone(tmp_path: Path, senders: int):
    office = Office(tmp_path)
    for number in range(14):
        stored(office, SHOUT.format(n=number), f"new{number % senders}@ward.example", number)
    office.arrive("Please fax the consent of Mrs. Okafor to the ward on Friday.", sender=PRIYA)
    for _ in range(12):
        office.work()
        office.pass_time(hours=6)
    strangers = [task for task in office.open if task.stranger is not None]
    called = Counter(email for task in strangers for email in set(task.called))

    assert all(DANA in task.called for task in strangers)
    assert set(called) == {DANA}
    digest = [mail for mail in office.postbox.taken if str(mail["Message-ID"]).startswith("<digest")][-1]
    shown = [line for line in digest.get_body(("plain",)).get_content().splitlines() if line.startswith("#")]  # type: ignore[union-attr]

    assert any("Okafor" in line for line in shown[:6])
    assert sum("No" in line for line in shown) == 14

    last = strangers[-1].number
    office.postbox.taken.append(digest)
    office.answer(f"{last} urgent")
    for _ in range(4):
        office.work()
        office.pass_time(hours=8)

    assert PRIYA in next(task.called for task in office.open if task.number == last)
    office.parts.ledger.close()


def test_a_house_may_let_a_few_tasks_of_strangers_be_escalated_like_any(tmp_path: Path):
    office = Office(tmp_path, office_config(limits={"strangers_escalated": 2}))
    for number in range(4):
        stored(office, SHOUT.format(n=number), f"new{number}@ward.example", number)
    for _ in range(8):
        office.work()
        office.pass_time(hours=6)
    called = Counter(email for task in office.open for email in set(task.called))

    assert called == {DANA: 4, PRIYA: 2}
    office.parts.ledger.close()


def test_a_task_that_is_taken_up_makes_its_sender_known_and_folds_no_more(tmp_path: Path):
    office = Office(tmp_path)
    for number in range(20):
        stored(office, SHOUT.format(n=number), "lab@new.example", number)
    office.work()
    assert "FROM SENDERS I DO NOT KNOW" in office.said()
    number = office.open[0].number

    office.answer(f"ack {number}")
    office.work()
    office.pass_time(days=1)
    office.work()

    digests = [mail for mail in office.postbox.taken if str(mail["Message-ID"]).startswith("<digest")]
    body = digests[-1].get_body(("plain",))
    assert body is not None
    assert "SENDERS I DO NOT KNOW" not in body.get_content()
    office.parts.ledger.close()


def test_whose_task_is_taken_up_is_known_wherever_we_were_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    office = Office(tmp_path)
    office.arrive(REAL, sender="lab@new.example")
    office.work()
    office.answer("ack 1")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Acquaintances, "meet", killed)
        with pytest.raises(KeyboardInterrupt):
            office.work()
    office.restart()
    office.work()

    assert office.open[0].acknowledged_until is not None
    assert knows(office.parts.config, office.parts.ledger, "lab@new.example")
    office.parts.ledger.close()


def test_who_writes_in_a_colleagues_name_lets_nobody_in_and_the_colleague_does(tmp_path: Path):
    gate = Gate(tmp_path)
    digest = gate.fresh[DANA].message_id
    for top in (RESULTS["failed"], RESULTS["nothing at all"]):
        for answers, to in ((digest, f"{US}, mallory@evil.example"), ("", "eve@evil.example")):
            gate.receives(written(top=top, now=gate.now, answers=answers, to=to, body="How is it going?\n"))
    gate.receives(written(top=postfix(PASS), now=gate.now, to="lab@new.example", body="How is it going?\n"))
    known = [knows(gate.parts.config, gate.parts.ledger, one) for one in ("mallory@evil.example", "eve@evil.example")]

    assert known == [False, False]
    assert knows(gate.parts.config, gate.parts.ledger, "lab@new.example")
    gate.parts.ledger.close()


def test_known_senders_mail_is_taken_before_a_flood_that_came_later(tmp_path: Path):
    office = Office(tmp_path)
    office.arrive(REAL, sender=PRIYA)
    collect(office.parts, "desk")
    office.pass_time(minutes=5)
    for number in range(500):
        stored(office, "Win a cruise.", "ad@flood.example", number)

    first = office.parts.ledger.spool.waiting(50, now=office.now)

    assert any(b"Okafor" in mail.content for mail in first)
    office.parts.ledger.close()


@pytest.mark.faults
@pytest.mark.timeout(1800)
def test_ten_thousand_mails_of_one_sender_keep_nobody_waiting(tmp_path: Path):
    with scripted(COSTLY) as model:
        office = modelled(tmp_path, model, **PRICES, day_price=0.5)
        for number in range(10_000):
            stored(office, OFFER.format(n=number), "ad@flood.example", number)
        office.arrive(REAL, sender=PRIYA)
        collect(office.parts, "desk")
        began = time.monotonic()
        seen: list[float] = []

        def look(_settled: int) -> None:
            if not seen and any("Okafor" in task.title for task in office.open):
                seen.append(time.monotonic() - began)

        receive(office.parts, look)
        took = time.monotonic() - began
        budget = Budget(sender_tokens=0, day_tokens=0, price_in=3.0, price_out=15.0)
        price = budget.price(spent(office.parts.ledger, date(2026, 3, 9)))
        print(
            f"10,000 mails in {took:.0f} s, {len(model.requests)} questions, {price:.3f} of 0.5; real: {seen[0]:.1f} s"
        )

        assert price <= 0.5
        assert seen[0] < 300
        assert office.parts.ledger.spool.balance(office.now - timedelta(days=1)).waiting == 0
        office.parts.ledger.close()
