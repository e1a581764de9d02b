"""A claim in its mail -> the patient whom it is about: named with it, taken up by a surname, or the mail's subject."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from assistant.records import Message, ReadingContext
from assistant.understand.embedded.claims import Claim
from assistant.understand.embedded.names import Roster
from assistant.understand.embedded.patients import (
    CAP,
    FORM,
    SURE,
    NotPatients,
    mentions,
    pairs_in,
    patient_of_subject,
    surname,
)
from assistant.understand.embedded.rows import row_patient
from assistant.understand.embedded.rules import Rules
from assistant.understand.embedded.sentences import Sentence
from assistant.understand.embedded.voices import Voice

_ATTACHED_LINES = 40
_WORD = re.compile(r"[^\W\d_][\w'’-]{1,20}")
AT_END = re.compile(rf"\w, (?P<name>{CAP})$")
SURNAME = re.compile(rf"(?:^|(?:[Rr][Ee]|[Ff][Ww][Dd]?): ?|[–-] )(?P<name>{CAP})(?= [–+&/-]|,|$)")
"""In a subject: "Re: Kasprzak - who does what"."""
FIRST_OF_SUBJECT = re.compile(r"(?:(?:re|fwd?|rv|tr): ?){0,3}(?P<name>[^\W\d_]{4,20})(?= [\d/–-]|:|,|$)", re.IGNORECASE)
"""In a subject: "tolliver 3/30"."""
SIGNED = re.compile(
    rf"^(?P<name>(?:[A-Z]\. ?)?{CAP}(?: {CAP}){{0,2}})(?:,? (?:RN|MD|NP|PA|LCSW|MSW|DO|PharmD)\b.{{0,40}}|, [A-Z][\w "
    rf"&,]{{3,60}})?$"
)
ITEM_NAME = re.compile(
    rf"^(?:(?:(?:rm|room|bed|pt)\.? )?#?\d{{1,4}}[A-Z]?[ -]{{1,3}})?"
    rf"(?P<name>(?:M[rs]{{1,2}}\. )?{CAP}(?:,? (?:{CAP}|[A-Z]\.?))?)"
    r"(?= ?:| [-–—]{1,2} |-{2}| ?\()"
)
"""A list's item that begins with the patient: "305 Farrow - ride", "Farrow, J: EKG"."""
_LIST = 2
_LEAST = 3
"""Letters of a name by which a patient is taken up again."""


def _signed(voices: tuple[Voice, ...]) -> list[frozenset[str]]:
    """Return the names that sign the parts: "R. Teller, Release of Information"."""
    last = [one for voice in voices for one in voice.sentences[-3:] if one.shape == "prose" and one.paragraph]
    names = [found["name"] for one in last if (found := SIGNED.match(one.text))]
    return [frozenset(word.lower() for word in re.split(r"[ .]{1,2}", name) if word) for name in names]


