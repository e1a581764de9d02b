"""How much of a task each reader is shown, in every kind of mail and in both languages."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from assistant.outbox import render
from assistant.outbox.disclosure import level_of, limited
from assistant.records import (
    Answer,
    Content,
    Deadline,
    Digest,
    Disclosure,
    EscalationCall,
    Handoff,
    HoldingNoted,
    Inquiry,
    Language,
    Notice,
    Outcome,
    Person,
    Suggestion,
    Summary,
    SummaryLine,
    Task,
    TaskMarked,
)
from tests.outbox.samples import DANA, DIGEST, HELP_LINES, NOW, PRIYA, SENDER, local, task

PATIENT = "Adaeze Okafor"
OKAFOR = task(
    41,
    "Fax Mrs. Okafor's MRI order to Lakeview, MRN 4471-20638",
    "please fax the order for QUOTEDWORDS today",
    local(9, 12),
    patient=PATIENT,
    requester="REQUESTER@elsewhere.example",
    notes=("NOTEDWORDS",),
    marked=TaskMarked(claim="looks_done", quote="MARKEDWORDS"),
    promised=HoldingNoted(quote="PROMISEDWORDS", said_by="PROMISER@elsewhere.example", until=None),
)
PARTS = ("4471-", "-20638")
"""Of the number, with its hyphen: a Message-ID and a boundary are random, and hold any few digits by chance."""
NAMES = ("okafor", "adaeze", *PARTS, "lakeview")
WORDS = ("quotedwords", "notedwords", "markedwords", "promisedwords", "requester@", "promiser@", "summedwords")


def contents(person: Person) -> dict[str, Content]:
    outcome = Outcome(
        line="done 41", said=f"Is #41 {OKAFOR.title} done? Then write: done 41", task=OKAFOR, is_done=False
    )
    asked = Outcome(line="", said=f"Which one do you mean: #41 {OKAFOR.title}; #42?", is_done=False, names=(OKAFOR,))
    came = f"#41 is open; it came from {OKAFOR.requester}. The mail said: “{OKAFOR.quote}” NOTEDWORDS MARKEDWORDS"
    said = SummaryLine(kind="asked", text="It was asked", quote="SUMMEDWORDS", said_by=None, said_on=None)
    answer = Answer(
        person=person,
        now=NOW,
        in_reply_to=None,
        subject="",
        outcomes=(outcome, asked),
        listed=(OKAFOR,),
        summaries=(Summary(task=OKAFOR, lines=(said,)),),
        inquiries=(Inquiry(heading="Task #41", said=f"{came} PROMISEDWORDS", tasks=(OKAFOR,)),),
    )
    digest: Digest = replace(
        DIGEST, person=person, overdue=(OKAFOR,), today=(), later=(), waiting=(), needs_look=(OKAFOR,),
        closed=(replace(OKAFOR, state="done"),), unreadable=(),
    )  # fmt: skip
    return {
        "digest": digest,
        "answer": answer,
        "suggestion": Suggestion(
            person=person, now=NOW, by="Ruth", proposals=(replace(outcome, line="summedwords", choice="done 41"),)
        ),
        "escalation": EscalationCall(person=person, now=NOW, tasks=(OKAFOR,), step=0, is_owner=False),
        "handoff": Handoff(person=person, now=NOW, by="Ruth", tasks=(OKAFOR,)),
    }


def rendered(content: Content) -> tuple[str, bytes]:
    """Return all that a reader sees, and the mail."""
    bytes_ = render(Notice(key="k", content=content), SENDER, NOW, help_lines=HELP_LINES).content
    mail = message_from_bytes(bytes_, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return "\n".join(str(part.get_content()) for part in mail.walk() if not part.is_multipart()), bytes_


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", list(contents(DANA)))
def test_outside_a_mail_shows_number_deadline_and_what_is_asked_and_nothing_of_a_mail(kind: str, language: Language):
    person = replace(PRIYA, disclosure="outside", language=language)

    text, whole = rendered(contents(person)[kind])

    assert not [word for word in (*NAMES, *WORDS) if word in text.lower() or word.encode() in whole.lower()]
    assert "41" in text
    assert "MRI order" in text
    assert "Fax" in text


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", list(contents(DANA)))
def test_a_department_sees_initials_and_what_it_is_about(kind: str, language: Language):
    person = replace(PRIYA, disclosure="department", language=language)

    text, _ = rendered(contents(person)[kind])

    assert not [word for word in ("okafor", "adaeze", *PARTS, *WORDS) if word in text.lower()]
    assert "Fax Mrs. O." in text
    assert "Lakeview" in text
    if kind in {"escalation", "handoff", "digest"}:
        assert "A. O." in text


@pytest.mark.parametrize("kind", list(contents(DANA)))
def test_the_team_sees_all(kind: str):
    text, _ = rendered(contents(PRIYA)[kind])

    assert "Mrs. Okafor" in text
    if kind in {"escalation", "handoff", "digest"}:
        assert "QUOTEDWORDS" in text


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, "team"),
        ({"stands_in_for": frozenset[str]()}, "department"),
        ({"email": "priya@partner.example"}, "outside"),
        ({"email": "priya@partner.example", "stands_in_for": frozenset({DANA.email})}, "outside"),
        ({"email": "priya@partner.example", "disclosure": "team"}, "team"),
        ({"disclosure": "outside"}, "outside"),
    ],
)
def test_without_a_word_of_the_configuration_it_goes_by_what_somebody_is_to_the_task(
    changes: dict[str, object], level: Disclosure
):
    person = replace(PRIYA, **changes)  # type: ignore[arg-type]

    assert level_of(person, OKAFOR) == level


def test_who_has_a_task_sees_all_of_it():
    nobody = replace(PRIYA, stands_in_for=frozenset())

    assert level_of(nobody, replace(OKAFOR, owner=PRIYA.email)) == "team"
    assert level_of(DANA, OKAFOR) == "team"


@pytest.mark.parametrize(
    ("title", "outside"),
    [
        ("Call Rosa's daughter Lucia about the ride", "Call … daughter … about the ride"),
        ("Okafor: fax the MRI order", "…: fax the MRI order"),
        ("Book the PET/CT for 3/14 by Friday", "Book the PET/CT for … by Friday"),
        ("Call back 312-555-0142 and write to a@b.example", "Call back … and write to …"),
        ("Send the referral for Maria de la Cruz", "Send the referral for … de la …"),
        ("Fax consent", "Fax consent"),
    ],
)
def test_what_is_asked_is_told_outside_without_names_and_numbers(title: str, outside: str):
    told = limited(replace(OKAFOR, title=title), "outside")

    assert told.title == outside
    assert (told.number, told.deadline, told.owner) == (41, OKAFOR.deadline, OKAFOR.owner)
    assert isinstance(told.deadline, Deadline)


def test_the_task_itself_is_not_changed():
    before = repr(OKAFOR)
    rendered(contents(replace(PRIYA, disclosure="outside"))["digest"])

    assert repr(OKAFOR) == before
    assert isinstance(OKAFOR, Task)
