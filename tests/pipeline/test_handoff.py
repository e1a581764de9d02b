"""Tasks that are given to somebody: one mail to the receiver, which is answered like any of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote

import pytest

from assistant.errors import TransientError
from tests.configs import person
from tests.pipeline.office import DANA, MONDAY, PRIYA, US, Office, office_config
from tests.pipeline.test_own_words_later import LEE, ask_anew, with_two_tasks


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = with_two_tasks(tmp_path)
    yield office
    office.parts.ledger.close()


def handoffs(office: Office) -> list[EmailMessage]:
    return [mail for mail in office.postbox.taken if mail["Message-ID"].startswith("<handoff.")]


def give(office: Office, words: str, sender: str = DANA) -> EmailMessage:
    """Let somebody give tasks away; return the newest handoff, which is what is answered next."""
    office.answer(words, sender=sender)
    office.work()
    mail = handoffs(office)[-1]
    office.postbox.taken.append(mail)
    return mail


def plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def owners(office: Office) -> dict[int, str | None]:
    return {task.number: task.owner for task in office.open}


def test_the_receiver_gets_one_mail_for_all_that_one_reply_gives_them(office: Office):
    mail = give(office, "give 1 and 2 to Lee")

    assert len(set(map(id, handoffs(office)))) == 1
    assert [one.addr_spec for one in mail["To"].addresses] == [LEE]
    assert mail["Subject"] == "Handed to you: #1, #2"
    for words in ("Dana Whitfield gave you these 2 tasks", "Wed, Mar 11, noon", "Please fax the cardiac", "not mine"):
        assert words in plain(mail)


def test_a_new_task_for_a_colleague_is_told_to_them_and_can_be_taken_back(office: Office):
    mail = give(office, "new: order gowns by friday, give to Lee")
    number = max(owners(office))

    assert mail["Subject"] == f"Handed to you: #{number}"
    assert [one.addr_spec for one in mail["To"].addresses] == [LEE]
    assert owners(office)[number] == LEE

    receipt = next(mail for mail in reversed(office.postbox.taken) if mail["Message-ID"].startswith("<answer."))
    office.pass_time(minutes=5)
    office.answer("undo", sender=DANA, In_Reply_To=str(receipt["Message-ID"]))
    office.work()

    assert number not in owners(office)


def test_who_takes_a_task_over_gets_no_mail_about_it(office: Office):
    ask_anew(office, "give 1 to Priya", PRIYA)

    assert owners(office)[1] == PRIYA
    assert handoffs(office) == []


@pytest.mark.parametrize(("words", "state"), [("done", "done"), ("1 done", "done"), ("hecho", "done"), ("ack", "open")])
def test_a_handoff_is_answered_like_any_mail_of_ours(office: Office, words: str, state: str):
    give(office, "give 1 to Lee")
    office.pass_time(minutes=5)
    office.answer(words, sender=LEE)
    office.work()
    (task,) = office.parts.ledger.book.numbered((1,))

    assert (task.state, task.changed_by) == (state, LEE)


@pytest.mark.parametrize(
    "words",
    [
        "back",
        "Not mine.",
        "1 not mine",
        "1 back",
        "give it back",
        "give 1 back please",
        "devolver 1",
        "devolver esta",
        "no es mía",
    ],
)
def test_what_is_not_theirs_goes_back_to_who_gave_it(office: Office, words: str):
    give(office, "give 1 to Lee")
    office.pass_time(minutes=5)
    office.answer(words, sender=LEE)
    office.work()

    assert owners(office)[1] == DANA
    assert handoffs(office)[-1]["To"].addresses[0].addr_spec == DANA
    assert "Lee Park gave you this task" in plain(handoffs(office)[-1])


def test_one_of_two_goes_back_and_a_bare_word_is_asked_about(office: Office):
    mail = give(office, "give 1 and 2 to Lee")
    office.answer("not mine", sender=LEE)
    office.work()
    assert owners(office) == {1: LEE, 2: LEE}
    office.postbox.taken.append(mail)
    office.answer("2 back", sender=LEE)
    office.work()

    assert owners(office) == {1: LEE, 2: DANA}


@pytest.mark.parametrize("words", ["all back", "devolver todas", "1 and 2 not mine"])
def test_all_of_it_goes_back_in_one_mail(office: Office, words: str):
    give(office, "give 1 and 2 to Lee")
    office.pass_time(minutes=5)
    office.answer(words, sender=LEE)
    office.work()

    assert owners(office) == {1: DANA, 2: DANA}
    assert handoffs(office)[-1]["Subject"] == "Handed to you: #1, #2"


def test_back_means_nothing_under_other_mails(office: Office):
    office.answer("1 not mine")
    office.work()

    assert owners(office)[1] != LEE
    assert handoffs(office) == []


def test_its_links_answer_with_one_touch(office: Office):
    body = give(office, "give 1 to Lee").get_body(("html",))
    assert body is not None
    links = dict(re.findall(r'href="mailto:[^"?]+\?subject=([^"&]+)[^"]*"[^>]*>([^<]+)<', body.get_content()))
    subjects = {name.replace("&nbsp;", " "): unquote(subject) for subject, name in links.items()}
    office.pass_time(minutes=5)
    office.arrive("1 not mine", sender=LEE, to=US, Subject=subjects["Not mine"])
    office.work()

    assert owners(office)[1] == DANA


@pytest.mark.parametrize(("given", "hour", "leaves"), [("give 2 to Lee", 2, 11), ("2 urgent\ngive 2 to Lee", 2, 2)])
def test_it_waits_for_the_morning_unless_it_is_urgent(office: Office, given: str, hour: int, leaves: int):
    digest = office.postbox.taken[-1]
    # 10 in the evening in New York, and 7 in the morning there.
    office.now = datetime(2026, 3, 10, hour, tzinfo=UTC)
    office.postbox.taken.append(digest)
    office.answer(given)
    while not handoffs(office):
        office.work()
        office.pass_time(minutes=30)

    assert office.now.hour == leaves


def at_night(office: Office, words: str) -> None:
    """Let Dana give tasks away at 10 in the evening, when Lee's mail waits for 7 in the morning."""
    digest = office.postbox.taken[-1]
    office.now = datetime(2026, 3, 10, 2, tzinfo=UTC)
    office.work()
    office.postbox.taken.append(digest)
    office.answer(words)
    office.work()
    assert handoffs(office) == []


