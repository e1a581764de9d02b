from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.config import load, people
from assistant.config.show import shown
from assistant.config.write import example, write
from assistant.errors import ConfigError

ROOT = Path(__file__).parents[2]
GOOD = """
[assistant]
address = "assistant@clinic.example"
[[people]]
email = "Dana@Clinic.example"
name = "Dana Whitfield"
[[accounts]]
name = "desk"
person = "dana@clinic.example"
host = "imap.clinic.example"
user = "desk"
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


def test_one_mistake_in_a_list_is_counted_once(tmp_path: Path):
    path = written(tmp_path, GOOD.replace('name = "desk"', 'name = "desk"\nkind = "Inbox"'))

    with pytest.raises(ConfigError) as raised:
        load(path)

    assert "accounts, number 1, kind" in str(raised.value)
    assert "more" not in str(raised.value)


def test_a_mark_that_an_editor_puts_first_is_no_mistake(tmp_path: Path):
    path = written(tmp_path, f"\ufeff{GOOD}")

    assert load(path) == load(written(tmp_path, GOOD))


def test_of_several_accounts_it_is_said_whose_secret_is_meant(tmp_path: Path):
    said = shown(load(written(tmp_path, GOOD)), lambda setting, _place: f"is that of {setting}")

    assert "# is that of desk, password" in said


def test_an_address_is_read_as_mails_have_it(tmp_path: Path):
    config = load(
        written(tmp_path, GOOD.replace("Clinic.example", "Clínica.example").replace("dana@clinic", "dana@clínica"))
    )

    assert config.people[0].email == config.accounts[0].person == "dana@xn--clnica-4va.example"


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
        (('address = "assistant@clinic.example"\n', ""), "assistant, address: is missing; our mails come from there"),
        (('[assistant]\naddress = "assistant@clinic.example"\n', ""), "assistant, address: is missing"),
        (("address = ", "adress = "), "assistant, adress: there is no such setting; check its spelling (and 1 more)"),
        (("assistant@clinic.example", ""), "assistant, address: '' is no email address"),
        (("Dana@Clinic.example", "Dana at Clinic"), "is no email address"),
        (("Dana@Clinic.example", "Dána@Clinic.example"), "is no email address"),
        (("Dana@Clinic.example", f"Dana@{'ñ' * 80}.example"), "is no email address"),
        (('person = "dana@clinic.example"', 'person = "jo@clinic.example"'), "is not among the people"),
        (('name = "Dana Whitfield"', 'name = "Dana"\nbackup = "jo@clinic.example"'), "backup of dana@clinic.example"),
        (('name = "Dana Whitfield"', 'name = "Dana"\ntimezone = "Mars"'), "is no IANA time zone"),
        (('name = "Dana Whitfield"', 'name = "Dana"\nworkday = ["17:00", "08:00"]'), "ends before it begins"),
        (('host = "imap.clinic.example"\n', ""), "account desk: needs a host or a maildir"),
        (('host = "smtp.clinic.example"\n', ""), "smtp: needs a host"),
        (('user = "desk"\n', ""), "account desk: needs user, to sign in at imap.clinic.example"),
        (('password = "file:secrets/imap"\n', ""), "account desk: needs password, to sign in"),
        (("[smtp]", '[smtp]\nuser = "a"'), "smtp: needs password, to sign in as a"),
        (("[[people]]", "[people]"), "people: is a list: write [[people]]"),
        (('name = "desk"', 'name = "desk"\nfolders = "INBOX"'), "folders: is a list"),
        (('name = "Dana Whitfield"', 'name = "Dana"\nquiet = "always"'), 'quiet: is two times: write it as ["19'),
        (("imap.clinic.example", "localhost:21993"), "accounts, number 1, host: 'localhost:21993' is no server's name"),
        (("imap.clinic.example", "imaps://clinic.example"), "is no server's name"),
        (("[smtp]", '[limits]\nknown = ["not a domain"]\n[smtp]'), "'not a domain' is neither an address nor a domain"),
        (("[smtp]", '[limits]\nknown = ["@foo"]\n[smtp]'), "'@foo' is neither an address nor a domain"),
        (("[smtp]", '[limits]\nknown = ["lab.example,x.example"]\n[smtp]'), "is no email address"),
        (('name = "desk"', 'name = "desk"\nsince = "March 1"'), "since: write it as 2026-03-01"),
        (('name = "Dana Whitfield"', 'name = "Dana"\ndigest_at = "7am"'), 'digest_at: write it as "07:00"'),
        (('name = "Dana Whitfield"', 'name = "Dana"\nbackup = "dana@clinic.example"'), "that is the same person"),
        (('name = "Dana Whitfield"', 'name = "Dana"\nsupervisor = "dana@clinic.example"'), "the same person"),
        (('name = "desk"', 'name = "desk"\npoll_every_s = inf'), "poll_every_s: must be 86400 at the most"),
        (('name = "desk"', 'name = "desk"\ntimeout_s = 1e300'), "timeout_s: must be 86400 at the most"),
        (("[smtp]", "[retention]\naudit_years = 1e300\n[smtp]"), "audit_years: must be 100 at the most"),
        (("[smtp]", "[smtp"), "is no TOML"),
        (("[smtp]", '[smtp]\nsecurity = "none"'), "smtp, security"),
        (("[smtp]", '[smtp]\nauth = "microsoft365"'), 'smtp: auth = "microsoft365" needs user'),
        (("[smtp]", '[smtp]\nuser = "a"\nauth = "microsoft365"'), "needs client_id and tenant"),
        (("[smtp]", '[smtp]\nuser = "a"\nauth = "google"'), "needs client_id and client_secret"),
        (("[smtp]", '[smtp]\nuser = "a"\nauth = "oauth2"'), "needs client_id and token_url"),
        (("[smtp]", '[smtp]\ntenant = "x"'), 'smtp: tenant is of no use with auth = "password"'),
        (("[smtp]", '[smtp]\ntoken_url = "http://x"'), "smtp, token_url: begins with https://"),
        (("[smtp]", '[smtp]\nauthority = "http://x"'), "smtp, authority: begins with https://"),
        (('name = "desk"', 'name = "smtp"'), "account smtp: a section has this name"),
        (("[smtp]", '[model]\nbase_url = "http://10.0.0.5:8000/v1"\n[smtp]'), "base_url is unencrypted"),
        (("[smtp]", '[health]\nheartbeat_url = "http://ping.example"\n[smtp]'), "begins with https://"),
        (("[smtp]", "[retention]\nraw_mail_days = 13\n[smtp]"), "raw_mail_days keeps too little"),
        (("[smtp]", "[retention]\nraw_mail_days = 6\n[trust]\ntoken_days = 3\n[smtp]"), "told of for 7 days"),
        (("[smtp]", "[retention]\nraw_mail_days = 80\n[trust]\ntoken_days = 90\n[smtp]"), "told of for 90 days"),
        (("[smtp]", "[retention]\ntasks_years = 0.03\n[smtp]"), "tasks_years keeps too little"),
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


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080/v1", "http://[::1]:1/v1", "http://localhost/v1", "https://10.0.0.5/v1"]
)
def test_a_model_on_this_machine_or_behind_tls_needs_no_word_more(tmp_path: Path, url: str):
    assert load(written(tmp_path, f'{GOOD}[model]\nbase_url = "{url}"')).model.base_url == url


def test_a_model_in_the_own_network_may_be_reached_in_plain_where_that_is_said(tmp_path: Path):
    assert load(written(tmp_path, f'{GOOD}[model]\nbase_url = "http://10.0.0.5:8000/v1"\nplain = true')).model.plain


def test_houses_and_senders_are_known_as_mails_have_them(tmp_path: Path):
    known = '[limits]\nknown = ["Lab.example", "@surgery.example", "Ruth@post.example", "clínica.example"]\n'
    config = load(written(tmp_path, GOOD + known))

    assert config.limits.known == ("lab.example", "surgery.example", "ruth@post.example", "xn--clnica-4va.example")


def test_a_missing_file_says_how_to_make_one(tmp_path: Path):
    with pytest.raises(ConfigError, match="assistant init"):
        load(tmp_path / "nowhere.toml")


def test_what_init_writes_can_be_read_back(tmp_path: Path):
    text = write(
        {
            "assistant": {"address": "assistant@clinic.example"},
            "people": [{"email": "dana@clinic.example", "name": 'Dana "Dee" Whitfield'}],
            "accounts": [{"name": "desk", "person": "dana@clinic.example", "maildir": "mail"}],
            "smtp": {"host": "smtp.clinic.example"},
        }
    )

    assert load(written(tmp_path, text)).people[0].name == 'Dana "Dee" Whitfield'


def test_public_holidays_and_the_own_days_off_are_no_workdays(tmp_path: Path):
    own = "[organisation]\ndays_off = [2026-12-24]\ndays_on = [2026-11-11]\n"
    calendar = people(load(written(tmp_path, own + GOOD)), 2026)[0].calendar

    days = [date(2026, 11, 11), date(2026, 11, 26), date(2026, 12, 24), date(2026, 12, 25)]
    assert [calendar.is_workday(day) for day in days] == [True, False, False, False]


def test_a_file_that_lacks_several_things_is_told_them_all_at_once(tmp_path: Path):
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, ""))

    assert "assistant, address; people and accounts: are missing" in str(caught.value)


def test_an_unknown_country_is_said(tmp_path: Path):
    config = load(written(tmp_path, '[organisation]\nholidays = "Atlantis"\n' + GOOD))

    with pytest.raises(ConfigError, match="Atlantis"):
        people(config, 2026)


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ('base_url = "https://llm.example/v1"', "say baa = true where a business associate agreement"),
        ('base_url = "https://127.0.0.1.llm.example/v1"', "say baa = true"),
        ('base_url = "https://8.8.8.8/v1"\nbaa = false', "say baa = true"),
        ('base_url = "https://key@10.0.0.1@llm.example/v1"', "say baa = true"),
        ('base_url = "https://llm.example/v1"\nbaa = true\nmask = "never"', 'mask = "never" is not for llm.example'),
    ],
)
def test_a_model_outside_of_the_own_network_needs_an_agreement_and_is_shown_no_names(
    tmp_path: Path, model: str, said: str
):
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, f"{GOOD}\n[model]\n{model}\n"))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("model", "masks"),
    [
        ('base_url = "https://llm.example/v1"\nbaa = true', True),
        ('base_url = "http://127.0.0.1:8080/v1"', False),
        ('base_url = "http://[::1]:8080/v1"', False),
        ('base_url = "https://10.20.0.9/v1"', False),
        ('base_url = "https://172.31.0.9/v1"', False),
        ('base_url = "https://172.32.0.9/v1"\nbaa = true', True),
        ('base_url = "https://gpu.clinic.internal/v1"', False),
        ('base_url = "https://gpu.local/v1"\nmask = "always"', True),
        ('base_url = "https://gpu.local/v1"\nmask = "never"', False),
    ],
)
def test_only_a_model_outside_of_the_own_network_is_shown_placeholders_by_default(
    tmp_path: Path, model: str, *, masks: bool
):
    assert load(written(tmp_path, f"{GOOD}\n[model]\n{model}\n")).model.masks is masks
