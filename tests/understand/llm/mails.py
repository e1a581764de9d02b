"""Mails to read: short ways to write a Message, and whose eyes it is read with."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.records import Address, Attachment, Calendar, Message, Part, PartKind, Person, ReadingContext
from assistant.understand.embedded.rules import load_rules

ROOT = Path(__file__).parents[3]
PROMPTS = ROOT / "prompts"
RULES = load_rules(ROOT / "rules/extract")
MONDAY = datetime(2026, 3, 9, 9, 0, tzinfo=ZoneInfo("America/Chicago"))
IMANI = Address(email="imani@lakeview.example", name="Imani Brooks")
DR_SORENSEN = Address(email="h.sorensen@lakeview.example", name="Dr. Helle Sorensen")
CALENDAR = Calendar(zone=ZoneInfo("America/Chicago"))
COORDINATOR = Person(
    email="imani@lakeview.example",
    name="Imani Brooks",
    aliases=frozenset({"ibrooks@lakeview.example"}),
    calendar=CALENDAR,
)
COLLEAGUE = Person(email="tomas@lakeview.example", name="Tomás Rivera", calendar=CALENDAR)
CONTEXT = ReadingContext(coordinator=COORDINATOR, people=(COORDINATOR, COLLEAGUE))


def part(text: str, kind: PartKind = "own", sender: Address | None = None, sent_at: datetime | None = None) -> Part:
    return Part(kind=kind, text=text, sender=sender, sent_at=sent_at, depth=0 if kind == "own" else 1)


def mail(
    *texts: str | Part, subject: str = "For today", attached: str | None = None, cc: tuple[Address, ...] = ()
) -> Message:
    """A mail of Dr. Sorensen to Imani on a Monday morning; plain texts are the sender's own words."""
    parts = tuple(part(text, sender=DR_SORENSEN, sent_at=MONDAY) if isinstance(text, str) else text for text in texts)
    attachment = Attachment(name="letter.pdf", media_type="application/pdf", size=1000, text=attached)
    return Message(
        key="5f" * 32,
        account="lakeview",
        message_id="m1@lakeview.example",
        in_reply_to=None,
        references=(),
        sender=DR_SORENSEN,
        to=(IMANI,),
        cc=cc,
        subject=subject,
        sent_at=MONDAY,
        received_at=MONDAY.astimezone(UTC),
        parts=parts,
        attachments=(attachment,) if attached else (),
        automatic=None,
        problems=(),
        hides_text=False,
        text="\n".join(one.text for one in parts),
    )
