"""Whose a task is, in free words: swaps, promises of colleagues, "mine, not hers"; takers whom nobody knows."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.replies_made import DANA, MARCUS, MARCUS_LEE, PRIYA, digest, made, read
from tests.decide.tasks_made import task

ASKED = digest(
    (2, 4, 5, 7, 9, 12, 15),
    tasks=(*made(), task(15, title="Renew the crash cart log", patient=None, owner=PRIYA.email)),
)
TO_ME, TO_PRIYA = f"assign 15 {DANA.email}", f"assign 7 {PRIYA.email}"


@pytest.mark.parametrize(
    "words",
    [
        "15 should be mine, not Priya's",
        "15 should be mine",
        "15 is actually mine",
        "15 is mine not Priya's",
        "15 ought to be mine",
        "15 should come to me",
        "15 should be on my list",
        "15 should be assigned to me instead of Priya",
        "put me down for 15",
        "15 isn't Priya's, it's mine",
        "I have 15 now",
    ],
)
def test_a_colleagues_task_that_is_said_to_be_mine_becomes_mine(words: str) -> None:
    assert read(words, ASKED) == [TO_ME]


@pytest.mark.parametrize(
    "words",
    [
        "Priya and I swapped: she has 7 now and I have 15",
        "Priya and I traded, she's got 7, I've got 15",
        "I swapped with Priya: 7 is hers now and 15 is mine",
        "we swapped: Priya has 7, I have 15",
        "trade with Priya: she gets 7, I get 15",
        "Priya has 7 and 15 is mine",
    ],
)
def test_a_swap_gives_each_task_to_the_other(words: str) -> None:
    assert read(words, ASKED) == [TO_PRIYA, TO_ME]


@pytest.mark.parametrize(
    "words",
    [
        "Priya said she'd do 7",
        "Priya says she can take 7",
        "Priya told me she would handle the Holter report",
        "Priya promised to take 7",
        "Priya is picking up 7",
        "Priya will get 7",
        "7 should be Priya's, not mine",
        "7 should be with Priya, not me",
        "7 isn't mine, it's Priya's",
        "Priya is covering for me tonight, 7 is hers",
        "Priya is in today, 7 hers please",
    ],
)
def test_a_colleagues_word_hands_the_task_to_them(words: str) -> None:
    assert read(words, ASKED) == [TO_PRIYA]


@pytest.mark.parametrize(
    "words",
    ["Priya is covering for me tonight, hers please", "Priya's please", "Priya has my desk today, so it's hers"],
)
def test_an_answered_call_goes_to_the_one_who_covers(words: str) -> None:
    assert read(words, digest((7,))) == [TO_PRIYA]


@pytest.mark.parametrize(
    "words",
    [
        "Priya said she might do 7",
        "Priya said she'd do 7 if she has time",
        "Priya said she did 7",
        "Priya said she would call about 7",
        "Ridgeview said they'd handle 2",
        "Mrs. Lindqvist said she'd do 4",
        "the daughter said she'd take 4",
        "15 should not be mine",
        "should 15 be mine?",
        "is 15 mine",
        "Priya and I are on 7",
        "Priya and I talked about 7",
        "Priya and I might swap: she has 7 and I have 15",
        "Priya called Mrs. Lindqvist, 4 is hers",
        "the patient is picking up 12",
    ],
)
def test_what_only_sounds_like_handing_over_hands_nothing_over(words: str) -> None:
    assert not any(one.startswith(("assign", "done", "drop")) for one in read(words, ASKED))


@pytest.mark.parametrize(
    "words", ["Priya and I are on it", "Priya and I are on the form right now", "me and Priya are working on it now"]
)
def test_who_is_at_it_together_acknowledges(words: str) -> None:
    assert [one.split()[0] for one in read(words, digest((7,)))] == ["acknowledge"]


@pytest.mark.parametrize(
    "words",
    [
        "7 goes to whoever is in this week",
        "give 7 to whoever is on tomorrow",
        "anyone but me on 7",
        "tell Irma to do 7",
        "have Irma do 7",
        "Irma is picking up 7",
        "Marcus is picking up 7",
        "Marcus said he'd do 7",
        "7 should be Irma's",
        "billing should be doing 7",
        "7 belongs to billing",
        "7 is a billing matter",
        "7 should be done by the night shift",
        "7 to the night desk",
        "7 shouldn't be mine",
    ],
)
def test_a_taker_who_is_nobody_or_two_is_asked_for(words: str) -> None:
    reading = read_reply(words, ASKED)
    assert not reading.operations
    assert "#7" in (reading.ask or "") or "give 7" in (reading.ask or "")


@pytest.mark.parametrize(
    "words",
    [
        "regulatory should be doing this one",
        "that's a billing thing",
        "someone in billing should take this",
        "hers please",
        "Irma is covering for me tonight, hers please",
        "Marcus is covering for me, his please",
    ],
)
def test_a_call_that_is_somebody_elses_asks_whose(words: str) -> None:
    reading = read_reply(words, digest((7,)))
    assert not reading.operations
    assert "#7" in (reading.ask or "")


@pytest.mark.parametrize("words", ["she should be doing better by now", "it's the lab", "tell Dr. Abel about it"])
def test_news_on_a_call_asks_for_no_taker(words: str) -> None:
    assert "Who should have" not in (read_reply(words, digest((7,))).ask or "")


def test_the_two_who_bear_a_name_are_both_offered() -> None:
    ask = read_reply("Marcus is picking up 7", ASKED).ask or ""
    assert MARCUS.name in ask
    assert MARCUS_LEE.name in ask
