"""Words that speak against taking "done" at its word: questions, negations, conditions, plans, hedges, bad results."""

from __future__ import annotations

import re
from typing import Literal

from assistant.decide.commands.wording.tails import AHEAD, HANGS, SMOOTHLY, UNSURE
from assistant.decide.commands.wording.words import STRONG

Doubt = Literal["question", "negated", "condition", "future", "hedge"]

SPOILED = re.compile(
    r"\b(?:double[- ]?booked|overbooked|fully booked|booked (?:up|solid|out|full)|"
    r"(?:all|every) (?:of )?(?:the |our |their )?[a-z]{3,15} (?:is|are) (?:all )?(?:booked|taken|reserved|full)|"
    r"(?:received|got) (?:an? |another )?(?:call|message|request|email|question|vm|"
    r"voicemail)|(?:sent|kicked|bounced) (?:it|that|this|them) back|(?:another|other|different|otr[oa]) "
    r"(?:patient|person|clinic|doctor|paciente|persona|clinica)(?:'s)?|denials?|called out|called in sick|"
    r"wrong|broken|blank|blurry|damaged|corrupt(?:ed)?|illegible|unreadable|"
    r"late|expired|den(?:y|ied|ial)|declin(?:ed|es)|refus(?:ed|es)|stuck|lost|"
    r"bad|short|ha?emolyzed|clotted|contaminated|insufficient|inconclusive|indeterminate|"
    r"fell (?:through|apart)|cancell?(?:ed|s)?|bumped|redo|resend|resent|re-?sent|again|second (?:request|time)|error|"
    r"incorrect(?:ly)?|mistake|sorry|ugh|again|requested|asked|asking|asks|request to|reminder|draft|copy to "
    r"sign|twice|"
    r"another|otra vez|mal|equivocad[oa]|negad[oa]|rechazad[oa]|cancelad[oa]|fuera de|back to|back for|undeliverable|"
    r"to (?:be|get|sign|review|call)|for (?:\w+ ){0,2}(?:signature|review|approval|correction)|some|partial|parte|"
    r"supposed|allegedly|yeah right|of course|as if|on order|"
    r"backorder(?:ed)?|"
    r"part|sending|someone else|whatever|sure)\b|['\"](?:approved|done|sent|booked|signed|fixed|scheduled|"
    r"ready)['\"]|\?"
)
"""A result that is none, or a bad one: "booked solid", "denied", "the wrong form"."""
_QUESTION = re.compile(
    r"(?:who|whose|whos|who's|what(?! an? )|what's|whats|when|where|why|which|how|does|do we|do i|have (?:we|you|i)|"
    r"should(?! (?:go|arrive|come|land|happen|have|be|get|hear|know|see|make|take|finish|receive|need|work|wrap|clear|"
    r"turn|reach|all|also|still|probably|finally|definitely|only|just|really)\b)|am i|quien|que (?:es|"
    r"era|hay|pasa|paso|significa|falta|tengo|quiere)|cuando|cual|como|"
    r"por que|de quien|donde)\b|"
    r"(?:is|are|was|were|has)\b(?!\s+(?:all|already|now|just|not|been|finally|both|§*\s*$|"
    rf"{STRONG}|sent|faxed|booked|called|submitted|signed|ordered|scheduled)(?!\w))|"
    r"did\b(?!\s+(?:it|that|this|them|both|all|§+)(?:[\s.!]*$|\s+(?:today|yesterday|already|too|also|"
    r"earlier|just now|at \d|an? (?:hour|minute|while) ago|\d+ (?:hours?|minutes?|mins?) ago|"
    r"this (?:morning|afternoon)|last (?:night|week)|"
    r"for [a-z]{2,15}(?=[\s.!]*$|[,;])|"
    r"(?:(?:on|last|back on) )?(?:\d{1,2}/\d|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b)"
    r"(?:/?\d{0,4})(?=[\s.!]*$|\s?[,;]| (?:and|y|with|w/|for|at) ))))|"
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
    r"(?:(?:only|just) )?(?:took|needed|after|on) (?:(?:me|us|the|only|just|about) ){0,2}(?:\d{1,2}|one|two|three|"
    r"four|five|a few|several|a couple of|second|third|many) (?:tries|try|attempts?|calls?|times|trips|faxes)|"
    r"nothing (?:is )?(?:left|open|outstanding)|"
    r"(?:\d{1,6}|there|reachable|available|around|home) if (?:needed|necessary|anyone asks|"
    r"you (?:need|want) (?:it|him|her|them|anything))|in case of questions|"
    r"no (?:further|more) (?:action|steps?)(?: needed| required)?|nothing (?:else|more|further) (?:needed|to do)|"
    r"(?:through|thru|in|since|early|late|mid|of|this) may(?! (?:be|have|need|not|still)\b)|may \d{1,2}(?:st|nd|rd|"
    r"th)?|"
    r"\d[\d./:]*(?:st|nd|rd|th)? ?(?:mg|mcg|ml|cc|g|kg|units?|[ap]m|%)?,? (?:and )?not (?:the )?\d[\d./:]*|"
    r"(?:confirmad|agendad|programad|reservad|apartad)[oa]s?(?: (?:el|la|los|las|un|una))?(?: [a-z]{3,}){0,2} para "
    r"(?=(?:el|la|las|los|hoy|manana)\b)|"
    r"(?:don't|dont) worry|no worries|before (?:i|we) (?:left|went)(?: (?:home|out|away|on leave))?|"
    r"(?:call|text|e-?mail|ping|ask|tell|let) (?:me|us)(?: know)? if (?:you|they|she|he|there|any)[a-z ']{0,40}|"
    r"no need to [a-z ]{1,30})\b"
)
# What is said of how things hang together, and of time.
_UNSURE = re.compile(rf"(?<!\w){UNSURE}(?!\w)")
_HANGS = re.compile(rf"(?<!\w){HANGS}")
_SOON = re.compile(rf"\b{AHEAD}(?!\w)")
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
    words = SMOOTHLY.sub(" ", _HARMLESS.sub(" ", plain))
    if "?" in words or _QUESTION.match(words.lstrip(" ¿")):
        return "question"
    if _HEDGE.search(words) or _UNSURE.search(words):
        return "hedge"
    if _NEGATED.search(words):
        return "negated"
    if _CONDITION.search(words) or _HANGS.search(words):
        return "condition"
    if _FUTURE.search(words) or _SOON.search(words) or is_ahead(words):
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
