"""Words that stand in a mail's bytes alone are told of, whatever injury hid them; of whole mails, nothing is told."""

from __future__ import annotations

import base64
import random
from email.message import EmailMessage

import pytest

from assistant.parse.message import UNPLACED
from assistant.parse.wild import WORD, lines_in
from tests.growth import grows_as_given
from tests.parse.mails import alternative, mixed, raw, read

ASKS = "Please send the signed consent form for Mrs. Dow before tomorrow morning."
CODED = base64.encodebytes((ASKS + " The cardiology clearance is missing, too.\n").encode()).decode()
HTML = "<html><body><p>Hello Dana.</p>{}</body></html>"


def _long(plain: str, html: str) -> bytes:
    """Return a mail in two forms that say the same in most of their lines."""
    words = ["alpha", "bravo", "charlie", "delta", "echo"] * 9
    lines = [f"Item {n}: the {word} is here." for n, word in enumerate(words)]
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    return alternative("\n".join([*lines, plain]), f"{paragraphs}<p>{html}</p>")


DAMAGED = {
    "swallowed by a field of a part": mixed(f"Content-Type: text/pl {ASKS}\n\nHello Dana.\n"),
    "swallowed by a field of the mail": raw("Hello Dana.\n", X_Mailer=f"Outlook 16.0 {ASKS}"),
    "swallowed by a name that is left open": mixed(
        f'Content-Type: text/csv\nContent-Disposition: attachment; filename="a.csv, {ASKS}\n\na,b\n'
    ),
    "in one form of two": _long("Done.", f"Done. {ASKS}"),
    "in what begins like a tag": raw(HTML.format(f"<d.ferris {ASKS}</p>"), Content_Type="text/html"),
    "between quotes that are left open": raw(
        HTML.format(f'<p style="color:#777>{ASKS}</p><p class="x">Bye.</p>'), Content_Type="text/html"
    ),
    "in a style that is left open": raw(HTML.format(f"<style>p {{}}</stlye><p>{ASKS}</p>"), Content_Type="text/html"),
    "in base64 that nothing names": raw(CODED[:60] + "))))" + CODED[60:]),
    "in base64 that begins in the middle": raw("Hello Dana.\n\n" + CODED[1:], Content_Transfer_Encoding="8bit"),
    "in base64 in a header": raw("Hello Dana.\n", Message_ID=f"<{CODED.replace(chr(10), '')}"),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_words_that_are_not_shown_are_told_of(content: bytes):
    message = read(content)

    assert message.problems or "consent" in message.text


def test_what_calls_itself_utf_16_and_is_none_is_read():
    for text in (ASKS, ASKS + "!"):
        message = read(mixed("Content-Type: text/plain\n\nHello.", f"Content-Type: text/csv; charset=utf-16\n\n{text}"))

        assert "consent" in f"{message.text} {[file.text for file in message.attachments]}"


def test_a_bare_cr_ends_a_line_of_quoted_printable():
    content = raw(ASKS.replace("consent", "con=\nsent"), Content_Transfer_Encoding="quoted-printable")

    assert ASKS in read(content.replace(b"\r\n", b"\r")).text


def _with(data: bytes, kind: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Ana <ana@lab.example>", "dana@clinic.example", "Labs"
    mail.set_content(ASKS)
    mail.add_attachment(data, maintype="application", subtype=kind)
    return mail.as_bytes()


WHOLE = {
    "plain": raw(f"{ASKS}\n\nAna\n"),
    "quoted-printable": raw(ASKS.replace(" ", "=\n ", 3), Content_Transfer_Encoding="quoted-printable"),
    "base64": raw(CODED, Content_Transfer_Encoding="base64"),
    "two forms": alternative(ASKS, f'<p style="color:#777" class=x nowrap>{ASKS}<br><!-- end --></p>'),
    "a pointer": alternative(
        "See the HTML version of this message.", f"<table><tr><td>{ASKS}{' Soon.' * 40}</td></tr></table>"
    ),
    "a style": raw(HTML.format(f"<style>p {{ margin: none; }}</style><p>{ASKS}</p>"), Content_Type="text/html"),
    "fields of programs": raw(
        ASKS,
        Received="from a.example (really trusted by us) by b.example with Microsoft SMTP Server id 7; Mon, 2 Mar 2026",
        X_Spam_Report="content analysis details of this very mail here",
        Content_Type='text/plain; charset="utf-8"; format=flowed',
    ),
}


@pytest.mark.parametrize("content", WHOLE.values(), ids=WHOLE)
def test_of_a_whole_mail_nothing_is_told(content: bytes):
    assert read(content).problems == ()


@pytest.mark.parametrize("size", [300, 30_000, 250_000])
def test_a_file_of_noise_holds_no_words(size: int):
    message = read(_with(random.Random(size).randbytes(size), "octet-stream"))

    assert UNPLACED not in message.problems


def test_what_a_byte_says_of_itself_is_not_believed():
    said = " ".join(lines_in(raw(CODED, Content_Transfer_Encoding="7bit", Content_Type="image/png")))

    assert {"please", "consent", "cardiology"} <= set(WORD.findall(said.lower()))


@pytest.mark.parametrize(
    "opens", ["<!--", "<script>", "<style>", "\x1b$B", "~{", "<p a=b=c=d ", "BEGIN:VA\nBEGIN:VB\n", "%PDF-"]
)
def test_what_opens_and_never_ends_costs_no_more_than_its_length(opens: str):
    assert grows_as_given(lambda body: list(lines_in(raw(body))), opens * (60_000 // len(opens)))
