"""A question to the model -> whether it may be asked: what it costs is counted in the ledger, before and after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog

from assistant.config import Config
from assistant.decide.budget import refusal
from assistant.errors import OverBudgetError
from assistant.ledger import Ledger
from assistant.pipeline.acquaintances import knows
from assistant.pipeline.parts import Parts
from assistant.records import Budget, Refusal, Spent, Tokens

log = structlog.get_logger()
BUDGET = "model budget"


class Purse:
    """What the model may cost today; for several threads, and for several processes one after the other."""

    def __init__(self, config: Config, ledger: Ledger, clock: Callable[[], datetime]) -> None:
        self._config, self._ledger, self._clock = config, ledger, clock
        self._budget = budget_of(config)

    def take(self, sender: str, most: Tokens) -> Callable[[Tokens], None]:
        """Count a question that may cost as much; return what is told its true cost.

        Raises:
            OverBudgetError: It may not be asked today.

        """
        day, is_known = today(self._config, self._clock()), knows(self._config, self._ledger, sender)
        why: list[Refusal] = []

        def allows(spent: Spent) -> bool:
            found = refusal(most, spent, self._budget, is_known=is_known)
            why.extend([found] if found else [])
            return found is None

        spending = self._ledger.spending
        if spending.take(day, sender, most, allows):
            return lambda cost: spending.correct(day, sender, most, cost)
        spending.refuse(day, sender, self._clock(), for_all=why[0] == "day")
        log.info("model_not_asked", why=why[0])
        # What strangers send must not use up tomorrow's budget as well.
        raise OverBudgetError(is_put_off=is_known and why[0] == "day")


def is_used_up(parts: Parts) -> bool:
    """Return whether today's budget has kept the model from mails, whoever sent them.

    That strangers have used up their share of it is no reason to let a colleague's mail wait for tomorrow.
    """
    return parts.ledger.spending.refused(today(parts.config, parts.clock()))[0] > 0


def note_budget(parts: Parts) -> None:
    """Keep that the model rests for its price, and from when to when, as outages are kept."""
    if not parts.config.model.is_on:
        return
    now, kept = parts.clock(), parts.ledger.health
    lasting = next((one for one in kept.outages(BUDGET, now) if one.until is None), None)
    if lasting is not None and today(parts.config, lasting.since) != today(parts.config, now):
        kept.end_outage(BUDGET, next_day(parts.config, lasting.since))
    for_all, for_sender, since = parts.ledger.spending.refused(today(parts.config, now))
    if since is not None:
        kept.note_outage(BUDGET, since, for_all + for_sender)


def budget_of(config: Config) -> Budget:
    model = config.model
    return Budget(
        sender_tokens=model.sender_tokens,
        day_tokens=model.day_tokens,
        price_in=model.price_in,
        price_out=model.price_out,
        day_price=model.day_price,
    )


def today(config: Config, now: datetime) -> date:
    """Return the organisation's day, by which budgets are counted."""
    return now.astimezone(ZoneInfo(config.organisation.timezone)).date()


def next_day(config: Config, now: datetime) -> datetime:
    """Return when a new budget begins."""
    zone = ZoneInfo(config.organisation.timezone)
    return datetime.combine(today(config, now) + timedelta(days=1), time(0), zone).astimezone(now.tzinfo)
