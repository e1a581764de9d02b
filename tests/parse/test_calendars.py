from __future__ import annotations

import pytest

from assistant.parse.calendars import calendar_text
from assistant.records import Message
from tests.parse.files import attached, mail_with
from tests.parse.mails import alternative, mixed, read


def event(*lines: str, method: str = "REQUEST") -> str:
    inner = "\n".join(["SUMMARY:Huddle", *lines])
    return f"BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\n{inner}\nEND:VEVENT\nEND:VCALENDAR\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "DTSTART;TZID=Eastern Standard Time:20260312T073000",
            "Start: Thursday, March 12, 2026 at 7:30 AM (Eastern Standard Time, America/New_York)",
        ),
        (
            'DTSTART;TZID="(UTC-06:00) Central Time (US & Canada)":20260312T133000',
            "Start: Thursday, March 12, 2026 at 1:30 PM ((UTC-06:00) Central Time (US & Canada))",
        ),
        (
            "DTSTART;TZID=/made/up:20260312T120000",
            "Start: Thursday, March 12, 2026 at 12:00 PM (/made/up)",
        ),
        ("DTSTART:20260312T000000Z", "Start: Thursday, March 12, 2026 at 12:00 AM (UTC)"),
        ("DTSTART:20260312T090000", "Start: Thursday, March 12, 2026 at 9:00 AM"),
        ("DTSTART;VALUE=DATE:20260312\nDTEND;VALUE=DATE:20260313", "Start: Thursday, March 12, 2026"),
        (
            "DTSTART;VALUE=DATE:20260312\nDTEND;VALUE=DATE:20260315",
            "Start: Thursday, March 12, 2026\nEnd: Saturday, March 14, 2026",
        ),
        ("LOCATION:Room 4\\, Tower B", "Location: Room 4, Tower B"),
        ("DESCRIPTION:Bring the\n  films\\nand the list", "Description: Bring the films\nand the list"),
        ("RRULE:FREQ=WEEKLY;BYDAY=TH", "Repeats: yes"),
        ("STATUS:TENTATIVE", "Status: TENTATIVE"),
        ("DTSTART:soon", "Start: soon"),
    ],
)
def test_an_event_is_told_in_words(line: str, said: str):
    assert calendar_text(event(line)).text == f"Invitation\nSummary: Huddle\n{said}"


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("CANCEL", "This event is cancelled."),
        ("REPLY", "Answer to an invitation"),
        ("COUNTER", "Another time is proposed for this event."),
    ],
)
def test_what_is_to_become_of_the_event_comes_first(method: str, said: str):
    assert calendar_text(event(method=method)).text == f"{said}\nSummary: Huddle"


def test_a_calendars_own_zones_change_nothing():
    zone = (
        "BEGIN:VTIMEZONE\nTZID:America/New_York\nBEGIN:STANDARD\nDTSTART:16010101T000000\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    text = event("DTSTART;TZID=America/New_York:20260312T090000").replace("BEGIN:VEVENT", f"{zone}BEGIN:VEVENT")

    assert "9:00 AM (America/New_York)" in calendar_text(text).text


def invited(text: str, body: str = "\nSee you.") -> Message:
    return read(mixed(body, attached("text/calendar", "invite.ics", text.encode())))


ASKS = "DESCRIPTION:Send the films to radiology before Monday.\\n________________\\nJoin the call at 555-0100"


def test_what_an_organiser_asks_for_is_the_mails_own_words():
    message = invited(event(ASKS))

    assert message.own_words == "See you.\nSend the films to radiology before Monday."
    assert "Send the films to radiology before Monday." in message.text


@pytest.mark.parametrize("method", ["REPLY", "CANCEL"])
def test_the_words_of_an_answer_or_a_cancelled_event_ask_for_nothing(method: str):
    assert invited(event(ASKS, method=method)).own_words == "See you."


def test_words_that_the_mail_says_itself_are_not_said_twice():
    body = "\nPlease send the films to radiology before Monday. See you."

    assert len(invited(event(ASKS), body).parts) == 1


def test_an_invitation_beside_the_text_is_listed_as_one():
    content = alternative("See you.", "<p>See you.</p>").replace(
        b"--b--", b"--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n" + event().encode() + b"\r\n--b--"
    )
    message = read(content)

    assert [(one.media_type, one.text) for one in message.attachments] == [
        ("text/calendar", "Invitation\nSummary: Huddle")
    ]


@pytest.mark.parametrize("kind", ["application/ics", "application/octet-stream"])
def test_an_invitation_is_one_whatever_its_sender_calls_it(kind: str):
    message = read(mail_with(attached(kind, "invite.ics", event().encode())))

    assert (message.attachments[0].media_type, message.attachments[0].text) == (
        "text/calendar",
        "Invitation\nSummary: Huddle",
    )


@pytest.mark.parametrize("text", ["no calendar at all", "BEGIN:VCALENDAR\nPRODID:x", "END:VEVENT"])
def test_a_calendar_that_tells_nothing_is_shown_as_it_is(text: str):
    assert invited(text).attachments[0].text == text


@pytest.mark.parametrize(
    "text",
    [
        event("LOCATION:Room 4").partition("END:VEVENT")[0],
        event("LOCATION:Room 4", "no property", " of any kind"),
        event("BEGIN:VALARM", "TRIGGER:-PT5M", "END:VALARM", "LOCATION:Room 4"),
        "\ufeff" + event("LOCATION:Room 4"),
    ],
    ids=["cut", "stray lines", "alarm", "byte order mark"],
)
def test_a_broken_calendar_is_read_as_far_as_it_goes(text: str):
    assert invited(text).attachments[0].text == "Invitation\nSummary: Huddle\nLocation: Room 4"
