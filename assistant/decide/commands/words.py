"""The words that make a command, in English and Spanish, folded; and those that cast doubt on "done"."""

from __future__ import annotations

import re
from typing import Literal

Doubt = Literal["question", "negated", "condition", "future", "hedge"]

STRONG = (
    r"(?:all )?(?:done|dun|finshed|finised|compelted|comleted|complted|squared away|doen|dnoe|odne|"
    r"finished|completed?|closed(?: out)?|sorted(?: out)?|resolved|handled|"
    r"taken care of|took care of|took care|wrapped(?: up)?|knocked out|all set|dealt with|fixed|"
    r"ticked off|checked off|crossed off|✓|"
    r"hech[oa]s?|list[oa]s?|terminad[oa]s?|termine|completad[oa]s?|acabad[oa]s?|cerrad[oa]s?|resuelt[oa]s?|"
    r"solucionad[oa]s?|arreglad[oa]s?|quedo|quedaron|se hizo|se hicieron|quedo list[oa]|"
    r"quedaron list[oa]s|ya esta|ya estan|"
    r"did (?:it|"
    r"that|this|them)|l[oa] hice|finito|in the bag|put to bed)"
)
"""Say of anything that it is done."""
EARLIER = (
    r"(?: (?:yesterday|today|earlier|already|just now|this morning|this afternoon|last night|"
    r"(?:a|an|one|two|few|\d{1,2})(?: few)? (?:minutes?|mins?|hours?|while) ago|(?:at|around) \d{1,2}(?::\d\d)?"
    r"(?: ?[ap]m)?|ayer|hoy|esta manana|anoche|hace (?:un rato|rato)|temprano|here|on (?:my|our|this) end))"
)
"""When something was done that has been done."""
SAYS_DONE = re.compile(rf"(?<!\w)(?:{STRONG})(?!\w)")

CLOSE = (
    r"(?:close|tick|tick off|check off|cross off|mark|marked|did(?= §)|complete|clear|cierra|cierre|"
    r"cerrar|marca|marcar)"
)
"""Bid us to close something."""

DROP = (
    r"(?:drop|remove|delete|cancel|scrap|kill|discard|forget(?: about)?|trash|dismiss|get rid of|take off|ditch|"
    r"(?:please )?stop (?:(?:e?mail|remind)ing me (?:about|of)|asking (?:me )?about|bugging me about|chasing)|"
    r"elimina|eliminar|borra|borrar|cancela|cancelar|descarta|descartar|quita|quitar|(?:cancela|"
    r"borra|quita|elimina)l[oa]s?|olvida)"
)
DROPPED = (
    r"(?:cancell?ed(?! (?:his|her|the|an?|their|our|my|its|on (?:her|him|us|me|them))\b)|"
    r"dropped(?! (?:off\b(?! (?:of )?(?:the|my|our) list)|by|in|out|at|over|her|him|them|us|me|the|an?|his|their|our|"
    r"my|"
    r"(?:mr|mrs|ms|dr|pt|patient)\b))|called off|no longer (?:needed|necessary|applies|relevant|required)|"
    r"not needed(?: any ?more)?|"
    r"not necessary|not tasks|no task|(?:isn'?t|aren'?t|wasn'?t) (?:needed|necessary|required)(?: any ?more| now)?|"
    r"(?:not|isn'?t|wasn'?t|aren'?t) (?:really |actually |even )?an? (?:real |actual )?task|not for us|moot|obsolete|"
    r"n/a|not applicable|spam|void|duplicate|dup|dupe|a (?:duplicate|dup|dupe)|same (?:as|thing as)|"
    r"cancelad[oa]s?|(?:se )?cancelo|(?:se )?cancelaron|ya no (?:hace falta|es necesari[oa]|aplica)|"
    r"no es (?:una )?tarea|duplicad[oa]|"
    r"cancel|drop|remove|delete|scrap|"
    r"(?:cancela|borra|quita|elimina)l[oa]s?)"
)
SNOOZE = (
    r"(?:snooze|remind me(?: again)?(?: about| of| on)?|ping me(?: about| on)?|nudge me(?: about| on)?|"
    r"(?:do not|dont|don't) (?:bug|remind|ping|ask|bother|nag) me (?:about|on|of|with)|hide|mute|"
    r"park|sleep|hold(?: off)?(?: on)?|"
    r"ask me (?:again )?about|(?:come|get) back to me (?:on|about|with)|show me again|pospon|posponer|posponga|"
    r"posponl[oa]s?|recuerdame(?:l[oa]s?)?|avisame(?:l[oa]s?)?(?: de)?|silencia)"
)
MOVE = (
    r"(?:put off|put back|move back|push back|push out|deadline|due date|need|due|move|push|change|"
    r"extend|reschedule|bump|shift|delay|postpone|defer|make|set|put|kick|"
    r"pasa|pasar|mueve|mover|cambia|cambiar|aplaza|aplazar|vence|fecha)"
)
GIVE = r"(?:give|assign|reassign|hand|hand over|hand off|transfer|delegate|asigna|asignar|da|dar|dale|reasigna|encarga)"
HAND_ON = r"(?:move|pass|send|forward|shift|switch|put|turn over|pasa|pasar|mueve|manda|to)"
"""May go with a person or with a day."""
REOPEN = r"(?:reopen|re-open|open again|unclose|restore|bring back|put back|undrop|reabre|reabrir|abre de nuevo)"

