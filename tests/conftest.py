"""Options that hand material and servers to the tests; without them the tests that need these are not collected.

Every test runs under a watch over its sockets and those of the Python processes that it starts: it fails where one
speaks to any machine but its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.network import Watch

# The same cases each time: a test that fails today was broken today. HYPOTHESIS_PROFILE=searching looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("searching", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("coordination assistant")
    group.addoption("--corpus", type=Path, help="folder of labelled mails and replies")
    group.addoption("--data", type=Path, help="folder of public test sets")
    group.addoption("--model-file", type=Path, help="weights of a small language model (GGUF)")
    group.addoption("--servers", action="store_true", help="run the tests that start real mail servers")
    group.addoption("--presidio", action="store_true", help="run the tests that need the extra of that name")
    group.addoption("--faults", action="store_true", help="run the tests that kill, cut and starve the assistant")
    group.addoption("--full", action="store_true", help="with --faults or --model-file: every case, not a sample")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect, rather than skip, what was not asked for: a skip in a report always means that something is wrong."""
    asked = {
        "servers": config.getoption("--servers"),
        "faults": config.getoption("--faults"),
        "presidio": config.getoption("--presidio"),
        "model": config.getoption("--model-file"),
        "material": config.getoption("--corpus") or config.getoption("--data"),
    }
    left_out = [item for item in items if any(item.get_closest_marker(name) and not on for name, on in asked.items())]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


@pytest.fixture(scope="session")
def corpus(request: pytest.FixtureRequest) -> Path:
    """Folder of labelled mails and replies (`mails/`, `replies/replies.jsonl`)."""
    return Path(request.config.getoption("--corpus"))


@pytest.fixture(scope="session")
def data(request: pytest.FixtureRequest) -> Path:
    """Folder of public test sets."""
    return Path(request.config.getoption("--data"))


@pytest.fixture(scope="session")
def watch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watch]:
    """What this process and its children try to reach."""
    watch = Watch(tmp_path_factory.mktemp("watch"))
    watch.begin()
    yield watch
    watch.end()
    assert watch.news() == [], "a process that outlives its test speaks to another machine"


@pytest.fixture(autouse=True)
def _stays_at_home(watch: Watch) -> Iterator[None]:
    yield
    assert watch.news() == [], "speaks to another machine"
