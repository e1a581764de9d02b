"""Our labelled mails, as a hosted model is shown them: how many names are hidden, and whether it finds the same."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.config import ModelSettings, material
from assistant.parse import content_key, parse
from assistant.records import Calendar, Finding, Message, Person, ReadingContext, SpooledMail
from assistant.understand.embedded.reading import fields_of
from assistant.understand.embedded.rules import load_rules
from assistant.understand.llm import ModelEngine
from assistant.understand.privacy import Masking, names_of
from tests.modelserver.scripted import Act, scripted, task, tasks
from tests.pipeline.office import embedded_reader

CASES = Path(__file__).parents[1] / "cases" / "mails"
EACH = 7
"""Of so many mails one is read each time; `python -m tests.threats.test_masking` reads all."""
LEAST_RECALL = 0.95
LEAST_EQUAL = 0.98
_WORD = re.compile(r"[^\W\d_]{2,}")
_PLACEHOLDER = re.compile(r"\[[A-Z]+-\d+[A-Z]?\]")
_NO_NAME = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "sr", "sra", "don", "doña", "señor", "señora", "baby", "boy", "girl", "twins"}
    | {"the", "of", "de", "la", "del", "family", "patient", "paciente", "pt"}
)
RULES = load_rules(material("rules") / "extract")


def cases(each: int) -> Iterator[tuple[Message, ReadingContext, frozenset[str]]]:
    """Yield mails with whose eyes they are read, and the words of their patients' names."""
    for path in sorted(CASES.glob("*.eml"))[::each]:
        label = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        content = path.read_bytes()
        received_at = datetime.fromisoformat(label["now"]).astimezone(UTC)
        spooled = SpooledMail(
            key=content_key(content), account="cases", received_at=received_at, content=content, attempts=0
        )
        us = label["coordinator"]
        person = Person(email=us["email"], name=us["name"], calendar=Calendar(zone=ZoneInfo(us["timezone"])))
        names = " ".join(one["patient"] or "" for one in label["tasks"])
        words = frozenset(word.lower() for word in _WORD.findall(names)) - _NO_NAME
        yield parse(spooled), ReadingContext(coordinator=person, people=(person,)), words


def texts(message: Message) -> Iterator[str]:
    for text in (message.subject, message.text, *(one.text or "" for one in message.attachments)):
        yield from (" ".join(line.split()) for line in text.splitlines())


def recall(each: int) -> tuple[int, int, int]:
    """Return how often patients are named, how often that is hidden, and how many mails there are."""
    named = hidden = mails = 0
    for message, context, names in cases(each):
        known = embedded_reader().skim(message, context).findings
        masking = Masking(names_of(fields_of(message, context, RULES), (one.patient for one in known)))
        mails += 1
        for line in texts(message):
            masked = masking.mask(line)
            assert masking.unmask(masked) == line
            before = Counter(word.lower() for word in _WORD.findall(line))
            after = Counter(word.lower() for word in _WORD.findall(_PLACEHOLDER.sub(" ", masked)))
            named += sum(before[name] for name in names)
            hidden += sum(before[name] - after[name] for name in names)
    return named, hidden, mails


def names_lines(request: dict[str, Any]) -> Act:
    """What a model answers that takes the lines as they are: it repeats what it is shown."""
    lines = [line.partition(" ") for line in str(request["messages"][-1]["content"]).splitlines()]
    shown = [(int(number), text) for number, _, text in lines if number.isdecimal()]
    due = re.compile(r"\b(?:by|before|until|on) [^,.;]{3,40}")
    return tasks(
        *(task(number, text[:70], who="coordinator", by=match[0] if (match := due.search(text)) else None)
          for number, text in shown[::2][:5])
    )  # fmt: skip


def equal(each: int) -> tuple[int, int]:
    """Return of how many mails a model was asked, and of how many it finds the same when it sees placeholders."""
    asked = same = 0
    with scripted(script=names_lines) as server:
        plain, masked = (
            ModelEngine(
                ModelSettings(base_url=server.base_url, model="scripted", mask=mask, timeout_s=10, retries=0),
                api_key=None, prompts=material("prompts"), rules=RULES,
            )
            for mask in ("never", "always")
        )  # fmt: skip
        for message, context, _ in cases(each):
            known = embedded_reader().skim(message, context).findings
            found = [found_by(engine, message, context, known) for engine in (plain, masked)]
            asked += found[0] is not None
            same += found[0] is not None and found[0] == found[1]
    return asked, same


def found_by(
    engine: ModelEngine, message: Message, context: ReadingContext, known: tuple[Finding, ...]
) -> tuple[Finding, ...] | None:
    reading = engine.read(message, context, known)
    return None if reading is None else reading.findings


def test_patients_whom_nobody_told_us_of_are_hidden(capsys: pytest.CaptureFixture[str]):
    named, hidden, mails = recall(EACH)

    with capsys.disabled():
        print(f"\n  names of patients hidden: {hidden} of {named} in {mails} mails ({hidden / named:.1%})")
    assert hidden / named >= LEAST_RECALL


def test_a_model_finds_the_same_where_it_sees_placeholders(capsys: pytest.CaptureFixture[str]):
    asked, same = equal(EACH)

    with capsys.disabled():
        print(f"\n  findings equal with and without masking: {same} of {asked} mails ({same / asked:.1%})")
    assert asked
    assert same / asked >= LEAST_EQUAL


if __name__ == "__main__":
    print("patients named, hidden, mails:", recall(1))
    print("mails asked about, same findings:", equal(1))
