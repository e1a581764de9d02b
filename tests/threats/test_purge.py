"""What is purged is nowhere in the ledger's files, what has to stay stays, and the audit is as sound as before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.errors import UnreadableMailError
from assistant.ledger import FILE
from assistant.ledger.audit import Night
from assistant.pipeline import collect, nightly
from assistant.pipeline.acquaintances import knows
from assistant.pipeline.retention import plan_of_age, plan_of_mail, plan_of_patient, purge_aged
from tests.cli.test_commands import assistant
from tests.pipeline.office import DANA, Office, office_config

MARKED, OTHER = "Zaphira Quennell", "Oskar Lindqvist"
KEPT = {"raw_mail_days": 30, "tasks_years": 1, "audit_years": 2}


def bytes_of(folder: Path) -> bytes:
    """Return all that stands in the ledger's own folder: the database, what lies beside it, what was set aside."""
    return b"".join(path.read_bytes() for path in sorted((folder / "ledger").rglob("*")) if path.is_file())


def hits(folder: Path, words: str = MARKED) -> list[str]:
    """Return which of these words, or halves of them, stand anywhere."""
    found = bytes_of(folder).lower()
    return [word for word in words.split() if word.lower().encode() in found]


def copies_with(folder: Path) -> int:
    """Return how many copies hold the words."""
    word = MARKED.split(maxsplit=1)[0].encode()
    return sum(word in path.read_bytes() for path in (folder / "backups").iterdir())


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path, office_config(retention=KEPT))
    # Some builds of SQLite overwrite by themselves what is deleted; most do not.
    office.parts.ledger._database._db.conn.execute("PRAGMA secure_delete = OFF").fetchall()
    yield office
    office.parts.ledger.close()


def ask(office: Office, patient: str, matter: str = "referral") -> int:
    """Let a mail ask for something for a patient; return the task's number."""
    office.arrive(f"Please fax the {matter} for Mr. {patient} to the clinic by Friday.", Subject=f"{patient}: {matter}")
    office.work()
    return max(task.number for task in office.open)


def close(office: Office, number: int) -> None:
    office.answer(f"done {number}")
    office.work()


def is_sound(office: Office) -> bool:
    verdict = office.parts.ledger.audit.verify()
    assert verdict.problems == []
    return verdict.is_sound


def test_by_age_all_of_a_closed_matter_goes_and_all_of_an_open_one_stays(office: Office):
    done, still_open = ask(office, MARKED), ask(office, OTHER)
    close(office, done)
    for _ in range(14):
        office.pass_time(days=30)
        office.work()
    before = office.parts.ledger.audit.head()
    assert hits(office.folder) == MARKED.split()
    assert purge_aged(office.parts) is not None

    assert hits(office.folder) == []
    assert hits(office.folder, OTHER) == OTHER.split()
    assert [task.number for task in office.open] == [still_open]
    assert office.parts.ledger.book.history(done) == ()
    assert is_sound(office)
    assert office.parts.ledger.audit.verify([before.words]).is_sound
    assert purge_aged(office.parts) is None


def test_a_number_is_not_given_twice_and_a_mail_not_read_twice(office: Office):
    number = ask(office, MARKED)
    close(office, number)
    office.pass_time(days=400)
    purge_aged(office.parts)
    office.again()
    office.work()

    assert office.open == ()
    assert ask(office, OTHER) > number


def test_what_waits_or_needs_a_person_is_never_purged(office: Office):
    office.arrive_raw(b"")
    office.work()
    office.pass_time(days=4000)
    office.arrive(f"Please call Mr. {MARKED}.")
    office.now -= timedelta(days=3000)
    collect(office.parts, "desk")
    office.now += timedelta(days=3000)
    plan = plan_of_age(office.parts, office.now)

    assert plan.mails == ()
    assert len(office.parts.ledger.spool.quarantined()) == 1
    assert len(office.parts.ledger.spool.waiting(10)) == 1


def test_nothing_goes_by_age_where_the_settings_do_not_say_so(tmp_path: Path):
    office = Office(tmp_path)
    close(office, ask(office, MARKED))
    office.pass_time(days=9000)
    plan = plan_of_age(office.parts, office.now)
    office.parts.ledger.close()

    assert plan.is_empty


