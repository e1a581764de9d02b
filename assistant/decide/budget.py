"""What the model has cost today, and what a question may cost at most -> whether it is asked. Pure."""

from __future__ import annotations

from assistant.records import Budget, Refusal, Spent, Tokens

_STRANGERS_SHARE = 0.5
"""Of the day's budget: what strangers cannot use up is there for those whom we know."""


def refusal(asked: Tokens, spent: Spent, budget: Budget, *, is_known: bool) -> Refusal | None:
    """Return why a question is not asked; None where it is.

    Args:
        asked: The most that it can cost.
        spent: What was spent so far; with the question on top, no limit is passed.
        budget: The limits.
        is_known: Whether we know the sender of the mail that it is about.

    >>> budget = Budget(sender_tokens=100, day_tokens=100, price_out=1_000_000, day_price=50)
    >>> nothing = Spent(by_sender=Tokens(), in_all=Tokens())
    >>> refusal(Tokens(read=60), nothing, budget, is_known=True)
    >>> refusal(Tokens(read=60), nothing, budget, is_known=False)
    'kept for others'
    >>> refusal(Tokens(written=51), nothing, budget, is_known=True)
    'day'
    """
    by_sender, in_all = spent.by_sender + asked, spent.in_all + asked
    if not _is_within(in_all, budget, 1):
        return "day"
    if by_sender.total > budget.sender_tokens:
        return "sender"
    return None if is_known or _is_within(in_all, budget, _STRANGERS_SHARE) else "kept for others"


def _is_within(tokens: Tokens, budget: Budget, share: float) -> bool:
    return tokens.total <= budget.day_tokens * share and budget.price(tokens) <= budget.day_price * share
