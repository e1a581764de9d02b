"""The embedded engine's Reading and the model's -> one Reading: what both see, what one of them sees, nothing dropped.

A model can be talked into silence by the mail that it reads. So it never takes a finding away, never puts a deadline
off and never lowers a priority: it can only add, confirm, name better, bring forward and raise.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.records import PRIORITIES, Calendar, Deadline, Finding, Message, Reading
from assistant.understand.grounding import Located, fold, locate

_WEIGHT = 4
"""Characters of a word that is likely to be about something."""


def unite(embedded: Reading, model: Reading, message: Message, calendar: Calendar) -> Reading:
    """Return what both engines say of the mail, the embedded engine's findings first.

    Both see it: certain. Only the embedded engine sees it, while the model is up and says nothing: kept, but not
    certain. Only the model sees it: certain, for its quote stands in the mail. Marks ("looks done") stay as they are.
    """
    partners = _partners(embedded.findings, model.findings, message)
    united = [
        _merged(finding, model.findings[partners[place]], calendar)
        if place in partners
        else replace(finding, certain=finding.certain and finding.kind != "task")
        for place, finding in enumerate(embedded.findings)
    ]
    met = set(partners.values())
    united += [finding for place, finding in enumerate(model.findings) if place not in met]
    return Reading(
        findings=tuple(united),
        engine=f"{embedded.engine}+{model.engine}",
        tokens_in=embedded.tokens_in + model.tokens_in,
        tokens_out=embedded.tokens_out + model.tokens_out,
    )


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
    if place is None or other_place is None:
        shared = float(fold(one.quote) in fold(other.quote) or fold(other.quote) in fold(one.quote))
    else:
        shorter = min(place.end - place.start, other_place.end - other_place.start)
        shared = place.shares_words_with(other_place) / max(1, shorter)
    words, other_words = set(fold(one.title).split()), set(fold(other.title).split())
    # Two tasks can stand in one sentence: of equal quotes, the titles tell which belongs to which.
    titles = len(words & other_words) / max(1, min(len(words), len(other_words)))
    return shared + titles if shared >= 0.5 else 0.0  # noqa: PLR2004 - half


def _merged(ours: Finding, theirs: Finding, calendar: Calendar) -> Finding:
    """Ours, with what theirs adds. The quote stays ours: read again after an outage, a mail gives the same evidence."""
    owner, waiting = (ours.owner, ours.waiting) if ours.owner else (theirs.owner, theirs.waiting)
    return replace(
        ours,
        title=theirs.title if _speaks_of(theirs.title, ours.quote) else ours.title,
        deadline=_earlier(ours.deadline, theirs.deadline, calendar),
        owner=owner,
        waiting=waiting,
        priority=min(ours.priority, theirs.priority, key=PRIORITIES.index),
        patient=ours.patient or theirs.patient,
        said_by=ours.said_by or theirs.said_by,
        said_on=ours.said_on or theirs.said_on,
        engine=f"{ours.engine}+{theirs.engine}",
        rule=f"{ours.rule}+{theirs.rule}",
        certain=True,
    )


def _speaks_of(title: str, quote: str) -> bool:
    """True where a title shares a word of weight with the words it stands for: "nothing to do" does not."""
    said = set(fold(quote).split())
    return any(len(word) >= _WEIGHT and word in said for word in fold(title).split())


def _earlier(one: Deadline | None, other: Deadline | None, calendar: Calendar) -> Deadline | None:
    if one is None or other is None:
        return one or other
    return min(one, other, key=lambda deadline: deadline.passes_at(calendar))
