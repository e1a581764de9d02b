"""A claim in its mail -> when it is due: by its sentence, those beside it, a head, an event, a letter, a change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, tzinfo

from assistant.records import Deadline, Message, ReadingContext
from assistant.understand.deadlines import (
    ANY,
    NOTHING,
    Event,
    Known,
    find_deadline,
    find_events,
    find_letter_day,
    zone_in,
)
from assistant.understand.embedded.claims import PRONOUN, Claim, claim_in
from assistant.understand.embedded.rows import row_due, row_event
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.sentences import Sentence, fold
from assistant.understand.embedded.thread import stems
from assistant.understand.embedded.voices import Voice, attached

Named = Callable[[str], str | None]
"""The patient that a text names."""

WINDOW = re.compile(r"\b(?:window|deadline|letter|attached|attachment|enclosed|notice|form|see)\b", re.IGNORECASE)
HANGS = re.compile(
    r"\b(?:before|prior|ahead|advance|after|of|by then|by (?:the |her |his |their )?[a-z]{2,20}|"
    r"antes|despu[eé]s|d[ií]a de|para)\b",
    re.IGNORECASE,
)
"""Words that may count on an event told elsewhere."""
THEN = re.compile(r"\b(?:then|that|entonces|eso|the (?:day|night|week) (?:before|after))\b", re.IGNORECASE)
OUR_CLOCKS = re.compile(r"\b(?:our|my) (?:time|end)\b|\bhora (?:nuestra|de aqu[ií])\b", re.IGNORECASE)
COVERS = re.compile(
    r"\b(?:both|all (?:of )?(?:this|these|those|them|three|four|five|the above|items)|all (?:by|before|due)|everything|"
    r"each of (?:these|those|them)|the whole (?:list|lot|packet)|these|those|the above|any of (?:these|this)|"
    r"(?:ambos|ambas|todo|todos|todas|estos|estas))\b",
    re.IGNORECASE,
)
"""Words that speak of all that a mail asks."""
REFERS = re.compile(
    r"\b(?:it|that|this|them|answer|word|hear(?:d)? back|reply|response|turnaround|deadline|due|lo|la|los|las|plazo)\b",
    re.IGNORECASE,
)
"""Words that speak of what was asked before."""
MOVES = re.compile(
    r"\b(?:now|instead|sooner|earlier|later|moved|extended|extension|pushed|bumped|changed?|make (?:that|it)|"
    r"new deadline|actually|correction|need (?:it|them|this|that|these)|ahora|mejor|cambi[oó])\b",
    re.IGNORECASE,
)
"""Words of a later mail that set another time for what was asked."""
MAX_SENTENCES = 120
"""Of a part, for events: what follows is no longer a letter."""
MAX_BEFORE = 6


class Dues:
    """Tells when the claims of one mail are due; looks up what their sentences count on in the rest of it."""

    def __init__(self, message: Message, context: ReadingContext, rules: Rules, voices: tuple[Voice, ...]) -> None:
        self._message = message
        self._context = context
        self._rules = rules
        self._voices = voices
        self._plain: dict[tuple[str, int], Deadline | None] = {}
        self._told: dict[tuple[str, int], tuple[Event, ...]] = {}
        self._rivals: dict[int, int] = {}

    def of(self, claim: Claim, voice: Voice, patient: str | None, named: Named) -> Deadline | None:
        """Return when a claim is due, None where nothing says so for certain."""
        if claim.kind == "row":
            return self._of_row(claim.sentence, voice)
        return (
            self._handed(voice)
            or self._moved(claim, voice)
            or self._own(claim, voice, patient, named)
            or self._lead(claim, voice)
            or self._of_letter(claim, voice)
            or self._covering(claim, voice, patient, named)
        )

    def in_text(self, text: str, voice: Voice, known: Known = NOTHING) -> Deadline | None:
        """Return the deadline that one text of a voice sets."""
        key = (text, voice.place)
        if known is NOTHING and key in self._plain:
            return self._plain[key]
        found = find_deadline(
            text,
            voice.sent_at(self._message),
            self._context.calendar,
            day_first=self._context.day_first,
            known=known,
        )
        if known is NOTHING:
            self._plain[key] = found
        return found

    def after(self, sentence: Sentence, voice: Voice) -> list[Sentence]:
        """Return the two sentences that follow in the same paragraph or item and ask for nothing of their own."""
        said = voice.sentences
        place = next((place for place, one in enumerate(said) if one is sentence), None)
        if place is None:
            return []
        following = []
        for one in said[place + 1 : place + 3]:
            text = straight(one.text)
            asks = claim_in(one, self._rules)
            adds = self._rules.first("report", text) or (asks and asks.kind == "need" and PRONOUN.match(asks.what))
            if one.block != sentence.block or (asks and not adds):
                break
            following.append(one)
        return following

    def _own(self, claim: Claim, voice: Voice, patient: str | None, named: Named) -> Deadline | None:
        for sentence in (claim.sentence, *self.after(claim.sentence, voice)):
            known = self._known(sentence, voice, patient, named)
            if found := self.in_text(sentence.text, voice, known):
                return found
        return None

    def _lead(self, claim: Claim, voice: Voice) -> Deadline | None:
        """Return the deadline of the line above a list, or of the sentences before that in its paragraph."""
        lead = claim.sentence.lead
        if not lead:
            return None
        if found := self.in_text(lead, voice):
            return found
        head = next((one for one in voice.sentences if one.text == lead), None)
        block = [one for one in voice.sentences if head and one.block == head.block and one is not head]
        asked = [one for one in block if COVERS.search(one.text) or claim_in(one, self._rules) is None]
        return next((found for one in reversed(asked) if (found := self.in_text(one.text, voice))), None)

    def _covering(self, claim: Claim, voice: Voice, patient: str | None, named: Named) -> Deadline | None:
        """Return the deadline of a sentence elsewhere that speaks of all that is asked, or of the one thing asked."""
        if claim.kind == "promise" or all(one is not claim.sentence for one in voice.sentences):
            return None
        is_only = self._claims(voice) <= 1
        for sentence in voice.sentences[:MAX_SENTENCES]:
            if sentence is claim.sentence or sentence.shape != "prose" or not self._speaks(sentence, is_only=is_only):
                continue
            known = self._known(sentence, voice, patient, named)
            if found := self.in_text(sentence.text, voice, known):
                return found
        return None

    def _speaks(self, sentence: Sentence, *, is_only: bool) -> bool:
        text = straight(sentence.text)
        told = any(self._rules.first(kind, text) for kind in ("done", "cancel", "condition", "promise", "boilerplate"))
        return not told and bool(COVERS.search(text) or (is_only and REFERS.search(text)))

    def _claims(self, voice: Voice) -> int:
        """Return how many sentences of a voice ask something of their own."""
        if voice.place not in self._rivals:
            found = (claim_in(one, self._rules) for one in voice.sentences[:MAX_SENTENCES])
            asked = [one for one in found if one and one.kind != "promise" and not PRONOUN.match(one.what)]
            self._rivals[voice.place] = len(asked)
        return self._rivals[voice.place]

    def _moved(self, claim: Claim, voice: Voice) -> Deadline | None:
        """Return the other time that a later mail of the thread sets for the claim; the newest one's holds."""
        if not voice.age:
            return None
        words = stems(claim.sentence.text, self._rules)
        later = sorted((one for one in self._voices if one.age < voice.age), key=lambda one: one.age)
        for other in later:
            for sentence in other.sentences[:MAX_SENTENCES]:
                text = straight(sentence.text)
                is_about = len(words & stems(sentence.text, self._rules)) > 1 or self._claims(voice) == 1
                if is_about and MOVES.search(text) and (found := self.in_text(sentence.text, other)):
                    return found
        return None

    def _handed(self, voice: Voice) -> Deadline | None:
        """Return the deadline that the one who forwards a request sets."""
        own = next((one for one in self._voices if one.age == 0), None)
        if voice.part.kind != "forwarded" or own is None:
            return None
        for place, sentence in enumerate(own.sentences):
            if self._rules.first("delegate", straight(sentence.text)):
                found = [self.in_text(one.text, own) for one in own.sentences[place : place + 2]]
                return next((one for one in found if one), None)
        return None

    def _of_letter(self, claim: Claim, voice: Voice) -> Deadline | None:
        """Return the deadline that an attached letter sets, where the claim points at it."""
        if not WINDOW.search(claim.sentence.text):
            return None
        prose, _ = attached(self._message)
        known = Known(letter_day=self._letter_day(voice))
        return next((found for one in prose if (found := self.in_text(one.text, voice, known))), None)

    def _of_row(self, row: Sentence, voice: Voice) -> Deadline | None:
        """Return when a row is due: by a rule for the whole table, its own cell, or the mail's one deadline."""
        cell = row_event(row)
        day = self.in_text(f"by {cell}", voice) if cell else None
        known = Known(events=((Event(ANY, day.due),),)) if day else NOTHING
        for sentence in voice.sentences[:MAX_SENTENCES] if day else ():
            plain = self.in_text(sentence.text, voice)
            if not plain and HANGS.search(sentence.text) and (found := self.in_text(sentence.text, voice, known)):
                return replace(found, words=fold(sentence.text))
        if (cell := row_due(row)) and (found := self.in_text(f"by {cell}", voice)):
            return replace(found, words=cell)
        said = voice.sentences[:MAX_SENTENCES]
        return next((found for one in said if (found := self.in_text(one.text, voice))), None)

    def _known(self, sentence: Sentence, voice: Voice, patient: str | None, named: Named) -> Known:
        """Return what the rest of the mail tells that a sentence counts on."""
        is_letters = "letter" in sentence.text or "notice" in sentence.text or "carta" in sentence.text
        letter_day = self._letter_day(voice) if is_letters else None
        zone = self._writers_zone(voice) if OUR_CLOCKS.search(sentence.text) else None
        hangs = HANGS.search(sentence.text) or THEN.search(sentence.text)
        events = tuple(self._layers(sentence, voice, patient, named)) if hangs else ()
        return (
            Known(events=events, letter_day=letter_day, writers_zone=zone) if hangs or is_letters or zone else NOTHING
        )

    def _layers(
        self, sentence: Sentence, voice: Voice, patient: str | None, named: Named
    ) -> Iterator[tuple[Event, ...]]:
        """Yield the events that are told, the nearest first; those that are said to be another patient's are left."""
        said = voice.sentences[:MAX_SENTENCES]
        place = next((place for place, one in enumerate(said) if one is sentence), len(said))
        if THEN.search(sentence.text):
            for one in reversed(said[max(place - MAX_BEFORE, 0) : place]):
                yield self._events(one.text, voice)
        prose, _ = attached(self._message) if place == len(said) else ((), ())
        others = [one for one in (*prose, *said) if one is not sentence]
        yield self._all([one.text for one in others if place < len(said) and one.block == sentence.block], voice)
        last = patient.split(",")[0].split()[-1].lower() if patient and patient.split(",")[0].split() else ""
        texts = [self._message.subject, *(one.text for one in others)]
        if last:
            yield self._all([text for text in texts if last in text.lower()], voice)
        yield self._all([text for text in texts if not last or _is_of(text, last, named)], voice)
        for other in self._voices:
            if other is not voice:
                older = [one.text for one in other.sentences[:MAX_SENTENCES]]
                yield self._all([text for text in older if not last or _is_of(text, last, named)], other)

    def _all(self, texts: list[str], voice: Voice) -> tuple[Event, ...]:
        return tuple(event for text in texts for event in self._events(text, voice))

    def _events(self, text: str, voice: Voice) -> tuple[Event, ...]:
        key = (text, voice.place)
        if key not in self._told:
            moment, calendar = voice.sent_at(self._message), self._context.calendar
            self._told[key] = find_events(text, moment, calendar, day_first=self._context.day_first)
        return self._told[key]

    def _letter_day(self, voice: Voice) -> date | None:
        texts = [voice.part.text, *(one.text or "" for one in self._message.attachments)]
        moment, calendar = voice.sent_at(self._message), self._context.calendar
        days = (find_letter_day(text, moment, calendar, day_first=self._context.day_first) for text in texts)
        return next((day for day in days if day), None)

    def _writers_zone(self, voice: Voice) -> tzinfo | None:
        """Return the zone that the writer's part says, else the signature's where the Date header's is the reader's."""
        if zone := zone_in(one.text for one in voice.sentences[:MAX_SENTENCES]):
            return zone
        moment = voice.sent_at(self._message)
        if moment.utcoffset() != moment.astimezone(self._context.calendar.zone).utcoffset():
            return None
        signed = [part.text for part in self._message.parts if part.kind == "signature" and part.depth == voice.age]
        return zone_in(signed, signed=True)


def _is_of(text: str, last: str, named: Named) -> bool:
    """Say whether a text may speak of that patient: it names nobody else."""
    other = named(text)
    return other is None or last in other.lower()
