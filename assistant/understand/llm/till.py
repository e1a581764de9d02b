"""A question to a model -> counted before it is asked, with the most that it can cost, and after, with what it did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from assistant.errors import ModelUnavailableError
from assistant.records import Tokens
from assistant.understand import Purse
from assistant.understand.llm.endpoint import Reply
from assistant.understand.llm.prompt import Turn

_FRAME = 1024
"""Tokens that the form of the answer and the marks between turns may take beside the words."""
_BYTES_EACH = 3
"""Of a token, where an endpoint does not say how many there were."""


class Till:
    """Where questions are paid for; without a purse they cost nothing."""

    def __init__(self, purse: Purse | None, *, max_tokens: int, tries: int) -> None:
        self._purse, self._max_tokens, self._tries = purse, max_tokens, tries

    @contextmanager
    def paid(self, turns: Sequence[Turn], sender: str) -> Iterator[Callable[[Reply], Reply]]:
        """Count a question; inside, hand the reply on through what is given.

        Raises:
            OverBudgetError: It may not be asked today.

        """
        if self._purse is None:
            yield lambda reply: reply
            return
        said = sum(len(turn.text.encode("utf-8", "surrogatepass")) for turn in turns)
        # No token is shorter than a byte.
        most = Tokens(read=(said + _FRAME) * self._tries, written=self._max_tokens * self._tries)
        correct = self._purse.take(sender, most)
        cost: list[Tokens] = []

        def noted(reply: Reply) -> Reply:
            read = reply.tokens_in or (said + _FRAME) // _BYTES_EACH
            written = reply.tokens_out or len(reply.text.encode("utf-8", "surrogatepass")) // _BYTES_EACH
            cost.append(Tokens(read=read, written=written))
            return reply

        try:
            yield noted
        except ModelUnavailableError as error:
            # It may have worked for nobody: then that is what it cost.
            correct(most if error.may_have_cost else Tokens())
            raise
        except Exception:
            correct(Tokens())
            raise
        correct(cost[0] if cost else most)
