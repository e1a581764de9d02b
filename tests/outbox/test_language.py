"""Mails in a reader's language: each sentence of ours is known, and the words of others stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from assistant.decide.commands import help_lines
from assistant.outbox import render
from assistant.records import Alert, Content, Inquiry, Notice, Outcome, Suggestion, Task
from tests.outbox import samples
from tests.outbox.samples import DANA, DIGEST, NOW, PRIYA

ENGLISH = re.compile(
    r"\b(?:the|is|are|was|were|you|your|not|this|that|these|and|or|of|by|from|with|without|to|it|its|has|have|had|did|"
    r"do|will|be|been|what|which|who|whom|when|until|since|please|write|wrote|answer|mail|mails|task|tasks|nothing|"
    r"nobody|again|already|open|done|dropped|overdue|today|tomorrow|yesterday|next|days?|more|list|help|undo|stop|"
    r"give|due|snoozed?|reopen|waiting|choose|handed|digest|suggestion|found|left|out|read|asked|says|gave|marked|moved|opened)\b",
    re.IGNORECASE,
)
TOLD = (
    "#31 is done.",
    "You are on #36. It stays open; I ask again after Wed Mar 11, 7:00 am.",
    "#24 rests until Thu Mar 12.",
)
ASKED = (
    "Is #38 Xa xb done? Then write: done 38",
    "Zoe marked #24 done on Mon Mar 9 at 3:00 pm, after the mail that you answered. Still drop it?",
)


def voiced(text: str) -> str:
    """Return words that stand for those of others: nothing of them is English."""
    return re.sub(r"[A-Za-z]+", "Xa", text)


def quiet(content: Content) -> Content:
    """Return the mail with all words of others made strange, so that what is English in it is ours."""

    def task(one: Task) -> Task:
        marked = replace(one.marked, quote=voiced(one.marked.quote)) if one.marked else None
        promised = replace(one.promised, quote="Xa", said_by="x@x.example") if one.promised else None
        away = replace(one.away, quote="Xa", said_by="x@x.example") if one.away else None
        return replace(
            one,
            title="Xa xb",
            quote="Xa",
            patient=None,
            requester="x@x.example" if one.requester != DANA.email else one.requester,
            notes=("Xa",) * len(one.notes),
            marked=marked,
            promised=promised,
            away=away,
            changed_by="x@x.example" if one.changed_by != DANA.email else one.changed_by,
        )

    changes: dict[str, object] = {}
    for name in ("overdue", "today", "later", "waiting", "needs_look", "newcomers", "closed", "listed", "tasks"):
        found = getattr(content, name, None)
        if (isinstance(found, tuple) and name != "listed") or (name == "listed" and hasattr(content, "wants_list")):
            changes[name] = tuple(task(one) for one in found or ())
    for name in ("outcomes", "proposals"):
        if hasattr(content, name):
            found = getattr(content, name)
            changes[name] = tuple(replace(one, task=task(one.task) if one.task else None) for one in found)
    if hasattr(content, "inquiries"):
        changes["inquiries"] = tuple(
            replace(one, tasks=tuple(task(found) for found in one.tasks)) for one in content.inquiries
        )
    if hasattr(content, "summaries"):
        changes["summaries"] = tuple(
            replace(
                one,
                task=task(one.task),
                lines=tuple(replace(line, quote="Xa", said_by=line.said_by and "x@x.example") for line in one.lines),
            )
            for one in content.summaries
        )
    return replace(content, person=replace(content.person, language="es"), **changes)  # type: ignore[arg-type]


ANSWER = replace(
    samples.ANSWER,
    outcomes=(
        *(Outcome(line="xa", said=said, task=samples.POTASSIUM) for said in TOLD),
        *(
            Outcome(line="xa", said=said, task=samples.APPEAL, is_done=False, choice=f"done {24 + place}")
            for place, said in enumerate(ASKED)
        ),
    ),
)
WARNINGS = (
    (
        "The language model does not answer since Tuesday 02:10: 9 mails were read by rules alone, and again by"
        " the model when it is back."
    ),
    "The disk is nearly full (900 MB are free): below 200 MB no new mail is read.",
)
MAILS: dict[str, Content] = {
    "digest": replace(
        DIGEST,
        is_late=True,
        warnings=WARNINGS,
        unreadable=tuple(
            replace(one, reason="This PDF (3 kB) is locked with a password; it was not read.", sender="x@x.example")
            for one in DIGEST.unreadable
        ),
    ),
    "empty digest": samples.EMPTY_DIGEST,
    "asked again": replace(samples.NEWS_DIGEST, warnings=(), unreadable=()),
    "answer": ANSWER,
    "answer that did nothing": replace(samples.ANSWER, outcomes=()),
    "list": samples.LIST_ANSWER,
    "help": samples.HELP_ANSWER,
    "summary": samples.SUMMARY_ANSWER,
    "found": replace(
        samples.ANSWER,
        outcomes=(),
        inquiries=(
            Inquiry(
                heading="Overdue tasks, yours, due Mon Mar 9",
                said="I looked through 12 open tasks that you may see: 1 fits.",
                tasks=(samples.APPEAL,),
            ),
        ),
    ),
    "call to the owner": samples.OWNER_CALL,
    "call to the backup": samples.BACKUP_CALL,
    "call in somebody's place": replace(samples.BACKUP_CALL, unreached="Xa"),
    "handoff": samples.HANDOFF,
    "handoff of one": samples.ONE_HANDOFF,
    "suggestion": Suggestion(
        person=DANA,
        now=NOW,
        by="Zoe",
        proposals=(
            Outcome(line="xa", said="Zoe says that #24 is done.", task=samples.APPEAL, is_done=False, choice="done 24"),
        ),
    ),
    "two suggestions": Suggestion(
        person=DANA,
        now=NOW,
        by="Zoe",
        proposals=tuple(
            Outcome(
                line="xa",
                said=f"Zoe says that #{one.number} can wait until Thu Mar 12.",
                task=one,
                is_done=False,
                choice=f"snooze {one.number} until 2026-03-12",
            )
            for one in (samples.APPEAL, samples.CLEARANCE)
        ),
    ),
    "alert": Alert(
        person=PRIYA,
        now=NOW,
        heading="Out of order: disk",
        lines=(
            "The disk is full (90 MB are free): no new mail is read until there is room; ours still leaves.",
            "`assistant status` tells how all parts are.",
        ),
    ),
}


def parts(content: Content) -> Iterator[tuple[str, str]]:
    """Give the subject, the text and the words of the HTML."""
    sender = replace(samples.SENDER, name="Xa", organisation="Xa")
    mail = render(Notice(key="key", content=content), sender, NOW, help_lines=help_lines())
    message = message_from_bytes(mail.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    yield "subject", str(message["Subject"])
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert body is not None
        text = re.sub(r"<style.*?</style>|<!--.*?-->|<[^>]*>", " ", str(body.get_content()), flags=re.DOTALL)
        yield kind, text


@pytest.mark.parametrize("name", MAILS)
def test_no_english_word_of_ours_is_left_in_a_spanish_mail(name: str):
    for _part, text in parts(quiet(MAILS[name])):
        plain = re.sub(r"\S+@\S+|`assistant status`", "", text)
        assert ENGLISH.findall(plain) == [], text


@pytest.mark.parametrize("name", MAILS)
def test_the_words_of_others_stay_as_they_are(name: str):
    content = MAILS[name]
    spanish = replace(content, person=replace(content.person, language="es"))
    english_text, spanish_text = (" ".join(dict(parts(one))["plain"].split()) for one in (content, spanish))
    for quote in re.findall(r'(?<= )"([^"]{9,}?)"(?= |$)', english_text):
        assert quote in spanish_text
