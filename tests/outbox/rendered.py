"""Content of a notice -> its mail as a reader's program sees it."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

from assistant.outbox import render
from assistant.records import (
    Content,
    Notice,
    OutgoingMail,
)
from tests.outbox import samples
from tests.outbox.samples import (
    NOW,
)


class Tags(HTMLParser):
    """Collects what could load, run or lead somewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def made(content: Content) -> OutgoingMail:
    return render(Notice(key="key", content=content), samples.SENDER, NOW, help_lines=samples.HELP_LINES)


def parsed(mail: OutgoingMail) -> tuple[EmailMessage, str, str]:
    """Return the mail as a reader's program sees it, its text and its HTML."""
    message = message_from_bytes(mail.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    return message, text.get_content(), html.get_content()


def tags(html: str) -> Tags:
    found = Tags()
    found.feed(html)
    return found


def text_of(content: Content) -> str:
    """Return the plain text, with each run of white space as one blank."""
    return " ".join(parsed(made(content))[1].split())
