"""Mails that speak to the assistant in somebody's name, real and forged, as servers and mail programs write them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from assistant.decide.authority import is_word_to_us, known_sender
from assistant.parse import parse
from assistant.parse.identity import content_key
from assistant.pipeline import deliver, receive
from assistant.pipeline.replies.answer import find_answered
from assistant.pipeline.replies.trust import standing_of
from assistant.records import Locator, RawMail, SentMail
from tests.configs import Section
from tests.pipeline.office import DANA, PRIYA, US, Office, office_config

FAX = "Please fax the cardiac clearance for Mr. Alvarez to Ridgeview by Wednesday noon."
PLAIN = f"From: Dana Whitfield <{DANA}>"
HEADERS: Section = {"sender_proof": "headers", "authserv_id": "mx.clinic.example", "relays": ["store.clinic.example"]}
MICROSOFT: Section = {"sender_proof": "microsoft365"}
GMAIL: Section = {"sender_proof": "gmail"}
OWN: Section = {"sender_proof": "own"}

PASS = "dkim=pass header.d=clinic.example header.s=s1; dmarc=pass (p=reject dis=none) header.from=clinic.example"
FAIL = "dkim=none; spf=fail smtp.mailfrom=evil.example; dmarc=fail (p=reject) header.from=clinic.example"
HOP = (
    "Received: from out.elsewhere.example (out.elsewhere.example [192.0.2.7])\n"
    " by mx.clinic.example (Postfix) with ESMTPS id 4Xk; {date}"
)
FOREIGN = "Received: from laptop (unknown [198.51.100.9])\n by out.elsewhere.example with ESMTPSA id 77; {date}"


def postfix(said: str) -> str:
    """Return what a Postfix with a milter, and the store behind it, write on top."""
    return "\n".join(
        (
            f"Return-Path: <{DANA}>",
            f"Delivered-To: {US}",
            "Received: from mx.clinic.example by store.clinic.example with LMTP id aa; {date}",
            f"Authentication-Results: mx.clinic.example;\n {said}",
            HOP,
            FOREIGN,
        )
    )


def rspamd(said: str) -> str:
    """Return what a server writes that puts its results below its own Received."""
    return "\n".join((f"Return-Path: <{DANA}>", HOP, f"Authentication-Results: mx.clinic.example 1; {said}", FOREIGN))


def fastmail(said: str) -> str:
    """Return what a server writes that tells each method in a field of its own."""
    parts = [one.strip() for one in said.split(";")]
    results = [f"Authentication-Results: mx.clinic.example;\n    {one}" for one in parts]
    return "\n".join((f"Delivered-To: {US}", *results, "Received-SPF: pass (sender ok)", HOP, FOREIGN))


def gmail(said: str) -> str:
    return "\n".join(
        (
            f"Delivered-To: {US}",
            "Received: by 2002:a05:7412:8d10:b0:e2:5f0 with SMTP id bj16csp12;\n        {date}",
            "X-Google-Smtp-Source: AGHT+IExample",
            "ARC-Seal: i=1; a=rsa-sha256; t=1; cv=none; d=google.com; s=arc-1; b=AAAA",
            f"ARC-Authentication-Results: i=1; mx.google.com;\n       {said}",
            f"Return-Path: <{DANA}>",
            (
                "Received: from mail-sor-f41.google.com (mail-sor-f41.google.com. [203.0.113.41])\n"
                "        by mx.google.com with SMTPS id 5b1f;\n        {date}"
            ),
            "Received-SPF: pass (google.com: domain of it designates it as permitted sender) client-ip=203.0.113.41;",
            f"Authentication-Results: mx.google.com;\n       {said}",
        )
    )


def microsoft(said: str) -> str:
    return "\n".join(
        (
            (
                "Received: from AM0PR01.eurprd01.prod.exchangelabs.com (2001:db8:10a6::1) by\n"
                " DB7PR01.eurprd01.prod.exchangelabs.com with HTTPS; {date}"
            ),
            (
                "Received: from DU2P.EURP.PROD.OUTLOOK.COM (2001:db8::2) by\n AM0PR01.eurprd01.prod.exchangelabs.com"
                " (2001:db8:10a6::1) with Microsoft SMTP Server id 15.20; {date}"
            ),
            (
                "Received: from DU2PEPF.eurprd02.prod.outlook.com (2001:db8::3) by\n DU2P.outlook.office365.com"
                " (2001:db8::2) with Microsoft SMTP Server id 15.20 via Frontend Transport; {date}"
            ),
            f"Authentication-Results: {said}",
            "Received-SPF: Pass (protection.outlook.com: domain of clinic.example designates it)",
            (
                "Received: from out.elsewhere.example (192.0.2.7) by\n DU2PEPF.mail.protection.outlook.com (10.167.1.1)"
                " with Microsoft SMTP Server id 15.20; {date}"
            ),
            FOREIGN,
            "X-MS-Exchange-Organization-AuthAs: Anonymous",
        )
    )


def inside_microsoft(_said: str) -> str:
    """Return what stands on a mail that never left its Microsoft 365 organisation."""
    return """\
Received: from AM0PR01.eurprd01.prod.exchangelabs.com (2001:db8:10a6::1) by
 DB7PR01.eurprd01.prod.exchangelabs.com with HTTPS; {date}
Received: from DB7PR01.eurprd01.prod.exchangelabs.com ([fe80::1]) by
 AM0PR01.eurprd01.prod.exchangelabs.com ([fe80::2%4]) with mapi id 15.20; {date}
