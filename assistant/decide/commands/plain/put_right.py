"""An answer to our receipt that says that it is of the wrong task -> the plain command: "meant 4 not 3", "reopen 3"."""

from __future__ import annotations

import re

from assistant.decide.commands.plain.swaps import was_closed
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.text import fold

_OH = r"^\W*(?:(?:hey|hi|no|oops|sorry|ugh|wait|um|argh|actually|perdon)[ ,!.:-]+){0,3}"
_WRONG = re.compile(
    rf"{_OH}(?:(?:that'?s|that was|it'?s|you (?:closed|took|got|have)) )?(?:the )?wrong (?:[a-z'-]{{2,20}} )?"
    r"(?:one|task|item|number)[\s!.,;:-]{1,6}(?:(?:i|we) )?(?:meant|mean|should (?:be|have been)) (?:the )?"
    r"#?(?P<n>\d{1,6})(?P<t>[ .!]*$)"
)
_NEVER = re.compile(
    rf"{_OH}(?:i|we) (?:never|did ?n'?t|did not) (?:said|say|told you|tell you|wrote|write|marked|mark|meant|mean) "
    r"(?:that )?(?P<n>#?\d{1,6}|it|that|this) (?:was|is|as|were|be) (?:all )?(?:done|finished|completed?|closed)"
    r"(?=[ .!]*$|[,;.!] )"
)


def put_right(line: str, asked: ReplyContext) -> str:
    """Return the line with what is wrong with the one task that our mail said was closed put as a command."""
    plain = fold(line)
    only = asked.task(asked.only) if asked.only is not None else None
    if only is None or "?" in plain or not was_closed(only.number, asked):
        return line
    wrong = _WRONG.search(plain)
    if wrong is not None and int(wrong["n"]) != only.number and asked.task(int(wrong["n"])) is not None:
        return f"meant {wrong['n']} not {only.number}"
    never = _NEVER.search(plain)
    if never is not None and never["n"].removeprefix("#") in {str(only.number), "it", "that", "this"}:
        return f"reopen {only.number}{line[never.end() :]}"
    return line
