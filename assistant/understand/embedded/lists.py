"""A voice's sentences -> their claims; what a list's head, its other items and the words around it add or take."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from assistant.understand.embedded.claims import Claim, claim_in, note_claim
from assistant.understand.embedded.columns import ASSIGNED
from assistant.understand.embedded.names import Roster, tokens
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.sentences import Sentence

OURS = "To do:"
"""Stands for a head that is only the coordinator's name."""
COLLECTS = re.compile(
    r"\b(?:(?:the|these|those|all|any|both|each|requested|missing|above|listed|corrected|outstanding|required|following|"
    r"additional|remaining|supporting|clinical) ){0,3}"
    r"(?:items|documents?|documentation|information|materials?|paperwork|pages|attachments|(?:the|this|that) list|"
    r"all of (?:this|it|them|these|those)|everything|the above|above items|what is listed|"
    r"(?:all|both|these|those|them)(?= (?:by|to|before|on|in|must|need|have|are|with)\b|[.!,;]|$)|"
    r"(?:los|todos los) documentos|todo (?:esto|eso)|lo anterior)\b",
    re.IGNORECASE,
)
"""In a request beside a list: it asks for the list as a whole."""
THEIRS = re.compile(
    r"\b(?:will (?:put|do|handle|take|bring|send|call|get|book|order|see|fix|install|arrange|pick|deliver|drop|make|"
    r"set)|"
    r"(?:is|are) (?:getting|doing|handling|putting|taking|bringing|ordering|on it|seeing to)|"
    r"(?:has|have|owns?|took|takes|handles?) (?:it|this|that|this one|that one|care of)|"
    r"(?:brings|does|gets|calls|sends|books|orders|picks|delivers|makes|sets|arranges|faxes|files|submits|confirms) "
    r"(?:it|them|this|that|him|her|these|those)|"
    r"\w{2,15} (?:has|got) (?:her|him|it))\b",
    re.IGNORECASE,
)
"""In an open box or item: somebody else sees to it."""
CLOSED = re.compile(
    r"\b(?:finished|leave (?:it|him|her|them|that|this) (?:alone|be)|"
    r"nothing (?:to do|left|needed|more|outstanding|open)|all (?:set|done|good)|"
    r"no action|no longer (?:ours|here|with us|a patient|needed|needs)|moved away|deceased|passed away|"
    r"approved (?:through|thru|until)|on hold|nada pendiente)\b",
    re.IGNORECASE,
)
"""In an item: nothing of it is left."""
BY_US = re.compile(r"\b(?:you|we|us|our)\b", re.IGNORECASE)
BARE_ORDER = re.compile(
    r"^\w{3,12}(?: (?!by |before |the |an? |his |her |it\b|him\b|them\b|this\b|that\b)\w{3,14})?"
    r"(?=$|[.,;]| (?:by|before|within|today|tomorrow|on|no later|asap|prior|until)\b)",
    re.IGNORECASE,
)
"""An order that needs what stands above it in its item: "Obtain signature by 3/2"."""
NAME = re.compile(r"^[A-Z][\w'’.-]{1,20}(?: [A-Z][\w'’.-]{1,20})?(?: ?[-–—:]{1,2})?$")
ABOUT = re.compile(
    r"^(?:#?\d{1,4}[A-Z]? )?(?:M[rs]{1,2}\. )?[A-Z][\w'’-]{1,20}(?:,? [A-Z][\w.'’-]{0,15})?(?: ?:| [-–—]{1,2})(?= )"
)
"""An item that begins with whom it is about."""
MIN_ITEMS = 2
MAX_HEAD = 9
"""Words of an item's first line that says what it is about."""
MAX_QUOTE = 14
MIN_ORDERS = 0.5


def claims_of(said: tuple[Sentence, ...], roster: Roster, rules: Rules) -> list[Claim]:
    """Return each sentence's claim; a list item without any is one where its head or the other items say so."""
    found = [claim_in(sentence, rules) for sentence in said]
    asked = {claim.sentence.block for claim in found if claim and claim.kind != "promise"}
    ordered = _lists_of_orders(said, found)
    patients = _lists_of_patients(said)
    for place, sentence in enumerate(said):
        is_first = place == 0 or said[place - 1].block != sentence.block
        is_bare = found[place] is None and sentence.block not in asked
        if is_bare and is_first and sentence.shape == "item" and sentence.lead:
            is_ours = NAME.match(sentence.lead) is not None and roster.called(sentence.lead) == "ours"
            lead = OURS if is_ours or sentence.lead in ordered else sentence.lead
            note = note_claim(replace(sentence, lead=lead), rules)
            found[place] = note and replace(note, sentence=sentence)
        if is_bare and is_first and found[place] is None and sentence.lead in patients:
            found[place] = _open_item(sentence, rules)
    theirs = _forms_of_others(said, roster)
    claims = [claim for claim in found if claim and not _is_others(claim, roster)]
    claims = [claim for claim in claims if not claim.sentence.cells or claim.sentence.paragraph not in theirs]
    return list(_merged(_uncollected(claims, said), said))


