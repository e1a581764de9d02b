"""The embedded engine's Reading and the model's -> one Reading: what both see and what one sees, none of ours lost.

A model can be talked into anything by the mail that it reads, into silence too. So its silence is no evidence: what the
embedded engine finds keeps its certainty, deadline, owner and priority. What the model alone finds is "needs a look",
unless the configuration trusts it and code agrees that the words can ask for something.
"""

from __future__ import annotations

from dataclasses import replace

import structlog

from assistant.records import PRIORITIES, Finding, Message, Reading
from assistant.understand.grounding import Located, fold, locate

_WEIGHT = 4
"""Characters of a word that is likely to be about something."""
log = structlog.get_logger(__name__)
MAX_NEW = 5
"""Findings of the model alone that one mail may show: a model in a spin would bury what matters."""


def unite(embedded: Reading, model: Reading, message: Message, *, trusts: bool) -> Reading:
    """Return what both engines say of the mail, the embedded engine's findings first.

    Args:
        embedded: What the rules find; all of it is kept.
        model: What the model finds. `certain` means here that code agrees that the words can ask for something.
        message: The mail.
        trusts: True: what the model alone finds counts as a task where code agrees, and it may raise a priority.

    """
    partners = _partners(embedded.findings, model.findings, message)
    united = [
        _merged(finding, model.findings[partners[place]], trusts=trusts) if place in partners else finding
        for place, finding in enumerate(embedded.findings)
    ]
    new = _new(model.findings, set(partners.values()), embedded.findings, message)
    if len(new) > MAX_NEW:
        log.info("model_findings_dropped", source=message.key, engine=model.engine, dropped=len(new) - MAX_NEW)
    united += [replace(finding, certain=finding.certain and trusts) for finding in new[:MAX_NEW]]
    return Reading(
        findings=tuple(united),
        engine=f"{embedded.engine}+{model.engine}",
        tokens_in=embedded.tokens_in + model.tokens_in,
        tokens_out=embedded.tokens_out + model.tokens_out,
        problems=embedded.problems,
    )


def _new(theirs: tuple[Finding, ...], met: set[int], ours: tuple[Finding, ...], message: Message) -> list[Finding]:
    """Return what the model alone finds: in no words in which the embedded engine has found something."""
    places = [locate(finding.quote, message) for finding in ours]

    def is_new(finding: Finding) -> bool:
        where = locate(finding.quote, message)
        return not any(_shared(finding, where, *one) for one in zip(ours, places, strict=True))

    return [finding for place, finding in enumerate(theirs) if place not in met and is_new(finding)]


def _partners(ours: tuple[Finding, ...], theirs: tuple[Finding, ...], message: Message) -> dict[int, int]:
    """Which finding of theirs says the same as which of ours; each has one partner at most, the likest first."""
    their_places = [locate(finding.quote, message) for finding in theirs]
    pairs: list[tuple[float, int, int]] = []
    for our, finding in enumerate(ours):
        place = locate(finding.quote, message)
        for their, other in enumerate(theirs):
            if finding.kind == other.kind and (likeness := _likeness(finding, place, other, their_places[their])):
                pairs.append((-likeness, our, their))
    partners: dict[int, int] = {}
    for _, our, their in sorted(pairs):
        if our not in partners and their not in partners.values():
            partners[our] = their
    return partners


def _likeness(one: Finding, place: Located | None, other: Finding, other_place: Located | None) -> float:
    """How surely two findings are one task, above 0; 0 where their quotes do not share half of the shorter one."""
    shared = _shared(one, place, other, other_place)
    words, other_words = set(fold(one.title).split()), set(fold(other.title).split())
    # Two tasks can stand in one sentence: of equal quotes, the titles tell which belongs to which.
    titles = len(words & other_words) / max(1, min(len(words), len(other_words)))
    return shared + titles if shared else 0.0


def _shared(one: Finding, place: Located | None, other: Finding, other_place: Located | None) -> float:
    """The share of the shorter quote that stands in both; 0 where that is less than half."""
    if place is None or other_place is None:
        shared = float(fold(one.quote) in fold(other.quote) or fold(other.quote) in fold(one.quote))
    else:
        shorter = min(place.end - place.start, other_place.end - other_place.start)
        shared = place.shares_words_with(other_place) / max(1, shorter)
    return shared if shared >= 0.5 else 0.0  # noqa: PLR2004 - half


def _merged(ours: Finding, theirs: Finding, *, trusts: bool) -> Finding:
    """Ours, with what theirs adds where ours has nothing.

    Quote and patient stay ours: read again after an outage, a mail must give the same evidence.
    """
    # A model that was talked into it must not move a task to those whom we only wait for.
    owner = ours.owner or (theirs.owner if theirs.waiting == ours.waiting else None)
    return replace(
        ours,
        title=theirs.title if _speaks_of(theirs.title, ours.quote) else ours.title,
        deadline=ours.deadline or theirs.deadline,
        owner=owner,
        priority=min(ours.priority, theirs.priority, key=PRIORITIES.index) if trusts else ours.priority,
        said_by=ours.said_by or theirs.said_by,
        said_on=ours.said_on or theirs.said_on,
        engine=f"{ours.engine}+{theirs.engine}",
        rule=f"{ours.rule}+{theirs.rule}",
        certain=ours.certain or theirs.certain,
    )


def _speaks_of(title: str, quote: str) -> bool:
    """True where a title shares a word of weight with the words it stands for: "nothing to do" does not."""
    said = set(fold(quote).split())
    return any(len(word) >= _WEIGHT and word in said for word in fold(title).split())
