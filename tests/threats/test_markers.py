"""What a mail says leaves by our mails to the people we work for alone, whatever fails on the way (S24, S25)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count, cycle
from pathlib import Path

import pytest
import structlog

from assistant.errors import RefusedMailError, TransientError, UncertainDeliveryError, UnreadableMailError
from assistant.intake import maildir
from assistant.ledger import FILE, database, restore
from assistant.reading_room import ReadingRoom
from assistant.records import Message, OutgoingMail, SpooledMail
from tests.configs import DANA, US
from tests.faults.hostile_mutants import mutant
from tests.faults.test_full_disk import bound, held_lock
from tests.modelserver.scripted import Act, ScriptedModel, completion, refused, scripted, task, tasks
from tests.pipeline.switch import Switch
from tests.threats.marked import FORMATTED, MARKERS, NAMES, WORDS, Watched, hits, marked_mail, parts_folder

ROUNDS = 2
OFTEN = {"none", "model echoes in an error of 400", "reading breaks with the mail in the error", "judging breaks"}
"""Tried each time; the others with --faults."""


def echoed(request: dict[str, object], status: int = 200) -> Act:
    """What a model, or a proxy before it, says back: all that it was sent."""
    text = json.dumps(request)
    return completion(text) if status == 200 else refused(status, text)


class Model:
    """A model that does as it is told, at last as an ordinary one: it names each line that it was shown."""

    def __init__(self) -> None:
        self.act: Callable[[dict[str, object]], Act] = ordinary


def ordinary(request: dict[str, object]) -> Act:
    shown = str(request["messages"][-1]["content"]).splitlines()  # type: ignore[index]
    lines = [line.partition(" ") for line in shown if line.partition(" ")[0].isdecimal()]
    return tasks(*(task(int(number), text[:80], by="by Friday") for number, _, text in lines[:5]))


@pytest.fixture
def switch() -> Iterator[Switch]:
    server = Switch()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def model() -> Iterator[tuple[Model, ScriptedModel]]:
    told = Model()
    with scripted(script=lambda request: told.act(request)) as server:  # noqa: PLW0108 - the act changes
        yield told, server


@pytest.fixture
def watched(
    tmp_path: Path,
    model: tuple[Model, ScriptedModel],
    switch: Switch,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Watched]:
    monkeypatch.setattr(database, "_BUSY_MS", 50)
    before = structlog.get_config()
    one = Watched(tmp_path, model[1], switch, monkeypatch)
    yield one
    structlog.configure(**before)
    one.office.parts.room.close()
    one.office.parts.ledger.close()


class Patient(ReadingRoom):
    """A room in which reading goes wrong, with the mail in the error."""

    def __init__(self, error: Callable[[str], Exception]) -> None:
        super().__init__()
        self._error = error

    def read(self, mail: SpooledMail) -> Message:
        raise self._error(mail.content.decode("latin-1"))


Fault = Callable[[Watched, Model, pytest.MonkeyPatch], None]


def _model(act: Callable[[dict[str, object]], Act]) -> Fault:
    def put(_watched: Watched, model: Model, _patch: pytest.MonkeyPatch) -> None:
        model.act = act

    return put


def _smtp(error: Callable[[OutgoingMail], Exception]) -> Fault:
    def put(watched: Watched, _model: Model, patch: pytest.MonkeyPatch) -> None:
        def send(mail: OutgoingMail) -> None:
            raise error(mail)

        patch.setattr(watched.office.postbox, "send", send)

    return put


def _reading(error: Callable[[str], Exception]) -> Fault:
    def put(watched: Watched, _model: Model, _patch: pytest.MonkeyPatch) -> None:
        watched.office.parts = replace(watched.office.parts, room=Patient(error))

    return put


def _stage(module: str, name: str) -> Fault:
    """Let a stage break with all that it was given in its error."""

    def put(_watched: Watched, _model: Model, patch: pytest.MonkeyPatch) -> None:
        def broken(*given: object, **named: object) -> None:
            raise ValueError(repr(given) + repr(named))

        patch.setattr(sys.modules[f"assistant.pipeline.{module}"], name, broken)

    return put


def _engine(watched: Watched, _model: Model, patch: pytest.MonkeyPatch) -> None:
    def broken(message: Message, *_: object) -> None:
        raise KeyError(message.text)

    patch.setattr(watched.office.parts.reader, "read", broken)


def _full(watched: Watched, _model: Model, _patch: pytest.MonkeyPatch) -> None:
    bound(watched.office, 1)


def _clock(watched: Watched, _model: Model, patch: pytest.MonkeyPatch) -> None:
    """Let the clock jump while time passes, far ahead and back again."""
    jumps = cycle((timedelta(days=40), timedelta(days=-39)))

    def pass_time(**span: float) -> None:
        watched.office.now += timedelta(**span) + next(jumps)

    patch.setattr(watched.office, "pass_time", pass_time)


def _renumbered(watched: Watched, _model: Model, patch: pytest.MonkeyPatch) -> None:
    """Let the mailbox number its mails anew each time that somebody looks."""
    numbers, mailbox = count(2), watched.office.parts.mailboxes["desk"]
    fetch = mailbox.fetch_new

    def fetch_new(*given: object) -> object:
        patch.setattr(maildir, "UIDVALIDITY", next(numbers))
        return fetch(*given)  # type: ignore[arg-type]

    patch.setattr(mailbox, "fetch_new", fetch_new)


def _mangled(watched: Watched, _model: Model, patch: pytest.MonkeyPatch) -> None:
    """Let each mail come with a dozen others that a hostile sender makes of it."""
    arrive = watched.office.arrive_raw

    def arrive_raw(content: bytes) -> None:
        arrive(content)
        for number in range(12):
            arrive(mutant(content, number))

    patch.setattr(watched.office, "arrive_raw", arrive_raw)


FAULTS: dict[str, Fault] = {
    "none": lambda *_: None,
    **{f"model answers {status}": _model(lambda _r, s=status: refused(s)) for status in (400, 401, 429, 500, 503)},  # type: ignore[misc]
    "model echoes in an error of 400": _model(lambda request: echoed(request, 400)),
    "model echoes in an error of 413": _model(lambda request: echoed(request, 413)),
    "model echoes in its answer": _model(echoed),
    "model answers no JSON": _model(lambda _: completion("I cannot help with Zabrinska.")),
    "model is cut off": _model(lambda _: Act(cuts_after=10, body=b"x" * 100)),
    "model names placeholders of its own": _model(lambda _: tasks(task(1, "call [PATIENT-99]"), task(2, "[PHONE-44]"))),
    "smtp refuses": _smtp(lambda _: RefusedMailError("smtp: 550 no")),
    "smtp is out": _smtp(lambda _: TransientError("smtp: no answer")),
    "smtp says nothing at the end": _smtp(lambda _: UncertainDeliveryError("smtp: silent")),
    "the mail cannot be read": _reading(lambda _: UnreadableMailError("it is too deep")),
    "reading breaks with the mail in the error": _reading(ValueError),
    "decoding breaks": _reading(lambda text: UnicodeDecodeError("utf-8", text.encode(), 0, 1, text)),
    "judging breaks": _stage("receive", "judge"),
    "settling breaks": _stage("settling", "facts"),
    "the context breaks": _stage("understanding", "reading_context"),
    "the engine breaks": _engine,
    "the disk is full": _full,
    "model is silent": _model(lambda _: Act(is_silent=True)),
    "model is slow": _model(lambda _: Act(body=b"x" * 100, drips=True)),
    "the clock jumps": _clock,
    "the mailbox is numbered anew": _renumbered,
    "mails are mangled": _mangled,
}


def _rounds(watched: Watched) -> None:
    """Let mails come, be read, asked about again, answered and escalated."""
    for number in range(1, ROUNDS + 1):
        watched.office.arrive_raw(marked_mail(watched.office, number=number))
        watched.work()
        watched.office.pass_time(hours=14)
        watched.work()


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=() if one in OFTEN else pytest.mark.faults) for one in FAULTS]
)
def test_whatever_fails_nothing_of_a_mail_is_logged_measured_or_left_behind(
    watched: Watched,
    model: tuple[Model, ScriptedModel],
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
):
    with monkeypatch.context() as patch:
        FAULTS[name](watched, model[0], patch)
        _rounds(watched)
    bound(watched.office, None)
    model[0].act = ordinary
    watched.office.pass_time(hours=14)
    watched.work()

    streams = (watched.log.getvalue(), *capfd.readouterr())
    assert hits(watched.told(streams)) == []
    assert hits([("model", watched.at_the_model())], FORMATTED.values()) == []
    assert "mail_" in "".join(streams)
    assert watched.model.received or name not in {"none", "smtp refuses", "model answers 503"}


def test_a_locked_ledger_tells_nothing_of_a_mail(watched: Watched, capfd: pytest.CaptureFixture[str]):
    watched.office.arrive_raw(marked_mail(watched.office))
    with held_lock(watched.office):
        watched.work()
    watched.work()

    assert any("another program" in said for said in watched.said)
    assert hits(watched.told((watched.log.getvalue(), *capfd.readouterr()))) == []


def test_the_words_are_where_they_belong(watched: Watched):
    """A search that finds nothing proves something only where there was something to find."""
    watched.office.arrive_raw(marked_mail(watched.office))
    watched.work()
    watched.office.answer("note 1: glimmerhorn", sender=DANA)
    watched.work()

    bodies = "\n".join(str(part.get_content()) for mail in watched.office.postbox.taken for part in mail.iter_parts())
    said = b"".join(path.read_bytes() for path in parts_folder(watched.office).glob("ledger.db*")).decode("latin-1")
    assert hits([("mails", bodies)], [*NAMES["patient"].split(), WORDS["quote"], WORDS["note"], FORMATTED["phone"]])
    assert set(MARKERS) - {one.partition(": ")[2] for one in hits([("ledger", said)])} <= {
        WORDS["hidden"],
        "fenwhistle",
    }
    assert watched.model.received


def test_answers_notes_and_requests_leave_nothing_either(watched: Watched, capfd: pytest.CaptureFixture[str]):
    watched.office.arrive_raw(marked_mail(watched.office))
    watched.work()
    for words in (
        "note 1: glimmerhorn",
        "1 done",
        "undo",
        "what about Quolworthy?",
        "give 1 to priya",
        "nonsense wexelband",
    ):
        watched.office.answer(words, sender=DANA)
        watched.work()
        watched.office.pass_time(hours=1)
    watched.office.arrive("drop 1, says Quolworthy", sender="dana@clinic-example.example", to=US, Subject="Tromvelt")
    watched.work()

    assert hits(watched.told((watched.log.getvalue(), *capfd.readouterr()))) == []


def test_a_hosted_model_is_shown_no_name_of_the_mail(watched: Watched):
    watched.office.arrive_raw(marked_mail(watched.office))
    watched.work()

    shown = watched.at_the_model()
    assert hits([("model", shown)], [word for name in NAMES.values() for word in name.split()]) == []
    assert hits([("model", shown)], FORMATTED.values()) == []
    assert "[PATIENT-" in shown
    assert "Coordinator: [PERSON-" in shown


def test_what_a_masked_model_finds_stands_in_the_mails_own_words(watched: Watched):
    watched.office.arrive_raw(marked_mail(watched.office))
    watched.work()

    found = [one for one in watched.office.open if one.engine == "scripted" or "+" in one.engine]
    assert found
    for one in watched.office.open:
        assert "[" not in f"{one.title} {one.quote} {one.patient} {one.deadline}"
    words = " ".join(marked_mail(watched.office).decode().split())
    assert any(one.quote in words for one in found)


_CRASH = """
import sys
from assistant import cli
from assistant.cli import running
def broken(parts):
    patient = "Zabrinska Quolworthy"
    raise {error}(f"{{patient}}, MRN 88412207")
