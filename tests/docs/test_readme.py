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


PAGES = [TEXT, *(page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs").glob("*.md")))]


@pytest.mark.parametrize(
    "block", [block for page in PAGES for block in re.findall(r"```toml\n(.*?)```", page, re.DOTALL)]
)
def test_its_settings_are_settings(block: str, tmp_path: Path):
    people = '[[people]]\nemail = "dana@example.org"\nname = "Dana"\n'
    given = tomllib.loads(block)
    accounts = (
        "" if "accounts" in given else '[[accounts]]\nname = "x"\nperson = "dana@example.org"\nmaildir = "mail"\n'
    )
    smtp = "" if "smtp" in given else '[smtp]\nhost = "h"\n'
    (tmp_path / "config.toml").write_text(people + accounts + block + smtp, encoding="utf-8")

    assert load(tmp_path / "config.toml")


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make ([a-z-]+)", TEXT))))
def test_the_targets_that_it_names_are_there(target: str):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
