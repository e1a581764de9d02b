"""What a language model makes of labelled mails: asked plainly for the whole mail, and as the product's reader asks it.

python -m tests.bench.models --mails DIR --base-url URL --model NAME [--limit N] [--keep FILE] [--reader-only]

    --limit N      only the first N mails
    --keep FILE    the plain answers of earlier runs, a JSON object a line; what is missing is asked for and added
    --reader-only  leave the plain calls out: they take most of the time
    --missed       also list what the rules alone miss, and whether the model finds it

The plain call is a short instruction, the whole mail, and a list of tasks as JSON; what it says is taken as it is. The
reader is the product's: rules and model together.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import json_repair
import structlog

from assistant.config import ModelSettings
from assistant.errors import ModelUnavailableError
from assistant.parse import parse
from assistant.records import Message, Person, Reading, ReadingContext
from assistant.understand import Reader
from assistant.understand.llm.endpoint import Endpoint, TooLongError
from assistant.understand.llm.prompt import Turn
from tests.bench.predict import _spooled, _tasks, open_chosen, person_of
from tests.bench.score import Tally, pair

Row = dict[str, Any]
_TIMEOUT_S = 600
_INSTRUCTION = (
    "You read an email to the medical coordinator {name} <{email}>. List the open tasks that it asks of the "
    'coordinator or that the coordinator has to follow up, as JSON: {{"tasks": [{{"title", "quote", "due", "owner", '
    '"priority", "patient"}}]}}. "quote": words of the email that ask for it. "due": ISO date, or date and time, '
    'or null. "owner": email address of who does it. "priority": critical, high or normal. "patient": name or null. '
    'If there is none, answer {{"tasks": []}}.'
)
_TEXT: Row = {"type": ["string", "null"]}
_FIELDS = ("title", "quote", "due", "owner", "priority", "patient")
_SCHEMA: Row = {
    "type": "object",
    "properties": {
        "tasks": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": dict.fromkeys(_FIELDS, _TEXT),
                "required": list(_FIELDS),
                "additionalProperties": False,
            },
        }
    },
    "required": ["tasks"],
    "additionalProperties": False,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mails", type=Path, required=True)
    parser.add_argument("--base-url", default="http://127.0.0.1:8099/v1")
    parser.add_argument("--model", default="local")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--reader-only", action="store_true")
    parser.add_argument("--missed", action="store_true")
    chosen = parser.parse_args()
    # What was dropped and why is for operators; here it would stand between the figures.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    settings = ModelSettings(base_url=chosen.base_url, model=chosen.model, timeout_s=_TIMEOUT_S)
    bench = Bench(settings, None if chosen.reader_only else PlainAsker(settings, chosen.keep))
    for path in sorted(chosen.mails.glob("*.eml"))[: chosen.limit]:
        bench.add(path)
        print(f"{path.stem}: {bench.plain.last} | {bench.ours.last}", file=sys.stderr, flush=True)
    for line in bench.report(is_told=chosen.missed):
        print(line)


@dataclass
class Side:
    """One way of reading, over all mails."""

    tally: Tally = field(default_factory=Tally)
    tokens: int = 0
    seconds: float = 0.0
    last: str = ""

    def add(self, case: Row, rows: Sequence[Row], tokens: int, seconds: float) -> None:
        self.tally.add(case, rows)
        self.tokens += tokens
        self.seconds += seconds
        self.last = f"{tokens} tokens, {seconds:.1f} s"


class Metered:
    """A reader that keeps its last reading."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.last: Reading | None = None

    def read(self, message: Message, context: ReadingContext) -> Reading:
        self.last = self._reader.read(message, context)
        return self.last


