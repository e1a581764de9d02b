"""Turns of phrase that bid anything else -> plain commands: new tasks, priorities, promises, digests stopped."""

from __future__ import annotations

from assistant.decide.commands.plain.rewrites.questions import put_questions_plainly
from assistant.decide.commands.plain.turns import AT, DAY, PLEASE, N, turned, turns

_TASK = r"(?:task|reminder|to-?do|item|entry|tarea|recordatorio|pendiente)"
_ADD = r"(?:add|create|make|open|set up|put|crea|cree|agrega|agregue|anade|anada|apunta|pon)"
_DAYS = rf"{DAY}[a-z0-9/: ]{{0,20}}?"
_VERB = r"(?=[a-z]{2,14}(?:ar|er|ir)(?:l[aeo]s?)?\b)"
_DO = (
    r"(?:call|send|fax|email|order|book|schedule|get|ask|check|confirm|follow|renew|submit|find|pick|print|mail|set|"
    r"update)\b"
)
_FIRST = r"^[^\w§#]*"
_IT = r"(?:it|that|this)"
_ON_LIST = r"(?:on|to|onto) (?:my|the) list"

_FORMS = turns(
    (rf"{AT}{PLEASE}(?:kindly )?open ({_IT}|{N}) (?:back up|up again|again|back)(?=[ .!?]*$|[,;])[ ?]*", r"reopen \1"),
    (
        rf"{AT}{PLEASE}(?:put|add|bring|move) ({N}) back (?:on|onto|to|in) (?:my|the|our) (?:list|plate|board)\b",
        r"reopen \1",
    ),
    (
        rf"{AT}{PLEASE}take back what i (?:just )?(?:said|told you|wrote|put) (?:about|on|for) ({N})",
        r"reopen \1",
    ),
    (
        (
            rf"{AT}(?:its|it'?s|it was|i said|i meant|i told you) ({N})(?:'s| is| was| that'?s| that is| that was)? "
            r"(?:actually )?(done|finished|closed|complete)(?=[ ]*(?:[.!,;]|$))"
        ),
        r"done \1",
    ),
    # Of none of them: "don't show me 5 or 8".
    (
        (
            rf"\b((?:do not|don'?t|dont|no need to|stop|quit|never) [a-z]+(?: me)?(?: (?:about|of|on|for))? {N}),? "
            r"n?or (?=#?\d)"
        ),
        r"\1 and ",
    ),
    (
        (
            rf"{AT}{PLEASE}(?:do not|don'?t|dont|stop|quit) (?:(?:show|list|display|bring)(?:ing)?|"
            rf"(?:send|giv)(?:e|ing)? me)(?: me)?(?: up)? ({N})(?: up| again| any ?more| here| on the list)* "
            rf"(?:until|till|til|before) (?={DAY})"
        ),
        r"snooze \1 until ",
    ),
    # Ranges: "done 2 to 5".
    (
        (
            rf"{AT}((?:i |we )?(?:just |already )?(?:done|did|finished|completed?|closed?)(?: with| out)? )"
            r"#?(\d{1,6}) to #?(\d{1,6})(?=[ .!]*$)"
        ),
        r"\1\2-\3",
    ),
    (rf"{AT}#?(\d{{1,6}}) to #?(\d{{1,6}}) (?=(?:all )?(?:done|finished|completed?|closed)[ .!]*$)", r"\1-\2 "),
    # New tasks.
    (
        (
            rf"{AT}{PLEASE}{_ADD} (?:a |an |una? )?(?:new |nueva )?{_TASK} (?:for|due|by|para) ({_DAYS}) ?[:,-]+ ?"
            r"(.+)$"
        ),
        r"new: \2, \1",
    ),
    (rf"{AT}{PLEASE}(?:add|put) [\"'](.{{3,80}}?)[\"'] {_ON_LIST}(.*)$", r"new: \1\2"),
    (
        (
            rf"{_FIRST}(?:(?:and|also|oh|one) )*(?:one|another)(?: more| one| thing)*"
            rf"(?: to add| for (?:me|the list))? ?[:,-]+ ?(?={_DO})"
        ),
        "new: ",
    ),
    (
        (
            rf"{_FIRST}(?:i |we )?(?:also )?(?:need|want) to add (?:one|a task|another(?: one)?|this)"
            r"(?: too| as well)? ?[:,-]+ ?"
        ),
        "new: ",
    ),
    (
        (
            rf"{_FIRST}(?:i|we) (?:also |still )?(?:need|have|want) to ({_DO}.{{3,90}}?)[,;.]+ (?:so )?"
            rf"(?:please |pls |can you |could you )*(?:add {_IT}(?: {_ON_LIST})?|put {_IT} {_ON_LIST})[ .?!]*$"
        ),
        r"new: \1",
    ),
    (
        (
            rf"{_FIRST}{PLEASE}(?:put|add) (?:this|one more|another one)(?: one)? {_ON_LIST}(?: too| as well| also)? ?"
            r"[:,-]+ ?"
        ),
        "new: ",
    ),
    (
        rf"{AT}{PLEASE}(?:agrega|agregue|anade|anada|apunta|pon) {_VERB}(.{{3,90}}?) (?:a|en) (?:mi|la) lista",
        r"new: \1",
    ),
    (rf"{AT}{PLEASE}recuerdame que (?:tengo que|hay que|debo|necesito) {_VERB}", "recuerdame "),
    (
        rf"{AT}{PLEASE}recuerdame ({_DAYS}) (?:que (?:tengo que|hay que) )?({_VERB}.{{3,90}})$",
        r"new: \2, \1",
    ),
    (rf"{_FIRST}(?:agregar|anadir|crear)(?: una tarea| tarea)? ?[:-]+ ?", "new: "),
    (rf"{AT}{PLEASE}(?:pon|ponga|agrega|anade) (?:en|a) (?:mi|la) lista:? {_VERB}", "new: "),
    # Priorities.
    (rf"({N}),? ya no es (?:tan )?(?:urgente|prioridad|prioritari[oa])", r"\1 is no longer urgent"),
    (rf"({N}),? es (?:la |una )?(?:prioridad|prioritari[oa]|lo mas importante)\b", r"\1 is urgent"),
    (rf"({N}) (?:are|is) (?:both |all )(?=(?:urgent|critical|high|stat|asap|normal)\b)", r"\1 are "),
    # Promises, and what stays open.
    (rf"{AT}yo (?:me encargo|me ocupo|la hago|lo hago|hago|veo) (?:de )?({N})", r"me encargo de \1"),
    (rf"{AT}estoy en ({N})", r"estoy con \1"),
    (
        rf"{AT}({_DAYS}) (?:hago|termino|mando|envio|veo|llamo(?: lo de)?|cierro) ({N})(?=[ .!]*$)",
        r"\2 voy a hacerlo \1",
    ),
    (
        rf"{AT}(?:si[ ,]+)?({_DAYS}) l[oa]s? (?:hago|termino|mando|envio|veo|cierro|acabo)(?=[ .!]*$)",
        r"voy a hacerlo \1",
    ),
    (
        (
            rf"{_FIRST}(?:me )?(?:puede|podria)s? (?=(?:cerrar|cambiar|mover|pasar|borrar|quitar|asignar|marcar|"
            rf"posponer)\b)"
        ),
        "puedes ",
    ),
    (
        (
            rf"{_FIRST}(?:ya )?(?:l[oa]s? (?:puedes|pueden|puede) cerrar|(?:puedes|pueden|puede) cerrarl[oa]s?)(?=[ "
            rf".!]*$)"
        ),
        "close it",
    ),
    (rf"{_FIRST}(?:on it|on this)[,:]? ({N})(?=[ .!]*$)", r"\1 on it"),
    (rf"{AT}(?:dejal[oa]|dejel[oa]|dejenl[oa]) abiert[oa],? ({N})", r"keep \1 open"),
    (rf"{AT}no l[oa]s? (?:cierres?|cierren|borres?|quites?|marques?|toques?),? ({N})", r"keep \1 open"),
    (rf"{_FIRST}(?:copy|10-4|ten four|will do so)[ .!]*$", "got it"),
    # Our mails.
    (rf"{_FIRST}{PLEASE}list (?:everything|all|it all|them all)[ .!?]*$", "list"),
    (
        (
            rf"{_FIRST}(?:can|could|may) i (?:please )?(?:get|have|see) (?:an?|the|my)(?: updated| new| current| "
            rf"full)? "
            r"list(?: again| please)*[ .!?]*$"
        ),
        "list",
    ),
    (
        (
            rf"{_FIRST}(?:ya )?no (?:me )?(?:mand|envi)en? ?(?:me)?(?: mas)?(?: estos)?"
            r"(?: correos?| emails?| mensajes?)?[ .!]*$"
        ),
        "stop",
    ),
    (rf"{_FIRST}(?:pausa|pausar|pausen)(?: los correos| esto| los mensajes)? hasta ", "pause until "),
    (rf"{_FIRST}(?:please |pls )?turn (?:it|them|these|this|those) back on[ .!]*$", "resume"),
)


def put_requests_plainly(sentence: str) -> str:
    """Return the sentence with what it bids in plain commands.

    >>> put_requests_plainly("Please create a task for Friday: call Aetna")
    'new: call Aetna, Friday'
    """
    return turned(put_questions_plainly(sentence), _FORMS)
