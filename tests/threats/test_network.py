"""Nothing in a mail is fetched, resolved or opened; the watch over all tests sees who speaks to another machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest

from assistant.errors import UnreadableMailError
from tests.network import OURSELVES, Watch, on_path
from tests.pipeline.office import DANA, MONDAY, Office
from tests.refusal import is_at_home
from tests.threats.injections import AttackedOffice

CASES = Path(__file__).parents[1] / "cases" / "mails"
LURE = "https://leak.example/track?id=1"
PAGE = f"""<html><head><base href="{LURE}"><link rel="stylesheet" href="{LURE}.css">
<link rel="dns-prefetch" href="//leak.example"><link rel="preconnect" href="{LURE}">
<style>@import url("{LURE}.css"); @font-face {{font-family: x; src: url("{LURE}.woff")}}</style></head>
<body background="{LURE}.png"><p>Please fax the order for Mrs. Nowak by Friday, see <a href="{LURE}">the portal</a>.</p>
<img src="{LURE}.gif" srcset="{LURE}.png 2x" width=1 height=1><iframe src="{LURE}"></iframe>
<object data="{LURE}"></object><video src="{LURE}.mp4" poster="{LURE}.jpg"></video>
<svg><image href="{LURE}.svg"/></svg><script src="{LURE}.js"></script>
<div style="background:url({LURE}.png)">Thanks</div></body></html>"""
INVITATION = "\r\n".join(
    (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:1@leak.example"),
        *("DTSTAMP:20260309T120000Z", "DTSTART:20260312T150000Z", f"URL:{LURE}", f"ATTACH:{LURE}", "SUMMARY:Review"),
        *(f"IMAGE;VALUE=URI:{LURE}.png", f'X-ALT-DESC;FMTTYPE=text/html:<img src="{LURE}">', "END:VEVENT"),
        *("END:VCALENDAR", ""),
    )
)
ENTITY = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "{LURE}"><!ENTITY % y SYSTEM "{LURE}"> %y;]><a>&x;</a>'


def luring(kind: str) -> bytes:
    """Return a mail that does all it can to make a reader ask for something."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Lure <lure@leak.example>", DANA, f"Look at {LURE}"
    mail["Date"], mail["Message-ID"] = format_datetime(MONDAY), f"<{kind.replace(' ', '-')}@leak.example>"
    for name in ("Disposition-Notification-To", "Return-Receipt-To", "X-Confirm-Reading-To", "Errors-To"):
        mail[name] = "lure@leak.example"
    if kind == "list":
        mail["List-Unsubscribe"], mail["List-Unsubscribe-Post"] = f"<{LURE}>", "List-Unsubscribe=One-Click"
    mail["DKIM-Signature"] = "v=1; a=rsa-sha256; d=leak.example; s=lure; h=from; bh=AAAA; b=AAAA"
    mail["Face"], mail["X-Image-Url"] = LURE, LURE
    mail.set_content(f"Please fax the order for Mrs. Nowak by Friday, see {LURE} and \\\\leak.example\\share.")
    match kind:
        case "page":
            mail.add_alternative(PAGE, subtype="html")
        case "files":
            mail.add_attachment(PAGE.encode(), maintype="text", subtype="html", filename="letter.html")
            mail.add_attachment(ENTITY.encode(), maintype="text", subtype="xml", filename="letter.xml")
            mail.add_attachment(ENTITY.encode(), maintype="image", subtype="svg+xml", filename="drawing.svg")
            mail.add_attachment(f"[InternetShortcut]\r\nURL={LURE}".encode(), maintype="text", subtype="plain",
                                filename="open.url")  # fmt: skip
        case "invitation":
            mail.add_attachment(INVITATION.encode(), maintype="text", subtype="calendar", filename="invite.ics")
        case "elsewhere":
            outside = EmailMessage()
            outside["Content-Type"] = f'message/external-body; access-type=URL; URL="{LURE}"'
            outside.set_payload("Content-Type: text/plain\r\n\r\n")
            mail.make_mixed()
            mail.attach(outside)
    return mail.as_bytes()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.parts.ledger.close()


