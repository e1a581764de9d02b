"""A sentence that says the wrong task was closed ("I meant 93, not 95") -> the two commands that put it right."""

from __future__ import annotations

import re

from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.text import fold
from assistant.records import TaskDone

_A, _B = r"(?:the |task |number |la |el )?#?(?P<a>\d{1,6})", r"(?:the |task |number |la |el )?#?(?P<b>\d{1,6})"
_LEAD = (
    r"\W*(?:(?:oops|whoops|sorry|ugh|no|wait|oh|argh|hi|my (?:bad|mistake)|wrong (?:one|number|task)|perdon|"
    r"me equivoque|"
    r"i (?:closed|did|marked|sent|wrote|gave you) the wrong (?:one|number|task))[\s,.:;!-]+){0,4}"
)
_MEANT = (
    r"(?:(?:i )?(?:mean|meant)|i (?:said|wrote|typed|put)|"
    r"(?:that |it )?(?:should(?:'ve| have)? (?:been|be|said|read)|was supposed to be|"
    r"was meant to be)|"
    r"it(?:'s| was| is)|make (?:that|it)|quise decir|era|es)"
)
_TAIL = r"(?: (?:that i (?:finished|did|closed|meant)|that'?s done|i finished|la que (?:hice|termine)))?[\s.!]*"
_SWAPS = (
    re.compile(
        rf"{_LEAD}{_MEANT} {_A}{_TAIL},? ?(?:and |y )?(?:not|no|instead of|rather than|en vez de)(?: la|"
        rf" el)? {_B}[\s.!]*"
    ),
    re.compile(rf"{_LEAD}(?:not|no)(?: la| el)? {_B},? ?(?:but |sino )?(?:{_MEANT} )?{_A}{_TAIL}"),
)
_RECEIPTS = frozenset({"acknowledgement", "answer"})


def swapped(sentence: str, asked: ReplyContext) -> str:
    """Return "reopen 95, done 93", where the answered mail or the ledger shows that it was 95 that was closed."""
    plain = fold(sentence)
    match = next((match for form in _SWAPS if (match := form.fullmatch(plain)) is not None), None)
    if match is None:
        return sentence
    meant, wrong = asked.task(int(match["a"])), asked.task(int(match["b"]))
    if meant is None or wrong is None or meant.state != "open" or not was_closed(wrong.number, asked):
        return sentence
    return f"reopen #{wrong.number}, done #{meant.number}"


def was_closed(number: int, asked: ReplyContext) -> bool:
    """Return whether it was closed last, by the ledger, or else by the mail of ours that is answered."""
    changed = [event for event in asked.last_changes if event.number == number]
    if asked.last_changes:
        return bool(changed) and isinstance(changed[-1].change, TaskDone)
    is_receipt = asked.answered is not None and asked.answered.kind in _RECEIPTS and asked.only == number
    task = asked.task(number)
    return is_receipt or (task is not None and task.state == "done")
