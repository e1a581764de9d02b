"""Any server that gives tokens for a refresh token (RFC 6749, 6)."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from assistant.signin.grants import Grant, Terminal, grant_of
from assistant.signin.transport import Session, asking, posted


class Refreshing:
    """The application `client_id` at one token endpoint."""

    needs_login = True

    def __init__(
        self,
        name: str,
        *,
        token_url: str,
        client_id: str,
        client_secret: str | None,
        scopes: tuple[str, ...],
        ca_file: Path | None,
        timeout_s: float,
    ) -> None:
        self.host = urlsplit(token_url).netloc
        self._name = name
        self._url = token_url
        self._client = {"client_id": client_id} | ({"client_secret": client_secret} if client_secret else {})
        self._scope = {"scope": " ".join(scopes)} if scopes else {}
        self._ca_file = ca_file
        self._timeout_s = timeout_s

    def granted(self, refresh_token: str) -> Grant:
        fields = {"grant_type": "refresh_token", "refresh_token": refresh_token, **self._client, **self._scope}
        with asking(self._name, self.host), Session(self._name, self._ca_file, self._timeout_s) as session:
            answer = posted(session, self._url, fields)
        return grant_of(self._name, answer, needs_login=True)

    def login(self, terminal: Terminal) -> Grant:
        """Take over a refresh token that the server's own pages, or a tool of its maker, have given to a person."""
        given = terminal.ask_secret(f"Refresh token of {self.host}").strip()
        grant = self.granted(given)
        return grant if grant.refresh_token else _with(grant, given)


def _with(grant: Grant, refresh_token: str) -> Grant:
    return Grant(token=grant.token, lasts=grant.lasts, refresh_token=refresh_token, user=grant.user)
