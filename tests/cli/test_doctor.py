"""What keeps the assistant from its work is said by `doctor` before the first start, a line each."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app, setup
from assistant.config import load
from assistant.errors import DamagedLedgerError
from assistant.ledger import FILE
from assistant.pipeline.assembly import open_ledger
from tests.cli.test_commands import assistant
from tests.configs import Section
from tests.network import on_path
from tests.pipeline.office import Office, office_config

# To root nothing is closed, unless it gives that right away.
_WITH_RIGHTS_OF_ITS_OWN = "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"


def told(folder: Path, config: str) -> dict[str, str]:
    """Return what `doctor` says of each part, with its mark."""
    _configured(folder, config)
    result = CliRunner().invoke(app, ["doctor", "-c", str(folder / "config.toml")])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return _by_part(result.stdout)


def told_as_anybody(folder: Path, config: str) -> dict[str, str]:
    """Return the same as a process finds it to which what is closed is closed."""
    _configured(folder, config)
    before = ("setpriv", *_WITH_RIGHTS_OF_ITS_OWN) if os.geteuid() == 0 else ()
    command = [*before, sys.executable, "-m", "assistant", "doctor"]
    environment = {**os.environ, "PYTHONPATH": on_path(Path(__file__).parents[2]), "COLUMNS": "120"}
    result = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=300, check=False, env=environment
    )
    return _by_part(result.stdout)


def _configured(folder: Path, config: str) -> None:
    for name in ("new", "cur", "tmp"):
        (folder / "mail" / name).mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(config, encoding="utf-8")


def _by_part(lines: str) -> dict[str, str]:
    return {line[5:].partition(":")[0]: line for line in lines.splitlines()}


@pytest.mark.parametrize(
    ("sections", "part", "said"),
    [
        ({"assistant": {"ledger": "a-file"}}, "ledger", "a-file is no folder"),
        ({"assistant": {"ledger": "a-file/below"}}, "ledger", "a-file is no folder"),
        ({"storage": {"encryption_key": "env:NOWHERE"}}, "ledger", "NOWHERE is not set"),
        ({"backup": {"folder": "a-file"}}, "backup", "a-file is no folder"),
        ({"backup": {"recipients": ["age1nothing"]}}, "backup", "no public key of age's"),
    ],
)
def test_where_the_ledger_or_its_copies_cannot_be_made_doctor_says_so(
    tmp_path: Path, sections: dict[str, dict[str, str]], part: str, said: str
):
    (tmp_path / "a-file").write_text("in the way")

    line = told(tmp_path, office_config(**sections))[part]

    assert line.startswith("FAIL")
    assert said in line
    assert not (tmp_path / "ledger").exists()


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have such rights")
def test_a_folder_that_is_closed_to_us_is_told_and_the_other_parts_are_looked_at(tmp_path: Path):
    (tmp_path / "ledger").mkdir(mode=0)

    lines = told_as_anybody(tmp_path, office_config())

    assert lines["ledger"].startswith("FAIL")
    assert "engine" in lines


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have such rights")
def test_a_ledger_that_can_be_read_alone_is_told(tmp_path: Path):
    office = Office(tmp_path)
    office.work()
    office.parts.ledger.close()
    (tmp_path / "ledger" / FILE).chmod(0o400)

    assert "it may not be written" in told_as_anybody(tmp_path, office_config())["ledger"]


def test_on_a_new_machine_all_but_the_server_is_fine(tmp_path: Path):
    lines = told(tmp_path, office_config())

    assert {part for part, line in lines.items() if line.startswith("FAIL")} == {"smtp"}
    assert "is made at the first start" in lines["ledger"]
    assert lines["alarm"].startswith("WARN")
    assert lines["configuration"] == "ok   configuration: 2 people, 1 mailbox"


@pytest.mark.parametrize(
    ("sections", "is_risky"),
    [
        ({}, True),
        ({"assistant": {"administrator": "it@clinic.example"}}, True),
        ({"assistant": {"administrator": "it@elsewhere.example"}}, False),
        ({"health": {"heartbeat_url": "https://watch.example/ping/1"}}, False),
        ({"smtp_backup": {"host": "127.0.0.1", "port": 9}}, False),
    ],
)
def test_where_nobody_would_hear_that_it_is_out_doctor_says_what_to_do(
    tmp_path: Path, sections: dict[str, Section], *, is_risky: bool
):
    _configured(tmp_path, office_config(**sections))
    check = setup.alarm(load(tmp_path / "config.toml"))

    assert check.is_fine
    assert check.is_risky is is_risky
    assert ("set heartbeat_url" in check.said) is is_risky


@pytest.mark.parametrize("lose", [Path.unlink, lambda file: file.write_bytes(b"")])
def test_a_ledger_that_is_lost_is_not_begun_anew_beside_its_copies(tmp_path: Path, lose: Callable[[Path], object]):
    office = Office(tmp_path)
    office.work()
    office.parts.ledger.close()
    config = load(tmp_path / "config.toml")
    made = assistant("backup", folder=tmp_path)
    copy = made.stdout.partition(":")[0]
    lose(tmp_path / "ledger" / FILE)

    with pytest.raises(DamagedLedgerError, match=f"assistant restore {copy}"):
        open_ledger(config, {}, lock=True)
    assert told(tmp_path, (tmp_path / "config.toml").read_text())["ledger"].startswith("FAIL")

    assert assistant("restore", copy, folder=tmp_path).returncode == 0
    open_ledger(config, {}, lock=True).close()
