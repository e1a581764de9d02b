"""Who reads a mail of ours, and when: what we call people and days to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.outbox.wording import day_words, harmless
from assistant.records import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    person: Person
    now: datetime
    names: Mapping[str, str] = field(default_factory=dict)
    """Address in lower case -> name, of those whom the reader knows by it."""

    @property
    def zone(self) -> ZoneInfo:
        return self.person.calendar.zone

    def name_of(self, email: str) -> str:
        """Return what to call somebody: by name whom we work for, else by address, which nobody can choose freely."""
        return harmless(self.names.get(email.casefold(), email))

    def day(self, day: date) -> str:
        return day_words(day, self.now.astimezone(self.zone).date())


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Where we work: what all mails name it, and the people in it."""

    organisation: str
    names: Mapping[str, str] = field(default_factory=dict)

    def reader(self, person: Person, now: datetime) -> Reader:
        return Reader(person=person, now=now, names=self.names)


def names_of(people: Iterable[Person]) -> dict[str, str]:
    """Return address -> name of people; two of one name are told apart by their addresses."""
    known = tuple(people)
    bearers = Counter(person.name.casefold() for person in known)
    return {
        address.casefold(): person.name
        for person in known
        if bearers[person.name.casefold()] == 1
        for address in (person.email, *person.aliases)
    }
