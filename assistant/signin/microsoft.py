"""Microsoft 365: a person by a code that they enter in any browser, or the application itself. Knows msal alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msal

from assistant.errors import ConfigError
from assistant.signin.grants import Grant, Terminal, grant_of, refusal
from assistant.signin.transport import Session, asking

_AS_PERSON = ("https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send")
_AS_APPLICATION = ("https://outlook.office365.com/.default",)


class Microsoft:
    """One application of one directory; with a secret it signs in by itself."""

    def __init__(
        self,
        name: str,
        *,
        authority: str,
        tenant: str,
        client_id: str,
        client_secret: str | None,
        scopes: tuple[str, ...],
        ca_file: Path | None,
        timeout_s: float,
    ) -> None:
        self.host = urlsplit(authority).netloc
        self.needs_login = client_secret is None
        self._name = name
        self._authority = f"{authority.rstrip('/')}/{tenant}"
        self._client_id = client_id
        self._client_secret = client_secret
        self._scopes = list(scopes or (_AS_PERSON if client_secret is None else _AS_APPLICATION))
        self._ca_file = ca_file
        self._timeout_s = timeout_s

    def granted(self, refresh_token: str) -> Grant:
        with asking(self._name, self.host), self._session() as session:
            application = self._application(session)
            if self._client_secret is not None:
                answer = application.acquire_token_for_client(scopes=self._scopes)
            else:
                answer = application.acquire_token_by_refresh_token(refresh_token, self._scopes)
        return grant_of(self._name, answer, needs_login=self.needs_login)

    def login(self, terminal: Terminal) -> Grant:
        with asking(self._name, self.host), self._session() as session:
            application = self._application(session)
            flow = application.initiate_device_flow(scopes=self._scopes)
            if "user_code" not in flow:
                raise refusal(self._name, flow, needs_login=True)
            terminal.tell(f"Open {flow['verification_uri']} in any browser, and enter the code {flow['user_code']}")
            answer = application.acquire_token_by_device_flow(flow)
        return grant_of(self._name, answer, needs_login=True)

    def _session(self) -> Session:
        return Session(self._name, self._ca_file, self._timeout_s)

    def _application(self, session: Session) -> Any:  # noqa: ANN401 - msal has no types
        kind = msal.PublicClientApplication if self._client_secret is None else msal.ConfidentialClientApplication
        try:
            return kind(
                self._client_id,
                client_credential=self._client_secret,
                authority=self._authority,
                http_client=session,
                # Otherwise a host in the configuration is first shown to another one.
                instance_discovery=False,
            )
        except ValueError:
            raise ConfigError(self._name, f"{self.host} knows no such tenant; check tenant and authority") from None