def test_who_was_shown_a_task_is_known_after_its_words_are_gone(office: Office):
    number = ask(office, MARKED)
    close(office, number)
    shown = [one.who for one in office.parts.ledger.audit.accesses(number)]
    office.pass_time(days=400)
    purge_aged(office.parts)

    assert DANA in shown
    assert sorted(one.who for one in office.parts.ledger.audit.accesses(number)) == sorted(shown)


def test_of_one_patient_everything_goes_by_a_persons_word_however_it_was_written(office: Office):
    number, other = ask(office, MARKED), ask(office, OTHER)
    close(office, number)
    office.arrive(f"All is well with {MARKED.upper()} again, thank you.", Subject="Good news")
    office.arrive("Please call Quennell Annual Zaphiras about it.", Subject="not the same")
    office.work()
    plan = plan_of_patient(office.parts, f" {MARKED.lower()} ")
    office.parts.ledger.purging.purge(plan, office.now, by="root", why="a patient's request")
    assert office.parts.ledger.purging.clean(office.now)

    assert plan.tasks == (number,)
    assert b"zaphira quennell" not in bytes_of(office.folder).lower()
    assert next(task.number for task in office.open) == other
    assert is_sound(office)


def test_of_a_patient_who_wrote_and_was_written_to_not_even_the_address_is_left(office: Office):
    patient = "zaphira.quennell@home.example"
    office.arrive(f"This is {MARKED}. Please call me back by Friday.", sender=patient, Subject="my referral")
    office.work()
    office.arrive("Thank you for your patience.", sender=DANA, to=patient, Subject="hello")
    office.work()
    close(office, office.open[0].number)
    assert knows(office.parts.config, office.parts.ledger, patient)
    plan = plan_of_patient(office.parts, MARKED)
    keys = office.parts.ledger.purging.unpurged()[0]
    plan = replace(plan, mails=tuple({*plan.mails, *keys}))
    office.parts.ledger.purging.purge(plan, office.now)
    assert office.parts.ledger.purging.clean(office.now)

    assert hits(office.folder) == []


def test_an_open_task_of_the_patient_stays_and_that_is_said(office: Office):
    number = ask(office, MARKED)
    plan = plan_of_patient(office.parts, MARKED)

    assert f"task #{number} is open; close it first" in plan.kept
    assert (plan.tasks, plan.mails) == ((), ())


def test_one_mail_goes_with_the_closed_task_that_it_opened(office: Office):
    number = ask(office, MARKED)
    source = office.open[0].source
    close(office, number)
    office.pass_time(hours=1)
    office.work()
    plan = plan_of_mail(office.parts, source[:10])
    office.parts.ledger.purging.purge(plan, office.now)
    office.parts.ledger.purging.clean(office.now)

    assert source in plan.mails
    assert plan.tasks == (number,)
    assert hits(office.folder) == []
    assert is_sound(office)


def test_a_mail_that_cannot_be_read_in_time_is_searched_all_the_same(office: Office, monkeypatch: pytest.MonkeyPatch):
    office.arrive_raw(
        b"From: ruth@surgery.example\r\nTo: dana@clinic.example\r\nMIME-Version: 1.0\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\nAll is well with Mr. Zaph=\r\nira Quennell, thank you.\r\n"
    )
    office.work()

    def slow(*_: object) -> None:
        raise UnreadableMailError("reading it took too long")

    monkeypatch.setattr(type(office.parts.room), "read", slow)

    assert len(plan_of_patient(office.parts, MARKED).mails) == 1


class Killed(BaseException):
    """The process ends here."""


def _dies_in(office: Office, monkeypatch: pytest.MonkeyPatch, step: str, call: int) -> None:
    database, count = office.parts.ledger._database, 0
    whole: Callable[..., object] = getattr(database, step)

    def dying(*values: object) -> object:
        nonlocal count
        count += 1
        if count == call:
            raise Killed
        return whole(*values)

    monkeypatch.setattr(database, step, dying)
    with pytest.raises(Killed):
        purge_aged(office.parts)
    monkeypatch.undo()
    office.restart()


