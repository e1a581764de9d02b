"""Each sentence, command and day that our mails may hold is known in Spanish."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import assistant
from assistant.decide.commands.wording.saying import day_words as answer_days
from assistant.outbox.phrases import phrases
from assistant.outbox.wording import day_words, moment_words
from tests.decide.commands.replies_made import read
from tests.outbox.test_language import ENGLISH

SPANISH = phrases("es").say
TEMPLATES = Path(assistant.__file__).parent / "templates"


def test_english_mails_are_set_without_any_phrase():
    assert phrases("en").say("#12 is done.") == "#12 is done."


COMMANDS = phrases("es").commands
ANSWERS_TO_ONE_MAIL = {"back", "all back", "{n} back", "{n} not mine", "yes", "no"}
"""They mean something in answer to a handoff or a question alone; the tests of those read them."""


@pytest.mark.parametrize("english", sorted(COMMANDS.keys() - ANSWERS_TO_ONE_MAIL))
def test_each_spanish_command_that_we_print_is_understood_as_the_english_one(english: str):
    filled = {"n": "12", "n2": "9", "date": "friday", "list": "4, 9", "name": "Priya", "words": "xyz"}
    told = [
        text.format(**filled)
        .replace("NAME", "Priya")
        .replace("NOMBRE", "Priya")
        .replace("DATE", "friday")
        .replace("WORDS", "xyz")
        .replace("PALABRAS", "xyz")
        for text in (english, COMMANDS[english].replace("{date}", "viernes").replace("FECHA", "viernes"))
    ]
    ours, theirs = (read(one) for one in told)
    free = re.compile(r"(create|note \d+|question|acknowledge \d+).*")

    assert ours
    assert [free.sub(r"\1", one) for one in theirs] == [free.sub(r"\1", one) for one in ours]


SAID = (
    *("decide/digest.py", "decide/summary.py", "decide/commands/**/*.py", "outbox/*_page.py", "outbox/entries.py"),
    *("pipeline/health/conditions.py", "pipeline/health/pulse.py", "pipeline/health/canary.py", "pipeline/unseen.py"),
    *("pipeline/withheld.py",),
    *("pipeline/restored.py", "pipeline/steps.py", "pipeline/replies/*.py", "pipeline/sending/*.py"),
    *("parse/message.py", "parse/mime.py", "parse/documents/*.py"),
)
FILLS = ("7", "Zo", "#7", "Mon Mar 9", "Mon, Mar 9", "Tuesday 14:05", "done 7", "done", "it was not snoozed", "picture")
COMPOSED = {
    "{} Nothing was changed; if it was you, please {}.": (
        (
            "This did not come as an answer to a mail of mine to you, so it might be somebody else's. Nothing was"
            " changed; if it was you, please answer this mail."
        ),
        "Nothing was changed; if it was you, please write it in an answer to one of my mails.",
        "This reads as if a program had answered while you are away.",
    ),
    (
        "{} tasks were closed in the name of {} within an hour, since {since}. "
        "Ask them whether it was they; if not, this ends it: assistant keys revoke."
    ): (
        # The last words are a command, which has no other language.
        "7 tasks were closed in the name of Zo within an hour, since Tuesday 14:05.",
    ),
    "The mail server does not let us in, since {since}: {}.": (
        "The mail server does not let us in, since Tuesday 14:05: xa.",
    ),
    "The ledger is not as its audit tells: {}. Somebody may have changed it; look into it: assistant audit verify.": (
        # The last words are a command, which has no other language.
        "The ledger is not as its audit tells: xa.",
    ),
    "{}; nothing was changed.": ("#7 is done already; nothing was changed.",),
    "I looked through {} {} that you may see: {}.": (
        "I looked through 1 open task that you may see: none fits.",
        "I looked through 1,200 tasks, open and closed, that you may see: 3 fit.",
        "I looked through 12 open tasks that you may see: 2 fit. #7: Zo; #8: Zu.",
    ),
    "#{} has {} priority now.": ("#7 has high priority now.", "#7 has normal priority now."),
    "#{} is on {}{}.": (
        "#7 is on your list.",
        "#7 is on your list, due Mon Mar 9, 3:00 pm.",
        "#7 is on the list of Zo.",
        "#7 is on the list of Zo, due Mon Mar 9, 3:00 pm.",
    ),
    "{} are taken back: {}.": (
        "Your last changes are taken back: #7, #8.",
        "The changes of that older answer are taken back: #7.",
    ),
    "{} snoozed until a later day.": ("1 task snoozed until a later day.", "2 tasks snoozed until a later day."),
    "{} acknowledged {}.{} You get this because you are next in line.": (
        (
            "This task is overdue, and nobody has acknowledged it. Zo and Zu did not react. You get this because"
            " you are next in line."
        ),
    ),
    "{} acknowledged {}. You get this because {} yours to see to.": (
        "These tasks are overdue, and nobody has acknowledged them. You get this because they are yours to see to.",
    ),
    "I do not know who wrote {}, and ask nobody else. `ack` with a number makes its sender known.": (
        "I do not know who wrote this, and ask nobody else. `ack` with a number makes its sender known.",
        "I do not know who wrote these, and ask nobody else. `ack` with a number makes its sender known.",
    ),
    "{} Without an answer {} with you.": ("Zo gave you these 2 tasks. Without an answer they stay with you.",),
    "Mail is leaving late; the mail server does not take it: {}.": (
        "Mail is leaving late; the mail server does not take it: 3 wait, the oldest since Tuesday 14:05 (x).",
    ),
    "{} read by rules alone; it goes on tomorrow.": (
        (
            "The language model has used up its budget since Tuesday 14:05: 1 mail was read by rules alone; it goes on"
            " tomorrow."
        ),
    ),
    "{} read by rules alone.": (
        (
            "The language model had used up its budget from Tuesday 14:05 to Tuesday 15:05: 9 mails were read by rules"
            " alone."
        ),
    ),
    "{} read by rules alone, and again by the model when it is back.": (
        (
            "The language model does not answer since Tuesday 14:05: 1 mail was read by rules alone, and again by the"
            " model when it is back."
        ),
    ),
    "{} read by rules alone, and again by the model after it was back.": (
        (
            "The language model did not answer from Tuesday 14:05 to Tuesday 15:05: 9 mails were read by rules alone,"
            " and again by the model after it was back."
        ),
    ),
    "The disk is full ({}): no new mail is read until there is room; ours still leaves.": (
        "The disk is full (1,024 MB are free): no new mail is read until there is room; ours still leaves.",
    ),
    "The disk is nearly full ({}): below {} MB no new mail is read.": (
        "The disk is nearly full (900 MB are free): below 200 MB no new mail is read.",
    ),
    "{} to be read, the newest first: what they ask for is missing here.": (
        "1 mail still waits to be read, the newest first: what they ask for is missing here.",
    ),
    "{}; escalations waited for a moment, and none goes out twice.": (
        (
            "The computer's clock was found set back by 9 minutes on Tuesday 14:05; escalations waited for a moment,"
            " and none goes out twice."
        ),
    ),
    "{}; what was in hand is done again.": (
        "Another program holds the ledger; what was in hand is done again.",
        "The disk is full: the ledger takes nothing more; what was in hand is done again.",
    ),
    "The mailbox {} has not been read since {since}{}.": (
        "The mailbox desk has not been read since Tuesday 14:05.",
        "The mailbox desk has not been read since Tuesday 14:05: x.",
    ),
    "{} What it may ask for is missing here.": (
        (
            "1 mail came into the mailbox desk between Tuesday 14:05 and Tuesday 15:05, and was gone before I saw it."
            " What it may ask for is missing here."
        ),
    ),
    "{} saw them. What they may ask for is missing here.": (
        (
            "9 mails came into the mailbox desk between Tuesday 14:05 and Wednesday 15:05, and were gone before I saw"
            " them. What they may ask for is missing here."
        ),
    ),
    "The ledger was restored on {} to how it stood on {} {}, {}. All mail since then was read again, and your answers"
    " were followed again; please look whether something you closed is open.": (
        (
            "The ledger was restored on Tuesday 14:05 to how it stood on Monday, March 9, 23:10. All mail since then"
            " was read again, and your answers were followed again; please look whether something you closed is open."
        ),
    ),
    "A mail server reports that it could not be delivered{}.": (
        "A mail server reports that it could not be delivered (5.1.1).",
    ),
    "{} says {}.": tuple(
        f"Zo says {said}."
        for said in (
            "that #7 is done",
            "that #7 is not finished after all",
            "that there is nothing to do for #7",
            "that somebody is on #7",
            "that #7 is no duplicate",
            "that #7 is the same as #8",
            "that #7 should go to Zu",
            "that #7 is due Mon Mar 9, 3:00 pm",
            "that #7 can wait until another day",
            "that #7 has critical priority",
            "of #7: “xa”",
        )
    ),
    "These are {} answers within an hour. What else you ask until {} is done, and told in one mail.": (
        "These are 15 answers within an hour. What else you ask until 14:05 is done, and told in one mail.",
    ),
    "{} unverified requests came in your name between {} and {}: nothing was changed.": (
        "2 unverified requests came in your name between Tuesday 14:05 and Tuesday 15:05: nothing was changed.",
    ),
    "{}{} If it was yours, please answer one of my mails once more.": (
        (
            "1 unverified request came in your name on Tuesday 14:05: nothing was changed. What was asked was about #7."
            " If it was yours, please answer one of my mails once more."
        ),
    ),
    "{}{} If one of them was yours, please answer one of my mails once more.": (
        (
            "2 unverified requests came in your name between Tuesday 14:05 and Tuesday 15:05: nothing was changed."
            " What was asked was about #7, #8. If one of them was yours, please answer one of my mails once more."
        ),
    ),
    # Said by the mail itself, which shows what they announce.
    "Here is your list.": (),
    "Here is all that I understand.": (),
}
"""Sentences that are made of others, each with examples of what readers see."""


def sentences() -> Iterator[tuple[str, str]]:
    """Give each sentence that the code holds, with `{}` for what it puts in."""
    root = Path(assistant.__file__).parent
    for pattern in SAID:
        for path in sorted(root.glob(pattern)):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            inner = {id(one) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for one in node.values}
            plain = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                if id(node) in inner or id(node) in plain or not isinstance(node, ast.JoinedStr | ast.Constant):
                    continue
                text = _written(node)
                # A sentence begins like one and ends like one; expressions and bare words are none.
                if re.match(r"[A-Z#{“]", text) and text.endswith((".", "?")) and not re.search(r"[\\|]|\(\?", text):
                    yield f"{path.relative_to(root)}:{node.lineno}", text.strip()


def _written(node: ast.JoinedStr | ast.Constant) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)


def test_each_sentence_that_the_code_says_is_known_in_spanish():
    missing = []
    for place, text in sentences():
        bare = re.sub(r"\{since\}|\{until\}", "Tuesday 14:05", text)
        tried = [SPANISH(bare.replace("#{}", "#7").replace("{}", fill)) for fill in FILLS]
        if text in COMPOSED:
            tried = [" ".join(SPANISH(one) for one in COMPOSED[text])]
        if all(ENGLISH.search(one) for one in tried):
            missing.append((place, text))

    assert missing == []


COUNTS = (
    "1 overdue",
    "2 you were called about",
    "1 due today",
    "1 to chase",
    "3 to look at",
    "2 from new senders",
    "1 not read in full",
)
DUES = ("since yesterday 10 am", "since noon", "today 10 am", "Fri, Mar 13, 3 pm", "3 days overdue", "no date")
FACTS = (
    "waiting for ana@lab.example",
    "with Ruth Ballard, RN",
    "away until Mon, May 18",
    "from you",
    "snoozed until today",
    "acknowledged by you until noon",
    "acknowledged by Zo until tomorrow 3 pm",
)


@pytest.mark.parametrize("count", range(1, 4))
def test_counts_and_facts_are_told_in_spanish_in_whatever_company(count: int):
    for found in combinations(COUNTS, count):
        assert not ENGLISH.search(SPANISH(f"Digest 3: {', '.join(found)}")), found
    for due, found in product(DUES, combinations(FACTS, count)):
        assert not ENGLISH.search(SPANISH("; ".join((due, *found)))), (due, found)


@pytest.mark.parametrize("hour", range(0, 24, 5))
def test_each_day_and_hour_of_a_year_is_told_in_spanish(hour: int):
    zone, now = ZoneInfo("America/Chicago"), datetime(2026, 3, 10, 12, tzinfo=UTC)
    for ahead in range(-200, 400, 7):
        moment = datetime(2026, 3, 10, hour, 15 * (ahead % 2), tzinfo=UTC) + timedelta(days=ahead)
        for told in (
            moment_words(moment, now, zone),
            answer_days(moment, zone, now),
            day_words(moment.date(), date(2026, 3, 10)),
            f"{moment:%A %H:%M}",
            f"{moment:%A, %B} {moment.day}, {moment:%H:%M}",
        ):
            said = SPANISH(told)
            assert not re.search(r"day|Mon|Tue|Wed|Thu|Fri|Jan|Apr|Aug|Dec|noon|\bto|yes", said), told
            assert re.findall(r"\d+", said) == re.findall(r"\d+", told) or sorted(re.findall(r"\d+", said)) == sorted(
                re.findall(r"\d+", told)
            )


@pytest.mark.parametrize(
    "told",
    [
        *("marked #7 done", "dropped #7", "opened #7 again", "put #7 off", "moved the deadline of #7"),
        *("took #7 over", "gave #7 to Zu", "made a note with #7", "took #7 in hand", "gave #7 high priority"),
        "changed #7",
    ],
)
@pytest.mark.parametrize("when", ["at 1:00 pm", "on Mon Mar 9 at 3:00 pm"])
@pytest.mark.parametrize("still", ["Still mark it done?", "Still give it to Zu?"])
def test_what_somebody_else_changed_is_told_in_spanish(told: str, when: str, still: str):
    said = SPANISH(f"Zo {told} {when}, after the mail that you answered. {still}")

    assert not ENGLISH.search(said), said


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.glob("*.html")) + sorted(TEMPLATES.glob("*.txt")), ids=lambda one: one.name
)
def test_no_words_stand_bare_in_a_template(path: Path):
    bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<style>.*?</style>|<[^>]*>|&\w+;", " ", path.read_text("utf-8"))

    assert re.findall(r"[A-Za-z]{2,}", bare) == []


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.glob("*.html")) + sorted(TEMPLATES.glob("*.txt")), ids=lambda one: one.name
)
def test_each_sentence_of_a_template_is_known_in_spanish(path: Path):
    for text, _behind in re.findall(r'"([A-Z,][^"{}]*[a-z.:])"( *\|| *~)', path.read_text("utf-8")):
        if " " in text and not text.endswith((" ", "(")):
            assert SPANISH(text) != text
