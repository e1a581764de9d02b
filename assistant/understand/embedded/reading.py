"""Message, Context -> Findings by the rules: from voices over claims to what is still open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.records import Finding, Message, ReadingContext
from assistant.understand.embedded.about import Patients
from assistant.understand.embedded.answers import agreed, taken_up, unanswered
from assistant.understand.embedded.claims import PRONOUN, WANTS_WORD, Claim
from assistant.understand.embedded.dues import Dues
from assistant.understand.embedded.fields import Fields
from assistant.understand.embedded.hearing import WORKS_THROUGH, Heard, heard_from, heard_from_attachments
from assistant.understand.embedded.names import Roster
from assistant.understand.embedded.portion import MAX_CLAIMS, portion
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.settled import still_open
from assistant.understand.embedded.speaking import RESTATES
from assistant.understand.embedded.thinning import AFORESAID
from assistant.understand.embedded.thread import Closing, closings, repeats, stems
from assistant.understand.embedded.voices import Voice, voices

# "Please see to everything marked" points at the table's rows, which are the tasks.
POINTS_AT_ROWS = re.compile(
    r"\b(?:everything|whatever|anything|every (?:line|row|one|entry|case)|each (?:line|row|one)|"
    r"all (?:of )?(?:the |these |those )?(?:lines|rows|ones|open|items)|the (?:ones?|rows?|lines?|items|open|missing)|"
    r"rows?|(?:the|these|those|my|open|\d) lines?|lines? (?:marked|in|with)|items? (?:marked|in)|"
    r"column|with (?:the )?(?:status|code|flag|mark)|blanks|gaps|checklist|table|grid|list below|below|attached)\b",
    re.IGNORECASE,
)
WIDE_ONLY = frozenset({"finished", "dropped"})
CHASES = frozenset(
    {
        "chasing",
        "left-messages",
        "have-not-received",
        "status-without-mark",
        "any-word",
        "unmarked-question",
        "waits-on",
    }
)
SAME_WORDS = 2
POINTS_BELOW = re.compile(
    r"\b(?:this|it|these|that|those|them|below|above|attached|following|both|same|ones?|him|her|"
    r"esto|lo|abajo)\b|lo\b",
    re.IGNORECASE,
)
BARE_WORDS = 7
"""Up to so many words, a request that hands a mail on says nothing of its own: "Please handle"."""


def read_message(message: Message, context: ReadingContext, rules: Rules) -> tuple[tuple[Finding, ...], bool]:
    """Return what a mail asks for, in reading order, each thing once; and whether it was read to its end."""
    if message.automatic in {"bounce", "auto-reply"}:
        return (), True
    fields = fields_of(message, context, rules)
    message, roster, said = fields.message, fields.roster, fields.voices
    heard = [one for voice in said for one in heard_from(voice, message, roster, rules)]
    heard.extend(taken_up(said, heard, rules))
    heard.extend(agreed(said, heard, rules))
    heard.extend(unanswered(said, message, roster, rules))
    heard.extend(heard_from_attachments(fields, heard))
    is_whole = fields.is_whole and len(heard) <= MAX_CLAIMS
    heard = sorted(heard, key=lambda one: one.voice.age)[:MAX_CLAIMS] if len(heard) > MAX_CLAIMS else heard
    oldest = max((voice.age for voice in said), default=0)
    closed = [
        (voice.age, one) for voice in said for one in closings(voice.sentences, rules, is_thread=voice.age < oldest)
    ]
    open_ones, shut = still_open(_without_pointers(heard, said, rules), closed, fields)
    open_ones = _without_restated(_without_chases(open_ones, rules), rules)
    tasks = [
        fields.finding(one.claim, one.voice, waiting=one.waiting, certain=one.certain)
        for one in _once(open_ones, rules)
    ]
    if message.automatic == "bulk" or roster.is_broadcast(message) or roster.is_for_all(message):
        tasks = [replace(one, certain=False) for one in tasks if _names_us(one, said, roster)]
    return (*tasks, *_marks(heard, closed, shut, fields)), is_whole


def fields_of(message: Message, context: ReadingContext, rules: Rules) -> Fields:
    """Return what is said in a mail, as much as is read of it, and what reads a finding's fields from it."""
    read = portion(message, context.coordinator)
    message = read.message
    roster = Roster(message, context)
    said = voices(message, roster, rules)
    return Fields(
        message=message,
        is_whole=read.is_whole,
        context=context,
        roster=roster,
        rules=rules,
        voices=said,
        dues=Dues(message, context, rules, said),
        patients=Patients(message, context, roster, rules, said),
    )


