"""Each reply on real servers is answered, and the line says beside what; a few of them, and no times."""

from __future__ import annotations

import pytest

from tests.bench.answers import row
from tests.bench.backlog import HEAD

pytestmark = pytest.mark.servers


def test_each_reply_is_answered_and_the_line_is_as_wide_as_its_head():
    line = row(3)

    assert (line.holds, line.n) == (True, 3)
    assert line.line().count("|") == HEAD.splitlines()[0].count("|")
