"""A claim in its mail -> the Finding: title, quote, deadline, owner, priority, patient."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.records import Address, Deadline, Finding, FindingKind, Message, Priority, ReadingContext
from assistant.understand.embedded.about import Patients
from assistant.understand.embedded.claims import Claim
from assistant.understand.embedded.dues import Dues
from assistant.understand.embedded.names import Roster
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
    "finished": "looks_done",
    "dropped": "looks_dropped",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What a finding's fields are read from."""

    message: Message
    """As much of the mail as is read."""
    is_whole: bool
    context: ReadingContext
    roster: Roster
    rules: Rules
    voices: tuple[Voice, ...]
    dues: Dues
    patients: Patients

    def finding(self, claim: Claim, voice: Voice, *, waiting: bool, certain: bool) -> Finding:
        sender = voice.sender(self.message)
        patient = self.patient(claim, voice)
        deadline = self.dues.of(claim, voice, patient, self.patients.in_text)
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
            patient=self.patients.in_text(closing.sentence.text),
            said_by=sender.email if sender else None,
            said_on=self._day(voice),
            engine=ENGINE,
            rule=closing.kind,
        )

    def patient(self, claim: Claim, voice: Voice) -> str | None:
        """Return who it is about."""
        return self.patients.of(claim, voice)

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
        if voice.said == "by_us" and voice.age and self.message.sender:
            return self.message.sender.email
        if voice.said == "by_us":
            return self.message.to[0].email if len(self.message.to) == 1 else None
        if claim.rule.name in {"they-will", "they-book", "are-sending"}:
            words = re.findall(r"\b[A-Z][\w-]{1,20}", claim.sentence.text)
            return next((named.email for word in words if (named := self.roster.named(word))), None)
        sender = voice.sender(self.message)
        return sender.email if sender else None

    def _around(self, sentence: Sentence, voice: Voice) -> list[str]:
        """Return the words that say how pressing a claim is: its own, a cry before it, what follows, the subject."""
        said = voice.sentences
        place = next((place for place, one in enumerate(said) if one is sentence), 0)
        cry = [said[place - 1].text] if place and len(said[place - 1].text.split()) <= MAX_CRY_WORDS else []
        subject = [] if voice.age else [self.message.subject]
        return [*subject, *cry, sentence.text, *(one.text for one in self.dues.after(sentence, voice))]

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
