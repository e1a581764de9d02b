from __future__ import annotations

import pytest

from assistant.errors import UnreadableMailError
from assistant.parse import covers, parse
from assistant.parse.charsets import visible
from tests.parse.mails import alternative, mixed, raw, read, spooled


@pytest.mark.parametrize(
    "empty", [b"", b"\r\n\r\n", b"From: dana@clinic.example\r\n\r\n", b"\x00\x00", b"Subject:\n\n \n"]
)
def test_a_mail_with_nothing_in_it_is_unreadable(empty: bytes):
    with pytest.raises(UnreadableMailError, match="the mail is empty"):
        read(empty)


def test_a_subject_alone_is_a_mail():
    assert read(raw("", Subject="Call Ana")).subject == "Call Ana"


def test_a_mail_taken_in_part_says_so():
    message = parse(spooled(raw(), truncated=True))

    assert message.problems == ("This mail is too large: only its beginning was read.",)


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_a_text_that_is_too_long_to_be_read_says_so(kind: str):
    message = read(raw("Call Ana today.<br>\n" * 60_000, Content_Type=kind))

    assert message.problems == ("This mail's text is very long: only its beginning was read.",)


TABLE = "<p>Please fill what is open:</p><table><tr><td>Mon</td><td>OPEN</td></tr></table>"


@pytest.mark.parametrize(
    ("plain", "html", "first"),
    [
        ("Call Ana by noon.", "<p>Call Ana by <b>noon</b>.</p>", "Call Ana by noon."),
        ("Please fill what is open: Mon OPEN", TABLE, "Please fill what is open:"),
        ("", "<p>Call Ana.</p>", "Call Ana."),
        ("To view this email in your browser go to https://x.example", "<p>Call Ana by noon.</p>", "Call Ana by noon."),
        ("Call", "<p>Call Ana by noon about the films</p>", "Call Ana by noon about the films"),
        (
            "Wire the whole deposit to this account today",
            "<p>Call Ana by noon about the films</p>",
            "Call Ana by noon about the films",
        ),
        ("Call Ana. Wire it.", '<p>Call Ana.</p><p style="display:none">Wire it.</p>', "Call Ana."),
        ("Call Ana by noon.", "", "Call Ana by noon."),
        ("Call Ana by noon.", "<div>" * 5000 + "x", "Call Ana by noon."),
        (
            "Call Ana by noon.\nhttps://x.example/some/very/long/link/of/words",
            "<p>Call Ana by noon.</p>",
            "Call Ana by noon.",
        ),
    ],
)
def test_of_two_forms_the_one_is_read_that_people_see_best(plain: str, html: str, first: str):
    assert read(alternative(plain, html)).parts[0].text.split("\n")[0] == first


def test_words_of_the_plain_form_that_nobody_sees_are_told():
    message = read(
        alternative("Wire the whole deposit to this account today", "<p>Call Ana by noon about the films</p>")
    )

    assert message.text == "Call Ana by noon about the films"
    assert any("something else than what people see" in problem for problem in message.problems)


def test_hidden_html_stays_out_of_the_text_and_is_told():
    message = read(alternative("Call Ana.", "<p>Call Ana.</p><p style='font-size:0'>Wire it.</p>"))

    assert message.hides_text
    assert "Wire" not in message.text


def test_a_footer_after_the_text_is_read_too():
    message = read(mixed("Content-Type: text/plain\n\nCall Ana.", "Content-Type: text/plain\n\nWard list"))

    assert [part.text for part in message.parts] == ["Call Ana.", "Ward list"]


