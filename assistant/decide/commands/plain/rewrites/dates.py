"""Turns of phrase that move a day or put a task off -> plain commands: "the new deadline for 7 is Friday"."""

from __future__ import annotations

from assistant.decide.commands.plain.rewrites.contrasts import put_contrasts_plainly
from assistant.decide.commands.plain.rewrites.times import put_times_plainly
from assistant.decide.commands.plain.turns import AT, DAY, PLEASE, N, turned, turns

_DATE = r"(?:deadline|due date|target date|date|due|fecha(?: limite| de entrega)?|plazo|vencimiento)"
_NEW = r"(?:the |our |la |el |su )?(?:new |revised |updated |nueva |nuevo )?"
_SAID_NEW = r"(?:the |our |la |el |su )?(?:new |revised |updated |nueva |nuevo )"
_CHANGED = (
    r"(?:moved|changed|pushed|extended|bumped|postponed|delayed|reset|shifted|set|"
    r"cambio|movio|paso|extendio|aplazo|recorrio|cambiad[oa]|movid[oa]|extendid[oa]|aplazad[oa])"
)
_BE = (
    r"(?:(?:is|are|was|were|has been|have been|got|gets|now|just|should be|will be|needs to be|es|queda|quedo|sera|"
    r"fue|ahora|ya|se|ha sido|it's)[ ,]+)*"
)
_TO = r"(?:(?: ?[:=>-]+ ?)|(?:back|out|up|over|on|to|until|till|til|for|by|through|thru|al?|para|hasta|el|is|es)\b ?)*"
_OF = r"(?:for|on|of|with|de|para|del)"
_THE = r"(?:the|my|our|her|his|la|el|las|los|lo del?) [a-z][a-z' -]{1,50}?"
_DONE_BY = rf"(?! ?(?:not|no)\b)(?={DAY})"
_OTHER_MOVES = r"(?:move|push|extend|bump|slide|shift)(?:ed|s)?"
_ES_MOVE = (
    r"(?:extiend[ae](?:n)?|extender|aplac[ea](?:n)?|aplaz[ae](?:n)?|reprogram[ae](?:n)?|recorr[ea](?:n)?|corr[ea]|"
    r"atras[ae]|adelant[ae])"
)