def _lists_of_patients(said: tuple[Sentence, ...]) -> frozenset[str]:
    """Return the heads of lists whose items begin with whom they are about; "" for lists without a head."""
    heads = Counter(one.lead for one in said if one.shape == "item" and (one.person or ABOUT.match(one.text)))
    return frozenset(lead for lead, count in heads.items() if count >= MIN_ITEMS)


def _open_item(sentence: Sentence, rules: Rules) -> Claim | None:
    """Return what stands open in an item of a list of patients: "Dow: interpreter not confirmed yet"."""
    about = ABOUT.match(sentence.text)
    begins = len(sentence.person) or (about.end() if about else len(sentence.text))
    text = straight(sentence.text[begins:]) if sentence.shape == "item" else ""
    told = any(rules.first(kind, text) for kind in ("deny", "cancel", "done", "condition", "aware"))
    if told or not text or rules.first("open_remark", text) is None:
        return None
    rule = next(rule for rule in rules.all if rule.kind == "head")
    return Claim(kind="need", sentence=sentence, what=sentence.text, rule=rule)


def _forms_of_others(said: tuple[Sentence, ...], roster: Roster) -> frozenset[int]:
    """Return the paragraphs of forms that give their task to somebody else: "Assigned to: Lena"."""
    owners = {one.paragraph: one.cells[0][1] for one in said if one.cells and ASSIGNED.match(one.cells[0][0])}
    ours = {place for place, who in owners.items() if any(roster.names_us(word) for word in tokens(who))}
    return frozenset(owners) - ours if ours else frozenset()


def section_owners(said: tuple[Sentence, ...], roster: Roster) -> frozenset[str]:
    """Return the heads that give what stands below them to others, in a mail that gives the coordinator a part."""
    leads = {one.lead for one in said if one.lead and NAME.match(one.lead)}
    ours = {lead for lead in leads if roster.called(lead) == "ours"}
    return frozenset(leads - ours) if ours else frozenset()


def _lists_of_orders(said: tuple[Sentence, ...], found: list[Claim | None]) -> frozenset[str]:
    """Return the heads of lists in which at least half of the items are orders: the others are so too."""
    orders: dict[str, dict[int, bool]] = {}
    for sentence, claim in zip(said, found, strict=True):
        if sentence.lead and sentence.shape == "item":
            items = orders.setdefault(sentence.lead, {})
            is_order = claim is not None and claim.kind == "request"
            items[sentence.block] = items.get(sentence.block, False) or is_order
    return frozenset(
        lead for lead, items in orders.items() if len(items) > 1 and sum(items.values()) >= MIN_ORDERS * len(items)
    )


def _is_others(claim: Claim, roster: Roster) -> bool:
    """Say whether a box or item is done, or somebody else's: "second rail - the landlord will put it in"."""
    text = straight(claim.sentence.text)
    is_listed = claim.rule.kind == "head" and claim.sentence.shape in {"open_box", "item"}
    if is_listed and CLOSED.search(text):
        return True
    return is_listed and THEIRS.search(text) is not None and not BY_US.search(text) and roster.called(text) != "ours"


def _uncollected(claims: list[Claim], said: tuple[Sentence, ...]) -> Iterator[Claim]:
    """Yield the claims without the things of a list that another sentence asks for as a whole."""
    leads = {one.lead for one in said if one.lead}
    whole = [
        one
        for one in claims
        if one.kind in {"request", "need"}
        and not one.sentence.lead
        and one.sentence.text not in leads
        and COLLECTS.search(straight(one.what)[:80])
    ]
    for one in claims:
        is_thing = one.kind in {"need", "question"} or one.rule.kind == "head"
        is_of_list = bool(one.sentence.lead) or one.sentence.text in leads
        near = any(other.sentence.paragraph - one.sentence.paragraph in range(-1, 3) for other in whole)
        if not (is_thing and is_of_list and near):
            yield one


def _merged(claims: Iterator[Claim], said: tuple[Sentence, ...]) -> Iterator[Claim]:
    """Yield the claims, an item's bare order told of what the item is about: "MOON not signed" - "Get signature"."""
    for _, group in groupby(claims, key=lambda one: one.sentence.block):
        block = list(group)
        order = next((one for one in block[-1:] if one.kind == "request"), None)
        head = next((one for one in said if one.block == block[0].sentence.block), None)
        is_item = head is not None and head.shape == "item" and order is not None and order.sentence is not head
        if head is None or order is None or not is_item or len(head.text.split()) > MAX_HEAD:
            yield from block
            continue
        others = [one for one in block if one is not order and not one.is_weak and one.sentence is not head]
        is_bare = BARE_ORDER.match(order.what) or (order.sentence.person and len(order.what.split()) <= MAX_HEAD)
        if others or head.text.endswith((".", "!", "?")) or not is_bare:
            yield from block
            continue
        if order.sentence.person and head.text.startswith(order.sentence.person):
            yield from (one for one in block if one is not order)
            yield replace(order, what=f"{head.text} - {order.what}")
            continue
        whole = " ".join(one.text for one in said if one.block == head.block)
        yield replace(
            order,
            what=f"{' '.join(order.what.split()[:2])} - {head.text}",
            quote=whole if len(whole.split()) <= MAX_QUOTE else head.text,
        )
