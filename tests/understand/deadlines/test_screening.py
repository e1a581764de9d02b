from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.understand.deadlines import (
    clocks,
    dates,
    day_parts,
    days,
    find_dates,
    find_events,
    lengths,
    named_days,
    numbers,
    relations,
    spans,
)
from assistant.understand.deadlines.atoms import atom_at
from assistant.understand.deadlines.joining import phrases_in
from assistant.understand.deadlines.screening import HEARTS, may_tell_date, may_tell_time, places_to_read
from assistant.understand.deadlines.tokens import Tokens
from tests.understand.deadlines.moments import CALENDAR, WRITTEN_AT

STARTS = sorted(
    HEARTS.union(
        *(rules.STARTS for rules in (clocks, dates, day_parts, days, lengths, named_days, numbers, relations, spans)),
        numbers.ORDINAL_STARTS,
    )
)
BETWEEN = [
    "of",
    "in",
    "a",
    "the",
    "to",
    "and",
    "from",
    "now",
    "ago",
    "after",
    "before",
    "next",
    "this",
    "last",
    "days",
    "week",
    "month",
    "hour",
    "de",
    "la",
    "el",
    "las",
    "que",
    "viene",
    "2",
    "12",
    "14th",
    "3/14",
    ",",
    ".",
    ":",
    "-",
    "'",
    "(",
    "/",
    "'s",
    "half",
    "surgery",
    "visit",
    "call",
    "she",
    "goes",
    "home",
    "then",
    "that",
    "day",
    "thing",
    "first",
    "past",
    "o'clock",
    "pm",
    "business",
    "working",
    "partir",
    "proximos",
    "plazo",
    "couple",
    "par",
    "maximum",
    "under",
    "about",
    "less",
    "than",
    "primera",
    "hora",
    "misma",
    "dentro",
    "aqui",
]
TEXTS = st.lists(st.one_of(st.sampled_from(STARTS), st.sampled_from(BETWEEN)), min_size=1, max_size=9).map(" ".join)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_no_time_begins_where_the_screen_says_that_none_can(text: str) -> None:
    tokens = Tokens(text)

    for place in range(len(tokens)):
        if found := atom_at(tokens, place, day_first=False):
            # Alone, and with what stands before it: no neighbour may be what let it through.
            for start in range(max(place - 2, 0), place + 1):
                _check_places(Tokens(f"so {tokens.slice(start, found[0])} so"))


FAR_APART = [
    "in a maximum of a couple of days",
    "within the next couple of weeks",
    "en un plazo de un par de días",
    "en un plazo de una semana",
    "dentro de un par de horas",
    "the twenty-first day of the following month",
    "the first of the next month",
    "the second Tuesday after surgery",
    "the business day before",
    "within the hour",
    "antes de que se acabe el mes",
    "before then",
    "by then",
    "para entonces",
    "prior to her knee surgery",
    "ahead of the call",
    "in advance of our meeting",
    "in time for the huddle",
    "antes de su cita",
    "the close of the business day",
    "el cierre de la oficina",
    "Martin Luther King Jr. day",
    "day of surgery",
    "that morning",
    "d/c before she goes home",
    "before the clinic opens",
    "before you close",
]


@pytest.mark.parametrize("words", FAR_APART)
def test_a_time_whose_telling_word_stands_far_behind_is_read(words: str) -> None:
    tokens = Tokens(f"so {words} so")

    assert any(atom_at(tokens, place, day_first=False) for place in range(len(tokens)))
    _check_places(tokens)


def _check_places(tokens: Tokens) -> None:
    begun = {place for place in range(len(tokens)) if atom_at(tokens, place, day_first=False)}

    assert begun <= set(places_to_read(tokens)), tokens.text
    assert may_tell_time(tokens.text) or not begun


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_no_text_that_tells_a_time_is_screened_out(text: str) -> None:
    tells = list(phrases_in(Tokens(text), day_first=False))

    assert may_tell_time(text) or not tells


def test_a_sentence_without_a_time_is_left_alone() -> None:
    texts = ("Please call the family back about the ride.", "Thank you so much!", "Gracias, quedo atenta.", "")

    assert [may_tell_time(text) for text in texts] == [False, False, False, False]


def test_accents_and_capitals_do_not_hide_a_time() -> None:
    assert all(map(may_tell_time, ("MAÑANA", "el sábado", "Miércoles", "MIE\u0301RCOLES")))
    assert [one.deadline.words for one in find_dates("Nos vemos el MIÉRCOLES", WRITTEN_AT, CALENDAR)]


def test_a_line_without_a_month_or_joined_figures_bears_no_date() -> None:
    lines = ("March 3, 2026", "3 de marzo", "3/3/26", "2026-03-03", "3-Mar-26", "Fri 3pm", "Suite 1400", "555 0142")

    assert [may_tell_date(line) for line in lines] == [True] * 5 + [False] * 3


def test_the_same_words_written_at_other_times_are_read_anew() -> None:
    later = WRITTEN_AT.replace(day=16)

    told = [find_events("Her surgery is on Friday", moment, CALENDAR)[0].due for moment in (WRITTEN_AT, later)]

    assert [due.day for due in told] == [12, 19]