def _without_pointers(heard: list[Heard], said: tuple[Voice, ...], rules: Rules) -> list[Heard]:
    """Drop requests that are told in full elsewhere: by a table's rows, or by the mail that is handed on."""
    has_rows = any(one.claim.kind == "row" or one.from_attachment for one in heard)
    told = [one for one in heard if one.claim.kind in {"request", "need"} and not one.waiting]
    handed = any(one.voice.part.kind != "own" for one in told)
    is_forward = any(voice.part.kind == "forwarded" for voice in said)

    def points_at_rows(one: Heard) -> bool:
        if one.claim.kind not in {"request", "need"} or one.from_attachment or not has_rows:
            return False
        if one.claim.kind == "need" and PRONOUN.match(one.claim.what):
            return True
        if AFORESAID.match(one.claim.what) and not WANTS_WORD.search(straight(one.claim.sentence.text)):
            return True
        return any(words.search(one.claim.sentence.text) for words in (POINTS_AT_ROWS, WORKS_THROUGH))

    def points_below(one: Heard) -> bool:
        if one.claim.kind not in {"request", "need"} or one.from_attachment:
            return False
        is_bare = len(one.claim.what.split()) <= BARE_WORDS or "below" in one.claim.what
        is_told = one.voice.part.kind == "own" or (
            one.voice.part.kind == "forwarded" and any(other.voice.age > one.voice.age for other in told)
        )
        return is_forward and handed and is_told and is_bare

    # Whoever wrote the mail below must not decide whether the words above it are shown.
    news = [_news(one, told, rules) if points_below(one) else SAME_WORDS for one in heard]
    return [
        one if count >= SAME_WORDS else replace(one, certain=False)
        for one, count in zip(heard, news, strict=True)
        if count and not points_at_rows(one)
    ]


def _news(one: Heard, told: list[Heard], rules: Rules) -> int:
    """Return how many words of weight a request of the mail's own words has that no request below it has."""
    if one.voice.part.kind != "own" or POINTS_BELOW.search(one.claim.sentence.text):
        return 0
    below = [other.claim.sentence.text for other in told if other.voice.age > one.voice.age]
    return len(stems(one.claim.what, rules) - stems(" ".join(below), rules))


def _without_restated(heard: list[Heard], rules: Rules) -> list[Heard]:
    """Drop what says an older request again for another time: "The form is now due Tuesday". The older one moves."""

    def restates(one: Heard) -> bool:
        text = straight(one.claim.sentence.text)
        if one.waiting or RESTATES.search(text) is None:
            return False
        words = stems(text, rules)
        return any(other.voice.age > one.voice.age and words & stems(other.claim.what, rules) for other in heard)

    return [one for one in heard if not restates(one)]


def _without_chases(heard: list[Heard], rules: Rules) -> list[Heard]:
    """Drop what only chases a request that stands open in the same thread: "Still nothing on the orders"."""
    asked = [one for one in heard if one.voice.age and not one.waiting and one.claim.kind in {"request", "need"}]

    def chases(one: Heard) -> bool:
        is_chase = one.claim.rule.name in CHASES and not one.voice.age
        words = stems(one.claim.sentence.text, rules)
        return is_chase and any(words & stems(_all_said(other), rules) for other in asked)

    return [one for one in heard if not chases(one)]


def _all_said(one: Heard) -> str:
    return " ".join(sentence.text for sentence in one.voice.sentences if sentence.block == one.claim.sentence.block)


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
    if one.waiting and other.waiting and _replaces(other, one, rules):
        return True
    if one.waiting and other.waiting and stems(a.what, rules) & stems(b.what, rules):
        return True
    if a.kind == "need" and one.voice.age > other.voice.age and _is_told_in(a, b, rules):
        return True
    return repeats(a.sentence.text, b.sentence.text, rules)


def _is_told_in(older: Claim, newer: Claim, rules: Rules) -> bool:
    """Say whether what once lacked is asked for in a newer sentence: "The April log is still missing, send it"."""
    words, said = stems(older.what, rules), stems(newer.sentence.text, rules)
    return len(words & said) >= SAME_WORDS and len(words - said) <= 1


def _replaces(newer: Heard, older: Heard, rules: Rules) -> bool:
    """Say whether a promise takes the place of the one before it: "You will get both on Friday instead"."""
    is_same = newer.claim.kind == older.claim.kind == "promise" and newer.voice.age < older.voice.age
    return is_same and rules.first("moved", straight(newer.claim.sentence.text)) is not None


def _names_us(finding: Finding, said: tuple[Voice, ...], roster: Roster) -> bool:
    """Say whether a mail to everybody asks this of the coordinator: by name, in the sentence or before it."""
    if finding.priority == "critical" or roster.called(finding.quote) == "ours":
        return True
    told = [one for voice in said for one in voice.sentences]
    asked = next((one for one in told if one.text == finding.quote), None)
    above = [one for one in told if asked and one.paragraph == asked.paragraph and roster.called(one.text) != "unsaid"]
    return bool(above) and roster.called(above[0].text) == "ours"


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
    told: set[str] = set()
    for age, closing in closed:
        one = shut.get(closing.sentence.text)
        # The wide wording says something only where it closed a request.
        is_mark = closing.sentence.text not in told and (one is not None or closing.kind not in WIDE_ONLY)
        if age == 0 and is_mark and (closing.sentence.text not in asked or closing.kind == "moved"):
            told.add(closing.sentence.text)
            yield fields.mark(closing, newest, one.claim if one else None)
