"""A claim in its mail -> the Finding: title, quote, deadline, owner, priority, patient."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.records import Address, Deadline, Finding, FindingKind, Message, Priority, ReadingContext
from assistant.understand.embedded.claims import Claim
from assistant.understand.embedded.dues import Dues
from assistant.understand.embedded.names import Roster
from assistant.understand.embedded.patients import NotPatients, patient_guess, patient_in, patient_of_subject
from assistant.understand.embedded.rows import row_patient
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.sentences import Sentence, fold
from assistant.understand.embedded.thread import Closing, ClosingKind
from assistant.understand.embedded.titles import MAX, title_of
from assistant.understand.embedded.voices import Voice

ENGINE = "embedded"
MAX_CRY_WORDS = 3
"""Of a sentence like "URGENT!!!"."""
LOOKS: dict[ClosingKind, FindingKind] = {
    "done": "looks_done",
    "settled": "looks_done",
    "cancel": "looks_dropped",
    "moved": "looks_moved",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What a finding's fields are read from."""

    message: Message
    context: ReadingContext
    roster: Roster
    rules: Rules
    voices: tuple[Voice, ...]
    dues: Dues

    def finding(self, claim: Claim, voice: Voice, *, waiting: bool, certain: bool) -> Finding:
        sender = voice.sender(self.message)
        patient = self.patient(claim, voice)
        deadline = self.dues.of(claim, voice, patient, lambda text: patient_in(text, self._not_patients))
        return Finding(
            kind="task",
            title=title_of(
                claim,
                due_words=deadline.words if deadline and claim.kind != "row" else None,
                patient=patient,
                sender=self._name(sender) if voice.said != "by_us" else "",
            ),
            quote=fold(claim.quote or claim.sentence.text),
            deadline=deadline,
            owner=self._owner(claim, voice, waiting=waiting),
            waiting=waiting,
            priority=self.priority(claim, voice, deadline),
            patient=patient,
            said_by=sender.email if sender else None,
            said_on=self._day(voice),
            engine=ENGINE,
            rule=claim.rule.name,
            certain=certain,
        )

    def mark(self, closing: Closing, voice: Voice, closed: Claim | None) -> Finding:
        """Return the finding that an earlier task looks done, dropped or moved; `closed` is its request."""
        sender = voice.sender(self.message)
        kind = LOOKS[closing.kind]
        return Finding(
            kind=kind,
            title=fold(closed.what if closed else closing.sentence.text)[:MAX].strip(),
            quote=fold(closing.sentence.text),
            deadline=self.dues.in_text(closing.sentence.text, voice) if kind == "looks_moved" else None,
            patient=patient_in(closing.sentence.text, self._not_patients),
            said_by=sender.email if sender else None,
            said_on=self._day(voice),
            engine=ENGINE,
            rule=closing.kind,
        )

    def patient(self, claim: Claim, voice: Voice) -> str | None:
        """Return who it is about: named in the sentence, next to it, in the subject, or the only one in the mail."""
        if claim.kind == "row" and (named := row_patient(claim.sentence)):
            return named
        others = self._not_patients
        for sentence in self._near(claim.sentence, voice):
            if named := patient_in(sentence.text, others):
                return named
        return (
            patient_of_subject(self.message.subject, others)
            or self._only_patient()
            or patient_guess([one.text for one in self._near(claim.sentence, voice)], others)
        )

    def priority(self, claim: Claim, voice: Voice, deadline: Deadline | None) -> Priority:
        calendar = self.context.calendar
        day = voice.sent_at(self.message).astimezone(calendar.zone).date()
        is_now = deadline is None or deadline.local_day(calendar) <= day
        near = straight(" ".join(self._around(claim.sentence, voice)))
        said = straight(" ".join([self.message.subject, *(one.text for one in voice.sentences)]))
        is_critical = self.rules.first("critical", near) or self.rules.first("critical", said)
        if is_critical and is_now:
            return "critical"
        if is_critical or self.rules.first("high", near) or (deadline is not None and is_now):
            return "high"
        return "normal"

    def _owner(self, claim: Claim, voice: Voice, *, waiting: bool) -> str | None:
        if not waiting:
            return self.context.coordinator.email
        if voice.said == "by_us":
            return self.message.to[0].email if len(self.message.to) == 1 else None
        if claim.rule.name == "they-will":
            words = re.findall(r"\b[A-Z][\w-]{1,20}", claim.sentence.text)
            return next((named.email for word in words if (named := self.roster.named(word))), None)
        sender = voice.sender(self.message)
        return sender.email if sender else None

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
        above = next((one for one in self.voices if one.place == voice.place - 1 and one.age > voice.age), None)
        if voice.age or above is None or not above.sentences:
            return []
        return [one for one in above.sentences if one.block == above.sentences[-1].block]

    def _around(self, sentence: Sentence, voice: Voice) -> list[str]:
        """Return the words that say how pressing a claim is: its own, a cry before it, what follows, the subject."""
        said = voice.sentences
        place = next((place for place, one in enumerate(said) if one is sentence), 0)
        cry = [said[place - 1].text] if place and len(said[place - 1].text.split()) <= MAX_CRY_WORDS else []
        subject = [] if voice.age else [self.message.subject]
        return [*subject, *cry, sentence.text, *(one.text for one in self.dues.after(sentence, voice))]

    def _only_patient(self) -> str | None:
        """Return the one patient of the whole mail; None where it names several or none."""
        others = self._not_patients
        texts = [one.text for voice in self.voices for one in voice.sentences]
        texts += [one.text for voice in self.voices for one in voice.rows]
        texts += [line for part in self.message.attachments if part.text for line in part.text.split("\n")[:40]]
        named = [name for text in texts if (name := patient_in(text, others))]
        if named and len({name.split(",")[0].split()[-1].lower() for name in named}) == 1:
            return max(named, key=len)
        return None

    @property
    def _not_patients(self) -> NotPatients:
        return NotPatients(words=self.rules.words["no_name"], people=self.roster.people)

    def _name(self, sender: Address | None) -> str:
        if sender is None:
            return ""
        name = sender.name
        if "," in name:
            last, _, first = name.partition(",")
            first = first.strip().split(" ")[0]
            name = last if first.isupper() or not first else f"{first} {last}"
        return (
            re.sub(r"\s(?:MD|RN|NP|PA-C|DO|DDS|PharmD|LCSW|PhD|MSc|CRNA)\b.*$", "", name).strip()
            or sender.email.partition("@")[0]
        )

    def _day(self, voice: Voice) -> date | None:
        if voice.age and voice.part.sent_at is None:
            return None
        return voice.sent_at(self.message).astimezone(self.context.calendar.zone).date()
