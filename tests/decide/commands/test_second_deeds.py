"""A task that bids two deeds: the first, or one that went wrong, closes nothing; both close it, or a plain "done"."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.desk_made import desk
from tests.decide.commands.replies_made import digest, read
from tests.decide.tasks_made import task

TITLES = {
    31: ("Collect the signed lease form and send it to the housing office", "Ida Voss"),
    32: ("Call the pharmacy about the insulin and tell his wife the price", "Mr. Tran"),
    33: ("Print the discharge summary, then mail it to the family", "Leo Marsh"),
    34: ("Get the consent and fax cover sheet", "Ana Ruiz"),
    35: ("Schedule PT and OT evaluations", "Mr. Hale"),
    36: ("Obtain the CT images and upload them to the portal", "Bea Stone"),
}


def other() -> ReplyContext:
    tasks = tuple(replace(task(number), title=title, patient=patient) for number, (title, patient) in TITLES.items())
    return digest(tuple(TITLES), tasks=tasks)


@pytest.mark.parametrize(
    "words",
    [
        "Rivera result received, will fax at noon",
        "Rivera result came back, faxing now",
        "got the Rivera result",
        "got it for Rivera",
        "result for Rivera is back",
        "Rivera result is in hand, pre-op wants it by 3",
        "outside lab result is in",
        "got the Rivera result, need to get it faxed",
        "Rivera result came back hemolyzed, redraw at 1",
        "Rivera result came back contaminated",
        "6 received",
        "6: got the result",
        "covering provider notified",
        "10 notified",
        "Brandt provider notified, lab next",
        "Duarte EKG came back illegible",
        "Duarte EKG came back, but it's cut off",
        "Abara consent came back unsigned",
    ],
)
def test_the_first_of_two_deeds_closes_nothing_at_the_desk(words: str):
    assert not [one for one in read(words, desk()) if one.startswith(("done", "drop"))]


@pytest.mark.parametrize(
    "words",
    [
        "lease form collected",
        "31: got the signed lease form",
        "collected the lease form for Voss, will send it tomorrow",
        "called the pharmacy about the insulin for Mr. Tran",
        "33 printed",
        "discharge summary printed, mailing it this afternoon",
        "36: images received, upload is running",
        "CT images obtained for Bea Stone",
    ],
)
def test_nor_at_another(words: str):
    reading = read_reply(words, other())
    assert not [one for one in reading.operations if one.op in {"done", "drop"}]
    assert reading.operations or reading.ask or reading.not_understood


@pytest.mark.parametrize(
    ("words", "done"),
    [
        ("6 done", "done 6"),
        ("got the Rivera result and faxed it to pre-op", "done 6"),
        ("got the Rivera result, faxed it over", "done 6"),
        ("pre-op has the Rivera result", "done 6"),
        ("notified the provider and called the lab", "done 10"),
        ("Brandt: provider notified and lab called", "done 10"),
        ("EKG for Duarte is in", "done 8"),
        ("consent is in, Abara", "done 9"),
        ("referral sent", "done 3"),
    ],
)
def test_both_deeds_or_the_one_that_is_bidden_close(words: str, done: str):
    assert done in read(words, desk())


@pytest.mark.parametrize(
    ("words", "done"),
    [
        ("31 done", "done 31"),
        ("collected the lease form and sent it to the housing office", "done 31"),
        ("consent received for Ana Ruiz and fax cover sheet too", "done 34"),
        ("PT and OT evaluations scheduled", "done 35"),
        ("36: got the images and uploaded them", "done 36"),
    ],
)
def test_so_they_do_at_another(words: str, done: str):
    assert done in read(words, other())
