"""Many tasks closed by few words: one question, and a word that carries it out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.arrive(
        "\n\n".join(f"Please fax form {n} of Mrs. Rivera to Ridgeview by March {n + 9}." for n in range(1, 15))
    )
    office.work()
    office.pass_time(days=1)
    office.work()
    assert len(office.open) == 14
    return office


@pytest.mark.parametrize("words", ["all done", "done 1-14", "done all of Mrs. Rivera's"])
@pytest.mark.parametrize(("second", "left"), [("yes", 0), ("done 1-14", 0), ("no", 14), ("thanks", 14)])
def test_it_is_asked_once_and_carried_out_by_a_yes(office: Office, words: str, second: str, left: int):
    office.answer(words)
    office.work()
    assert len(office.open) == 14
    assert "please answer: yes" in " ".join(office.said().split())

    office.answer(second)
    office.work()
    assert len(office.open) == left
    office.parts.ledger.close()
