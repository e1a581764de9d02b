"""What who gives tokens says: a grant, or why there is none, in words that tell a person what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from assistant.errors import SignInError, TransientError

_USUAL_LIFE = timedelta(hours=1)
_TOKEN = re.compile(r"[\x21-\x7e]{1,16384}")
"""A token goes into a line between control characters: it must hold none."""
_CODE = re.compile(r"[a-z_]{1,40}")
_LATER = {"temporarily_unavailable", "server_error", "slow_down"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    token: str = field(repr=False)
    lasts: timedelta
    refresh_token: str = field(default="", repr=False)
    """Gives the next one; empty where none is needed, or the old one stays good."""
    user: str = ""
    """Who signed in, where that is told."""


class Provider(Protocol):
    """Who gives tokens to one application."""

    @property
    def host(self) -> str: ...

    @property
    def needs_login(self) -> bool:
        """Whether a person has to sign in once; False where the application signs in by itself."""

    def granted(self, refresh_token: str) -> Grant:
        """Return a new token.

        Raises:
            SignInError: A person must act.
            TransientError: It does not answer, or not just now.
            ConfigError: Its certificate is not to be trusted.

        """

    def login(self, terminal: Terminal) -> Grant:
        """Let a person sign in. Raises as `granted` does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """The person who runs `assistant login`."""

    tell: Callable[[str], None]
    ask_secret: Callable[[str], str]
    port: int
    """Where their browser comes back to on this machine; 0: any."""


def grant_of(name: str, answer: dict[str, object], *, needs_login: bool) -> Grant:
    """Return the grant in the answer of a token endpoint (RFC 6749, 5); raise what its refusal means."""
    token, again, lasts = answer.get("access_token"), answer.get("refresh_token"), answer.get("expires_in")
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise refusal(name, answer, needs_login=needs_login)
    claims = answer.get("id_token_claims")
    user = claims.get("preferred_username") if isinstance(claims, dict) else None
    try:
        seconds = float(str(lasts)) if lasts is not None else _USUAL_LIFE.total_seconds()
        life = timedelta(seconds=max(0.0, seconds))
    except (ValueError, OverflowError):
        life = _USUAL_LIFE
    return Grant(
        token=token,
        lasts=life,
        refresh_token=again if isinstance(again, str) and _TOKEN.fullmatch(again) else "",
        user=user if isinstance(user, str) else "",
    )


def refusal(name: str, answer: dict[str, object], *, needs_login: bool) -> SignInError | TransientError:
    """Return what a refusal means; of its own words only the code is kept, the others may name people."""
    given = answer.get("error")
    code = given if isinstance(given, str) and _CODE.fullmatch(given) else "no answer that RFC 6749 knows"
    if code in _LATER:
        return TransientError(f"{name}: no token just now ({code})")
    numbers = answer.get("error_codes")
    number = numbers[0] if isinstance(numbers, list) and numbers and isinstance(numbers[0], int) else None
    shown = code if number is None else f"{code}, AADSTS{number}"
    login = f"run: assistant login {name}" if needs_login else "see the README on signing in as an application"
    if answer.get("suberror") == "consent_required" or number == _NO_CONSENT or code == "consent_required":
        problem, advice = "consent is missing", f"let an administrator consent to the application, then {login}"
    elif code in {"invalid_grant", "interaction_required", "login_required", "expired_token"}:
        problem, advice = ("it has expired or was revoked" if needs_login else "the key is not taken"), login
    elif code in {"invalid_client", "unauthorized_client"}:
        problem, advice = "the application is not taken", "its secret may have ended: check client_id and client_secret"
        if not needs_login:
            advice += ", and what it was allowed"
    elif code in {"access_denied", "authorization_declined"}:
        problem, advice = "the person did not agree", login
    else:
        problem, advice = "no token is given", login
    return SignInError(name, f"{problem}: {shown}", advice)


_NO_CONSENT = 65001
