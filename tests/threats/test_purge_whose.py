"""Whose words a purge takes: all of the one who is named, however they are written, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from assistant.errors import UnreadableMailError
from assistant.ledger import back_up, restore
from assistant.pipeline import nightly
from assistant.pipeline.retention import named_by, plan_of_mail, plan_of_patient
from assistant.records import ChangesUndone, Decision, LedgerEvent
from tests.cli.test_commands import assistant
from tests.pipeline.office import DANA, Office
from tests.threats.test_purge import MARKED, ask, close, hits, is_sound


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.parts.ledger.close()


def purge(office: Office, patient: str = MARKED) -> None:
    plan = plan_of_patient(office.parts, patient)
    office.parts.ledger.purging.purge(plan, office.now, by="root", why="a patient's request")
    assert office.parts.ledger.purging.clean(office.now)


@pytest.mark.parametrize(
    ("text", "name", "is_named"),
    [
        ("The films of Ann Lee came.", "Ann Lee", True),
        ("LEE, ANN", "ann lee", True),
        ("Lee,Ann (DOB 1950)", "Ann Lee", True),
        ("Ann Lee's films", "Ann Lee", True),
        ("Ann Lee’s films", "Ann Lee", True),
        ("Re: ann_lee_mri.pdf", "Ann Lee", True),
        ("Ms. Rivera-Lopez", "Rivera Lopez", True),
        ("Ms. Rivera Lopez", "Rivera-Lopez", True),
        ("Rivera - Lopez", "Rivera - Lopez", True),
        ("José Pérez", "Jose Perez", True),
        ("Jose Perez", "José Pérez", True),
        ("Jose\u0301 Perez", "José Pérez", True),
        ("Anna Leeson", "Ann Lee", False),
        ("The annual fee", "Ann Lee", False),
        ("Ann called", "Ann Lee", False),
        ("it is - as we said - done", "-", False),
        ("anything", "", False),
    ],
)
def test_a_name_is_known_by_its_words(text: str, name: str, *, is_named: bool):
    assert named_by(name)(text) is is_named


def test_a_patient_whose_name_begins_like_another_ones_stays(office: Office):
    close(office, ask(office, "Anna Leeson"))
    other = ask(office, "Ann Lee")
    close(office, other)

    assert plan_of_patient(office.parts, "Ann Lee").tasks == (other,)


def test_words_that_were_undone_go_as_well(office: Office):
    number = ask(office, MARKED)
    first = office.parts.ledger.book.history(number)[0]
    undone = ChangesUndone(event_ids=(first.id,))
    event = LedgerEvent(id=0, number=number, at=office.now, actor=DANA, source="elsewhere", change=undone)
    office.parts.ledger.record(Decision(events=(event,)), ())
    purge(office)

    assert hits(office.folder) == []
    assert is_sound(office)


def test_a_mail_that_names_a_patient_in_an_attachment_alone_goes(office: Office):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ruth@surgery.example", DANA, "the report"
    mail.set_content("As promised, thank you.")
    mail.add_attachment(f"Report on {MARKED}, all is well.", filename="report.txt")
    office.arrive_raw(mail.as_bytes())
    office.work()
    purge(office)

    assert hits(office.folder) == []


def test_what_somebody_took_up_again_since_it_was_planned_stays(office: Office):
    number = ask(office, MARKED)
    source = office.open[0].source
    close(office, number)
    plan = plan_of_patient(office.parts, MARKED)
    assert (plan.tasks, source in plan.mails) == ((number,), True)
    office.answer(f"reopen {number}")
    office.work()
    gone = office.parts.ledger.purging.purge(plan, office.now)

    assert [task.number for task in office.open] == [number]
    assert (gone.tasks, source in gone.mails) == ((), False)
    assert (mail := office.parts.ledger.spool.mail(source)) is not None
    assert mail.content
    assert is_sound(office)


def test_one_mail_is_named_by_enough_of_its_key_or_nothing_goes(office: Office):
    for number in range(20):
        office.arrive(f"All is well, and this is word number {number}.")
    office.work()
    keys = office.parts.ledger.purging.unpurged()[0]
    start = next(key[0] for key in keys if sum(other[0] == key[0] for other in keys) > 1)
    with pytest.raises(UnreadableMailError, match="write more of the key"):
        plan_of_mail(office.parts, start)
    with pytest.raises(UnreadableMailError, match="no mails have a key"):
        plan_of_mail(office.parts, "nothing like a key")

    assert plan_of_mail(office.parts, keys[0]).mails == (keys[0],)


def test_a_ledger_that_a_restore_set_aside_goes_with_the_days_of_the_copies(office: Office):
    close(office, ask(office, MARKED))
    copy = back_up(office.folder / "ledger", office.folder / "copies" / "one.db", office.now).path
    office.parts.ledger.close()
    _, aside = restore(office.folder / "ledger", copy, office.now)
    office.restart()
    office.work()
    purge(office)
    assert aside is not None
    assert hits(office.folder) == MARKED.split()
    kept = office.parts.config.backup.keep_days
    for day in range(int(kept) + 2):
        assert aside.exists() is (day <= kept)
        office.now += timedelta(days=1)
        nightly(office.parts)

    assert hits(office.folder) == []


def test_a_name_may_be_asked_for_so_that_no_list_of_processes_shows_it(office: Office):
    number = ask(office, MARKED)
    close(office, number)
    done = assistant("purge", "--patient", "-", "--yes", folder=office.folder, stdin=f"{MARKED}\n")

    assert done.returncode == 0, done.stderr
    assert MARKED not in done.stdout
    assert hits(office.folder) == []
