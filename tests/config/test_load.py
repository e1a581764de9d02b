from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.config import load, people
from assistant.config.write import example, write
from assistant.errors import ConfigError

ROOT = Path(__file__).parents[2]
GOOD = """
[[people]]
email = "Dana@Clinic.example"
name = "Dana Whitfield"
[[accounts]]
name = "desk"
person = "dana@clinic.example"
host = "imap.clinic.example"
password = "file:secrets/imap"
[smtp]
host = "smtp.clinic.example"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_is_what_the_settings_say():
    assert (ROOT / "config.example.toml").read_text(encoding="utf-8") == example()


def test_the_example_with_every_default_spelled_out_means_the_same(tmp_path: Path):
    spelled_out = example().replace("\n# ", "\n").replace("--- ", "# --- ")
    kept = "\n".join(line for line in spelled_out.split("\n") if "=" in line or line.startswith("["))

    assert load(written(tmp_path, kept)) == load(written(tmp_path, example()))


def test_addresses_are_lower_case_and_paths_count_from_the_file(tmp_path: Path):
    config = load(written(tmp_path, GOOD))

    assert config.people[0].email == "dana@clinic.example"
    assert config.assistant.ledger == tmp_path / "ledger"
    assert config.accounts[0].password == f"file:{tmp_path / 'secrets' / 'imap'}"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('name = "desk"', 'name = "desk"\nfolder = "INBOX"'), "accounts, number 1, folder: there is no such setting"),
        (('email = "Dana@Clinic.example"\n', ""), "people, number 1, email: is missing"),
        (("Dana@Clinic.example", "Dana at Clinic"), "is no email address"),
        (('person = "dana@clinic.example"', 'person = "jo@clinic.example"'), "is not among the people"),
        (('name = "Dana Whitfield"', 'name = "Dana"\nbackup = "jo@clinic.example"'), "backup of dana@clinic.example"),
        (('name = "Dana Whitfield"', 'name = "Dana"\ntimezone = "Mars"'), "is no IANA time zone"),
        (('name = "Dana Whitfield"', 'name = "Dana"\nworkday = ["17:00", "08:00"]'), "ends before it begins"),
        (('host = "imap.clinic.example"\n', ""), "account desk: needs a host or a maildir"),
        (('host = "smtp.clinic.example"\n', ""), "smtp: needs a host"),
        (("[smtp]", "[smtp"), "is no TOML"),
        (("[smtp]", '[smtp]\nsecurity = "none"'), "smtp, security"),
        (("[smtp]", '[[accounts]]\nname="desk"\nperson="dana@clinic.example"\nhost="x"\n[smtp]'), "desk stands there"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_line_that_names_the_file(tmp_path: Path, change: tuple[str, str], said: str):
    path = written(tmp_path, GOOD.replace(*change))

    with pytest.raises(ConfigError) as caught:
        load(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path):
    with pytest.raises(ConfigError, match="assistant init"):
        load(tmp_path / "nowhere.toml")


def test_what_init_writes_can_be_read_back(tmp_path: Path):
    text = write(
        {
            "people": [{"email": "dana@clinic.example", "name": 'Dana "Dee" Whitfield'}],
            "accounts": [{"name": "desk", "person": "dana@clinic.example", "host": "imap.clinic.example"}],
            "smtp": {"host": "smtp.clinic.example"},
        }
    )

    assert load(written(tmp_path, text)).people[0].name == 'Dana "Dee" Whitfield'


def test_public_holidays_and_the_own_days_off_are_no_workdays(tmp_path: Path):
    own = "[organisation]\ndays_off = [2026-12-24]\ndays_on = [2026-11-11]\n"
    calendar = people(load(written(tmp_path, own + GOOD)), 2026)[0].calendar

    days = [date(2026, 11, 11), date(2026, 11, 26), date(2026, 12, 24), date(2026, 12, 25)]
    assert [calendar.is_workday(day) for day in days] == [True, False, False, False]


def test_an_unknown_country_is_said(tmp_path: Path):
    config = load(written(tmp_path, '[organisation]\nholidays = "Atlantis"\n' + GOOD))

    with pytest.raises(ConfigError, match="Atlantis"):
        people(config, 2026)
