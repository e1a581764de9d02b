"""A notice -> the mail that leaves: whole as text and as HTML, in bytes that carry any words and lead nowhere."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import assistant.outbox.typeset as typesetting
from assistant.outbox import render
from assistant.outbox.render import MOST_HTML
from assistant.records import (
    Content,
    Deadline,
    Digest,
    EscalationCall,
    Handoff,
    HoldingNoted,
    Notice,
    Outcome,
    QuarantinedMail,
    TaskMarked,
)
from tests.outbox import samples
from tests.outbox.rendered import made, parsed, tags
from tests.outbox.samples import (
    ANSWER,
    BACKUP_CALL,
    CLEARANCE,
    DIGEST,
    EMPTY_DIGEST,
    HELP_ANSWER,
    NEWS_DIGEST,
    NOW,
    OWNER_CALL,
    POTASSIUM,
)

CONTENTS: dict[str, Content] = {
    "digest": DIGEST,
    "an empty digest": EMPTY_DIGEST,
    "a digest of what was asked again and promised": NEWS_DIGEST,
    "a late digest": replace(DIGEST, is_late=True),
    "an answer": ANSWER,
    "an answer that did nothing": replace(ANSWER, outcomes=()),
    "a list": samples.LIST_ANSWER,
    "an empty list": replace(samples.LIST_ANSWER, listed=()),
    "help": HELP_ANSWER,
    "a summary": samples.SUMMARY_ANSWER,
    "a call to the owner": OWNER_CALL,
    "a call to the backup": BACKUP_CALL,
    "a handoff": samples.HANDOFF,
    "a handoff of one task": samples.ONE_HANDOFF,
}
EVIL = (
    "</td></table><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1) https://evil.example/?q=1 www.evil.example",
    "{{ page.title }} {% raw %} {# x",
    "<style>body{display:none}</style><!--",
    "x\r\nBcc: thief@evil.example\r\n\r\nbody",
    "half \ud83d \udc4d \x00 \x1b[2J \u202e",
    "&lt;b&gt; ]]> %s %(x)s \\x00",
)


def with_words(words: str) -> Digest:
    """Return a digest in which everything that comes from outside says `words`."""
    evil = replace(
        POTASSIUM,
        title=words,
        quote=words,
        patient=words[:30],
        requester=words,
        owner=words,
        notes=(words,),
        marked=TaskMarked(claim="looks_done", quote=words),
        promised=HoldingNoted(quote=words, said_by=words, until=None),
    )
    mail = QuarantinedMail(key="k", account=words, received_at=NOW, reason=words)
    return replace(
        DIGEST,
        **dict.fromkeys(("overdue", "today", "later", "waiting", "needs_look", "closed"), (evil,)),  # type: ignore[arg-type]
        unreadable=(mail,),
        warnings=(words,),
    )


@pytest.mark.parametrize("name", CONTENTS)
def test_each_mail_is_rendered_whole_as_text_and_as_html(name: str):
    mail = made(CONTENTS[name])
    message, text, html = parsed(mail)

    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "Lakeside Heart Center" in text
    assert html.startswith("<!DOCTYPE html>")
    for number in mail.numbers:
        assert f"#{number}" in text
        assert f"#{number}" in html


@pytest.mark.parametrize("name", CONTENTS)
def test_lines_of_text_fit_any_window_and_lines_of_mail_any_server(name: str):
    mail = made(CONTENTS[name])

    assert max(len(line) for line in parsed(mail)[1].splitlines()) <= 72
    assert max(len(line) for line in mail.content.split(b"\r\n")) < 998
    assert re.search(rb"[^\r]\n|\r[^\n]|[^\x09\x0a\x0d\x20-\x7e]", mail.content) is None


@pytest.mark.parametrize("name", CONTENTS)
def test_html_loads_nothing_and_leads_only_to_a_mail_to_us(name: str):
    found = tags(parsed(made(CONTENTS[name]))[2])

    assert {"src", "background", "action"}.isdisjoint(found.attributes)
    assert {"img", "script", "link", "iframe", "form", "svg"}.isdisjoint(found.tags)
    assert all(link.startswith("mailto:assistant@lakeside.example?subject=") for link in found.links)
    assert found.attributes.count("href") == len(found.links) == found.tags.count("a")


@pytest.mark.parametrize(
    ("content", "subject"),
    [
        (DIGEST, "Digest 14: 2 overdue, 2 due today, 1 to chase, 2 to look at, 1 not read in full"),
        (EMPTY_DIGEST, "Digest 15: nothing is due"),
        (replace(EMPTY_DIGEST, later=(CLEARANCE,)), "Digest 15: nothing is due today"),
        (replace(EMPTY_DIGEST, called=(POTASSIUM, CLEARANCE)), "Digest 15: 2 you were called about"),
        (
            replace(ANSWER, outcomes=(Outcome(line="undo", said="Your last changes are taken back: #31."),)),
            "Done as you said",
        ),
        (ANSWER, "Done: #31, #36; open: #24; 1 line not carried out"),
        (samples.LIST_ANSWER, "Open tasks: 5"),
        (HELP_ANSWER, "How to answer"),
        (replace(ANSWER, outcomes=()), "Nothing was changed"),
        (OWNER_CALL, "Overdue: #31 (step 1)"),
        (BACKUP_CALL, "Overdue: #31, #36, #24 (step 2)"),
        (replace(OWNER_CALL, tasks=(POTASSIUM,) * 40), "Overdue: #31, #31, #31, #31, #31 and 35 more (step 1)"),
    ],
)
def test_subjects_hold_numbers_and_no_words_of_a_mail(content: Content, subject: str):
    mail = made(content)

    assert mail.subject == parsed(mail)[0]["Subject"] == subject


def test_a_subject_says_the_same_whatever_the_mails_say():
    subjects = {made(with_words(words)).subject for words in (*EVIL, "Hector Alvarez")}

    assert len(subjects) == 1


@pytest.mark.parametrize("name", CONTENTS)
def test_headers_keep_machines_quiet_and_bring_answers_to_us(name: str):
    mail = made(CONTENTS[name])
    message = parsed(mail)[0]

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["X-Coordination-Assistant"] == "1"
    assert message["From"] == message["Reply-To"] == "Coordination Assistant <assistant@lakeside.example>"
    assert message["To"].addresses[0].addr_spec == mail.recipient
    assert message["Date"].datetime == NOW
    assert message["Message-ID"] == f"<{mail.message_id}>"
    assert re.fullmatch(mail.kind + r"\.[0-9a-f]{24}@lakeside\.example", mail.message_id)


@pytest.mark.parametrize(
    ("in_reply_to", "is_told"),
    [
        ("CAF31x.9d2@mail.lakeside.example", True),
        ("a" * 180 + "@outlook.example", True),
        (None, False),
        ("", False),
        ("x@y>\r\nBcc: thief@evil.example", False),
        ("two words@y", False),
        ("ümlaut@y", False),
        ("a" * 1000, False),
    ],
)
def test_an_answer_names_the_mail_that_it_answers_where_that_has_a_clean_id(in_reply_to: str | None, *, is_told: bool):
    mail = made(replace(ANSWER, in_reply_to=in_reply_to))
    message = parsed(mail)[0]

    assert (f"In-Reply-To: <{in_reply_to}>\r\n".encode() in mail.content) is is_told
    assert (message["References"] == f"<{in_reply_to}>") is is_told
    assert message["Bcc"] is None


@settings(max_examples=150, deadline=None)
@given(some.text(max_size=60), some.text(max_size=60), some.text(max_size=60))
def test_no_name_or_id_makes_a_header(name: str, organisation: str, in_reply_to: str):
    usual = [header for header in parsed(made(ANSWER))[0] if header not in {"In-Reply-To", "References"}]
    content = replace(ANSWER, in_reply_to=in_reply_to, person=replace(ANSWER.person, name=name))
    sender = replace(samples.SENDER, name=name, organisation=organisation)

    mail = render(Notice(key="key", content=content), sender, NOW)

    message = message_from_bytes(mail.content, policy=policy.compat32)
    assert [header for header in message if header not in {"In-Reply-To", "References"}] == usual


@pytest.mark.parametrize("words", EVIL)
def test_words_of_mails_stay_text(words: str):
    plain, evil = (tags(parsed(made(with_words(said)))[2]) for said in ("harmless", words))

    assert evil.tags == plain.tags
    assert evil.attributes == plain.attributes


def test_words_of_mails_are_shown_as_they_stand():
    _, text, html = parsed(made(with_words("5 < 6 & {{ 7 * 7 }} <b>bold</b>")))

    assert "5 < 6 & {{ 7 * 7 }} <b>bold</b>" in text
    assert "5 < 6 & {{ 7 * 7 }} <b>bold</b>" in tags(html).text


def test_a_digest_of_hundreds_of_tasks_is_cut_by_us_and_by_no_mailbox():
    many = tuple(
        replace(POTASSIUM, number=number, title=f"& {number} " + "<wide> " * 12, quote="“quoted” & <long> " * 12)
        for number in range(1, 301)
    )
    mail = made(replace(DIGEST, overdue=many, today=many, later=many, waiting=many, needs_look=many, closed=many))
    _, text, html = parsed(mail)

    assert len(html.encode()) <= MOST_HTML
    assert mail.numbers[0] == 1
    left = re.findall(r"and (\d+) more: answer `list`", text)
    assert len(left) == 5
    assert all(int(count) + len(mail.numbers) == 300 for count in left)
    assert "300 overdue" in mail.subject


def test_three_hundred_tasks_make_a_mail_that_no_mailbox_cuts():
    many = tuple(replace(POTASSIUM, number=number) for number in range(1, 301))
    mail = made(replace(DIGEST, later=many))

    assert len(mail.content) < 100_000
    assert "and 275 more: answer `list`" in parsed(mail)[1]


@pytest.mark.parametrize("content", [OWNER_CALL, samples.HANDOFF], ids=["a call", "a handoff"])
def test_who_is_called_or_handed_tasks_is_told_of_each_whatever_their_words_are(content: EscalationCall | Handoff):
    wide = replace(POTASSIUM, title='& <wide> "words" ' * 9, quote="<&" * 200, patient="&<>'" * 20, notes=("&" * 300,))
    many = tuple(replace(wide, number=1_000_000 + place) for place in range(50))
    mail = made(replace(content, tasks=many))
    _, text, html = parsed(mail)

    assert len(html.encode()) <= MOST_HTML
    assert set(mail.numbers) == {task.number for task in many}
    for seen in (text, " ".join(tags(html).text.split())):
        assert {int(found) for found in re.findall(r"#(1\d{6})\b", seen)} == set(mail.numbers)
    assert "more: answer" not in text


@pytest.mark.parametrize(
    "due", [date.max, datetime.max.replace(tzinfo=UTC), date.min, datetime.min.replace(tzinfo=UTC)]
)
def test_a_task_that_cannot_be_told_is_told_by_its_number(due: date):
    broken = replace(POTASSIUM, deadline=Deadline(due=due, words="", rule=""), snoozed_until=due)

    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        calendar = replace(samples.DANA.calendar, zone=ZoneInfo(zone))
        mail = made(replace(DIGEST, person=replace(samples.DANA, calendar=calendar), today=(broken,)))

        assert "#31" in parsed(mail)[1]


def test_commands_never_break_across_lines():
    lines = tuple((f"note {length} left a message", "word " * length + "end") for length in range(30))
    mail = render(Notice(key="key", content=HELP_ANSWER), samples.SENDER, NOW, help_lines=lines)
    text = parsed(mail)[1]

    assert all(f"`{command}`" in text for command, _ in lines)


def test_two_mails_never_share_a_message_id():
    assert made(DIGEST).message_id != made(DIGEST).message_id


def test_what_an_upgrade_puts_beside_us_does_not_change_how_our_mails_are_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    shutil.copytree(typesetting._TEMPLATES, tmp_path / "templates")
    monkeypatch.setattr(typesetting, "_TEMPLATES", tmp_path / "templates")
    typesetting._environment.cache_clear()
    before = parsed(made(OWNER_CALL))[1].split("Please leave this")[0]
    (tmp_path / "templates" / "escalation.txt").write_text("{{ page.of_the_next_version }}")

    assert parsed(made(OWNER_CALL))[1].startswith(before)
    typesetting._environment.cache_clear()
