"""A real HTTP server on the loopback that speaks /v1/chat/completions and does what a script tells it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Act:
    """What the server does with one request."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cuts_after: int | None = None
    """Bytes of the body after which the connection is closed."""
    drips: bool = False
    """True: the headers, then one byte now and then, until the other side gives up."""
    is_silent: bool = False
    """True: nothing at all, until the other side gives up."""


Script = Callable[[dict[str, Any]], Act]
"""From a request's JSON to what is done with it."""


def completion(
    content: str | None, *, finish: str = "stop", refusal: str | None = None, tokens: tuple[int, int] = (100, 20)
) -> Act:
    """A chat completion with one choice."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    answer = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)},
    }
    return Act(body=json.dumps(answer).encode(), headers={"Content-Type": "application/json"})


def tasks(*items: object) -> Act:
    """A completion that answers with these tasks."""
    return completion(json.dumps({"tasks": items}))


def task(line: int, do: str | None = "see to it", **fields: object) -> dict[str, object]:
    """One task of an answer, whole: it names the line that asks."""
    return {"n": line, "do": do, "who": None, "by": None, **fields}


def refused(status: int, said: str = "no", **headers: str) -> Act:
    """An error; an underscore in a header's name stands for a dash."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Act(
        status=status,
        body=json.dumps({"error": {"message": said, "type": "invalid_request_error"}}).encode(),
        headers={"Content-Type": "application/json", **named},
    )


class ScriptedModel:
    """The running server: its address, and what it was asked.

    Attributes:
        requests: The requests' JSON, in order.
        received: All bytes that came in, headers and bodies.

    """

    def __init__(self, *acts: Act, script: Script | None = None) -> None:
        self.requests: list[dict[str, Any]] = []
        self.received: list[bytes] = []
        self._acts = acts
        self._script = script
        self._is_over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    @property
    def forms(self) -> list[str]:
        """The form of answer that each request asked for."""
        return [request.get("response_format", {}).get("type", "text") for request in self.requests]

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._is_over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _act(self, request: dict[str, Any]) -> Act:
        self.requests.append(request)
        if self._script:
            return self._script(request)
        return self._acts[min(len(self.requests), len(self._acts)) - 1]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        model = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                if self.path != "/v1/chat/completions":
                    self.send_error(404)
                    return
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length)
                model.received += [bytes(self.headers), body]
                self._do(model._act(json.loads(body)))

            def _do(self, act: Act) -> None:
                if act.is_silent:
                    model._is_over.wait(20)
                    self.close_connection = True
                    return
                self.send_response(act.status)
                for name, value in act.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "1000000" if act.drips else str(len(act.body)))
                self.end_headers()
                while act.drips and not model._is_over.wait(0.02):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                self.wfile.write(act.body if act.cuts_after is None else act.body[: act.cuts_after])
                if act.cuts_after is not None:
                    self.close_connection = True

            def handle(self) -> None:
                # The other side hangs up whenever it has had enough.
                try:
                    super().handle()
                except OSError:
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@contextmanager
def scripted(*acts: Act, script: Script | None = None) -> Iterator[ScriptedModel]:
    """Run a model that does `acts` one after the other, and the last of them for ever; or what `script` says."""
    model = ScriptedModel(*acts, script=script)
    model.start()
    try:
        yield model
    finally:
        model.stop()
