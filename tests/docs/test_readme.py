from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from assistant.config import load
from tests.docs.sections import README, written

ROOT = README.parent
TEXT = README.read_text(encoding="utf-8")


def test_the_generated_tables_are_what_the_code_says():
    assert written(TEXT) == TEXT, "run: .venv/bin/python -m tests.docs.sections"


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#]+)\)", TEXT))))
def test_what_the_readme_links_to_is_there(target: str):
    assert (ROOT / target).exists()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?:assistant|rules|tests|prompts)/[\w./]*)`", TEXT))))
def test_the_places_that_it_names_are_there(name: str):
    assert (ROOT / name).exists()


ELSE = """
[assistant]
address = "assistant@example.org"
[[people]]
email = "dana@example.org"
name = "Dana"
[[accounts]]
name = "x"
person = "dana@example.org"
maildir = "mail"
[smtp]
host = "h"
"""
"""What a configuration needs beside the settings that a page is about."""
PAGES = [TEXT, *(page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs").glob("*.md")))]


@pytest.mark.parametrize(
    "block", [block for page in PAGES for block in re.findall(r"```toml\n(.*?)```", page, re.DOTALL)]
)
def test_its_settings_are_settings_and_those_with_a_mailbox_are_a_whole_file(block: str, tmp_path: Path):
    is_whole = "accounts" in tomllib.loads(block)
    (tmp_path / "config.toml").write_text(block if is_whole else ELSE + block, encoding="utf-8")

    assert load(tmp_path / "config.toml")


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make ([a-z-]+)", TEXT))))
def test_the_targets_that_it_names_are_there(target: str):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
