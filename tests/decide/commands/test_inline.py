"""Answers written between the lines of our mail: each concerns the task under whose line it stands."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from assistant.parse import own_words_in_place
from tests.decide.commands.replies_made import digest, read

ORDER = "> 2. Fax the stress test order to Ridgeview Imaging"
REFILL = "> 4. Call Mrs. Lindqvist about her warfarin refill"
HOLTER = "> #7    Get the Holter report from Dr. Abel   due Fri"


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (f"{ORDER}\n\nDone, sent at 8.\n\n{REFILL}\n\nGive this to Priya please.", ["done 2", "assign 4 priya"]),
        (f"See below.\n{ORDER}\n--> done\n{HOLTER}\n--> now due friday", ["done 2", "due 7 2026-03-13"]),
        (f"{ORDER}\n{REFILL}\ndone\n{HOLTER}\nsnooze until monday", ["done 4", "snooze 7 2026-03-16"]),
        (f"{ORDER}\n--> drop, the clinic closed\n{REFILL}\n- on it", ["drop 2", "acknowledge 4"]),
        (f"{REFILL}\nlisto\n{HOLTER}\npara el viernes", ["done 4", "due 7 2026-03-13"]),
        (f"{ORDER}\nstill waiting on the fax\n{REFILL}\ndone", ["note 2 still waiting on the fax", "done 4"]),
        # As Outlook leaves them, without a mark.
        (f"{ORDER[2:]}\nDone\n{REFILL[2:]}\nurgent", ["done 2", "priority 4 high"]),
        (f"{REFILL[2:]}\nnot needed any more", ["drop 4"]),
        # In the line itself, behind the title.
        (f"{ORDER[2:]} --> done\n{REFILL[2:]}  -->  left a message", ["done 2", "note 4 left a message"]),
        (f"{ORDER[2:]} => sent today\n{REFILL[2:]} - give to Priya", ["done 2", "assign 4 priya"]),
        (f"2 Fax the stress test order: DONE\n{HOLTER[2:]} -> snooze until monday", ["done 2", "snooze 7 2026-03-16"]),
        # Under several lines.
        (f"{ORDER}\n{REFILL}\nBoth done.\n{HOLTER}\nnot yet", ["done 2", "done 4"]),
        (f"{ORDER}\n{REFILL}\nboth to Priya please\n{HOLTER}\ncame in", ["assign 2 ", "assign 4 ", "done 7"]),
    ],
)
def test_an_answer_below_a_quoted_line_is_to_its_task(words: str, wanted: list[str]) -> None:
    found = read(own_words_in_place(words))
    assert len(found) == len(wanted)
    assert all(one.startswith(start) for one, start in zip(found, wanted, strict=True)), found


@pytest.mark.parametrize(
    "words",
    [
        f"{ORDER}\n{REFILL}\n{HOLTER}\n\nDone",
        f"{ORDER}\n> done\n{REFILL}\n> done",
        "> 2. Something that our mail does not say\n\nDone",
        f"{ORDER}\nnot done\n{REFILL}\ndone?",
        f"{ORDER[2:]} --> not done\n{REFILL[2:]} --> will be done tomorrow",
        f"{ORDER[2:]} - still to be done\n{REFILL[2:]} - done?",
        f"{ORDER}\n{REFILL}\nboth not done\n{HOLTER}\nboth labs said no",
        f"{ORDER} --> done\n{REFILL} --> done",
    ],
)
def test_an_answer_below_lines_that_are_not_one_task_s_closes_nothing(words: str) -> None:
    operations = read_reply(own_words_in_place(words), digest()).operations
    assert [one for one in operations if one.op in {"done", "drop"}] == []


def test_a_line_denied_below_its_quotation_and_done_above_it_is_asked_about() -> None:
    reading = read_reply(f"2 done\n{ORDER}\nnot done\n{REFILL}\ndone", digest())
    assert [(one.op, one.number) for one in reading.operations] == [("done", 4)]
    assert reading.ask is not None