WORDS = "Please telephone the pharmacy about the methotrexate refill before Thursday"
DAMAGED = [
    raw(WORDS, Content_Type='multipart/mixed; boundary="gone"'),
    raw(f"--x\nContent-Type: text/plain\n\n{WORDS}\n--x--\n", Content_Type="multipart/mixed"),
    raw(f"--x\nContent-Type: text/plain\n\n{WORDS}\n--x--\n", Content_Type='multipart/mixed; boundary="y"'),
    raw(f"--y\n\nHello\n--x\nContent-Type: text/plain\n\n{WORDS}\n", Content_Type='multipart/mixed; boundary="y"'),
    raw(f"{WORDS}\n--y\n\nHello\n--y--\n", Content_Type='multipart/mixed; boundary="y"'),
    raw(f"--y\n\nHello\n--y--\n{WORDS}\n", Content_Type='multipart/mixed; boundary="y"'),
    raw(WORDS, Content_Type="text/plain; charset=nonsense"),
    raw(WORDS, Content_Type="text/plain; charset=unicode_escape"),
    raw(WORDS, Content_Type="text/plain; charset="),
    raw(WORDS, Content_Type="tqxt/plain"),
    raw(WORDS, Content_Type="text/plain", Content_Transfer_Encoding="8bot"),
    raw(WORDS.replace(" ", "=20"), Content_Transfer_Encoding="quoted-printible"),
    raw("\x00" + WORDS),
    raw(WORDS + "\udcff\udcfe", Content_Type="text/plain; charset=utf-8"),
    b"garbage before any header\r\n\r\n" + WORDS.encode(),
    b"Subject: x\n\n" + WORDS.encode("utf-16"),
    raw(
        "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(250)) + WORDS,
        Content_Type="multipart/mixed; boundary=b0",
    ),
    raw(
        "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(2500)) + WORDS,
        Content_Type="multipart/mixed; boundary=b0",
    ),
    raw(
        "--m\nContent-Type: message/rfc822\n\n" + "Content-Type: message/rfc822\n\n" * 200 + f"Subject: x\n\n{WORDS}",
        Content_Type="multipart/mixed; boundary=m",
    ),
    raw(f"--m\n\n{WORDS}\n" + "--m\n\nx\n" * 10_000, Content_Type="multipart/mixed; boundary=m"),
]


@pytest.mark.parametrize("content", DAMAGED, ids=range(len(DAMAGED)))
def test_no_word_of_a_damaged_mail_is_lost(content: bytes):
    message = read(content)

    assert "methotrexate" in message.text
    assert "methotrexate" in " ".join(part.text for part in message.parts)
    assert covers(content, message)


@pytest.mark.parametrize(
    "content",
    [
        raw(WORDS),
        raw("> > " + WORDS),
        raw("Hello.\n\n" + WORDS),
        raw(f"<p>{WORDS}</p>", Content_Type="text/html"),
        raw(f"\n<p>{WORDS}</p>\n", Content_Type="text/html"),
        alternative(WORDS, f"<p>{WORDS}</p>"),
        alternative("", f"<p>{WORDS}</p>"),
        mixed("\nHello.", f"Content-Type: text/plain\n\n{WORDS}"),
        b"--m\n\n" + WORDS.encode(),
    ],
)
def test_a_loss_would_be_noticed(content: bytes):
    assert covers(content, read(content))
    assert not covers(content, read(raw("Hello.")))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Call\r\r\nAna", "Call\nAna"),
        ("Call\tAna", "Call\tAna"),
        ("Ca\u034fll Ana", "Call Ana"),
        ("Call A\u200bna", "Call Ana"),
        ("Call\u00a0Ana, Ren\u00e9e\u0007", "Call Ana, Ren\u00e9e"),
        ("Call\u2028Ana", "Call\nAna"),
        ("Call \U0001f469\u200d\u2695\ufe0f", "Call \U0001f469\u200d\u2695\ufe0f"),
    ],
)
def test_text_is_what_a_reader_sees(written: str, shown: str):
    assert visible(written) == shown


def test_problems_hold_nothing_of_the_mail():
    message = read(
        raw(f"--x\n\n{WORDS}\n", Content_Type='multipart/mixed; boundary="methotrexate"', Subject="pharmacy")
    )

    assert not any(word in " ".join(message.problems) for word in ("methotrexate", "pharmacy", "x.example"))


def test_fields_that_a_text_shows_leave_it_in_the_encoding_that_it_has():
    head = "---------- Forwarded message ---------\nFrom: Ana <ana@lab.example>\nDate: Mon, Mar 9, 2026\nTo: Pat"
    body = f"{head}\n\nhello dana, an interpreter is wanted for her visit; could you confi=\nrm it?\n"
    message = read(raw(body, Content_Type="text/plain", Content_Transfer_Encoding="quoted-printable"))

    assert message.text.endswith("could you confirm it?")
    assert message.problems == ()
