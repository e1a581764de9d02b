"""A sentence of a reply -> its clauses: one command each, with the remark that follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.decide.commands.forms import clause_of, found_in
from assistant.decide.commands.forms.create import names_taker
from assistant.decide.commands.forms.handing import topic
from assistant.decide.commands.forms.open import rest_stays
from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.matching.meaning import names_of, patients_in, words_of
from assistant.decide.commands.matching.ordinary import fit
from assistant.decide.commands.matching.subjects import Memory
from assistant.decide.commands.wording.arguments import DATE, WEEKDAY
from assistant.decide.commands.wording.doubts import doubt
from assistant.decide.commands.wording.tails import leaves_doubt
from assistant.decide.commands.wording.text import SIGN, Text
from assistant.decide.commands.wording.words import ALL, COURTESY, EXCEPT, LEAD, REST, SAYS_DONE

_BREAK = re.compile(
    r"\s*(?:[,;]|\s/(?=\s)|\s-{1,2}(?=\s)|(?<=\s)(?:but|pero)(?=\s(?:not |the |no |el |la |l[oa]s )?§)|"
    r"(?<=\s)(?:so|asi que|por eso)(?=\s(?:(?:please |pls )?(?:forget|drop|cancel|close|give|move|push|snooze|"
    r"reopen|mark) )?"
    r"(?:the |la |el |las |los )?§)|"
    r"(?<=\s)(?:and )?so(?=\s(?:please |pls |just )?(?:give me (?:un)?til|i(?:'ll)? need (?:un)?til|"
    r"(?:(?:we|you) can )?(?:drop|close|cancel|move|push|bump|snooze|reopen|keep|leave|mark) "
    r"(?:it|that|this|them|those|out|off)\b))|"
    r"(?<=\s)(?:and|y|then|also|plus|luego|&)(?=\s))\s*"
)
_SPARES = re.compile(rf"\b(?:{ALL}|{REST}|{EXCEPT})(?!\w)")
_BARE_VERB = re.compile(rf"[a-z]+(?: [a-z]+)?\s+-{{1,2}}\s+{SIGN}")
_ONLY_NUMBERS = re.compile(rf"[\s:,-]*(?:(?:the|task|el|la|los|las)\s+)?{SIGN}*[\s:,-]*")
_POLITE = re.compile(r"(?:can|could|would|will) (?:you|we)|please|pls|puedes|podrias")
# "Monday, Feb 16" is one day.
_DAY_ENDS = re.compile(rf"\b(?:{WEEKDAY})$")
_DATE_NEXT = re.compile(DATE)
# "Sat and Sun" are one time.
_DAY_NEXT = re.compile(rf"(?:{WEEKDAY})\b")
# "12 and 14 done. Wait, 14 isn't".
_TURNS = re.compile(r"(?:(?:wait|hold on|hang on|no|oops|actually|sorry|hm+|never ?mind)[\s,]*)+")
_NOT_THAT = re.compile(
    rf"(?:the )?{SIGN}+ (?:is |was |has )?(?:not|never|(?:is|was|has|have|did|does)n'?t|still)\b|"
    r"(?:leave|keep) (?:it|that|them)\b"
)
# "12 is still open, the rest can be closed".
_OF_REST = re.compile(
    r"(?:(?:you|we) (?:can|may) |feel free to )?"
    rf"(?:(?:close|clear|mark|check off|cross off)(?: out| off)? )?{REST}(?!\w)"
)
_JOINS = frozenset({"and", "&", "y"})
_FIRST_WORDS = re.compile(
    r"(?:(?:for|as for|re|on|con|para) )?(?:(?:mrs?|ms|miss|sra?|don|dona)\.? )?[a-z-]{2,30}(?:'s)?"
)
GOES_ON = frozenset({"due", "snooze", "assign"})
"""What is asked of a task that is not at its end."""
_KEEPS = frozenset({*GOES_ON, "priority", "acknowledge"})


def clauses(sentence: Text, memory: Memory) -> Iterator[Clause]:
    """Give the commands of a sentence, each with the remark that follows it.

    A part between commas opens a new command where it reads as one by itself; otherwise it belongs to the one before.
    """
    text = _without_courtesy(sentence)
    while text.plain:
        breaks = list(_breaks(text))
        head_end = breaks[0][0] if breaks else len(text.plain)
        head = text.cut(0, head_end)
        imagined = _imagined(clause_of(head, head_end, memory))
        whole = (len(text.plain), len(text.plain))
        stop, next_start = next((at for at in breaks if _opens(text.cut(at[1]), imagined, head)), whole)
        full = _without_courtesy(text.cut(0, stop))
        yield clause_of(full, min(head_end, len(full.plain)), memory)
        text = _without_courtesy(text.cut(next_start))


def _breaks(text: Text) -> Iterator[tuple[int, int]]:
    """Give the places at which a command may end and the next begin.

    A number alone is no command: "9 - almost there" is one piece, and so is "done - 2". "But" divides only where it
    stands between two tasks: "everything but 5" is one piece.
    """
    for match in _BREAK.finditer(text.plain):
        before = text.plain[: match.start()]
        if not before or _ONLY_NUMBERS.fullmatch(before) or _BARE_VERB.fullmatch(text.plain[: match.end() + 1]):
            continue
        if _DAY_ENDS.search(before) and _DATE_NEXT.match(text.plain, match.end()):
            continue
        if match[0].strip() in _JOINS and _DAY_ENDS.search(before) and _DAY_NEXT.match(text.plain, match.end()):
            continue
        if _is_aside(text.plain, match):
            continue
        if _TURNS.fullmatch(before) and _NOT_THAT.match(text.plain, match.end()):
            continue
        is_but = "but" in match[0] or "pero" in match[0]
        if is_but and (SIGN not in before or _SPARES.search(before)):
            continue
        yield match.span()


def _is_aside(plain: str, match: re.Match[str]) -> bool:
    """Return whether a comma stands in brackets that hold no number of a task: "the lens order (left eye, toric)"."""
    start, end = plain.rfind("(", 0, match.start()), plain.find(")", match.end())
    said, before = plain[start + 1 : end], plain[:start].rstrip()
    is_remark = not before.endswith(SIGN) and not {"(", ")", SIGN} & set(said) and SAYS_DONE.search(said) is None
    return 0 <= start < end and is_remark


def _imagined(head: Clause) -> Memory:
    """Return what will have been said once `head` is read: what "it" means after a comma."""
    found = found_in(head) or Found()
    spoken = spoken_of_in(found, head) or (() if head.full.numbers else topic(head.full, head))
    mentioned = {*head.memory.mentioned, *found.about, *head.full.known}
    imagined = replace(head.memory, previous=spoken or head.memory.previous, mentioned=mentioned)
    imagined.learn(found.operations)
    return imagined


def spoken_of_in(found: Found, clause: Clause) -> tuple[int, ...]:
    """Return what "it" means afterwards: of "all done except 4" the 4."""
    spared = clause.full.known
    return spared if spared and found.operations and set(spared) == set(found.kept) else found.about


def _opens(text: Text, memory: Memory, before: Text) -> bool:
    """True where the words after a comma are a command of their own."""
    is_ended = any(one.op in {"done", "drop"} for one in memory.last)
    if (is_ended or (memory.last and "?" in text.plain)) and not text.numbers and leaves_doubt(text.plain):
        # "12 done, right?" is one breath.
        return False
    text = _without_courtesy(text)
    head_end = next((start for start, _ in _breaks(text)), len(text.plain))
    clause = clause_of(text.cut(0, head_end), head_end, memory)
    if rest_stays(clause.head.plain) and {task.number for task in memory.asked.listed} - {*memory.previous}:
        # "12 done, the rest is not": no doubt of the 12.
        return True
    found = found_in(clause)
    if found is None or found.is_name:
        return _turns_to_another(clause)
    is_rest = bool(before.numbers) and _OF_REST.match(clause.head.plain) is not None
    # "9: waiting for the signature, then done": a bare "done" does not outweigh the doubt before it.
    if (
        not clause.head.numbers
        and doubt(before.plain) is not None
        and any(one.op == "done" for one in found.operations)
        and not _is_of_others(found, memory)
        and not is_rest
    ):
        return False
    has_number = bool(clause.head.numbers)
    if not has_number and memory.last and memory.last[-1].op == "create" and found.operations[:1] != ():
        # "New: order vaccine, by October 30, urgent, give to Jo": day, urgency and taker are the new task's.
        return found.operations[0].op not in {"due", "snooze", "note", "priority"} and not names_taker(clause.head)
    if not has_number and not is_rest and _closes_by_words(found, memory, before):
        return False
    if all(one.op == "note" for one in found.operations) and found.operations:
        return has_number
    return bool(found.operations) or found.takes_back is not None or bool(found.refused) or has_number


def _is_of_others(found: Found, memory: Memory) -> bool:
    """Return whether what was read next is of none of the tasks of the command before: "Tim will call, van is set"."""
    return bool(memory.last) and {one.number for one in found.operations}.isdisjoint(memory.previous)


def _turns_to_another(clause: Clause) -> bool:
    """Return whether words name a patient first, or tell of a task, not spoken of before: "and Otis - he wants ..."."""
    spoken, listed = clause.memory.previous, clause.asked.listed
    if not spoken or clause.full.numbers:
        return False
    told = fit(clause.head.own, listed)
    if len(told.numbers) == 1 and told.is_close and len(told.matched) > 1 and told.numbers[0] not in spoken:
        return True
    first = _FIRST_WORDS.match(clause.full.plain)
    theirs = patients_in(first[0], listed) if first else ()
    names = {name for number in spoken if (task := clause.asked.task(number)) is not None for name in names_of(task)}
    return bool(theirs) and not names & set(words_of(first[0] if first else "")) and not set(theirs) & set(spoken)


def _closes_by_words(found: Found, memory: Memory, before: Text) -> bool:
    """Return whether a remark behind a number's command would close a task by what it tells.

    "Hand 14 to Kelly, she has the list" and "12 first, the case is at 7:30" tell why; after "12 done" more results
    follow.
    """
    if not before.numbers or any(one.op == "done" for one in memory.last):
        return False
    named = {*before.known, *memory.previous}
    closing = {one.number for one in found.operations if one.op in {"done", "drop"}}
    is_kept = not memory.last or any(one.op in _KEEPS for one in memory.last)
    return bool(closing - named) or (is_kept and any(one.op == "done" for one in found.operations))


def _without_courtesy(text: Text) -> Text:
    """Return the text without "please" before it and "thanks" after it; "can you ...?" asks for a deed."""
    start, is_polite = 0, False
    while (lead := LEAD.match(text.plain, start)) is not None and lead.end() > start:
        is_polite = is_polite or _POLITE.match(lead[0]) is not None
        start = lead.end()
    end = len(text.plain)
    if is_polite and text.plain.endswith("?"):
        end -= 1
    tail = COURTESY.search(text.plain, start, end)
    return text.cut(start, tail.start() if tail else end)
