"""A "done" for the whole list -> whether it is said of all of it and of nothing else: "all done with the paperwork"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.decide.commands.meaning import names_of
from assistant.decide.commands.words import ALL, CLOSE, DROP, REST, STRONG
from assistant.records import Task

_LIST = rf"(?:{ALL}|{REST}|both(?: of (?:them|these))?|ambas|ambos|l[oa]s dos)"
_SAYS_NO_MORE = re.compile(
    rf"(?:\s|[,.;:!()👍🎉🙂😀😊🙌✓✅-]|(?:{_LIST}|{STRONG}|{CLOSE}|{DROP})(?!\w)|\b(?:"
    r"i|i've|ive|i'm|we|we've|weve|have|has|is|are|be|been|was|were|got|get|'s|am|can|may|you|go|ahead|and|so|yes|"
    r"yep|yeah|"
    r"ok|okay|oh|just|finally|now|already|officially|successfully|actually|both|with|on|off|of|out|up|to|from|for|as|"
    r"in|"
    r"the|this|that|these|those|them|they|it|my|your|our|today's|yesterday's|list|lists|digest|mail|email|tasks?|"
    r"items?|"
    r"ones?|lines?|stuff|things?|mark|marked|consider|call|done|complete[d]?|closed|finished|today|yesterday|tonight|"
    r"earlier|this|morning|afternoon|evening|week|last|night|early|late|noon|lunch|ago|before|by|at|time|schedule|"
    r"please|pls|plz|thanks|thank|thx|ty|much|again|everyone|everybody|hi|hello|hey|good|great|news|happy|glad|say|"
    r"report|here|there|me|us|too|also|as|well|all|moment|right|of|day|monday|tuesday|wednesday|thursday|friday|above|"
    r"below|every|single|last|whole|entire|lot|bunch|batch|no|issues?|problems?|further|action|needed|nothing|left|"
    r"believe|not|believe|phew|whew|yay|woo|hoo|woohoo|finito|\d{1,2}(?::\d\d)?(?: ?[ap]m)?|"
    r"ya|esta|estan|quedo|quedaron|tod[oa]s?|l[oa]s?|el|de|del|mi|lista|tareas?|hoy|ayer|por|fin|ahora|gracias|favor|"
    r"hech[oa]s?|list[oa]s?|si|bien|muy|con|est[aeo]s?|manana|tarde|noche|y|lo|cosas?|se|fue"
    r")(?!\w))*"
)
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
    left = re.sub(r"[a-z]+(?:'s)?", lambda match: " " if match[0].removesuffix("'s") in names else match[0], plain)
    return _SAYS_NO_MORE.fullmatch(left) is None


def spares(plain: str) -> bool:
    """Return whether words speak of the whole list, and take something out of it."""
    return _LIST_NAMED.search(plain) is not None and _SPARES.search(plain) is not None
