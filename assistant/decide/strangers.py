"""Who wrote -> whether we know them; tasks that strangers' mails opened -> those that are too many. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from assistant.records import Task

_ANYBODYS = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com"),
        *("aol.com", "icloud.com", "me.com", "mac.com", "proton.me", "protonmail.com", "gmx.com", "gmx.net"),
        *("mail.com", "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "cox.net", "charter.net", "zoho.com"),
    }
)
"""Domains where anybody may have an address: who is there is not one of us for that."""
_OF_ONE_MAIL = 4
"""Tasks that one mail may well ask for."""


def named_among(emails: Iterable[str], ours: Iterable[str], named: Iterable[str]) -> frozenset[str]:
    """Return the addresses that are one of ours, in the house of one of ours, or named in the settings.

    >>> sorted(named_among(["Lab@clinic.example", "eve@other.example"], ["dana@clinic.example"], []))
    ['Lab@clinic.example']
    >>> sorted(named_among(["eve@gmail.com", "eve@lab.example"], ["dana@gmail.com"], ["lab.example"]))
    ['eve@lab.example']
    """
    known = {one.lower() for one in ours}
    houses = {one.rpartition("@")[2] for one in known} - _ANYBODYS
    wanted = {one.lower().removeprefix("@") for one in named}
    whole, hosts, found = known | wanted, houses | wanted, set[str]()
    for email in emails:
        local, _, host = email.lower().rpartition("@")
        if local and (email.lower() in whole or host in hosts):
            found.add(email)
    return frozenset(found)


def crowd(tasks: Iterable[Task], *, most: int, most_each: int, knows: Callable[[str], bool]) -> frozenset[int]:
    """Return the numbers of the tasks that strangers opened in such numbers that none of them may press.

    A day on which more of their mails came to one list than `most`, or more than `most_each` of one sender, was a
    flood: which of them are real only a person can tell. A task that a person has touched is none of them.
    """
    found = [(task, _of(task)) for task in unvouched(tasks, knows)]
    by_sender = _Tally((key, task) for task, key in found)
    in_all = _Tally(((whose, day), task) for task, (whose, _sender, day) in found)
    return frozenset(
        task.number for task, key in found if by_sender.count(key) > most_each or in_all.count((key[0], key[2])) > most
    )


def unvouched(tasks: Iterable[Task], knows: Callable[[str], bool]) -> list[Task]:
    """Return the tasks for which strangers alone ask, whom we still do not know, and that no person has touched.

    Who says the same before somebody we know does must not hide what they ask.
    """
    found = [(task, _strangers_of(task)) for task in tasks if _is_strangers(task)]
    met = {sender: knows(sender) for sender in {sender for _task, senders in found for sender in senders}}
    return [task for task, senders in found if not any(met[sender] for sender in senders)]


def yielding(
    tasks: Iterable[Task], urgency: Callable[[Task], Any], knows: Callable[[str], bool], *, but: int
) -> frozenset[int]:
    """Return the numbers of strangers' tasks that stand back: on each list all but the `but` that are most urgent.

    What somebody unknown calls urgent may well be true; it must neither bury what known people ask, nor wake anybody
    but who has the list.
    """
    lists: dict[str, list[Task]] = {}
    for task in unvouched(tasks, knows):
        lists.setdefault(task.coordinator, []).append(task)
    return frozenset(task.number for found in lists.values() for task in sorted(found, key=urgency)[but:])


class _Tally:
    """How many mails there are under each key; one that asks for very much counts as several."""

    def __init__(self, tasks: Iterable[tuple[object, Task]]) -> None:
        self._mails: dict[object, set[str]] = {}
        self._tasks: Counter[object] = Counter()
        for key, task in tasks:
            self._mails.setdefault(key, set()).add(task.source)
            self._tasks[key] += 1

    def count(self, key: object) -> int:
        return max(len(self._mails[key]), self._tasks[key] // _OF_ONE_MAIL)


def _is_strangers(task: Task) -> bool:
    by_strangers = task.stranger is not None and all(one.asked.stranger is not None for one in task.evidence)
    return by_strangers and task.state == "open" and task.changed_by == "assistant"


def _strangers_of(task: Task) -> frozenset[str]:
    """Return the senders of all mails that ask for a task of strangers."""
    asking = (task.stranger, *(one.asked.stranger for one in task.evidence))
    return frozenset(one.email for one in asking if one is not None)


def _of(task: Task) -> tuple[str, str, date]:
    assert task.stranger is not None
    return task.coordinator, task.stranger.email, task.stranger.came_at.date()
