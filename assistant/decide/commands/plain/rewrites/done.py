"""Turns of phrase that say a task is done, in both languages -> plain commands: "I was able to finish 3 and 4"."""

from __future__ import annotations

from assistant.decide.commands.plain.rewrites.cleared import put_cleared_plainly
from assistant.decide.commands.plain.turns import AT, BARE, LED, PLEASE, N, turned, turns

_I = r"(?:i |we |i've |we've |ive |i have |we have )"
_END = r"(?=[ ]*(?:[.!,;]|$)|(?: (?:today|yesterday|already|now|too|this morning|this afternoon|hoy|ayer|ya)\b))"
_EARLIER = r"(?: (?:today|yesterday|already|now|this morning|this afternoon))?(?=[ ]*(?:[.!,;]|$))"
_BEHIND = (
    r"(?=[ ]*(?:[.!,;]|$)| (?:hoy|ayer|ya|esta manana|esta tarde|temprano|anoche|y|pero|por fin|con|today|yesterday|"
    r"this morning)\b)"
)
_DONE = r"(?:done|finished|completed?|closed|handled|resolved|taken care of|wrapped up)"
_CLOSED = r"(?:closed|marked (?:as )?(?:done|complete)|checked off|ticked off)"
_SO = r"(?:(?:that's|that is|this is|these are|those are|they're|they are|it's)(?: now| finally)? )"
_THEY = r"(?:(?:these are|those are|they're|they are) (?:now |finally )?)"
_WHOLE_LIST = r"(?:the |my |this )?(?:whole|entire|full) (?:list|lot|batch|bunch)"
_HICE = (
    r"(?:hice|hicimos|termine|terminamos|complete|completamos|acabe|acabamos|resolvi|resolvimos|cerre|cerramos|"
    r"solucione|solucionamos|arregle|arreglamos|he (?:hecho|terminado|completado|acabado|resuelto|cerrado)|"
    r"acabo de (?:hacer|terminar|completar|acabar|resolver|cerrar))"
)
_SE_HIZO = r"(?:se (?:hizo|hicieron|completo|completaron|resolvio|resolvieron|termino|terminaron|cerro|cerraron))"
_HECHA = r"(?:hech[oa]s?|list[oa]s?|terminad[oa]s?|completad[oa]s?|acabad[oa]s?|cerrad[oa]s?|resuelt[oa]s?)"
_YA = r"(?:(?:ya|si|tambien|hoy|ayer|por fin)[ ,]+){0,2}"
# "La 7 quedó pendiente" and "quedó para mañana" say the contrary.
_NO_END = (
    r"(?! ?(?:a medias|a la mitad|en |de |por |para |mal|pendiente|sin |fuera|igual|corta|incomplet|abiert|trabad|"
    r"atorad|detenid|atras|sujet|como|muy|que |casi|lista? para|listos? para|listas? para|hech[oa]s? (?:un|a medias|"
    r"mal)))"
)
# "Did 3 last night and 4 first thing today": the verb is left out the second time.
_GONE = (
    r"(?:(?:late |early |first thing |just )?(?:yesterday|last ni(?:ght|te)|(?:earlier )?this (?:morning|afternoon|am)|"
    r"earlier(?: today)?|(?:an?|one|two|\d{1,2}) (?:hours?|minutes?|while) ago|ayer|anoche|esta manana|temprano)"
    r"(?: (?:morning|afternoon|evening|night|early|late|por la (?:tarde|manana|noche)))?)"
)
_GONE_OR_TODAY = rf"(?:{_GONE}|(?:first thing |early |just )?today|hoy(?: temprano| por la manana)?)"
_DID = (
    rf"{_I}?(?:already |just )?(?:did|finished|completed|closed(?: out)?|handled|resolved|took care of|wrapped up|"
    r"knocked out|sent|faxed|mailed|emailed|called|booked|scheduled|ordered|submitted|confirmed)"
)
_NO_MORE = r"(?=[ ]*(?:$|[.!,;](?!\d)))"

