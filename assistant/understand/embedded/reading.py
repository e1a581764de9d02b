"""Message, Context -> Findings by the rules: from voices over claims to what is still open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from assistant.records import Finding, Message, ReadingContext
from assistant.understand.embedded.claims import Claim
from assistant.understand.embedded.dues import Dues
from assistant.understand.embedded.fields import Fields
from assistant.understand.embedded.hearing import Heard, heard_from, heard_from_attachments
from assistant.understand.embedded.names import Roster
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.thread import Closing, closing_of, closings, repeats, stems
from assistant.understand.embedded.voices import Voice, voices

# "Please see to everything marked" points at the table's rows, which are the tasks.
POINTS_AT_ROWS = re.compile(
    r"\b(?:everything|whatever|anything|every (?:line|row|one|entry|case)|each (?:line|row|one)|"
    r"all (?:of )?(?:the |these |those )?(?:lines|rows|ones|open|items)|the (?:ones?|rows?|lines?|items|open|missing)|"
    r"rows?|lines?|items? (?:marked|in)|checklist|table|grid|list below|below|attached)\b",
    re.IGNORECASE,
)
BARE_WORDS = 7
"""Up to so many words, a request that hands a mail on says nothing of its own: "Please handle"."""


def read_message(message: Message, context: ReadingContext, rules: Rules) -> tuple[Finding, ...]:
    """Return what a mail asks for, in reading order, each thing once."""
    if message.automatic in {"bounce", "auto-reply"}:
        return ()
    roster = Roster(message, context)
    said = voices(message, roster, rules)
    dues = Dues(message, context, rules, said)
    fields = Fields(message=message, context=context, roster=roster, rules=rules, voices=said, dues=dues)
    heard = [one for voice in said for one in heard_from(voice, message, roster, rules)]
    heard.extend(_taken_up(said, heard, rules))
    heard.extend(heard_from_attachments(message, said, heard, rules))
    closed = [(voice.age, closing) for voice in said for closing in closings(voice.sentences, rules)]
    open_ones, shut = _still_open(_without_pointers(heard, said), closed, fields)
    tasks = [
        fields.finding(one.claim, one.voice, waiting=one.waiting, certain=one.certain)
        for one in _once(open_ones, rules)
    ]
    if message.automatic == "bulk" or roster.is_broadcast(message):
        tasks = [replace(one, certain=False) for one in tasks if _names_us(one, roster)]
    return (*tasks, *_marks(heard, closed, shut, fields))


def _taken_up(said: tuple[Voice, ...], heard: list[Heard], rules: Rules) -> Iterator[Heard]:
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


def _without_pointers(heard: list[Heard], said: tuple[Voice, ...]) -> list[Heard]:
    """Drop requests that are told in full elsewhere: by a table's rows, or by the mail that is handed on."""
    has_rows = any(one.claim.kind == "row" or one.from_attachment for one in heard)
    handed = any(one.voice.part.kind != "own" and one.claim.kind == "request" and not one.waiting for one in heard)
    is_forward = any(voice.part.kind == "forwarded" for voice in said)

    def points(one: Heard) -> bool:
        if one.claim.kind not in {"request", "need"} or one.from_attachment:
            return False
        if has_rows and POINTS_AT_ROWS.search(one.claim.sentence.text):
            return True
        is_bare = len(one.claim.what.split()) <= BARE_WORDS or "below" in one.claim.what
        return is_forward and handed and one.voice.part.kind == "own" and is_bare

    return [one for one in heard if not points(one)]


def _still_open(
    heard: list[Heard], closed: list[tuple[int, Closing]], fields: Fields
) -> tuple[list[Heard], dict[str, Heard]]:
    """Return what no later word of the thread closes, and what is closed, by the closing sentence."""
    open_ones: list[Heard] = []
    shut: dict[str, Heard] = {}
    for one in heard:
        closing = _closing(one, closed, fields) if one.voice.age else None
        is_answered = any(voice.said == "by_us" and 0 < voice.age < one.voice.age for voice in fields.voices)
        if closing:
            shut[closing.sentence.text] = one
        elif one.claim.kind == "question" and _was_answered(one.voice, fields.voices):
            continue
        else:
            open_ones.append(replace(one, certain=one.certain and (not is_answered or one.claim.kind == "promise")))
    return open_ones, shut


def _was_answered(voice: Voice, said: tuple[Voice, ...]) -> bool:
    """Say whether a question stands in a mail that was answered, or handed on by somebody in between."""
    return voice.age > 0 and (voice.part.kind == "quoted" or any(other.age > voice.age for other in said))


def _closing(one: Heard, closed: list[tuple[int, Closing]], fields: Fields) -> Closing | None:
    """Return what closes a claim of an earlier mail."""
    later = tuple(closing for age, closing in closed if age < one.voice.age)
    patient = fields.patient(one.claim, one.voice)
    return closing_of(_with_before(one, fields.rules), patient, later, fields.rules) or _answered_below(one, fields)


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
    if one.voice.sentences[-1].block != one.claim.sentence.block:
        return None
    below = next((voice for voice in fields.voices if voice.place == one.voice.place + 1 and voice.age == 0), None)
    if below is None or not below.sentences:
        return None
    first = below.sentences[0]
    text = straight(first.text)
    if fields.rules.first("cancel", text) or fields.rules.first("deny", text):
        return Closing(kind="cancel", sentence=first, words=frozenset())
    return None


def _once(heard: list[Heard], rules: Rules) -> list[Heard]:
    """Return each thing once, in the newest words for it."""
    kept: list[Heard] = []
    for one in sorted(heard, key=lambda one: one.voice.age):
        if not any(_are_twins(one, other, rules) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.voice.place)


def _are_twins(one: Heard, other: Heard, rules: Rules) -> bool:
    a, b = one.claim, other.claim
    is_older = one.voice.age != other.voice.age
    if one.waiting != other.waiting and not is_older:
        return False
    if a.sentence.text == b.sentence.text:
        return True
    if "row" in {a.kind, b.kind} or not is_older:
        return False
    if one.waiting and other.waiting and stems(a.what, rules) & stems(b.what, rules):
        return True
    return repeats(a.sentence.text, b.sentence.text, rules)


def _names_us(finding: Finding, roster: Roster) -> bool:
    return finding.priority == "critical" or roster.called(finding.quote) == "ours"


def _marks(
    heard: list[Heard], closed: list[tuple[int, Closing]], shut: dict[str, Heard], fields: Fields
) -> Iterator[Finding]:
    """Yield what the newest words say is done, off or moved: marks on earlier tasks, for a person to confirm."""
    message = fields.message
    newest = next((voice for voice in fields.voices if voice.age == 0), None)
    is_thread = message.in_reply_to or message.references or any(voice.age for voice in fields.voices)
    if newest is None or not is_thread:
        return
    asked = {one.claim.sentence.text for one in heard if one.voice.age == 0}
    for age, closing in closed:
        if age == 0 and (closing.sentence.text not in asked or closing.kind == "moved"):
            one = shut.get(closing.sentence.text)
            yield fields.mark(closing, newest, one.claim if one else None)
