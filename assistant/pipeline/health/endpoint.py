"""GET /healthz and /metrics on this machine alone: the last look at the parts, as JSON and as Prometheus reads it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from assistant.errors import ConfigError
from assistant.pipeline.parts import Snapshot

_FRESH = timedelta(minutes=5)
"""After so long without a look at the parts, what was seen then says nothing."""
_LEVELS = ("fine", "degraded", "failing")
_QUIET = "silent"


class Endpoint:
    """Answers until it is closed; asks nobody, so that it answers also while the ledger is busy."""

    def __init__(self, listen: str, snapshot: Callable[[], Snapshot | None], clock: Callable[[], datetime]) -> None:
        """Open the port.

        Raises:
            ConfigError: Another program has it.

        """
        host, _, port = listen.rpartition(":")
        try:
            self._server = _Server((host.strip("[]"), int(port)), _Handler)
        except OSError as error:
            raise ConfigError("[health] listen", f"{listen} cannot be opened ({error.strerror})") from error
        self._server.snapshot, self._server.clock = snapshot, clock
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    snapshot: Callable[[], Snapshot | None]
    clock: Callable[[], datetime]


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version, sys_version, timeout = "assistant", "", 10

    def do_GET(self) -> None:
        seen, now = self.server.snapshot(), self.server.clock()
        if self.path == "/healthz":
            state = _state(seen, now)
            status = HTTPStatus.SERVICE_UNAVAILABLE if state in {"failing", _QUIET} else HTTPStatus.OK
            self._answer(status, "application/json", _healthz(seen, state))
        elif self.path == "/metrics":
            self._answer(HTTPStatus.OK, "text/plain; version=0.0.4; charset=utf-8", metrics(seen))
        else:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", "/healthz or /metrics\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Keep the log for what changes something."""

    def _answer(self, status: HTTPStatus, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _state(seen: Snapshot | None, now: datetime) -> str:
    if seen is None or now - seen.at > _FRESH:
        return _QUIET
    return max((one.level for one in seen.conditions), key=_LEVELS.index, default="fine")


def _healthz(seen: Snapshot | None, state: str) -> str:
    found = {one.part: one.level for one in seen.conditions} if seen else {}
    return json.dumps({"status": state, "looked_at": seen.at.isoformat() if seen else None, "parts": found}) + "\n"


def metrics(seen: Snapshot | None) -> str:
    """Return what was seen in Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/."""
    if seen is None:
        return ""
    lines = [
        "# HELP assistant_part_level How a part is: 0 fine, 1 degraded, 2 failing.",
        "# TYPE assistant_part_level gauge",
        *(f'assistant_part_level{{part="{_label(one.part)}"}} {_LEVELS.index(one.level)}' for one in seen.conditions),
        "# HELP assistant_looked_at_seconds When the parts were last looked at, in Unix time.",
        "# TYPE assistant_looked_at_seconds gauge",
        f"assistant_looked_at_seconds {seen.at.timestamp():.0f}",
    ]
    for name, count in seen.counts.items():
        lines += [f"# TYPE assistant_{name} gauge", f"assistant_{name} {count}"]
    return "\n".join(lines) + "\n"


def _label(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
