"""Few words behind a "done" -> whether they leave it in doubt: "I think", "if Ruth signs", "signature missing"."""

from __future__ import annotations

import re

_FIRST = (
    r"(?:(?:and|but|so|or|well|then|though|lol|haha|ha|hm+|um+|ok|okay|only|just|at least|or rather|to be (?:honest|"
    r"fair)|"
    r"tbh|honestly|sadly|pero|y|o|bueno|jaja|pues|aunque|al menos|la verdad)\b[\s,.!-]*){0,3}"
)
_LAST = (
    r"(?:[\s,]+(?:so|though|anyway|lol|haha|tbh|honestly|either|at least|at all|at the moment|right now|for now|"
    r"for sure|"
    r"yet|any ?more|yo|jaja|aun|todavia|por ahora|la verdad|que digamos))?"
)
UNSURE = (
    r"(?:presum(?:ably|edly)|theoretically|conceivably|fingers (?:are )?crossed|(?:touch|knock on|knocking on) wood|"
    r"in (?:theory|principle)|on paper|in (?:my|your|their|his|her) dreams|(?:so )?i hear|"
    r"iirc|afaik|as far as i (?:know|can tell|remember)|to (?:the best of )?my knowledge|if memory serves|"
    r"if i (?:remember|recall)(?: it)?(?: right(?:ly)?| correctly)?|"
    r"tbc|tbd|unconfirmed|unverified|in part(?! \d)|for the most part|i wish|"
    r"supongo|(?:me )?imagino|probablemente|posiblemente|seguramente|a lo mejor|ojala|"
    r"espero(?! que (?:est[ea]|todo|tenga|pase|le|te)\b)|dios mediante|si dios quiere|primero dios|"
    r"en (?:teoria|principio|mis suenos|parte)|al parecer|di(?:z|s)que|parcialmente|(?:por|a) confirmar|"
    r"(?:por )?la mitad|(?:es )?mentira|que va|ni de broma|ni en suenos)"
)
"""Says anywhere in a clause that its writer only believes it, or that it holds in part."""
HANGS = (
    r"(?:subject to|contingent (?:up)?on|conditional (?:up)?on|depend(?:s|ing|ent)? (?:up)?on|barring|on condition|"
    r"(?:so|as) long as|(?:minus|bar|less|save for) (?:the|an?|his|her|their|one|two|its)|"
    r"(?:is |are |still |it'?s )?(?:outstanding|to follow)(?=[\s.!)]*$)|for (?:somebody|someone) else|"
    r"1/2 (?:done|finished|completed?)|(?:done|finished|completed?|hech[oa]s?) 1/2|"
    r"sujet[oa]s? a|depend(?:e|iendo) (?:del?|si)|en cuanto|tan pronto|apenas|con tal (?:de )?que|siempre (?:y cuando|"
    r"que)|"
    r"a condicion de|a reserva de|en caso de|una vez que|por (?:error|equivocacion)|"
    r"(?:done|ok|[a-z]{2,12}[ai]d[oa]s?|hech[oa]s?|list[oa]s?|quedo|quedaron|ya esta)[\s,;(-]+(?:solo )?si "
    r"(?!(?:gracias|por favor|senora?|claro|porfa|todo|bien)\b)(?=[a-z]))"
)
"""Says that it hangs on something, or that something is left out of it."""
AHEAD = (
    r"(?:very )?(?:soon|shortly|later|in (?:an?|one|a few|half an|\d{1,2}) (?:bit|little|while|sec|second|moment|"
    r"minutes?|"
    r"mins?|hours?|hrs?|days?)|pronto|en (?:un (?:rato|ratito|momento|minuto|par de horas)|una hora|unos minutos)|"
    r"mas tarde|al rato)"
)
"""A time that is still to come."""
_TIME = re.compile(
    rf"(?:{AHEAD}|(?:para |el |por )?manana|tomorrow|tonight|next (?:week|month)|by (?:noon|eod|cob|tonight|tomorrow|"
    r"then|lunch|the end of (?:the )?(?:day|week)|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}|"
    r"\d{1,2}(?::\d\d)?(?: ?[ap]m)?)|"
    r"(?:later|sometime|first thing|early|late) (?:today|tonight|tomorrow|this (?:week|afternoon|morning|evening)|"
    r"next week|"
    r"(?:mon|tue|wed|thu|fri)[a-z]{0,6})|(?:la )?(?:proxima semana|semana que (?:viene|entra))|"
    r"para (?:manana|hoy|el \w+))"
)
_TAG = re.compile(
    r"[\s¿]*(?:(?:that|it|that's|it's|thats|is that|is it) )?(?:right|correct|yes|yeah|no|ok|okay|true|agreed?|"
    r"is(?:n'?t| it not)? (?:it|that)|is it|are they|aren'?t they|"
    r"(?:is|was|were|are|did|has|have|had)(?:n'?t)? (?:it|that|i|we|he|she|they|you)|or is it|or not|or what|eh|huh|"
    r"you (?:think|sure|agree)|don'?t you think|verdad|cierto|si|o no|no es (?:cierto|asi|verdad)|"
    r"o que|cree[sn]?)\s*\?[\s?!]*"
)
_OF_ITS_WRITER = (
    r"(?:maybe|perhaps|probably|possibly|hopefully|supposedly|allegedly|apparently|reportedly|seemingly|almost|nearly|"
    r"mostly|partly|partially|half(?: ?way)?|kind of|kinda|sort of|sorta|more or less|basically|practically|"
    r"pretty much|"
    r"-?ish|or so|or not|or is it|not|no|nope|nah+|never|not (?:quite|really|exactly|entirely|fully|completely|yet|"
    r"all of it|"
    r"(?:so |too |that |very |entirely |totally |completely |100 ?% )?(?:sure|certain|positive|verified|confirmed))|"
    r"(?:just )?kidding|jk|psych|as if|yeah,? right|my (?:foot|eye)|\d{1,3} ?%|1/2|to be (?:confirmed|verified|"
    r"determined)|(?:i|we) (?:think|thought|believe|guess|suppose|assume|hope|imagine|reckon|wish|expect|figure|bet)|"
    r"(?:so |or so )?(?:i|they|he|she|people|we) (?:hear|heard|say|says|said|claims?|tells? me|told me|thinks?)|"
    r"(?:i )?(?:can'?t|cannot|can not|couldn'?t) (?:say|swear|tell|be sure|vouch|confirm|promise|"
    r"guarantee)[a-z ]{0,20}|"
    r"(?:i )?(?:don'?t|do not|dont) (?:know|think so|believe so|remember)|no idea|no clue|who knows|"
    r"don'?t quote me(?: on (?:that|this|it))?|"
    r"(?:that's |it's )?(?:a )?(?:lie|joke)|"
    r"quizas?|tal vez|casi|creo(?: que si)?(?: yo)?|me parece|mas o menos|supuestamente|(?:segun )?(?:dicen|dijeron)|"
    r"no (?:se|estoy segur[oa]|creo|me consta)|nunca|tampoco|para nada|es broma|a medias|al \d{1,3} ?%|"
    r"segun (?:ellos|el|ella|dicen))"
)
"""Says, standing alone, that its writer does not stand for it."""
_ALONE = re.compile(rf"{_FIRST}(?:{_OF_ITS_WRITER}|{UNSURE}|{AHEAD}|{_TIME.pattern}){_LAST}[\s.!)…]*")
_HANGING = re.compile(
    rf"{_FIRST}(?:{HANGS}|if|once|when|whenever|as soon as|assuming|provided|providing|unless|until|till|pending|"
    r"only (?:if|when|once)|in case|in error|by (?:mistake|accident)|si (?!gracias|claro|senor)[a-z]+ [a-z]+|cuando|"
    r"solo si|a menos que|segun)(?!\w)"
)
_LACKING = re.compile(
    rf"{_FIRST}(?:except(?:ing)?|apart from|aside from|other than|minus|bar|awaiting|(?:still )?waiting (?:on|for|to)|"
    r"still (?:needs?|missing|pending|awaiting|to|open|no|not)|needs? (?:an?|the|to|his|her|one|more|another|"
    r"[a-z]+ation)|"
    r"missing|lacks|lacking|without|(?:it'?s |for |to |on |in )?(?:the )?wrong|"
    r"not (?:sure|certain|verified|confirmed|signed|yet|really|quite|all)|never (?!mind)|nobody|no one|unsigned|"
    r"incomplete|"
    r"salvo|excepto|menos|falta|sin (?!problemas?|novedad|falta|cambios?|mas)|pendientes?|con la [a-z]+ pendiente|"
    r"del? (?:paciente )?equivocad[oa])(?!\w)"
)
_BUT = re.compile(
    r"(?:lol |haha |well |jaja |bueno )?(?:but|though|although|yet|however|pero|aunque)\b(?! (?:thanks|thank)\b)"
)
_THING_MISSING = re.compile(
    r"(?:(?:the|his|her|their|la|el|su|una?|one) )?[a-z]{3,15} (?:(?:is|are|still|esta|sigue|sin) )*(?:missing|pending|"
    r"outstanding|to follow|needed|required|unsigned|incomplete|pendiente|faltante|por confirmar|confirmar)[\s.!]*"
)
_SMOOTH = (
    r"(?:issues?|problem(?:a|as|s)?|trouble|complaints?|complications?|hitch(?:es)?|incident(?:e|es|s)?|delays?|drama|"
    r"novedad(?:es)?|contratiempos?|inconvenientes?|quejas?|cambios?|changes?)"
)
SMOOTHLY = re.compile(rf"\b(?:no|without|sin|ningun[oa]?)(?: (?:any|more|further|mas|ningun[oa]?))? {_SMOOTH}\b")
"""Says that nothing stood in the way."""
_OF_OTHERS = re.compile(
    rf"{SMOOTHLY.pattern}|"
    r"\b(?:rest|others?|remaining|another|anything|any|else|nothing|none|questions?|problems?|needed|necessary|"
    r"demas|resto|otr[oa]s?|algo|nada mas|cualquier|you (?:need|want|have|can|get)|let me|call me|tell me|"
    r"me (?:avisas?|dices)|avisame|tienes?|necesit[ae]s?|please|pls|por favor|thanks?|gracias)\b(?! patient)"
)
_LONGEST = 8
"""Words: more of them are a sentence of their own."""
_PARTS = re.compile(r"\s*(?:[,;:(]|\s-{1,3}(?=\s)|[.…](?=\s))\s*")


def leaves_doubt(plain: str, *, of_drop: bool = False) -> bool:
    """Return whether folded words that follow an end, and have no subject of their own, speak against it.

    What is wrong or missing speaks against a "done", but is the reason of a "drop".

    >>> [leaves_doubt(words) for words in ("i think", "if ruth signs", "right?", "thanks", "no issues")]
    [True, True, True, False, False]
    """
    words = plain.strip(" .!,;:()-…")
    if not words or len(words.split()) > _LONGEST:
        return False
    if _ALONE.fullmatch(words) or _TAG.fullmatch(plain.strip()):
        return True
    if "?" in words or _OF_OTHERS.search(words):
        return False
    if _HANGING.match(words) or of_drop:
        return _HANGING.match(words) is not None
    return any(form.match(words) for form in (_LACKING, _BUT)) or _THING_MISSING.fullmatch(words) is not None


def doubtful_tail(plain: str, *, of_drop: bool = False) -> str:
    """Return the part behind an end in one clause that leaves it in doubt; "" where there is none."""
    _, *others = _PARTS.split(plain)
    return next((one for one in others if leaves_doubt(one.rstrip(")"), of_drop=of_drop)), "")
