"""Config -> the people in it, with their calendars."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from assistant.config.settings import WEEKDAYS, Config, Organisation, PersonSettings
from assistant.errors import ConfigError
from assistant.records import Calendar, Person


@lru_cache(maxsize=8)
def people(config: Config, year: int) -> tuple[Person, ...]:
    """Return everybody the assistant works for, with the days off around `year`."""
    free = days_off(config.organisation, year)
    stands_in_for = {
        one.email: frozenset(other.email for other in config.people if one.email in {other.backup, other.supervisor})
        for one in config.people
    }
    return tuple(_person(one, config.organisation, free, stands_in_for[one.email]) for one in config.people)


def _person(
    person: PersonSettings, organisation: Organisation, free: frozenset[date], stands_in_for: frozenset[str]
) -> Person:
    return Person(
        email=person.email,
        name=person.name,
        aliases=frozenset(person.aliases),
        calendar=Calendar(
            zone=ZoneInfo(person.timezone or organisation.timezone),
            workdays=frozenset(WEEKDAYS.index(day) for day in person.workdays),
            day_starts=person.workday[0],
            day_ends=person.workday[1],
            holidays=free,
        ),
        language=person.language,
        digest_at=person.digest_at,
        quiet_from=person.quiet[0],
        quiet_until=person.quiet[1],
        backup=person.backup,
        supervisor=person.supervisor,
        disclosure=person.disclosure,
        stands_in_for=stands_in_for,
    )


def days_off(organisation: Organisation, year: int) -> frozenset[date]:
    """Public holidays from last year to two years on, and the organisation's own days."""
    public: set[date] = set()
    if organisation.holidays:
        country, _, subdivision = organisation.holidays.partition("-")
        years = range(year - 1, year + 3)
        try:
            public = set(holidays.country_holidays(country, subdiv=subdivision or None, years=years))
        except NotImplementedError as error:
            raise ConfigError(
                "organisation.holidays", f'{organisation.holidays!r} is not known; write a country as "US" or "US-CA"'
            ) from error
    return frozenset((public | set(organisation.days_off)) - set(organisation.days_on))