running.receive = broken
import warnings, logging, threading
def warned(parts):
    warnings.warn("Zabrinska Quolworthy")
    logging.getLogger("library").error("MRN 88412207 of %s", "Quolworthy")
    thread = threading.Thread(target=broken, args=(parts,)); thread.start(); thread.join()
    class Late:
        def __del__(self): broken(parts)
    Late()
    return 0
running.recall = warned
running.tick = lambda parts: (_ for _ in ()).throw(KeyboardInterrupt("Quolworthy")) if {stops} else 0
sys.argv = ["assistant", "once", "--config", sys.argv[1]]
cli.main()
"""


def _torn(watched: Watched) -> None:
    watched.office.parts.ledger.close()
    with (parts_folder(watched.office) / FILE).open("r+b") as file:
        for place in range(8192, file.seek(0, 2), 8192):
            file.seek(place)
            file.write(b"\xff" * 2048)


def _restored(watched: Watched) -> None:
    copy = watched.office.folder / "mail" / "copy.db"
    watched.office.parts.ledger.back_up(copy, watched.office.now)
    watched.office.arrive_raw(marked_mail(watched.office, number=2))
    watched.work()
    watched.office.parts.ledger.close()
    restore(parts_folder(watched.office), copy, watched.office.now)


_FOUND: dict[str, tuple[Callable[[Watched], None], int, str]] = {
    "torn": (_torn, 1, "malformed"),
    "held by another": (lambda _: None, 1, "another assistant"),
    "restored": (_restored, 0, "caught_up"),
}


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=() if one == "torn" else pytest.mark.faults) for one in _FOUND]
)
def test_a_program_tells_nothing_of_a_mail_whatever_it_finds_its_ledger_like(watched: Watched, name: str):
    put, status, said = _FOUND[name]
    watched.office.arrive_raw(marked_mail(watched.office))
    watched.work()
    put(watched)
    command = [sys.executable, "-m", "assistant", "once", "--config", str(watched.office.folder / "config.toml")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    assert hits([("stdout", ran.stdout), ("stderr", ran.stderr)]) == []
    assert (ran.returncode, said in ran.stderr) == (status, True), ran.stderr
    assert list(watched.elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "stops"),
    [
        ("ValueError", False),
        *(pytest.param(*row, marks=pytest.mark.faults) for row in (("MemoryError", False), ("SystemError", True))),
    ],
)
def test_a_program_that_breaks_says_where_and_never_what(watched: Watched, error: str, stops: bool):  # noqa: FBT001 - a row
    watched.office.arrive_raw(marked_mail(watched.office))
    watched.office.parts.ledger.close()
    ran = subprocess.run(
        [sys.executable, "-c", _CRASH.format(error=error, stops=stops), str(watched.office.folder / "config.toml")],
        cwd=watched.elsewhere,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    watched.office.restart()

    assert ran.returncode != 0
    assert hits([("stdout", ran.stdout), ("stderr", ran.stderr)]) == []
    assert "Traceback" not in ran.stderr
    assert error in ran.stderr
    assert "library_logged" in ran.stderr
    assert list(watched.elsewhere.iterdir()) == []