Authentication-Results: dkim=none (message not signed) header.d=none;dmarc=none
 action=none header.from=clinic.example;
X-MS-Exchange-Organization-AuthAs: Internal
X-MS-Exchange-Organization-MessageDirectionality: Originating"""


def written(
    *,
    top: str,
    now: datetime,
    sender: str = PLAIN,
    answers: str = "",
    to: str = US,
    subject: str = "Re: Your digest",
    body: str = "1 done\n",
    more: Sequence[str] = (),
) -> bytes:
    """Return a mail as a server stored it, `top` being what the servers wrote; `{date}` in it is its time."""
    date = format_datetime(now)
    reply = [f"In-Reply-To: <{answers}>", f"References: <{answers}>"] if answers else []
    lines = [
        *([top.replace("{date}", date)] if top else []),
        *([sender] if sender else []),
        f"To: {to}",
        f"Subject: {subject}",
        f"Date: {date}",
        f"Message-ID: <{abs(hash((top, sender, answers, to, subject, body, tuple(more))))}@mail.clinic.example>",
        *reply,
        *more,
    ]
    text = "\n".join(lines) + ("\n" if any(one.lower().startswith("content-") for one in more) else _TEXT) + f"\n{body}"
    return text.replace("\r\n", "\n").replace("\n", "\r\n").replace("␍", "\r").encode("utf-8", "surrogateescape")


_TEXT = '\nMIME-Version: 1.0\nContent-Type: text/plain; charset="utf-8"\n'


class Gate(Office):
    """The office with strict proof, in which Dana and Priya have each a fresh digest and one that is too old."""

    def __init__(self, folder: Path, trust: Section = HEADERS, **sections: Section) -> None:
        super().__init__(folder, office_config(priya={"digest_at": "07:00"}, trust=trust, **sections))
        # Thousands of mails are put in and taken out again, and no power is cut.
        self.parts.ledger._database._db.execute("PRAGMA synchronous = OFF")
        self.arrive(FAX)
        self.work()
        self.old = {DANA: self.digest_to(DANA), PRIYA: self.digest_to(PRIYA)}
        self.pass_time(days=21)
        self.work()
        self.fresh = {DANA: self.digest_to(DANA), PRIYA: self.digest_to(PRIYA)}

    def digest_to(self, email: str) -> SentMail:
        found = self.parts.ledger.outgoing.last_of("digest", email)
        assert found is not None
        return found

    def stored(self, raw: bytes) -> str:
        """Put a mail into the spool as it is; return its key."""
        self._count += 1
        where = Locator(account="desk", folder="INBOX", uidvalidity=9, uid=10_000 + self._count)
        key = content_key(raw)
        self.parts.ledger.spool.store(RawMail(locator=where, received_at=self.now, content=raw), key, self.now)
        return key

    def standing(self, raw: bytes) -> str:
        """Return what a mail may do, as the pipeline judges it; `stranger` where it is nobody's we know."""
        key = self.stored(raw)
        try:
            return self._judged(key)
        finally:
            # It was only to be looked at.
            database = self.parts.ledger._database
            with database.transaction():
                for table in ("deliveries", "mails"):
                    database.change(f"DELETE FROM {table} WHERE key = ?", key)

    def _judged(self, key: str) -> str:
        mail = self.parts.ledger.spool.mail(key)
        assert mail is not None
        message = parse(mail)
        person = known_sender(message, self.parts.people())
        answered = find_answered(self.parts, message)
        if person is None or not is_word_to_us(message, answered, our_address=US, is_command=lambda: True):
            return "stranger"
        return standing_of(self.parts, message, person, answered)

    def receives(self, raw: bytes) -> list[str]:
        """Let the whole pipeline read a mail; return the recipients of what it sent for it."""
        self.stored(raw)
        before = len(self.postbox.taken)
        receive(self.parts)
        deliver(self.parts)
        return [str(mail["To"].addresses[0].addr_spec) for mail in self.postbox.taken[before:]]

    def state(self, number: int = 1) -> str:
        return self.parts.ledger.book.task(number).state

    def changes_by(self, *people: str) -> int:
        """Return how many changes stand in the ledger in the names of people."""
        return sum(event.actor in people for event in self.parts.ledger.book.history(1))


def forged(message_id: str) -> str:
    """Return the id of a mail of ours with one letter of its token changed."""
    stem, at, host = message_id.partition("@")
    return f"{stem[:-1]}{'a' if stem[-1] != 'a' else 'b'}{at}{host}"


@lru_cache(maxsize=4)
def signing_key(_name: str) -> tuple[bytes, bytes]:
    """Return a private key as PEM, and the DNS record of its public half; the name makes several."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private, b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


_SIGNED = (b"from", b"to", b"subject", b"date", b"message-id", b"in-reply-to", b"references", b"mime-version")


def signed(
    raw: bytes,
    *,
    domain: str = "clinic.example",
    key: str = "clinic",
    fields: Sequence[bytes] = _SIGNED,
    **more: Any,  # noqa: ANN401 - as the library takes it
) -> bytes:
    """Return a mail with the signature of a domain on top."""
    header: bytes = dkim.sign(raw, b"s1", domain.encode(), signing_key(key)[0], include_headers=list(fields), **more)
    return header + raw


def zone(records: dict[str, bytes]) -> Callable[[str, float], bytes | None]:
    """Return a resolver that knows these names."""
    return lambda name, _timeout_s: records.get(name.rstrip("."))
