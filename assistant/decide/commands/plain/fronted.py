"""A patient said to be done, and counted behind ("Boris is finished, both of them") -> the count in front."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.deeds import TOLD
from assistant.decide.commands.matching.meaning import names_of, words_of
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import STRONG

_COUNT = r"(?:two|three|four|five|six|[2-6]|dos|tres|cuatro|cinco)"
_BEHIND = re.compile(
    r"(?P<lead>\W*(?:(?:ok|okay|and|also|so|y|i'?m|i am|we're|just|done|finished|all done|all set)[ ,]+){0,3}"
    r"(?:with )?)"
    r"(?P<who>(?:(?:mrs?|ms|miss|dr|sra?|don|dona|la|el|the)\.? )*[a-z][a-z.'-]{1,24}(?: [a-z][a-z.'-]{1,24}){0,2}?)"
    rf"(?P<said>(?:'s)?(?: ?[:-]+)?(?: (?:is|are|was|were|has been|have been|now|all|already|ya|esta|estan))*"
    rf"(?: (?:{STRONG}|{TOLD.pattern}))?)"
    r"\s*[,;:(-]+\s*(?P<q>both|all|everything|each|ambas|ambos|las dos|los dos|tod[oa]s)"
    rf"(?P<n> {_COUNT})?(?: (?:of )?(?:them|it|those|these|hers?|his|theirs|ell[oa]s|tasks|items|things|tareas))*\)?"
    r"[\s.!]*"
)
_ENDED = re.compile(rf"(?<!\w)(?:{STRONG})(?!\w)")


def fronted(sentence: str, asked: ReplyContext) -> str:
    """Return "both of Boris's is finished" for "Boris is finished, both of them"; other sentences as they are."""
    match = _BEHIND.fullmatch(fold(sentence))
    if match is None or _ENDED.search(match["lead"] + match["said"]) is None:
        return sentence
    named = set(words_of(match["who"]))
    if not named or not any(named <= names_of(task) for task in asked.listed):
        return sentence
    lead, who, said = (sentence[slice(*match.span(name))] for name in ("lead", "who", "said"))
    count = "both" if match["q"] in {"ambas", "ambos", "las dos", "los dos"} else match["q"].replace("each", "all")
    said = re.sub(r"^'s ", " are ", said)
    return f"{lead}{count}{match['n'] or ''} of {who}'s{said.rstrip(' :-')}"
