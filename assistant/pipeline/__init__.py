"""START HERE: the way of a mail, in four occasions.

    collect()   new mail is fetched and committed, before anything else happens to it
    receive()   a committed mail is read: parse -> understand -> decide -> one transaction
    tick()      time passes: digests and escalations fall due
    deliver()   what waits in the outbox is sent

Each can be run alone, repeated, and killed at any point. `Parts` holds what is swappable: mailboxes, engines, the
courier, the clock. What an occasion is made of lies in `replies` (people's words to us), `sending` (a mail on its way)
and `health` (how the parts are).
"""

from assistant.pipeline.collect import collect
from assistant.pipeline.deliver import deliver
from assistant.pipeline.health.conditions import conditions, warnings
from assistant.pipeline.health.pulse import pulse
from assistant.pipeline.nightly import nightly
from assistant.pipeline.parts import Health, Parts
from assistant.pipeline.receive import receive
from assistant.pipeline.restored import recall
from assistant.pipeline.threads import summary_of
from assistant.pipeline.tick import digest, tick

__all__ = [
    "Health",
    "Parts",
    "collect",
    "conditions",
    "deliver",
    "digest",
    "nightly",
    "pulse",
    "recall",
    "receive",
    "summary_of",
    "tick",
    "warnings",
]
