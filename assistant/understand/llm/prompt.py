"""prompts/NAME.md -> the messages of one question put to a model.

The file begins with TOML between two lines of `+++`: the name, the version, the answer's fields with their meaning.
Then come the messages, each under `## system`, `## user` or `## assistant`, as Jinja2 text.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from jinja2 import Environment, StrictUndefined, Template, TemplateError

from assistant.errors import ConfigError

Role = Literal["system", "user", "assistant"]
_HEADING = re.compile(r"^## (\w+)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message of a conversation with a model."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One question to a model, loaded and checked."""

    name: str
    version: int
    answer: dict[str, str]
    """The answer's fields with their meaning."""
    turns: tuple[tuple[Role, Template], ...]

    @property
    def rule(self) -> str:
        """What findings keep of it: `read_mail@2`."""
        return f"{self.name}@{self.version}"

    def render(self, fields: tuple[str, ...], **values: str) -> tuple[Turn, ...]:
        """Return the conversation; each message is filled in on its own, so a mail cannot open a message.

        Args:
            fields: Which of the answer's fields are asked for.
            values: What the text uses beside `answer`.

        """
        answer = {field: self.answer[field] for field in fields}
        return tuple(Turn(role=role, text=text.render(answer=answer, **values).strip()) for role, text in self.turns)


def load_prompt(path: Path, *, fields: tuple[str, ...], values: tuple[str, ...]) -> Prompt:
    """Return the prompt in `path`.

    Args:
        path: The file.
        fields: What its answer has to describe, in this order.
        values: What its text may use, beside `answer`.

    Raises:
        ConfigError: The file is missing, or not written as it should be.

    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), "the prompt cannot be read; is `prompts/` where it was installed?") from error
    marks = text.split("+++\n", 2)
    if len(marks) != 3 or marks[0].strip():  # noqa: PLR2004 - before, between and after the two marks
        raise ConfigError(str(path), "begins with its version and answer between two lines of +++")
    try:
        front = tomllib.loads(marks[1])
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(path), f"what stands between the +++ is no TOML: {error}") from error
    prompt = _checked(path, front, marks[2], fields)
    try:
        prompt.render(fields, **dict.fromkeys(values, ""))
    except TemplateError as error:
        raise ConfigError(str(path), f"its text uses what it is not given: {error}") from error
    return prompt


def _checked(path: Path, front: dict[str, object], body: str, fields: tuple[str, ...]) -> Prompt:
    name, version, answer = front.get("name"), front.get("version"), front.get("answer")
    if name != path.stem:
        raise ConfigError(f"{path}, name", f"is {path.stem!r}, like the file")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ConfigError(f"{path}, version", "is a whole number from 1")
    if not isinstance(answer, dict) or tuple(answer) != fields:
        raise ConfigError(f"{path}, answer", f"describes these fields in this order: {', '.join(fields)}")
    return Prompt(
        name=path.stem,
        version=version,
        answer={str(field): str(meaning) for field, meaning in answer.items()},
        turns=_turns(path, body),
    )


def _turns(path: Path, body: str) -> tuple[tuple[Role, Template], ...]:
    _, *sections = _HEADING.split(body)
    roles, texts = sections[::2], sections[1::2]
    if not roles or roles[-1] != "user" or not set(roles) <= set(get_args(Role)):
        raise ConfigError(str(path), "holds sections ## system, ## user and ## assistant, and ends with ## user")
    # A prompt is plain text for a model, never HTML for a browser: nothing is escaped.
    environment = Environment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False)  # noqa: S701
    try:
        return tuple((_role(role), environment.from_string(text)) for role, text in zip(roles, texts, strict=True))
    except TemplateError as error:
        raise ConfigError(str(path), f"its text is no Jinja2 template: {error}") from error


def _role(name: str) -> Role:
    return next(role for role in get_args(Role) if role == name)
