"""What the office's mails say of patients, and every place that a run may have told it to, whatever became of the run.

Their words may stand in the mailbox, in the ledger and its copies, and in the bodies of our mails; nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from email import message_from_bytes
from pathlib import Path

from tests.faults.sweep_sink import Taken

CHART = "88412207"
PHONE = "312-555-0187"
SUBJECT = "Tromvelt"
SENDER = "Prastok"
TOLD = ("Osei", "Lindqvist", "Abara", "cardiac", "walker", "lovely lunch", CHART, PHONE, SUBJECT, SENDER)
_OWN = frozenset({"mail", "ledger", "backups"})


def leaks(day: Path, elsewhere: Path, taken: Sequence[Taken]) -> list[str]:
    """Return where words of a mail stand that must not; `elsewhere` is the folder for temporary files."""
    places = [*_files(day), *_files(elsewhere), *_headers(taken)]
    return [
        f"{word} stands in {place}" for place, text in places for word in TOLD if word.casefold() in text.casefold()
    ]


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    for path in (path for path in folder.rglob("*") if path.is_file()):
        below = path.relative_to(folder)
        yield f"the name of {below}", str(below)
        if below.parts[0] not in _OWN:
            yield str(below), path.read_bytes().decode("latin-1")


def _headers(taken: Sequence[Taken]) -> Iterator[tuple[str, str]]:
    for mail in taken:
        for name, value in message_from_bytes(mail.content).items():
            yield f"the {name} of a mail of ours", str(value)
