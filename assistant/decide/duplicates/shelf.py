"""Open tasks -> those few that a finding may speak of, found by what they hold. Pure.

Every new request is compared with what stands open. Of ten thousand tasks, all but a handful name another patient, or
share no two words with it: these are never looked at, and none is left out that `compare` would not call "other".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from assistant.decide.duplicates.asked import asked
from assistant.decide.duplicates.compare import MUCH, weighty
from assistant.decide.duplicates.patients import name_words
from assistant.records import Finding, Person, Task

_Trait = tuple[str, object]
_THREADS = 20
"""Of those in which a task was asked for again, the newest: a daily mail may do so for years."""


class Shelf:
    """Open tasks, each found by its thread, its owner, its patient's names and its words; `looked_at` counts finds."""

    def __init__(self, tasks: Iterable[Task] = ()) -> None:
        self._tasks: dict[int, Task] = {}
        self._traits: dict[int, tuple[_Trait, ...]] = {}
        self._having: defaultdict[_Trait, set[int]] = defaultdict(set)
        self.looked_at = 0
        for task in tasks:
            self.put(task)

    def put(self, task: Task) -> None:
        """Keep the task as it is now; one that is settled goes."""
        self.remove(task.number)
        if task.state == "open":
            self._tasks[task.number] = task
            self._traits[task.number] = traits = tuple(dict.fromkeys(_traits(task)))
            for trait in traits:
                self._having[trait].add(task.number)

    def remove(self, number: int) -> None:
        self._tasks.pop(number, None)
        for trait in self._traits.pop(number, ()):
            having = self._having[trait]
            having.discard(number)
            if not having:
                del self._having[trait]

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All of them, by number."""
        return tuple(self._tasks[number] for number in sorted(self._tasks))

    def near(self, findings: Iterable[Finding], thread: str, coordinator: Person) -> tuple[Task, ...]:
        """Return all of the coordinator's tasks that one of the findings may be about, by number."""
        numbers = set(self._all_having(("thread", thread)))
        for finding in findings:
            numbers |= self._near(finding)
        self.looked_at += len(numbers)
        found = (self._tasks[number] for number in sorted(numbers))
        return tuple(task for task in found if coordinator.is_at(task.coordinator))

    def _near(self, finding: Finding) -> set[int]:
        if finding.kind == "away":
            return self._all_having(("owner", (finding.said_by or "").lower()))
        words = name_words(finding.patient or "")
        told = asked(finding.title, finding.quote, said_on=finding.said_on, names=())
        beside = "unnamed" if words else "any"
        traits: list[_Trait] = [(f"{beside} says", told.words)]
        for word in words:
            # An initial fits every name that begins with it, and a name its initial.
            traits += [("begins", word)] if len(word) == 1 else [("name", word), ("initial", word[0])]
        return self._all_having(*traits) | self._sharing([(f"{beside} word", one) for one in weighty(told.all_things)])

    def _sharing(self, traits: list[_Trait]) -> set[int]:
        """Return who has enough of the traits to be worth a question."""
        counts = Counter(number for trait in traits for number in self._having.get(trait, ()))
        return {number for number, count in counts.items() if count >= MUCH}

    def _all_having(self, *traits: _Trait) -> set[int]:
        return set().union(*(self._having.get(trait, ()) for trait in traits))


def _traits(task: Task) -> Iterator[_Trait]:
    yield "thread", task.thread
    for one in task.evidence[-_THREADS:]:
        yield "thread", one.asked.thread
    yield "owner", (task.owner or "").lower()
    names = name_words(task.patient or "")
    for word in names:
        yield "begins", word[0]
        yield "initial" if len(word) == 1 else "name", word
    # Names of people are no things in the end; here they only let a task be found once too often.
    told = asked(task.title, task.quote, said_on=task.said_on, names=())
    for beside in ("any",) if names else ("any", "unnamed"):
        yield f"{beside} says", told.words
        for word in weighty(told.all_things):
            yield f"{beside} word", word
