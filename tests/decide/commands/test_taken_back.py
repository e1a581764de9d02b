"""What takes back a "done" in the same reply: it closes nothing, or is asked about."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.replies_made import digest, read

TURNS = [
    "actually hold off, the courier hasn't scanned it yet so leave it open",
    "wait",
    "Wait, the fax failed.",
    "hold on, still printing",
    "Hold on - they want a signature first",
    "not yet actually",
    "Actually not yet.",
    "actually, not quite yet",
    "scratch that, still waiting on Ridgeview",
    "hang on, it's still in my outbox",
    "I take that back",
    "sorry no, not done",
    "correction, not done",
    "Let me double check first",
    "Actually let me check before you close it",
    "actually leave it on for now",
    "hmm no, leave it",
    "On second thought keep it",
    "Actually, reopen it",
    "Actually it isn't",
    "Strike that.",
    "Never mind, leave it",
    "Undo that, it bounced",
    "hold up a sec",
    "espera, todavía no",
    "No, espera",
    "mejor déjalo abierto",
    "actually no",
    "hm, actually no.",
    "nope, actually",
    "no sorry",
    "Wait no the second page is blank",
]
TORN = [
    "not yet",
    "Nope, spoke too soon.",
    "courier hasn't picked it up yet",
    "Ridgeview hasn't confirmed yet",
    "Still waiting to hear from Ridgeview",
    "Don't close it just yet.",
    "wait for the confirmation",
    "But wait until they call",
    "Keep that one open for now please",
    "still no confirmation",
    "actually no they need her insulin list first",
    "They want one more page",
    "the lab asked for another copy",
    "oh, she wants two more dates to choose from",
]
HARMLESS = [
    "no need to call them",
    "actually no rush on the others",
    "No more needed",
    "they need nothing more",
    "Finally! That took a while",
    "Took a long wait on hold",
    "no need to wait",
    "Wait list updated too.",
    "I'll hold on to the confirmation page",
    "Hang in there team",
    "4 not yet",
    "Still waiting on the Holter report",
    "Haven't gotten to the rest yet.",
    "Nothing else yet, I was out most of the morning",
    "Actually quicker than expected",
    "Hold 4 until Friday",
]
PARTS = [
    ("2 and 9 done. hold off on 9 actually", ["done 2"]),
    ("2 and 9 done. Actually not 9 yet", ["done 2"]),
    ("2 and 9 done. wait, 9 isn't", ["done 2"]),
    ("2, 9 done. Actually just 2.", ["done 2"]),
    ("2 done, 9 done. Hold off on both.", []),
    ("2 done. 9 done. hold on", ["done 2"]),
    ("2 done. 9 friday. Hold off on 4 til monday", ["done 2", "due 9 2026-03-13", "snooze 4 2026-03-16"]),
]


@pytest.mark.parametrize("after", TURNS)
@pytest.mark.parametrize("before", ["2 done.", "faxed the stress test order to Ridgeview."])
def test_a_turn_takes_back_the_done_before_it(before: str, after: str) -> None:
    reading = read_reply(f"{before} {after}", digest())
    assert not [one for one in reading.operations if one.op != "note"]
    assert reading.ask is None
    assert 2 in {*reading.kept, *reading.about}


@pytest.mark.parametrize("after", TORN)
def test_a_doubt_right_behind_a_done_is_asked_about(after: str) -> None:
    reading = read_reply(f"2 done. {after}", digest())
    assert not reading.operations
    assert reading.ask is not None


@pytest.mark.parametrize("after", HARMLESS)
def test_what_only_sounds_so_takes_nothing_back(after: str) -> None:
    assert "done 2" in read(f"2 done. {after}", digest())


@pytest.mark.parametrize(("words", "wanted"), PARTS)
def test_a_turn_takes_back_no_more_than_it_names(words: str, wanted: list[str]) -> None:
    assert sorted(read(words, digest())) == wanted


@pytest.mark.parametrize("before", ["", "2 done. ", "9 friday. "])
@pytest.mark.parametrize("words", ["never mind the interpreter", "nevermind the interpreter, her son speaks Thai"])
def test_never_mind_of_a_thing_asks_whether_its_task_shall_go(before: str, words: str) -> None:
    reading = read_reply(f"{before}{words}", digest())

    assert [one.number for one in reading.operations] == [int(one) for one in before.split()[:1]]
    assert reading.ask == "Shall #5 go? Then write: drop 5"
