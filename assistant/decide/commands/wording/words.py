"""The words that make a command, in English and Spanish, folded; and those of mere courtesy."""

from __future__ import annotations

import re

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
    r"every(?: (?:last|single))? ?one(?: of (?:them|these|those))?|(?:the (?:(?:whole|entire|full) )?|(?:whole|"
    r"entire) )(?:lot|list|bunch|batch)|"
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

_THAT_IS_ALL = re.compile(
    r"(?:and |so |ok |y |creo que )?(?:(?:i|we) (?:think|believe|guess|hope) )?(?:(?:that|this)(?:'?s| is| was|"
    r" should be)|"
    r"that'?ll be|eso (?:es|seria)|es) (?:about )?(?:all|it|everything|todo)(?: (?:for|from|i have|i've got|por|de)\b"
    r"[a-z ]{0,20})?[\s.!]*"
)


def is_courtesy(plain: str) -> bool:
    """True for thanks, greetings and "that's all", which ask for nothing."""
    return any(form.fullmatch(plain) is not None for form in (_ONLY_COURTESY, _SIGNED, _THAT_IS_ALL))
