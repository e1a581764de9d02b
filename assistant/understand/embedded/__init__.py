"""The embedded engine: Message -> Reading by rules alone. No key, no network, and the same answer every time."""

from __future__ import annotations

from pathlib import Path

from assistant.records import Message, Reading, ReadingContext
from assistant.understand.embedded.absences import absences
from assistant.understand.embedded.claims import asks
from assistant.understand.embedded.reading import read_message
from assistant.understand.embedded.rules import load_rules

__all__ = ["EmbeddedEngine"]


class EmbeddedEngine:
    """Reads mail by the patterns of rules/extract/*.toml; raises RuleError where one cannot be used."""

    name = "embedded"

    def __init__(self, rules: Path) -> None:
        self._rules = load_rules(rules)

    def read(self, message: Message, context: ReadingContext) -> Reading:
        """Return what the mail asks for. Never raises: hostile mail is read like any other."""
        findings = (*read_message(message, context, self._rules), *absences(message, context))
        return Reading(findings=findings, engine=self.name)

    def is_request(self, sentence: str) -> bool:
        """Say whether one sentence, seen alone, holds something to do: an order, a plea, or its writer's promise."""
        return asks(sentence, self._rules)
