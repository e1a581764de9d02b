"""How much is too much: what a model may cost and has cost so far, and what is closed in one person's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

MILLION = 1_000_000
Refusal = Literal["sender", "day", "kept for others"]
"""Whose budget a question would go beyond: its sender's, all of the day's, the part that strangers may use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What a model reads and writes."""

    read: int = 0
    written: int = 0

    @property
    def total(self) -> int:
        return self.read + self.written

    def __add__(self, other: Tokens) -> Tokens:
        return Tokens(read=self.read + other.read, written=self.written + other.written)

    def __sub__(self, other: Tokens) -> Tokens:
        return Tokens(read=self.read - other.read, written=self.written - other.written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The most that the model may cost in one day."""

    sender_tokens: int
    day_tokens: int
    price_in: float = 0
    """Of a million tokens that it reads."""
    price_out: float = 0
    day_price: float = 0

    def price(self, tokens: Tokens) -> float:
        return (tokens.read * self.price_in + tokens.written * self.price_out) / MILLION


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a day has cost so far, questions that are on their way counted with the most that they can cost."""

    by_sender: Tokens
    in_all: Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A task was closed."""

    actor: str
    """Email of the person whose word it was."""
    at: datetime
    """When that was read."""
    came_at: datetime
    """When it came, by the mail server's clock."""
