"""A finding, the open tasks -> the task that it asks for again, or the one that it may ask for again. Pure.

Joining two tasks that are one spares a line; joining two that are two loses one. So they are joined only where patient,
kind of action, object and day agree; where that is not plain, both stand, and the digest asks.
"""

from assistant.decide.duplicates.compare import Request, Verdict, compare
from assistant.decide.duplicates.match import Match, match, names_a_thing_of
from assistant.decide.duplicates.shelf import Shelf

__all__ = ["Match", "Request", "Shelf", "Verdict", "compare", "match", "names_a_thing_of"]
