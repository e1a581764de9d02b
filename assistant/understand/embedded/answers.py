"""A mail and the coordinator's mail that it answers -> offers it takes up, and questions it leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.records import Message
from assistant.understand.embedded.claims import Claim, claim_in
from assistant.understand.embedded.hearing import ANSWERED, Heard
from assistant.understand.embedded.names import Roster
from assistant.understand.embedded.rules import Kind, Rules, straight
from assistant.understand.embedded.thread import stems
from assistant.understand.embedded.voices import Voice

LED = re.compile(r"[A-Z][a-z]{1,15}, [a-z]")
ANSWERS: tuple[Kind, ...] = ("affirm", "deny", "done", "cancel", "settled", "promise", "aware")


def taken_up(said: tuple[Voice, ...], heard: list[Heard], rules: Rules) -> Iterator[Heard]:
    """Yield the coordinator's quoted offers with a yes right below them: "I can move him." - "Please do."."""
    for quoted, answer in pairwise(said):
        is_answered = quoted.said == "by_us" and quoted.age and answer.age == 0 and answer.place == quoted.place + 1
        # "Please do. Call him by ten": the order says it better.
        is_ordered = any(one.voice is answer and one.claim.kind == "request" for one in heard)
        if (
            not is_answered
            or is_ordered
            or not answer.sentences
            or not rules.first("affirm", straight(answer.sentences[0].text))
        ):
            continue
        for sentence in quoted.sentences:
            offer = rules.first("offer", straight(sentence.text))
            if offer and sentence.block == quoted.sentences[-1].block:
                claim = Claim(kind="promise", sentence=sentence, what=sentence.text[offer.what :], rule=offer.rule)
                yield Heard(claim=claim, voice=quoted, waiting=False, certain=True)


def agreed(said: tuple[Voice, ...], heard: list[Heard], rules: Rules) -> Iterator[Heard]:
    """Yield the offer that a yes above it takes up: "Yes please, by Friday" - "Want me to book the scan?"."""
    newest = [voice for voice in said if voice.age == 0 and voice.said != "by_us" and voice.sentences]
    asked = next((voice for voice in said if voice.age == 1 and voice.said == "by_us"), None)
    if (
        len(newest) != 1
        or asked is None
        or any(one.voice is newest[0] and one.claim.kind != "promise" for one in heard)
    ):
        return
    yes = newest[0].sentences[0]
    if not rules.first("affirm", straight(yes.text)) or rules.first("deny", straight(yes.text)):
        return
    for sentence in asked.sentences:
        if sentence.text.endswith("?") and (offer := rules.first("offer", straight(sentence.text))):
            claim = Claim(kind="request", sentence=yes, what=sentence.text[offer.what :], rule=offer.rule)
            yield Heard(claim=claim, voice=newest[0], waiting=False, certain=True)


def unanswered(said: tuple[Voice, ...], message: Message, roster: Roster, rules: Rules) -> Iterator[Heard]:
    """Yield what the coordinator asked in the mail before, where the answer speaks of other things: still owed."""
    newest = [voice for voice in said if voice.age == 0 and voice.said != "by_us" and voice.sentences]
    asked = next((voice for voice in said if voice.age == 1 and voice.said == "by_us"), None)
    if len(newest) != 1 or asked is None or message.automatic or asked.part.kind != "quoted" or _is_filled_in(asked):
        return
    answer = [straight(sentence.text) for sentence in newest[0].sentences]
    spoken = frozenset().union(*(stems(text, rules) for text in answer))
    claims = [claim for sentence in asked.sentences if (claim := claim_in(sentence, rules))]
    claims = [claim for claim in claims if claim.kind in {"question", "request"}]
    left = [claim for claim in claims if not stems(claim.sentence.text, rules) & spoken]
    # Of two questions, the words of the answer tell which one they answer; of one, they answer it, or nothing.
    is_told = any(rules.first(kind, text) for text in answer for kind in ANSWERS) or any("?" in text for text in answer)
    if len(claims) > 1 and len(left) == len(claims) and rules.first("affirm", answer[0]):
        # A yes answers the first of several.
        left, is_told = claims[1:], False
        claims = claims[1:] + claims[:1]
    turns_away = len(message.to) > 1 and any(
        roster.called(one.text) == "theirs" or (LED.match(one.text) and roster.called(one.text) != "ours")
        for one in newest[0].sentences
    )
    if len(left) == len(claims) and (is_told or not turns_away):
        return
    for claim in left:
        yield Heard(claim=claim, voice=asked, waiting=True, certain=True)


def _is_filled_in(voice: Voice) -> bool:
    """Say whether answers stand in the items of a list: "Is the chair in? Yes, since Monday"."""
    return any(
        one.block == other.block and one.shape != "prose" and one.text.endswith("?") and ANSWERED.match(other.text)
        for one, other in pairwise(voice.sentences)
    )
