"""Files of labelled sentences -> Labelled: public sets, and our own mails with what they ask for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from assistant.parse import content_key, parse
from assistant.records import SpooledMail
from assistant.understand.embedded.features import Ints
from assistant.understand.embedded.rules import straight
from assistant.understand.embedded.sentences import Sentence, fold, sentences
from tests.bench.predict import _lines

LEAST_WORDS = 6
"""So long a sentence stands in two mails only where one is a copy of the other, or quotes it."""


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """Sentences with a yes (1) or no (0). Those of one group must be learned, or asked, together."""

    texts: list[str]
    labels: Ints
    groups: list[str]
    verbs: list[frozenset[str]] = field(default_factory=list)
    """The verbs that name each sentence's tasks; empty where nobody marked them."""

    def part(self, places: Ints) -> Labelled:
        return Labelled(
            texts=[self.texts[place] for place in places],
            labels=self.labels[places],
            groups=[self.groups[place] for place in places],
            verbs=[self.verbs[place] for place in places] if self.verbs else [],
        )


def read_tasks(path: Path, *, joined: bool = True) -> Labelled:
    """Return a set of {doc, text, label, tags, verbs}; mails that share a sentence are one group where `joined`."""
    rows = list(_lines(path))
    mails = [(row["doc"], row["text"]) for row in rows]
    return Labelled(
        texts=[text for _, text in mails],
        labels=np.asarray([int(row["label"]) for row in rows]),
        groups=_joined(mails) if joined else [mail for mail, _ in mails],
        verbs=[
            frozenset(verb.lower() for verb, tag in zip(row["verbs"], row["tags"], strict=False) if tag == "Task")
            for row in rows
        ],
    )


def read_requests(path: Path) -> Labelled:
    """Return a set of {text, label}."""
    rows = list(_lines(path))
    return Labelled(
        texts=[row["text"] for row in rows],
        labels=np.asarray([int(row["label"]) for row in rows]),
        groups=[str(place) for place, _ in enumerate(rows)],
    )


def read_cases(folder: Path) -> Labelled:
    """Return the sentences of our own mails; one that stands in an open task's quote is a yes."""
    found = [(path.stem, *one) for path in sorted(folder.glob("*.eml")) for one in _sentences_of(path)]
    return Labelled(
        texts=[sentence.text for _, sentence, _ in found],
        labels=np.asarray([int(is_task) for *_, is_task in found], dtype=np.int64),
        groups=[name for name, *_ in found],
    )


def _sentences_of(path: Path) -> Iterator[tuple[Sentence, bool]]:
    case = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    quotes = [_plain(task["quote"]) for task in case["tasks"] if task["state"] == "open"]
    content = path.read_bytes()
    received_at = datetime.fromisoformat(case["now"]).astimezone(UTC)
    spooled = SpooledMail(
        key=content_key(content), account="bench", received_at=received_at, content=content, attempts=0
    )
    for part in parse(spooled).parts:
        for sentence in sentences(part.text) if part.kind != "signature" else ():
            said = _plain(sentence.text)
            # A lone word of a quote, or an initial, asks for nothing.
            is_said = len(said.split()) > 2 or said in quotes
            yield sentence, is_said and any(said in quote or quote in said for quote in quotes if quote)


def _plain(text: str) -> str:
    return straight(fold(text)).lower().strip(' .!?"')


def _joined(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Return each row's group: its mail, joined with mails that hold the same sentence."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            name = above[name]
        return name

    first: dict[str, str] = {}
    for mail, text in rows:
        key = _plain(text)
        if len(key.split()) >= LEAST_WORDS:
            above[top(mail)] = top(first.setdefault(key, mail))
    return [top(mail) for mail, _ in rows]
