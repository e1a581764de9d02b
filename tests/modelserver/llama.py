"""A real language model behind a real llama.cpp server, in a process of its own that can be killed."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_READY_S = 60


@dataclass(frozen=True, kw_only=True)
class Llama:
    """The running server."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def wait_until_busy(self) -> None:
        """Return when the server is at work on an answer."""
        ends_at = time.monotonic() + _READY_S
        while not any(slot["is_processing"] for slot in json.loads(self._get("/slots"))):
            assert time.monotonic() < ends_at, "nobody asks the model's server"

    def wait_until_ready(self) -> None:
        """Return when the weights are loaded."""
        ends_at = time.monotonic() + _READY_S
        while self._get("/health") != b'{"status":"ok"}':
            assert self.process.poll() is None, "the model's server has ended; are the weights whole?"
            assert time.monotonic() < ends_at, "the model's server does not get ready"

    def _get(self, path: str) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().read()
        except OSError:
            return b"[]"
        finally:
            connection.close()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def llama(weights: Path, *, tokens: int = 8192, threads: int = 2) -> Iterator[Llama]:
    """Serve `weights` (GGUF); `tokens` is the longest conversation that the server takes."""
    read, write = os.pipe()
    with subprocess.Popen(
        [sys.executable, __file__, str(weights), str(tokens), str(threads), str(write)],
        pass_fds=[write],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "OMP_WAIT_POLICY": "passive"},
    ) as process:
        os.close(write)
        try:
            with os.fdopen(read) as port:
                server = Llama(port=int(port.readline() or 0), process=process)
            server.wait_until_ready()
            yield server
        finally:
            process.kill()


def _serve(weights: str, tokens: str, threads: str, write: str) -> None:
    """The child: load the weights, tell the port, serve until killed."""
    # Installed only where a real model is tested.
    import xllamacpp  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: PLC0415

    wanted = xllamacpp.CommonParams()
    wanted.model.path = weights
    wanted.n_ctx = int(tokens)
    # One conversation at a time has the whole length to itself.
    wanted.n_parallel = 1
    wanted.hostnames = ["127.0.0.1"]
    wanted.port = 0
    wanted.warmup = False
    for cores in (wanted.cpuparams, wanted.cpuparams_batch):
        cores.n_threads = int(threads)
    server = xllamacpp.Server(wanted)
    with os.fdopen(int(write), "w") as port:
        port.write(server.listening_address.rpartition(":")[2] + "\n")
    # Ends with the process that started it, however that ends.
    sys.stdin.buffer.read()


if __name__ == "__main__":
    _serve(*sys.argv[1:])
