"""Replies of which a careless reading would change too much: contradictions, conditions, parts, other things."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.replies_made import digest, read

CHANGES = {"done", "drop", "reopen", "snooze", "due", "assign", "priority"}
CONTRADICTIONS = [
    "5 booked. 5 isn't booked yet, sorry, not sure",
    "5 done. Actually 5 might not be",
    "2 done. Hmm, it bounced.",
    "2 faxed this morning. They say they never got it",
    "done 2. they never received it",
    "2 - done\n2 - not done",
    "finished 9. turns out 9 needs another signature",
    "7 is done. 7 fell through",
    "9 submitted. It was rejected",
    "12 done. 12 still needs a PO number",
    "12 ordered. No, it didn't go through.",
    "4 done. I spoke too soon, she wasn't home",
    "5 isn't booked yet. 5 done",
    "9: done\n9: not done, the portal was down",
    "la 5 ya está. la 5 todavía no está",
    "2 lista. no llegó el fax",
    "closed 7. Dr. Abel's office: they never sent it",
]
CONDITIONS = [
    "if they don't call back by friday, move 9 to monday",
    "unless Aetna calls, push 9 to thursday",
    "if Ruth is out, give 2 to Priya",
    "give 2 to Priya if Ruth is out",
    "give 2 to Priya, unless Ruth is back",
    "should Aetna not answer, give 9 to Ruth",
    "in case the van cancels, drop 12",
    "when the recorder arrives close 12",
    "once the recorder arrives, mark 12 done",
    "as soon as Aetna answers, close 9",
    "assuming he goes home, cancel 12",
    "provided they sign, 9 is done",
    "close 7 when Ruth is back",
    "you can close 9 once Aetna calls",
    "If they don't call back by friday. Move 9 to monday.",
    "Aetna may call friday. if not, push 9 to monday",
    "If Aetna says no we appeal. In that case give 9 to Ruth.",
    "9 - if no answer by noon, give it to Priya",
    "otherwise give 9 to Priya",
    "only if Dr. Abel agrees, drop 7",
    "the moment she calls, drop 4",
    "si no llaman el viernes, pasa la 9 al lunes",
    "si llaman, cierra la 9",
    "cuando llegue el equipo cierra la 12",
    "en caso de que cancelen, borra la 5",
    "en cuanto firme, cierra la 9",
    "a menos que llamen, dale la 4 a Priya",
]
POLITE = [
    ("if possible snooze 9 to friday", ["snooze 9 2026-03-13"]),
    ("if you can, snooze 9 to friday", ["snooze 9 2026-03-13"]),
    ("when you get a chance, snooze 9 to friday", ["snooze 9 2026-03-13"]),
    ("move 9 to friday if that's ok", ["due 9 2026-03-13"]),
    ("if it's not too much trouble move 9 to friday", ["due 9 2026-03-13"]),
    ("if you don't mind, give 2 to Ruth", ["assign 2 ruth@clinic.example"]),
    ("if you could move 9 to friday, thanks", ["due 9 2026-03-13"]),
    ("si se puede, pasa la 9 al viernes", ["due 9 2026-03-13"]),
    ("cuando puedas, pasa la 9 al viernes", ["due 9 2026-03-13"]),
    ("done 9, call me if you need anything", ["done 9"]),
    ("When I called they had it. 9 is done", ["done 9"]),
]


def changes(words: str) -> list[str]:
    return [one for one in read(words) if one.split()[0] in CHANGES]


@pytest.mark.parametrize("words", CONTRADICTIONS)
def test_what_a_reply_says_and_takes_back_is_asked_about(words: str) -> None:
    assert changes(words) == []
    assert read_reply(words, digest()).ask is not None


@pytest.mark.parametrize("words", CONDITIONS)
def test_a_command_that_hangs_on_a_condition_changes_nothing(words: str) -> None:
    assert changes(words) == []
    assert read_reply(words, digest()).ask is not None


@pytest.mark.parametrize(("words", "wanted"), POLITE)
def test_a_polite_condition_is_none(words: str, wanted: list[str]) -> None:
    assert changes(words) == wanted
    assert read_reply(words, digest()).ask is None
