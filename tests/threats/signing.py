"""What the tests of sign-in share: a clock that is set by hand, settings, and a person at a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.config.settings import SignIn
from assistant.signin import Secrets, Terminal, Token, open_credential
from tests.mailservers.token_server import TokenServer

USER = "assistant@clinic.example"
SECRET = "the-client-secret"


@dataclass
class Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


def clock() -> Clock:
    return Clock(datetime.now(UTC))


def way_in(settings: SignIn, folder: Path, clock: Clock, **environment: str) -> Token:
    secrets = Secrets({"CLIENT_SECRET": SECRET, **environment})
    found = open_credential("desk", settings, secrets, folder=folder, clock=clock)
    assert isinstance(found, Token)
    return found


def settings(tokens: TokenServer, ca_file: Path, **changes: object) -> SignIn:
    usual = {
        "host": "localhost",
        "user": USER,
        "auth": "oauth2",
        "client_id": "the-client",
        "client_secret": "env:CLIENT_SECRET",
        "token_url": tokens.token_url,
        "ca_file": ca_file,
        "timeout_s": 5,
    }
    return SignIn.model_validate({**usual, **changes})


class Person:
    """Reads what is told, and types what is asked for."""

    def __init__(self, secret: str = "refresh-0", port: int = 0) -> None:
        self.told: list[str] = []
        self.terminal = Terminal(tell=self.told.append, ask_secret=lambda _question: secret, port=port)