class Patients:
    """Tells whom the claims of one mail are about."""

    def __init__(
        self, message: Message, context: ReadingContext, roster: Roster, rules: Rules, voices: tuple[Voice, ...]
    ) -> None:
        self._message = message
        self._voices = voices
        self._told: dict[str, tuple[tuple[int, str], ...]] = {}
        self._whom: dict[str, str | None] = {}
        self._pairs: dict[str, tuple[str, ...]] = {}
        self._lists: dict[tuple[int, int], dict[int, str]] = {}
        here = context.coordinator.email.partition("@")[2]
        senders = [message.sender, *message.to, *message.cc, *(part.sender for part in message.parts)]
        domains = {one.email.partition("@")[2].rpartition(".")[0] for one in senders if one}
        self.others = NotPatients(
            words=rules.words["no_name"] | rules.words["no_name_more"],
            people=(*roster.people, *_signed(voices)),
            staff=roster.people_at(here),
            firms=" ".join(sorted(domains)),
        )

    def of(self, claim: Claim, voice: Voice) -> str | None:
        """Return whom a claim is about; None where the mail names nobody."""
        if claim.kind == "row" and (named := row_patient(claim.sentence)):
            return named
        if claim.kind == "row":
            return self._of_row(claim.sentence)
        near = self._near(claim.sentence, voice)
        named = self._of_item(claim.sentence, voice) or (
            self._first(one.text for one in near)
            or patient_of_subject(self._message.subject, self.others)
            or self._form
            or self._of_subject(near)
            or self._only
            or self._pair(near)
        )
        if named or self._has_own(claim.sentence, voice):
            return named
        return (
            self._first(one.text for one in self._further(claim.sentence, voice))
            or self._pair([one for other in self._voices for one in other.sentences])
            or (max(self._known.values(), key=len) if len(self._known) == 1 else None)
            or self._surname
        )

    def _of_subject(self, near: list[Sentence]) -> str | None:
        """Return the name that opens the subject, in whatever case, and stands near the claim with a capital."""
        first = FIRST_OF_SUBJECT.match(self._message.subject)
        if first is None or self.others.has_word(first["name"]):
            return None
        name = first["name"].capitalize()
        is_told = any(re.search(rf"\b{re.escape(name)}\b", one.text) for one in near)
        return name if is_told and not self.others.has_person([name], is_titled=False) else None

    def _of_row(self, row: Sentence) -> str | None:
        """Return whom a row is about; another row's patient is not this one's."""
        cells = (found["name"] for _, cell in row.cells if (found := AT_END.search(cell)))
        own = next((name for name in cells if not self.others.has_word(name)), None)
        return self._first([row.text]) or own or patient_of_subject(self._message.subject, self.others) or self._form

    def _of_item(self, sentence: Sentence, voice: Voice) -> str | None:
        """Return the name that an item of a list begins with, where others of the list do too: "305 Farrow - ride"."""
        if sentence.shape == "prose":
            return None
        if sentence.person and self._may_be_patient(sentence.person):
            return sentence.person
        list_ = (voice.place, sentence.paragraph)
        if list_ not in self._lists:
            heads: dict[int, str] = {}
            for one in voice.sentences:
                if one.paragraph == sentence.paragraph and one.shape != "prose" and one.block not in heads:
                    found = ITEM_NAME.match(one.text)
                    heads[one.block] = found["name"] if found and self._may_be_patient(found["name"]) else ""
            is_list = sum(bool(name) for name in heads.values()) * 2 >= max(len(heads), _LIST)
            self._lists[list_] = heads if is_list else {}
        return self._lists[list_].get(sentence.block) or None

    def _may_be_patient(self, name: str) -> bool:
        is_person = self.others.has_person(re.findall(r"[\w'’-]+", name), is_titled=False)
        return not is_person and not any(self.others.has_word(word) for word in re.findall(r"[\w'’-]{2,}", name)[:1])

    def _has_own(self, sentence: Sentence, voice: Voice) -> bool:
        """Say whether a list gives its items each a patient: one that names none is about none of theirs."""
        items = [one for one in voice.sentences if one.lead == sentence.lead and one.block != sentence.block]
        return sentence.shape != "prose" and any(self._first([one.text]) for one in items)

    def in_text(self, text: str) -> str | None:
        """Return the patient whom a text names by itself."""
        return next((name for _, name in self._mentions(text)), None)

    def _mentions(self, text: str) -> tuple[tuple[int, str], ...]:
        if text not in self._told:
            self._told[text] = mentions(text, self.others)
        return self._told[text]

    def _first(self, texts: Iterable[str]) -> str | None:
        for text in texts:
            if text not in self._whom:
                self._whom[text] = self.in_text(text) or self._taken_up(text)
            if named := self._whom[text]:
                return named
        return None

    def _taken_up(self, text: str) -> str | None:
        """Return the patient named elsewhere whose surname stands here: "Boone runs first"."""
        for word in _WORD.findall(text):
            named = self._known.get(word.lower().removesuffix("'s").removesuffix("’s"))
            if named and word.lower() not in self.others.words:
                return named
        return None

    def _pair(self, near: list[Sentence]) -> str | None:
        return next((name for one in near for name in self._pairs_in(one.text)), None)

    def _pairs_in(self, text: str) -> tuple[str, ...]:
        if text not in self._pairs:
            self._pairs[text] = tuple(pairs_in(text, self.others))
        return self._pairs[text]

    def _further(self, sentence: Sentence, voice: Voice) -> list[Sentence]:
        """Return the other sentences of a voice, the nearest above first, then those below, then other voices."""
        said = voice.sentences
        place = next((place for place, one in enumerate(said) if one is sentence), len(said))
        rest = [one for other in self._voices if other is not voice for one in other.sentences]
        return [*reversed(said[:place]), *said[place:], *rest]

    def _near(self, sentence: Sentence, voice: Voice) -> list[Sentence]:
        """Return the sentences that tell whom a claim is about, the likeliest first."""
        said = voice.sentences
        place = next((place for place, one in enumerate(said) if one is sentence), None)
        if place is None:
            return [sentence]
        block = [one for one in said if one.block == sentence.block and one is not sentence]
        if sentence.shape != "prose":
            return [sentence, *block, *(one for one in said if one.text == sentence.lead)]
        above = [one for one in reversed(said[:place]) if one.paragraph == sentence.paragraph]
        return [sentence, *above, *block, *(self._quoted_above(voice) if sentence.paragraph == 0 else [])]

    def _quoted_above(self, voice: Voice) -> list[Sentence]:
        """Return the quoted lines that an answer below them speaks of."""
        above = next((one for one in self._voices if one.place == voice.place - 1 and one.age > voice.age), None)
        if voice.age or above is None or not above.sentences:
            return []
        return [one for one in above.sentences if one.block == above.sentences[-1].block]

    @cached_property
    def _texts(self) -> list[str]:
        texts = [self._message.subject]
        texts += [one.text for voice in self._voices for one in (*voice.sentences, *voice.rows)]
        for part in self._message.attachments:
            texts += (part.text or "").split("\n")[:_ATTACHED_LINES]
        return texts

    @cached_property
    def _named(self) -> list[str]:
        return [name for text in self._texts if (name := self.in_text(text))]

    @cached_property
    def _form(self) -> str | None:
        """The one patient whom the mail's form names: "Patient: Joan Dow"."""
        found = {name for text in self._texts for place, name in self._mentions(text) if place in FORM}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _known(self) -> dict[str, str]:
        """Whoever the mail names as a patient, by surname; the fullest way of writing it."""
        known: dict[str, str] = {}
        about = self._message.subject.lower()
        every = [name for text in self._texts for place, name in self._mentions(text) if place in SURE]
        # A pair of capitalised words of which the subject holds one.
        every += [
            name
            for text in self._texts
            for name in self._pairs_in(text)
            if any(len(word) >= _LEAST and word.lower() in about for word in name.split())
        ]
        every += [cell for voice in self._voices for row in voice.rows if (cell := row_patient(row))]
        for name in every:
            key = surname(name)
            if len(key) >= _LEAST and len(name) > len(known.get(key, "")):
                known[key] = name
        return known

    @cached_property
    def _surname(self) -> str | None:
        """The bare surname in the subject; a last resort."""
        for found in SURNAME.finditer(self._message.subject):
            name = found["name"]
            if not self.others.has_word(name) and not self.others.has_person([name], is_titled=False):
                return name
        return None

    @cached_property
    def _only(self) -> str | None:
        """The one patient of the whole mail; None where it names several or none."""
        if self._named and len({surname(name) for name in self._named}) == 1:
            return max(self._named, key=len)
        return None
