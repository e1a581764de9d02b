"""A number -> that many varied small mails of an ordinary desk: the same ones each time, no two alike, all made up."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

_FIRST = [
    "Ana",
    "Ben",
    "Carla",
    "Dev",
    "Elif",
    "Farid",
    "Gina",
    "Hugo",
    "Ines",
    "Jonas",
    "Kemal",
    "Lucia",
    "Marta",
    "Nadia",
    "Omar",
    "Petra",
    "Quinn",
    "Rosa",
    "Samir",
    "Tess",
]
_LAST = [
    "Abbott",
    "Brandt",
    "Castillo",
    "Dvorak",
    "Ekman",
    "Fofana",
    "Gupta",
    "Hollis",
    "Ito",
    "Jansen",
    "Kowal",
    "Lindgren",
    "Moreau",
    "Novak",
    "Okafor",
]
_SITES = (
    "surgery",
    "cardiology",
    "imaging",
    "payer",
    "lab",
    "rehab",
    "pharmacy",
    "homecare",
    "transport",
    "wound",
)
_ITEMS = (
    "the cardiac clearance", "the referral form", "the imaging order", "the discharge summary", "the signed consent",
    "the authorization request", "the medication list", "the insurance card", "the transfer record", "the lab results",
)  # fmt: skip
_PLACES = [
    "pre-op",
    "the wound clinic",
    "the infusion center",
    "Dr. Haddad",
    "the case manager",
    "medical records",
    "the ward",
]
_BY = (
    "by Friday", "before noon tomorrow", "by the end of the day", "by March 20", "this week", "as soon as you can",
    "before the visit on Thursday", "by 3 pm on Tuesday",
)  # fmt: skip
_ASKS = (
    "Please send {item} for {patient} to {place} {by}.",
    "Could you fax {item} of {patient} to {place} {by}?",
    "We still need {item} for {patient}; please get it to {place} {by}.",
    "Can you call {place} about {item} for {patient} {by}?",
)
_TELLS = (
    "{patient} was seen today and is doing well; nothing is needed from you.",
    "Just so you know, {item} for {patient} reached {place} this morning.",
    "Thanks again for your help with {patient}, it all went smoothly.",
    "The clinic's parking deck is closed on Wednesday; visitors use the north entrance.",
    "Minutes of the huddle are in the shared folder. {patient} was discussed, no changes.",
    "The system was updated last night and works as before.",
)
_MORE = (
    "The family has been told and is on board.",
    "Transport is arranged for the morning and the room is ready.",
    "The team met at eight and went through the list of the week.",
    "Vitals were stable overnight, and the diet was advanced without trouble.",
    "The unit's phone line has been noisy since the storm; the pager works.",
    "We moved the afternoon clinic to the second floor until the painters are done.",
)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A mail in the mailbox."""

    content: bytes
    """Lines end in CRLF."""
    received_at: datetime


def mails(count: int, until: datetime, *, to: str, seed: int = 1) -> Iterator[Waiting]:
    """Yield `count` mails of the week up to `until`, oldest first: 1 to 4 kB each, a third of them with a request."""
    for place in range(count):
        dice = random.Random(f"{seed}/{place}")
        at = (until - _WEEK + _WEEK * (place + 1) / count).replace(microsecond=0)
        yield Waiting(content=_mail(dice, place, at, to), received_at=at)


def request(number: int, at: datetime, *, to: str) -> bytes:
    """Return a mail that asks for one thing, for a patient of its own."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "Ruth Adler <ruth.adler@surgery.example>", to
    mail["Date"], mail["Subject"] = format_datetime(at), f"Request {number}"
    mail["Message-ID"] = f"<request-{number}@surgery.example>"
    mail.set_content(
        f"Hi Dana,\n\nPlease send the consent for Ms. Okafor{_letters(number)} to pre-op by Friday.\n\nRuth\n"
    )
    return mail.as_bytes(policy=policy.SMTP)


def _mail(dice: random.Random, place: int, at: datetime, to: str) -> bytes:
    mail = EmailMessage()
    for hop in range(3):
        way = f"from relay{hop}.example by mx{hop}.example with ESMTPS id {dice.getrandbits(64):x}"
        mail["Received"] = f"{way}; {format_datetime(at)}"
    mail["DKIM-Signature"] = f"v=1; a=rsa-sha256; d=relay.example; s=one; h=from:to; b={dice.getrandbits(1024):x}"
    first, last, site = dice.choice(_FIRST), dice.choice(_LAST), dice.choice(_SITES)
    mail["From"] = f"{first} {last} <{first.lower()}.{last.lower()}@{site}.example>"
    mail["To"] = to
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{place}.{dice.getrandbits(40):x}@{site}.example>"
    text = _text(dice, place, first)
    mail["Subject"] = dice.choice(("Update", "Question", "Follow-up", "Re: schedule", "Patient", "Today")) + f" {place}"
    if dice.random() < 0.25:
        mail["In-Reply-To"] = mail["References"] = f"<thread-{place // 3}@clinic.example>"
        text += f"\nOn Monday, {dice.choice(_FIRST)} {last} wrote:\n" + _quoted(_told(dice, place))
    if dice.random() < 0.05:
        mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    kind = dice.random()
    if kind < 0.4:
        mail.add_alternative(
            "<html><body>" + "".join(f"<p>{line}</p>" for line in text.split("\n")) + "</body></html>", "html"
        )
    elif kind < 0.5:
        mail.add_attachment(f"id,{place}\nname,sample\n" * 20, "csv", filename="list.csv")
    return mail.as_bytes(policy=policy.SMTP)


def _text(dice: random.Random, place: int, first: str) -> str:
    sentences = [dice.choice(_MORE) for _ in range(dice.randint(1, 12))]
    told = _asked(dice, place) if dice.random() < 1 / 3 else _told(dice, place)
    sentences.insert(dice.randint(0, len(sentences)), told)
    paragraphs = [" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3)]
    return "Hi Dana,\n\n" + "\n\n".join(paragraphs) + f"\n\nThanks,\n{first}\n"


def _asked(dice: random.Random, place: int) -> str:
    return _filled(dice, place, dice.choice(_ASKS))


def _told(dice: random.Random, place: int) -> str:
    return _filled(dice, place, dice.choice(_TELLS))


def _filled(dice: random.Random, place: int, form: str) -> str:
    # No two patients share a name, so that no two requests are one.
    patient = f"{dice.choice(('Mr.', 'Ms.'))} {dice.choice(_LAST)}{_letters(place)}"
    return form.format(item=dice.choice(_ITEMS), patient=patient, place=dice.choice(_PLACES), by=dice.choice(_BY))


def _letters(number: int) -> str:
    """Return a number as a name's end.

    >>> _letters(0), _letters(26 * 26 + 1)
    ('aa', 'bab')
    """
    return (_letters(number // 26) if number >= 26 * 26 else chr(97 + number // 26 % 26)) + chr(97 + number % 26)


def _quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.splitlines())
