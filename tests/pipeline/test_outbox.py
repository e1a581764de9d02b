"""A mail on its way out: cut off, copied, sent another way. It arrives, once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import pytest

from assistant.errors import SignInError, TransientError
from assistant.pipeline import collect, deliver, receive, warnings
from assistant.records import OutgoingMail
from tests.pipeline.clinic import ADMIN, Clinic, configured
from tests.pipeline.office import DANA, US

# --- what may have left


@pytest.mark.parametrize("takes", [True, False])
@pytest.mark.parametrize("keeps_sent", [True, False])
def test_a_digest_whose_answer_was_cut_arrives_once(clinic: Clinic, *, takes: bool, keeps_sent: bool):
    # The server's ways are known from a mail before: that tells where the next one has to be.
    clinic.house.keeps_sent = keeps_sent
    clinic.work()
    clinic.pass_time(minutes=3)
    clinic.work()
    clinic.pass_time(days=1)
    clinic.house.takes, clinic.house.cuts = takes, True
    clinic.owe_digest()
    deliver(clinic.parts)
    assert clinic.states("digest") == ["sent", "uncertain"]
    clinic.house.takes, clinic.house.cuts = True, False
    deliver(clinic.parts)
    assert len(clinic.house.accepted) == 1 + takes, "it is looked for before, and after a while only"
    clinic.pass_time(minutes=2)
    deliver(clinic.parts)
    clinic.pass_time(hours=3)
    deliver(clinic.parts)

    assert clinic.states("digest") == ["sent", "sent"]
    assert len(clinic.house.accepted) == 2


def test_what_is_sent_again_is_the_same_to_the_byte(clinic: Clinic):
    clinic.house.cuts = True
    clinic.owe_digest()
    first = clinic.parts.ledger.outgoing.due(clinic.now, 1)[0].content
    configured(clinic, copy_to_self="no", unsure_min=5)
    deliver(clinic.parts)
    clinic.pass_time(minutes=6)
    deliver(clinic.parts)

    assert [mail.content for mail in clinic.house.accepted] == [first, first]


def test_what_comes_in_while_it_is_about_to_leave_again_stays_where_it_is(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
):
    clinic.house.cuts = True
    clinic.owe_digest()
    configured(clinic, copy_to_self="no", unsure_min=5)
    deliver(clinic.parts)
    assert clinic.states("digest") == ["uncertain"]
    clinic.pass_time(minutes=6)
    outgoing = clinic.parts.ledger.outgoing
    due = outgoing.due

    def due_and_found(now: datetime, limit: int, but: Collection[str] = ()) -> list[OutgoingMail]:
        mails = due(now, limit, but)
        assert all(outgoing.arrived(mail.message_id, now) for mail in mails)
        return mails

    monkeypatch.setattr(outgoing, "due", due_and_found)
    deliver(clinic.parts)

    assert len(clinic.house.accepted) == 1
    assert clinic.states("digest") == ["sent"]


@pytest.mark.parametrize("takes", [True, False])
def test_a_mail_that_was_being_sent_when_we_died_is_looked_for(clinic: Clinic, *, takes: bool):
    clinic.owe_digest()
    mail = clinic.parts.ledger.outgoing.due(clinic.now, 1)[0]
    clinic.parts.ledger.outgoing.begin(mail.key, via="smtp", copied=True)
    if takes:
        clinic.house.send(replace(mail, copy_to=US))
    clinic.restart()
    deliver(clinic.parts)

    assert len(clinic.house.accepted) == 1
    assert clinic.states("digest") == ["sent"]


def test_a_digest_that_cannot_be_looked_for_waits_an_hour(clinic: Clinic):
    clinic.equip(copies=False)
    clinic.house.cuts = True
    clinic.owe_digest()
    deliver(clinic.parts)
    clinic.house.cuts = False
    clinic.pass_time(minutes=59)
    assert deliver(clinic.parts) == 0
    clinic.pass_time(minutes=2)

    assert deliver(clinic.parts) == 1
    assert len(clinic.house.accepted) == 2


def test_a_sent_folder_that_no_server_fills_tells_nothing_by_being_empty(clinic: Clinic):
    configured(clinic, copy_to_self="no")
    clinic.house.cuts = True
    clinic.owe_digest()
    deliver(clinic.parts)
    clinic.house.cuts = False
    clinic.pass_time(minutes=30)
    deliver(clinic.parts)
    assert clinic.states("digest") == ["uncertain"]
    clinic.pass_time(minutes=31)
    deliver(clinic.parts)

    assert clinic.states("digest") == ["sent"]


def test_a_digest_waits_while_its_mailbox_does_not_answer_and_is_found_after(clinic: Clinic):
    clinic.house.cuts = True
    clinic.owe_digest()
    deliver(clinic.parts)
    clinic.house.cuts = False
    aside = clinic.folder / "aside"
    (clinic.folder / "mail").rename(aside)
    for _ in range(5):
        clinic.pass_time(minutes=5)
        deliver(clinic.parts)
    assert clinic.states("digest") == ["uncertain"]
    aside.rename(clinic.folder / "mail")
    clinic.pass_time(minutes=5)
    deliver(clinic.parts)

    assert clinic.states("digest") == ["sent"]
    assert len(clinic.house.accepted) == 1


def test_an_escalation_that_cannot_be_looked_for_goes_out_again_at_once(clinic: Clinic):
    clinic.owe_escalation()
    clinic.equip(copies=False)
    clinic.house.cuts, clinic.house.takes = True, False
    deliver(clinic.parts)
    clinic.house.cuts, clinic.house.takes = False, True
    clinic.pass_time(minutes=1)
    deliver(clinic.parts)

    assert clinic.states("escalation") == ["sent"]


def test_no_mail_is_repeated_for_ever(clinic: Clinic):
    clinic.equip(copies=False)
    clinic.house.cuts = True
    clinic.owe_digest()
    for _ in range(12):
        deliver(clinic.parts)
        clinic.pass_time(minutes=30)

    assert len(clinic.house.to(DANA)) == 3
    assert len(clinic.house.to(ADMIN)) == 3, "an alert, in doubt as often"
    assert clinic.states("digest") == ["failed"]


def test_our_own_mail_that_comes_in_tells_that_it_left(clinic: Clinic):
    clinic.owe_digest()
    clinic.equip(copies=False)
    clinic.house.cuts = True
    deliver(clinic.parts)
    clinic.arrive_raw(clinic.house.accepted[0].content)
    collect(clinic.parts, "desk")
    receive(clinic.parts)

    assert clinic.states("digest") == ["sent"]


@pytest.mark.parametrize(
    ("setting", "address", "expected"),
    [("auto", US, US), ("yes", US, US), ("no", US, None), ("auto", DANA, None)],
)
def test_a_copy_goes_to_ourselves_where_it_is_of_use(clinic: Clinic, setting: str, address: str, expected: str | None):
    configured(clinic, copy_to_self=setting)
    config = clinic.parts.config
    ours = config.assistant.model_copy(update={"address": address})
    clinic.parts = replace(clinic.parts, config=config.model_copy(update={"assistant": ours}))
    clinic.owe_digest()
    deliver(clinic.parts)

    assert [mail.copy_to for mail in clinic.house.accepted] == [expected]


# --- the Sent folder


@pytest.mark.parametrize(
    ("keep_sent", "server_keeps", "copies"),
    [("auto", False, 1), ("auto", True, 1), ("yes", False, 1), ("yes", True, 1), ("no", False, 0), ("no", True, 1)],
)
def test_sent_holds_what_it_should_and_nothing_twice(
    clinic: Clinic, keep_sent: str, copies: int, *, server_keeps: bool
):
    configured(clinic, keep_sent=keep_sent)
    clinic.house.keeps_sent = server_keeps
    for _ in range(3):
        clinic.work()
        clinic.pass_time(minutes=3)

    assert len(clinic.in_sent) == copies


def test_a_copy_that_we_died_over_is_neither_missing_nor_twice(clinic: Clinic, monkeypatch: pytest.MonkeyPatch):
    clinic.work()
    clinic.pass_time(minutes=3)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(type(clinic.parts.ledger.outgoing), "kept", die)
        with pytest.raises(KeyboardInterrupt):
            deliver(clinic.parts)
    clinic.restart()
    deliver(clinic.parts)

    assert len(clinic.in_sent) == 1
    assert not clinic.parts.ledger.outgoing.server_keeps("smtp"), "it was we who put it there"


def test_a_server_that_keeps_copies_by_itself_may_be_slow_with_one(clinic: Clinic):
    clinic.house.keeps_sent = True
    clinic.work()
    clinic.pass_time(minutes=3)
    clinic.work()
    clinic.pass_time(days=1)
    clinic.house.keeps_sent = False
    clinic.work()
    clinic.pass_time(minutes=3)
    clinic.work()
    assert len(clinic.in_sent) == 1
    clinic.pass_time(hours=1)
    clinic.work()
    clinic.pass_time(minutes=10)
    clinic.work()

    assert len(clinic.in_sent) == 2, "after an hour it is we who put it there"


def test_copies_wait_for_a_mailbox_that_is_away_and_are_put_there_later(clinic: Clinic):
    clinic.work()
    clinic.answer_by_writing("list")
    clinic.work()
    aside = clinic.folder / "aside"
    (clinic.folder / "mail" / ".Sent" / "cur").rename(aside)
    clinic.pass_time(minutes=3)
    deliver(clinic.parts)
    aside.rename(clinic.folder / "mail" / ".Sent" / "cur")
    deliver(clinic.parts)
    assert not clinic.in_sent, "it is asked again in a while, not at once"
    clinic.pass_time(minutes=10)
    deliver(clinic.parts)

    assert len(clinic.in_sent) == 2


# --- another way out


def test_an_escalation_leaves_by_the_second_server_as_soon_as_the_first_does_not_take_it(clinic: Clinic):
    clinic.owe_escalation()
    clinic.equip(second=True)
    clinic.house.trouble = TransientError("smtp: no answer")
    deliver(clinic.parts)

    assert {mail.kind for mail in clinic.second.accepted} == {"escalation"}
    assert clinic.states("digest")[-1] == "pending", "a digest can wait for the first"


def test_all_mail_leaves_by_the_second_server_when_the_first_is_out_for_long(clinic: Clinic):
    clinic.equip(second=True)
    clinic.house.trouble = TransientError("smtp: no answer")
    clinic.owe_digest()
    for _ in range(9):
        deliver(clinic.parts)
        clinic.pass_time(minutes=1)
    assert not clinic.second.accepted
    clinic.pass_time(minutes=12)
    deliver(clinic.parts)
    assert [mail.kind for mail in clinic.second.accepted] == ["digest"]
    said = warnings(clinic.parts, clinic.parts.people()[0], clinic.now)
    assert any("they leave by the second" in one for one in said)
    clinic.house.trouble = None
    clinic.pass_time(days=1)
    clinic.work()
    assert not any("second" in one for one in warnings(clinic.parts, clinic.parts.people()[0], clinic.now))

    assert [mail.kind for mail in clinic.house.accepted] == ["digest"], "the first is back"


def test_a_server_that_refuses_our_password_is_left_alone_for_ten_minutes(clinic: Clinic):
    asked = []

    def refuse(mail: OutgoingMail) -> None:
        asked.append(mail)
        raise SignInError("smtp", "535")

    clinic.house.send = refuse  # type: ignore[method-assign]
    clinic.owe_escalation()
    asked.clear()
    for _ in range(18):
        deliver(clinic.parts)
        clinic.pass_time(seconds=30)

    assert len(asked) == 1
