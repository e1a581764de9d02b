"""A sentence that names several tasks in words ("drop the bed and the van") -> the same with their numbers.

Each of them has to be clear; where one is not, the sentence stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.decide.commands.matching.deeds import TOLD
from assistant.decide.commands.matching.explained import is_own
from assistant.decide.commands.matching.meaning import names_of, patients_in, words_of
from assistant.decide.commands.matching.ordinary import fit
from assistant.decide.commands.matching.told import bidden
from assistant.decide.commands.plain.spared import named
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.arguments import LEVEL
from assistant.decide.commands.wording.doubts import doubt
from assistant.decide.commands.wording.likeness import are_alike
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import DROP, GIVE, MOVE, REOPEN, SAYS_DONE, SNOOZE

_LEAD = (
    r"\W*(?:(?:please|pls|plz|ok|okay|so|and|also|just|then|kindly|can you|could you|you can|you may|we can|let'?s|"
    r"go ahead and|hi|hello|good morning|por favor|porfa|tambien|puedes|y)[\s,]+){0,4}"
)
_VERB = (
    rf"(?:{DROP}|{SNOOZE}|{MOVE}|{GIVE}|{REOPEN}|pass|hand|close(?: out)?|mark|make|flag|ack|acknowledge|"
    rf"(?:i'?m |i am )?(?:done|finished|all done|all set) with|(?:i |we )?(?:finished|completed|closed|did|wrapped up|"
    rf"knocked out|took care of|handled)|(?:i'?m |i am )?(?:on|working on)|take|cierra|marca|pasa|pon|quita|"
    rf"(?:ya )?(?:hice|termine|complete)|(?:we|they|i|she|he) (?:don'?t|no longer|do not|doesn'?t) needs?)"
)
_TAKES = (
    r"(?P<p>[a-z]{2,20}(?: [a-z]{2,20})?) (?:takes(?: over)?|has|gets|owns|covers|handles|(?:is|will be) (?:taking|"
    r"doing|handling|covering)|(?:can|will|should) (?:take|do|handle|have|cover|own)|(?:please )?(?:take|do|handle|"
    r"cover|own)|se encarga de|lleva|toma|hace)"
)
_ASKED = re.compile(r"\W*(?:(?:please|pls|ok|hi)[\s,]+){0,2}(?:can|could|would|will) [a-z]{2,20} (?:please )?[a-z]+")
_FIRST = re.compile(rf"{_LEAD}(?:(?:can|could|would|will) )?(?:{_VERB}|{_TAKES}):?\s+(?P<s>.+)")
_ANY = re.compile(rf"{_LEAD}(?P<s>.+)")
_TAIL = re.compile(
    rf"\s+(?=(?:to|until|till|til|for|by|on|off|from|as|back|over|due|are|is|were|was|have|has|can|should|both|all|"
    rf"goes|go|belong|need|needs|got|now|please|pls|done|finished|because|since|at|they|he|she|it|ya|estan?|quedaron|"
    rf"hasta|para|al?|son|any ?more|any longer|hech[oa]s|list[oa]s|{LEVEL})\b)|\s*(?=[.!;,:]|->|>|\s-+\s|$)"
)
_JOINED = re.compile(r"\s*(?:,\s*(?:and|y|&)?|&|\+|\band\b|\by\b|\bplus\b|\bas well as\b|\balong with\b)\s*")
# "Did the van come" asks; "did the van" tells.
_DID_ONE = re.compile(
    r"(?:^\W*|[,;] |\b(?:and|y) )(?:(?:i|we|also|just|already) )*(?P<d>did) "
    r"(?P<s>(?:the|my|his|her|their|that|[a-z]{2,20}'?s) [a-z][a-z' -]{1,40}?)"
    r"(?=(?: (?:already|today|yesterday|this morning|last night|too|earlier))*\s*(?:[.,;!]|$))"
)
_LINK = re.compile(r"[&+]|\b(?:and|y|plus|as well as|along with)\b")
_WHOSE = re.compile(
    r"\s+(?:for|of|de|para) (?P<who>(?:(?:the|la|el|mr|mrs|ms|miss|sra?|don|dona)\.? ){0,2}[a-z-]+)(?:'s)?(?![\w-])"
)
_TELLS = re.compile(r"\b(?:is|are|was|were|has|have|had|will|can|i|we|he|she|they|esta|estan)\b")
_LED = re.compile(r"\W*(?P<n>\d{1,6})\s+[^\W\d]")
_LEAST = 2
_MOST_WORDS = 7
_LONGEST = 400
_MOST_TAILS = 24


def several(sentence: str, asked: ReplyContext) -> str:
    """Return the sentence with "#4, #7" for "the bed and the van", where each can only be that task."""
    plain = fold(sentence)
    if len(sentence) > _LONGEST or ("?" in plain and _ASKED.match(plain) is None) or _LINK.search(plain) is None:
        return _with_one_done(sentence, asked)
    for start, end in _slots(plain):
        numbers = _numbers(sentence[start:end], asked)
        if not numbers:
            continue
        whose = _WHOSE.match(plain, end)
        theirs = patients_in(whose["who"], asked.listed) if whose else ()
        if theirs and not set(numbers) & set(theirs):
            # "The bed and the van for Lena", which are somebody else's.
            continue
        past = whose.end() if theirs and whose else end
        put = ", ".join(f"#{number}" for number in numbers)
        return f"{sentence[:start]}{put}{sentence[past:]}"
    return _with_one_done(sentence, asked)


def _with_one_done(sentence: str, asked: ReplyContext) -> str:
    """Return "done #4" for "did the van", where each of its words is the task's own, and none its deed."""
    if len(sentence) > _LONGEST or "?" in sentence:
        return sentence
    for match in reversed(list(_DID_ONE.finditer(fold(sentence)))):
        found = named(sentence[slice(*match.span("s"))], asked.listed, asked)
        task = asked.task(found[0]) if len(found) == 1 else None
        words = words_of(match["s"])
        if task is None or not words or not all(is_own(word, task) for word in words):
            continue
        if len(words) == 1 or not are_alike(words[-1], bidden(task)[0]):
            sentence = f"{sentence[: match.start('d')]}done #{task.number}{sentence[match.end('s') :]}"
    return sentence


