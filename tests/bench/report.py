"""How well does it read? Every figure of the README's table, from one command.

python -m tests.bench.report [--mails DIR ...] [--data DIR] [--aside] [--wrong]

    --mails DIR   labelled mails (tests/cases/mails where none is named)
    --aside       also the mails that were put aside; for the final figure only
    --data DIR    public test sets: deadlines/, replies/, bounces/, malformed/
    --wrong       also list what went wrong, for whoever mends it (never with --aside)
"""

from __future__ import annotations

import argparse
import email
import email.policy
import json
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.parse import parse
from assistant.records import ReadingContext, SpooledMail
from tests.bench.predict import KINDS, open_chosen, person_of
from tests.bench.score import Tally

CASES = Path(__file__).parents[1] / "cases"
_ROUNDS = 3
Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mails", type=Path, nargs="*", default=[CASES / "mails"])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--aside", action="store_true")
    parser.add_argument("--wrong", action="store_true")
    chosen = parser.parse_args()
    print("| measured on | measure | figure |\n|---|---|---|")
    for folder in chosen.mails:
        for row in _mails(folder, f"{folder.name}: labelled mails", is_told=chosen.wrong):
            print(row)
    if chosen.aside:
        for row in _mails(CASES / "aside", "mails put aside", is_told=False):
            print(row)
    if chosen.data:
        for row in _public(chosen.data):
            print(row)
    print(_speed(chosen.mails[0]))


def _mails(folder: Path, name: str, *, is_told: bool) -> Iterator[str]:
    predicted = {row["id"]: row["tasks"] for row in KINDS["mails"](folder, open_chosen("embedded", "", ""))}
    tally = Tally()
    for path in sorted(folder.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        tally.add(case, predicted[case["id"]])
    said = f"{name} ({tally.counts['mails']} mails, {tally.counts['wanted']} tasks)"
    for measure, figure in tally.figures().items():
        yield f"| {said} | {measure} | {'-' if figure is None else f'{figure:.2f}'} |"
        said = ""
    if is_told:
        yield from tally.wrong


def _public(data: Path) -> Iterator[str]:
    reader = open_chosen("embedded", "", "")
    points = data / "deadlines" / "points.jsonl"
    rows = {row["id"]: row["due"] for row in KINDS["deadlines"](points, reader)}
    gold = list(_lines(points))
    right = sum(_is_day(rows[row["id"]], [row["expected"], *row.get("alternatives", ())]) for row in gold)
    yield f"| public date expressions ({len(gold)}) | day right | {right / len(gold):.2f} |"
    wrongly = [row for row in KINDS["deadlines"](data / "deadlines" / "negative.jsonl", reader) if row["due"]]
    yield f"| | found where there is none (50) | {len(wrongly)} |"
    replies = data / "replies" / "discourse.jsonl"
    own = {row["id"]: row["reply"].strip() for row in KINDS["own-words"](replies, reader)}
    gold = list(_lines(replies))
    exact = sum(_folded(own[row["id"]]) == _folded(row["reply"]) for row in gold)
    yield f"| public replies ({len(gold)}) | own words exact | {exact / len(gold):.2f} |"
    parsed = list(KINDS["parse"](data / "malformed", reader))
    yield f"| malformed mails ({len(parsed)}) | crashes | {sum(not row['ok'] for row in parsed)} |"
    lost = sum(not row["covered"] and "said" not in row for row in parsed)
    yield f"| | words lost without a word | {lost} |"


def _speed(folder: Path) -> str:
    """Parse and understand, as a ratio to what the standard library takes to parse the same mails alone."""
    paths = sorted(folder.glob("*.eml"))
    contents = [path.read_bytes() for path in paths]
    person = person_of(json.loads(paths[0].with_suffix(".json").read_text(encoding="utf-8")))
    reader, context = open_chosen("embedded", "", ""), ReadingContext(coordinator=person, people=(person,))
    now = datetime(2026, 3, 10, 14, tzinfo=UTC)

    def ours(content: bytes) -> None:
        reader.read(parse(SpooledMail(key="k", account="a", received_at=now, content=content, attempts=0)), context)

    def theirs(content: bytes) -> None:
        email.message_from_bytes(content, policy=email.policy.default)

    ratios = []
    for _ in range(_ROUNDS):
        mine, stdlib = _seconds(ours, contents), _seconds(theirs, contents)
        ratios.append((stdlib / mine, len(contents) / mine))
    ratio, a_second = sorted(ratios)[_ROUNDS // 2]
    return f"| speed, one core | mails/s against the standard library's parser alone | {ratio:.2f} ({a_second:.0f}/s) |"


def _seconds(work: Any, contents: Sequence[bytes]) -> float:  # noqa: ANN401 - either of the two above
    started = time.process_time()
    for content in contents:
        work(content)
    return time.process_time() - started


def _is_day(said: str | None, wanted: Sequence[str]) -> bool:
    return any((said or "")[:10] == (one or "")[:10] for one in wanted)


def _folded(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _lines(path: Path) -> Iterator[Row]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


if __name__ == "__main__":
    main()
