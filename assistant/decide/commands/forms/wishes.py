"""What a mail asks for in free words: help, the list, our mails again, a new task -> the command that it means."""

from __future__ import annotations

import re

from assistant.decide.commands.plain.turns import turned, turns
from assistant.decide.commands.reply import Verb
from assistant.decide.commands.wording.numbers import LIST

_END = r"(?:\s+(?:please|pls|thanks|now|again|por favor))*[\s?.!]*"
_MAILS = r"(?:e-?mails?|mails?|digests?|lists?|messages?|reminders?|updates?|summary|correos?|mensajes?|lista)"
_HELP = re.compile(
    r"(?:(?:hi|hello|hey|help|sorry|so|like|um|ok|but)\b[\s,.:;!-]*){0,4}(?:"
    r"(?:and |or )?what (?:exactly )?(?:do|can|should|would|must|am|are) (?:i|we|you) (?:even |supposed to |able to |"
    r"allowed to )?"
    r"(?:say|write|type|reply|answer|put|enter|send|text)\b[^§]{0,70}|"
    r"(?:what|which) (?:commands?|words|options|keywords|instructions)\b[^§]{0,40}|what are my (?:options|"
    r"choices)[^§]{0,20}|"
    r"(?:is there|do you have|got) an? (?:list of (?:commands|words|options)|cheat ?sheet|manual|guide|how-?to|"
    r"tutorial)[^§]{0,30}|"
    r"(?:can|could|would|will) (?:you|somebody|someone) (?:explain|show me|tell me|teach me|"
    r"walk me through) (?:how (?:this|it|to)|"
    r"what (?:i|to)|this|the (?:commands|system))\b[^§]{0,60}|(?:explain|tell me|show me) how (?:this|it|"
    r"to)\b[^§]{0,60}|"
    r"how (?:does|do|would|should|can) (?:this|it|i|we|you|one)\b(?! (?:reach|call|contact|get hold))[^§]{0,70}|"
    r"i(?:'m| am) new(?: here| to this)?|"
    r"que (?:le |te )?(?:puedo|tengo que|debo|hay que) (?:decir|escribir|poner|mandar|contestar)[^§]{0,40}|"
    r"como (?:funciona|se usa|uso|cierro|marco|hago para|le hago)\b(?! la )[^§]{0,40})" + _END
)
_LIST = re.compile(
    r"(?:(?:ok|so|and|hi|please|pls|can you|could you|will you|just)[\s,]+){0,3}(?:"
    r"what(?:'s|s| is)? (?:all|else|still) (?:(?:do i|am i|i|is|are|have i|there)\s+)*(?:still )?(?:have|got|there|"
    r"open|left|on my (?:list|"
    r"plate)|owe|due|pending|outstanding)?(?: (?:open|left|to do|today|for me|on my (?:list|plate)))*|"
    r"(?:remind|tell|show) me (?:of |again )?(?:what(?:'s| is| all| else)?|everything|all)(?: (?:that'?s|that is|i|"
    r"i'?ve|still|have|got|is))* "
    r"(?:open|left|pending|due|outstanding|have|on my (?:list|plate))(?: (?:open|left|to do|today|still|"
    r"on my (?:list|plate)))*|"
    r"(?:show|send|give) me (?:everything|all|(?:the|my|a) (?:(?:whole|full|entire|current|new) )?(?:list|thing))"
    r"(?: of)?(?: (?:what|everything|all|that'?s|that is|what'?s|is|i have|still))* ?"
    r"(?:open|left|pending|due|outstanding)?|"
    r"(?:(?:re)?send|show|give|get|e-?mail|mail|forward|list|pull up) (?:me )?(?:again )?"
    r"(?:(?:a copy of|all|of|what|everything|the|my|our|open|current|full|whole|outstanding|pending|remaining|latest|"
    r"updated) )*(?:(?:my|our) (?:list|tasks?|items|to-?dos|stuff|things)|(?:open|outstanding|pending|remaining) "
    r"(?:list|tasks|items|to-?dos|stuff|things|ones)|(?:what|everything) (?:i (?:still )?have|is|i've got) "
    r"(?:open|left|pending|outstanding))|"
    r"(?:my|the|our|all my) (?:open|outstanding|pending|remaining|current) (?:list|tasks|items|to-?dos)|"
    r"(?:mand|envi|muestr|ensen|reenvi)[ae](?:me)? (?:mis|mi|los|las|todos mis|la lista de) "
    r"(?:lista|tareas?|pendientes?|asuntos)(?: pendientes| abiert[oa]s)?|"
    r"(?:y )?que (?:mas |otra cosa |todo )?(?:tengo|me (?:falta|queda)|hay|queda|falta)(?: (?:pendiente|abierto|"
    r"por hacer|en mi lista|todavia))*"
    r")" + _END
)
_RESUME = re.compile(
    r"(?:(?:ok|okay|hi|hello|please|pls|now|so|you (?:can|may)|i'?m back|can you|could you|go ahead and|feel free to|"
    r"ya)[\s,.!]+){0,4}(?:"
    rf"(?:start|resume|restart|begin)(?=[^§]{{1,40}}\b(?:me|{_MAILS})\b)(?: (?:e-?mailing|sending|mailing|with|"
    rf"to (?:send|"
    rf"e-?mail)|me|my|the|those|these|daily|morning|getting|our|{_MAILS}|again|back))+|(?:resume|restart)|"
    rf"(?:i(?:'d| would) (?:like|love)|i want|i need|send me|give me|bring back|sign me back up for|put me back on|"
    rf"add me back to|"
    rf"turn)(?: (?:to|get|have|receive|getting|my|the|those|these|daily|morning|your|{_MAILS}))+(?: (?:again|back|"
    rf"back on|on again))+|"
    rf"(?:bring back|sign me back up for|put me back on|add me back to)(?: (?:the|my|your|those|daily|morning|"
    rf"{_MAILS}))+|"
    rf"(?:vuelv[ae]n?|volver|puedes?|pueden) (?:a )?(?:mandar|enviar)(?:me)?(?: (?:el|la|los|las|mi|mis|{_MAILS}|"
    rf"otra vez|de nuevo|"
    rf"de la manana))*)" + _END
)
WISHES: tuple[tuple[Verb, re.Pattern[str]], ...] = (("list", _LIST), ("resume", _RESUME), ("help", _HELP))

