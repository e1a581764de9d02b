"""Mails whose every telling field holds words that stand nowhere else, and all places where these must not come up."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest

from assistant.cli.options import start_logging, unforeseen
from assistant.errors import AssistantError
from assistant.pipeline import collect, conditions, deliver, pulse, receive, tick
from assistant.pipeline.health.endpoint import _healthz, metrics
from tests.configs import DANA, PRIYA, US, answering, person
from tests.modelserver.scripted import ScriptedModel
from tests.pipeline.office import Office, office_config
from tests.pipeline.switch import Switch

FORMATTED = {
    "phone": "312-555-0187",
    "fax": "(312) 555-0188",
    "e-mail": "quolworthy77@patients.example",
    "birth date": "04/17/1951",
    "admission": "February 11, 2026",
    "age": "94-year-old",
    "SSN": "912-44-7781",
    "MRN": "88412207",
    "health plan": "WQX-7714402",
    "account": "ACC-5580913",
    "licence": "RN-204417",
    "plate": "7KQJ482",
    "device": "SN-88A-22107",
    "URL": "https://portal.qwellm.example/p/8812",
    "IP": "203.0.113.77",
    "street": "4471 Brindlemoor Street",
    "zip": "60307-4418",
    "biometric": "VP-881266",
    "file": "Yorvantic_face.jpg",
    "reference": "S26-188429",
}
"""The kinds of 45 CFR 164.514(b)(2)(i) that have a form, each as one mail writes it."""
NAMES = {"patient": "Zabrinska Quolworthy", "sender": "Ulvenna Prastok", "relative": "Hemrick Quolworthy"}
WORDS = {
    "subject": "Tromvelt",
    "quote": "wexelband",
    "note": "glimmerhorn",
    "signature": "Vantrisco",
    "attachment": "drospindle",
    "hidden": "fenwhistle",
}
MARKERS = (
    tuple(FORMATTED.values()) + tuple(word for name in NAMES.values() for word in name.split()) + tuple(WORDS.values())
)
_BODY = """Hi Dana,

Please fax the signed wexelband order for Mrs. Zabrinska Quolworthy to 312-555-0187 by Friday.
Her son Hemrick Quolworthy waits for a call back, fax (312) 555-0188 or quolworthy77@patients.example.
The 94-year-old was born 04/17/1951 and admitted February 11, 2026; could you send her chart, MRN 88412207?
We still need SSN 912-44-7781, member ID WQX-7714402, account ACC-5580913 and license RN-204417 on the form.
The van with plate 7KQJ482 and the pump, serial SN-88A-22107, are missing from https://portal.qwellm.example/p/8812.
Can you check 203.0.113.77 for voiceprint VP-881266 and Yorvantic_face.jpg, reference S26-188429?
She lives at 4471 Brindlemoor Street, Oak Park, IL 60307-4418; please arrange the ride by 3 pm tomorrow.

Vantrisco
"""


def marked_mail(office: Office, *, number: int = 1) -> bytes:
    """Return the mail; each number is another one."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Dr. Ulvenna Prastok <ulvenna.prastok{number}@clinicside.example>", DANA
    mail["Subject"] = f"Tromvelt clearance, Zabrinska Quolworthy ({number})"
    mail["Message-ID"] = f"<tromvelt-{number}@clinicside.example>"
    mail["Date"] = format_datetime(office.now)
    mail.set_content(_BODY)
    html = _BODY.replace("\n", "<br>")
    mail.add_alternative(f'<p>{html}</p><p style="display:none">fenwhistle</p>', subtype="html")
    mail.add_attachment(
        "Please return the drospindle form for Zabrinska Quolworthy.\n", subtype="plain", filename="Yorvantic_face.txt"
    )
    return mail.as_bytes()


