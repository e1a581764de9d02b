"""A claim in its mail -> when it is due: by its sentence, those beside it, a head, an event, a letter, a change."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from assistant.records import Deadline, Message, ReadingContext
from assistant.understand.deadlines import ANY, NOTHING, Event, Known, find_deadline
from assistant.understand.embedded.claims import PRONOUN, WANTS_WORD, Claim, claim_in
from assistant.understand.embedded.items import spoken_items
from assistant.understand.embedded.row_dues import (
    due_cells,
    end_cells,
    event_cell,
    names,
    said_cells,
    speaks_of_another,
)
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.sentences import Sentence, fold
from assistant.understand.embedded.speaking import (
    ALL,
    AVAILABLE,
    CORRECTS,
    COVERS,
    LABEL,
    MOVES,
    NEAR,
    REFERS,
    RESTATES,
    WINDOW,
    WISHES,
    goes_on,
    names_its_own,
)
from assistant.understand.embedded.surroundings import HANGS, MAX_SENTENCES, Named, Surroundings
from assistant.understand.embedded.thread import stems
from assistant.understand.embedded.voices import Voice

ALSO = re.compile(r"^(?:[A-Z]\w{1,15}[,:] )?(?:also|separately|one more|aparte|adem[aá]s)\b", re.IGNORECASE)
MAX_FOCUS = 40
"""Characters of a claim's words that are looked for in its sentence."""


