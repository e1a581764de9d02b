"""Answers told in one breath, as people dictate them: introductions, "but" between two tasks, things in Spanish."""

from __future__ import annotations

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import digest, read
from tests.decide.tasks_made import task

TITLES = {
    81: ("Order home oxygen before discharge", "Mabel Frost"),
    82: ("Notify home health of start of care", "Mabel Frost"),
    83: ("Call family about ride home", "Otto Lang"),
    84: ("Complete second notice", "Otto Lang"),
    85: ("Replace interpreter who cancelled", "Sahra Nur"),
    86: ("Call about flu shot", "Rosa Vidal"),
    87: ("Schedule glucose test", "Rosa Vidal"),
    88: ("Order glucometer strips", "Beto Luna"),
}


def desk() -> ReplyContext:
    made = tuple(task(number, title=title, patient=patient) for number, (title, patient) in TITLES.items())
    return digest(tuple(TITLES), tasks=made)


READ = [
    ("hey its dana so for otto lang both are done", ["done 83", "done 84"]),
    ("Hi this is Dana, for Otto both are done", ["done 83", "done 84"]),
    (
        "for otto both are done and for Mabel the oxygen is ordered but the home health agency hasn't called back",
        ["done 81", "done 83", "done 84", "note 82 the home health agency hasn't called back"],
    ),
    (
        "the oxygen is ordered but the interpreter for Sahra never came",
        ["done 81", "note 85 the interpreter for Sahra never came"],
    ),
    ("El intérprete de Sahra ya está (Hodan, 2pm)", ["done 85"]),
    ("la de Rosa de flu shot ya está, vino ayer", ["done 86"]),
    ("lo de Sahra ya está", ["done 85"]),
    ("la glucosa la pasamos al viernes", ["due 87 2026-03-13"]),
    ("ya pedí las tiras", ["done 88"]),
    ("did the second notice", ["done 84"]),
    ("did otto's second notice, glucometer strips are ordered", ["done 84", "done 88"]),
    ("83 done, the rest is not", ["done 83"]),
    ("83 done, others are still open, give 84 to Priya", ["assign 84 priya@clinic.example", "done 83"]),
    ("did the second notice, rest is still pending", ["done 84"]),
    ("las tiras del glucómetro ya las pedí", ["done 88"]),
]
STAYS = [
    "the oxygen is ordered but the driver hasn't called back",
    "hey its dana, for otto both are not done",
    "El intérprete de Sahra todavía no está",
    "la de Rosa ya está",
    "todavía no pido las tiras",
    "did the second notice come",
    "did the second notice go out",
    "did the second notice?",
    "did the second notice yet",
    "voy a pedir las tiras",
    "la glucosa quizás la pasamos al viernes",
]


@pytest.mark.parametrize(("words", "want"), READ)
def test_what_is_told_in_one_breath_is_read_piece_by_piece(words: str, want: list[str]) -> None:
    assert sorted(read(words, desk())) == want


@pytest.mark.parametrize("words", STAYS)
def test_what_is_not_yet_so_changes_nothing_in_one_breath_either(words: str) -> None:
    reading = read_reply(words, desk())

    assert [one.op for one in reading.operations if one.op not in {"note", "question", "acknowledge"}] == []


def test_the_rest_that_stays_is_left_open_and_the_rest_that_moves_is_moved() -> None:
    assert read("81 done, rest is not", desk()) == ["done 81"]
    moved = read("81 done, the rest friday", desk())
    assert moved == ["done 81", *(f"due {number} 2026-03-13" for number in range(82, 89))]
