"""An error of ours over one task, one person or one step keeps back nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from email.utils import parseaddr
from pathlib import Path

import pytest

from assistant.errors import LostLedgerError, StorageError
from assistant.pipeline import conditions, deliver, tick
from assistant.records import Person, Task
from tests.pipeline.office import DANA, PRIYA, Office, office_config

BAD, GOOD = "Please fax the consent form of Mrs. Balimo {}.", "Please fax the consent form of Mrs. Kodera {}."
TICK = sys.modules["assistant.pipeline.tick"]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path, office_config(priya={"digest_at": "08:15"}))
    office.may_break = True
    yield office
    office.parts.ledger.close()


def breaking(patch: pytest.MonkeyPatch, where: str, error: type[BaseException]) -> None:
    """Let a function fail wherever it is given the bad task."""
    module, _, name = where.partition(":")
    real: Callable[..., object] = getattr(sys.modules[f"assistant.{module}"], name)

    def broken(*given: object, **named: object) -> object:
        if any(isinstance(one, Task) and "Balimo" in one.quote for one in given):
            raise error("of Mrs. Balimo")
        return real(*given, **named)

    for loaded in [one for at, one in sys.modules.items() if at.startswith("assistant.")]:
        if getattr(loaded, name, None) is real:
            patch.setattr(loaded, name, broken)


def failing(patch: pytest.MonkeyPatch, name: str, error: BaseException, *, of: str = "") -> None:
    """Let a step of `tick` fail; one that is for somebody, for them alone."""
    real: Callable[..., object] = getattr(TICK, name)

    def broken(*given: object, **named: object) -> object:
        if not of or any(isinstance(one, Person) and one.is_at(of) for one in given):
            raise error
        return real(*given, **named)

    patch.setattr(TICK, name, broken)


def digests(office: Office) -> list[tuple[str, str]]:
    """Let the next day begin; return whom a digest went to, and its words."""
    before = len(office.postbox.taken)
    office.pass_time(days=1)
    tick(office.parts)
    deliver(office.parts)
    said = []
    for mail in office.postbox.taken[before:]:
        body = mail.get_body(("plain",))
        assert body is not None
        if "Digest" in mail["Subject"]:
            said.append((parseaddr(mail["To"])[1], " ".join(str(body.get_content()).split())))
    return said


def levels(office: Office) -> dict[str, str]:
    return {one.part: one.level for one in conditions(office.parts) if one.part.startswith(("prep", "digest", "calls"))}


@pytest.mark.parametrize(
    ("where", "error", "told"),
    [
        ("outbox.entries:_entry", KeyError, "This task cannot be shown in full."),
        ("outbox.entries:_entry", TypeError, "This task cannot be shown in full."),
        ("decide.digest:urgency", ValueError, "keeps tasks out of this digest: #1."),
        ("decide.worktime:passes_at", OverflowError, "keeps tasks out of this digest: #1."),
    ],
)
def test_one_bad_task_keeps_back_nobodys_digest_and_is_told_by_its_number(
    office: Office, monkeypatch: pytest.MonkeyPatch, where: str, error: type[Exception], told: str
):
    office.arrive(BAD.format("by Friday"))
    office.work()
    office.arrive(GOOD.format("by Friday"))
    office.work()
    breaking(monkeypatch, where, error)

    for _ in range(2):
        mails = dict(digests(office))
        assert sorted(mails) == sorted([DANA, PRIYA])
        assert "Kodera" in mails[DANA]
        assert told in mails[DANA]


def test_one_bad_task_keeps_no_other_from_being_escalated(office: Office, monkeypatch: pytest.MonkeyPatch):
    for words in (BAD, GOOD):
        office.arrive(words.format("by noon today"))
        office.work()
    breaking(monkeypatch, "decide.escalation:_left_at", ArithmeticError)
    for _ in range(12):
        office.pass_time(hours=1)
        office.work()

    called = {number for number in (1, 2) if office.parts.ledger.book.numbered((number,))[0].called}
    assert called == {2}
    assert levels(office) == {"calls": "failing"}
    monkeypatch.undo()
    office.pass_time(hours=10)
    office.work()
    assert levels(office) == {}
    assert office.parts.ledger.book.numbered((1,))[0].called


def test_a_digest_that_cannot_be_composed_keeps_back_no_other_and_comes_when_it_can(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    office.work()
    with monkeypatch.context() as patch:
        failing(patch, "digest", KeyError("Balimo"), of=PRIYA)
        mails = digests(office)
    assert [to for to, _ in mails] == [DANA]
    assert levels(office) == {"preparing digests": "failing"}

    tick(office.parts)
    deliver(office.parts)
    assert parseaddr(office.postbox.taken[-1]["To"])[1] == PRIYA
    assert levels(office) == {}


@pytest.mark.parametrize("name", ["rotate_keys", "climb", "send_canary", "tell_held", "tell_unfollowed"])
def test_a_step_that_fails_keeps_back_no_digest_which_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch, name: str, capsys: pytest.CaptureFixture[str]
):
    failing(monkeypatch, name, KeyError("Balimo"))
    office.work()
    mails = dict(digests(office))

    assert sorted(mails) == sorted([DANA, PRIYA])
    assert set(levels(office).values()) == {"failing"}
    assert all("An error in this program keeps" in said for said in mails.values())
    assert "KeyError" in (logged := capsys.readouterr().out)
    assert "Balimo" not in logged


@pytest.mark.parametrize(
    "error", [SystemExit(), KeyboardInterrupt(), StorageError("SQLITE_FULL"), LostLedgerError("taken over")]
)
@pytest.mark.parametrize("name", ["climb", "digest", "send_canary", "tell_unfollowed"])
def test_the_end_of_the_process_and_the_ledgers_trouble_come_through(
    office: Office, monkeypatch: pytest.MonkeyPatch, error: BaseException, name: str
):
    failing(monkeypatch, name, error)

    with pytest.raises(type(error)):
        tick(office.parts)


def test_where_no_task_is_to_blame_none_is_tried_alone(office: Office, monkeypatch: pytest.MonkeyPatch):
    for name in ("Kodera", "Tunavi", "Osei"):
        office.arrive(f"Please fax the consent form of Mrs. {name} today.")
    office.work()
    tried = 0

    def broken(*_given: object, **_named: object) -> object:
        nonlocal tried
        tried += 1
        raise TypeError

    monkeypatch.setattr(TICK, "climb", broken)
    digests(office)

    assert tried == 2, "with all tasks, and with none"
    assert levels(office)["preparing escalations"] == "failing"
