"""Deadlines that hang on an event, beside it or told in another sentence; and which of two times governs."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understand.deadlines import ANY, Event, Known, find_deadline, find_events, find_letter_day
from tests.understand.deadlines.moments import CALENDAR, WRITTEN_AT, told

BESIDE = [
    ("Our call is tomorrow at 10, so please answer both before the call.", "2027-02-10T10:00"),
    ("The panel meets Thursday and we need it by then", "2027-02-11"),
    ("Her visit is on 3/4 at 9am; please have the chart ready before the visit", "2027-03-04T09:00"),
    ("Please have the chart ready before her visit next Tuesday", "2027-02-16"),
    ("Get the van set by discharge, he is discharged Thursday at 2pm", "2027-02-11T14:00"),
    ("Set up nursing within 48 hours of discharge; anticipated DC: Thu 2/11/2027 11:00", "2027-02-13T11:00"),
    ("Surgery is 3/10. Please have the clearance in by 2 pm the day before surgery", "2027-03-09T14:00"),
    ("Please have the tray ready the morning of surgery (3/10)", "2027-03-10"),
    ("Su cirugía es el 18 de febrero. Por favor mande la autorización antes de la cirugía", "2027-02-18"),
    ("La reunión es el jueves a las 10, por favor confirme antes de la reunión", "2027-02-11T10:00"),
    ("Please call her before the visit", None),
    ("Please ask the Friday nurse before rounds", None),
    ("Surgery is 3/10 or 3/17, please send the clearance before surgery", None),
]
GOVERNING = [
    ("I need them a day sooner because I'm out Friday - so Thursday please.", "2027-02-11"),
    ("Order the tubes, they take 7 business days so please do it tomorrow", "2027-02-10"),
    ("She should be drawn before Christmas, so if she has the order by the 11th that's plenty.", "2027-02-11"),
    ("Ideally Friday, Monday at the latest please", "2027-02-15"),
    ("Please send it by Friday, or by Monday at the latest", "2027-02-15"),
    ("The plan wants it by Friday, so please get me the notes by Thursday", "2027-02-11"),
    ("Please get me the notes by Thursday so that I can file it by Friday", "2027-02-11"),
    ("Please get it signed by the wife, she visits at 4 today", "2027-02-09T16:00"),
    ("Please update the note, she was seen at 4 today", None),
    ("Please send the form so she can fill it in tomorrow", None),
    ("Friday would be great", "2027-02-12"),
]


@pytest.mark.parametrize(("text", "due"), BESIDE + GOVERNING)
def test_the_time_that_governs_the_request_is_its_deadline(text: str, due: str | None) -> None:
    found = find_deadline(text, WRITTEN_AT, CALENDAR)

    assert told(found.due if found else None) == due


SURGERY = Known(events=((Event("surgery", date(2027, 3, 10)), Event("visit", date(2027, 3, 2))),))
ELSEWHERE = [
    ("Please have clearance in the day before surgery", "2027-03-09"),
    ("Please have clearance in 2 business days before the procedure", "2027-03-08"),
    ("Please have clearance in before her appointment", "2027-03-02"),
    ("Please have clearance in the Friday before surgery", "2027-03-05"),
    ("Please have clearance in by then", "2027-03-02"),
    ("Please have clearance in before the transfer", None),
    ("Please send it by Friday, she is anxious before the surgery", "2027-02-12"),
]


@pytest.mark.parametrize(("text", "due"), ELSEWHERE)
def test_an_event_told_elsewhere_in_the_mail_counts(text: str, due: str | None) -> None:
    found = find_deadline(text, WRITTEN_AT, CALENDAR, known=SURGERY)

    assert told(found.due if found else None) == due


def test_the_nearest_sentences_that_name_the_event_tell_its_time() -> None:
    near, far = Event("visit", date(2027, 3, 2)), Event("visit", date(2027, 3, 9))

    found = find_deadline("Please call before the visit", WRITTEN_AT, CALENDAR, known=Known(events=((near,), (far,))))
    unsure = find_deadline("Please call before the visit", WRITTEN_AT, CALENDAR, known=Known(events=((near, far),)))

    assert (told(found.due if found else None), unsure) == ("2027-03-02", None)


def test_a_tables_row_has_one_event_whatever_it_is_called() -> None:
    known = Known(events=((Event(ANY, date(2027, 3, 10)),),))

    found = find_deadline("It has to be in by 2 pm the day before surgery", WRITTEN_AT, CALENDAR, known=known)

    assert told(found.due if found else None) == "2027-03-09T14:00"


EVENTS = [
    ("His surgery is 3/10.", ["surgery 2027-03-10"]),
    ("Bring the chart for his 3/10 biopsy", ["biopsy 2027-03-10"]),
    ("She is discharged Thursday at 2pm", ["discharge 2027-02-11T14:00"]),
    ("The card expires 3/1", ["expiration 2027-03-01"]),
    ("Anticipated DC: 2/11/2027 11:00", ["dc 2027-02-11T11:00"]),
    ("Send the visit note by Friday", []),
    ("The visit was on 2/1", []),
]


@pytest.mark.parametrize(("text", "events"), EVENTS)
def test_a_text_tells_the_times_of_its_events(text: str, events: list[str]) -> None:
    assert [f"{one.noun} {told(one.due)}" for one in find_events(text, WRITTEN_AT, CALENDAR)] == events


LETTERS = [
    ("Coastal Health Plan\nAppeals\nFebruary 3, 2027\n\nDear Provider:", "2027-02-03"),
    ("This letter is dated January 28, 2027 and concerns your request.", "2027-01-28"),
    ("Date: 02/01/2027\nMember: Ona Reed", "2027-02-01"),
    ("Notice date: 2/1/27", "2027-02-01"),
    ("Fecha: 1 de febrero de 2027", "2027-02-01"),
    ("Date of birth: 02/01/1957", None),
    ("Date of service: 02/01/2027", None),
    ("Surgery is 2/18/2027.", None),
]


@pytest.mark.parametrize(("text", "day"), LETTERS)
def test_a_letter_bears_its_date(text: str, day: str | None) -> None:
    assert told(find_letter_day(text, WRITTEN_AT, CALENDAR)) == day


def test_days_of_a_letter_count_from_its_own_date() -> None:
    text = "Please submit the records within 14 calendar days of the date of this letter."

    found = find_deadline(text, WRITTEN_AT, CALENDAR, known=Known(letter_day=date(2027, 2, 1)))

    assert told(found.due if found else None) == "2027-02-15"
