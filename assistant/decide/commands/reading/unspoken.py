"""The tasks that a reply names, and what was read of it -> the words of those of which nothing came at all.

"Luis has 12, Bob 15", where nobody knows a Bob: the 15 must not go under because the 12 was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.decide.commands.matching.found import Found
from assistant.decide.commands.reply import Operation
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import EXCEPT

_BESIDE = re.compile(
    rf"{EXCEPT}|\b(?:same as|duplicates?|dup|dupe|part of|instead of|not|no|like|as|than|see|covers?|mismo|igual)\b"
)
"""A number may stand there only to tell of another."""


def unspoken(
    named: Mapping[int, str],
    operations: Sequence[Operation],
    asks: Iterable[tuple[str, Found]],
    lost: Iterable[str],
    left: Iterable[int | None],
) -> tuple[str, ...]:
    """Return the words that name a task of which nothing is done, asked or told.

    Args:
        named: number -> the words in which it stands.
        operations: What the reply asks for.
        asks: Questions that are put back, each with what it is asked about.
        lost: Words that are told as not understood.
        left: Tasks that are told to be left as they are.

    """
    spoken = {one.number for one in operations} | {one.of for one in operations} | {*left}
    for _, found in asks:
        spoken |= {*found.about, *found.kept, *found.choices}
    told = " ".join([*lost, *(one.text for one in operations), *(one.title for one in operations)])
    return tuple(
        dict.fromkeys(
            words
            for number, words in named.items()
            if number not in spoken
            and re.search(rf"(?<!\d){number}(?!\d)", told) is None
            and _BESIDE.search(fold(words)) is None
        )
    )
