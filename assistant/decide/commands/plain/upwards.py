"""Numbers told by one end ("62 and up", "everything below 14", "from 9 on") -> the numbers of the list on that side."""

from __future__ import annotations

import re

from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.text import fold

_LONGEST = 400
_EACH = r"(?:(?:all|everything|anything|every one|the (?:ones|tasks|rest))(?: (?:of them|that is|that's|numbered))? )"
_NUMBER = r"(?:(?:task|number|no\.|the) )?#?(?P<n>\d{1,6})"
_AFTER = (
    r"(?=\s*(?:$|[,.;:!)>=-])|\s+(?:is|are|was|were|can|may|should|goes?|to(?! \d)|until|till|til|for|by|due|all|"
    r"both|done|"
    r"finished|complete[d]?|closed|sent|urgent|high|normal|critical|please|pls|off|next|today|tomorrow|not|snooze|"
    r"except|"
    r"but|now|got|have|need|mon|tue|wed|thu|fri)\b|\s+[a-z]{2,20}'?s?\s*$)"
)
_FORMS = (
    (
        re.compile(
            rf"(?<![\w.:/$#+*-]){_EACH}?(?:from )?{_NUMBER}(?:\s?\+(?=\s)|,? (?:and|or|&|n|on) (?:up(?:ward|wards)?|"
            rf"above(?! all)|higher|"
            rf"onwards?|greater|later)\b|(?<=\d) (?:onwards?|upwards?)\b|(?: through| thru| to) the (?:end|"
            rf"last)\b){_AFTER}"
        ),
        "from",
    ),
    (re.compile(rf"(?<![\w.:/$#+*-]){_EACH}?from {_NUMBER} on(?: up)?\b{_AFTER}"), "from"),
    (re.compile(rf"{_EACH}(?:above|over|past|after|higher than|greater than) {_NUMBER}{_AFTER}"), "above"),
    (
        re.compile(rf"(?<![\w.:/$#+*-]){_EACH}?{_NUMBER},? (?:and|or|&) (?:below|lower|under|earlier)\b{_AFTER}"),
        "to",
    ),
    (re.compile(rf"{_EACH}(?:below|under|lower than|smaller than) {_NUMBER}{_AFTER}"), "below"),
)
_MEANS = {
    "from": lambda number, end: number >= end,
    "above": lambda number, end: number > end,
    "to": lambda number, end: number <= end,
    "below": lambda number, end: number < end,
}
_LEAST = 2


def upward(sentence: str, asked: ReplyContext) -> str:
    """Return the sentence with the numbers written out; as it is where they could be others.

    Where the list does not stand in the order of its numbers, "up" may be a side of it as well.
    """
    listed = tuple(task.number for task in asked.listed)
    if len(sentence) > _LONGEST or len(listed) < _LEAST or list(listed) != sorted(listed):
        return sentence
    for form, side in _FORMS:
        match = form.search(fold(sentence))
        if match is None or int(match["n"]) not in listed:
            continue
        numbers = [number for number in listed if _MEANS[side](number, int(match["n"]))]
        if len(numbers) >= _LEAST:
            said = ", ".join(f"#{number}" for number in numbers)
            sentence = f"{sentence[: match.start()]}{said}{sentence[match.end() :]}"
    return sentence
