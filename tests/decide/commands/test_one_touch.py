from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.decide.commands import meant, read_reply, read_tag
from assistant.decide.commands.reading.one_touch import Tag, without_links
from tests.decide.commands.replies_made import digest, read
from tests.growth import grows_as_given

TAG = Tag(kind="digest", code="3f9a1c20b7", words="12 done")
TO = "mailto:assistant@clinic.example?subject=12%20done%20%5Bdigest%203f9a1c20b7%5D&body=12%20done"


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("12 done [digest 3f9a1c20b7]", "12 done"),
        ("  12 done   [Digest 3F9A1C20B7] ", "12 done"),
        ("12 due 2026-03-11 15:30 [escalation 3f9a1c20b7]", "12 due 2026-03-11 15:30"),
        ("[answer 3f9a1c20b7]", ""),
        ("12 done [suggestion 3f9a1c20b7]", "12 done"),
        ("Re: 12 done [digest 3f9a1c20b7]", ""),
        ("RE: Re: 12 done [digest 3f9a1c20b7]", ""),
        ("AW: 12 done [digest 3f9a1c20b7]", ""),
        ("[EXTERNAL] 12 done [digest 3f9a1c20b7]", "12 done"),
        ("EXT: 12 done [digest 3f9a1c20b7]", "12 done"),
        ("[EXT] Re: [External Sender] 12 done [digest 3f9a1c20b7]", ""),
        ("[EXTERNAL] Fwd: 12 done [digest 3f9a1c20b7]", None),
        ("[Urgent] 12 done [digest 3f9a1c20b7]", None),
        ("Fwd: 12 done [digest 3f9a1c20b7]", None),
        ("FW: 12 done [digest 3f9a1c20b7]", None),
        ("RV: 12 done [digest 3f9a1c20b7]", None),
        ("Re: Fwd: 12 done [digest 3f9a1c20b7]", None),
        ("Automatic reply: Digest 41: 2 overdue", None),
        ("12 done [digest 3f9a1c20b]", None),
        ("12 done [digest 3f9a1c20bx]", None),
        ("12 done [invoice 3f9a1c20b7]", None),
        ("12 done [digest 3f9a1c20b7] and more", None),
        ("[digest 3f9a1c20b7] [digest 3f9a1c20b7]", None),
        ("", None),
    ],
)
def test_a_subject_tells_what_it_belongs_to_only_as_our_links_write_it(subject: str, words: str | None):
    tag = read_tag(subject)

    assert (tag.words if tag else None) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12 done", "12 done"),
        ("12  Done\n\nDana", "12  Done\n\nDana"),
        ("", "12 done"),
        (" \n ", "12 done"),
        ("12 not done", "12 not done"),
        ("Call it off, #12", "Call it off, #12"),
        ("14 done", None),
        ("all of it is done", None),
    ],
)
def test_the_text_counts_and_the_subject_where_there_is_none(text: str, words: str | None):
    assert meant(TAG, text) == words


@pytest.mark.parametrize(("subject", "is_clear"), [("12 not done", False), ("13", False), ("to Priya", True)])
def test_a_subject_that_was_written_over_must_agree(subject: str, *, is_clear: bool):
    tag = Tag(kind="digest", code="3f9a1c20b7", words=subject)

    assert (meant(tag, "12 done") is not None) is is_clear


@pytest.mark.parametrize(
    "row",
    [
        "Done · +1 day · On it · Not mine",
        "Done\u00a0· +1\u00a0day · On\u00a0it · Not\u00a0mine",
        "Done | +1 workday | On it | Not mine",
        "Done\n+1 day\nOn it\nNot mine",
        "Done\n\n·\n\n+1 day\n\n·\n\nOn it\n\n·\n\nNot mine",
        f"Done <{TO}> · +1 day <{TO}> · On it <{TO}> · Not mine <{TO}>",
        f"Done<{TO}> ·\n+1 day<{TO}> ·\nOn it<{TO}> ·\nNot mine<{TO}>",
        f"Done [{TO}] · +1 day [{TO}] · On it [{TO}] · Not mine [{TO}]",
        f"Done ({TO}) · +1 day ({TO}) · On it ({TO}) · Not mine ({TO})",
    ],
)
@pytest.mark.parametrize("before", ["", "#12 Order the loop recorder\n", "I am looking into this.\n"])
def test_our_own_links_in_a_text_are_nobodys_words(before: str, row: str):
    for asked in (digest(), digest((12,))):
        asked_for = read_reply(before + row, asked)
        assert {one.op for one in asked_for.operations} <= {"note", "acknowledge"}
        assert not [one for one in asked_for.operations if one.op == "note" and "mine" in one.text]


@pytest.mark.parametrize("words", ["done", "12 done\n9 on it\n4 not mine", "done +1 day", "Done. On it. Not mine."])
def test_a_persons_own_words_are_left_whole(words: str):
    assert without_links(words) == words


@pytest.mark.parametrize(
    ("words", "operation"),
    [
        ("12 done", "done 12"),
        ("12 ack", "acknowledge 12"),
        ("12 due 2026-03-11", None),
        ("12 snooze until thursday", "snooze 12 2026-03-12"),
    ],
)
def test_what_our_links_write_is_a_command(words: str, operation: str | None):
    if operation is not None:
        assert read(words) == [operation]


@given(some.text(max_size=200))
def test_no_subject_and_no_text_breaks_it(text: str):
    tag = read_tag(f"{text} [digest 3f9a1c20b7]")
    if tag is not None:
        meant(tag, text)
    without_links(text)


@pytest.mark.parametrize(
    "hostile",
    [
        "done " + "mailto:" * 4_000,
        ("done " + f"<{TO}>" * 30) * 60,
        "done" + " " * 20_000,
        "done · +1 day · on it " * 2_000,
        "done <mailto:" + "x" * 20_000,
    ],
)
def test_hostile_texts_cost_no_more_than_their_length(hostile: str):
    assert grows_as_given(without_links, hostile)
    assert grows_as_given(read_tag, hostile)
