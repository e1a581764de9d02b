"""The shipped rules keep their examples; a wrong rule is named with its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import RuleError
from assistant.understand.embedded.rules import Example, Rule, load_rules
from tests.growth import grows_as_given
from tests.understand.embedded.conftest import RULES

SHIPPED = load_rules(RULES)
WORDS = '[words]\nno_name = ["clinic"]\ncommon = ["the"]\nverb = ["send"]\n'
GOOD = """
[[rule]]
name = "send"
kind = "request"
pattern = '^(?P<what><verb>) it'
[[rule.example]]
text = "Send it now."
finds = "Send it now"
[[rule.example]]
text = "They sent it."
finds = ""
"""


@pytest.mark.parametrize(
    ("rule", "example"), [pytest.param(r, e, id=f"{r.name}: {e.text}") for r in SHIPPED.all for e in r.examples]
)
def test_a_rule_finds_what_its_example_says(rule: Rule, example: Example):
    assert rule.find(example.text) == example.finds


def test_every_rule_has_an_example_of_each_sort():
    lacking = [
        rule.name
        for rule in SHIPPED.all
        if not any(one.finds for one in rule.examples) or all(one.finds for one in rule.examples)
    ]

    assert lacking == []


def test_words_of_a_list_stand_for_each_other(tmp_path: Path):
    (tmp_path / "a.toml").write_text(WORDS + GOOD)

    assert load_rules(tmp_path).first("request", "send it") is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rule = [", "a.toml: cannot be read"),
        ("[other]\n", "unknown table 'other'"),
        ("rule = 3\n" + WORDS, r"must be a list of tables"),
        ("[words]\nverb = []\n", r"a.toml, words.verb: must be a list of words"),
        ("[words]\nverb = ['send']\n", "no file has the list of words 'common'"),
        (WORDS + GOOD.replace('name = "send"', ""), "a.toml, rule 0: has no name"),
        (WORDS + GOOD.replace('"request"', '"wish list"'), "a.toml, rule send: kind must be one of"),
        (WORDS + GOOD.replace("kind", "kynd"), "a.toml, rule send: unknown key 'kynd'"),
        (WORDS + GOOD.replace('kind = "request"', 'kind = "request"\nlanguage = "fr"'), "language must be en or es"),
        (WORDS + GOOD.replace('kind = "request"', 'kind = "request"\ntitle = "Get"'), r"title must hold \{\} once"),
        (WORDS + GOOD.replace("<verb>", "<noun>"), "no list of words named 'noun'"),
        (WORDS + GOOD.replace(") it", ") (it"), "the pattern is wrong"),
        (WORDS + GOOD.replace(") it", ").* it"), "without an upper bound"),
        (WORDS + GOOD.replace(") it", ")(?: it)+"), "without an upper bound"),
        (WORDS + GOOD.replace(") it", ")[a-z]{2,}"), "without an upper bound"),
        (WORDS + GOOD.replace("pattern = '^(?P<what><verb>) it'", ""), "has no pattern"),
        (WORDS + GOOD[: GOOD.index("[[rule.example]]")], "has no examples"),
        (WORDS + GOOD[: GOOD.rindex("[[rule.example]]")], "one in which it must find nothing"),
        (WORDS + GOOD.replace('finds = ""', "finds = 1"), "an example has `text` and `finds`"),
        (WORDS + GOOD + GOOD, "send: two rules have this name"),
    ],
)
def test_a_wrong_rule_is_named_with_what_is_wrong(tmp_path: Path, text: str, said: str):
    (tmp_path / "a.toml").write_text(text)

    with pytest.raises(RuleError, match=said):
        load_rules(tmp_path)


def test_a_folder_without_rules_is_an_error(tmp_path: Path):
    with pytest.raises(RuleError, match="holds no rules"):
        load_rules(tmp_path)


@pytest.mark.parametrize("rule", SHIPPED.all, ids=lambda rule: rule.name)
@pytest.mark.parametrize(
    "bait", ["please ", "a", "if you ", "can you can ", "the ", "¿", "Mr. ", "is ", "-- ", "(", ", and send "]
)
def test_a_pattern_takes_no_time_on_a_sentence_made_to_slow_it(rule: Rule, bait: str):
    assert grows_as_given(lambda text: rule.search(text + "\x00"), (bait * 700)[:700])
