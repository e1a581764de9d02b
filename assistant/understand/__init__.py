"""Stage 3: Message -> Reading. The embedded engine reads every mail; a language model, where there is one, adds."""

from __future__ import annotations

from pathlib import Path

from assistant.config.model import ModelSettings
from assistant.understand.reader import Answers, Apart, Engine, Purse, Reader

__all__ = ["Answers", "Apart", "Engine", "Purse", "Reader", "open_reader"]


def open_reader(
    model: ModelSettings,
    *,
    api_key: str | None,
    prompts: Path,
    rules: Path,
    answers: Answers | None = None,
    purse: Purse | None = None,
    apart: Apart | None = None,
) -> Reader:
    """Return the reader that the configuration asks for; `rules` is the folder of the embedded engine's patterns.

    A model's answers are kept in `answers`, in memory where none are given; its cost is counted in `purse`.
    Long mails are read by `apart`.

    Raises ConfigError where a prompt or a rule is wrong.
    """
    # Both engines import `understand.deadlines` and with it this door: it opens them only when it is asked to.
    from assistant.understand.embedded import EmbeddedEngine  # noqa: PLC0415
    from assistant.understand.llm import ModelEngine  # noqa: PLC0415

    embedded = EmbeddedEngine(rules)
    if not model.is_on:
        return Reader(embedded, None, apart=apart)
    engine = ModelEngine(model, api_key=api_key, prompts=prompts, rules=embedded.rules, answers=answers, purse=purse)
    return Reader(embedded, engine, trusts=model.trust, apart=apart)
