"""docs/hipaa.md promises nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from assistant.cli import app
from assistant.config.settings import Config

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "hipaa.md").read_text(encoding="utf-8")
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))
SETTINGS = sorted(set(re.findall(r"`\[(\w+)\] (\w+)`", TEXT)))
COMMANDS = sorted(set(re.findall(r"`assistant ([a-z ]+?)(?: (--[a-z-]+))?`", TEXT)))


@pytest.mark.parametrize(("file", "name"), TESTS)
def test_each_test_that_it_names_exists(file: str, name: str):
    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(("section", "setting"), SETTINGS)
def test_each_setting_that_it_names_exists(section: str, setting: str):
    kind = Config.model_fields[section].annotation

    assert setting in getattr(kind, "model_fields", {})


@pytest.mark.parametrize(("words", "option"), COMMANDS)
def test_each_command_that_it_names_exists(words: str, option: str):
    command = typer.main.get_command(app)
    for word in words.split():
        command = getattr(command, "commands", {})[word]

    assert not option or any(option in one.opts for one in command.params)


def test_every_standard_of_the_rule_has_a_row_and_the_word_is_supports():
    standards = ("(a)(2)(i)", "(a)(2)(ii)", "(a)(2)(iii)", "(a)(2)(iv)", "(b)", "(c)(1)", "(c)(2)", "(d)", "(e)(1)")

    assert all(f"| {standard}" in TEXT for standard in (*standards, "(e)(2)(i)"))
    assert len(TESTS) >= 20
    assert "*supports*" in TEXT
    assert not re.search(r"complian|compliant|certif(?!icate)", TEXT, re.IGNORECASE)
