"""The commands as a person runs them: in a process of their own, with a folder of mail and no server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.config import load
from assistant.errors import TransientError
from assistant.ledger import Ledger
from assistant.pipeline import collect
from assistant.records import Condition, Decision, DigestSwitch
from tests.network import on_path
from tests.pipeline.office import DANA, Office

FAX = "Please fax the cardiac clearance for Mrs. Rivera to pre-op by tomorrow noon."


def assistant(*words: str, folder: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assistant", *words]
    environment = {**os.environ, "PYTHONPATH": on_path(Path(__file__).parents[2]), "COLUMNS": "120"}
    return subprocess.run(
        command, cwd=folder, input=stdin, capture_output=True, text=True, timeout=300, check=False, env=environment
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a configuration and one mail that has been read."""
    office = Office(tmp_path)
    office.arrive(FAX)
    office.postbox.trouble = TransientError("smtp: no answer")
    office.work()
    office.arrive_raw(b"")
    office.work()
    office.parts.ledger.close()
    return tmp_path


def owed(folder: Path) -> dict[str, int]:
    """Return how much there is of what somebody has to do with."""
    with closing(Ledger(load(folder / "config.toml").assistant.ledger, lock=False)) as ledger:
        return ledger.health.counts()


def test_it_says_which_one_it_is(tmp_path: Path):
    assert assistant("--version", folder=tmp_path).stdout == f"assistant {version('coordination-assistant')}\n"


def test_help_lists_every_command(tmp_path: Path):
    said = assistant("--help", folder=tmp_path).stdout

    for name in (
        "run",
        "once",
        "init",
        "doctor",
        "status",
        "tasks",
        "show",
        "digest",
        "replay",
        "quarantine",
        "backup",
        "restore",
        "audit",
        "encrypt",
        "purge",
    ):
        assert f"\n  {name} " in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tasks",), "there is no such file; `assistant init` writes one"),
        (("tasks", "--nonsense"), "No such option"),
        (("show",), "Missing argument"),
        (("replay", "nowhere"), "is no folder"),
    ],
)
def test_a_wrong_call_ends_with_one_line_and_status_2(tmp_path: Path, words: tuple[str, ...], said: str):
    result = assistant(*words, folder=tmp_path)

    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_wrong_configuration_is_one_line(tmp_path: Path):
    (tmp_path / "config.toml").write_text("[assistant]\nadress = 'x'\n", encoding="utf-8")
    result = assistant("run", folder=tmp_path)

    assert result.returncode == 2
    assert len(result.stderr.strip().splitlines()) == 1


def test_tasks_are_plain_lines_in_a_pipe(folder: Path):
    line = assistant("tasks", folder=folder).stdout.splitlines()[0]

    assert line.split("\t")[:2] == ["1", "2026-03-10 12:00"]


def test_tasks_are_json_where_asked_for(folder: Path):
    (task,) = (json.loads(line) for line in assistant("tasks", "--json", folder=folder).stdout.splitlines())

    assert (task["number"], task["patient"], task["owner"]) == (1, "Mrs. Rivera", DANA)


def test_show_tells_where_a_task_came_from(folder: Path):
    said = assistant("show", "1", folder=folder).stdout

    assert "fax the cardiac clearance" in said
    assert "task opened  (assistant)" in said


def test_show_tells_the_mails_behind_a_task_in_a_few_lines(folder: Path):
    said = assistant("show", "1", folder=folder).stdout
    told = json.loads(assistant("show", "1", "--json", folder=folder).stdout)["summary"]

    assert f"Asked: “{FAX}”" in " ".join(said.split())
    assert [line["kind"] for line in told] == ["asked", "next"]
    assert all(line["quote"] in FAX for line in told)


@pytest.mark.parametrize("number", ["99", "9" * 30])
def test_show_says_that_a_number_is_unknown(folder: Path, number: str):
    result = assistant("show", number, folder=folder)

    assert result.returncode == 1
    assert f"there is no task #{number}" in result.stderr