_AT_FIRST = (
    r"^[^\w§#]*(?:(?:please|pls|also|and|oh|ok|hi|hey|btw|can you|could you|would you|will you|por favor|tambien|"
    r"y)[ ,]+){0,4}"
)
_TOO = r"(?: (?:too|also|as well|please|pls|for me|down|now|if you can|tambien|por favor))*"
_DEED = (
    r"(?=(?:call|send|fax|e-?mail|order|book|schedule|get|ask|check|confirm|follow|renew|submit|find|pick|print|mail|"
    r"set up|update|"
    r"request|obtain|verify|arrange|prepare|write|draft|pay|buy|review|meet|talk|tell|let|bring|return|file|complete|"
    r"fill|make|"
    r"clean|chase|look|register|enroll|refill|replace|upload|scan|reach|touch base|remind|pedir|llamar|mandar|enviar|"
    r"agendar|"
    r"confirmar|buscar|revisar|conseguir|avisar)\b)(?![^.]*#\d)"
)
_DASH = r" ?(?:[:–—]| -+(?= )) *"
_FORMS = turns(
    (
        (
            rf"{_AT_FIRST}(?:put|add|place|stick|track|log|jot|write|keep|include|get) (?:this|that|these|one|"
            rf"another(?: one| task| item)?|"
            rf"one more|the following|something|(?:a|one) new (?:one|task|item))(?: one| task| item)?{_TOO}"
            rf"(?: (?:on|to|onto|in|into) (?:my|the|our) (?:list|plate|board|tasks|"
            rf"queue))?{_TOO}{_DASH}(?=[a-z])(?![^.]*#\d)"
        ),
        "new: ",
    ),
    (
        rf"{_AT_FIRST}(?:put|add|place|stick) (?:on|to|onto) (?:my|the|our) (?:list|plate|board){_TOO}{_DASH}(?=[a-z])",
        "new: ",
    ),
    (
        (
            rf"{_AT_FIRST}(?:(?:one|another|1)(?: more| other| last| new)?(?: thing| task| item| one| to-?do)?|"
            rf"also this|this too|"
            rf"something (?:new|else)|(?:i )?(?:also )?need to)(?: (?:for|on|to) (?:the|my) list)?{_TOO}{_DASH}{_DEED}"
        ),
        "new: ",
    ),
    (rf"{_AT_FIRST}(?:remember|note|log|hold me to)(?: (?:this|that|for me|down|one))+{_TOO}{_DASH}{_DEED}", "new: "),
    (
        (
            rf"{_AT_FIRST}(?:(?:don'?t|do not) let me forget|make (?:me )?a note(?: for me)?|help me remember|"
            rf"i (?:must|should)n'?t forget) to "
            rf"{_DEED}"
        ),
        "new: ",
    ),
    (
        (
            rf"{_AT_FIRST}(?:agreg[ae]|anad[ae]|apunt[ae]|pon|ponga|sum[ae])(?:me)? (?:esto|esta|este|otr[oa]|"
            rf"un[oa] mas|lo siguiente)"
            rf"(?: tarea| cosa| pendiente)?(?: (?:a|en) (?:mi|la) lista)?{_TOO}{_DASH}(?=[a-z])"
        ),
        "new: ",
    ),
    (rf"{_AT_FIRST}(?:un[oa]|otr[oa])(?: mas| cosa| cosa mas| tarea| pendiente)*{_DASH}{_DEED}", "new: "),
    # What a sentence is about, in formal words.
    (
        (
            rf"^[^\w§#]*(?:with (?:respect|regards?) to|in (?:regards?|reference|relation) to|concerning|in re|"
            rf"con respecto al?|"
            rf"referente al?) (?:the )?(?:item|task|number|no\.?|tarea)? ?({LIST}) ?[,:] "
        ),
        r"\1: ",
    ),
)


def put_wishes_plainly(sentence: str) -> str:
    """Return the sentence with a new task that it brings in free words as "new: ...".

    >>> put_wishes_plainly("Put this on my list too: renew the sticker by the 30th")
    'new: renew the sticker by the 30th'
    """
    return turned(sentence, _FORMS)
