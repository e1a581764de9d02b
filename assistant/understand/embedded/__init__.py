"""The embedded engine: Message -> Reading by rules alone. No key, no network, and the same answer every time."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from assistant.records import Message, Reading, ReadingContext
from assistant.understand.embedded.absences import absences
from assistant.understand.embedded.model import WEIGHTS, Model, Question, load_model
from assistant.understand.embedded.quoting import grounded
from assistant.understand.embedded.reading import read_message
from assistant.understand.embedded.rules import load_rules
from assistant.understand.embedded.set_aside import asked_aside, laid_open

__all__ = ["EmbeddedEngine"]
READ_IN_PART = "This mail says or asks more than we read of one mail; what stands further down may hold more to do."


class EmbeddedEngine:
    """Reads mail by the patterns of rules/extract/*.toml; raises RuleError where one cannot be used."""

    name = "embedded"

    def __init__(self, rules: Path) -> None:
        self.rules = load_rules(rules)

    def read(self, message: Message, context: ReadingContext) -> Reading:
        """Return what the mail asks for. Never raises: hostile mail is read like any other."""
        findings, is_whole = read_message(message, context, self.rules)
        laid = laid_open(message, context, self.rules)
        aside = asked_aside(laid, findings, read_message(laid.message, context, self.rules)[0]) if laid else ()
        problems = () if is_whole else (READ_IN_PART,)
        told = grounded((*findings, *aside, *absences(message, context)), message)
        return Reading(findings=tuple(told), engine=self.name, problems=problems)

    def is_request(self, sentence: str, question: Question = "task") -> bool:
        """Say whether one sentence, seen alone, holds something to do: an order, a plea, or its writer's promise.

        With the question `request`: whether it wants something of its reader, be it an answer or attention.
        """
        return self._model.says_yes(sentence, question)

    @cached_property
    def _model(self) -> Model:
        # Reading mail goes without it: of clinics' mail, it knows less than the patterns do.
        return load_model(WEIGHTS, self.rules)
