"""What we send holds nothing active and no address but ours, whatever the mails say; and no more headers than ever."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from functools import lru_cache
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from assistant.outbox.render import _UNFOLDED, _headed, _thread, render
from assistant.outbox.return_ways import return_ways
from assistant.outbox.wording import harmless
from assistant.records import Alert, Content, Notice, Suggestion
from tests.outbox import samples
from tests.threats.active_words import ACTIVE_WORDS, CONTAINERS, filled
from tests.threats.browser import asked_for

MAILS: dict[str, Content] = {
    "digest": samples.DIGEST,
    "news": samples.NEWS_DIGEST,
    "answer": samples.ANSWER,
    "list": samples.LIST_ANSWER,
    "summary": samples.SUMMARY_ANSWER,
    "suggestion": Suggestion(person=samples.DANA, now=samples.NOW, by="Priya Raman", proposals=samples.ANSWER.outcomes),
    "call": samples.BACKUP_CALL,
    "handoff": samples.HANDOFF,
    "alert": Alert(person=samples.DANA, now=samples.NOW, heading="The mailbox is not read", lines=("It is locked.",)),
}
_ACTIVE = frozenset({"script", "img", "svg", "iframe", "object", "embed", "link", "base", "form", "input", "video"})
_LINKED = re.compile(r"\w://|(?<!\w)www\.\w|\\\\\w|javascript:\S|leak\.example", re.IGNORECASE)
"""What mail programs make links of by themselves."""


def rendered(content: Content) -> tuple[str, str]:
    """Return the HTML and the plain text of a mail."""
    mail = render(Notice(key="key", content=content), samples.SENDER, samples.NOW, help_lines=samples.HELP_LINES)
    message = message_from_bytes(mail.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    page, text = message.get_body(("html",)), message.get_body(("plain",))
    assert page is not None
    assert text is not None
    return page.get_content(), text.get_content()


def marks(page: str) -> Iterator[tuple[str, str, str]]:
    """Yield each element's tag with each of its attributes, as a browser reads them; links to us are told as such."""
    for node in LexborHTMLParser(page).css("*"):
        for name, value in (node.attributes or {"": None}).items():
            ours = f"mailto:{samples.SENDER.address}?subject="
            yield node.tag or "", name, ours if name == "href" and (value or "").startswith(ours) else value or ""


@lru_cache(maxsize=16)
def usual(name: str) -> frozenset[tuple[str, str, str]]:
    """Return the marks of a mail in which nobody wrote anything bad."""
    said = (MAILS[name], filled(MAILS[name], "harmless words"), filled(MAILS[name], "such as `done 3` here"))
    return frozenset(mark for content in said for mark in marks(rendered(content)[0]))


def test_there_are_three_hundred_strings_and_each_comes_to_be_shown():
    assert len(set(ACTIVE_WORDS)) == 300
    for words in ACTIVE_WORDS[:30]:
        shown = LexborHTMLParser(rendered(filled(MAILS["digest"], words))[0]).text()
        assert harmless(words)[:30] in " ".join(shown.split())


@pytest.mark.parametrize("name", MAILS)
def test_no_words_of_others_become_an_element_or_an_attribute_or_a_link(name: str):
    assert usual(name).isdisjoint((tag, "", "") for tag in _ACTIVE)
    # Each kind of mail with a part of the strings, all of them in one kind; the browser sees each in each.
    for words in ACTIVE_WORDS if name == "news" else ACTIVE_WORDS[len(name) % 7 :: 7]:
        page, text = rendered(filled(MAILS[name], words))
        assert set(marks(page)) <= usual(name), words
        assert _LINKED.search(text) is None, words
        assert _LINKED.search(LexborHTMLParser(page).text()) is None, words


@pytest.mark.servers
@pytest.mark.timeout(600)
def test_a_real_browser_finds_nothing_active_in_any_mail(tmp_path: Path):
    kinds = list(MAILS)
    pages = [rendered(filled(MAILS[kinds[place % 9]], words))[0] for place, words in enumerate(ACTIVE_WORDS)]
    # So that silence says something: the same words where a page takes them for its own.
    naked = [f"<!doctype html><body>{words}</body>" for words in CONTAINERS]

    assert len([what for what in asked_for(naked, tmp_path / "naked") if "leak.example/hit" in what]) > 10
    assert asked_for(pages, tmp_path / "mails") == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("see https://a.example/x?y=1#z", "see https[:]//a[.]example/x?y=1#z"),
        ("HTTP://user:pw@198.51.100.7/x", "HTTP[:]//user:pw@198.51.100.7/x"),
        ("ftp://files.a.example", "ftp[:]//files[.]a[.]example"),
        ("www.a.example", "www[.]a[.]example"),
        ("log in at payer.com, please", "log in at payer[.]com, please"),
        ("bit.ly/3abc", "bit[.]ly/3abc"),
        (r"\\host\share", r"[\\]host\share"),
        ("javascript:alert(1)", "javascript[:]alert(1)"),
        ("write to ruth@example.com or r.b@a.example", "write to ruth@example.com or r.b@a.example"),
        ("at 3 p.m. give 0.5 mg/kg b.i.d., see report.pdf; ratio 1:2; data: none", None),
        ("Dr. Abbott's note re: K+ 5.9, MRI w/o contrast", None),
    ],
)
def test_links_of_others_are_shown_so_that_no_mail_program_makes_links_of_them(said: str, shown: str | None):
    assert harmless(said) == (said if shown is None else shown)


def fuzzed(count: int) -> Iterator[tuple[str, str, str, str]]:
    """Yield subjects and names as an attacker would have them: line ends of all kinds, headers, odd letters."""
    dice = random.Random(4711)
    alphabet = [
        *("\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\x00", "\t", " "),
        *(
            "Bcc: thief@leak.example",
            "\r\nBcc: thief@leak.example\r\n",
            "\n\nhidden body",
            "To:",
            "Content-Type: text/html",
        ),
        *(
            "=?utf-8?q?=0D=0ABcc=3A_thief=40leak.example?=",
            "=?utf-7?q?+AA0ACg-Bcc:x?=",
            "=?",
            "?=",
            '"',
            "\\",
            "<",
            ">",
        ),
        *(",", ";", ":", "@", "(", ")", "é", "漢", "\U0001f600", "\u202e", "\ud800", "a", "Dana", "x" * 300, "%0d%0a"),
    ]
    for _ in range(count):
        subject, name, organisation, answered = (
            "".join(dice.choices(alphabet, k=dice.randrange(1, 9))) for _ in "four"
        )
        yield subject, name, organisation, answered


@pytest.mark.parametrize("count", [5_000, pytest.param(100_000, marks=[pytest.mark.servers, pytest.mark.timeout(400)])])
def test_no_subject_and_no_name_makes_a_header(count: int):
    usual = ["From", "To", "Reply-To", "Subject", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress"]
    usual += ["X-Coordination-Assistant"]
    ways = return_ways("answer", samples.DANA, samples.SENDER, samples.NOW)
    parser = BytesHeaderParser(policy=policy.compat32)
    for subject, name, organisation, answered in fuzzed(count):
        person = replace(samples.DANA, name=name)
        mail = _headed(person, replace(samples.SENDER, name=organisation), subject, ways)
        _thread(mail, answered)
        content = mail.as_bytes(policy=_UNFOLDED)
        found = [header for header in parser.parsebytes(content) if header not in {"In-Reply-To", "References"}]
        assert found == usual, (subject, name, organisation, answered)
        assert content.endswith(b"\r\n\r\n")
        assert content.count(b"\r\n") == content.count(b"\n") == content.count(b"\r")