def until_noon(office: Office) -> None:
    while office.now.hour < 16:
        office.pass_time(minutes=30)
        office.work()


@pytest.mark.parametrize("words", ["undo", "give 1 to Priya\ndone 2", "drop 1\ndrop 2"])
def test_one_that_is_taken_back_before_it_leaves_tells_nobody_of_what_they_never_had(office: Office, words: str):
    at_night(office, "give 1 and 2 to Lee")
    office.pass_time(minutes=5)
    office.answer(words)
    office.work()
    until_noon(office)
    told = [mail for mail in handoffs(office) if mail["To"].addresses[0].addr_spec == LEE]

    assert told == []
    assert LEE not in owners(office).values()
    assert "did not arrive" not in "".join(plain(mail) for mail in office.postbox.taken)
    assert office.parts.ledger.outgoing.failures(MONDAY) == 0
    assert office.parts.ledger.audit.verify().problems == []


def test_of_one_that_is_taken_back_in_part_the_rest_is_told(office: Office):
    at_night(office, "give 1 and 2 to Lee")
    office.pass_time(minutes=5)
    office.answer("give 2 to Priya")
    office.work()
    until_noon(office)
    (mail,) = [mail for mail in handoffs(office) if mail["To"].addresses[0].addr_spec == LEE]

    assert mail["Subject"] == "Handed to you: #1"
    assert "Dana Whitfield gave you this task" in plain(mail)
    office.postbox.taken.append(mail)
    office.answer("1 not mine", sender=LEE)
    office.work()
    assert owners(office)[1] == DANA


def test_one_that_no_server_took_is_taken_back_as_well(office: Office):
    office.postbox.trouble = TransientError("smtp: no answer")
    office.answer("give 1 to Lee")
    office.work()
    office.answer("undo")
    office.work()
    office.postbox.trouble = None
    office.pass_time(minutes=30)
    office.work()

    assert owners(office)[1] != LEE
    assert handoffs(office) == []


def test_who_has_left_meanwhile_is_not_written_to_and_the_administrator_hears_of_it(office: Office):
    at_night(office, "give 2 to Lee")
    config = office.parts.config
    people = tuple(one for one in config.people if one.email != LEE)
    assistant = config.assistant.model_copy(update={"administrator": PRIYA})
    changed = config.model_copy(update={"people": people, "assistant": assistant})
    office.parts = replace(office.parts, config=changed, _people={})
    until_noon(office)

    assert handoffs(office) == []
    (told,) = [mail for mail in office.postbox.taken if mail["Message-ID"].startswith("<alert.")]
    assert told["To"].addresses[0].addr_spec == PRIYA
    assert "not in the configuration any more" in plain(told)


def test_a_start_in_the_night_wakes_nobody(office: Office):
    at_night(office, "give 2 to Lee")
    office.restart()
    office.parts = replace(office.parts, stopwatch=lambda: 0.0)
    for _ in range(3):
        office.work()
    assert handoffs(office) == []
    office.parts = replace(office.parts, stopwatch=None)
    until_noon(office)

    assert len(handoffs(office)) == 1


def test_nobody_outside_the_configuration_is_written_to(office: Office):
    office.answer("give 1 to lee@cardio.example\ngive 2 to Ruth")
    office.work()

    assert handoffs(office) == []


def test_the_same_reply_twice_makes_one_mail(office: Office):
    office.answer("give 1 to Lee")
    office.work()
    office.again()
    office.work()

    assert len(handoffs(office)) == 1


@pytest.mark.parametrize("disclosure", ["", "outside", "department"])
@pytest.mark.parametrize(
    "words", ["the clearance is done", "is the clearance sent?", "I guess 1 is done?", "who asked for 1?"]
)
def test_who_may_not_be_told_of_patients_is_asked_back_and_told_without_their_names(
    tmp_path: Path, disclosure: str, words: str
):
    outside = "omar@agency.example"
    office = Office(tmp_path, office_config({**person(outside, "Omar Haddad"), "disclosure": disclosure}))
    office.arrive("Please fax the cardiac clearance for Mr. Alvarez to Ridgeview by Wednesday noon.")
    office.arrive("Please send the cardiac clearance for Mrs. Okafor to Lakeside by Friday.")
    office.work()
    office.postbox.taken.append(
        next(mail for mail in office.postbox.taken if mail["To"].addresses[0].addr_spec == DANA)
    )
    give(office, "give 1 and 2 to Omar")
    office.pass_time(minutes=5)
    office.answer(words, sender=outside)
    office.work()
    answer = office.postbox.taken[-1]
    office.parts.ledger.close()

    assert answer["To"].addresses[0].addr_spec == outside
    assert answer["Message-ID"].startswith("<answer.")
    assert not [name for name in ("Alvarez", "Okafor", "ruth@") if name in str(answer)]