@pytest.mark.parametrize(
    ("step", "call"), [*(("change", call) for call in (1, 2, 4, 8, 12, 16, 20, 24, 28, 32)), ("rewrite", 1)]
)
def test_a_purge_that_dies_half_way_is_finished_the_next_time(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: str, call: int
):
    close(office, ask(office, MARKED))
    office.pass_time(days=400)
    _dies_in(office, monkeypatch, step, call)
    assert is_sound(office)
    with closing(sqlite3.connect(office.folder / "ledger" / FILE)) as file:
        with pytest.raises(sqlite3.IntegrityError, match="never removed"):
            file.execute("DELETE FROM audit_payloads")
        file.rollback()
    purge_aged(office.parts)

    assert hits(office.folder) == []
    assert is_sound(office)
    assert not office.parts.ledger.purging.is_unclean()


def test_bytes_that_others_hold_in_their_hands_go_the_next_time(office: Office):
    close(office, ask(office, MARKED))
    office.pass_time(days=400)
    office.parts.ledger._database._db.conn.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(office.folder / "ledger" / FILE, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM mails").fetchone()
        purge_aged(office.parts)
        assert office.parts.health.purge_problem
    purge_aged(office.parts)

    assert hits(office.folder) == []
    assert office.parts.health.purge_problem == ""


def test_an_event_can_be_removed_by_a_purge_alone(office: Office):
    ask(office, MARKED)
    with closing(sqlite3.connect(office.folder / "ledger" / FILE, isolation_level=None)) as file:
        for table in ("events", "audit", "audit_payloads"):
            for harm in (
                f"DELETE FROM {table}",
                f"UPDATE {table} SET rowid = rowid + 1000",
                f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
            ):
                with pytest.raises(sqlite3.IntegrityError, match="never"):
                    file.execute(harm)


def test_the_night_makes_its_copy_purges_and_checks_once(office: Office):
    close(office, ask(office, MARKED))
    office.pass_time(days=400)
    assert nightly(office.parts)
    entries = office.parts.ledger.audit.head().count
    office.pass_time(minutes=5)
    assert not nightly(office.parts)

    assert hits(office.folder) == []
    assert office.parts.ledger.audit.head().count == entries
    assert office.parts.ledger.audit.last_night() == Night(at=office.now - timedelta(minutes=5), problems=0, first="")


def test_a_copy_of_before_the_purge_goes_with_its_days(office: Office):
    close(office, ask(office, MARKED))
    office.pass_time(days=400)
    nightly(office.parts)
    assert copies_with(office.folder) == 1
    for _ in range(16):
        office.pass_time(days=1)
        nightly(office.parts)

    assert copies_with(office.folder) == 0


@pytest.mark.parametrize("is_restarted", [True, False])
def test_a_ledger_that_somebody_changed_is_told_of_in_the_next_digest(office: Office, *, is_restarted: bool):
    ask(office, MARKED)
    with closing(sqlite3.connect(office.folder / "ledger" / FILE)) as file, file:
        file.execute("UPDATE tasks SET state = 'done'")
    office.pass_time(days=1)
    nightly(office.parts)
    if is_restarted:
        office.restart()
    office.work()

    assert "not as its audit tells: task 1 is not what its events add up to" in " ".join(office.said().split())


def test_the_command_says_what_would_go_and_does_it_only_when_told(office: Office):
    number = ask(office, MARKED)
    close(office, number)
    looked = assistant("purge", "--patient", MARKED, "--dry-run", folder=office.folder)
    refused = assistant("purge", "--patient", MARKED, folder=office.folder)
    assert hits(office.folder) == MARKED.split()
    done = assistant("purge", "--patient", MARKED, "--yes", folder=office.folder)

    assert (looked.returncode, refused.returncode, done.returncode) == (0, 2, 0), looked.stderr + done.stderr
    assert looked.stdout.startswith("1 closed task, ")
    assert MARKED not in looked.stdout + refused.stderr
    assert "no bytes of it are left" in done.stdout
    assert hits(office.folder) == []
    assert is_sound(office)
