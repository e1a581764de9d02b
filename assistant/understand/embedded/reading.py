"""Message, Context -> Findings by the rules: from voices over claims to what is still open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.records import Finding, Message, ReadingContext
from assistant.understand.embedded.about import Patients
from assistant.understand.embedded.answers import agreed, taken_up, unanswered
from assistant.understand.embedded.claims import PRONOUN, claim_in
from assistant.understand.embedded.dues import Dues
from assistant.understand.embedded.fields import Fields
from assistant.understand.embedded.hearing import Heard, heard_from, heard_from_attachments
from assistant.understand.embedded.names import Roster
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.thinning import AFORESAID
from assistant.understand.embedded.thread import Closing, closing_of, closings, repeats, stems
from assistant.understand.embedded.voices import Voice, voices

# "Please see to everything marked" points at the table's rows, which are the tasks.
POINTS_AT_ROWS = re.compile(
    r"\b(?:everything|whatever|anything|every (?:line|row|one|entry|case)|each (?:line|row|one)|"
    r"all (?:of )?(?:the |these |those )?(?:lines|rows|ones|open|items)|the (?:ones?|rows?|lines?|items|open|missing)|"
    r"rows?|(?:the|these|those|my|open|\d) lines?|lines? (?:marked|in|with)|items? (?:marked|in)|column|"
    r"checklist|table|grid|list below|below|attached)\b",
    re.IGNORECASE,
)
SPEAKS_OF_IT = re.compile(r"\b(?:it|that|this|them|both|lo|la|eso)\b", re.IGNORECASE)
WIDE_ONLY = frozenset({"finished", "dropped"})
CHASES = frozenset(
    {"chasing", "left-messages", "have-not-received", "status-without-mark", "any-word", "unmarked-question"}
)
TAKES_ON = re.compile(r"(?:will do|got it|on it|sure|yes|yep|ok|okay|of course|claro|s[ií])\b", re.IGNORECASE)
BARE_WORDS = 7
"""Up to so many words, a request that hands a mail on says nothing of its own: "Please handle"."""


def read_message(message: Message, context: ReadingContext, rules: Rules) -> tuple[Finding, ...]:
    """Return what a mail asks for, in reading order, each thing once."""
    if message.automatic in {"bounce", "auto-reply"}:
        return ()
    fields = fields_of(message, context, rules)
    roster, said = fields.roster, fields.voices
    heard = [one for voice in said for one in heard_from(voice, message, roster, rules)]
    heard.extend(taken_up(said, heard, rules))
    heard.extend(agreed(said, heard, rules))
    heard.extend(unanswered(said, message, roster, rules))
    heard.extend(heard_from_attachments(message, said, heard, roster, rules))
    closed = [(voice.age, closing) for voice in said for closing in closings(voice.sentences, rules)]
    open_ones, shut = _still_open(_without_pointers(heard, said), closed, fields)
    open_ones = _without_chases(open_ones, rules)
    tasks = [
        fields.finding(one.claim, one.voice, waiting=one.waiting, certain=one.certain)
        for one in _once(open_ones, rules)
    ]
    if message.automatic == "bulk" or roster.is_broadcast(message) or roster.is_for_all(message):
        tasks = [replace(one, certain=False) for one in tasks if _names_us(one, said, roster)]
    return (*tasks, *_marks(heard, closed, shut, fields))


def fields_of(message: Message, context: ReadingContext, rules: Rules) -> Fields:
    """Return what is said in a mail, and what reads a finding's fields from it."""
    roster = Roster(message, context)
    said = voices(message, roster, rules)
    return Fields(
        message=message,
        context=context,
        roster=roster,
        rules=rules,
        voices=said,
        dues=Dues(message, context, rules, said),
        patients=Patients(message, context, roster, rules, said),
    )


def _without_pointers(heard: list[Heard], said: tuple[Voice, ...]) -> list[Heard]:
    """Drop requests that are told in full elsewhere: by a table's rows, or by the mail that is handed on."""
    has_rows = any(one.claim.kind == "row" or one.from_attachment for one in heard)
    handed = any(
        one.voice.part.kind != "own" and one.claim.kind in {"request", "need"} and not one.waiting for one in heard
    )
    is_forward = any(voice.part.kind == "forwarded" for voice in said)

    def points(one: Heard) -> bool:
        if one.claim.kind not in {"request", "need"} or one.from_attachment:
            return False
        if has_rows and one.claim.kind == "need" and PRONOUN.match(one.claim.what):
            return True
        if has_rows and AFORESAID.match(one.claim.what):
            return True
        if has_rows and POINTS_AT_ROWS.search(one.claim.sentence.text):
            return True
        is_bare = len(one.claim.what.split()) <= BARE_WORDS or "below" in one.claim.what
        return is_forward and handed and one.voice.part.kind == "own" and is_bare

    return [one for one in heard if not points(one)]


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
        elif one.claim.kind == "question" and not one.waiting and _was_answered(one.voice, fields.voices):
            continue
        else:
            is_doubted = is_answered and one.claim.kind != "promise" and not _was_taken_on(one, fields)
            open_ones.append(replace(one, certain=one.certain and not is_doubted))
    return open_ones, shut


def _was_taken_on(one: Heard, fields: Fields) -> bool:
    """Say whether the coordinator's answer to a request is no more than a yes to it: "Will do", "on it by Friday?"."""
    answers = [voice for voice in fields.voices if voice.said == "by_us" and 0 < voice.age < one.voice.age]
    said = [straight(sentence.text) for voice in answers for sentence in voice.sentences]
    if any(TAKES_ON.match(text) or fields.rules.first("promise", text) for text in said):
        return True
    return not any(fields.rules.first(kind, text) for kind in ("done", "cancel", "deny", "settled") for text in said)


def _was_answered(voice: Voice, said: tuple[Voice, ...]) -> bool:
    """Say whether a question stands in a mail that was answered, or handed on by somebody in between."""
    return voice.age > 0 and (voice.part.kind == "quoted" or any(other.age > voice.age for other in said))


def _closing(one: Heard, closed: list[tuple[int, Closing]], fields: Fields) -> Closing | None:
    """Return what closes a claim of an earlier mail."""
    later = tuple(closing for age, closing in closed if age < one.voice.age and not _only_moves(closing, fields))
    patient = fields.patient(one.claim, one.voice)
    closing = closing_of(_with_before(one, fields.rules), patient, later, fields.rules) or _answered_below(one, fields)
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
    if one.waiting and other.waiting and _replaces(other, one, rules):
        return True
    if one.waiting and other.waiting and stems(a.what, rules) & stems(b.what, rules):
        return True
    return repeats(a.sentence.text, b.sentence.text, rules)


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
