"""A mail's headers, files and own lines -> what a mail server reports of another mail, or None.

Servers are known by what they send: the structure of a report (RFC 3464, RFC 5965), no return path (RFC 5321, 4.5.5),
a name that only servers have. The words alone prove nothing: people pass reports on, and write of what came back.
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
# Not "postmaster" or "administrator": people sign as these.
_DAEMON_NAME = re.compile(r"[\"']?(?:mail(?:er)?[ -]?daemon|mail (?:delivery )?(?:sub)?system)\b", re.IGNORECASE)
_FAILURE = re.compile(
    r"(?:undeliver(?:ed|able)|delivery (?:status notification|failure|has failed|error)"
    r"|mail delivery (?:failed|failure|system)|returned mail|failure notice|delivery report"
    r"|message (?:undeliverable|delivery failure|could not be delivered)"
    r"|mail (?:could not be|system error)|non-?deliver|unzustellbar|no se puede entregar|non remis|nicht zustellbar)",
    re.IGNORECASE,
)
_COMPLAINT = re.compile(
    r"(?:complaint|(?:e-?mail )?feedback report|(?:abuse|spam) (?:report|complaint))\b.{0,60}"
    r"\b(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7})\b",
    re.IGNORECASE,
)
AWAY = re.compile(
    r"(?:auto(?:matic)?[- ]?(?:reply|response|responder)|(?:out of|away from) (?:the )?office|ooo\b|vacation"
    r"|respuesta autom[aá]tica|fuera de la oficina|automatische antwort|abwesen|r[eé]ponse automatique|absence)",
    re.IGNORECASE,
)
# The fields of a delivery report (RFC 3464, 2.2 and 2.3), and the lines of a session (RFC 5321), where they are text.
_STATUS_FIELD = re.compile(
    r"^[ \t]{0,8}(?:(reporting-mta|remote-mta)[ \t]?:[ \t]?dns;"
    r"|(final-recipient|original-recipient)[ \t]?:[ \t]?rfc822;"
    r"|(diagnostic-code)[ \t]?:[ \t]?(?:smtp|x-[\w-]{1,40});|(status)[ \t]?:[ \t]?[45]\.\d{1,3}\.\d{1,3}\b)",
    re.IGNORECASE | re.MULTILINE,
)
_MIN_FIELDS = 2
_REFUSAL = re.compile(r"^[ \t]{0,8}(?:<<<[ \t]?)?[45][0-5]\d[ -]", re.MULTILINE)
_ENVELOPE = re.compile(r"^[ \t]{0,8}(?:>>>[ \t]?)?(?:mail from|rcpt to)[ \t]?:", re.IGNORECASE | re.MULTILINE)
_OTHER_MAIL = re.compile(
    r"^[ \t]{0,8}(?:-{2,20} ?(?:original|forwarded) message|begin forwarded message|(?:from|de|von)[ \t]?:)",
    re.IGNORECASE | re.MULTILINE,
)
_MAX_TEXT = 20_000
_REPORTS: dict[str, Automatic] = {
    "delivery-status": "bounce",
    "feedback-report": "machine",
    "disposition-notification": "machine",
}
_REPORT_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})


def report(opened: Opened, submitted: str) -> Automatic | None:
    """Return what kind of report a mail is.

    Args:
        opened: The mail.
        submitted: The keyword of its Auto-Submitted field (RFC 3834, 5).

    """
    if stated := _stated(opened):
        return stated
    headers = opened.headers
    tells_failure = _FAILURE.search(headers.subject) is not None
    if opened.media_type == "multipart/report":
        return "bounce" if tells_failure else "machine"
    if headers.raw("return-path").strip() == "<>":
        if AWAY.match(headers.subject) or submitted.startswith("auto-replied"):
            return "auto-reply"
        return "bounce" if tells_failure else "machine"
    if tells_failure and _is_about_failure(opened):
        return "bounce"
    return "machine" if _is_complaint(opened) else None


def _stated(opened: Opened) -> Automatic | None:
    """Return what the mail says itself that it is, by its structure or by its sender."""
    types = {file.media_type for file in opened.files}
    if opened.media_type == "multipart/report" and opened.report_type in _REPORTS:
        return _REPORTS[opened.report_type]
    if types & _REPORT_TYPES or opened.headers.text("x-failed-recipients"):
        return "bounce"
    if "message/feedback-report" in types:
        return "machine"
    return "bounce" if _is_from_server(opened) else None


def _is_from_server(opened: Opened) -> bool:
    """Tell whether a mail server is the writer; a person at postmaster may still answer a mail."""
    headers = opened.headers
    sender = headers.sender
    # Servers' own From is often not well-formed: `MAILER-DAEMON <>`.
    written = sender.email if sender else f"{headers.text('from').strip('<> ')}@"
    if not _DAEMON.match(written):
        return False
    is_answer = bool(headers.in_reply_to) and headers.subject.lower().startswith("re:")
    return not is_answer or _shows_failure(opened)


def _is_about_failure(opened: Opened) -> bool:
    """Tell whether a mail whose subject speaks of a failure comes from a server whose address does not say so."""
    headers = opened.headers
    # A subject that begins with "Fwd:" or "Re:" is a person's.
    if not _FAILURE.match(headers.subject):
        return False
    written = headers.text("from")
    is_nobody = "from" in headers and not written.strip("<> ")
    return is_nobody or _DAEMON_NAME.match(written) is not None or _shows_failure(opened)


def _shows_failure(opened: Opened) -> bool:
    """Tell whether the mail's own lines are a delivery report or a failed session: one such line proves nothing."""
    text = "\n".join(body.plain[:_MAX_TEXT] for body in opened.bodies if body.plain)
    other = _OTHER_MAIL.search(text)
    own = text[: other.start()] if other else text
    fields = {kind.lower() for found in _STATUS_FIELD.findall(own) for kind in found if kind}
    return len(fields) >= _MIN_FIELDS or (_REFUSAL.search(own) is not None and _ENVELOPE.search(own) is not None)


def _is_complaint(opened: Opened) -> bool:
    """Tell whether a provider sends back a mail that a reader marked as spam, in the form that is older than RFC 5965.

    Its subject names the server that sent it, and it holds the mail and no words of its own.
    """
    is_bare = len(opened.files) == 1 and opened.files[0].mime is not None
    has_words = any((body.plain or body.html or "").strip() for body in opened.bodies)
    return is_bare and not has_words and _COMPLAINT.match(opened.headers.subject) is not None
