"""A text and the moment it was written -> the times in it. Our own grammar, English and Spanish, in linear time.

* `tokens`: text -> words, numbers and marks
* `screening`: which texts, and which places in them, can hold a time at all
* `days`, `dates`, `clocks`, `lengths`, `spans`, `zones`: a subject each, tokens -> pieces
* `atoms`, `joining`: pieces -> phrases, what says one time together
* `resolving`: phrase, moment -> day or instant; these stay different things
* `relations`, `events`, `places`: what a time counts from, and by whose clocks
* `cues`, `requests`: what the words around a time make of it
* `candidates`, `choosing`: the times of a sentence, and which of them governs
* `search`: the questions below
"""

from assistant.understand.deadlines.candidates import FoundDate
from assistant.understand.deadlines.cues import Cue
from assistant.understand.deadlines.events import ANY, NOTHING, Event, Known
from assistant.understand.deadlines.places import zone_in
from assistant.understand.deadlines.search import (
    find_dates,
    find_deadline,
    find_events,
    find_letter_day,
    parse_when,
    resolve_point,
)

__all__ = [
    "ANY",
    "NOTHING",
    "Cue",
    "Event",
    "FoundDate",
    "Known",
    "find_dates",
    "find_deadline",
    "find_events",
    "find_letter_day",
    "parse_when",
    "resolve_point",
    "zone_in",
]
