"""Two people answer at once, for longer than the default suite has time for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.test_two_people import assert_holds


@pytest.mark.faults
@pytest.mark.timeout(2 * 3600)
def test_whatever_comes_when_the_ledger_holds_what_both_said(tmp_path: Path, request: pytest.FixtureRequest):
    assert_holds(tmp_path, examples=3000 if request.config.getoption("--full") else 100)
