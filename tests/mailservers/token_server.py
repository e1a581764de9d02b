"""Who gives tokens, on loopback: the endpoints that Microsoft's, Google's and any OAuth2 client ask, and Dovecot's.

Over HTTPS, as the clients insist; Dovecot asks over HTTP whether a token is good (RFC 7662).
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from tests.mailservers.certificates import Certificates


class TokenServer:
    """Runs for as long as the `with` block lasts.

    Attributes:
        user: Whose mailbox the tokens open that are given now.
        lasts_s: For how many seconds they are said to be good.
        refusal: What it answers instead of a token; None: it gives one.
        status: What it answers everything with, without a word; 0: it works.
        open_tokens: token -> the user whose mailbox it opens.
        asked: The forms that came to the token endpoint.
        paths: All that was asked for.

    """

    host = "localhost"

    def __init__(self, certificates: Certificates, user: str) -> None:
        self.user = user
        self.lasts_s = 3600
        self.refusal: dict[str, Any] | None = None
        self.status = 0
        self.open_tokens: dict[str, str] = {}
        self.asked: list[dict[str, str]] = []
        self.paths: list[str] = []
        self._servers = [_Server(self), _Server(self)]
        self._servers[0].socket = certificates.server_context().wrap_socket(
            self._servers[0].socket, server_side=True, do_handshake_on_connect=False
        )
        self._threads = [threading.Thread(target=one.serve_forever, args=(0.02,), daemon=True) for one in self._servers]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server, thread in zip(self._servers, self._threads, strict=True):
            server.shutdown()
            server.server_close()
            thread.join(timeout=10)

    @property
    def url(self) -> str:
        return f"https://{self.host}:{self._servers[0].server_address[1]}"

    @property
    def token_url(self) -> str:
        return f"{self.url}/token"

    @property
    def introspection_url(self) -> str:
        return f"http://127.0.0.1:{self._servers[1].server_address[1]}/introspect"

    @property
    def times(self) -> int:
        """How often a token was asked for."""
        return len(self.asked)

    def revoke(self, tokens: Iterable[str] | None = None) -> None:
        """Let tokens, or all of them, open nothing any more."""
        for token in list(self.open_tokens if tokens is None else tokens):
            self.open_tokens.pop(token, None)

    def grant(self) -> dict[str, Any]:
        token = f"access-{token_urlsafe(16)}"
        self.open_tokens[token] = self.user
        again = f"refresh-{token_urlsafe(16)}"
        return {"access_token": token, "token_type": "Bearer", "expires_in": self.lasts_s, "refresh_token": again}

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.paths.append(path)
        if self.status:
            return self.status, {}
        if path.endswith("/.well-known/openid-configuration"):
            return 200, self._found(path)
        if path.endswith("/devicecode"):
            where = f"{self.url}/device"
            return 200, {
                "device_code": "device",
                "user_code": "HERON-4",
                "verification_uri": where,
                "message": "",
                "expires_in": 60,
                "interval": 0,
            }
        if path == "/introspect":
            user = self.open_tokens.get(form.get("token", ""))
            return 200, {"active": True, "username": user, "exp": int(time.time()) + 60} if user else {"active": False}
        self.asked.append(form)
        return (400, self.refusal) if self.refusal is not None else (200, self.grant())

    def _found(self, path: str) -> dict[str, Any]:
        tenant = path.split("/")[1]
        return {
            "issuer": f"{self.url}/{tenant}/v2.0",
            "authorization_endpoint": f"{self.url}/{tenant}/oauth2/v2.0/authorize",
            "token_endpoint": f"{self.url}/{tenant}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{self.url}/{tenant}/oauth2/v2.0/devicecode",
        }


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, tokens: TokenServer) -> None:
        self.tokens = tokens
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that do not trust us hang up; that is what some of them are for."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        status, said = self.server.tokens.answer(urlsplit(self.path).path, form)
        content = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST  # noqa: N815 - the library finds it by this name

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""