PRONOUN = (
    r"(?:that one|this one|these ones|those ones|the task|this task|it|that|this|them|those|these|"
    r"eso|esto|esa|ese|esta|"
    r"este|lo|la)"
)
ALL = (
    r"(?:all(?: of)?(?: (?:them|these|those|the (?:tasks|items|above|list)|tasks|items|of it))?|"
    r"everything(?: on (?:the|this|my) list)?|"
    r"every(?: (?:last|single))? ?one(?: of (?:them|these|those))?|the (?:whole |entire )?(?:lot|list|bunch|batch)|"
    r"the whole thing|all of the above|"
    r"tod[oa]s?(?: ell[oa]s)?(?: l[oa]s (?:tareas|demas))?)"
)
REST = (
    r"(?:(?:all |everything )?(?:the )?(?:rest|others|other ones|remaining(?: ones)?)(?: of (?:them|"
    r"these|those|it|the list))?|"
    r"everything else|all else|el resto|l[oa]s demas|lo demas|l[oa]s otr[oa]s)"
)
EXCEPT = (
    r"(?:except(?: for)?|but(?: not)?|besides|other than|apart from|aside from|minus|save(?: for)?|excluding|"
    r"with the exception of|with exception of|leaving out|not counting|not including|"
    r"not|excepto|menos|salvo|(?:a|con) (?:la )?excepcion de|fuera de|aparte de|quitando|sin contar)"
)

LEAD = re.compile(
    r"(?:(?:(?:ok|okay|fine|safe) to|asi que|por eso|entonces|please|pls|plz|kindly|ok|okay|so|and|also|then|yes|"
    r"yep|yeah|yup|hi|hello|hey|now|"
    r"(?:can|could|would|will) (?:you|we)|you can|lets|let's|go ahead and|oh|btw|"
    r"(?:just|simply)(?= (?:drop|remove|delete|cancel|scrap|discard|dismiss|forget|push|move|bump|postpone|snooze|give|"
    r"assign|reassign|transfer|close|mark|reopen)\b)|"
    r"por favor|tambien|y|si(?! (?:el|la|los|las|lo|no|ya|se|le|me)\b)|hola|puedes|podrias|favor de)\b[\s,:]*|(?:fyi|"
    r"update)\s*[:,-]+\s*|[-*\s.,:;!]+)"
)
COURTESY = re.compile(
    r"[\s,.;:!-]*(?:\b(?:please|pls|plz|thanks|thank you|thx|thanx|ty|tia|cheers|por favor|gracias|"
    r"porfa)\b)?[\s,.;:!-]*$"
)
_ONLY_COURTESY = re.compile(
    r"(?:\b(?:thanks|thank you|thx|ty|this is|really|very|so|much|helpful|great|good|nice|ok|okay|"
    r"got it|gotcha|noted|sounds|perfect|"
    r"appreciate|appreciated|it|i|you|for|the|digest|list|reminder|morning|afternoon|hi|hello|hey|"
    r"all|team|everyone|a lot|"
    r"love|this|awesome|cool|yes|no worries|will|do|received|understood|seen|copy that|roger|please|"
    r"again|work|job|well done|well|"
    r"have a|day|weekend|gracias|muchas|muy|bien|buenos|buenas|dias|tardes|recibido|enterad[oa]|vale|"
    r"de|acuerdo|perfecto)\b|[\s,.!;:'👍🙏😊🙂❤️👌-])+"
)

