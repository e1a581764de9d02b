"""The language model of a year: a server that answers well, not at all, or with garbage, as it is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.modelserver.scripted import Act, ScriptedModel, completion, refused, task, tasks

HINTED = (
    "The films of Mr. {0} would be good.",
    "Please schedule a visit for Mr. {0}.\n\nA copy of the report about Mrs. {1} would be nice.",
)
"""What no rule takes for a task."""
_HINT = re.compile(r"(?m)^(\d+) .{0,80} would be (?:good|nice)")
"""A line's number, where it asks for something that way."""


class Machine:
    """A running server.

    Attributes:
        how: "fine": it names the lines that ask; "busy": it takes no more now; "out": it hangs up; "garbage".
        answered: How often it did which.
        spoiled: The lines about which it answered with garbage: nobody asks that again.

    """

    def __init__(self) -> None:
        self.how = "fine"
        self.answered: Counter[str] = Counter()
        self.spoiled: list[str] = []
        self.server = ScriptedModel(script=self._answer)

    def _answer(self, request: dict[str, Any]) -> Act:
        self.answered[f"model {self.how}"] += 1
        asked = request["messages"][-1]["content"]
        match self.how:
            case "busy":
                return refused(429)
            case "out":
                return Act(cuts_after=0)
            case "garbage":
                self.spoiled += [line for line in asked.splitlines() if _HINT.match(line)]
                return completion('{"tasks": [{"n": ')
        return tasks(*(task(int(number)) for number in _HINT.findall(asked)))

    def missed(self, patient: str) -> bool:
        """Return whether a task may be missing because the answer about it was garbage."""
        return any(patient in one for one in self.spoiled)


@contextmanager
def running_machine() -> Iterator[Machine]:
    machine = Machine()
    machine.server.start()
    try:
        yield machine
    finally:
        machine.server.stop()
