"""A server's report of another mail -> which mail it speaks of, and what became of it for each recipient.

Read from the raw bytes as well as from the opened parts: old servers write it as plain text (RFC 3464 asks for
`message/delivery-status`), and some cut the structure off in the middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.parse.mime import Opened
from assistant.records import Delivery, DeliveryOutcome, DeliveryReport

_MOST_READ = 300_000
_MOST_NAMES = 50
_MOST_RECIPIENTS = 100
_BLANK = re.compile(r"\r?\n[ \t]{0,20}\r?\n")
_NAME = re.compile(
    r"^[ \t>]{0,8}(?:message-id|original-message-id|x-original-message-id|original-envelope-id|in-reply-to|references)"
    r"[ \t]{0,8}:([^\r\n]{0,1000}(?:\r?\n[ \t][^\r\n]{0,1000}){0,20})",
    re.IGNORECASE | re.MULTILINE,
)
_WORD = re.compile(r"[^\s<>,;\"()]{3,500}")
_RECIPIENT = re.compile(
    r"^(final|original)-recipient[ \t]{0,8}:[ \t]{0,8}(?:[\w-]{1,20}[ \t]{0,8};)?[ \t]{0,8}<?([^\s<>;]{3,320})>?",
    re.IGNORECASE | re.MULTILINE,
)
_ACTION = re.compile(r"^action[ \t]{0,8}:[ \t]{0,8}([a-z-]{3,20})", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"^status[ \t]{0,8}:[ \t]{0,8}([245]\.\d{1,3}\.\d{1,3})", re.IGNORECASE | re.MULTILINE)
_ANY_STATUS = re.compile(r"\b([45]\.\d{1,3}\.\d{1,3})\b")
_FAILED_TO = re.compile(r"^x-failed-recipients:[ \t]{0,8}([^\s,]{3,320})", re.IGNORECASE | re.MULTILINE)
_DELAY = re.compile(
    r"\b(?:delay(?:ed)?|warning|still being retried|will be retried|will retry|keep trying|not yet been delivered"
    r"|no action is required|do not need to resend)\b",
    re.IGNORECASE,
)
_OUTCOMES: dict[str, DeliveryOutcome] = {
    "failed": "failed",
    "failure": "failed",
    "delayed": "delayed",
    "delivered": "delivered",
    "relayed": "delivered",
    "expanded": "delivered",
}
_PLUS = re.compile(r"\+([0-9A-F]{2})")


def delivery_report(content: bytes, opened: Opened) -> DeliveryReport:
    """Return what a bounce says; its claims prove nothing but that its writer knew what it names."""
    texts = [text for text in _texts(content, opened) if text]
    names = dict.fromkeys(name for text in texts for name in _names(text))
    own = opened.headers.message_id
    # The raw bytes come first: where a part is opened, its blocks are one.
    each = next((found for text in texts if (found := dict.fromkeys(_each(text)))), {})
    return DeliveryReport(
        about=tuple(name for name in names if name != own)[:_MOST_NAMES],
        each=tuple(each)[:_MOST_RECIPIENTS] or (_told(opened, "\n".join(texts)),),
    )


def _texts(content: bytes, opened: Opened) -> Iterator[str]:
    yield content[:_MOST_READ].decode("latin-1")
    for body in opened.bodies:
        yield (body.plain or "")[:_MOST_READ]
    for file in opened.files:
        if file.media_type.startswith(("message/", "text/")):
            yield file.data[:_MOST_READ].decode("latin-1")


def _names(text: str) -> Iterator[str]:
    for field in _NAME.finditer(text):
        for word in _WORD.findall(field[1]):
            yield word
            if "+" in word:
                # An envelope id comes back as it was written (RFC 3461, 4: "+" and "=" stand as their numbers).
                yield _PLUS.sub(lambda found: chr(int(found[1], 16)), word)


def _each(text: str) -> Iterator[Delivery]:
    """Yield what became of the mail for each recipient: blocks of fields with blank lines between (RFC 3464, 2.1)."""
    for block in _BLANK.split(text):
        recipients = {kind.lower(): address.lower() for kind, address in _RECIPIENT.findall(block)}
        action = _ACTION.search(block)
        if not recipients or action is None:
            continue
        status = _STATUS.search(block)
        outcome = _OUTCOMES.get(action[1].lower(), "failed")
        # The address that was written to, where a forwarding hides it behind another.
        recipient = recipients.get("original", recipients.get("final", ""))
        yield Delivery(recipient=recipient, outcome=outcome, status=status[1] if status else "")


def _told(opened: Opened, text: str) -> Delivery:
    """Return what a report says that has none of the fields."""
    recipient, status = _FAILED_TO.search(text), _ANY_STATUS.search(text)
    code = status[1] if status else ""
    # A code of 4 alone tells little: servers give up in the end, and tell the last one they heard.
    is_passing = not code.startswith("5") and _DELAY.search(opened.headers.subject) is not None
    return Delivery(
        recipient=recipient[1].lower() if recipient else "",
        outcome="delayed" if is_passing else "failed",
        status=code,
    )
