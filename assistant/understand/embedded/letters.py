"""An attachment's text -> what it asks of the coordinator, where the mail hands it on: letters, notes, logs, forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from itertools import groupby

from assistant.records import Part
from assistant.understand.deadlines import find_letter_day
from assistant.understand.embedded.claims import Claim, split_orders
from assistant.understand.embedded.fields import Fields
from assistant.understand.embedded.lists import claims_of
from assistant.understand.embedded.names import Roster, tokens
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.sentences import Sentence
from assistant.understand.embedded.thinning import thinned
from assistant.understand.embedded.voices import Voice, texts_of

ADDRESSEE = re.compile(
    r"^(?:dear|attn\.?|attention|to|re: attn|para|estimad[oa]s?|a la atenci[oó]n de)\b[ :]{1,3}(?P<who>[^\n]{2,90})",
    re.IGNORECASE,
)
ANY_READER = re.compile(
    r"\b(?:providers?|doctors?|physicians?|dr|md|sirs?|madam|team|colleagues?|coordinators?|office|departments?|dept|desk|"
    r"records|admissions?|intake|staff|clinic|facility|practice|referrals?|scheduling|him|health information|billing|"
    r"nurses?|pharmacy|case manage\w{1,5}|social (?:work|services)|whom|all|surgery|hospital|center|rehab\w{0,10}|"
    r"customer|partner|vendor|proveedor|doctora?|equipo|oficina|quien)\b",
    re.IGNORECASE,
)
"""Whom a letter greets that is for whoever reads it at the desk."""
FOR_OTHERS = re.compile(
    r"\b(?:instructions? (?:for|to) (?:the )?patients?|patient instructions?|after[- ]visit summary|visit summary|"
    r"discharge instructions|preparation (?:sheet|instructions)|how to (?:prepare|use)|policy|procedure manual|"
    r"newsletter|brochure|flyer|agenda|terms (?:and|of)|privacy practices|instrucciones para)\b",
    re.IGNORECASE,
)
"""In the first lines of a paper that tells somebody else what to do."""
TO_READER = re.compile(
    r"\b(?:us|our|we|i|me|my|your (?:office|clinic|facility|team|practice|department|reply|response|decision)|"
    r"please|pls|nos|nuestr[oa])\b",
    re.IGNORECASE,
)
TO_PATIENT = re.compile(
    r"\byour (?:pcp|(?:primary care |family |own )?(?:doctor|provider|physician|dentist|surgeon|oncologist)|"
    r"medic\w{2,8}|"
    r"pharmac\w{1,4}|symptoms?|appointment|insurance card|family|health|blood|pain|wound|incision|diet|next visit|body|"
    r"driver|follow-?up|stomach|surgery|procedure|care team|prescriptions?)\b|\b(?:911|emergency room|seek medical|"
    r"take with food|if you (?:have|feel|notice|experience|develop))\b",
    re.IGNORECASE,
)
"""In a paper that greets nobody: it speaks to the patient."""
SHUT = re.compile(r"\b(?:closed|done|resolved|completed?|handled|no action|cerrado|listo)\b[.!]?$", re.IGNORECASE)
HEAD_LINES = 8
MAX_TAG = 3
"""Words: "For Ruth"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An attachment read as a voice of its own."""

    voice: Voice
    is_for_reader: bool
    """It greets the coordinator, or whoever reads it at the desk."""
    is_for_others: bool
    """It greets somebody else, or tells patients or staff what to do."""


def letters(fields: Fields, spoken: Voice) -> Iterator[Letter]:
    """Yield the attachments that hold text, each as a voice whose day is the letter's own."""
    message, context, roster, rules = fields.message, fields.context, fields.roster, fields.rules
    for place, (text, prose, rows) in enumerate(texts_of(message)):
        day = find_letter_day(text, message.sent_at, context.calendar, day_first=context.day_first)
        is_past = day is not None and day <= message.sent_at.astimezone(context.calendar.zone).date()
        moment = datetime.combine(day, time(12), context.calendar.zone) if day and is_past else message.sent_at
        part = Part(kind="own", text=text, sender=spoken.sender(message), sent_at=moment)
        voice = replace(
            spoken,
            part=part,
            place=len(message.parts) + place,
            said="to_us",
            sentences=split_orders(prose, rules),
            rows=rows,
        )
        top = [one.text for one in prose[: HEAD_LINES * 2]]
        greeted = [found["who"] for line in top if (found := ADDRESSEE.match(line))]
        is_ours = any(roster.names_us(word) for who in greeted for word in tokens(who))
        is_for_reader = is_ours or any(ANY_READER.search(who) for who in greeted)
        is_paper = any(FOR_OTHERS.search(line) for line in top[:HEAD_LINES])
        yield Letter(
            voice=voice,
            is_for_reader=is_for_reader,
            is_for_others=not is_ours and (is_paper or (bool(greeted) and not is_for_reader)),
        )


def asked_in(letter: Letter, roster: Roster, rules: Rules, *, handed_on: bool) -> Iterator[Claim]:
    """Yield what a letter asks: all of it where the mail hands it on, else its open boxes and what names the reader."""
    said = letter.voice.sentences
    claims = thinned(claims_of(said, roster, rules), rules)
    entries = {number: list(group) for number, group in groupby(said, key=lambda one: one.block)}
    tagged = {number for number, entry in entries.items() if any(_is_tag(one, roster) for one in entry)}
    named = {number for number, entry in entries.items() if _names(entry, roster)}
    for claim in claims:
        is_box = claim.sentence.shape == "open_box"
        text = claim.sentence.text
        is_named = roster.called(text) == "ours" or roster.is_for(text) or claim.sentence.block in tagged
        is_prose = handed_on and not letter.is_for_others and claim.kind != "promise" and not claim.is_weak
        speaks = letter.is_for_reader or _is_led(claim, rules) or _speaks_to_desk(straight(text))
        if SHUT.search(entries[claim.sentence.block][-1].text):
            continue
        if is_box or (is_named and claim.kind != "promise") or (is_prose and speaks):
            yield claim
    told = {claim.sentence.block for claim in claims}
    for number in sorted(named - told):
        if note := _entry(entries[number], roster, rules):
            yield note


def _is_led(claim: Claim, rules: Rules) -> bool:
    """Say whether it stands below words that make a list one of tasks: "Action items for the site"."""
    head = straight(claim.sentence.lead)
    return bool(head) and rules.first("head", head) is not None and FOR_OTHERS.search(head) is None


def _speaks_to_desk(text: str) -> bool:
    return TO_READER.search(text) is not None and TO_PATIENT.search(text) is None


def _names(entry: list[Sentence], roster: Roster) -> bool:
    """Say whether an entry of a log or of minutes gives something to the coordinator: "For Ruth", "call from Ruth"."""
    return any(roster.called(one.text) == "ours" or roster.is_for(one.text) for one in entry)


def _is_tag(sentence: Sentence, roster: Roster) -> bool:
    return len(sentence.text.split()) <= MAX_TAG and roster.is_for(sentence.text)


def _entry(entry: list[Sentence], roster: Roster, rules: Rules) -> Claim | None:
    """Return what is left of an entry that only its tag gives to the coordinator: "FMLA form came in. For Ruth."."""
    told = [one for one in entry if len(one.text.split()) > MAX_TAG and not roster.is_for(one.text)]
    if not told or not any(_is_tag(one, roster) for one in entry) or SHUT.search(entry[-1].text):
        return None
    rule = next(rule for rule in rules.all if rule.kind == "head")
    return Claim(kind="need", sentence=told[-1], what=told[-1].text, rule=rule)
