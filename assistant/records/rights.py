"""Who may do what with a task: a set of rights for each role that a person can have towards it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Right = Literal[
    "see", "suggest", "note", "ack", "done", "reopen", "snooze", "due", "assign", "drop", "priority", "split"
]
"""`see`: it is told of in answers to questions; `suggest`: what they ask is put to somebody who may do it."""
TaskRole = Literal["owner", "requester", "backup", "supervisor", "others"]
"""`owner`: has it, or it stands on their list; `others`: known to us, and none of these."""
EVERY_RIGHT: tuple[Right, ...] = get_args(Right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What each role may do; who has several roles has the rights of all of them."""

    owner: frozenset[Right] = frozenset(EVERY_RIGHT)
    requester: frozenset[Right] = frozenset({"see", "suggest", "note"})
    backup: frozenset[Right] = frozenset(EVERY_RIGHT)
    supervisor: frozenset[Right] = frozenset(EVERY_RIGHT)
    others: frozenset[Right] = frozenset({"suggest"})

    def of(self, roles: frozenset[TaskRole]) -> frozenset[Right]:
        """Return what somebody may do who has these roles.

        >>> sorted(Rights().of(frozenset({"requester", "others"})))
        ['note', 'see', 'suggest']
        """
        table: dict[TaskRole, frozenset[Right]] = {
            "owner": self.owner,
            "requester": self.requester,
            "backup": self.backup,
            "supervisor": self.supervisor,
            "others": self.others,
        }
        return frozenset().union(*(table[role] for role in roles))
