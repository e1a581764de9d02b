"""Programs that answer us, for seven days: none gets more than one answer a day, and none changes a task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.pipeline import collect, deliver, receive, tick
from assistant.pipeline.replies.echoes import came_by_list
from tests.configs import config_text, person
from tests.pipeline.office import DANA, MONDAY, PRIYA, US, Office, office_config

ASKED = (
    "Please fax the cardiac clearance for Mr. Alvarez to Ridgeview by Wednesday noon.",
    "Please call Mrs. Jimenez about the date of her MRI by Friday.",
    "STAT: please page the ward about Mr. Osei today.",
)
DAYS = 7
_AWAY = (
    "Hello,\n\nthank you for your message. I am out of the office until Monday, March 23, and will answer when I am"
    " back. If it is urgent, please call Priya at 555-0100.\n\nBest,\nDana"
)
_TICKETS = count(4001)
Answerer = Callable[[Office, EmailMessage], None]


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def back(office: Office, mail: EmailMessage, words: str, subject: str = "", **headers: str) -> None:
    """Let the mail's reader answer it, as a program in their mailbox does."""
    given = {"In_Reply_To": str(mail["Message-ID"]), "Subject": subject or f"Re: {mail['Subject']}"}
    office.arrive(words, sender=recipient(mail), to=US, **(given | headers))


def recipient(mail: EmailMessage) -> str:
    return str(mail["To"].addresses[0].addr_spec)


def polite(office: Office, mail: EmailMessage) -> None:
    """A vacation note typed into a rule: nothing in its headers tells."""
    back(office, mail, _AWAY)


def vacation(office: Office, mail: EmailMessage) -> None:
    back(office, mail, _AWAY, f"Automatic reply: {mail['Subject']}", Auto_Submitted="auto-replied")


def reflector(office: Office, mail: EmailMessage) -> None:
    """A list that we are on, too: our own mail, with a foot."""
    foot = b"\r\n_______\r\nall@clinic.example, the staff's list\r\nTo leave it, write to all-leave@clinic.example\r\n"
    office.arrive_raw(b"List-Id: <all.clinic.example>\r\nPrecedence: list\r\n" + mail.as_bytes() + foot)


def daemon(office: Office, mail: EmailMessage) -> None:
    if recipient(mail) != DANA:
        return
    words = f"This is the mail system.\n\n<{recipient(mail)}>: mailbox full\n\n{mail.as_string()}"
    office.arrive(words, sender="MAILER-DAEMON@clinic.example", to=US, Subject="Undelivered Mail Returned to Sender")


def tickets(office: Office, mail: EmailMessage) -> None:
    number = next(_TICKETS)
    words = f"Thank you for contacting us. Your request has been received; its number is {number}.\n\n{text_of(mail)}"
    office.arrive(words, sender=recipient(mail), to=US, Subject=f"[Ticket #{number}] We have your request")


def echo(office: Office, mail: EmailMessage) -> None:
    """All that we said, our commands with it, as if its sender had written it."""
    back(office, mail, text_of(mail))


def quoting(office: Office, mail: EmailMessage) -> None:
    back(office, mail, "".join(f"> {line}\n" for line in text_of(mail).splitlines()))


def paged(office: Office, mail: EmailMessage) -> None:
    """The same from a program that reads HTML alone."""
    html = mail.get_body(("html",))
    assert html is not None
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = recipient(mail), US, f"Re: {mail['Subject']}"
    made["In-Reply-To"], made["Message-ID"] = str(mail["Message-ID"]), f"<{next(_TICKETS)}@clinic.example>"
    made.set_content(html.get_content(), subtype="html")
    office.arrive_raw(made.as_bytes())


def changing(office: Office, mail: EmailMessage) -> None:
    """Nothing tells this one but that it goes on: other words each time, none of which we understand."""
    number = next(_TICKETS)
    back(office, mail, f"Lorem {number:x} ipsum {number * 7919:x} dolor {number * 104729:o} sit amet.")


def day_of(office: Office) -> date:
    return office.now.astimezone(ZoneInfo("America/New_York")).date()


def days_of(office: Office, answerer: Answerer, days: int = DAYS) -> Counter[tuple[str, date, str]]:
    """Let a program answer all that is sent; return how many mails of each kind went to whom on which day."""
    sent: Counter[tuple[str, date, str]] = Counter()
    seen = 0
    for _hour in range(days * 24):
        for _ in range(4):
            office.work()
            new, seen = office.postbox.taken[seen:], len(office.postbox.taken)
            for mail in new:
                sent[recipient(mail), day_of(office), str(mail["Message-ID"])[1:].partition(".")[0]] += 1
                answerer(office, mail)
            if not new:
                break
        office.pass_time(hours=1)
    return sent