def test_a_preview_shows_the_digest_and_sends_nothing(folder: Path):
    before = owed(folder)
    result = assistant("digest", "--html", "digest.html", folder=folder)

    assert "#1" in result.stdout
    assert result.stdout.startswith("Subject: Digest")
    assert "<html" in (folder / "digest.html").read_text(encoding="utf-8")
    assert owed(folder) == before


@pytest.mark.parametrize(
    "words",
    [
        ("tasks",),
        ("show", "1"),
        ("digest", "--preview"),
        ("quarantine", "list"),
        ("audit", "verify"),
        ("keys", "list"),
        ("purge", "--dry-run"),
    ],
)
def test_what_only_looks_into_the_ledger_needs_no_password_and_no_key_of_a_model(folder: Path, words: tuple[str, ...]):
    secrets = '[smtp]\nuser = "desk"\npassword = "env:NOT_THERE"\n'
    model = '[model]\nbase_url = "http://127.0.0.1:9/v1"\nmodel = "m"\napi_key = "env:NOT_THERE"\n'
    text = (folder / "config.toml").read_text(encoding="utf-8").replace("[smtp]\n", secrets) + model
    (folder / "config.toml").write_text(text, encoding="utf-8")

    looked, sends = assistant(*words, folder=folder), assistant("once", folder=folder)

    assert looked.returncode == 0, looked.stderr
    assert "NOT_THERE is not set" in sends.stderr


def test_replay_shows_the_tasks_of_a_folder_without_touching_the_ledger(folder: Path):
    mails = folder / "mails"
    mails.mkdir()
    (mails / "a.eml").write_bytes(min((folder / "mail" / "new").iterdir()).read_bytes())
    before = (folder / "ledger" / "ledger.db").read_bytes()
    result = assistant("replay", "mails", "--json", folder=folder)

    assert [json.loads(line)["patient"] for line in result.stdout.splitlines()] == ["Mrs. Rivera"]
    assert (folder / "ledger" / "ledger.db").read_bytes() == before


def test_quarantine_lists_and_replays(folder: Path):
    listed = assistant("quarantine", "list", folder=folder).stdout
    ledger = Ledger(load(folder / "config.toml").assistant.ledger, lock=False)
    held = ledger.spool.quarantined()
    ledger.close()

    assert len(listed.splitlines()) == len(held) == 1
    assert assistant("quarantine", "replay", held[0].key[:10], folder=folder).stdout == "1 will be read again\n"
    assert assistant("quarantine", "list", folder=folder).stdout == ""


def held(folder: Path) -> str:
    ledger = Ledger(load(folder / "config.toml").assistant.ledger, lock=False)
    try:
        (mail,) = ledger.spool.quarantined()
    finally:
        ledger.close()
    return mail.key


def test_quarantine_shows_a_mail_with_its_reason_and_what_can_be_read(tmp_path: Path):
    office = Office(tmp_path)
    office.arrive_raw(b"From: ruth@surgery.example\r\nSubject: \x1b[31mred\r\n\r\nplease call back\r\n")
    collect(office.parts, "desk")
    (mail,) = office.parts.ledger.spool.waiting(10)
    office.parts.ledger.spool.quarantine(mail.key, "reading it failed three times", office.now)
    office.parts.ledger.close()
    said = assistant("quarantine", "show", mail.key[:8], folder=tmp_path).stdout

    assert "From:        ruth@surgery.example" in said
    assert "Reason:      reading it failed three times" in said
    assert "please call back" in said
    assert "\x1b" not in said


def test_a_released_mail_is_seen_to_and_it_is_known_by_whom(folder: Path):
    key = held(folder)
    said = assistant("quarantine", "release", key[:8], "--by", "Dana", folder=folder)
    again = assistant("quarantine", "release", key[:8], folder=folder)

    assert said.stdout == f"{key[:12]} counts as seen to, by Dana\n"
    assert again.returncode == 1
    assert "no mail in quarantine begins with" in again.stderr
    assert assistant("quarantine", "list", folder=folder).stdout == ""
    ledger = Ledger(folder / "ledger", lock=False)
    released = ledger.quarantine.database.rows("SELECT released_by FROM mails WHERE key = ?", key)
    ledger.close()
    assert [row["released_by"] for row in released] == ["Dana"]


