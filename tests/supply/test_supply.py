"""What is listed as shipped, and what a look into the database of vulnerabilities leads to."""

from __future__ import annotations

import json

import pytest
from packaging.requirements import Requirement

from tests.supply.inventory import OURS, needed, shipped
from tests.supply.vulnerabilities import NOT_ASKED, verdict

INSTALLED = {
    "us": ["Reader.X[fast]>=1", "round; python_version >= '3'", "elsewhere; sys_platform == 'nowhere'",
           "lock; extra == 'safe'", "linter; extra == 'dev'"],
    "Reader.X": ["letters", "wheels; extra == 'fast'", "linter; extra == 'test'"],
    "round": ["us"],
    "linter": ["letters"],
}  # fmt: skip


def test_what_is_needed_is_needed_here_at_any_remove_with_the_extras_that_are_asked_for():
    found = needed(Requirement("us[safe]"), INSTALLED.get)

    assert found == {"reader-x", "round", "lock", "letters", "wheels"}


def test_the_list_keeps_what_is_needed_and_no_tool_of_ours():
    refs = {"us==1": ["Reader_X==2", "linter==1"], "Reader_X==2": ["letters==1"], "linter==1": [], "letters==1": []}
    bom = {
        "metadata": {"component": {"bom-ref": "us==1"}},
        "components": [{"bom-ref": ref, "name": ref.partition("=")[0]} for ref in refs if ref != "us==1"],
        "dependencies": [{"ref": ref, "dependsOn": on} if on else {"ref": ref} for ref, on in refs.items()],
    }
    kept = shipped(bom, {"reader-x", "letters"})

    assert [one["bom-ref"] for one in kept["components"]] == ["Reader_X==2", "letters==1"]
    assert kept["dependencies"] == [
        {"ref": "us==1", "dependsOn": ["Reader_X==2"]},
        {"ref": "Reader_X==2", "dependsOn": ["letters==1"]},
        {"ref": "letters==1", "dependsOn": []},
    ]
    assert kept["metadata"] == bom["metadata"]


def test_what_we_ship_is_among_it_and_what_we_test_with_is_not():
    names = needed(OURS)

    assert {"openai", "dkimpy", "lxml", "sqlcipher3", "keyring", "cryptography"} <= names
    assert not names & {"pytest", "mypy", "ruff", "hypothesis", "hatchling", "coordination-assistant"}


SOUND = {"name": "sound", "version": "1.0", "vulns": []}
HURT = {"name": "hurt", "version": "1.0", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1"]}, {"id": "CVE-2"}]}
SKIPPED = {"name": "skipped", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "said", "is_well"),
    [
        ([SOUND, SOUND], ["2 packages, no known vulnerability."], True),
        ([SOUND, HURT], ["hurt 1.0: CVE-1, mended in 1.1", "hurt 1.0: CVE-2, mended in no version yet"], False),
        ([SOUND, SKIPPED], ["skipped: not found"], False),
        # An index that only hands out packages answers like this.
        ([SKIPPED, SKIPPED], [NOT_ASKED], True),
    ],
)
def test_a_known_vulnerability_fails_and_a_silent_database_is_no_clean_bill(
    packages: list[dict[str, object]],
    said: list[str],
    is_well: bool,  # noqa: FBT001 - a table
):
    assert verdict(json.dumps({"dependencies": packages, "fixes": []}), "") == (said, is_well)


@pytest.mark.parametrize(
    ("complaint", "is_well"),
    [
        ("ERROR:pip_audit._cli:Could not connect to the vulnerability feed", True),
        ("ConnectionError: Failed to resolve 'db.invalid'", True),
        ("ERROR: the requirements file is malformed", False),
        ("", False),
    ],
)
def test_a_database_out_of_reach_is_told_from_a_question_that_went_wrong(complaint: str, is_well: bool):  # noqa: FBT001
    said, ended_well = verdict("", complaint)

    assert ended_well is is_well
    assert (said == [NOT_ASKED]) is is_well
    assert len(said) == 1
