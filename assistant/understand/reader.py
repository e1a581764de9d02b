"""Message -> Reading, by all engines that there are, and what engines and the keepers of their costs must do."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from assistant.errors import ModelUnavailableError, OverBudgetError, UnusableAnswerError
from assistant.records import Check, Finding, Message, Reading, ReadingContext, Tokens
from assistant.understand.union import unite

_OUTAGES_BEFORE_REST = 3
_REST_S = 60.0
_SHORT = 10_000
"""Characters; a mail of so many is understood in a moment, whatever it holds."""
Apart = Callable[[Message, ReadingContext], Reading]
"""Lets the embedded engine read a mail where it can be ended at any moment; raises SlowMailError where it was."""


class Engine(Protocol):
    """Reads one mail. It claims, and `decide` judges."""

    name: str

    def read(self, message: Message, context: ReadingContext) -> Reading:
        """Return what the mail asks for; raise ModelUnavailableError where that cannot be told now."""
        ...


class Model(Protocol):
    """Looks for what the rules have not found; may be out."""

    name: str

    def read(self, message: Message, context: ReadingContext, known: tuple[Finding, ...]) -> Reading | None:
        """Return what it finds beside what is `known`; None where there is nothing to ask it."""
        ...

    def check(self) -> Check:
        """Say whether it answers now; raises nothing of ours."""
        ...


class Reader:
    """Reads with the embedded engine always, and with a model where there is one; for several threads.

    `trusts` the model: what it alone finds counts. `apart` reads long mails for the embedded engine. `is_degraded` is
    true from the model's failing to its next answer, `has_answered` from its first answer on.
    """

    def __init__(
        self,
        embedded: Engine,
        model: Model | None,
        *,
        trusts: bool = False,
        apart: Apart | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._embedded = embedded
        self._model = model
        self._trusts = trusts
        self._apart = apart
        self._clock = clock
        self._outages = 0
        self._rests_until = 0.0
        self.is_degraded = False
        self.has_answered = False

    def read(self, message: Message, context: ReadingContext) -> Reading:
        """Return what both engines find; the embedded reading alone, and at once, where the model is out."""
        embedded = self._found(message, context)
        if self._model is None:
            return embedded
        # A queue of mails must not wait out a timeout each.
        if self._clock() < self._rests_until:
            return replace(embedded, read_again=True)
        try:
            model = self._model.read(message, context, embedded.findings)
        except UnusableAnswerError as error:
            # The model is up; asked again, it would say the same.
            self._answered()
            return replace(embedded, tokens_in=error.tokens_in, tokens_out=error.tokens_out)
        except OverBudgetError as error:
            # That says nothing of the model; it costs nothing to ask the purse again with the next mail.
            return replace(embedded, read_again=error.is_put_off)
        except ModelUnavailableError:
            self.is_degraded = True
            self._outages += 1
            if self._outages >= _OUTAGES_BEFORE_REST:
                self._rests_until = self._clock() + _REST_S
            return replace(embedded, read_again=True)
        if model is None:
            return embedded
        self._answered()
        return unite(embedded, model, message, trusts=self._trusts)

    def _found(self, message: Message, context: ReadingContext) -> Reading:
        """Return what the embedded engine finds, a long mail's where it holds up nobody."""
        told = (*(part.text for part in message.parts), *(one.text or "" for one in message.attachments))
        if self._apart is None or sum(map(len, told)) <= _SHORT:
            return self._embedded.read(message, context)
        return self._apart(message, context)

    def _answered(self) -> None:
        self.is_degraded, self._outages, self.has_answered = False, 0, True

    def skim(self, message: Message, context: ReadingContext) -> Reading:
        """Return what the embedded engine finds, at once and without cost."""
        return self._embedded.read(message, context)

    def check(self) -> Check:
        """Say whether the engines could read a mail now."""
        if self._model is None:
            return Check(name="engine", is_fine=True, said="the embedded engine reads all mail; no model is named")
        return self._model.check()


class Answers(Protocol):
    """A place where a model's answers are kept, by what they answer; for several threads."""

    def get(self, key: str) -> str | None: ...

    def put(self, key: str, answer: str) -> None: ...


class Purse(Protocol):
    """What a model may cost; for several threads."""

    def take(self, sender: str, most: Tokens) -> Callable[[Tokens], None]:
        """Count a question about that sender's mail, which may cost as much; return what is told its true cost.

        Raises:
            OverBudgetError: It may not be asked today.

        """
        ...
