"""Pages -> what a real browser asks for while it shows them."""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BROWSER = "chromium"
_IS_ITS_OWN = re.compile(r"^[\w.-]+\.(?:google|googleapis|gstatic)\.com[:/]")
"""What the browser asks its maker, whatever it shows."""
_SHOWN_MS = 5_000
"""Of the browser's own time: what has not begun by then waits for a touch."""


def asked_for(pages: Sequence[str], folder: Path) -> list[str]:
    """Show each page in a frame of its own; return host and path of each request but those for the pages.

    All names of hosts lead to this machine. The browser keeps its files in `folder`.
    """
    asked: list[str] = []
    frames = "".join(f'<iframe src="/{place}"></iframe>' for place, _ in enumerate(pages))
    told = {f"/{place}": page for place, page in enumerate(pages)} | {"/": f"<!doctype html><title>all</title>{frames}"}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host, page = self.headers.get("Host", ""), told.get(self.path)
            if page is None or not host.startswith("127.0.0.1"):
                asked.append(f"{host}{self.path}")
                page = ""
            content = page.encode("utf-8", "replace")
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815 - as the server calls it

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        _show(f"127.0.0.1:{server.server_port}", folder)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    return [what for what in asked if not what.endswith("/favicon.ico") and not _IS_ITS_OWN.search(what)]


def _show(address: str, folder: Path) -> None:
    flags = (
        *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync"),
        *("--disable-background-networking", "--disable-component-update", "--disable-extensions", "--mute-audio"),
        *(f"--user-data-dir={folder}", f"--host-resolver-rules=MAP * {address}", "--dump-dom"),
        *(f"--virtual-time-budget={_SHOWN_MS}", "--autoplay-policy=no-user-gesture-required"),
    )
    subprocess.run([BROWSER, *flags, f"http://{address}/"], check=True, capture_output=True, timeout=300)