@pytest.mark.parametrize("kind", ["plain", "list", "page", "files", "invitation", "elsewhere"])
def test_a_mail_full_of_lures_is_read_answered_for_and_told_without_a_word_to_anybody(
    office: Office, watch: Watch, kind: str
):
    spoken = watch.at_home
    office.arrive_raw(luring(kind))
    office.work()
    office.now += timedelta(days=1)
    office.work()

    # What a list sends to everybody is read, and asks nobody for anything.
    assert bool([task.title for task in office.open if "Nowak" in task.title]) == (kind != "list")
    assert office.parts.ledger.spool.balance(MONDAY - timedelta(days=1)).needs_person == 0
    assert watch.at_home == spoken
    assert watch.abroad == []


def test_no_labelled_mail_is_read_with_a_word_to_anybody(tmp_path: Path, watch: Watch):
    office, spoken = AttackedOffice(tmp_path), watch.at_home
    mails = sorted(CASES.glob("*.eml"))
    for path in mails:
        try:
            office.read(path.read_bytes())
        except UnreadableMailError:
            continue

    assert len(mails) > 100
    assert watch.at_home == spoken
    assert watch.abroad == []
    office.parts.ledger.close()


def test_the_watch_sees_and_stops_what_speaks_to_another_machine(watch: Watch):
    with watch.apart() as abroad:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("192.0.2.1", 25), timeout=1)
        with pytest.raises(ConnectionRefusedError):
            socket.getaddrinfo("leak.example", 443)
        with pytest.raises(ConnectionRefusedError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
            asker.sendto(b"who is leak.example", ("198.51.100.53", 53))

    assert [what.split()[0] for what in abroad] == ["socket.getaddrinfo", "socket.getaddrinfo", "socket.sendto"]


_CALLS_OUT = """
import contextlib, os, socket, subprocess, sys
if sys.argv[1:]:
    subprocess.run([sys.executable, "-c", sys.argv[1]], check=True)
if os.fork():
    os.wait()
    with contextlib.suppress(Exception):
        socket.create_connection(("192.0.2.1", 25), timeout=1)
else:
    try:
        socket.create_connection(("198.51.100.1", 25), timeout=1)
    except ConnectionRefusedError:
        print("refused")
"""


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems fork")
@pytest.mark.parametrize("own", [False, True])
def test_what_a_child_of_a_child_says_to_another_machine_is_refused_and_told_on_though_it_swallows_it(
    watch: Watch, tmp_path: Path, *, own: bool
):
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": on_path(tmp_path)} if own else None
    command = [sys.executable, "-c", _CALLS_OUT, _CALLS_OUT]
    with watch.apart() as abroad:
        said = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)

    assert said.stdout.split() == ["refused", "refused"]
    assert said.stderr == ""
    assert sorted(what.split()[1] for what in abroad) == ["'192.0.2.1'"] * 2 + ["'198.51.100.1'"] * 2


def test_a_child_speaks_to_its_own_machine_as_it_likes(watch: Watch):
    asks = "import socket, sys; socket.create_connection(('localhost', int(sys.argv[1])), timeout=30).close()"
    with socket.create_server(("127.0.0.1", 0)) as listens:
        subprocess.run([sys.executable, "-c", asks, str(listens.getsockname()[1])], timeout=60, check=True)

    assert watch.abroad == []


def test_no_python_is_started_without_the_watch():
    with pytest.raises(AssertionError, match="without the watch"):
        subprocess.run([sys.executable, "-c", ""], env={"PATH": os.environ["PATH"]}, check=False)


@pytest.mark.parametrize(
    ("host", "ours"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), (b"localhost", True),
     ("192.0.2.1", False), ("leak.example", False), ("localhost.leak.example", False),
     ("127.0.0.1.leak.example", False),
     ("169.254.169.254", False), ("fe80::1%eth0", False)],
)  # fmt: skip
def test_the_watch_knows_its_own_machine(host: str, ours: bool):  # noqa: FBT001 - a table
    assert is_at_home(host, OURSELVES) is ours
