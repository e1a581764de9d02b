"""One engine with the shipped rules, and mails built by hand."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.records import (
    Address,
    Attachment,
    Automatic,
    Calendar,
    Finding,
    Message,
    Part,
    PartKind,
    Person,
    ReadingContext,
)
from assistant.understand.embedded import EmbeddedEngine

RULES = Path(__file__).parents[3] / "rules" / "extract"
TUESDAY = datetime(2026, 3, 10, 8, 30, tzinfo=timezone(timedelta(hours=-5)))
EARLIER = TUESDAY - timedelta(days=4)
RUTH = Address(email="ruth.ballard@clearwater.example", name="Ruth Ballard")
OMAR = Address(email="omar.said@clearwater.example", name="Omar Said, PA-C")
LENA = Address(email="lena.fry@clearwater.example", name="Lena Fry")
PAYER = Address(email="reviews@granite.example", name="Granite Health Plan")
CONTEXT = ReadingContext(
    coordinator=Person(email=RUTH.email, name=RUTH.name, calendar=Calendar(zone=ZoneInfo("America/Chicago"))),
    people=(),
)


def part(
    text: str, kind: PartKind = "own", sender: Address | None = OMAR, depth: int = 0, sent_at: datetime | None = None
) -> Part:
    return Part(kind=kind, text=text, sender=sender, sent_at=sent_at or (None if depth else TUESDAY), depth=depth)


def mail(
    *parts: Part | str,
    sender: Address = OMAR,
    to: tuple[Address, ...] = (RUTH,),
    cc: tuple[Address, ...] = (),
    subject: str = "hello",
    attachments: tuple[Attachment, ...] = (),
    automatic: Automatic | None = None,
) -> Message:
    """Return a mail of Tuesday morning; a text alone is its own words."""
    said = tuple(part(one, sender=sender) if isinstance(one, str) else one for one in parts)
    return Message(
        key="k",
        account="main",
        message_id="1@clearwater.example",
        in_reply_to="0@clearwater.example" if len(said) > 1 else None,
        references=(),
        sender=sender,
        to=to,
        cc=cc,
        subject=subject,
        sent_at=TUESDAY,
        received_at=TUESDAY,
        parts=said,
        attachments=attachments,
        automatic=automatic,
        problems=(),
        hides_text=False,
        text="\n\n".join(one.text for one in said),
    )


@pytest.fixture(scope="session")
def engine() -> EmbeddedEngine:
    return EmbeddedEngine(RULES)


def tasks(engine: EmbeddedEngine, message: Message) -> list[Finding]:
    """Return what the engine is sure of."""
    return [one for one in engine.read(message, CONTEXT).findings if one.kind == "task" and one.certain]


def only(found: list[Finding]) -> Finding:
    assert len(found) == 1, [one.quote for one in found]
    return found[0]


def looks(engine: EmbeddedEngine, message: Message) -> list[tuple[str, str]]:
    return [(one.kind, one.quote) for one in engine.read(message, CONTEXT).findings if one.kind != "task"]
