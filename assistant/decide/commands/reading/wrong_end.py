"""A sentence and the task that it would close -> whether it tells a bad end, or of another task's thing."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.meaning import is_same, names_of
from assistant.decide.commands.matching.titles import folded_title, heads
from assistant.decide.commands.reading.passages import Passage
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.text import fold
from assistant.records import Task

_SPOILT = re.compile(
    r"\b(?:unsigned|undated|unreadable|illegible|empty|cracked|torn|shattered|corrupt(?:ed)?|defective|mislabell?ed|"
    r"incomplet[aeo]s?|rot[oa]s?|vaci[oa]s?|danad[oa]s?|ilegibles?|defectuos[oa]s?|sin (?:firma|firmar)|en blanco|"
    r"returned to sender|return to sender|undeliverable|sent to the wrong|(?:then|but|and) (?:was |got |were )?"
    r"(?:returned|sent back|taken back|cancell?ed)|(?:with|has|had) (?:missing|blank) )\b"
)
_REFUSED = re.compile(
    r"(?:[,;(-]|\b(?:but|then|and|pero|y)\b)\s*(?:the |el |la )?(?!nobody|none|never|not\b|nadie)[a-z]+"
    r" (?:then |later |has |have |had )?(?:declined|refused|backed out|bailed|no[- ]?showed|"
    r"changed (?:his|her|their) mind|cancell?ed|hung up|rechazo|cancelo|no quiso)\b(?! (?:the|an?|un|una) )"
)
_CALLS = re.compile(r"\b(?:call|phone|ring|ask|tell|notify|remind|contact|llamar|avisar)\b")
_NOT_YET = re.compile(
    r"\b(?:(?:will|'ll|is going to|gonna|promised to|said (?:she|he|they)'?d?(?: would)?) (?:call|get|ring|phone|text) "
    r"(?:me |us )?(?:back|again|later)|hung up|no answer|busy|voice ?mail|(?:doesn|didn)'?t know|"
    r"call(?:ing)? (?:me |us )?back (?:later|tomorrow)|about (?:something else|another|other things)|"
    r"llamara|va a llamar|devuelve la llamada|colgo|no contest[ao])\b"
)
_WORD = re.compile(r"[a-z0-9-]+(?:'s)?")
_ON_PAPER = frozenset(
    ["quote", "estimate", "invoice", "bill", "van", "ride", "cab", "taxi", "shuttle", "manual", "warranty"]
)
_BROUGHT = re.compile(
    r"\b(?:delivered|arrived|installed|dropped off|shipped|picked up|came|is here|llego|entregad[oa]|instalad[oa])\b"
)
_SKIPPED = frozenset(
    _WORD.findall(
        "the a an his her their our my this that it is are was were been be has have had and or for of to "
        "el la los las un una de del su ya todo all also just now already finally ok yes please mr mrs ms dr"
    )
)
_DEEDS = re.compile(
    r"(?:\w+ed|done|sent|is|are|was|were|has|have|had|got|in|on|out|at|by|via|per|with|from|came|went|arrived|"
    r"after|before|when|because|since|if|now|today|yesterday|this|last|here|back|up|off|done|hech[oa]s?|list[oa]s?|\w+[ai]d[oa]s?|"
    r"llego|complete|for|to|about|re)$"
)
_MOST_WORDS = 5
_LEAST_LETTERS = 3
_POINTED = re.compile(r"^\W*(?:la|el) \d{1,6} (?:de|del) (?!(?:la |el )?\d)")
"""Points at a task by its number, which reads like a day: "la 12 de Ames"."""


def ends_ill(task: Task, said: Passage) -> bool:
    """Return whether the sentence tells an end that is none: unsigned, returned to sender, refused."""
    plain = _around(said)
    title = fold(task.title)
    if _SPOILT.search(plain) and not _SPOILT.search(title) and not re.search(r"\b(?:return|devolver)", title):
        return True
    if said.numbers or said.says_done:
        return False
    if _CALLS.search(title):
        return _NOT_YET.search(plain) is not None
    return _REFUSED.search(plain) is not None


def _around(said: Passage) -> str:
    """Return the command's words, with what follows them in the sentence up to the next number."""
    plain, line = said.plain, fold(said.line)
    start = plain.find(line)
    if start < 0:
        return line
    tail = re.split(r"#?\d", plain[start + len(line) :], maxsplit=1)[0]
    return f"{line}{tail}" if not said.all_numbers - said.numbers else line


def tells_of_other_thing(task: Task, said: Passage, asked: ReplyContext) -> bool:
    """Return whether a number stands beside the thing of another listed task: "12 interpreter booked"."""
    if task.number not in said.numbers:
        return _POINTED.search(said.plain) is not None if said.numbers else _names_no_paper(task, said)
    if len(said.all_numbers) > 1:
        return False
    noun = _beside(said.line, task.number)
    if not noun or any(_knows(word, task) for word in noun):
        return False
    return any(_is_about(noun, other) for other in asked.listed if other.number != task.number)


def _beside(line: str, number: int) -> list[str]:
    """Return the nouns right behind a number, or right before it."""
    plain = fold(line)
    match = re.search(rf"(?<!\d)#?{number}(?!\d)", plain)
    if match is None:
        return []
    after = _phrase(plain[match.end() :])
    return after or _phrase_before(plain[: match.start()])


def _phrase(words: str) -> list[str]:
    head = re.match(r"[\s:.,(#)-]*", words)
    found: list[str] = []
    for word in _WORD.findall(words[head.end() if head else 0 :])[: _MOST_WORDS + 1]:
        if _DEEDS.match(word):
            break
        if word not in _SKIPPED:
            found.append(word.removesuffix("'s"))
    return [word for word in found if len(word) >= _LEAST_LETTERS]


def _phrase_before(words: str) -> list[str]:
    found: list[str] = []
    for word in reversed(_WORD.findall(re.split(r"[,;.]", words)[-1])[-_MOST_WORDS:]):
        if _DEEDS.match(word):
            break
        if word not in _SKIPPED:
            found.append(word.removesuffix("'s"))
    return [word for word in found if len(word) >= _LEAST_LETTERS]


def _knows(word: str, task: Task) -> bool:
    return word in names_of(task) or any(is_same(word, other) for other in folded_title(task))


def _is_about(noun: list[str], task: Task) -> bool:
    """Return whether the last of the nouns is what a task is about, or two of them stand in its title."""
    return (
        any(is_same(word, head) for word in noun for head in heads(task))
        or sum(_knows(word, task) for word in noun) > 1
    )


def _names_no_paper(task: Task, said: Passage) -> bool:
    """Return whether the ramp itself is told to have come where the task is about its quote."""
    title = folded_title(task)
    papers = [word for word in title if word in _ON_PAPER]
    plain = fold(said.line)
    if not papers or _BROUGHT.search(plain) is None:
        return False
    words = _WORD.findall(plain)
    return not any(is_same(word, paper) or word in _ON_PAPER for word in words for paper in papers) and any(
        is_same(word, other) for word in words for other in title if len(other) > _LEAST_LETTERS
    )