class Bench:
    """Both ways over the same mails."""

    def __init__(self, settings: ModelSettings, asker: PlainAsker | None) -> None:
        self.plain, self.ours, self.alone = Side(), Side(), Side()
        self.possible = 0
        self.missed: list[str] = []
        self.missed_found = 0
        self._asker = asker
        self._reader = Metered(open_chosen("llm", settings.base_url, settings.model))
        self._rules = Metered(open_chosen("embedded", "", ""))

    def add(self, path: Path) -> None:
        case = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        person = person_of(case)
        message = parse(_spooled(path, datetime.fromisoformat(case["now"])))
        if self._asker:
            answer = self._asker.ask(case["id"], message, person)
            self.plain.add(case, list(_plain_rows(answer["text"], person)), answer["tokens"], answer["seconds"])
        alone = list(_tasks(path, person, case["now"], self._rules))  # type: ignore[arg-type]
        self.alone.add(case, alone, 0, 0)
        started = time.monotonic()
        rows = list(_tasks(path, person, case["now"], self._reader))  # type: ignore[arg-type]
        seconds = time.monotonic() - started
        reading = self._reader.last
        self.ours.add(case, rows, reading.tokens_in + reading.tokens_out if reading else 0, seconds)
        self.possible += sum(row["state"] != "open" for row in rows)
        self._count_missed(case, alone, rows)

    def _count_missed(self, case: Row, alone: Sequence[Row], rows: Sequence[Row]) -> None:
        """What the rules say nothing of, and what of that the model shows."""
        wanted = [task for task in case["tasks"] if task.get("state", "open") == "open"]
        known, shown = ({right for _, right in pair(said, wanted)} for said in (alone, rows))
        for place, task in enumerate(wanted):
            if place not in known:
                self.missed.append(f"{case['id']}: {'found' if place in shown else 'lost'} {task['quote'][:90]!r}")
                self.missed_found += place in shown

    def report(self, *, is_told: bool) -> Iterator[str]:
        mails = self.ours.tally.counts["mails"]
        columns = (self.plain.tally.figures(), self.ours.tally.figures(), self.alone.tally.figures())
        yield f"| {mails} mails | plain call | reader with model | rules alone |\n|---|---|---|---|"
        for name in columns[0]:
            yield f"| {name} | " + " | ".join(_shown(one[name]) for one in columns) + " |"
        a_mail = [side.tokens / max(1, mails) for side in (self.plain, self.ours)]
        yield f"| tokens a mail (in and out) | {a_mail[0]:.0f} | {a_mail[1]:.0f} | 0 |"
        if a_mail[0]:
            yield f"| tokens against the plain call | 1 | {a_mail[1] / a_mail[0]:.2f} | 0 |"
        yield f"| seconds a mail | {self.plain.seconds / mails:.1f} | {self.ours.seconds / mails:.1f} | |"
        yield f"| shown under 'needs a look' a mail | - | {self.possible / mails:.2f} | |"
        yield f"| missed by the rules, shown with the model | - | {self.missed_found} of {len(self.missed)} | - |"
        if is_told:
            yield from self.missed


class PlainAsker:
    """Asks one plain question a mail, and keeps the answers."""

    def __init__(self, settings: ModelSettings, keep: Path | None) -> None:
        self._endpoint = Endpoint(settings, None)
        self._keep = keep
        lines = keep.read_text(encoding="utf-8").splitlines() if keep and keep.exists() else []
        self._kept: dict[str, Row] = {row["id"]: row for row in map(json.loads, lines)}

    def ask(self, name: str, message: Message, person: Person) -> Row:
        if name not in self._kept:
            self._kept[name] = self._asked(name, message, person)
            if self._keep:
                with self._keep.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(self._kept[name]) + "\n")
        return self._kept[name]

    def _asked(self, name: str, message: Message, person: Person) -> Row:
        turns = (
            Turn(role="system", text=_INSTRUCTION.format(name=person.name, email=person.email)),
            Turn(role="user", text=_whole(message)),
        )
        started = time.monotonic()
        try:
            reply = self._endpoint.ask(turns, name="tasks", schema=_SCHEMA)
        except (ModelUnavailableError, TooLongError) as error:
            print(f"{name}: {error}", file=sys.stderr)
            return {"id": name, "text": "", "tokens": 0, "seconds": time.monotonic() - started}
        seconds = time.monotonic() - started
        return {"id": name, "text": reply.text, "tokens": reply.tokens_in + reply.tokens_out, "seconds": seconds}


def _whole(message: Message) -> str:
    sender = f"{message.sender.name} <{message.sender.email}>" if message.sender else "unknown"
    to = ", ".join(f"{one.name} <{one.email}>" for one in message.to)
    head = f"From: {sender}\nTo: {to}\nDate: {message.sent_at:%A, %d %B %Y %H:%M %z}\nSubject: {message.subject}"
    return f"{head}\n\n{message.text}"


def _plain_rows(text: str, person: Person) -> Iterator[Row]:
    """The tasks as the model gives them; an owner that is somebody else makes one that is waited for."""
    answer = json_repair.loads(text) if text else {}
    items = answer.get("tasks") if isinstance(answer, dict) else answer
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        said = {name: None if item.get(name) is None else str(item[name]) for name in _FIELDS}
        mine = not said["owner"] or person.is_at(said["owner"])
        yield {**said, "due": _due(said["due"], person), "direction": "mine" if mine else "waiting", "state": "open"}


def _due(text: str | None, person: Person) -> str | None:
    """An ISO date or moment; a moment without an offset is the coordinator's."""
    try:
        if text and len(text) == len("2026-03-10"):
            return date.fromisoformat(text).isoformat()
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=person.calendar.zone)).isoformat()


def _shown(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.2f}"


if __name__ == "__main__":
    main()