def test_a_copy_is_made_and_put_back_with_a_line_each(folder: Path):
    made = assistant("backup", folder=folder)
    (copy,) = (folder / "backups").iterdir()
    (folder / "ledger" / "ledger.db").write_bytes(b"gone")
    refused = assistant("tasks", folder=folder)
    restored = assistant("restore", str(copy), folder=folder)

    assert made.stdout.startswith(f"{copy}: 2 mails, 1 event")
    assert len(made.stdout.splitlines()) == len(restored.stdout.splitlines()) == len(refused.stderr.splitlines()) == 1
    assert "assistant restore FILE" in refused.stderr
    assert "is the ledger now: 2 mails, 1 event, found sound" in restored.stdout
    assert assistant("tasks", folder=folder).stdout.startswith("1\t")


def test_once_does_one_round_and_says_what_went_wrong(folder: Path):
    result = assistant("once", folder=folder)

    assert result.returncode == 1
    assert result.stdout.startswith("new 0  read 0")
    assert "Connection refused; the mail waits" in result.stderr


def test_status_says_a_line_for_each_part_as_it_was_last_seen(folder: Path):
    before = assistant("status", folder=folder)
    assistant("once", folder=folder)
    after = assistant("status", folder=folder)

    assert (before.returncode, after.returncode) == (1, 1)
    assert before.stdout == "FAIL assistant                has never been run on this ledger\n"
    marks = {line[5:29].strip(): line[:4].strip() for line in after.stdout.splitlines()}
    assert (marks["assistant"], marks["mailbox desk"], marks["sending"]) == ("ok", "ok", "FAIL")
    assert "Connection refused; the mail waits" in after.stdout


def test_a_stop_is_told_until_the_next_round(folder: Path):
    with closing(Ledger(folder / "ledger", lock=True)) as ledger:
        ledger.health.note_stop(datetime.now(UTC))
    stopped = CliRunner().invoke(app, ["status", "-c", str(folder / "config.toml")])
    with closing(Ledger(folder / "ledger", lock=True)) as ledger:
        desk = Condition(part="mailbox desk", level="fine", said="was read", since=datetime.now(UTC))
        ledger.health.keep((desk,), datetime.now(UTC))
    goes_on = CliRunner().invoke(app, ["status", "-c", str(folder / "config.toml")])

    assert (stopped.exit_code, goes_on.exit_code) == (1, 0)
    assert stopped.stdout.startswith("FAIL assistant                was stopped ")
    assert goes_on.stdout.startswith("ok   assistant                last looked")


def test_status_names_whose_digests_are_stopped_and_sees_nothing_wrong_in_it(folder: Path):
    ledger = Ledger(folder / "ledger", lock=True)
    at = datetime(2026, 3, 9, 14, tzinfo=UTC)
    ledger.record(Decision(digests=DigestSwitch(person=DANA, is_on=False, at=at, source="mail-1")), ())
    ledger.close()

    said = assistant("status", folder=folder).stdout

    assert f"ok   digest {DANA}" in said
    assert "stopped by their own word Monday 10:00, until they write: resume" in said


def test_doctor_says_a_line_for_each_part(folder: Path):
    result = assistant("doctor", folder=folder)

    lines = result.stdout.splitlines()
    assert result.returncode == 1
    assert any(line.startswith("ok   desk") for line in lines)
    assert any(line.startswith("FAIL smtp") for line in lines)


