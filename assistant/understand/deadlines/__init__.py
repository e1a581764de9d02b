"""A text and the moment it was written -> the times in it. Our own grammar, English and Spanish, in linear time.

* `tokens`: text -> words, numbers and marks
* `days`, `dates`, `clocks`, `lengths`, `spans`, `zones`: a subject each, tokens -> pieces
* `atoms`, `joining`: pieces -> phrases, what says one time together
* `resolving`: phrase, moment -> day or instant; these stay different things
* `cues`, `requests`: what the words around a time make of it
* `search`: the four questions below
"""

from assistant.understand.deadlines.cues import Cue
from assistant.understand.deadlines.search import FoundDate, find_dates, find_deadline, parse_when, resolve_point

__all__ = ["Cue", "FoundDate", "find_dates", "find_deadline", "parse_when", "resolve_point"]
