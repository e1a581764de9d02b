"""A model's claims, held against the mail."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import Address, Finding, Message
from assistant.understand.grounding import is_grounded
from assistant.understand.llm.answer import Claim
from assistant.understand.llm.findings import findings
from tests.understand.llm.mails import CONTEXT, DR_SORENSEN, mail, part

LETTER = mail("Imani, please fax the order for Mr. Abara to 555-0142 by tomorrow. Thanks, Helle")
QUOTE = "please fax the order for Mr. Abara to 555-0142 by tomorrow"
CLERK = Address(email="ann@payer.example", name="Ann Clerk")


def hold(message: Message, *claims: Claim) -> tuple[Finding, ...]:
    return findings(claims, message, CONTEXT, engine="small-model", rule="read_mail@1")


def claim(quote: str = QUOTE, **fields: object) -> Claim:
    return Claim.model_validate({"quote": quote, **fields})


def test_a_claim_whose_quote_stands_in_the_mail_becomes_a_finding():
    (finding,) = hold(
        LETTER,
        claim(
            title="Fax the order for Mr. Abara",
            due_words="by tomorrow",
            owner="coordinator",
            priority="high",
            patient="mr. abara",
        ),
    )

    assert finding.quote == QUOTE
    assert finding.title == "Fax the order for Mr. Abara"
    assert finding.deadline is not None
    assert finding.deadline.due == date(2026, 3, 10)
    assert (finding.owner, finding.waiting, finding.priority) == ("imani@lakeview.example", False, "high")
    assert finding.patient == "Mr. Abara"
    assert (finding.said_by, finding.said_on) == ("h.sorensen@lakeview.example", date(2026, 3, 9))
    assert (finding.engine, finding.rule, finding.certain) == ("small-model", "read_mail@1", True)


@pytest.mark.parametrize(
    "quote", ["please fax the chart for Mr. Abara", "fax", "the order of the court", "\x00", "..."]
)
def test_a_claim_whose_quote_stands_nowhere_or_says_nothing_is_dropped(quote: str):
    assert hold(LETTER, claim(quote)) == ()


def test_the_same_claim_twice_is_one_finding_and_two_in_one_sentence_are_two():
    same = claim(title="Fax the order"), claim(title="fax the ORDER")
    other = claim(title="Fax to 555-0142")

    assert [one.title for one in hold(LETTER, *same, other)] == ["Fax the order", "Fax to 555-0142"]


def test_a_date_of_the_models_own_is_not_taken():
    (finding,) = hold(mail("Please fax the order for Mr. Abara."), claim("fax the order", due_words="2026-03-12"))

    assert finding.deadline is None


def test_words_that_say_when_in_the_next_sentence_are_found():
    letter = mail("Please fax the order to the ward. We need it by tomorrow.")
    (finding,) = hold(letter, claim("Please fax the order to the ward", due_words="by tomorrow"))

    assert finding.deadline is not None
    assert finding.deadline.due == date(2026, 3, 10)


def test_a_deadline_that_the_model_has_overlooked_is_read_from_the_quotes_sentence():
    (finding,) = hold(LETTER, claim("please fax the order for Mr. Abara"))

    assert finding.deadline is not None
    assert finding.deadline.due == date(2026, 3, 10)


def test_a_deadline_in_a_forwarded_mail_counts_from_the_day_on_which_that_was_written():
    written = datetime(2026, 3, 5, 15, 0, tzinfo=ZoneInfo("America/Chicago"))
    letter = mail("Can you?", part("Please send the notes by tomorrow.", "forwarded", CLERK, written))
    (finding,) = hold(letter, claim("Please send the notes by tomorrow", due_words="by tomorrow"))

    assert finding.deadline is not None
    assert finding.deadline.due == date(2026, 3, 6)
    assert (finding.said_by, finding.said_on) == ("ann@payer.example", date(2026, 3, 5))


def test_who_wrote_a_part_without_a_sender_stays_open():
    (finding,) = hold(mail("See below", part("Please send the notes.", "quoted")), claim("Please send the notes"))

    assert (finding.said_by, finding.said_on) == (None, None)


OWNERS = {
    "coordinator": "imani@lakeview.example",
    "Imani": "imani@lakeview.example",
    "ibrooks@lakeview.example": "imani@lakeview.example",
    "Dr. Sorensen": "h.sorensen@lakeview.example",
    "Helle Sorensen, MD": "h.sorensen@lakeview.example",
    "Tomas": "tomas@lakeview.example",
    "Ann Clerk <ann@payer.example>": "ann@payer.example",
    "Dr. Brooks-Sorensen": None,
    "Dr.": None,
    "Jo": None,
    "the ward": None,
    "evil@attacker.example": None,
    "notimani@lakeview.example": None,
}


@pytest.mark.parametrize(("named", "email"), OWNERS.items(), ids=OWNERS.keys())
def test_an_owner_is_one_of_the_mails_own_people_or_nobody(named: str, email: str | None):
    (finding,) = hold(mail(LETTER.parts[0], part("Hello", "quoted", CLERK)), claim(owner=named))

    assert finding.owner == email


def test_a_name_that_two_people_have_is_nobodys():
    letter = mail(LETTER.parts[0], cc=(Address(email="helle.b@payer.example", name="Helle Brandt"),))
    (finding,) = hold(letter, claim(owner="Helle"))

    assert finding.owner is None


def test_the_coordinator_does_not_wait_for_the_coordinator():
    (own,) = hold(LETTER, claim(owner="coordinator", waiting=True))
    (others,) = hold(LETTER, claim(owner="Dr. Sorensen", waiting=True))

    assert (own.waiting, others.waiting) == (False, True)


TITLES = {
    "Fax the order for Mr. Abara": "Fax the order for Mr. Abara",
    "Call Dr. Sorensen about the order.": "Call Dr. Sorensen about the order",
    "**Fax** the\norder \u202e\x07 now": "Fax** the order now",
    "Fax the order for Mr. Ledger": QUOTE,
    "Fax the order by March 14": QUOTE,
    "Fax the order to 555-0199": QUOTE,
    "Fax the order to http://evil.example/x": QUOTE,
    "Fax the order to www.evil.example": QUOTE,
    "Mail the order to a@evil.example": QUOTE,
    "open evil.example to confirm": QUOTE,
    "": QUOTE,
    None: QUOTE,
}


@pytest.mark.parametrize(("title", "shown"), TITLES.items(), ids=map(str, TITLES))
def test_a_title_says_no_name_number_or_address_that_the_mail_does_not(title: str | None, shown: str):
    (finding,) = hold(LETTER, claim(title=title))

    assert finding.title == shown


def test_a_long_title_is_cut_at_a_word():
    (finding,) = hold(LETTER, claim(title="fax the order " * 20))

    assert len(finding.title) <= 80
    assert finding.title.endswith(" the…")


def test_a_patient_stands_in_the_mail_or_is_nobody():
    invented, long = hold(LETTER, claim(patient="Mrs. Ledger"), claim("fax the order", patient=QUOTE * 3))

    assert (invented.patient, long.patient) == (None, None)


@given(
    st.fixed_dictionaries(
        {"quote": st.text(max_size=60)}
        | {field: st.none() | st.text(max_size=100) for field in ("title", "due_words", "owner", "patient")}
    )
)
def test_whatever_a_model_claims_what_is_shown_stands_in_the_mail(fields: dict[str, str]):
    people = {"imani@lakeview.example", "tomas@lakeview.example", DR_SORENSEN.email, None}
    for quote in (fields["quote"], QUOTE):
        try:
            one = Claim.model_validate({**fields, "quote": quote})
        except ValueError:
            continue
        for finding in hold(LETTER, one):
            assert is_grounded(finding.quote, LETTER)
            assert finding.owner in people
            assert finding.patient is None or is_grounded(finding.patient, LETTER)
            assert finding.deadline is None or is_grounded(finding.deadline.words, LETTER)
            assert 0 < len(finding.title) <= 80
