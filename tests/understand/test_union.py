"""What two engines say of one mail, and what a model cannot do to the embedded engine's findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import PRIORITIES, Deadline, Finding, Reading
from assistant.understand.union import unite
from tests.understand.llm.mails import mail

LETTER = mail(
    "Please call Mrs. Lang and fax her the form by Friday. The C-arm is booked. "
    "Can you send the films of Mr. Abara to Dr. Yun? Please call the ward."
)
CALL = "Please call Mrs. Lang and fax her the form by Friday"
FILMS = "Can you send the films of Mr. Abara to Dr. Yun?"


def finding(quote: str, title: str | None = None, **fields: Any) -> Finding:  # noqa: ANN401 - a finding's fields
    return Finding(
        **{"kind": "task", "engine": "embedded", "rule": "please", "title": title or quote, "quote": quote} | fields
    )


def united(ours: list[Finding], theirs: list[Finding], *, trusts: bool = False) -> tuple[Finding, ...]:
    model = [replace(one, engine="small-model", rule="read_mail@2") for one in theirs]
    embedded = Reading(findings=tuple(ours), engine="embedded")
    return unite(embedded, Reading(findings=tuple(model), engine="small-model"), LETTER, trusts=trusts).findings


def due(day: int) -> Deadline:
    return Deadline(due=date(2026, 3, day), words="by Friday", rule="weekday")


def test_what_both_see_is_one_finding_and_certain():
    (one,) = united([finding(FILMS, certain=False)], [finding("send the films of Mr. Abara", "Send films to Dr. Yun")])

    assert one.certain
    assert (one.title, one.quote) == ("Send films to Dr. Yun", FILMS)
    assert (one.engine, one.rule) == ("embedded+small-model", "please+read_mail@2")


def test_what_code_does_not_take_for_a_request_stays_uncertain_though_both_see_it():
    (one,) = united([finding(FILMS, certain=False)], [finding(FILMS, certain=False)], trusts=True)

    assert not one.certain


@pytest.mark.parametrize("certain", [True, False])
def test_a_silent_model_is_no_evidence(certain: bool):  # noqa: FBT001 - a column of the table
    ours = finding(FILMS, certain=certain, priority="critical", deadline=due(10))

    assert united([ours], []) == (ours,)


TRUST = [(True, True, True), (True, False, False), (False, True, False), (False, False, False)]


@pytest.mark.parametrize(("trusts", "may_ask", "certain"), TRUST)
def test_what_only_the_model_sees_counts_where_it_is_trusted_and_code_agrees(
    trusts: bool,  # noqa: FBT001 - columns of the table
    may_ask: bool,  # noqa: FBT001
    certain: bool,  # noqa: FBT001
):
    ours, theirs = united([finding(FILMS)], [finding(CALL, certain=may_ask)], trusts=trusts)

    assert (ours.certain, theirs.certain) == (True, certain)


@pytest.mark.parametrize("trusts", [True, False])
def test_at_most_five_findings_of_the_model_alone_are_shown(trusts: bool):  # noqa: FBT001 - a column of the table
    words = ("Please call Mrs. Lang", "fax her the form", "The C-arm is booked", "films of Mr. Abara", "to Dr. Yun")
    found = united([], [finding(quote) for quote in (*words, "Please call the ward", "by Friday")], trusts=trusts)

    assert [one.quote for one in found] == list(words)


def test_what_the_model_finds_in_words_that_we_have_read_is_not_new():
    mark = finding("The C-arm is booked", kind="looks_done")

    assert united([mark, finding(CALL)], [finding("The C-arm is booked"), finding(CALL), finding(CALL)]) == (
        mark,
        *united([finding(CALL)], [finding(CALL)]),
    )


def test_two_tasks_in_one_sentence_each_find_their_own():
    call, fax = finding(CALL, "Call Mrs. Lang"), finding(CALL, "Fax the form")
    found = united([call, fax], [finding(CALL, "Fax Mrs. Lang the form"), finding(CALL, "Call Mrs. Lang today")])

    assert [one.title for one in found] == ["Call Mrs. Lang today", "Fax Mrs. Lang the form"]


def test_one_claim_over_the_whole_mail_confirms_one_finding_only():
    found = united([finding(CALL, certain=False), finding(FILMS, certain=False)], [finding(LETTER.text)])

    assert sorted(one.certain for one in found) == [False, True]


def test_the_same_words_elsewhere_in_the_mail_are_another_task():
    found = united([finding("Please call the ward")], [finding("Please call Mrs. Lang")])

    assert len(found) == 2


def test_a_model_fills_in_a_deadline_and_does_not_move_one():
    (filled,) = united([finding(CALL)], [finding(CALL, deadline=due(10))])
    (kept,) = united([finding(CALL, deadline=due(13))], [finding(CALL, deadline=due(10))])

    assert (filled.deadline, kept.deadline) == (due(10), due(13))


@pytest.mark.parametrize(("trusts", "priority"), [(True, "critical"), (False, "high")])
def test_a_model_raises_a_priority_only_where_it_is_trusted_and_never_lowers_one(trusts: bool, priority: str):  # noqa: FBT001 - a column
    (raised,) = united([finding(CALL, priority="high")], [finding(CALL, priority="critical")], trusts=trusts)
    (kept,) = united([finding(CALL, priority="high")], [finding(CALL)], trusts=trusts)

    assert (raised.priority, kept.priority) == (priority, "high")


def test_a_patient_stays_ours_so_that_the_evidence_is_the_same_when_read_again():
    (one,) = united([finding(CALL)], [finding(CALL, patient="Mrs. Lang")])

    assert one.patient is None


def test_a_model_fills_in_an_owner_and_does_not_change_one():
    (filled,) = united([finding(CALL, waiting=True)], [finding(CALL, owner="a@x.example", waiting=True)])
    (kept,) = united([finding(CALL, owner="b@x.example")], [finding(CALL, owner="a@x.example", waiting=True)])
    (ours,) = united([finding(CALL)], [finding(CALL, owner="a@x.example", waiting=True)])

    assert (filled.owner, filled.waiting) == ("a@x.example", True)
    assert (kept.owner, kept.waiting) == ("b@x.example", False)
    # What is asked of us does not become a thing to wait for by a model's word.
    assert (ours.owner, ours.waiting) == (None, False)


def test_a_title_that_speaks_of_something_else_is_not_taken():
    (one,) = united([finding(CALL, "Call Mrs. Lang")], [finding(CALL, "No action is needed")])

    assert one.title == "Call Mrs. Lang"


def test_the_tokens_are_added_up():
    ours = Reading(findings=(), engine="embedded")
    theirs = Reading(findings=(), engine="small-model", tokens_in=5, tokens_out=2)

    both = unite(ours, theirs, LETTER, trusts=False)

    assert (both.tokens_in, both.tokens_out) == (5, 2)


_QUOTES = st.sampled_from(
    [CALL, FILMS, "fax her the form", "The C-arm is booked", LETTER.text, "Please call the ward", "not there"]
)
_FINDINGS = st.lists(
    st.builds(
        lambda quote, title, priority, day, kind: finding(
            quote, title, priority=priority, deadline=due(day) if day else None, kind=kind
        ),
        _QUOTES,
        st.sampled_from(["Call", "Fax the form", "Send films"]),
        st.sampled_from(PRIORITIES),
        st.none() | st.integers(1, 30),
        st.sampled_from(["task", "looks_done"]),
    ),
    max_size=6,
)


@given(_FINDINGS, _FINDINGS, st.booleans())
def test_no_model_takes_a_finding_away_moves_it_or_lowers_it(ours: list[Finding], theirs: list[Finding], trusts: bool):  # noqa: FBT001 - drawn
    found = united(ours, theirs, trusts=trusts)

    assert [one.quote for one in found[: len(ours)]] == [one.quote for one in ours]
    for before, after in zip(ours, found, strict=False):
        assert PRIORITIES.index(after.priority) <= PRIORITIES.index(before.priority)
        assert before.deadline in {None, after.deadline}
        assert after.certain or not before.certain
    assert len(found) <= len(ours) + 5