def _slots(plain: str) -> Iterator[tuple[int, int]]:
    """Give where a list of things may stand: behind a verb, or in front of what is told of them all."""
    for form in (_FIRST, _ANY):
        match = form.match(plain)
        if match is None:
            continue
        start = match.start("s")
        tails = [tail.start() for tail in _TAIL.finditer(plain, start + 1)][:_MOST_TAILS]
        for end in tails:
            is_told_of = form is _FIRST or (end < len(plain) and plain[end] == " ")
            if is_told_of and _LINK.search(plain, start, end) is not None:
                yield start, end


def _numbers(words: str, asked: ReplyContext) -> tuple[int, ...]:
    """Return the tasks of a list of words, one for each of its pieces; none where a piece is not clear."""
    plain = fold(words)
    pieces = [piece for piece in _JOINED.split(words) if piece.strip()]
    if len(pieces) < _LEAST or TOLD.search(plain) or SAYS_DONE.search(plain) or doubt(plain) is not None:
        return ()
    if any(_TELLS.search(fold(piece)) or len(piece.split()) > _MOST_WORDS for piece in pieces):
        return ()
    if not any(re.search(r"[a-z]", fold(piece)) for piece in pieces):
        return ()
    found = [_meant(piece.strip(" ."), asked) for piece in pieces]
    numbers = [one[0] for one in found if len(one) == 1]
    return tuple(numbers) if len(set(numbers)) == len(pieces) else ()


def _meant(piece: str, asked: ReplyContext) -> tuple[int, ...]:
    found = named(piece, asked.listed, asked)
    led = _LED.match(piece)
    if led is not None and asked.task(int(led["n"])) is not None and found != (int(led["n"]),):
        # "Snooze 4 and 7 for a week": what stands behind the number tells of it, and of no other task.
        return ()
    words = words_of(piece)
    is_patient = all(any(word in names_of(task) for task in asked.listed) for word in words)
    is_number = re.search(r"\d", piece) is not None
    alike = fit(piece, asked.listed).numbers
    # "Wheelchair" may mean a chair where it stands alone; beside another task it is too little.
    return found if is_number or (not is_patient and set(found) <= set(alike)) else ()
