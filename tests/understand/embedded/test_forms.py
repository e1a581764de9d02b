"""What coordinators get in lists, tables, threads and half sentences: which of it is theirs to do."""

from __future__ import annotations

import pytest

from assistant.records import Address
from assistant.understand.embedded import EmbeddedEngine
from tests.understand.embedded.conftest import LENA, OMAR, RUTH, mail, part, tasks

ASKS = """
Nobody has called the daughter yet.
Her ride to dialysis hasn't been set up.
No ride has been arranged for Friday.
I can't find the referral for Mr. Ames anywhere.
The oxygen order for Mr. Ames lapses on the 20th.
My dad is almost out of insulin.
You said you would send the papers and they have not come.
Still nothing from cardiology on the holter for Mr. Ames.
All that's left is the face sheet.
Anesthesia would like an EKG on file.
Looking for a Farsi interpreter for Thursday.
It would be good to have the packet by Thursday.
If the plan has not answered by noon Friday, file the appeal.
Time to renew the oxygen order.
I leave it to you to tell the family.
You agreed to call the Farrow family by Friday.
I told her you'd ring her on Thursday.
Don't let Mr. Ames leave without his walker.
The fax was illegible, resend.
f/u w/ pcp re: ames a1c
Farrow, T. - surgical consent missing.
The slides would have to be in our lab by noon Wednesday.
I'd feel better if the letter were on her desk by four.
Ames needs a hospital bed at home before Saturday.
Mándemelo por fax antes del viernes.
Exijo que alguien me llame hoy.
Quedo a la espera de su firma en la orden.
Conseguir el expediente de Tucson.
"""
QUIET = """
Farrow is booked for Friday at 9, ride and interpreter included.
The training covers the new beds.
To request an interpreter, call the language line.
A representative will respond within two business days.
We'll sit by the phone on Monday then.
She is going to tumor board on Thursday.
If the driver rings, tell him gate two.
Ride home: Pell Transit has that.
Schedule changes take effect on April 1.
We don't need the packet until Wednesday.
"""


def quotes(engine: EmbeddedEngine, text: str) -> list[str]:
    return [one.quote for one in tasks(engine, mail(text)) if one.certain]


@pytest.mark.parametrize("sentence", ASKS.strip().splitlines())
def test_a_sentence_that_lets_one_see_what_is_wanted_is_a_task(engine: EmbeddedEngine, sentence: str):
    assert tasks(engine, mail(sentence))


@pytest.mark.parametrize("sentence", QUIET.strip().splitlines())
def test_a_sentence_that_only_tells_is_none(engine: EmbeddedEngine, sentence: str):
    assert [one for one in tasks(engine, mail(sentence)) if one.certain] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Still missing:\nFarrow: H&P\nAmes: EKG and consent\nLund: nothing\n",
            ["Farrow: H&P", "Ames: EKG and consent"],
        ),
        ("( ) call the daughter\n(x) order the walker\n", ["call the daughter"]),
        ("- [ ] Book the ride\n- [x] Call the son\n", ["Book the ride"]),
        ("Ruth:\n- call the family\nLena:\n- sign the orders\n", ["call the family"]),
        ("ACTIONS\n  Lena - sign the orders\n  Ruth - book the hostel\n", ["Ruth - book the hostel"]),
    ],
)
def test_of_a_list_what_is_open_and_ours_is_found(engine: EmbeddedEngine, text: str, found: list[str]):
    names = mail(text, to=(RUTH, LENA))

    assert [one.quote for one in tasks(engine, names)] == found


@pytest.mark.parametrize(
    ("table", "patients"),
    [
        ("Patient | Item | Asked | Received\nFarrow, J | H&P | 3/2 | 3/5\nAmes, R | EKG | 3/2 | \n", ["Ames, R"]),
        ("Patient | Needed | Assigned\nFarrow, J | EKG | Ruth\nAmes, R | CBC | Lena\n", ["Farrow, J"]),
        ("Patient | To | Status\nFarrow, J | Pain | declined - find another\nAmes, R | GI | declined\n", ["Farrow, J"]),
        (
            "Patient | Drug | Remark\nFarrow, J | IVIG | dose never received\nAmes, R | IVIG | same as March\n",
            ["Farrow, J"],
        ),
    ],
)
def test_of_a_table_the_open_rows_are_found(engine: EmbeddedEngine, table: str, patients: list[str]):
    assert [one.patient for one in tasks(engine, mail(f"Ruth, the list:\n\n{table}"))] == patients


def test_orders_in_one_long_breath_are_tasks_of_their_own(engine: EmbeddedEngine):
    text = "Get the films from the county by Friday, call the daughter about the pills, and when you can book the van."

    assert len(tasks(engine, mail(text))) == 3


def test_a_statement_gives_way_to_the_order_beside_it(engine: EmbeddedEngine):
    assert quotes(engine, "Nobody has called the daughter yet. Please call her by noon.") == [
        "Please call her by noon."
    ]


def test_a_yes_takes_up_what_the_coordinator_offered(engine: EmbeddedEngine):
    asked = part("Want me to book the scan for Joan Dow at Elm Court?", "quoted", RUTH, 1)

    (found,) = tasks(engine, mail("yes pls, by Friday.", asked))

    assert found.title == "Book the scan for Joan Dow at Elm Court"


def test_the_second_of_two_questions_stays_open_where_only_the_first_is_answered(engine: EmbeddedEngine):
    asked = part("Are you in network with his plan? And which slot is the earliest for a scan?", "quoted", RUTH, 1)

    (found,) = tasks(engine, mail("Yes, we are in network now.", asked))

    assert found.waiting
    assert found.owner == OMAR.email


def test_a_mail_that_was_meant_for_another_leaves_nothing_open(engine: EmbeddedEngine):
    asked = part("Ruth can you get the lift fixed?", "quoted", OMAR, 1)

    assert tasks(engine, mail("Oops, that last one was meant for Lena. Ignore me!", asked)) == []


@pytest.mark.parametrize(
    ("text", "patient"),
    [
        ("Please call don eusebio marin about the ride.", "don eusebio marin"),
        ("Patient: HARGROVE, DORIS\nPlease call the unit.", "HARGROVE, DORIS"),
        ("The tray for baby Osei is late, please call the unit.", "baby Osei"),
        ("Curtis Boone's chart came.\n\nBoone goes home Friday, please book the van.", "Curtis Boone"),
    ],
)
def test_a_patient_is_known_in_many_ways_of_writing(engine: EmbeddedEngine, text: str, patient: str):
    assert {one.patient for one in tasks(engine, mail(text))} == {patient}


def test_a_relatives_own_surname_does_not_hide_the_patient(engine: EmbeddedEngine):
    carmen = Address(email="carmen.quintana@mailbox.example", name="Carmen Quintana")

    (found,) = tasks(engine, mail("My father, Mr. Quintana, is out of pills. Please send a refill.", sender=carmen))

    assert found.patient == "Mr. Quintana"


def test_a_long_title_is_cut_before_what_the_task_is_for(engine: EmbeddedEngine):
    long = "Re: Daniel Kim\n\nPlease submit the clinical notes from the last visit by Friday to keep the request open."

    (found,) = tasks(engine, mail(long))

    assert found.title == "Submit the clinical notes from the last visit (Daniel Kim)"


def test_what_stands_far_within_a_sentence_without_an_end_is_read(engine: EmbeddedEngine):
    talk = "and then the lift was stuck again " * 40

    assert quotes(engine, f"so we went up {talk}, please call the daughter of Mrs. Dow by Friday") != []