_SIGNED = re.compile(r"(?:many )?(?:thanks|thank you|thx|best|regards|cheers|gracias|saludos)\b[^§?\d]{0,30}")
_QUESTION = re.compile(
    r"(?:who|whose|whos|who's|what(?! an? )|what's|whats|when|where|why|which|how|does|do we|do i|have (?:we|you|i)|"
    r"should(?! (?:go|arrive|come|land|happen)\b)|am i|quien|que (?:es|"
    r"era|hay|pasa|paso|significa|falta|tengo|quiere)|cuando|cual|como|"
    r"por que|de quien|donde)\b|"
    r"(?:is|are|was|were|has)\b(?!\s+(?:all|already|now|just|not|been|finally|both|§*\s*$|"
    rf"{STRONG}|sent|faxed|booked|called|submitted|signed|ordered|scheduled)(?!\w))|"
    r"did\b(?!\s+(?:it|that|this|them|both|all|§+)(?:[\s.!]*$|\s+(?:today|yesterday|already|too|also|"
    r"earlier|just now|at \d|an? (?:hour|minute|while) ago|\d+ (?:hours?|minutes?|mins?) ago|"
    r"this (?:morning|afternoon)|last night)))|"
    r".{0,40}\b(?:not sure|wondering|do you know) (?:if|whether|what|who|why)\b|"
    r"(?:please |kindly |pls )?(?:confirm|clarify|advise|tell me|remind me) (?:if|whether|who|when|what|which)\b"
)
_NEGATED = re.compile(
    r"\b(?:not|never|isn'?t|ain'?t|wasn'?t|aren'?t|weren'?t|hasn'?t|haven'?t|hadn'?t|didn'?t|"
    r"doesn'?t|don'?t|can'?t|cannot|couldn'?t|"
    r"won'?t|shouldn'?t|wouldn'?t|nobody|no one|none|nothing|neither|nor|without|barely|hardly|"
    r"unable|fail(?:ed|s)?|unfinished|undone|"
    r"incomplete|reject(?:ed|s)?|bounced|no|nope|nunca|tampoco|sin|faltan?|aun|todavia|nada)\b"
)
_CONDITION = re.compile(
    r"\b(?:except|exception|excepcion|aside from|excluding|besides|other than|apart from|but|if|when|once|unless|"
    r"until|till|after|as soon as|"
    r"provided|assuming|or|pero|cuando|si (?=el |la |los |las |lo |ya |se |le |me )|"
    r"salvo|excepto|menos|hasta|by (?:accident|mistake)|"
    r"accidentally|(?:do|send|fax|call) (?:it|them) again|redo|"
    r"last (?:year|month|time)|in error|too (?:soon|early)|despues|however|"
    r"though|although|only|just need|still|yet|instead|"
    r"wait|oops|actually|scratch|wrong|mistake|equivocad[oa]s?|(?:another|otr[oa]) (?:patient|person|paciente|persona)|"
    r"it (?:came|bounced|got sent|was sent|was kicked) back(?! (?:approved|signed|clean|negative|normal|fine|ok|"
    r"complete))|"
    r"almost|needs?|missing|missed|waiting|pending|half|solo|espera|for (?:today|the day|now|tonight|"
    r"the moment|a while|the week))\b|"
    # "Close it on thursday" is no command for today.
    r"\b(?:close|mark|drop|cancel|check|cross|cierra|borra)\b[^,;.]{0,40}?\s(?:on|next|this coming|el|"
    r"para el) (?:(?:next|this|the) )?"
    r"(?:mon|tue|wed|thu|fri|sat|sun|\d|lunes|martes|miercoles|jueves|viernes|week|month)[a-z]{0,6}\b|"
    # "Done on thursday" may be the last one or the next.
    r"\b(?:done|finished|completed|closed|hech[oa]|list[oa]) (?:(?:on|this|by|el|este) )?"
    r"(?:mon|tue|wed|thu|fri|sat|sun|lunes|martes|miercoles|jueves|viernes|sabado|domingo)[a-z]{0,6}(?![\w])"
)
_FUTURE = re.compile(
    r"\b(?:will|'ll|ill|gonna|going to|should|shoud|would|could|might|may|must|can be|can get|to be|to have|to get|"
    r"have to|has to|get(?:s|ting)?|be|need(?:s|ed)?|"
    r"wants?|wanted|wish|like|plan(?:s|ning)?|soon|tomorrow|later|tonight|next|by (?:\d|§|noon|eod|"
    r"cob|the|end|next|tomorrow|tonight|then|mon|tue|wed|thu|fri|sat|sun|morning|close|lunch|today|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|before|eod|cob|due|let me|"
    r"aim(?:ing)? to|promise|"
    r"voy a|va a|vamos a|quedara|(?<!esta )manana|sera|estara|debe|deberia|tiene que|tengo que|"
    r"para (?=(?:manana|hoy|pasado|entonces|cuando|que|el (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|"
    r"\d|fin)|"
    r"la (?:proxima|semana|tarde|noche)|las \d)))\b|'(?:ll|d)\b"
)
_AHEAD = re.compile(
    r"(?:\b(?:is|are|am|esta|estan)\b|'s|^)[\s§:,-]*(?:(?:all|only|just|now|again|first) )*"
    r"(?:back|in|here|out|ready|available|there|home|over|up|free|lista?|listos|listas|aqui|de vuelta)(?: again| here)?"
    r" (?:(?:on|next|this|this coming|el|este) )*"
    r"(?:mon|tue|wed|thu|fri|sat|sun|lunes|martes|miercoles|jueves|viernes|sabado|domingo)[a-z]{0,6}(?![\w'])"
)
"""The report is back on Friday: it is not yet."""
_HEDGE = re.compile(
    r"\b(?:tentative(?:ly)?|provisional(?:ly)?|pencill?ed|"
    r"almost|nearly|mostly|half(?:way)?|partial(?:ly)?|partly|partway|kinda|sorta|sort of|"
    r"kind of|think|thought|believe|guess|assume|suppose|"
    r"(?:pretty|fairly|quite|almost|not|half) sure|maybe|perhaps|probably|possibly|supposed(?:ly)?|apparently|"
    r"allegedly|hopefully|hope|hoping|"
    r"pretty much|basically|just about|practically|"
    r"as good as|more or less|looks?|seems?|appears?|sounds|close to|being|in progress|working|"
    r"start(?:ed|ing)?|pending|"
    r"wait(?:ing|s)?|awaiting|tried|tries|trying|try|attempt(?:ed|ing)?|left (?:a )?(?:vm|msg|"
    r"message|voice ?mail|word)|voice ?mail|vm|lvm|no answer|"
    r"busy|on hold|called (?:twice|again|\d+)|says?|said(?! yes\b)|told|claims? (?:it|that|to)|reported(?:ly)?|"
    r"heard|doing|"
    r"according to|rumou?r|word is|segun|in the works|ongoing|some of|part of|one of|two of|"
    r"done[ -]?ish\b|my (?:foot|eye)\b|done with (?:page|part|half|section|phase|step|round) |a medias|"
    r"a la mitad|list[oa]s? para(?! cerrar)|mal|"
    r"qued(?:o|aron|amos|e) (?:de|sin|igual|corta|incomplet[oa]s?|abiert[oa]s?|trabad[oa]s?|detenid[oa]s?|"
    r"por (?:confirmar|firmar|enviar|mandar|ver|hacer|definir)|(?:rechazad|negad|denegad|suspendid|pospuest|perdid|"
    r"aplazad|cancelad|debid)[oa]s?|en (?:revision|pausa|tramite|veremos|que|de|borrador|"
    r"duda))|"
    r"supuestamente|casi|creo|quizas?|tal vez|parece|medio|dice|dijo|dicen|pendientes?|en proceso|"
    r"trabajando|esperando|(?:en|a la) espera|sigo|sigue|siguen|por llegar|"
    r"yeah right|whatever|as if|totally)\b|[🙃🙄😒🤔🤷]|\d ?%|~|\"[a-z ]{2,12}\"|(?<!\w)'[a-z ]{2,12}'(?!\w)"
)
# "done, no issues" says no more than "done".
_HARMLESS = re.compile(
    r"\b(?:(?:no|not an?|without(?: any)?|sin|ningun) (?:issues?|problems?|complaints?|"
    r"complications?|changes?|trouble|copay|questions?|biggie|rush|problema)|"
    r"(?:took|needed|after|on) (?:me |us |the )?(?:\d{1,2}|two|three|four|five|a few|several|a couple of|second|third|"
    r"many) (?:tries|try|attempts?|calls|times|trips|faxes)|nothing (?:is )?(?:left|open|outstanding)|"
    r"(?:\d{1,6}|there|reachable|available|around|home) if (?:needed|necessary|anyone asks|"
    r"you (?:need|want) (?:it|him|her|them|anything))|in case of questions|"
    r"no (?:further|more) (?:action|steps?)(?: needed| required)?|nothing (?:else|more|further) (?:needed|to do)|"
    r"(?:through|thru|in|since|early|late|mid|of|this) may(?! (?:be|have|need|not|still)\b)|may \d{1,2}(?:st|nd|rd|"
    r"th)?|"
    r"\d[\d./:]*(?:st|nd|rd|th)? ?(?:mg|mcg|ml|cc|g|kg|units?|[ap]m|%)?,? (?:and )?not (?:the )?\d[\d./:]*|"
    r"(?:don't|dont) worry|no worries|before (?:i|we) (?:left|went)(?: (?:home|out|away|on leave))?|"
    r"(?:call|text|e-?mail|ping|ask|tell|let) (?:me|us)(?: know)? if (?:you|they|she|he|there|any)[a-z ']{0,40}|"
    r"no need to [a-z ]{1,30})\b"
)
_TAKES_BACK = re.compile(
    r"(?:(?:actually|well|hmm|or)[, ]+)?(?:(?:maybe|perhaps|probably|actually|or) not\b|jk\b|j/k|(?:just )?kidding|"
    r"not really\b|"
    r"on second thoughts?|es broma)|"
    r"(?:oops|(?:oh )?(?:no|wait|hold on|sorry|hang on)[, ]+(?:no|wait|wrong|not|i meant?|scratch|"
    r"leave|don't|dont|ignore|actually)\b|scratch that|strike that(?! (?:as|off)\b)|"
    r"never ?mind|nvm|forget (?:that|it|what i said)|ignore (?:that|the last|my last)|i take (?:that|it) back|"
    r"leave (?:§+|it|that|them) (?:as (?:it )?is|open|alone|as they are)|leave (?:it|that|them)[\s.!]*$|"
    r"wait,? not (?:§+|that)|my (?:mistake|bad)|"
    r"espera,? no|olvidalo|no,? espera)\b"
)


