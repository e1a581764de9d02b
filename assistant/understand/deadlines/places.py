"""A place's name in a text -> the zone its clocks are in: US states and cities, "Richmond, VA", "in Tucson"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from assistant.understand.deadlines.tokens import Tokens

_EASTERN: Final = "America/New_York"
_CENTRAL: Final = "America/Chicago"
_MOUNTAIN: Final = "America/Denver"
_ARIZONA: Final = "America/Phoenix"
_PACIFIC: Final = "America/Los_Angeles"
_ALASKA: Final = "America/Anchorage"
_HAWAII: Final = "Pacific/Honolulu"
_PUERTO_RICO: Final = "America/Puerto_Rico"
US_ZONES: Final = (_EASTERN, _CENTRAL, _MOUNTAIN, _PACIFIC, _ARIZONA, _ALASKA, _HAWAII, _PUERTO_RICO)

_BY_ZONE: Final = {
    "CT,DE,FL,GA,IN,KY,MA,MD,ME,MI,NC,NH,NJ,NY,OH,PA,RI,SC,VA,VT,WV,DC": _EASTERN,
    "AL,AR,IA,IL,KS,LA,MN,MO,MS,ND,NE,OK,SD,TN,TX,WI": _CENTRAL,
    "CO,ID,MT,NM,UT,WY": _MOUNTAIN,
    "CA,NV,OR,WA": _PACIFIC,
    "AZ": _ARIZONA,
    "AK": _ALASKA,
    "HI": _HAWAII,
    "PR": _PUERTO_RICO,
}
_STATES: Final = {state: zone for states, zone in _BY_ZONE.items() for state in states.split(",")}
"""By the zone that most of the state's people live in."""
_NAMES: Final[dict[str, str]] = {
    "connecticut,delaware,florida,georgia,indiana,kentucky,massachusetts,maryland,maine,michigan": _EASTERN,
    "north carolina,new hampshire,new jersey,new york,ohio,pennsylvania,rhode island": _EASTERN,
    "south carolina,vermont,west virginia,virginia": _EASTERN,
    "boston,philadelphia,pittsburgh,baltimore,atlanta,miami,orlando,tampa,jacksonville,charlotte,raleigh": _EASTERN,
    "richmond,cleveland,columbus,cincinnati,detroit,buffalo,brooklyn,manhattan,newark,hartford": _EASTERN,
    "indianapolis,louisville,knoxville,norfolk,savannah,charleston,albany,rochester,syracuse,ann arbor": _EASTERN,
    "alabama,arkansas,iowa,illinois,kansas,louisiana,minnesota,missouri,mississippi,north dakota": _CENTRAL,
    "nebraska,oklahoma,south dakota,tennessee,texas,wisconsin": _CENTRAL,
    "chicago,houston,dallas,fort worth,austin,san antonio,minneapolis,st paul,st louis,saint louis": _CENTRAL,
    "kansas city,milwaukee,memphis,nashville,new orleans,omaha,des moines,tulsa,oklahoma city,little rock": _CENTRAL,
    "birmingham,wichita,lubbock,mcallen,laredo,fargo,sioux falls,baton rouge": _CENTRAL,
    "colorado,idaho,montana,new mexico,utah,wyoming": _MOUNTAIN,
    "denver,salt lake city,albuquerque,santa fe,boise,billings,cheyenne,el paso": _MOUNTAIN,
    "colorado springs,fort collins": _MOUNTAIN,
    "arizona,phoenix,tucson,scottsdale,flagstaff,mesa": _ARIZONA,
    "california,nevada,oregon,washington state": _PACIFIC,
    "los angeles,san diego,san francisco,san jose,sacramento,fresno,oakland,seattle,tacoma,spokane": _PACIFIC,
    "las vegas,reno,long beach,bakersfield": _PACIFIC,
    "alaska,anchorage,fairbanks,juneau": _ALASKA,
    "hawaii,honolulu,maui,hilo": _HAWAII,
    "puerto rico,san juan": _PUERTO_RICO,
}
_PLACES: Final = {tuple(name.split()): zone for names, zone in _NAMES.items() for name in names.split(",")}
_STARTS: Final = frozenset(words[0] for words in _PLACES)
_LONGEST: Final = 3
_HERE: Final = re.compile(
    r"\b(?:i'm|i’m|i am|we're|we’re|we are|here|based|i work|we work|out of our|estamos|estoy|time(?: zone)?,? ?\()|"
    r"\bour [\w ,.]{0,40}(?:office|team|site|campus|branch|clinic|hub|desk|headquarters)\b",
    re.IGNORECASE,
)
"""What says that a place is the writer's own."""
# "Dr. Denver" and "Austin called" are people: these words stand before a place.
_LEADS: Final = frozenset({"in", "at", "our", "from", "near", "the", "en", "desde", "of", "to", ",", "(", "for"})
_BEHIND: Final = frozenset({"office", "time", "site", "campus", "branch", "clinic", "team", "hub", "desk", ",", "hq"})


@cache
def zone_named(name: str) -> tzinfo:
    return ZoneInfo(name)


def place_at(tokens: Tokens, place: int) -> tuple[int, tzinfo] | None:
    """Return the place behind a town's or state's name at `place`, and its zone; "Portland, ME" goes by its state."""
    if tokens.word(place) not in _STARTS and not tokens[place].raw[:1].isupper():
        return None
    for length in range(_LONGEST, 0, -1):
        words = tuple(tokens.word(place + step) for step in range(length))
        end = place + length
        state = _state_behind(tokens, end)
        if state and length == 1 and tokens[place].raw[:1].isupper():
            return state
        if words in _PLACES and tokens[place].raw[:1].isupper():
            return state or (end, zone_named(_PLACES[words]))
    return None


def _state_behind(tokens: Tokens, place: int) -> tuple[int, tzinfo] | None:
    """Read the ", VA" of "Richmond, VA": in capitals only, for "or" and "in" are words."""
    if tokens.word(place) != ",":
        return None
    raw = tokens[place + 1].raw
    return (place + 2, zone_named(_STATES[raw])) if raw in _STATES else None


def zone_in(texts: Iterable[str], *, signed: bool = False) -> tzinfo | None:
    """Return the zone of the first place that one of `texts` says its writer is in, None where none says so.

    In a signature (`signed`) any place is the writer's.
    """
    for text in texts:
        if not signed and not _HERE.search(text):
            continue
        tokens = Tokens(text)
        for step in range(len(tokens)):
            found = place_at(tokens, step)
            if found and (_is_place(tokens, step, found[0])):
                return found[1]
    return None


def _is_place(tokens: Tokens, start: int, end: int) -> bool:
    has_state = tokens.word(end - 2) == "," and tokens[end - 1].raw in _STATES
    return has_state or tokens.word(start - 1) in _LEADS or tokens.word(end) in _BEHIND


def zone_of_offset(moment: datetime, otherwise: tzinfo) -> tzinfo:
    """Return a zone of the United States with the offset of `moment`, `otherwise` where that has it as well.

    An offset alone cannot tell how clocks change: what is due behind the change needs a zone.
    """
    offset = moment.utcoffset()
    for zone in (otherwise, *map(zone_named, US_ZONES)):
        if _offset_in(moment, zone) == offset:
            return zone
    return moment.tzinfo or otherwise


def _offset_in(moment: datetime, zone: tzinfo) -> timedelta | None:
    try:
        return moment.astimezone(zone).utcoffset()
    except (OverflowError, ValueError):
        return None
