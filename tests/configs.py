"""What a test's assistant is told: people, mailboxes and settings in, the text of a config.toml out.

A setting that every test needs is written here, once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

DANA, PRIYA, US = "dana@clinic.example", "priya@clinic.example", "assistant@clinic.example"
EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Value = str | bool | float | date | Path | Sequence[str]
Section = Mapping[str, Value]
_NAMES = {DANA: "Dana Whitfield", PRIYA: "Priya Raghavan"}


class Servers(Protocol):
    """Mail servers, as far as a configuration names them."""

    @property
    def host(self) -> str: ...

    @property
    def ca_file(self) -> Path: ...


def config_text(*, people: Sequence[Section], accounts: Sequence[Section], smtp: Section, **sections: Section) -> str:
    """Return a configuration; what is not given has its default, but our own address."""
    sections["assistant"] = {"address": US, **sections.get("assistant", {})}
    # The mails of tests are signed by nobody; those of tests/threats are.
    sections["trust"] = {"sender_proof": "token", **sections.get("trust", {})}
    # Whom most mails of tests are from; what strangers send is never escalated by itself.
    sections["limits"] = {"known": ["surgery.example"], **sections.get("limits", {})}
    tables = [(f"[{name}]", values) for name, values in (sections | {"smtp": smtp}).items()]
    tables += [("[[people]]", person) for person in people] + [("[[accounts]]", account) for account in accounts]
    return "\n".join(line for head, values in tables for line in (head, *_lines(values))) + "\n"


def person(email: str, name: str = "", /, **settings: Value) -> Section:
    return {"email": email, "name": name or _NAMES[email], **settings}


def reached(servers: Servers, port: int, **settings: Value) -> Section:
    """Return the part of an account, or of [smtp], that says how a server is reached."""
    where: Section = {"host": servers.host, "port": port, "ca_file": servers.ca_file}
    return {**where, "password": "env:TEST_PASSWORD", **settings}


def zone_at_noon() -> str:
    """Return the name of a time zone where it is about noon now, so that a test by the real clock meets no midnight."""
    # POSIX counts westward: Etc/GMT+3 is three hours behind.
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"


def answering(model_url: str, **settings: Value) -> Section:
    """Return the section of a scripted model, which is asked once."""
    return {"base_url": model_url, "model": "scripted", "retries": 0, **settings}


def _lines(values: Section) -> Iterator[str]:
    yield from (f"{name} = {_written(value)}" for name, value in values.items())


def _written(value: Value) -> str:
    match value:
        case date():
            return value.isoformat()
        case Path():
            return json.dumps(value.as_posix())
        # JSON's strings, numbers, truths and lists are TOML's too.
        case _:
            return json.dumps(value)
