"""What a mail's voices ask and what their later words close -> what still stands open."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understand.embedded.claims import claim_in
from assistant.understand.embedded.fields import Fields
from assistant.understand.embedded.hearing import Heard
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.thinning import AFORESAID
from assistant.understand.embedded.thread import Closing, closing_of, stems
from assistant.understand.embedded.voices import Voice

SPEAKS_OF_IT = re.compile(r"\b(?:it|that|this|them|both|lo|la|eso)\b", re.IGNORECASE)
WIDE_ONLY = frozenset({"finished", "dropped"})
TAKES_ON = re.compile(r"(?:will do|got it|on it|sure|yes|yep|ok|okay|of course|claro|s[ií])\b", re.IGNORECASE)
TITLED = {"mr.", "mrs.", "ms.", "mr", "mrs", "ms", "miss"}
ACKNOWLEDGES = re.compile(r"(?:got it|understood|noted|copy that|received|on it)\b", re.IGNORECASE)
"""The coordinator's own "Got it" takes a request on; the asker's says that the thing came."""
ASKS_WHETHER = re.compile(
    r"\b(?:tell|let|advise|inform|confirm (?:to|for|with)) (?:me|us)\b.{0,20}\b(?:if|whether|when|what|which|how|"
    r"who)\b",
    re.IGNORECASE,
)
"""A question in the form of a request: whatever the coordinator wrote back was its answer."""
DAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)


def still_open(
    heard: list[Heard], closed: list[tuple[int, Closing]], fields: Fields
) -> tuple[list[Heard], dict[str, Heard]]:
    """Return what no later word of the thread closes, and what is closed, by the closing sentence."""
    open_ones: list[Heard] = []
    shut: dict[str, Heard] = {}
    for one in heard:
        closing = (
            _closing(one, closed, fields) or _of_nothing_named(one, heard, closed, fields) if one.voice.age else None
        )
        is_answered = any(voice.said == "by_us" and 0 < voice.age < one.voice.age for voice in fields.voices)
        if closing:
            shut[closing.sentence.text] = one
        elif not one.waiting and (
            (one.claim.kind == "question" and _was_answered(one.voice, fields.voices))
            or (is_answered and ASKS_WHETHER.search(straight(one.claim.sentence.text)) and not _was_agreed(one, fields))
        ):
            continue
        else:
            is_doubted = is_answered and one.claim.kind != "promise" and not _was_taken_on(one, fields)
            open_ones.append(replace(one, certain=one.certain and not is_doubted))
    return [one for one in open_ones if not _only_closes(one, closed, shut, fields)], shut


def _only_closes(one: Heard, closed: list[tuple[int, Closing]], shut: dict[str, Heard], fields: Fields) -> bool:
    """Say whether a sentence that closed an older request asks for no more: "Drop the ride, her son brings her"."""
    text = one.claim.sentence.text
    kinds = {closing.kind for _, closing in closed if closing.sentence.text == text}
    if text not in shut or one.voice.age > shut[text].voice.age or "moved" in kinds:
        return False
    if one.claim.kind != "request" or one.claim.is_plain:
        return bool(kinds & WIDE_ONLY)
    what = straight(one.claim.what)
    return any(fields.rules.first(kind, what) for kind in ("cancel", "dropped"))


def _of_nothing_named(
    one: Heard, heard: list[Heard], closed: list[tuple[int, Closing]], fields: Fields
) -> Closing | None:
    """Return "It came!" or "All set!": it closes what the mail before it asks, if that is one thing, or all of it."""
    for age, closing in closed:
        if age >= one.voice.age or not _names_nothing(closing, one, fields):
            continue
        if not _stands_below(closing, one, fields):
            continue
        by_us = any(
            voice.age == age and voice.said == "by_us" and closing.sentence in voice.sentences
            for voice in fields.voices
        )
        if by_us and ACKNOWLEDGES.match(closing.sentence.text):
            continue
        below = [other for other in heard if other.voice.age > age and other.voice.part.kind == "quoted"]
        asked = [other for other in below if _is_whole(other)] or below
        # "Scratch the Thursday one": of several things, the one of that day.
        days = {day.lower() for day in DAY.findall(closing.sentence.text)}
        named = [other for other in asked if days & {day.lower() for day in DAY.findall(other.claim.sentence.text)}]
        if any(other.claim is one.claim for other in named):
            return closing
        nearest = min((other.voice.age for other in asked), default=0)
        asked = [other for other in asked if other.voice.age == nearest]
        if named or nearest != one.voice.age or _is_of_another(one, closing, fields):
            continue
        if closing.is_for_all or (len(asked) == 1 and asked[0].claim is one.claim) or not _is_whole(one):
            return closing
    return None


def _stands_below(closing: Closing, one: Heard, fields: Fields) -> bool:
    """Say whether a closing may speak of a request: of several answers set between quoted lines, the one below it."""
    own = [voice for voice in fields.voices if voice.age == 0]
    is_inline = len(own) > 1 and any(own[0].place < voice.place < own[-1].place for voice in fields.voices)
    if not is_inline or one.voice.age > 1:
        return True
    return any(closing.sentence in voice.sentences and voice.place == one.voice.place + 1 for voice in own)


def _names_nothing(closing: Closing, one: Heard, fields: Fields) -> bool:
    """Say whether a closing names nothing but the patient: "Mrs. Abel is all set"."""
    if closing.is_bare or closing.kind not in WIDE_ONLY:
        return closing.is_bare
    name = stems(fields.patient(one.claim, one.voice) or "", fields.rules)
    return not closing.words - name


def _is_whole(one: Heard) -> bool:
    """Say whether a claim says by itself what is asked; "send it to me" only goes on with the one before it."""
    return AFORESAID.match(one.claim.what) is None


def _is_of_another(one: Heard, closing: Closing, fields: Fields) -> bool:
    """Say whether a closing names another patient than the request's."""
    said = fields.patients.in_text(closing.sentence.text)
    asked = fields.patient(one.claim, one.voice)
    if not said or not asked:
        return False
    text = one.claim.sentence.text
    named = set(said.lower().split()) - TITLED
    return not named & set(asked.lower().split()) and not any(word in text.lower() for word in named)


