from __future__ import annotations

import csv
import json
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from assistant.cli import app
from assistant.cli.audit import guarded
from assistant.cli.readers import reader
from assistant.errors import AssistantError
from tests.cli.test_commands import assistant
from tests.pipeline.office import DANA, Office


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a ledger of one task, which a digest has shown."""
    office = Office(tmp_path)
    office.arrive("Please fax the cardiac clearance for Mrs. Rivera to pre-op by tomorrow noon.")
    office.work()
    office.parts.ledger.close()
    return tmp_path


def head_of(folder: Path) -> str:
    return str(json.loads(assistant("audit", "verify", "--json", folder=folder).stdout)["head"])


def test_a_sound_ledger_is_said_to_be_so_with_its_head(folder: Path):
    said = assistant("audit", "verify", folder=folder)
    again = assistant("audit", "verify", "--head", head_of(folder)[:32], folder=folder)

    assert (said.returncode, again.returncode) == (0, 0)
    assert said.stdout.startswith("ok: ")
    assert "1 of our digests agree" in said.stdout


def test_a_head_that_nobody_knows_is_said(folder: Path):
    result = assistant("audit", "verify", "--head", f"3:{'0' * 32}", folder=folder)

    assert result.returncode == 1
    assert f"no entry has the head 3:{'0' * 32}" in result.stdout


def test_the_first_bad_entry_is_said(folder: Path):
    with closing(sqlite3.connect(folder / "ledger" / "ledger.db")) as file, file:
        file.execute("DROP TRIGGER audit_stay")
        file.execute("UPDATE audit SET actor = 'nobody' WHERE id = 2")
    result = assistant("audit", "verify", folder=folder)

    assert result.returncode == 1
    assert result.stdout.startswith("entry 2 (")
    assert "Rivera" not in result.stdout


def test_who_was_shown_a_task_is_told_by_command_and_by_mail(folder: Path):
    assistant("tasks", folder=folder)
    assistant("show", "1", folder=folder)
    assistant("quarantine", "list", folder=folder)
    rows = [
        json.loads(line)
        for line in assistant("audit", "access", "--task", "1", "--json", folder=folder).stdout.splitlines()
    ]

    assert [(row["who"], row["how"]) for row in rows] == [
        (DANA, "mail: digest"),
        (reader(), "tasks"),
        (reader(), "show"),
    ]


def test_an_export_holds_each_entry_with_before_and_after_and_is_an_access_itself(folder: Path):
    said = assistant("audit", "export", "audit.csv", folder=folder)
    lines = assistant("audit", "export", folder=folder).stdout.splitlines()
    entries = [json.loads(line) for line in lines]
    with (folder / "audit.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    opened = next(entry for entry in entries if entry["what"] == "task_opened")

    assert said.stderr.startswith(f"wrote {len(table)} entries")
    assert [entry["id"] for entry in entries] == list(range(1, len(entries) + 1))
    assert [row["hash"] for row in table] == [entry["hash"] for entry in entries][: len(table)]
    assert opened["before"] == {}
    assert opened["after"]["patient"] == "Mrs. Rivera"
    assert opened["source"]
    assert entries[-1]["what"] == "shown"
    if os.name == "posix":
        assert stat.S_IMODE((folder / "audit.csv").stat().st_mode) == 0o600


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str):
    assert guarded(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have such rights")
@pytest.mark.parametrize(
    ("words", "name", "is_there"),
    [
        (("audit", "export", "it.csv"), "it.csv", False),
        (("digest", "--preview", "--html", "it.html"), "it.html", False),
        (("digest", "--html", "it.html"), "it.html", True),
    ],
)
def test_what_is_written_out_is_for_us_alone(folder: Path, words: tuple[str, ...], name: str, *, is_there: bool):
    if is_there:
        (folder / name).write_text("what was there before " * 10_000, encoding="utf-8")
        (folder / name).chmod(0o644)
    result = assistant(*words, folder=folder)

    assert result.returncode == 0, result.stderr
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    written = (folder / name).read_text(encoding="utf-8")
    assert "Rivera" in written
    assert "before before" not in written.replace("what was there ", "")


def test_an_export_takes_no_other_files_place(folder: Path):
    (folder / "it.csv").write_text("kept", encoding="utf-8")
    refused = asked(folder, "audit", "export", str(folder / "it.csv"))

    assert "it.csv: is there already; name another file" in refused
    assert (folder / "it.csv").read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("how", ["export", "access"])
def test_a_task_that_there_never_was_is_said_to_be_none(folder: Path, how: str):
    assert "there is no task #99" in asked(folder, "audit", how, "--task", "99")
    # Nor does the question itself make it one.
    assert "there is no task #99" in asked(folder, "audit", how, "--task", "99")


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("nowhere/below/it.db", "there is no folder"),
        ("nowhere/below", "there is no folder"),
        ("it.db", "it.db: is there already; name another file, or a folder"),
    ],
)
def test_a_copy_takes_no_other_files_place_and_makes_no_chain_of_folders(folder: Path, to: str, said: str):
    (folder / "it.db").write_text("kept", encoding="utf-8")
    before = sorted(folder.iterdir())

    assert said in asked(folder, "backup", str(folder / to))
    assert sorted(folder.iterdir()) == before
    assert (folder / "it.db").read_text(encoding="utf-8") == "kept"


def asked(folder: Path, *words: str) -> str:
    """Return what a command that ends with an error says."""
    try:
        result = CliRunner().invoke(app, [*words, "-c", str(folder / "config.toml")])
    finally:
        # It logged to the runner's standard error, which is closed.
        structlog.reset_defaults()
    assert isinstance(result.exception, AssistantError)
    return str(result.exception)


def test_a_copy_is_noted_before_it_is_made(folder: Path):
    (folder / "blocked").write_text("no folder", encoding="utf-8")
    made = assistant("backup", "blocked", folder=folder)
    rows = assistant("audit", "access", folder=folder).stdout.splitlines()

    assert made.returncode == 1
    assert [row.split("\t")[2:] for row in rows][-1] == ["backup", "everything"]


@pytest.mark.parametrize("how", ["rotate", "revoke"])
def test_who_makes_new_keys_stands_in_the_audit(folder: Path, how: str):
    assert assistant("keys", how, folder=folder).returncode == 0
    last = json.loads(assistant("audit", "export", folder=folder).stdout.splitlines()[-2])

    assert (last["actor"], last["what"]) == (reader(), "key_rotated" if how == "rotate" else "keys_revoked")
    assert last["after"]["new"]


def test_a_revocation_stands_in_the_audit_though_its_list_cannot_be_written(folder: Path):
    blocked = next(folder.rglob("ledger.db")).parent / ".revoked-keys"
    blocked.mkdir()
    (blocked / "x").touch()
    result = assistant("keys", "revoke", folder=folder)
    last = json.loads(assistant("audit", "export", folder=folder).stdout.splitlines()[-2])

    assert result.returncode == 1
    assert "do it once more" in result.stderr
    assert (last["actor"], last["what"]) == (reader(), "keys_revoked")


def test_keys_are_listed_with_when_they_were_made_and_never_what_they_are(folder: Path):
    newest, first = (line.split("\t") for line in assistant("keys", "list", folder=folder).stdout.splitlines())

    assert (newest[1], newest[2]) == ("2026-03-09T14:00+00:00", "holds")
    assert first == ["aa", "with the ledger", "holds"]
