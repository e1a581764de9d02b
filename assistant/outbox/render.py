"""Notice -> OutgoingMail: subject, plain text and HTML, frozen into final bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import assert_never

from assistant.outbox.alert_page import alert_page
from assistant.outbox.answer_page import AnswerPage, answer_page, suggestion_page
from assistant.outbox.digest_page import digest_page
from assistant.outbox.disclosure import disclosed
from assistant.outbox.escalation_page import escalation_page
from assistant.outbox.handoff_page import handoff_page
from assistant.outbox.pages import HelpLines, Page
from assistant.outbox.reader import House
from assistant.outbox.return_ways import ReturnWays, Sender, return_ways
from assistant.outbox.trace import HEADER, trace_header
from assistant.outbox.typeset import Sheet, typeset
from assistant.outbox.wording import clean
from assistant.records import (
    Alert,
    Answer,
    Content,
    Digest,
    EscalationCall,
    Handoff,
    Notice,
    OutgoingMail,
    Person,
    Suggestion,
    Task,
)

AUDIT_HEADER = "X-Coordination-Audit"
MOST_HTML = 90_000
"""Bytes; Gmail cuts a mail's HTML at about 102 kB, and what is cut is not seen."""

_MOST_SHOWN = (40, 25, 15, 8, 3)
"""Tasks in each section: as many as fit."""
_MOST_SUBJECT = 120
# None that looks like an encoded word: written into a header it would be decoded, line ends and all.
_MESSAGE_ID = re.compile(r"(?![^\s]{0,250}=\?)[!-;=?-~]{3,250}")
# Header lines are left whole: folded, a long Message-ID becomes an encoded word, which no mail program threads by.
_UNFOLDED = SMTP.clone(max_line_length=990)


def render(
    notice: Notice,
    sender: Sender,
    prepared_at: datetime,
    *,
    help_lines: HelpLines = (),
    seen: Callable[[int, int | None], str] = lambda _number, _version: "",
) -> OutgoingMail:
    """Return the mail that the notice owes, with its final bytes: sent again, it is the same mail.

    Args:
        notice: What is owed, and to whom.
        sender: Who it is from; answers go there.
        prepared_at: Becomes its Date; aware.
        help_lines: Each command as it is written and what it does, for who asks for help.
        seen: Returns a mark of the changes by others that a task's version shows, or all of them; "" for none.

    """
    kind = _kind(notice)
    ways = return_ways(kind, notice.recipient, sender, prepared_at)
    page, sheet = _set(notice, sender, help_lines, ways)
    mail = _headed(notice.recipient, sender, sheet.subject, ways)
    mail["Date"] = format_datetime(prepared_at)
    if isinstance(notice.content, Answer):
        _thread(mail, notice.content.in_reply_to)
    tasks = _tasks(notice.content, page.shown)
    if sender.secret and not any(char.isspace() for char in notice.key):
        before = _only_spoken_of(notice.content, tasks)
        versions = {task.number: version for task, version in before.items()}
        mail[HEADER] = trace_header(
            notice.key,
            notice.recipient.email,
            prepared_at,
            (*tasks, *before),
            message_id=ways.message_id,
            secret=sender.secret,
            seen=lambda number: seen(number, versions.get(number)),
        )
    anchor = notice.content.head.words if isinstance(notice.content, Digest) and notice.content.head else ""
    if anchor:
        mail[AUDIT_HEADER] = anchor
    mail.set_content(sheet.text, cte="quoted-printable")
    mail.add_alternative(sheet.html, subtype="html", cte="quoted-printable")
    return OutgoingMail(
        key=notice.key,
        kind=kind,
        recipient=notice.recipient.email,
        subject=sheet.subject,
        message_id=ways.message_id,
        content=mail.as_bytes(policy=_UNFOLDED),
        numbers=page.shown,
        prepared_at=prepared_at,
        versions=_versions(notice.content, page.shown, tasks),
        choices=page.choices if isinstance(page, AnswerPage) else (),
        anchor=anchor,
        not_before=notice.not_before,
    )


def _versions(content: Content, shown: Sequence[int], tasks: Sequence[Task]) -> tuple[tuple[int, int], ...]:
    """Return the tasks that a reply may speak of, each with the version that its reader has seen."""
    if isinstance(content, Handoff):
        # Written before the handing over is committed: the time of the mail tells what its reader has seen.
        return ()
    known = {task.number: version for task, version in _only_spoken_of(content, tasks).items()}
    known |= {task.number: task.version for task in tasks}
    return tuple((number, known[number]) for number in shown if number in known)


