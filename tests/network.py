"""A watch over the sockets of this process and of all Python processes that it starts: who speaks to others is told on.

What a child swallows is told on as well: each attempt is a line in a file that this process reads.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests import refusal
from tests.refusal import Refusal

OURSELVES = frozenset(
    {"", "localhost", "ip6-localhost", socket.gethostname().lower(), socket.getfqdn().lower()},
)
_VARIABLE = "PYTHONPATH"


class Watch:
    """What was tried, once `begin` was called, here or in a child.

    Args:
        folder: An empty one, for what children read at their start and for what was tried.

    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._report = folder, folder / "abroad"
        self._refusal = Refusal(str(self._report), OURSELVES)
        self._before: str | None = None
        self._told = 0

    @property
    def abroad(self) -> list[str]:
        """What was meant for other machines since `news` was asked for; each was refused."""
        tried = self._report.read_text(encoding="utf-8").splitlines() if self._report.exists() else []
        return tried[self._told :]

    @property
    def at_home(self) -> int:
        """How often this process spoke to its own machine."""
        return self._refusal.at_home

    def begin(self) -> None:
        own = Path(refusal.__file__).read_text(encoding="utf-8")
        begins = f"\n\nsys.addaudithook(Refusal({str(self._report)!r}, {OURSELVES!r}).see)\n"
        (self._folder / "sitecustomize.py").write_text(own + begins, encoding="utf-8")
        self._before = os.environ.get(_VARIABLE)
        os.environ[_VARIABLE] = on_path(self._folder)
        # The process that reads gets its path from here.
        sys.path.append(str(self._folder))
        sys.addaudithook(self._refusal.see)
        sys.addaudithook(self._see_children)

    def end(self) -> None:
        self._refusal.is_on = False
        sys.path.remove(str(self._folder))
        os.environ.pop(_VARIABLE)
        if self._before is not None:
            os.environ[_VARIABLE] = self._before

    def news(self) -> list[str]:
        """Return what was tried abroad, once."""
        tried = self.abroad
        self._told += len(tried)
        return tried

    @contextmanager
    def apart(self) -> Iterator[list[str]]:
        """Yield a list that has, in the end, what was tried abroad meanwhile; nobody is blamed for it."""
        assert self.abroad == []
        tried = list[str]()
        try:
            yield tried
        finally:
            tried += self.news()

    def _see_children(self, event: str, args: tuple[object, ...]) -> None:
        if event != "subprocess.Popen" or not self._refusal.is_on or not _is_python(args[0]):
            return
        given = os.environ if args[3] is None else args[3]
        assert isinstance(given, Mapping)
        assert str(self._folder) in given.get(_VARIABLE, "").split(os.pathsep), "a child without the watch: see on_path"


def on_path(*places: Path) -> str:
    """Return what PYTHONPATH has to be for a child that imports from `places` and stays under the watch."""
    return os.pathsep.join([*map(str, places), *filter(None, [os.environ.get(_VARIABLE)])])


def _is_python(program: object) -> bool:
    return Path(os.fsdecode(program)).name.startswith("python") if isinstance(program, (str, bytes, Path)) else False