def test_init_writes_a_configuration_from_flags_alone(tmp_path: Path):
    flags = ("--name", "Dana", "--email", DANA, "--address", "assistant@clinic.example", "--provider", "microsoft")
    result = assistant("init", *flags, "--timezone", "America/Chicago", "--kind", "forwarded", folder=tmp_path)

    config = load(tmp_path / "config.toml")
    assert result.returncode == 0, result.stderr
    assert config.accounts[0].host == "outlook.office365.com"
    assert config.smtp.security == "starttls"
    # It takes no passwords.
    assert {one.auth for one in (config.accounts[0], config.smtp)} == {"microsoft365"}
    assert "assistant login mail" in result.stdout
    assert config.people[0].email == DANA


def test_init_asks_for_what_is_not_given(tmp_path: Path):
    # What is wrong is asked again at once.
    answers = "Dana Whitfield\ndana\ndana@clinic.example\nChicago\nAmerica/Chicago\nInbox\ninbox\n"
    answers += "dana@clinic.example\nyahoo\ngmail\n"
    result = assistant("init", folder=tmp_path, stdin=answers)

    config = load(tmp_path / "config.toml")
    assert result.returncode == 0, result.stderr
    assert (config.accounts[0].kind, config.accounts[0].host) == ("inbox", "imap.gmail.com")


@pytest.mark.parametrize(
    ("flag", "value", "said"),
    [
        ("--since", "yesterday", "'yesterday' is no day; write it as 2026-03-01"),
        ("--config", "nowhere/config.toml", "nowhere/config.toml: cannot be written (No such file or directory)"),
        ("--provider", "yahoo", "'yahoo' is not known; write gmail, microsoft or other"),
    ],
)
def test_init_says_what_is_wrong_with_an_answer(tmp_path: Path, flag: str, value: str, said: str):
    given = {"--name": "D", "--email": DANA, "--address": DANA, "--provider": "gmail", "--kind": "inbox"}
    given |= {"--timezone": "America/Chicago", flag: value}
    result = assistant("init", *(word for pair in given.items() for word in pair), folder=tmp_path)

    assert result.returncode == 2
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_init_does_not_overwrite(folder: Path):
    flags = ("--name", "D", "--email", DANA, "--address", DANA, "--provider", "gmail", "--kind", "inbox")
    result = assistant("init", *flags, "--timezone", "America/Chicago", folder=folder)

    assert result.returncode == 2
    assert "is there already" in result.stderr


def test_init_refuses_a_time_zone_that_is_none_and_leaves_no_file(tmp_path: Path):
    flags = ("--name", "D", "--email", DANA, "--address", DANA, "--provider", "gmail", "--kind", "inbox")
    result = assistant("init", *flags, "--timezone", "Chicago", folder=tmp_path)

    assert result.returncode == 2
    assert "IANA" in result.stderr
    assert not (tmp_path / "config.toml").exists()


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have SIGTERM")
def test_run_reads_mail_until_it_is_told_to_end_and_keeps_a_second_one_out(folder: Path):
    (folder / "mail" / "new" / "z.mail").write_bytes(
        b"From: ruth@surgery.example\r\nTo: dana@clinic.example\r\nMessage-ID: <z@x>\r\n"
        b"Date: Mon, 09 Mar 2026 10:00:00 -0400\r\n\r\nCan you send the wound clinic referral by Friday?\r\n"
    )
    command = [sys.executable, "-m", "assistant", "run"]
    environment = {**os.environ, "PYTHONPATH": on_path(Path(__file__).parents[2])}
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, env=environment) as daemon:
        try:
            until = time.monotonic() + 40
            while "referral" not in assistant("tasks", folder=folder).stdout and time.monotonic() < until:
                assert daemon.poll() is None
            second = assistant("run", folder=folder)
        finally:
            daemon.send_signal(signal.SIGTERM)
            log = daemon.communicate(timeout=30)[1].decode()

    stopped = assistant("status", folder=folder)

    assert daemon.returncode == 0
    assert stopped.returncode == 1
    assert stopped.stdout.startswith("FAIL assistant                was stopped ")
    assert "mailbox desk" in stopped.stdout
    assert "referral" in assistant("tasks", folder=folder).stdout
    assert second.returncode == 1
    assert "another assistant is running" in second.stderr
    assert '"event": "stopped"' in log
    assert "referral" not in log
