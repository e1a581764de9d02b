"""A sentence in its mail -> what the rest of the mail tells that it counts on: events, a letter's date, a zone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, tzinfo

from assistant.records import Message, ReadingContext
from assistant.understand.deadlines import NOTHING, Event, Known, find_events, find_letter_day, zone_in
from assistant.understand.embedded.sentences import Sentence
from assistant.understand.embedded.voices import Voice, attached

Named = Callable[[str], str | None]
"""The patient that a text names."""


HANGS = re.compile(
    r"\b(?:before|prior|ahead|advance|after|of|by then|by (?:the |her |his |their )?[a-z]{2,20}|"
    r"antes|despu[eé]s|d[ií]a de|para)\b",
    re.IGNORECASE,
)
"""Words that may count on an event told elsewhere."""
THEN = re.compile(r"\b(?:then|that|entonces|eso|the (?:day|night|week) (?:before|after))\b", re.IGNORECASE)
OUR_CLOCKS = re.compile(r"\b(?:our|my) (?:time|end)\b|\bhora (?:nuestra|de aqu[ií])\b", re.IGNORECASE)
MAX_SENTENCES = 120
"""Of a part, for events: what follows is no longer a letter."""
MAX_BEFORE = 6


class Surroundings:
    """Looks up in one mail what its sentences count on; each sentence is read once."""

    def __init__(self, message: Message, context: ReadingContext, voices: tuple[Voice, ...]) -> None:
        self._message = message
        self._context = context
        self._voices = voices
        self._told: dict[tuple[str, int], tuple[Event, ...]] = {}
        self._letters: dict[int, date | None] = {}
        self.attached = attached(message)
        """The sentences and the rows of the attachments."""

    def of(self, sentence: Sentence, voice: Voice, patient: str | None, named: Named) -> Known:
        """Return what the rest of the mail tells that a sentence counts on."""
        is_letters = "letter" in sentence.text or "notice" in sentence.text or "carta" in sentence.text
        letter_day = self.letter_day(voice) if is_letters else None
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
        prose = self.attached[0] if place == len(said) else ()
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

    def letter_day(self, voice: Voice) -> date | None:
        """Return the date that the voice's own text bears, or an attachment's."""
        if voice.place not in self._letters:
            texts = [voice.part.text, *(one.text or "" for one in self._message.attachments)]
            moment, calendar = voice.sent_at(self._message), self._context.calendar
            days = (find_letter_day(text, moment, calendar, day_first=self._context.day_first) for text in texts)
            self._letters[voice.place] = next((day for day in days if day), None)
        return self._letters[voice.place]

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
