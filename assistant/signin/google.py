"""Google: a person in the browser of this machine, or a service account. Knows Google's libraries alone."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from google.auth.exceptions import GoogleAuthError, MalformedError, RefreshError
from google.auth.transport.requests import Request
from google.oauth2 import credentials, service_account
from google_auth_oauthlib.flow import InstalledAppFlow, WSGITimeoutError
from oauthlib.oauth2 import OAuth2Error

from assistant.errors import ConfigError, SignInError
from assistant.signin.grants import Grant, Terminal, grant_of, refusal
from assistant.signin.transport import Session, asking, secure

_SCOPES = ("https://mail.google.com/",)
_AUTH_URL = "https://accounts.google.com/o/oauth2/auth"
_TOKEN_URL = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
_PATIENCE_S = 600
# It tells each address that a browser asks for, with the code in it.
logging.getLogger("google_auth_oauthlib.flow").setLevel(logging.WARNING)


class Google:
    """An application of the kind "desktop", for which a person signs in."""

    needs_login = True

    def __init__(
        self,
        name: str,
        *,
        client_id: str,
        client_secret: str,
        scopes: tuple[str, ...],
        ca_file: Path | None,
        timeout_s: float,
        auth_url: str = _AUTH_URL,
        token_url: str = _TOKEN_URL,
    ) -> None:
        self.host = urlsplit(token_url).netloc
        self._name = name
        self._client = {
            "client_id": client_id,
            "client_secret": client_secret,
            "auth_uri": auth_url,
            "token_uri": token_url,
        }
        self._scopes = list(scopes or _SCOPES)
        self._ca_file = ca_file
        self._timeout_s = timeout_s

    def granted(self, refresh_token: str) -> Grant:
        known = {key: self._client[key] for key in ("client_id", "client_secret", "token_uri")}
        return _refreshed(
            self._name,
            credentials.Credentials(None, refresh_token=refresh_token, **known),  # type: ignore[no-untyped-call]
            Session(self._name, self._ca_file, self._timeout_s),
            self.host,
            needs_login=True,
        )

    def login(self, terminal: Terminal) -> Grant:
        flow = InstalledAppFlow.from_client_config({"installed": self._client}, self._scopes)
        secure(flow.oauth2session, self._name, self._ca_file)
        address_of = flow.authorization_url

        def told(**wanted: object) -> tuple[str, str]:
            url, state = address_of(**wanted)
            terminal.tell(f"Open in a browser on this machine: {url}")
            return url, state

        flow.authorization_url = told
        try:
            with asking(self._name, self.host):
                found = flow.run_local_server(
                    port=terminal.port,
                    open_browser=False,
                    # Otherwise the address is printed, and logged.
                    authorization_prompt_message="",
                    success_message="You are signed in, and may close this page.",
                    timeout_seconds=_PATIENCE_S,
                    access_type="offline",
                    prompt="consent",
                )
        except OAuth2Error as error:
            raise refusal(self._name, {"error": error.error}, needs_login=True) from None
        except WSGITimeoutError:
            problem = "nobody came back from the browser within ten minutes"
            raise SignInError(self._name, problem, f"run: assistant login {self._name}") from None
        except Warning:
            problem = "not all that was asked for was allowed"
            raise SignInError(self._name, problem, f"run: assistant login {self._name}") from None
        return _grant(self._name, found, needs_login=True)


class ServiceAccount:
    """A service account that may act for the users of its domain (domain-wide delegation)."""

    needs_login = False

    def __init__(
        self, name: str, *, key: str, user: str, scopes: tuple[str, ...], ca_file: Path | None, timeout_s: float
    ) -> None:
        self._name = name
        try:
            info = json.loads(key)
            self._credentials = service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
                info, scopes=list(scopes or _SCOPES), subject=user
            )
            self.host = urlsplit(info["token_uri"]).netloc
        except (ValueError, TypeError, KeyError, AttributeError, MalformedError):
            problem = "service_account holds no service account's key, as Google's console writes it"
            raise ConfigError(name, problem) from None
        self._ca_file = ca_file
        self._timeout_s = timeout_s

    def granted(self, refresh_token: str) -> Grant:  # noqa: ARG002 - the key gives each token
        session = Session(self._name, self._ca_file, self._timeout_s)
        return _refreshed(self._name, self._credentials, session, self.host, needs_login=False)

    def login(self, terminal: Terminal) -> Grant:  # noqa: ARG002 - there is nobody to ask
        return self.granted("")


def _refreshed(name: str, found: Any, session: Session, host: str, *, needs_login: bool) -> Grant:  # noqa: ANN401 - either kind
    try:
        with asking(name, host), session:
            found.refresh(Request(session=session))
    except RefreshError as error:
        said = error.args[1] if len(error.args) > 1 and isinstance(error.args[1], dict) else {}
        raise refusal(name, said, needs_login=needs_login) from None
    except GoogleAuthError as error:
        raise refusal(name, {"error": type(error).__name__}, needs_login=needs_login) from None
    return _grant(name, found, needs_login=needs_login)


def _grant(name: str, found: Any, *, needs_login: bool) -> Grant:  # noqa: ANN401 - either kind
    # The library's times are UTC, and do not say so.
    left = (found.expiry.replace(tzinfo=UTC) - datetime.now(UTC)).total_seconds() if found.expiry else None
    answer = {
        "access_token": found.token,
        "refresh_token": getattr(found, "refresh_token", None),
        "expires_in": left,
    }
    return grant_of(name, answer, needs_login=needs_login)
