"""A dead-man's switch on this machine, for tests of the heartbeat."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Switch(ThreadingHTTPServer):
    """A dead-man's switch that keeps what it hears."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Heard)
        self.heard: list[tuple[str, str]] = []
        self.status = 200
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/ping/5d3f"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.heard]


class _Heard(BaseHTTPRequestHandler):
    server: Switch

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        self.server.heard.append((self.path, body))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None: ...