_DEADLINES = turns(
    (rf"{AT}{_NEW}{_DATE} {_OF} ({N}|{_THE})[ :,-]+{_BE}{_CHANGED}? ?{_TO}{_DONE_BY}", r"move \1 to "),
    (
        rf"({N})'?s? ?[:,-]* ?{_SAID_NEW}{_DATE}[ :,-]+{_BE}{_CHANGED}? ?{_TO}{_DONE_BY}",
        r"\1 due ",
    ),
    (rf"({N})(?: ?[:,-]+ ?|'s | )(?:the )?{_DATE}[ :,-]+{_BE}{_CHANGED} {_TO}{_DONE_BY}", r"\1 due "),
    (rf"({N}) (?:is|are) to be {_CHANGED} (?:to|until|till|through) {_DONE_BY}", r"\1 due "),
    (rf"{AT}{_SAID_NEW}{_DATE}[ :,-]+{_BE}{_CHANGED}? ?{_TO}{_DONE_BY}", "move it to "),
    (rf"{AT}(?:the |la |el )?{_DATE}[ :,-]+{_BE}{_CHANGED} {_TO}{_DONE_BY}", "move it to "),
    (
        (
            rf"{AT}{PLEASE}(?:update|revise|amend|edit|adjust|change|move|push|extend|reset) (?:the )?{_DATE} "
            rf"{_OF} ({N}|{_THE}) {_TO}{_DONE_BY}"
        ),
        r"move \1 to ",
    ),
    (
        (
            rf"{AT}{PLEASE}(?:cambi[ae]|muev[ae]|pas[ae]|pon|ponga)n?le (?:la |el )?{_DATE} al? ({N}|{_THE}) "
            rf"{_TO}{_DONE_BY}"
        ),
        r"mueve \1 para ",
    ),
    (rf"\b{_OTHER_MOVES} ({N}) (?:through|thru) {_DONE_BY}", r"move \1 to "),
    (
        (
            rf"{AT}(?:(?:we|they|i|she|he) )?(?:have |has )?(?:got|get|were given|was given|granted|gave us|given) "
            rf"(?:an? )?(?:extension|more time|extra time|extra days) (?:on|for|with) ({N}|{_THE}) "
            rf"(?:until|till|til|to|through|thru) {_DONE_BY}"
        ),
        r"move \1 to ",
    ),
    (
        (
            rf"{AT}(?:(?:they|she|he|we|i|the [a-z]+|payer|insurance)(?:'ve)? )?(?:gave|given|have|had|got|need)"
            rf"(?: us| me)?(?: more time)? (?:until|till|til|through|thru) ({DAY}[a-z0-9/: ]{{0,20}}?) "
            rf"(?:on|for|with) ({N}|{_THE})(?=[ .!]*$|[,;])"
        ),
        r"move \2 to \1",
    ),
    (
        (
            rf"{AT}(?:they|she|he|the [a-z]+|payer|insurance|nos) (?:gave us|gave me|have given us|dieron) "
            rf"(?:more time )?(?:until|till|til|through|hasta) {_DONE_BY}(?![^,;.]*\b(?:para|for|on) (?:la |el |the "
            rf")?#?\d)"
        ),
        "move it to ",
    ),
    (
        (
            rf"{AT}(?:nos dieron|nos dan|tenemos|tengo|hay) (?:tiempo |plazo )?hasta ({DAY}[a-z0-9/: ]{{0,20}}?) "
            rf"(?:para|con) ({N}|{_THE})(?=[ .!]*$|[,;])"
        ),
        r"mueve \2 para \1",
    ),
    (rf"{AT}nos dieron (?:tiempo |plazo )?hasta {_DONE_BY}", "muevelo para "),
    (rf"({N}) i(?:'ll)? need (?:until|till|til) {_DONE_BY}", r"\1 due "),
    (rf"{AT}({_THE}) has (?:until|till|til) {_DONE_BY}", r"move \1 to "),
    (
        (
            rf"{AT}{PLEASE}(?:i |we )?(?:need|want|would like|'d like) ({N}|{_THE}) (?:to be )?"
            rf"(?:moved|pushed|bumped|extended|rescheduled)(?: back| out)? (?:to|until|till) "
        ),
        r"move \1 to ",
    ),
    (
        rf"({N}) (?:will have to|has to|have to|needs to|need to|can|should|must|will) (?:now )?be (?!due\b){_DONE_BY}",
        r"\1 due ",
    ),
    (rf"{AT}{PLEASE}give ({N}) (?:another|one more|a) (week|day)\b", r"\1 due in a \2"),
    (rf"{AT}{PLEASE}give ({N}) (two|three|four|five|\d{{1,2}}) (?:more |extra )?(days|weeks)\b", r"\1 due in \2 \3"),
    (
        (
            rf"{AT}(?:can|could) (?:we|you) (?:do|make it|say|move it to|push it to|push to) ({DAY}[a-z0-9/: "
            rf"]{{0,20}}?)"
            r"(?: instead| please| pls)*\?"
        ),
        r"move it to \1",
    ),
    (
        (
            rf"({N}) (?:(?:has to|needs to|will|is going to|will have to|can) )?(?:is |are )?"
            rf"(?:slips?|slides?|slipping|sliding|slipped|slid) (?:back )?(?:to|until|till) {_DONE_BY}"
        ),
        r"\1 due ",
    ),
    (
        (
            rf"{AT}{PLEASE}(?:say|do|make it|call it|go with) ({DAY}[a-z0-9/: ]{{0,20}}?) "
            rf"(?:for|on) ({N})(?=[ .!]*$|[,;])"
        ),
        r"move \2 to \1",
    ),
    (rf"{AT}{PLEASE}(?:let'?s )?do ({N}) (?:on |by )?{_DONE_BY}", r"move \1 to "),
    (rf"{AT}{PLEASE}(?:but )?give ({N}|it|this|that) (?:until|till|til) {_DONE_BY}", r"move \1 to "),
    (
        (
            rf"\b((?:move|push|bump|shift|change|extend|slide) (?:{N}|it|this|that) (?:back |out )?)2 "
            rf"{_DONE_BY}"
        ),
        r"\1to ",
    ),
    (
        (
            rf"\b((?:move|push|bump|shift|change|snooze|hold|extend|slide) (?:{N}|it|this|that) (?:back |out )?"
            r"(?:to|until|till|til) )([01]\d|2[0-3])([0-5][05])(?: ?hrs?)?(?=[ .!]*$|[,;]| today| tomorrow)"
        ),
        r"\1\2:\3",
    ),
    (r"(?<![\d/:#-])([01]\d|2[0-3])([0-5]\d)(?: ?hrs?)? (?=(?:today|tomorrow|tonight)\b)", r"\1:\2 "),
    (
        (
            rf"{AT}{PLEASE}(?:give|allow|let) (?:me|us)(?: have)? (?:until|till|til) {_DONE_BY}"
            r"(?![^,;.]*\b(?:for|on|with) (?:the )?#?\d)"
        ),
        "move it to ",
    ),
    (
        (
            rf"{AT}(?:can|could|may|might|would) ({N}) (?:please |pls |kindly |possibly )?be {_CHANGED}(?: back| out)? "
            rf"(?:to|until|till|for) ([^?]{{2,40}}?)(?:,? (?:please|pls))? ?\?"
        ),
        r"move \1 to \2",
    ),
    (rf"({N}) se (?:movio|cambio|paso|aplazo|extendio|recorrio|reprogramo) {_TO}{_DONE_BY}", r"\1 vence "),
    (rf"{AT}(?:ya )?se (?:movio|cambio|paso|aplazo|extendio|recorrio|reprogramo) {_TO}{_DONE_BY}", "muevelo para "),
    (rf"{AT}{PLEASE}{_ES_MOVE}(?:me)? ({N}|{_THE}) (?:al?|para|hasta) {_DONE_BY}", r"mueve \1 para "),
    (rf"{AT}{PLEASE}(?:pasa|mueve|cambia|pase|mueva|cambie)me ({N}|{_THE}) (?:al?|para|hasta) ", r"mueve \1 para "),
    (rf"{AT}{PLEASE}(?:pon|ponga|deja|deje|dejen)(?:me)? ({N}) (?:al?|para) {_DONE_BY}", r"mueve \1 para "),
    (
        rf"({N}),? (?:ponl[oa]s?|dejal[oa]s?|dejel[oa]s?|pongal[oa]s?|aplazal[oa]s?) (?:al?|para) {_DONE_BY}",
        r"\1 para ",
    ),
    (r"\b(?:until |till |til )?after the (?:weekend|wknd)\b", "until monday"),
    (r"\bla semana que viene\b", "la proxima semana"),
    (r"\b(?:al?|para el|hasta el) (?:dia )?(\d{1,2})(?=[ .!]*$)(?<=[ ]\d\d)", r"to the \1th"),
)
_SNOOZES = turns(
    (
        (
            rf"({N})[ :,-]+(?:so )?(?:nothing|no action(?: needed)?|not|no rush,? (?:not|nothing)|hold|wait|on hold) "
            rf"(?:until|till|til|before) {_DONE_BY}"
        ),
        r"\1 can wait until ",
    ),
    (
        rf"{AT}(?:so )?(?:nothing|no action(?: needed)?|hold(?: off)?|wait) (?:until|till|til|before) {_DONE_BY}",
        "snooze it until ",
    ),
    (
        (
            rf"({N})[ :,-]+(?:not now|not yet|later)[ ,;:-]+(?:try|ask|check with|ping|bug) me(?: again| back)? "
            rf"(?:at |on )?{_DONE_BY}"
        ),
        r"\1 can wait until ",
    ),
    (
        rf"{AT}{PLEASE}(?:try|ask|check with|ping|bug) me(?: again| back)? (?!later)(?:on )?{_DONE_BY}",
        "snooze it until ",
    ),
    (rf"{AT}{PLEASE}(?:put|keep|place|leave|hold) ({N}|{_THE}) on hold (?:until|till|til) ", r"snooze \1 until "),
    (
        rf"{AT}(?:later|not now|not today|another (?:day|time)|some other time) (?:for|on|with) ({N})(?=[ .!]*$|[,;])",
        r"snooze \1",
    ),
    (rf"^[^\w§#]*({N}),? ?(?:[:-] )?(?:later|another (?:day|time)|some other (?:day|time))(?=[ .!]*$)", r"snooze \1"),
    (rf"{AT}{PLEASE}bring ({N}) (?:back(?: up)?|up(?: again)?) {_DONE_BY}", r"snooze \1 until "),
    (
        rf"{AT}{PLEASE}let ({N}|{_THE}) (?:wait|sit|rest|be|sleep|ride|go) (?:until|till|til) ",
        r"snooze \1 until ",
    ),
    (rf"({N}) (?:will|is going to|'ll) (?:have to |need to )?wait (?:until|till|til) ", r"\1 can wait until "),
    (
        (
            rf"{AT}{PLEASE}(?:(?:there'?s )?no need to|you don'?t (?:have|need) to|don'?t|do not|no) "
            rf"(?:remind|ask|bug|email|ping|nag|bother|recuerd[ae]s?|avis[ae]s?|pregunt[ae]s?)(?: me)? "
            rf"(?:about |on |of |de |por )?({N}|{_THE}) (?:until|before|till|til|hasta|antes del?) "
        ),
        r"snooze \1 until ",
    ),
    (
        (
            rf"{AT}{PLEASE}no me (?:recuerd|avis|pregunt|mand)[ae][sn]?(?: nada)?(?: mas)? (?:de |por |sobre )?"
            rf"({N}|{_THE}) (?:hasta|antes de) "
        ),
        r"snooze \1 hasta ",
    ),
    (
        (
            rf"{AT}{PLEASE}(?:stop|quit) (?:remind|ask|bugg|email|ping|nagg)ing(?: me)? (?:about |on |of )?({N}|"
            rf"{_THE}) "
            r"(?:until|before|till|til) "
        ),
        r"snooze \1 until ",
    ),
    (
        (
            rf"{AT}{PLEASE}(?:(?:check|circle|come|get|loop|touch base)(?: back)?|revisit|look)(?: in)?"
            rf"(?: (?:on|to|at|about|with me on|with me about|to me on|to me about))? ({N}) (?:again )?{_DONE_BY}"
        ),
        r"snooze \1 until ",
    ),
    (
        (
            rf"\b(?:remind|ping|nudge) me (?:again )?(?:about|of|on) (the [a-z' -]{{2,40}}?|[a-z.]{{2,10}} [a-z]+'s "
            rf"[a-z' -]{{2,30}}?)(?<! on)(?<! at)(?<! in)(?<! next)(?<! this)(?<! by)(?<! until) {_DONE_BY}"
        ),
        r"snooze \1 until ",
    ),
    (r"^[^\w§#]*(?:not|nothing) (?:until|till|til) ", "snooze it until "),
    (rf"\b(recuerdamel?[oa]?|recuerdame|avisame) (?:lo |el asunto )?(?:del? )?({N})", r"recuerdame \2"),
    (
        rf"\b(?:recuerdame|avisame) ({DAY}[a-z0-9/: ]{{0,20}}?) (?:lo |el asunto )?(?:de |por |sobre )?({N})",
        r"snooze \2 until \1",
    ),
    (
        (
            rf"\b(?:vuelve a preguntarme|preguntame|pregunteme|vuelva a preguntarme)(?: de nuevo| otra vez)? "
            rf"(?:por |de |sobre )?({N}) "
        ),
        r"snooze \1 until ",
    ),
    (
        (
            rf"({N})[:,]? (?:que espere|en espera|debe esperar|tiene que esperar|se queda en espera|"
            r"dejal[oa] en espera) hasta "
        ),
        r"\1 puede esperar hasta ",
    ),
    (rf"{AT}{PLEASE}(?:deja|deje|dejen|dejame) ({N}) (?:en espera )?hasta ", r"snooze \1 hasta "),
)


def put_days_plainly(sentence: str) -> str:
    """Return the sentence with its deadlines and reminders in plain commands.

    >>> put_days_plainly("The new due date for #7 is Thursday")
    'move #7 to Thursday'
    """
    return turned(turned(put_times_plainly(put_contrasts_plainly(sentence)), _DEADLINES), _SNOOZES)