_FORMS = turns(
    (rf"{AT}({_DID} {N}) {_GONE_OR_TODAY},? (?:and|&) (?:then )?({N}) {_GONE_OR_TODAY}{_NO_MORE}", r"\1 and \2"),
    (rf"{AT}({_DID} {N}) {_GONE}, (?:then )?({N}) {_GONE}{_NO_MORE}", r"\1 and \2"),
    (
        (
            rf"({N})((?: (?:was|were|is|are|got))? {_DONE}) {_GONE_OR_TODAY},? (?:and|&) (?:then )?({N}) "
            rf"{_GONE_OR_TODAY}{_NO_MORE}"
        ),
        r"\1 and \3\2",
    ),
    (rf"{AT}({_YA}{_HICE} (?:con )?{N}) {_GONE_OR_TODAY},? y ({N}) {_GONE_OR_TODAY}{_NO_MORE}", r"\1 y \2"),
    (rf"{AT}({N}),? ya(?=[ ]*(?:$|[.!,;]))", r"\1 done"),
    (r"\blo del? (?:la |el )?(?=#?\d)", "la "),
    (r"\b(?:came and (?:went|left|gone)|come and gone|been and gone)\b", "came/went"),
    (r"\bd/c (?=(?:summar|instruction|paper|packet|plan|order|med|note|letter))", "discharge "),
    (r"\bf/u\b", "follow-up"),
    (r"(?<=[a-z])(?: ?[✓👍🎉🙂😀😊🙌🙏🌴😅😂😉😃😄😁💪✨👏🥳🤗🤞🌞☕])+(?=[ .!]*$)", ""),
    (
        (
            r"^[^\w§#]*(?:good news|great news|heads up|quick update|status update|update|news|buenas "
            r"noticias)\s*[:,!-]+ *"
        ),
        "",
    ),
    (
        (
            r"^[^\w§#]*(?:(?:please |kindly )?be advised|this is to (?:inform|advise|confirm)(?: you)?|"
            r"(?:just |i )*(?:wanted|want|am writing|writing) to (?:let you know|tell you|confirm)|"
            r"(?:just )?letting you know|(?:i am |i'm )?(?:pleased|happy) to (?:report|say|confirm|inform you)|"
            r"(?:le|les) (?:informo|aviso|confirmo)|(?:solo )?(?:queria|quiero) avisar(?:te|le|les)?)"
            r"(?: that| que)?[ ,:]+(?=[a-z#\d])"
        ),
        "",
    ),
    (rf"^[^\w§#]*(?:with respect to|with regards? to|in regards? to|concerning) ({N}) ?,", r"\1:"),
    (r"\bmay i ask (?=who|why|when|what|how|whether)", ""),
    (r"\b(is|are|it's|its|all) finish(?=[ .!,;]*$)", r"\1 finished"),
    (
        (
            rf"{AT}({_I}?(?:already |just )?)(turned|sent|handed|dropped|faxed|mailed|called|picked|filled) "
            r"(?:that|it|this|them|those) (in|off|out|over|up)\b"
        ),
        r"\1\2 \3 it",
    ),
    (r"\b(finish|finished|wrapped|wrap|closed|cleared|knocked) up (?=(?:with )?#?\d)", r"\1 "),
    (rf"{AT}(?:i'm |i am |im )?closing(?: out)? ({N}){_END}(?! (?:today|now|this))", r"close \1"),
    (
        (
            rf"{AT}{PLEASE}(?:check|tick|cross|knock|mark) (it|that|this|that one|this one|them|these|those) off"
            r"(?=[ .!,;]*$| (?:please|pls|now|my list|the list|for me))"
        ),
        r"mark \1 done",
    ),
    (
        rf"\b(?:check|tick|cross|knock) ({N}) off(?=[ .!]*$| (?:please|pls|now|my list|the list|for me))",
        r"mark \1 done",
    ),
    (rf"({N}) is a wrap\b", r"\1 is done"),
    (
        r"(?<=[a-z\d] )((?:[a-z]{2,}ed|sent|done|made|set))(?: (?:in|out|off|over|up))? \(([^()]{2,60})\)(?=[ .!;]*$)",
        r"\1, \2",
    ),
    (
        (rf"{AT}(?:can|could|may) ({N}) (?:(?:please |pls |kindly )be {_CLOSED}|be {_CLOSED} (?:please|pls)) ?\?"),
        r"close \1",
    ),
    (
        (
            rf"{AT}(?:{_SO}(?:everything|{_WHOLE_LIST}|all (?:of )?(?:them|these|those))|{_THEY}all|"
            rf"(?:all (?:of )?(?:these|those)|every (?:single )?(?:task|item|thing)|{_WHOLE_LIST})"
            rf"(?: (?:here|on (?:here|the list|my list|this list)))?(?:,? (?:is|are|got|now|all))*) {_DONE}{_EARLIER}"
        ),
        "all done",
    ),
    (
        (
            rf"{AT}{_I}?(?:just |finally |already )?(?:did|done|finished|completed|closed(?: out)?|cleared|got through|"
            rf"knocked out) (?:all (?:of )?(?:these|those)|{_WHOLE_LIST}){_EARLIER}"
        ),
        "all done",
    ),
    (
        (
            r"\b(?:everything|all|numbers|tasks|items|todo|todas)(?: (?:from|between|de|del|de la))? #?(\d{1,6}) "
            r"(?:to|through|thru|al?|hasta)(?: la| el)? #?(\d{1,6})\b(?=\s*(?:is|are|:|=|all|done|can|have|estan|ya|"
            r"quedaron)\b"
            r"|\s*[:=])"
        ),
        r"\1-\2",
    ),
    (r"\b(?:everything|all|todo) (?=#?\d{1,6}-#?\d)", ""),
    (rf"\bthat'?s ({N}) off (?:the|my) list", r"\1 is done"),
    (rf"\bthat'?s a done (?:for|on) ({N})", r"\1 is done"),
    (r",? (?:and )?as (?:is|are|was|were|did) (?=(?:the )?#?\d)", ", same for "),
    (
        (
            rf"{AT}{_I}?(?:just |finally )?(?:(?:was|were) able to|(?:did )?managed? to|got to) "
            rf"(?:finish|complete|do|close|wrap up|get) ({N})"
            rf"(?: {_DONE}| out(?: the door)?| off(?: my (?:desk|plate))?)?"
            rf"(?: before (?:lunch|noon|the weekend|i left|leaving|the meeting|clinic))?{_END}"
        ),
        r"finished \1",
    ),
    (rf"{AT}(?:there'?s )?nothing (?:left|more|else|further) to do (?:on|for|with) ({N})(?=[ .!]*$)", r"\1 is done"),
    (
        (
            rf"{AT}{PLEASE}(?:we can|you can|you may|feel free to|let'?s) (?=(?:close|mark|check off|drop|cancel) "
            rf"(?:out "
            rf")?{N})"
        ),
        "",
    ),
    (rf"{AT}{_YA}{_HICE} (?:con )?{LED}({BARE}){_BEHIND}", r"done \1"),
    (rf"({N}),? {_YA}(?:(?:l[oa]s?|se) )?(?:{_HICE}|{_SE_HIZO}){_NO_END}(?=[ .!,;]|$)", r"\1 done"),
    (rf"{AT}{_YA}{_SE_HIZO} {LED}({BARE}){_BEHIND}", r"done \1"),
    (rf"{AT}{_YA}(?:quedo|quedaron|esta|estan) {_HECHA} {LED}({BARE}){_BEHIND}", r"done \1"),
    (rf"{AT}{_YA}(?:quedo|quedaron) {LED}({BARE}){_BEHIND}", r"done \1"),
    (rf"{AT}{_YA}{_HECHA} {LED}({BARE})(?=[ .!,;]|$)", r"done \1"),
    (rf"({N}),? si (?=(?:quedo|quedaron|esta|estan|la|lo|se)\b)", r"\1 "),
    (
        rf"{AT}{PLEASE}(?:cierra|cierre|cierren|cerrar|puedes cerrar|pueden cerrar|puede cerrar) ({N}){_END}",
        r"close \1",
    ),
    (rf"({N}),? (?:ya )?(?:l[oa]s? (?:puedes|pueden|puede) cerrar|cierral[oa]s?|cierrel[oa]s?)", r"\1 done"),
    (
        rf"{AT}{PLEASE}(?:pon|ponga|marca|marque|deja|deje|marcar|poner) ({N}) (?:como|por) {_HECHA}",
        r"mark \1 done",
    ),
    (rf"({N}),? (?:marcal[oa]s?|marquel[oa]s?|ponl[oa]s?|pongal[oa]s?) (?:como|por) {_HECHA}", r"\1 done"),
    (
        rf"\bdel? (?:la |el )?(#?\d{{1,6}}) (?:al?|hasta)(?: la| el)? (#?\d{{1,6}})[,:]? (?=(?:ya |estan )*{_HECHA})",
        r"\1-\2 ",
    ),
)


def put_endings_plainly(sentence: str) -> str:
    """Return the sentence with what it tells of finished numbers in plain commands.

    >>> put_endings_plainly("Ya hice la 3 y la 4")
    'done 3 y la 4'
    """
    return turned(put_cleared_plainly(sentence), _FORMS)
