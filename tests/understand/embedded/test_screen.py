"""The screen only saves searches: with it or without it, every rule finds the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.config import material
from assistant.understand.embedded.rules import load_rules
from assistant.understand.embedded.screen import Screen, needs

RULES = load_rules(material("rules") / "extract")
PATTERNS = [rule.pattern for rule in RULES.all]
SAMPLES = [example.text for rule in RULES.all for example in rule.examples]
SCREEN = Screen(PATTERNS, SAMPLES)


def found_without(text: str) -> set[int]:
    return {place for place, pattern in enumerate(PATTERNS) if pattern.search(text)}


def kept(text: str) -> set[int]:
    candidates = SCREEN.candidates(text)
    return {place for place in range(len(PATTERNS)) if candidates >> place & 1}


@pytest.mark.parametrize("change", [str, str.upper, str.title])
def test_no_example_of_any_rule_is_screened_out(change: type[str]):
    for text in SAMPLES:
        assert found_without(change(text)) <= kept(change(text))


@given(st.lists(st.sampled_from(SAMPLES), min_size=1, max_size=3), st.integers(0, 60), st.integers(0, 60))
def test_no_piece_of_text_is_screened_out(texts: list[str], start: int, end: int):
    text = " ".join(texts)[start : len(" ".join(texts)) - end]

    assert found_without(text) <= kept(text)


def test_most_rules_are_screened_out_of_ordinary_text():
    share = sum(len(kept(text)) for text in SAMPLES) / (len(SAMPLES) * len(PATTERNS))

    assert share < 0.2


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"please|kindly", {"please", "kindly"}),
        (r"re(?:send|fax)", {"resend", "refax"}),
        (r"\bby\b.{0,9}\d{1,2} ?pm", {" by "}),
        (r"(?:a|b)?c", None),
        (r"[a-z]{1,9}", None),
        (r"send(?! it)", {"send"}),
        (r"don['’]t (?:send|mail)", {"don t send", "don t mail"}),
        (r"^(?:to|do)_it$", {" to it ", " do it "}),
    ],
)
def test_what_a_pattern_needs_is_told_from_its_parts(pattern: str, needed: set[str] | None):
    assert needs(re.compile(pattern, re.IGNORECASE), {}) == needed