def _only_spoken_of(content: Content, tasks: Sequence[Task]) -> dict[Task, int]:
    """Return the tasks that a mail speaks of without showing them, each with the version that its reader saw last."""
    about = content.about if isinstance(content, Answer) else ()
    shown = {task.number for task in tasks}
    return {task: version for task, version in about if task.number not in shown}


def _kind(notice: Notice) -> str:
    match notice.content:
        case Digest():
            return "digest"
        case Answer():
            return "answer"
        case Suggestion():
            return "suggestion"
        case EscalationCall():
            return "escalation"
        case Handoff():
            return "handoff"
        case Alert():
            return "alert"
        case _:
            assert_never(notice.content)


def _tasks(content: Content, shown: Sequence[int]) -> tuple[Task, ...]:
    """Return the tasks that a mail names by their number, each once."""
    closed = content.closed[: _MOST_SHOWN[0]] if isinstance(content, Digest) else ()
    match content:
        case Digest():
            found: tuple[Task, ...] = content.listed
        case EscalationCall() | Handoff():
            found = content.tasks
        case Suggestion():
            found = tuple(one.task for one in content.proposals if one.task is not None)
        case Answer():
            told = (outcome.task for outcome in content.outcomes if outcome.task is not None)
            asked = (task for inquiry in content.inquiries for task in inquiry.tasks)
            found = (*told, *content.listed, *(summary.task for summary in content.summaries), *asked)
        case _:
            found = ()
    numbers = frozenset(shown)
    named = [task for task in found if task.number in numbers]
    return tuple({task.number: task for task in (*named, *closed)}.values())


def _set(notice: Notice, sender: Sender, help_lines: HelpLines, ways: ReturnWays) -> tuple[Page, Sheet]:
    content, kind = disclosed(notice.content), _kind(notice)
    house = House(organisation=sender.organisation, names=sender.names)
    match content:
        case Digest():
            return _fitted(kind, ways, lambda most: digest_page(content, house, most))
        case Answer():
            return _fitted(kind, ways, lambda most: answer_page(content, house, help_lines, most))
        case Suggestion():
            return _fitted(kind, ways, lambda most: suggestion_page(content, house, most))
        case EscalationCall():
            return _fitted(kind, ways, lambda most: escalation_page(content, house, most))
        case Handoff():
            return _fitted(kind, ways, lambda most: handoff_page(content, house, most))
        case Alert():
            return _fitted(kind, ways, lambda _most: alert_page(content, house))
        case _:
            assert_never(content)


def _fitted(
    kind: str, ways: ReturnWays, page_of: Callable[[int], Page], most_shown: Sequence[int] = _MOST_SHOWN
) -> tuple[Page, Sheet]:
    """Return the page with the most tasks whose HTML no mailbox cuts."""
    page = replace(page_of(most_shown[0]), code=ways.code)
    sheet = typeset(kind, page, ways.link)
    if len(sheet.html.encode()) <= MOST_HTML or len(most_shown) == 1:
        return page, sheet
    return _fitted(kind, ways, page_of, most_shown[1:])


def _headed(recipient: Person, sender: Sender, subject: str, ways: ReturnWays) -> EmailMessage:
    mail = EmailMessage(policy=_UNFOLDED)
    us = Address(_header_words(sender.name), addr_spec=clean(sender.address))
    mail["From"] = us
    mail["To"] = Address(_header_words(recipient.name), addr_spec=clean(recipient.email))
    mail["Reply-To"] = Address(_header_words(sender.name), addr_spec=ways.reply_to)
    mail["Subject"] = _header_words(subject)[:_MOST_SUBJECT]
    mail["Message-ID"] = f"<{ways.message_id}>"
    # Keeps vacation notes away from us, and other assistants from answering us (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["X-Coordination-Assistant"] = "1"
    return mail


def _header_words(words: str) -> str:
    """Return words that are one header's, whatever they hold: encoded words in them would be decoded, line ends too."""
    return clean(words).replace("=?", "= ?")


def _thread(mail: EmailMessage, in_reply_to: str | None) -> None:
    """Tie an answer to the mail that it answers, where that has an id worth repeating."""
    if in_reply_to is not None and _MESSAGE_ID.fullmatch(in_reply_to):
        mail["In-Reply-To"] = f"<{in_reply_to}>"
        mail["References"] = f"<{in_reply_to}>"