def _was_taken_on(one: Heard, fields: Fields) -> bool:
    """Say whether the coordinator's answer to a request is no more than a yes to it: "Will do", "on it by Friday?"."""
    answers = [voice for voice in fields.voices if voice.said == "by_us" and 0 < voice.age < one.voice.age]
    said = [straight(sentence.text) for voice in answers for sentence in voice.sentences]
    if any(TAKES_ON.match(text) or fields.rules.first("promise", text) for text in said):
        return True
    return not any(fields.rules.first(kind, text) for kind in ("done", "cancel", "deny", "settled") for text in said)


def _was_agreed(one: Heard, fields: Fields) -> bool:
    """Say whether the coordinator only said yes to a request: the answer itself is still to come."""
    answers = [voice for voice in fields.voices if voice.said == "by_us" and 0 < voice.age < one.voice.age]
    return any(TAKES_ON.match(straight(sentence.text)) for voice in answers for sentence in voice.sentences[:2])


def _was_answered(voice: Voice, said: tuple[Voice, ...]) -> bool:
    """Say whether a question stands in a mail that was answered, or handed on by somebody in between."""
    return voice.age > 0 and (voice.part.kind == "quoted" or any(other.age > voice.age for other in said))


def _closing(one: Heard, closed: list[tuple[int, Closing]], fields: Fields) -> Closing | None:
    """Return what closes a claim of an earlier mail."""
    later = tuple(closing for age, closing in closed if age < one.voice.age and not _only_moves(closing, fields))
    later = tuple(closing for closing in later if not _is_of_another(one, closing, fields))
    patient = fields.patient(one.claim, one.voice)
    closing = closing_of(
        _with_before(one, fields.rules), one.claim.what, patient, later, fields.rules
    ) or _answered_below(one, fields)
    return closing or _closes_all(one, later, fields)


def _only_moves(closing: Closing, fields: Fields) -> bool:
    """Say whether a sentence only sets another time: what was asked stays open, in its own words."""
    return closing.kind == "moved" and claim_in(closing.sentence, fields.rules) is None


def _closes_all(one: Heard, later: tuple[Closing, ...], fields: Fields) -> Closing | None:
    """Return "I faxed it this morning" where the thread asks for one thing only."""
    asked = [voice for voice in fields.voices if voice.age and voice.said == "to_us" and voice.sentences]
    if one.voice.part.kind != "quoted":
        return None
    if len(asked) != 1 or asked[0] is not one.voice or one.waiting or any(voice.rows for voice in asked):
        return None
    claims = [claim for sentence in one.voice.sentences if (claim := claim_in(sentence, fields.rules))]
    if sum(claim.kind == "request" for claim in claims) > 1:
        return None
    newest = {sentence.text for voice in fields.voices if voice.age == 0 for sentence in voice.sentences}
    return next((one for one in later if one.sentence.text in newest and _is_of_it(one, fields.rules)), None)


def _is_of_it(closing: Closing, rules: Rules) -> bool:
    """Say whether a closing's own verb speaks of it: "I faxed it", not "Got it, they closed"."""
    text = straight(closing.sentence.text)
    hit = rules.first(closing.kind, text)
    is_shut = closing.kind in {"done", "cancel"}
    return is_shut and hit is not None and SPEAKS_OF_IT.search(text, hit.start, hit.end + 8) is not None


def _with_before(one: Heard, rules: Rules) -> str:
    """Return the words a request is known by: its own, and those of the statement before it in its paragraph."""
    said = one.voice.sentences
    place = next((place for place, sentence in enumerate(said) if sentence is one.claim.sentence), 0)
    before = said[place - 1] if place and said[place - 1].block == one.claim.sentence.block else None
    if before is None or rules.first("request", straight(before.text)):
        return one.claim.sentence.text
    return f"{before.text} {one.claim.sentence.text}"


def _answered_below(one: Heard, fields: Fields) -> Closing | None:
    """Return the answer right below a quoted line that calls it off: "Don't bother, she has it"."""
    said = one.voice.sentences
    if not said or said[-1].block != one.claim.sentence.block:
        # A voice of a table's rows alone has no sentence.
        return None
    below = next((voice for voice in fields.voices if voice.place == one.voice.place + 1 and voice.age == 0), None)
    if below is None or not below.sentences:
        return None
    first = below.sentences[0]
    text = straight(first.text)
    if any(fields.rules.first(kind, text) for kind in ("cancel", "deny")):
        return Closing(kind="cancel", sentence=first, words=frozenset())
    return None