def changes(office: Office) -> list[tuple[int, str]]:
    """Return what happened to the tasks after they were opened, but that they called somebody."""
    book = office.parts.ledger.book
    numbers = range(1, book.next_number())
    events = (event for number in numbers for event in book.history(number))
    return [
        (event.number, type(event.change).__name__)
        for event in events
        if type(event.change).__name__ != "TaskEscalated" and not (event.number <= 3 and event.at == MONDAY)
    ]


@pytest.mark.parametrize("answerer", [polite, vacation, reflector, daemon, tickets, echo, quoting, paged])
def test_no_program_gets_more_than_one_answer_a_day_or_changes_a_task(tmp_path: Path, answerer: Answerer):
    office = Office(tmp_path)
    for words in ASKED:
        office.arrive(words)

    sent = days_of(office, answerer)

    answers = {key: number for key, number in sent.items() if key[2] not in {"digest", "escalation", "alert"}}
    alerts = Counter((whom, day) for whom, day, kind in sent.elements() if kind == "alert")
    assert max(answers.values(), default=0) <= 1
    # Of one to whom nothing can be delivered, another hears: once a day and kind of mail.
    assert max(alerts.values(), default=0) <= (3 if answerer is daemon else 0)
    assert changes(office) == []
    office.parts.ledger.close()


def test_a_program_that_says_something_else_each_time_is_answered_a_few_times_a_day(tmp_path: Path):
    office = Office(tmp_path)
    office.arrive(ASKED[0])

    sent = days_of(office, changing, days=3)

    answers = {key: number for key, number in sent.items() if key[2] == "answer"}
    assert answers
    print(f"answers on a day to words that are never the same: {max(answers.values())}")
    # Three that were not understood, six that became notes, and what is gathered once an hour.
    assert max(answers.values()) <= 3 + 6 + 24
    assert {name for _number, name in changes(office)} <= {"NoteAdded"}
    office.parts.ledger.close()


THEM = "helper@lab.example"


def test_two_assistants_that_face_each_other_stay_as_they_are(tmp_path: Path):
    """Each has the other among its people, digests and all."""
    ours = Office(tmp_path / "ours", office_config(person(THEM, "The Lab")))
    theirs = Office(
        tmp_path / "theirs",
        config_text(
            people=[person("lee@lab.example", "Lee Park"), person(US, "The Clinic")],
            accounts=[{"name": "desk", "person": "lee@lab.example", "maildir": "mail"}],
            smtp={"host": "127.0.0.1", "port": 9},
            assistant={"address": THEM},
        ),
    )
    for words in ASKED:
        ours.arrive(words)
    theirs.arrive("Please send the kit list to the clinic by Thursday.", to="lee@lab.example")
    seen = {id(office): 0 for office in (ours, theirs)}
    crossed: Counter[tuple[str, date]] = Counter()
    open_at_end: list[tuple[int, int]] = []
    for hour in range(DAYS * 24):
        for office, other, address in ((ours, theirs, THEM), (theirs, ours, US)):
            work(office)
            new, seen[id(office)] = office.postbox.taken[seen[id(office)] :], len(office.postbox.taken)
            for mail in new:
                if recipient(mail) == address:
                    crossed[address, day_of(office)] += 1
                    other.arrive_raw(mail.as_bytes())
            office.pass_time(hours=1)
        if hour % 24 == 23:
            open_at_end.append((len(ours.open), len(theirs.open)))
    print(f"mails from one to the other on a day: {max(crossed.values(), default=0)}; open tasks: {open_at_end}")

    assert max(crossed.values(), default=0) <= 1
    assert changes(ours) == []
    assert open_at_end[-1] == open_at_end[1]
    ours.parts.ledger.close()
    theirs.parts.ledger.close()


def work(office: Office) -> None:
    collect(office.parts, "desk")
    receive(office.parts)
    tick(office.parts)
    deliver(office.parts)


def test_all_that_we_send_says_that_a_program_wrote_it(tmp_path: Path):
    office = Office(tmp_path, office_config(health={"canary_at": "06:00"}, assistant={"administrator": PRIYA}))
    office.arrive(ASKED[2])
    office.work()
    office.answer("give 1 to priya")
    office.work()
    office.pass_time(days=1, hours=2)
    office.work()

    kinds = {str(mail["Message-ID"])[1:].partition(".")[0] for mail in office.postbox.taken}
    assert {"digest", "answer", "escalation"} <= kinds
    for mail in office.postbox.taken:
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["X-Auto-Response-Suppress"] == "All"
        assert mail["X-Coordination-Assistant"] == "1"
    office.parts.ledger.close()


def test_a_stranger_who_writes_our_headers_is_read_all_the_same(tmp_path: Path):
    office = Office(tmp_path)
    office.work()
    ours = office.postbox.taken[-1]
    forged = EmailMessage()
    forged["From"], forged["To"], forged["Subject"] = "ruth@surgery.example", DANA, "Digest 1"
    for name in ("Message-ID", "X-Coordination-Trace", "X-Coordination-Assistant", "X-Auto-Response-Suppress"):
        forged[name] = str(ours[name])
    forged.set_content(f"{text_of(ours)}\n{ASKED[0]}\n")

    office.arrive_raw(forged.as_bytes())
    office.work()

    (task,) = office.open
    assert "cardiac clearance" in task.title
    office.parts.ledger.close()


