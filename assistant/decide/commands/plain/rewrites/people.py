"""Turns of phrase that name who has a task -> "give 7 to Priya"; only where the name is a colleague's."""

from __future__ import annotations

import re

from assistant.decide.commands.plain.turns import AT, LONGEST, PLEASE, N
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.arguments import people_in
from assistant.decide.commands.wording.text import fold, plain_text

_NO_NAME = (
    r"(?:too|also|tambien|to|and|or|has|is|will|y|o|a|the|now|please|pls|instead|today|from|already|ahora|ya|por|off|"
    r"on|over|for|by|due|"
    r"since|because|as|so|but|pero|porque)\b"
)
_P = rf"(?P<p>[a-z][a-z-]{{1,20}}(?: (?!{_NO_NAME})[a-z][a-z-]{{1,20}})?)"
_THE = r"(?:the|my|her|his|la|el|las|los|lo del?) [a-z][a-z' -]{1,50}?"
_S = rf"(?P<s>{N}|{_THE})"
_NS = rf"(?P<s>{N})"
_FIRST = rf"{AT}(?<!\d y )(?<!\d and )(?:(?:fyi|so|ok|okay|also|and|then|yes|hi|btw|tambien|y)[ ,:]+){{0,2}}"
_END = (
    r"(?=(?: (?:now|too|as well|tambien|please|pls|instead|today|from here(?: on)?|from now on|going forward|already|"
    r"por favor|porfa|ahora|"
    r"ya))*(?:[ .!]*$|[,;]|\. | (?:and|y|since|because|as|so|due|by|but|pero|porque) ))"
)
_WORK = r"(?:take(?: care of| over)?|do|handle|have|cover|own|finish|work on|run with|pick up)"
_WORKED = (
    r"(?:handled|done|covered|actioned|dealt with|taken(?: care of| over)?|managed|worked on|owned|picked up|"
    r"finished up)"
)
_GIVEN = r"(?:(?:re)?assigned|given|handed|passed|transferred|delegated)(?: over| off| on| along)?"
_SHALL = (
    r"(?:may|can|should|shall|must|is to|are to|ought to|has to|have to|needs? to|will)(?: now| please| kindly)? be"
)
_GAVE = r"(?:gave|given|handed|passed|(?:re)?assigned|transferred|delegated|moved)"
_IT = r"(?:it|this|that|this one|that one)"
_HACE = (
    r"(?:hace|tiene|lleva|ve|toma|atiende|agarra|revisa|maneja|trae|va a (?:hacer|llevar|ver|tomar|atender)|"
    r"esta (?:haciendo|viendo|llevando)|hara|llevara|tomara)"
)
_DI = r"(?:di|dimos|pase|pasamos|asigne|asignamos|deje|dejamos|encargue|encargamos|turne)"
_DA = (
    r"(?:da|de|pasa|pase|asigna|asigne|deja|deje|encarga|encargue|turna|turne|transfiere|transfiera|traspasa|manda|"
    r"reasigna|reasigne)"
)
_OF_NUMBERS_OR_THINGS = (
    rf"(?:^|(?<=[,;.])|(?<=[,;.] )){_P} ?(?:: ?| -+ ){_NS}(?=[ ]*(?:[,;.]|$))",
    rf"{AT}{PLEASE}put {_P} on {_S}{_END}",
    rf"{AT}{PLEASE}put {_S} (?:on|under|with) {_P}(?:'s (?:list|plate|name|queue))?{_END}",
    rf"{AT}{_P} (?:has )?(?:volunteered|signed up) for {_NS}{_END}",
    rf"{_FIRST}{_NS} (?:is|are|will be|stays) (?:now )?with {_P}{_END}",
    (
        rf"{_FIRST}{_NS} (?:(?:is |are |should |shall |must )?(?:to )?be|is|are|will be|is going to be) (?:now )?"
        rf"(?:being )?{_WORKED} by {_P}{_END}"
    ),
    rf"{_FIRST}{_NS} (?:has been|have been|was|were|is|are|got)(?: now| already)? {_GIVEN} to {_P}{_END}",
    rf"{_FIRST}{_NS} {_SHALL} {_GIVEN} to {_P}{_END}",
    rf"{_FIRST}{_NS} (?:i|we) (?:just |already )?{_GAVE}(?: over| off| on| along)? to {_P}{_END}",
    rf"{AT}(?:i|we|i've|we've|i have|we have) (?:just |already )?{_GAVE} {_NS}(?: over| off| on| along)? to {_P}{_END}",
    (
        rf"{AT}(?:i'm|i am|we're|we are) (?:giving|handing|passing|(?:re)?assigning) {_S}(?: over| off| on| along)? to "
        rf"{_P}{_END}"
    ),
    rf"{AT}(?:i|we|i've|we've|i have)(?: just| already)? (?:asked|told|got) {_P} to {_WORK} {_S}{_END}",
    rf"{AT}{PLEASE}(?:change|make|set|switch|update) (?:the )?owner (?:of|for|on) {_S} (?:to|as) {_P}{_END}",
    rf"{AT}{PLEASE}make {_P} (?:the )?owner (?:of|for) {_S}{_END}",
    rf"{AT}(?:the )?(?:new )?owner (?:of|for) {_S} (?:is|=|should be)(?: now)? {_P}{_END}",
    rf"{_FIRST}{_NS}[ :,-]+(?:new )?owner(?: is|:|=| ->)? ?{_P}{_END}",
    rf"{_FIRST}{_NS} (?:belongs|goes|should go|is staying) (?:with|to) {_P}{_END}",
    rf"{_FIRST}{_NS} ?[:,-]+ ?(?:please )?(?:ask|have|get|let) {_P} (?:to )?{_WORK} {_IT}{_END}",
    rf"{_FIRST}{_NS} ?[:,-]+ ?{_P}(?:'s| is| are)? (?:on|doing|handling|taking|covering|working on) {_IT}{_END}",
    rf"{_FIRST}{_NS}[ :,-]+{_P}(?:'s| is| will be) (?:doing|handling|taking|covering)(?: care of)?(?: {_IT})?{_END}",
    rf"{AT}{PLEASE}(?:pass|hand|send|move) {_NS} (?:along|over|on|off) to {_P}{_END}",
    rf"{AT}(?:for|on|re) {_NS}[ ,:-]+(?:please )?(?:assign|give|hand|pass)(?: it| this)?(?: over)? to {_P}{_END}",
    (
        rf"{AT}(?:not mine|not me|wrong person)[ ,;:-]+{_NS} (?:should go|goes|belongs|is|needs to go) (?:to|with|for) "
        rf"{_P}{_END}"
    ),
    (
        rf"{_FIRST}{_NS} ?[:,-]* (?:is |are )?(?:not mine|isn'?t mine|(?:ya )?no es mi[oa]|no me toca|no me "
        rf"corresponde)[ "
        rf",;.-]+"
        rf"(?:it'?s|it is|es|le toca a|(?:it )?(?:should go|goes|belongs) to|es para|sino)(?: de| to)? "
        rf"{_P}(?:'s)?{_END}"
    ),
    rf"{AT}(?:can|could) {_NS} (?:go|be given|be assigned|be moved) to {_P}(?: instead| please| pls)*\?",
    rf"{AT}(?:can|could|would|will) {_P} (?:please )?{_WORK} {_NS}(?: over)?(?: instead| please| pls| for me|,)*\?",
    rf"{AT}{_P}(?: has)?(?: agreed| offered)? (?:will|to|can) take {_S} off my (?:hands|plate){_END}",
    rf"(?:^|(?<=[,;.] ))(?:a )?{_S} (?:ahora )?(?:es|son|va|queda|quedo) (?:ahora )?(?:de|con|para) {_P}{_END}",
    rf"{_FIRST}{_S} le (?:toca|corresponde) a {_P}{_END}",
    rf"{_FIRST}{_S},? (?:ya )?(?:l[oa]s?|se l[oa]s?) {_HACE} {_P}{_END}",
    rf"{AT}{_P} (?:ya )?(?:se va a encargar|se encargara|se encarga|se ocupa|se va a ocupar) del? {_S}{_END}",
    rf"{AT}{_P} {_HACE} {_S}{_END}",
    rf"{AT}que {_S} l[oa]s? (?:haga|vea|lleve|tome|atienda|revise) {_P}{_END}",
    rf"{_FIRST}{_S},? que l[oa]s? (?:haga|hagan|vea|lleve|tome|atienda|revise|termine) {_P}{_END}",
    rf"{AT}que l[oa]s? (?:haga|hagan|vea|lleve|tome|atienda|revise|termine) {_P},? {_NS}{_END}",
    rf"{AT}(?:ya )?le {_DI} {_S} a {_P}{_END}",
    rf"{_FIRST}{_S},? (?:ya )?se l[oa]s? (?:{_DI}|paso|dejo|doy|asigno|encargo) a {_P}{_END}",
    rf"{AT}{PLEASE}{_DA}(?:le)? {_S} a {_P}{_END}",
    rf"{AT}[¿ ]*(?:puede|podria) {_P} (?:tomar|hacer|ver|llevar|atender|encargarse de) {_S}(?: por favor)?\?",
    (
        rf"{AT}{_P},? ¿?(?:puedes|podrias|me ayudas a) (?:tomar|hacer|ver|llevar|atender|encargarte de) {_S}"
        rf"(?: por favor)?\?"
    ),
)
_OF_IT = (
    rf"{AT}{_P} is (?:handling|doing|taking|covering)(?: {_IT})?{_END}",
    rf"{AT}(?:ya )?l[oa] {_HACE} {_P}{_END}",
    rf"{AT}{_P} l[oa] {_HACE}{_END}",
    rf"{AT}le (?:toca|corresponde) a {_P}{_END}",
    rf"{AT}que l[oa] (?:haga|vea|lleve|tome|atienda) {_P}{_END}",
    rf"{AT}(?:it |this )?(?:belongs|goes|should go) (?:to|with) {_P}{_END}",
    rf"{AT}(?:ya )?se l[oa] {_DI} a {_P}{_END}",
    rf"{AT}(?:not mine|no es mi[oa]|no me toca)[ ,;.-]+(?:it'?s|es|le toca a|es de|goes to) (?:de )?{_P}(?:'s)?{_END}",
)
_FORMS = (
    *((re.compile(form), None) for form in _OF_NUMBERS_OR_THINGS),
    *((re.compile(form), "it") for form in _OF_IT),
)
_TURNED = re.compile(
    r"\b(?:not|never|no one|nobody|can'?t|cannot|won'?t|didn'?t|don'?t|doesn'?t|isn'?t|wasn'?t|if|unless|maybe|might|"
    r"may(?! (?:now |please |kindly )?be (?:re-?)?(?:assigned|given|handed|passed|transferred|delegated)\b)|"
    r"should i|wish|or|nunca|nadie|si|quizas?|tal vez|no (?!me toca|es mi[oa]|me corresponde))\b"
)
_NOT_MINE = re.compile(r"\b(?:not mine|not me|isn'?t mine)\b")


def put_people_plainly(sentence: str, asked: ReplyContext) -> str:
    """Return "give 7 to Priya" for "7 is with Priya now", in the midst of a sentence too; as it is for other names."""
    plain = fold(sentence)
    if len(sentence) > LONGEST or _TURNED.search(_NOT_MINE.sub(" ", plain)) is not None:
        return sentence
    for form, task in _FORMS:
        for match in reversed([one for one in form.finditer(plain) if _is_colleague(one["p"], asked)]):
            name = sentence[slice(*match.span("p"))]
            slot = task or sentence[slice(*match.span("s"))]
            sentence = f"{sentence[: match.start()]}give {slot} to {name}{sentence[match.end() :]}"
            plain = fold(sentence)
    return sentence


def _is_colleague(name: str, asked: ReplyContext) -> bool:
    """Return whether the words are a person's name, or the whole of its first or last part, and nobody's patient."""
    found = people_in(plain_text(name), asked.people)
    named = any(name == fold(one.name) or name in fold(one.name).split() for one in found)
    return named and not any(name in fold(task.patient or "").split() for task in asked.listed)