class Watched:
    """An office that reads such mails, and all that it says to anybody but the people it works for."""

    def __init__(self, folder: Path, model: ScriptedModel, switch: Switch, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.model, self.switch = model, switch
        self.elsewhere = folder / "tmp"
        self.elsewhere.mkdir()
        monkeypatch.setenv("TMPDIR", str(self.elsewhere))
        monkeypatch.setattr(tempfile, "tempdir", str(self.elsewhere))
        self.said: list[str] = []
        """Texts of errors, as they would be logged or shown."""
        home = folder / "office"
        home.mkdir()
        config = office_config(
            person("it@clinic.example", "Ira Tellman", digest_at=""),
            assistant={"administrator": "it@clinic.example"},
            model=answering(model.base_url, mask="always", timeout_s=0.5),
            health={"heartbeat_url": switch.url},
            limits={"known": ["clinicside.example"]},
        )
        self.office = Office(home, config)
        self.log = io.StringIO()
        monkeypatch.setattr(sys, "stderr", self.log)
        start_logging("info")

    def work(self) -> None:
        """Go through the occasions as the daemon does: what fails is told, and the next one begins."""
        parts = self.office.parts
        for step in (
            lambda: collect(parts, "desk"), lambda: receive(parts), lambda: tick(parts), lambda: deliver(parts),
            lambda: pulse(parts, is_complete=True),
        ):  # fmt: skip
            try:
                step()
            except AssistantError as error:
                self.said.append(str(error))
            except Exception as error:  # noqa: BLE001 - as the daemon's wrapper does
                self.said.append(unforeseen(error))

    def told(self, streams: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield all that left by ways that must not hold anything of a mail, each with its name."""
        parts = self.office.parts
        yield from (("stream", text) for text in streams)
        yield "errors", "\n".join(self.said)
        yield "heartbeat", "\n".join(f"{path} {body}" for path, body in self.switch.heard)
        yield "metrics", metrics(parts.health.snapshot)
        yield "healthz", _healthz(parts.health.snapshot, "fine")
        yield "conditions", "\n".join(one.said for one in conditions(parts))
        yield "subjects", "\n".join(str(mail["Subject"]) for mail in self.office.postbox.taken)
        yield (
            "headers",
            "\n".join(f"{name}: {value}" for mail in self.office.postbox.taken for name, value in mail.items()),
        )
        admin = [mail for mail in self.office.postbox.taken if "it@clinic.example" in str(mail["To"])]
        yield "alerts", "\n".join(mail.as_string() for mail in admin)
        yield "quarantine", "\n".join(one.reason for one in parts.ledger.spool.quarantined())
        yield from self._files()

    def _files(self) -> Iterator[tuple[str, str]]:
        """Yield the files beside the mailbox and the ledger."""
        own = (self.office.folder / "mail", parts_folder(self.office))
        for path in (path for path in self.folder.rglob("*") if path.is_file()):
            yield f"name of {path.name}", str(path.relative_to(self.folder))
            if not any(path.is_relative_to(folder) for folder in own):
                yield f"file {path}", path.read_bytes().decode("latin-1")

    def at_the_model(self) -> str:
        """Return all that the model's socket received, also as the JSON in it says it."""
        plain = b"\n".join(self.model.received).decode("latin-1")
        return plain + json.dumps(self.model.requests, ensure_ascii=False)


def parts_folder(office: Office) -> Path:
    return office.parts.config.assistant.ledger


def hits(texts: Iterable[tuple[str, str]], markers: Iterable[str] = MARKERS) -> list[str]:
    """Return which markers stand where."""
    wanted = [(marker, marker.casefold()) for marker in markers]
    return [f"{name}: {marker}" for name, text in texts for marker, low in wanted if low in text.casefold()]


def loose_files(folder: Path) -> list[Path]:
    """Return files and folders of ours that others may read."""
    return [path for path in folder.rglob("*") if path.stat().st_mode & 0o077 and os.name == "posix"]


__all__ = ["FORMATTED", "MARKERS", "NAMES", "PRIYA", "US", "WORDS", "Watched", "hits", "loose_files", "marked_mail"]
