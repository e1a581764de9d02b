"""Numbers told to be behind one, or the only ones left ("that's 1 and 2 out of the way") -> what is done."""

from __future__ import annotations

from assistant.decide.commands.plain.turns import AT, N, turned, turns
from assistant.decide.commands.wording.words import STRONG

_I = r"(?:(?:i|we|i've|we've|ive|i have|we have) )?"
_JUST = r"(?:(?:just|finally|already|now|all|both|also|officially) )*"
_ENDS = (
    r"(?=[ ]*(?:$|[.!,;](?!\d))| (?:today|yesterday|already|now|too|this morning|this afternoon|last night|earlier|and "
    r"(?:the )?#?\d|for (?:mrs?|ms|dr|sra?|[a-z]+'s)?\.? ?[a-z]+(?=[ ]*(?:$|[.!,;])))\b)"
)
_BEHIND = (
    r"(?:out of the way|behind (?:me|us)|in the can|"
    r"over and done(?: with)?|over with|in the rear ?view|checked off|crossed off|done with)"
)
_THROUGH = rf"(?:through|thru|across the (?:line|finish line)|over the (?:line|finish line)|out the door|{_BEHIND})"
_OTHERS = (
    r"(?:(?:all |everything )?(?:(?:of )?the |my )?(?:others?|other ones|rest|remaining ones)"
    r"(?: of (?:them|it|these|the list|my list))?|everything else|all else)"
)
_ARE_DONE = rf"(?:'s|'re)? ?(?:(?:is|are|was|were|has been|have been|got|now|all|already) )*(?:{STRONG})"
_LEFT = r"(?:left|to go|open|outstanding|remaining|still (?:open|left|outstanding|to do|to go))"
_DOWN_TO = r"(?:(?:i'?m|we'?re|i am|we are) )?(?:now )?(?:(?:all the way )?down to|left with)(?: just| only)?"
_ONLY = r"(?:(?:just|only|nothing but) )"
_JOIN = r"(?: ?[,;:.-]+ ?(?:and |so |as )?| and | since | because | as )"
_FORMS = turns(
    (
        (
            rf"{AT}(?:ok,? |so )?(?:that'?s|that is|that makes|that'll be) ({N}) {_JUST}(?:{_BEHIND}|"
            rf"off (?:the|my|our) list|done|finished){_ENDS}"
        ),
        r"\1 done",
    ),
    (rf"({N})(?:'s| (?:is|are|was|were)) {_JUST}{_BEHIND}{_ENDS}", r"\1 done"),
    (rf"{AT}{_I}{_JUST}(?:got|gotten|have) ({N}) {_JUST}{_THROUGH}{_ENDS}", r"\1 done"),
    (rf"{AT}{_DOWN_TO} ({N})(?: {_LEFT}| now)*{_JOIN}{_OTHERS}{_ARE_DONE}{_ENDS}", r"everything is done except \1"),
    (rf"{AT}{_DOWN_TO} ({N})(?: {_LEFT}| now)*(?=[ .!]*$)", r"only \1 is still open"),
    (
        rf"{AT}{_ONLY}({N})(?: (?:is|are))?(?: {_LEFT})+{_JOIN}{_OTHERS}{_ARE_DONE}{_ENDS}",
        r"everything is done except \1",
    ),
    (
        rf"{AT}{_OTHERS}{_ARE_DONE}{_JOIN}(?:{_DOWN_TO}|{_ONLY}) ?({N})(?: (?:is|are|now|{_LEFT}))*(?=[ .!]*$)",
        r"everything is done except \1",
    ),
)


def put_cleared_plainly(sentence: str) -> str:
    """Return the sentence with the numbers that are behind one, or all but those that are left, as done.

    >>> put_cleared_plainly("That's 4 and 7 out of the way"), put_cleared_plainly("only 9 left, the rest are done")
    ('4 and 7 done', 'everything is done except 9')
    """
    return turned(sentence, _FORMS)
