"""Headers -> why a mail counts as automatic, or None for a person's mail.

No person's mail may be taken for a machine's: then their word would not be obeyed. In doubt it is a person's.
"""

from __future__ import annotations

import re

from assistant.parse.mime import Opened
from assistant.records import Automatic

_DAEMON = re.compile(
    r"(?:mail(?:er)?[._-]?daemon|mdaemon|post[._-]?master|mail[._-]?(?:delivery[._-]?)?(?:sub)?system"
    r"|microsoftexchange[0-9a-f]{16,40}|bounces?|no-?reply-?bounces?|mta-?notification)(?:[+=-][^@]{0,200})?@",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"(?:[^@]{0,40}[._-])?(?:no|do[._-]?not)[._-]?reply(?:[+._=-][^@]{0,100})?@", re.IGNORECASE)
_BOUNCE_SUBJECT = re.compile(
    r"(?:undeliver(?:ed|able)|delivery (?:status notification|failure|has failed|error)"
    r"|mail delivery (?:failed|failure|system)|returned mail|failure notice|delivery report"
    r"|message (?:undeliverable|delivery failure|could not be delivered)"
    r"|mail (?:could not be|system error)|non-?deliver|unzustellbar|no se puede entregar|non remis|nicht zustellbar)",
    re.IGNORECASE,
)
_AWAY_SUBJECT = re.compile(
    r"(?:auto(?:matic)?[- ]?(?:reply|response|responder)|(?:out of|away from) (?:the )?office|ooo\b|vacation"
    r"|respuesta autom[aá]tica|fuera de la oficina|automatische antwort|abwesen|r[eé]ponse automatique|absence)",
    re.IGNORECASE,
)
_BULK = frozenset({"bulk", "junk"})
_AUTO_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-mail-autoreply")
_REPORTS: dict[str, Automatic] = {
    "delivery-status": "bounce",
    "feedback-report": "machine",
    "disposition-notification": "machine",
}
_REPORT_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})


def automatic(opened: Opened) -> Automatic | None:
    """Return why the mail counts as automatic, None for a person's."""
    return _report(opened) or _reply(opened) or _mass(opened)


def _report(opened: Opened) -> Automatic | None:
    """Recognise what a mail server wrote about another mail (RFC 3462, RFC 3464, RFC 5965)."""
    headers = opened.headers
    types = {file.media_type for file in opened.files}
    if opened.media_type == "multipart/report" and opened.report_type in _REPORTS:
        return _REPORTS[opened.report_type]
    if types & _REPORT_TYPES or headers.text("x-failed-recipients"):
        return "bounce"
    if "message/feedback-report" in types:
        return "machine"
    if _is_from_server(opened):
        return "bounce"
    if opened.media_type == "multipart/report":
        return "bounce" if _BOUNCE_SUBJECT.search(headers.subject) else "machine"
    if _has_null_sender(opened):
        if _AWAY_SUBJECT.match(headers.subject) or _auto_submitted(opened).startswith("auto-replied"):
            return "auto-reply"
        return "bounce" if _BOUNCE_SUBJECT.search(headers.subject) else "machine"
    return None


def _reply(opened: Opened) -> Automatic | None:
    """Recognise what a program wrote in a person's name (RFC 3834)."""
    headers = opened.headers
    submitted = _auto_submitted(opened)
    if submitted and submitted != "no":
        return "machine" if submitted.startswith(("auto-generated", "auto-notified")) else "auto-reply"
    if any(headers.text(name).lower() not in ("", "no", "false") for name in _AUTO_HEADERS):
        return "auto-reply"
    if headers.text("x-apple-action").lower() == "vacation":
        return "auto-reply"
    # The subject alone proves nothing: people write of vacations. With a program's own header beside it, it does.
    is_marked = (
        "x-auto-response-suppress" in headers
        or "x-ms-exchange-inbox-rules-loop" in headers
        or headers.text("precedence").lower() in (*_BULK, "auto_reply")
        or any(name.startswith("x-ms-exchange-generated") for name in headers.names)
    )
    if headers.text("precedence").lower() == "auto_reply" or (is_marked and _AWAY_SUBJECT.match(headers.subject)):
        return "auto-reply"
    return None


def _mass(opened: Opened) -> Automatic | None:
    """Recognise mail to many; what a person writes to a list that people write to stays a person's."""
    headers = opened.headers
    if headers.text("precedence").lower() in _BULK:
        return "bulk"
    posts = headers.text("list-post").lower()
    if headers.text("list-unsubscribe") and posts in ("", "no"):
        return "bulk"
    return "machine" if _NOBODY.match(_from(opened)) else None


def _from(opened: Opened) -> str:
    sender = opened.headers.sender
    return sender.email if sender else ""


def _is_from_server(opened: Opened) -> bool:
    """Tell whether a mail server is the writer; a person at postmaster may still answer a mail."""
    headers = opened.headers
    if headers.in_reply_to and headers.subject.lower().startswith("re:"):
        return False
    # Servers' own From is often not well-formed: `MAILER-DAEMON <>`.
    written = _from(opened) or f"{headers.text('from').strip('<> ')}@"
    return _DAEMON.match(written) is not None


def _auto_submitted(opened: Opened) -> str:
    return opened.headers.text("auto-submitted").lower().split(";")[0].strip()


def _has_null_sender(opened: Opened) -> bool:
    return opened.headers.raw("return-path").strip() == "<>"
