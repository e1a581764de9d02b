"""What two engines say of one mail, and what a model cannot do to the embedded engine's findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assistant.records import PRIORITIES, Deadline, Finding, Reading
from assistant.understand.union import unite
from tests.understand.llm.mails import CALENDAR, mail

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


def united(ours: list[Finding], theirs: list[Finding]) -> tuple[Finding, ...]:
    model = [replace(one, engine="small-model", rule="read_mail@1") for one in theirs]
    embedded = Reading(findings=tuple(ours), engine="embedded")
    return unite(embedded, Reading(findings=tuple(model), engine="small-model"), LETTER, CALENDAR).findings


def due(day: int) -> Deadline:
    return Deadline(due=date(2026, 3, day), words="by Friday", rule="weekday")


def test_what_both_see_is_one_finding_and_certain():
    (one,) = united([finding(FILMS, certain=False)], [finding("send the films of Mr. Abara", "Send films to Dr. Yun")])

    assert one.certain
    assert (one.title, one.quote) == ("Send films to Dr. Yun", FILMS)
    assert (one.engine, one.rule) == ("embedded+small-model", "please+read_mail@1")


def test_what_only_the_embedded_engine_sees_is_kept_as_possible():
    (one,) = united([finding(FILMS)], [])

    assert (one.quote, one.certain) == (FILMS, False)


def test_what_only_the_model_sees_is_kept_as_certain():
    ours, theirs = united([finding(FILMS)], [finding(CALL)])

    assert (ours.certain, theirs.certain) == (False, True)


def test_marks_are_left_as_they_are():
    mark = finding("The C-arm is booked", kind="looks_done")

    assert united([mark], [finding("The C-arm is booked")])[0] == mark


def test_two_tasks_in_one_sentence_each_find_their_own():
    call, fax = finding(CALL, "Call Mrs. Lang"), finding(CALL, "Fax the form")
    found = united([call, fax], [finding(CALL, "Fax Mrs. Lang the form"), finding(CALL, "Call Mrs. Lang today")])

    assert [one.title for one in found] == ["Call Mrs. Lang today", "Fax Mrs. Lang the form"]


def test_one_claim_over_the_whole_mail_confirms_one_finding_only():
    found = united([finding(CALL), finding(FILMS)], [finding(LETTER.text)])

    assert sorted(one.certain for one in found) == [False, True]


def test_the_same_words_elsewhere_in_the_mail_are_another_task():
    found = united([finding("Please call the ward")], [finding("Please call Mrs. Lang")])

    assert len(found) == 2


def test_a_model_brings_forward_and_raises_and_cannot_put_off_or_lower():
    (raised,) = united([finding(CALL, deadline=due(13))], [finding(CALL, deadline=due(10), priority="critical")])
    (kept,) = united([finding(CALL, deadline=due(10), priority="high")], [finding(CALL, deadline=due(13))])

    assert (raised.deadline, raised.priority) == (due(10), "critical")
    assert (kept.deadline, kept.priority) == (due(10), "high")


def test_a_model_fills_in_an_owner_and_does_not_change_one():
    (filled,) = united([finding(CALL)], [finding(CALL, owner="a@x.example", waiting=True)])
    (kept,) = united([finding(CALL, owner="b@x.example")], [finding(CALL, owner="a@x.example", waiting=True)])

    assert (filled.owner, filled.waiting) == ("a@x.example", True)
    assert (kept.owner, kept.waiting) == ("b@x.example", False)


def test_a_title_that_speaks_of_something_else_is_not_taken():
    (one,) = united([finding(CALL, "Call Mrs. Lang")], [finding(CALL, "No action is needed")])

    assert one.title == "Call Mrs. Lang"


def test_the_tokens_are_added_up():
    ours = Reading(findings=(), engine="embedded")
    theirs = Reading(findings=(), engine="small-model", tokens_in=5, tokens_out=2)

    assert (unite(ours, theirs, LETTER, CALENDAR).tokens_in, unite(ours, theirs, LETTER, CALENDAR).tokens_out) == (5, 2)


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


@given(_FINDINGS, _FINDINGS)
def test_no_model_takes_a_finding_away_puts_it_off_or_lowers_it(ours: list[Finding], theirs: list[Finding]):
    found = united(ours, theirs)

    assert [one.quote for one in found[: len(ours)]] == [one.quote for one in ours]
    for before, after in zip(ours, found, strict=False):
        assert PRIORITIES.index(after.priority) <= PRIORITIES.index(before.priority)
        assert before.deadline is None or (after.deadline is not None and after.deadline.due <= before.deadline.due)
    assert len(found) >= max(len(ours), len(theirs))