class Dues:
    """Tells when the claims of one mail are due; looks up what their sentences count on in the rest of it."""

    def __init__(self, message: Message, context: ReadingContext, rules: Rules, voices: tuple[Voice, ...]) -> None:
        self._message = message
        self._context = context
        self._rules = rules
        self._voices = voices
        # Each sentence is read once, however many claims ask for it: a long list stays linear.
        self._plain: dict[tuple[str, int, bool], Deadline | None] = {}
        self._read: dict[Sentence, Claim | None] = {}
        self._row_names: dict[int, frozenset[str]] = {}
        self._around = Surroundings(message, context, voices)
        self._rivals: dict[int, int] = {}

    def of(self, claim: Claim, voice: Voice, patient: str | None, named: Named) -> Deadline | None:
        """Return when a claim is due, None where nothing says so for certain."""
        if claim.kind == "row":
            return self._of_row(claim.sentence, voice)
        return (
            self._handed(voice)
            or self._moved(claim, voice)
            or self._own(claim, voice, patient, named)
            or self._numbered(claim, voice)
            or self._lead(claim, voice)
            or self._of_letter(claim, voice)
            or self._covering(claim, voice, patient, named)
        )

    def in_text(self, text: str, voice: Voice) -> Deadline | None:
        """Return the deadline that one text of a voice sets."""
        return self._found(text, voice)

    def _found(
        self,
        text: str,
        voice: Voice,
        known: Known = NOTHING,
        *,
        focus: int | None = None,
        only_marked: bool = False,
    ) -> Deadline | None:
        key = (text, voice.place, only_marked)
        is_plain = known is NOTHING and focus is None
        if is_plain and key in self._plain:
            return self._plain[key]
        found = find_deadline(
            text,
            voice.sent_at(self._message),
            self._context.calendar,
            day_first=self._context.day_first,
            known=known,
            focus=focus,
            only_marked=only_marked,
        )
        if is_plain:
            self._plain[key] = found
        return found

    def _claim(self, sentence: Sentence) -> Claim | None:
        if sentence not in self._read:
            self._read[sentence] = claim_in(sentence, self._rules)
        return self._read[sentence]

    def after(self, sentence: Sentence, voice: Voice) -> list[Sentence]:
        """Return the two sentences that follow in the same paragraph or item and ask for nothing of their own."""
        said = voice.sentences
        place = next((place for place, one in enumerate(said) if one is sentence), None)
        if place is None:
            return []
        following = []
        for one in said[place + 1 : place + 3]:
            text = straight(one.text)
            asks = self._claim(one)
            is_report = self._rules.first("report", text) and not WANTS_WORD.search(text)
            adds = is_report or (asks and goes_on(asks) and not names_its_own(asks))
            if one.block != sentence.block or (asks and not adds):
                break
            if not AVAILABLE.search(text):
                following.append(one)
        return following

    def _own(self, claim: Claim, voice: Voice, patient: str | None, named: Named) -> Deadline | None:
        known = self._around.of(claim.sentence, voice, patient, named)
        focus = max(claim.sentence.text.find(claim.what[:MAX_FOCUS]), 0)
        following = self.after(claim.sentence, voice)
        if found := self._found(claim.sentence.text, voice, known, focus=focus):
            later = (self._corrected(one, voice) or self._brought_forward(one, voice, found) for one in following)
            return next((other for other in later if other), found)
        for sentence in following:
            known = self._around.of(sentence, voice, patient, named)
            if found := self._found(sentence.text, voice, known):
                return found
        return None

    def _corrected(self, sentence: Sentence, voice: Voice) -> Deadline | None:
        """Return the time that takes back the one before it: "I know that's a holiday, so Thursday really"."""
        for said in CORRECTS.finditer(sentence.text):
            tail = sentence.text[said.end() :]
            found = self._found(tail, voice)
            if found and tail.find(found.words) <= NEAR:
                return found
        return None

    def _brought_forward(self, sentence: Sentence, voice: Voice, before: Deadline) -> Deadline | None:
        """Return an earlier time for the same thing: "Get her in this week. Please have it booked by tomorrow"."""
        asks = self._claim(sentence)
        if asks is None or asks.kind == "promise" or not goes_on(asks):
            return None
        found, calendar = self._found(sentence.text, voice, only_marked=True), self._context.calendar
        return found if found and found.local_day(calendar) < before.local_day(calendar) else None

    def _lead(self, claim: Claim, voice: Voice) -> Deadline | None:
        """Return the deadline of the line above a list, or of the sentences before that in its paragraph."""
        lead = claim.sentence.lead
        if not lead:
            return None
        if found := self.in_text(lead, voice):
            return found
        head = next((one for one in voice.sentences if one.text == lead), None)
        block = [one for one in voice.sentences if head and one.block == head.block and one is not head]
        asked = [one.text for one in block if COVERS.search(one.text) or self._claim(one) is None]
        return next((found for text in reversed(asked) if (found := self._found(text, voice, only_marked=True))), None)

    def _numbered(self, claim: Claim, voice: Voice) -> Deadline | None:
        """Return the deadline of words that name a list's item by its number: "1 and 4 by Friday"."""
        items = list(dict.fromkeys(one.block for one in voice.sentences if one.shape in {"item", "open_box"}))
        if claim.sentence.shape == "prose":
            items = []
        elif claim.sentence.block not in items:
            return None
        asked = [] if items else [one.text for one in voice.sentences[:MAX_SENTENCES] if self._claim(one)]
        if not items and claim.sentence.text not in asked:
            return None
        number = items.index(claim.sentence.block) + 1 if items else asked.index(claim.sentence.text) + 1
        for sentence in voice.sentences[:MAX_SENTENCES]:
            if sentence.shape != "prose":
                continue
            for which, words in spoken_items(straight(sentence.text), len(items or asked)):
                if number in which and (found := self._found(words, voice)):
                    return found
        return None

    def _covering(self, claim: Claim, voice: Voice, patient: str | None, named: Named) -> Deadline | None:
        """Return the deadline of a sentence elsewhere that speaks of all that is asked, or of the one thing asked."""
        if claim.kind == "promise" or all(one is not claim.sentence for one in voice.sentences):
            return None
        is_only = self._claims(voice) <= 1
        is_later = False
        for sentence in voice.sentences[:MAX_SENTENCES]:
            is_later = is_later or sentence is claim.sentence
            if sentence is claim.sentence or sentence.shape != "prose":
                continue
            is_field = bool(sentence.cells)
            label = LABEL.match(sentence.text) if is_only or is_field else None
            said = sentence.cells[0][1] if is_field else sentence.text[label.end() if label else 0 :]
            if label and (found := self._found(f"by {said}", voice)):
                return found
            speaks = self._speaks(sentence, is_only=is_only, is_later=is_later)
            if not speaks or self._is_of_another(sentence, claim, voice):
                continue
            known = self._around.of(sentence, voice, patient, named)
            if found := self._found(sentence.text, voice, known, only_marked=True):
                return found
        return None

    def _speaks(self, sentence: Sentence, *, is_only: bool, is_later: bool) -> bool:
        """Say whether a sentence only speaks of what others ask; an order does of those before it."""
        text = straight(sentence.text)
        told = any(self._rules.first(kind, text) for kind in ("cancel", "condition", "promise", "boilerplate"))
        # "I'd love to tell them by Monday that it's done" is no report.
        if told or (self._rules.first("done", text) and not WISHES.search(text)):
            return False
        asks = self._claim(sentence)
        if asks and not (is_later and goes_on(asks)):
            return False
        return not any(True for _ in spoken_items(text, 1)) and bool(
            COVERS.search(text) or (is_only and REFERS.search(text))
        )

    def _is_of_another(self, sentence: Sentence, claim: Claim, voice: Voice) -> bool:
        """Say whether "those" are what the sentence before asks for, in a paragraph other than the claim's."""
        if sentence.paragraph == claim.sentence.paragraph or ALL.search(sentence.text):
            return False
        pairs = pairwise(voice.sentences)
        return any(b is sentence and a.paragraph == b.paragraph and self._claim(a) for a, b in pairs)

    def _claims(self, voice: Voice) -> int:
        """Return how many sentences of a voice ask something of their own."""
        if voice.place not in self._rivals:
            found = (self._claim(one) for one in voice.sentences[:MAX_SENTENCES])
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
                shared = len(words & stems(sentence.text, self._rules))
                is_about = shared > 1 or self._claims(voice) == 1 or (shared and RESTATES.search(text))
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
                near = [one.text for one in own.sentences[place : place + 2] if not AVAILABLE.search(one.text)]
                return next((found for text in near if (found := self.in_text(text, own))), None)
        return None

    def _of_letter(self, claim: Claim, voice: Voice) -> Deadline | None:
        """Return the deadline that an attached letter sets, where the claim points at it."""
        if not WINDOW.search(claim.sentence.text):
            return None
        prose, _ = self._around.attached
        known = Known(letter_day=self._around.letter_day(voice))
        return next((found for one in prose if (found := self._found(one.text, voice, known, only_marked=True))), None)

    def _of_row(self, row: Sentence, voice: Voice) -> Deadline | None:
        """Return when a row is due: by a rule for the whole table, its own cells, or the mail's deadline for all."""
        cell = event_cell(row)
        day = self.in_text(f"by {cell}", voice) if cell else None
        known = Known(events=((Event(ANY, day.due),),)) if day else NOTHING
        for sentence in voice.sentences[:MAX_SENTENCES] if day else ():
            plain = self.in_text(sentence.text, voice)
            if not plain and HANGS.search(sentence.text) and (found := self._found(sentence.text, voice, known)):
                return replace(found, words=fold(sentence.text))
        for cell in (*due_cells(row), *said_cells(row)):
            # A cell of a column "Due" needs no word that marks it.
            text, is_plain = (f"by {cell}", True) if cell in due_cells(row) else (cell, False)
            if found := self._found(text, voice, only_marked=not is_plain):
                return replace(found, words=cell)
        if voice.place not in self._row_names:
            self._row_names[voice.place] = frozenset().union(*(names(one) for one in voice.rows))
        others = self._row_names[voice.place] - names(row)
        near = [one for one in voice.sentences[:MAX_SENTENCES] if not speaks_of_another(one.text, row, others)]
        # "Also, send me a line on each by Thursday" asks for something else.
        near = [one for one in near if not ALSO.match(one.text)]
        said = (self._found(one.text, voice, only_marked=True) for one in near)
        if found := next((one for one in said if one), None):
            return found
        ends = ((cell, self._found(f"by {cell}", voice)) for cell in end_cells(row))
        return next((replace(found, words=cell) for cell, found in ends if found), None)