def doubt(plain: str) -> Doubt | None:
    """Return what speaks against taking a clause's "done" at its word; None: nothing does.

    >>> [doubt(words) for words in ("done", "not done", "will be done then", "done, no issues", "done once it goes")]
    [None, 'negated', 'future', None, 'condition']
    """
    words = _HARMLESS.sub(" ", plain)
    if "?" in words or _QUESTION.match(words.lstrip(" ¿")):
        return "question"
    if _HEDGE.search(words):
        return "hedge"
    if _NEGATED.search(words):
        return "negated"
    if _CONDITION.search(words):
        return "condition"
    if _FUTURE.search(words) or is_ahead(words):
        return "future"
    return None


def is_ahead(plain: str) -> bool:
    """Return whether what a clause tells in the present is told of a weekday: it may be the next one.

    >>> [is_ahead(words) for words in ("the report is back on friday", "the report came back on friday")]
    [True, False]
    """
    return _AHEAD.search(plain) is not None


def doubt_in_remark(plain: str) -> Doubt | None:
    """Return what in the words after a plain "done" speaks against it; a plan for later does not."""
    found = doubt(plain)
    return None if found == "future" else found


def is_question(plain: str) -> bool:
    return plain.rstrip(" !").endswith("?") or _QUESTION.match(plain.lstrip(" ¿")) is not None


def takes_back(plain: str) -> bool:
    """True for words that take back what was said just before."""
    return _TAKES_BACK.search(plain) is not None


def is_courtesy(plain: str) -> bool:
    """True for thanks and greetings, which ask for nothing."""
    return _ONLY_COURTESY.fullmatch(plain) is not None or _SIGNED.fullmatch(plain) is not None