@pytest.mark.parametrize("sender", [US, US.replace("@", "+digest.1@"), "someone@elsewhere.example"])
def test_we_answer_neither_ourselves_nor_strangers(tmp_path: Path, sender: str):
    office = Office(tmp_path)
    office.arrive(ASKED[0])
    office.work()
    before = len(office.postbox.taken)

    office.answer("done 1\n\nhelp", sender=sender)
    office.work()

    assert len(office.postbox.taken) == before
    assert changes(office) == []
    office.parts.ledger.close()


@pytest.mark.parametrize(
    ("words", "times"), [("summary {}", 6), ("how does {} stand?", 6), ("note {} called them", 6), ("list", 8)]
)
def test_a_person_who_asks_the_same_of_other_tasks_or_each_hour_is_answered_each_time(
    tmp_path: Path, words: str, times: int
):
    office = Office(tmp_path)
    office.arrive("\n\n".join(f"Please fax form {n} to Ridgeview by March {n + 10}." for n in range(1, 7)))
    office.work()
    digest, before = str(office.postbox.taken[-1]["Message-ID"]), len(office.postbox.taken)
    for number in range(1, times + 1):
        office.pass_time(hours=1)
        office.arrive(words.format(number), sender=DANA, to=US, In_Reply_To=digest)
        office.work()

    answers = [mail for mail in office.postbox.taken[before:] if str(mail["Message-ID"]).startswith("<answer")]
    assert len(answers) == times
    office.parts.ledger.close()


@pytest.mark.parametrize(
    ("words", "is_asked"),
    [
        ("All done! I'm out tomorrow; if urgent call Priya.", True),
        ("Priya has it. I'm on leave from tomorrow and will reply when I am back.", True),
        ("The fax is sent. I'll be away until Monday; in my absence Priya covers.", True),
        ("I'm out of the office until Monday. For urgent matters please contact Priya.", False),
        ("I am away and will reply when I return. Thank you for your message.", False),
    ],
)
def test_a_person_who_says_that_they_will_be_away_is_asked_once_and_a_program_is_not(
    tmp_path: Path, words: str, *, is_asked: bool
):
    office = Office(tmp_path)
    office.arrive(ASKED[0])
    office.work()
    digest = office.postbox.taken[-1]
    for _ in range(3):
        office.pass_time(minutes=10)
        back(office, digest, words)
        office.work()
    answers = [mail for mail in office.postbox.taken if str(mail["Message-ID"]).startswith("<answer")]
    assert len(answers) == is_asked
    assert changes(office) == []
    if is_asked:
        office.confirm()
        office.work()
        assert changes(office) != []
    office.parts.ledger.close()


def test_a_person_without_a_token_is_asked_about_each_task_that_they_name(tmp_path: Path):
    office = Office(tmp_path)
    office.arrive("\n\n".join(f"Please fax form {n} to Ridgeview by March {n + 10}." for n in range(1, 7)))
    office.work()
    before = len(office.postbox.taken)
    for number in range(1, 6):
        office.pass_time(minutes=5)
        office.arrive(f"done {number}", sender=DANA, to=US)
        office.work()

    assert len(office.postbox.taken) == before + 5
    office.parts.ledger.close()


@pytest.mark.parametrize(
    ("list_id", "is_obeyed"), [("All of us <all.clinic.example>", False), ("<assistant.clinic.example>", True)]
)
def test_what_a_list_passes_on_is_no_word_to_us_but_our_own_address_may_be_a_group(
    tmp_path: Path, list_id: str, *, is_obeyed: bool
):
    office = Office(tmp_path)
    office.arrive(ASKED[0])
    office.work()
    before = len(office.postbox.taken)

    office.answer("done 1", List_Id=list_id)
    office.work()

    assert (len(office.postbox.taken) > before) is is_obeyed
    assert bool(office.open) is not is_obeyed
    office.parts.ledger.close()


@pytest.mark.parametrize(
    ("fields", "is_list"),
    [
        ("List-Id: <all.clinic.example>", True),
        ("LIST-ID:All of us\r\n\t<all.clinic.example>", True),
        ("Precedence:list", True),
        ("Precedence: list\r\nList-Id: The assistant\r\n\t<Assistant.Clinic.example>", False),
        ("List-Id:\r\n <assistant.clinic.example>", False),
        ("Subject: about\r\n\tlist-id: <all.clinic.example>", False),
        ("Precedence: bulk", False),
    ],
)
def test_a_list_is_told_from_the_group_that_we_are_however_its_fields_are_folded(fields: str, *, is_list: bool):
    content = f"From: {DANA}\r\n{fields}\r\nTo: {US}\r\n\r\nList-Id: <all.clinic.example>\r\n".encode()

    assert came_by_list(content, US) is is_list
