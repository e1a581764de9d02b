"""A "done" for the whole list -> whether it is said of all of it and of nothing else: "all done with the paperwork"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.decide.commands.matching.found import Clause, Found, ranges
from assistant.decide.commands.matching.meaning import names_of, patients_in
from assistant.decide.commands.matching.ordinary import fit
from assistant.decide.commands.wording.doubts import doubt
from assistant.decide.commands.wording.text import Text
from assistant.decide.commands.wording.words import ALL, CLOSE, DROP, REST, STRONG
from assistant.records import Task

_LIST = rf"(?:{ALL}|{REST}|both(?: of (?:them|these))?|ambas|ambos|l[oa]s dos)"
_PHRASES = re.compile(rf"(?<!\w)(?:{_LIST}|{STRONG}|{CLOSE}|{DROP})(?!\w)|\b\d{{1,2}}(?::\d\d)?(?: ?[ap]m)?\b")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NO_MORE = frozenset(
    _WORD.findall(
        "i i've ive i'm we we've weve have has is are be been was were got get s am can may you go ahead and "
        "so yes yep yeah ok okay oh just finally now already officially successfully actually both with on "
        "off of out up to from for as in the this that these those them they it my your our today's "
        "yesterday's list lists digest mail email task tasks item items one ones line lines stuff thing "
        "things mark marked consider call done complete completed close closed finished today yesterday "
        "tonight earlier morning afternoon evening week last night early late noon lunch ago before by at "
        "time schedule please pls plz thanks thank thx ty much again everyone everybody hi hello hey good "
        "great news happy glad say report here there me us too also well all moment right day monday tuesday "
        "wednesday thursday friday above below every single whole entire lot bunch batch no issue issues "
        "problem problems further action needed nothing left believe not phew whew yay woo hoo woohoo finito "
        "that's it's they're there's ya esta estan quedo quedaron todo toda todos todas lo la los las el de "
        "del mi lista tarea tareas hoy ayer por fin ahora gracias favor hecho hecha hechos hechas listo lista "
        "listos listas si bien muy con este esta estos estas eso manana tarde noche y cosa cosas se fue mr "
        "mrs ms dr sr sra"
    )
)
"""Words that say no more than that all is done."""
_LIST_NAMED = re.compile(rf"(?<!\w)(?:{_LIST})(?!\w)")
_SPARES = re.compile(
    r"\b(?:barring|bar|short of|outside(?: of)?|exceptuando|a parte|aside from|exception|excepcion|excluding|except|"
    r"leaving|"
    r"counting|including|salvo|excepto|fuera de|quitando|sin contar)\b"
)


@dataclass(slots=True)
class Whole:
    """What an "all done" closes, and of which of its tasks another clause speaks as open: "all done, 4 needs Ruth"."""

    ended: set[int] = field(default_factory=set)
    open: set[int] = field(default_factory=set)

    def hear(self, found: Found | None, clause: Clause) -> None:
        """Add what one clause says."""
        operations = found.operations if found else ()
        ended = {one.number for one in operations if one.op in {"done", "drop"} and one.number}
        if len(ended) > 1 and not clause.full.numbers and any(one.op == "done" for one in operations):
            self.ended |= ended
            self.open |= _told_open(clause.rest, clause)
            return
        if not any(one.op == "create" for one in operations):
            is_asked = found is not None and bool(found.ask or found.kept) and not found.choices
            self.open |= _told_open(clause.full, clause, is_asked=is_asked) - ended

    @property
    def torn(self) -> set[int]:
        return self.ended & self.open


def _told_open(text: Text, clause: Clause, *, is_asked: bool = False) -> set[int]:
    """Return the tasks that words name which tell of something not ended."""
    if not text.plain or (doubt(text.plain) is None and not is_asked):
        return set()
    listed = clause.asked.listed
    told = fit(text.own, listed)
    by_words = told.numbers if told.is_close and len(told.numbers) == 1 else ()
    return {*text.known, *by_words, *patients_in(text.plain, listed)}


def asked_of_whole(found: Found, clause: Clause, said: str, *, is_lost: bool) -> str | None:
    """Return the question that remains of an end of the whole list: said of a part, or beside words that were lost."""
    closed = tuple(one.number for one in found.operations if one.op in {"done", "drop"} and one.number)
    listed, plain = clause.asked.listed, clause.head.plain
    is_whole = len(closed) > 1 and len(closed) >= len(listed)
    if spares(plain) or (is_whole and says_more(plain, listed)):
        # "Close everything from Marcus": a line that closes the whole list is no answer to that.
        return f"Which tasks do you mean by “{said[:40]}”? Please write their numbers."
    if not (is_whole and is_lost):
        return None
    verb = "drop" if all(one.op == "drop" for one in found.operations) else "done"
    return f"Do you mean the whole list? To be sure, please write: {verb} {ranges(closed)}"


def says_more(plain: str, listed: Sequence[Task]) -> bool:
    """Return whether words that close the whole list say anything besides.

    >>> [says_more(words, ()) for words in ("all done, thanks!", "all done with the paperwork")]
    [False, True]
    """
    names = {name for task in listed for name in names_of(task)}
    left = _WORD.findall(_PHRASES.sub(" ", plain))
    return any(word not in _NO_MORE and word.removesuffix("'s") not in names for word in left)


def spares(plain: str) -> bool:
    """Return whether words speak of the whole list, and take something out of it."""
    return _LIST_NAMED.search(plain) is not None and _SPARES.search(plain) is not None
