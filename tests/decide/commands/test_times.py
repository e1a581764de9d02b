"""Days and hours that stand apart, more time asked for, quiet for a while, estimates; and what only sounds like it."""

from __future__ import annotations

import pytest

from assistant.decide.commands.plain.rewrites.times import put_times_plainly
from assistant.understand.deadlines import parse_when
from tests.decide.commands.replies_made import DANA, NOW, digest, read

HOURS = [
    ("7 is due tomorrow, 9am", ["due 7 2026-03-11T09:00:00-05:00"]),
    ("7 due friday now, 3pm", ["due 7 2026-03-13T15:00:00-05:00"]),
    ("7 due friday. 3pm", ["due 7 2026-03-13T15:00:00-05:00"]),
    ("move 7 to Friday, 2 pm sharp", ["due 7 2026-03-13T14:00:00-05:00"]),
    ("7 is due tomorrow now, 7am before I leave", ["due 7 2026-03-11T07:00:00-05:00"]),
    ("snooze 7 until tomorrow, 7am", ["snooze 7 2026-03-11T07:00:00-05:00"]),
    ("remind me about 7 tomorrow, 7 am please", ["snooze 7 2026-03-11T07:00:00-05:00"]),
    ("7 due friday, 9 monday", ["due 7 2026-03-13", "due 9 2026-03-16"]),
    ("7 due friday, meeting is at 3pm", ["due 7 2026-03-13"]),
    ("7 due friday, they close at 5pm", ["due 7 2026-03-13"]),
]
MORE_TIME = [
    "Give me till Friday on 7",
    "give me until Friday for 7 please",
    "gimme til friday on 7",
    "can I have until Friday on 7?",
    "I need till Friday for 7",
    "I'll need until Friday for the Holter report",
    "let me have till Friday on 7",
    "could you give us until friday with 7",
    "buy me until Friday on 7",
    "7 - give me til friday",
]
QUIET = [
    "don't need to hear about 7 before Friday",
    "dont wanna see 7 till friday",
    "no need to hear about 7 until Friday",
    "I don't need 7 on my screen before Friday",
    "nothing on 7 before Friday",
    "spare me 7 until friday",
    "don't bring up 7 until Friday",
    "7 not before Friday",
]


@pytest.mark.parametrize(("words", "wanted"), HOURS)
def test_an_hour_belongs_to_the_day_that_stands_before_it(words: str, wanted: list[str]) -> None:
    assert read(words) == wanted


@pytest.mark.parametrize("words", MORE_TIME)
def test_who_asks_for_time_until_a_day_moves_the_task_to_it(words: str) -> None:
    assert read(words) == ["due 7 2026-03-13"]


@pytest.mark.parametrize("words", QUIET)
def test_who_wants_to_hear_nothing_before_a_day_snoozes_the_task(words: str) -> None:
    assert read(words) == ["snooze 7 2026-03-13"]


@pytest.mark.parametrize(
    "words",
    [
        "don't give me till Friday on 7",
        "Give them till Friday on 7",
        "Give me a few more days on 7",
        "7: give me one more day",
        "can I get another week on 7",
        "Ridgeview doesn't need to hear about 2 before Friday",
        "we don't need to do 7 before Friday",
        "didn't hear about 7 before Friday",
        "should I give them till Friday on 7?",
    ],
)
def test_time_that_is_no_days_or_is_not_ours_to_have_moves_nothing(words: str) -> None:
    assert not {one.split()[0] for one in read(words)} & {"due", "snooze", "assign", "done", "drop"}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("dont need to hear about 7 before june", "snooze 7 until june 1"),
        ("snooze 7 until July", "snooze 7 until July 1"),
        ("wake me about 7 in April", "snooze 7 until April 1"),
        ("it has to be there before June", "it has to be there before June"),
        ("they were out in April", "they were out in April"),
        ("until May 4 she is out", "until May 4 she is out"),
    ],
)
def test_a_month_alone_begins_with_its_first_day_where_one_may_rest_until_it(words: str, wanted: str) -> None:
    assert put_times_plainly(words) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "Working on it. Should have it by tomorrow.",
        "On it, should have an answer by tomorrow",
        "ya voy con eso",
        "ahorita voy con eso, gracias",
        "ya ando en eso",
        "le entro ahorita",
        "I see it. On it",
    ],
)
def test_an_estimate_beside_a_promise_asks_nothing(words: str) -> None:
    assert {one.split()[0] for one in read(words, digest((7,)))} == {"acknowledge"}


@pytest.mark.parametrize("words", ["should we wait for Dr. Abel?", "should I call Dr. Abel", "should it go to Priya"])
def test_who_asks_what_they_should_do_is_answered(words: str) -> None:
    assert [one.split()[0] for one in read(words, digest((7,)))] == ["question"]


@pytest.mark.parametrize("words", ["no voy con eso", "voy en camino", "ya casi voy con eso"])
def test_who_is_not_at_it_acknowledges_nothing(words: str) -> None:
    assert not any(one.startswith(("acknowledge", "done")) for one in read(words, digest((7,))))


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("7 al miércoles 11", "2026-03-11"),
        ("mueve 7 al jueves 12", "2026-03-12"),
        ("7 para el viernes 13", "2026-03-13"),
        ("7 para el lunes 16", "2026-03-16"),
        ("7 para el jueves 3pm", "2026-03-12T15:00:00-05:00"),
        ("7 para el jueves a las 12", "2026-03-12T12:00:00-05:00"),
    ],
)
def test_a_number_behind_a_spanish_weekday_is_its_date_where_it_can_be(words: str, until: str) -> None:
    zone = DANA.calendar.zone
    asked = digest(when=lambda phrase: parse_when(phrase, NOW.astimezone(zone), DANA.calendar, day_first=False))

    assert read(words, asked) == [f"due 7 {until}"]
