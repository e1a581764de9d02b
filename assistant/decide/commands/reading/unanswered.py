"""What was not understood of a reply that changes nothing -> the one question that it leaves, if it bids anything."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.decide.commands.forms.unsettled import tells_of_some
from assistant.decide.commands.matching.deeds import TOLD
from assistant.decide.commands.wording.doubts import doubt
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import DROP, GIVE, REOPEN, STRONG

_BIDS = re.compile(
    rf"(?<!\w)(?<!\bin )(?:{DROP}|{GIVE}|{REOPEN}|close[d]?|move[d]?|push(?:ed)?|bump(?:ed)?|snooze[d]?|postpone[d]?|"
    r"reschedule[d]?|reverse|undo|same as (?:yesterday|before|last time)|(?:take|do|handle|cover) (?:the|it|that|this)|"
    r"(?:can|may|should) (?:now )?(?:go|come off|be (?:dropped|removed|closed|deleted|taken off)))"
    r"(?!\w)"
)
_ENDED = re.compile(rf"(?<!\w)(?:{STRONG}|settled|ready|good to go)(?!\w)")


def asked_of(lost: Mapping[str, str], shown: Sequence[int]) -> str | None:
    """Return the question for the first of the lost words that bid or tell something of a task.

    Args:
        lost: Words as they were read, each with what was written.
        shown: The numbers that the answered mail lists.

    >>> asked_of({"Thanks, have a good one": "Thx, hago", "move the bed to friday": "mv teh bed 2 fri"}, [7])
    'Which task do you mean by “mv teh bed 2 fri”? Please write its number and what to do, like this: done 7'

    """
    some = next((typed for own, typed in lost.items() if tells_of_some(fold(own))), None)
    if some is not None:
        return f"Which tasks are done? I could not tell from “{some[:60]}”. Please write their numbers."
    bids = next((typed for own, typed in lost.items() if _bids_something(fold(own))), None)
    if bids is None:
        return None
    what = f"Please write its number and what to do, like this: done {shown[0] if shown else 12}"
    return f"Which task do you mean by “{bids[:60]}”? {what}"


def _bids_something(plain: str) -> bool:
    against = doubt(plain)
    if against == "negated" or '"' in plain:
        return False
    told = (match[0] for match in (*TOLD.finditer(plain), *_ENDED.finditer(plain)))
    is_told = any(one != "got" and not one.startswith(("has", "have", "got ", "read")) for one in told)
    return _BIDS.search(plain) is not None or (is_told and against is None)
