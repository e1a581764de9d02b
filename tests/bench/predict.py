"""What the product's own code says of labelled material, a JSON object a line.

python -m tests.bench.predict KIND PATH [--engine embedded|llm] [--base-url URL --model NAME]

    mails DIR        *.eml with *.json beside it   -> {id, tasks: [{title, quote, due, owner, direction, ...}]}
    replies FILE     a reply a line                -> {id, ops, ask}
    sentences FILE   {text}                        -> {label}: whether it asks for something
    deadlines FILE   {text, reference_datetime, day_first} -> {due}
    own-words FILE   {text}                        -> {reply}: the writer's own words
    automatic DIR    mails                         -> {file, automatic}
    parse DIR        mails                         -> {file, ok, covered}

Of a labelled mail only the coordinator and `now` are read, of a labelled reply only what the assistant would know.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from assistant.config import ModelSettings, Organisation, material
from assistant.config.people import days_off
from assistant.config.settings import WEEKDAYS
from assistant.decide.commands import Operation, ReplyContext, read_reply
from assistant.decide.tasks import MailContext, judge
from assistant.errors import UnreadableMailError
from assistant.ledger.fold import fold
from assistant.parse import content_key, covers, own_words, own_words_in_place, parse
from assistant.records import Calendar, Deadline, Person, ReadingContext, SentMail, SpooledMail, Task
from assistant.understand import Reader, open_reader
from assistant.understand.deadlines import parse_when, resolve_point
from assistant.understand.embedded import EmbeddedEngine

Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("path", type=Path)
    parser.add_argument("--engine", choices=["embedded", "llm"], default="embedded")
    parser.add_argument("--base-url", default=os.environ.get("ASSISTANT_MODEL_URL", "http://127.0.0.1:8099/v1"))
    parser.add_argument("--model", default=os.environ.get("ASSISTANT_MODEL", "local"))
    chosen = parser.parse_args()
    for row in KINDS[chosen.kind](chosen.path, open_chosen(chosen.engine, chosen.base_url, chosen.model)):
        print(json.dumps(row, ensure_ascii=False))


def open_chosen(engine: str, base_url: str, model: str) -> Reader:
    settings = ModelSettings(base_url=base_url, model=model, timeout_s=600) if engine == "llm" else ModelSettings()
    return open_reader(settings, api_key=None, prompts=material("prompts"), rules=material("rules") / "extract")


def mails(folder: Path, reader: Reader) -> Iterator[Row]:
    for path in sorted(folder.glob("*.eml")):
        case = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        yield {"id": case["id"], "tasks": list(_tasks(path, person_of(case), case["now"], reader))}


def _tasks(path: Path, person: Person, now: str, reader: Reader) -> Iterator[Row]:
    message = parse(_spooled(path, datetime.fromisoformat(now)))
    reading = reader.read(message, ReadingContext(coordinator=person, people=(person,)))
    context = MailContext(
        coordinator=person,
        thread=message.key,
        thread_tasks=(),
        next_number=1,
        has_effect=lambda _effect: False,
        now=message.received_at,
    )
    for event in judge(message, reading, context).events:
        task = fold([event])
        if task is not None:
            yield _task(task)


def _task(task: Task) -> Row:
    return {
        "title": task.title,
        "quote": task.quote,
        "due": _iso(task.deadline),
        "owner": task.owner,
        "direction": "waiting" if task.waiting else "mine",
        "priority": task.priority,
        "patient": task.patient,
        "state": "open" if task.certain else "possible",
    }


def _iso(deadline: Deadline | None) -> str | None:
    return deadline.due.isoformat() if deadline else None


def person_of(case: Row) -> Person:
    """Return the coordinator of a labelled mail."""
    return _coordinator(case["coordinator"], datetime.fromisoformat(case["now"]))


def _coordinator(row: Row, now: datetime) -> Person:
    starts, ends = (time.fromisoformat(text) for text in row["workday"])
    calendar = Calendar(
        zone=ZoneInfo(row["timezone"]),
        workdays=frozenset(WEEKDAYS.index(day) for day in row["workdays"]),
        day_starts=starts,
        day_ends=ends,
        holidays=days_off(Organisation(), now.year),
    )
    return Person(email=row["email"].lower(), name=row["name"], calendar=calendar)


def _spooled(path: Path, received_at: datetime) -> SpooledMail:
    content = path.read_bytes()
    return SpooledMail(
        key=content_key(content), account="bench", received_at=received_at.astimezone(UTC), content=content, attempts=0
    )


def replies(path: Path, _reader: Reader | None) -> Iterator[Row]:
    for case in _lines(path):
        reading = read_reply(own_words_in_place(case["body"]), _asked(case))
        yield {"id": case["id"], "ops": [_op(one) for one in reading.operations], "ask": reading.ask is not None}


def _asked(case: Row) -> ReplyContext:
    now = datetime.fromisoformat(case["now"])
    calendar = Calendar(zone=_zone_of(now), holidays=days_off(Organisation(), now.year))
    people = [Person(email=one["email"].lower(), name=one["name"], calendar=calendar) for one in case["people"]]
    person = next((one for one in people if one.is_at(case["from"])), None)
    person = person or Person(email=case["from"].lower(), name=case["from"], calendar=calendar)
    tasks = tuple(_listed(row, person, now) for row in case["tasks"])
    kind, _, number = case["in_reply_to"].partition(":")
    shown = (int(number),) if number else tuple(task.number for task in tasks)
    return ReplyContext(
        person=person,
        people=tuple(people),
        tasks=tasks,
        shown=shown,
        answered=SentMail(
            message_id="m@bench.example",
            key="k",
            kind=kind,
            recipient=person.email,
            numbers=shown,
            prepared_at=now - timedelta(hours=1),
        ),
        now=now,
        source="bench",
        subject="Re: Digest",
        message_id=None,
        when=lambda phrase: parse_when(phrase, now, calendar),
        next_number=max(task.number for task in tasks) + 1,
    )


def _zone_of(now: datetime) -> ZoneInfo:
    """Return a zone of the United States that has this offset at this time; labelled replies name none."""
    names = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix")
    found = (ZoneInfo(name) for name in (*names, "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico"))
    return next((zone for zone in found if now.astimezone(zone).utcoffset() == now.utcoffset()), ZoneInfo("UTC"))


def _listed(row: Row, person: Person, now: datetime) -> Task:
    due = row["due"] and (date if len(row["due"]) == len("2026-03-10") else datetime).fromisoformat(row["due"])
    return Task(
        number=row["number"],
        state="open",
        title=row["title"],
        quote=row["title"],
        coordinator=person.email,
        owner=(row["owner"] or "").lower() or None,
        waiting=False,
        deadline=Deadline(due=due, words="", rule="") if due else None,
        priority=row["priority"],
        patient=row["patient"],
        requester=None,
        certain=True,
        engine="bench",
        rule="",
        thread="",
        source="",
        opened_at=now,
        changed_at=now,
        changed_by="assistant",
        version=1,
    )


def _op(one: Operation) -> Row:
    arguments: dict[str, Row] = {
        "snooze": {"until": _iso(one.until)},
        "due": {"until": _iso(one.until)},
        "assign": {"to": one.to},
        "note": {"text": one.text},
        "priority": {"level": one.level},
        "create": {"title": one.title, "due": _iso(one.until)},
    }
    row: Row = {"op": one.op, "task": one.number}
    return row | arguments.get(one.op, {})


def sentences(path: Path, _reader: Reader) -> Iterator[Row]:
    engine = EmbeddedEngine(material("rules") / "extract")
    for row in _lines(path):
        # Sets that number their sentences within mails mark tasks, promises among them; the others mark requests.
        question: Literal["task", "request"] = "task" if "sid" in row else "request"
        yield _named(row) | {"label": engine.is_request(row["text"], question)}


def deadlines(path: Path, _reader: Reader) -> Iterator[Row]:
    calendar = Calendar(zone=ZoneInfo("UTC"))
    for row in _lines(path):
        stated = row.get("reference_datetime") or row.get("ref")
        reference = datetime.fromisoformat(stated) if stated else datetime(2026, 3, 10, 9, tzinfo=UTC)
        reference = reference if reference.tzinfo else reference.replace(tzinfo=calendar.zone)
        found = resolve_point(row["text"], reference, calendar, day_first=bool(row.get("day_first")))
        yield _named(row) | {"due": _iso(found)}


def own_words_of(path: Path, _reader: Reader) -> Iterator[Row]:
    for row in _lines(path):
        yield _named(row) | {"reply": own_words(row["text"])}


def automatic(folder: Path, _reader: Reader) -> Iterator[Row]:
    for path in _files(folder):
        try:
            found = parse(_spooled(path, datetime.now(UTC))).automatic is not None
        except UnreadableMailError:
            found = False
        yield {"file": str(path.relative_to(folder)), "automatic": found}


def parses(folder: Path, _reader: Reader) -> Iterator[Row]:
    """`ok`: no crash, and what is not read is said; `covered`: the words of its text stand in what was read."""
    for path in _files(folder):
        row: Row = {"file": str(path.relative_to(folder)), "ok": True, "covered": False}
        try:
            message = parse(_spooled(path, datetime.now(UTC)))
            row["covered"] = covers(path.read_bytes(), message)
        except UnreadableMailError as error:
            row["said"] = str(error)
        except Exception as error:  # noqa: BLE001 - a crash is what is looked for
            row |= {"ok": False, "said": type(error).__name__}
        yield row


def _files(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and path.suffix not in {".jsonl", ".json", ".md"}
    )


def _lines(path: Path) -> Iterator[Row]:
    # Not splitlines: JSON may hold line separators of other kinds.
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def _named(row: Row) -> Row:
    return {name: row[name] for name in ("id", "sid", "doc", "text") if name in row and name != "text"} or {
        "text": row["text"]
    }


KINDS: dict[str, Callable[[Path, Reader], Iterator[Row]]] = {
    "mails": mails,
    "replies": replies,
    "sentences": sentences,
    "deadlines": deadlines,
    "own-words": own_words_of,
    "automatic": automatic,
    "parse": parses,
}

if __name__ == "__main__":
    main()
