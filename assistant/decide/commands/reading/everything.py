"""A "done" for the whole list -> whether it is said of all of it and of nothing else: "all done with the paperwork"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.decide.commands.matching.meaning import names_of
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
