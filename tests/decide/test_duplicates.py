"""Pairs of requests: which are one, which may be, and which only look alike."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.decide.duplicates import Match, Request, Verdict, compare, match
from assistant.records import Deadline, Finding, Task
from tests.decide.tasks_made import DANA, task

TUESDAY, WEDNESDAY = date(2026, 3, 10), date(2026, 3, 11)
_ASKING = re.compile(
    r"^(?:hi dana, |dana, |please |pls |could you (?:please )?|can you (?:please )?|would you |por favor |reminder: )+",
    re.IGNORECASE,
)


def asked(quote: str, said_on: date = TUESDAY, /, **changes: object) -> Request:
    made = Request(
        title=_ASKING.sub("", quote).rstrip(".?"),
        quote=quote,
        patient="Mrs. Rivera",
        said_by="preop@stmary.example",
        said_on=said_on,
        due_on=None,
        owner=None,
        waiting=False,
        thread="t1",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def verdict(one: str, other: str, *, is_thread: bool = False, **changes: Any) -> Verdict:  # noqa: ANN401 - fields of Request
    later = asked(other, WEDNESDAY, thread="t1" if is_thread else "t2", **changes)
    return compare(asked(one, **changes), later, names=(DANA.name,))


SAME = [
    ("Please fax the cardiac clearance to pre-op.", "Please fax the cardiac clearance to pre-op."),
    ("Please fax the cardiac clearance to pre-op.", "could you please FAX the cardiac clearance to pre-op?"),
    ("Please fax the cardiac clearance to pre-op.", "Please send the cardiac clearance to pre-op today."),
    ("Please fax the cardiac clearance to pre-op.", "Can you email the signed cardiac clearance to pre-op asap?"),
    ("Please fax the cardiac clearance.", "Hi Dana, please submit the cardiac clearance by Thursday."),
    ("Could you schedule the MRI?", "Please book her MRI."),
    ("Please schedule the left knee MRI for March 20.", "Can you book the left knee MRI for 3/20?"),
    ("Please book an interpreter for Thursday.", "Could you arrange an interpreter for March 12?"),
    ("Please book an interpreter for tomorrow.", "Please arrange an interpreter for today, Wednesday."),
    ("Please arrange transport for Friday at 9 am.", "Can you set up a ride for Friday at 9:00 am?"),
    ("Please call the daughter about the diet.", "Could you phone the daughter about the diet?"),
    ("Submit the prior auth for the infusion.", "Please submit the prior authorization for the infusion."),
    ("Please confirm the appointment with Dr. Okafor.", "Could you verify the visit with Dr. Okafor?"),
    ("Please get the operative report from Lakeside.", "Can you obtain the operative report from Lakeside?"),
    ("Please refill the warfarin prescription.", "Could you renew the warfarin rx?"),
    ("Please send us referral 88213 again.", "Please send us referral 88213 again."),
    ("Order two units of red cells.", "Please order 2 units of red cells."),
    ("Please sign the home oxygen order.", "Could you sign the home oxygen order by noon?"),
    ("Please have the discharge summary over to us by Friday.", "Please send us the discharge summary by Thursday."),
    ("Por favor mandar el formulario de alergias.", "Por favor enviar el formulario de alergias."),
    ("Please file the appeal for the TAVR.", "Could you file the appeal for the TAVR by 3/20?"),
    ("Please upload the EKG.", "Please upload the ECG before Friday."),
    ("Cancel the stress echo.", "Please cancel the stress echo."),
    ("Please call her back.", "Please call her back!"),
    ("Reschedule the colonoscopy.", "Could you move the colonoscopy?"),
]

SAME_IN_A_THREAD = [
    ("Please fax the cardiac clearance to pre-op.", "Any update on the clearance?"),
    ("Please fax the cardiac clearance to pre-op.", "We have not received the cardiac clearance."),
    ("Please fax the cardiac clearance to pre-op.", "Still waiting for the clearance, please send it."),
    ("Please book an interpreter for Thursday.", "Just following up on the interpreter."),
    ("Please schedule the left knee MRI.", "Reminder: please schedule the MRI."),
    ("Please send us referral 88213 again.", "Could you send us the referral again?"),
    ("Please get the operative report from Lakeside.", "Any news on the operative report?"),
]

PERHAPS = [
    ("Please fax the cardiac clearance to pre-op.", "We have not received the cardiac clearance."),
    ("Please send us the records.", "Please send us the echo records."),
    ("Please get the operative report.", "Please send the operative report."),
    ("Please schedule the MRI.", "Please schedule the left knee MRI."),
    ("Please arrange transport for Friday.", "Please arrange transport."),
    ("Please send the referral.", "Please send referral 88213."),
    ("Please schedule the visit with Dr. Okafor.", "Please schedule the visit."),
    ("Please fax the signed wheelchair order.", "Please fax the vendor's wheelchair quote."),
    ("Please send the warfarin list.", "Please send the wafarin list."),
    ("Please get the CBC.", "Please get the CBC with differential."),
    ("Please submit the PA for Humira.", "Please submit the PA for Enbrel."),
    ("Please approve the bed.", "Please deny the bed."),
]

OTHER = [
    ("Please schedule the MRI.", "Please schedule the CT."),
    ("Please send the chest CT report.", "Please send the chest x-ray report."),
    ("Please order an echo.", "Please order a TEE."),
    ("Please book the left knee MRI.", "Please book the right knee MRI."),
    ("Please schedule the hip x-ray.", "Please schedule the knee x-ray."),
    ("Please book an interpreter for Tuesday.", "Please book an interpreter for Thursday."),
    ("Please book an interpreter for Thursday's echo.", "Please book an interpreter for Friday's echo."),
    ("Please arrange transport for March 12.", "Please arrange transport for March 19."),
    ("Please arrange transport at 9 am.", "Please arrange transport at 2 pm."),
    ("Please arrange a ride for tomorrow.", "Please arrange a ride for tomorrow."),
    ("Please send referral 88213.", "Please send referral 88214."),
    ("Order 2 units of red cells.", "Order 4 units of red cells."),
    ("Please refill metoprolol 25 mg.", "Please refill metoprolol 50 mg."),
    ("Please fax the consent form.", "Please fax the intake form."),
    ("Please send the discharge summary.", "Please send the admission summary."),
    ("Please send the medication list.", "Please send the allergy list."),
    ("Please fax the summary to Dr. Lindqvist.", "Please fax the summary to Dr. Patel."),
    ("Please schedule a visit with Dr. Okafor.", "Please schedule a visit with Dr. Rao."),
    ("Please call Aetna.", "Please call Cigna."),
    ("Please book the colonoscopy.", "Please cancel the colonoscopy."),
    ("Please book the colonoscopy.", "Please reschedule the colonoscopy."),
    ("Please send the wound photos.", "Please print the wound photos."),
    ("Please sign the home oxygen order.", "Please cancel the home oxygen order."),
    ("Please call the son about the diet.", "Please call the daughter about the diet."),
    ("Please check the potassium result.", "Please check the INR result."),
    ("Please get the pre-op labs.", "Please get the post-op labs."),
    ("Please book a Somali interpreter.", "Please book a Spanish interpreter."),
    ("Please send the first consent.", "Please send the second consent."),
    ("Please bill the primary insurance.", "Please bill the secondary insurance."),
    ("Please schedule the CT with contrast.", "Please schedule the CT without contrast."),
    ("Please schedule an inpatient bed review.", "Please schedule an outpatient bed review."),
    ("Please fax the cardiac clearance.", "Please fax the pulmonary clearance."),
    ("Please send the form.", "Please order the wheelchair."),
    ("Please call her.", "Please fax it."),
    ("Please start the heparin order.", "Please stop the heparin order."),
    ("Book the follow-up in 2 weeks.", "Book the follow-up in 6 weeks."),
    ("Please arrange transport to dialysis.", "Please arrange transport from dialysis."),
    ("Please don't book the MRI.", "Please book the MRI."),
    ("Send the March report.", "Send the April report."),
    ("Send the prednisone refill.", "Send the prednisolone refill."),
    ("Please fax it to 555-0100.", "Please fax it to 555-0199."),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_request_in_other_words_is_one(one: str, other: str):
    assert verdict(one, other) == "same"


@pytest.mark.parametrize(("one", "other"), SAME_IN_A_THREAD)
def test_a_reminder_in_its_thread_is_the_request_again(one: str, other: str):
    assert verdict(one, other, is_thread=True) == "same"


@pytest.mark.parametrize(("one", "other"), PERHAPS)
def test_what_one_of_them_leaves_out_is_asked_about(one: str, other: str):
    assert verdict(one, other) == "perhaps"


@pytest.mark.parametrize(("one", "other"), OTHER)
@pytest.mark.parametrize("is_thread", [False, True])
def test_what_differs_in_one_thing_is_two(one: str, other: str, is_thread: bool):  # noqa: FBT001 - a table's column
    assert verdict(one, other, is_thread=is_thread) != "same"


def test_what_is_told_by_both_and_differs_is_not_even_asked_about():
    asked_about = [(one, other) for one, other in OTHER if verdict(one, other) == "perhaps"]

    assert asked_about == []


def test_at_least_sixty_pairs_are_judged_and_half_of_them_are_traps():
    traps = [*PERHAPS, *OTHER]

    assert len([*SAME, *SAME_IN_A_THREAD, *traps]) >= 60
    assert len(traps) >= len([*SAME, *SAME_IN_A_THREAD])


FAX = "Please fax the cardiac clearance to pre-op."


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Mrs. Rivera", "Ana Rivera", "same"),
        ("RIVERA, ANA", "Ana Rivera", "same"),
        ("A. Rivera", "Ana Rivera", "same"),
        ("Ana María Rivera", "Mrs. Rivera", "same"),
        ("Rivera", "Rivera", "same"),
        ("Ana Rivera", "Luis Rivera", "other"),
        ("Mrs. Rivera", "Mr. Rivera", "other"),
        ("Mrs. Rivera", "Mrs. Riviera", "other"),
        ("Mrs. Allen", "Mrs. Baker", "other"),
        ("Ana", "Ana Rivera", "perhaps"),
        ("A. R.", "Ana Rivera", "perhaps"),
        ("Mrs. Rivera", None, "perhaps"),
        (None, "Mrs. Rivera", "perhaps"),
        ("MRN 4417", "MRN 4471", "other"),
    ],
)
def test_patients_have_to_be_one_person(one: str | None, other: str | None, expected: Verdict):
    later = asked(FAX, WEDNESDAY, thread="t2", patient=other)

    assert compare(asked(FAX, patient=one), later) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"said_by": "ward5@lakeside.example"}, "perhaps"),
        ({"said_by": None}, "perhaps"),
        ({"said_by": "or.desk@stmary.example"}, "same"),
        ({"said_on": date(2026, 4, 20)}, "perhaps"),
        ({"waiting": True}, "other"),
        ({"owner": "priya@clinic.example"}, "other"),
    ],
)
def test_who_asks_whom_and_when_counts_as_well(changes: dict[str, object], expected: Verdict):
    standing = asked(FAX, owner=DANA.email)

    assert compare(standing, replace(asked(FAX, WEDNESDAY, thread="t2"), **changes)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(("days", "expected"), [(-3, "same"), (2, "same"), (7, "perhaps")])
def test_a_deadline_a_week_later_may_be_next_weeks_request(days: int, expected: Verdict):
    first, second = date(2026, 3, 16), date(2026, 3, 16 + days)

    assert compare(asked(FAX, due_on=first), asked(FAX, WEDNESDAY, due_on=second)) == expected


@pytest.mark.parametrize(
    ("quote", "said_on", "expected"),
    [
        ("Please restock the echo lab's gel and towels.", TUESDAY, "same"),
        ("Please restock the echo lab's gel and towels.", WEDNESDAY, "same"),
        ("Please fax her consent below.", TUESDAY, "same"),
        ("Please fax her consent below.", WEDNESDAY, "perhaps"),
    ],
)
def test_without_a_patient_only_a_copy_that_stands_by_itself_is_the_same(quote: str, said_on: date, expected: Verdict):
    later = asked(quote, said_on, patient=None, thread="t2")

    assert compare(asked(quote, patient=None), later) == expected


def finding(quote: str, **changes: object) -> Finding:
    made = Finding(
        kind="task",
        title=_ASKING.sub("", quote).rstrip(".?"),
        quote=quote,
        patient="Mrs. Rivera",
        said_by="preop@stmary.example",
        said_on=WEDNESDAY,
        engine="embedded",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def standing(number: int, quote: str, **changes: object) -> Task:
    made = task(
        number,
        title=_ASKING.sub("", quote).rstrip(".?"),
        quote=quote,
        patient="Mrs. Rivera",
        requester="preop@stmary.example",
        said_on=TUESDAY,
        owner=None,
        thread="t1",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def found(new: Finding, *tasks: Task, thread: str = "t2") -> Match | None:
    return match(new, tasks, thread=thread, coordinator=DANA)


def test_the_one_open_task_that_agrees_is_the_match():
    tasks = (standing(3, "Please fax the consent form."), standing(4, FAX))

    assert found(finding(FAX), *tasks) == Match(task=tasks[1], is_sure=True)


def test_a_closed_task_is_asked_for_anew():
    assert found(finding(FAX), standing(4, FAX, state="done")) is None


def test_of_two_that_agree_the_one_of_the_thread_is_meant():
    tasks = (standing(3, FAX), standing(4, FAX, thread="t2"))

    assert found(finding(FAX), *tasks) == Match(task=tasks[1], is_sure=True)


def test_where_two_agree_a_person_is_asked():
    chosen = found(finding(FAX), standing(3, FAX), standing(4, FAX))

    assert chosen == Match(task=standing(3, FAX), is_sure=False)


def test_a_later_deadline_is_no_reason_to_ask_within_a_few_days():
    due = Deadline(due=date(2026, 3, 13), words="by Friday", rule="weekday")
    earlier = standing(4, FAX, deadline=replace(due, due=date(2026, 3, 12)))

    assert found(finding(FAX, deadline=due), earlier) == Match(task=earlier, is_sure=True)
