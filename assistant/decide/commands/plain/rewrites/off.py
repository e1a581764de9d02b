"""Turns of phrase that call a task off, in both languages -> plain commands: "take the ride off the list"."""

from __future__ import annotations

from assistant.decide.commands.plain.turns import AT, PLEASE, N, turned, turns
from assistant.decide.commands.wording.words import DROP

_THE = r"(?:the|my|her|his|their|mr\.? [a-z]+'s|mrs\.? [a-z]+'s|ms\.? [a-z]+'s|[a-z]+'s) [a-z][a-z' -]{1,50}?"
_NOUN = r"[a-z][a-z' -]{1,50}?"
_EL = r"(?:la|el|las|los|lo del?) [a-z][a-z' -]{1,50}?"
_LIST = r"(?:the|my|our|this|your) (?:list|plate|digest|tasks|board)"
_ANY_MORE = r"(?: any ?more| any longer| after all| now| at all)"
_THIS = r"(?:this one|that one|this|that|it)"
_OFF = r"(?=[ ]*(?:[.!,;]|$)| (?:because|since|as|so|and|ya que|porque|pues) )"
_WHO = (
    r"(?:family|son|daughter|wife|husband|mom|mother|dad|father|sister|brother|niece|neighbor|they|he|she|patient|pt)"
)
_REASON = (
    rf"(?=(?:it'?s |it is |they'?re |we )?(?:not needed|no longer|cancel|isn'?t needed|not necessary|don'?t need|"
    rf"duplicate|"
    rf"(?:(?:the|his|her|their) )?{_WHO} (?:is |are |will |can |has |already )*"
    r"(?:handl|driv|tak|do(?:es|ing)?\b|arrang|manag|cover|bring|got|has\b|have\b|declin|refus|cancel|doesn'?t|"
    r"don'?t)))"
)
_NOT_A_TASK = (
    r"(?:not|isn'?t|wasn'?t|aren'?t|no es|no era) (?:really |actually |even )*(?:an? |una )?(?:real |actual )?"
    r"(?:task|to-?do|tarea)s?"
)
_YA_NO = (
    r"(?:(?:ya )?no (?:se )?(?:hacen? falta|necesita(?:n|mos|s)?|necesito|ocupa(?:n|mos)?|ocupo|requiere(?:n)?|"
    r"es necesari[oa]|son necesari[oa]s|aplica(?:n)?|va a hacer falta)|ya no va(?:n)?)"
)

_ELSEWHERE = (
    r"(?:(?:they|she|he|family|and|because|since|as|porque) ){1,2}(?:have |has |already )*(?:picked|chose|chosen|"
    r"went (?:with|elsewhere)|(?:are |is )?going (?:with|elsewhere)|signed with|decided on|"
    r"found another|escogieron|eligieron)\b"
)
_FOR_GOOD = r"(?:outright|altogether|for good|completely|entirely|del todo|por completo)"
_ENDED = r"kill|nix|toss|ditch|discard|dismiss|scrap|trash|bin|axe|delete|remove|get rid of"
"""Bids behind a number; words that tell as well are not among them."""
_COPY = r"(?:duplicates?|dupes?|dups?|cop(?:y|ies)|repeats?)"
_WHOEVER = r"(?:the |la |el )?([a-z][a-z.'-]*(?: [a-z][a-z.'-]*){0,3}?)"

_FORMS = turns(
    (
        (
            rf"{AT}{_WHOEVER} (?:has |have )?cancell?ed (?:the|their|his|her) ({_NOUN})"
            rf"(?: {_FOR_GOOD}(?=[ ]*(?:[.!,;]|$))|(?=[ ]*[,;-] ?{_ELSEWHERE}))"
        ),
        r"the \2 for \1 is called off",
    ),
    (
        rf"{AT}{PLEASE}(?:take|remove|delete|drop|pull|get|clear|knock) ({N}|{_THE}) (?:from|off)(?: of)? {_LIST}",
        r"drop \1",
    ),
    (
        rf"{AT}{PLEASE}(?:cross|strike|scratch|check|tick) ({N}|{_THE}) off(?: of)?(?: {_LIST})?, ?{_REASON}",
        r"drop \1, ",
    ),
    (
        (
            rf"{AT}{PLEASE}(?:cross|strike|scratch) (?:that|it|this|this one|that one) off(?: of)?(?: {_LIST})?, "
            rf"?{_REASON}"
        ),
        "drop it, ",
    ),
    (rf"{AT}({N}|{_THE}) (?:can|should) (?:now )?(?:come|go|be taken|be crossed) off {_LIST}", r"drop \1"),
    (rf"({N}) (?:can|should) (?:now )?(?:all |both )?come off(?: {_LIST})?(?=[ .!,;]|$)", r"drop \1"),
    (
        (
            rf"({N})[ ,:-]+(?:(?:please|pls|plz|just|can be|should be|por favor)[ ,]+){{0,2}}(?:{_ENDED})"
            rf"(?: (?:it|them|both|off))?(?: (?:please|pls|plz|now|for good|por favor))*{_OFF}"
        ),
        r"drop \1",
    ),
    (
        (
            rf"({N}) (?:can|should|may) (?:now |just |safely )?(?:both |all )?(?:go away|disappear|vanish|be gone|"
            rf"(?:come|drop|fall) off(?: {_LIST})?)(?: (?:now|too|for good))*{_OFF}"
        ),
        r"drop \1",
    ),
    (rf"({N}) are (?:just |both |exact )?{_COPY} of (?:each other|one another)", r"\1 a duplicate"),
    (
        # "Dupes of each other" leave one of them; those of another list none.
        (
            rf"{AT}({N}) (?:are|is) (?:just |all |both |exact |only )?(?:an? )?{_COPY} of (?!each\b|one another)"
            rf"[a-z][a-z' -]{{2,60}}?(?:(?=[ .!]*$)|[ ]*[,.;-]+ ?{PLEASE}(?:so )?(?:{DROP}) (?:them|both|it|those)\b)"
        ),
        r"drop \1",
    ),
    (
        (
            rf"({N}) (?:can|should)(?: now)? be (?:removed|deleted|dropped|taken off(?: {_LIST})?|cancell?ed|scrapped|"
            r"discarded|dismissed)(?! (?:off )?(?:from|at|in|by|with|to) "
            r"(?!(?:the|my|our|this|your) (?:list|digest)\b))"
        ),
        r"drop \1",
    ),
    (
        rf"{AT}{PLEASE}(?:toss|bin|trash|void|ditch|nix|eliminate|withdraw|stop tracking|quit tracking) (?=#?\d)",
        "drop ",
    ),
    (
        (
            rf"{AT}{PLEASE}(?:scratch|strike|nix|axe) ({N})(?=[ .!]*$| ?[,;](?! ?(?:i|meant|wrong|not|still|make|"
            rf"should|that was|it was|the other|#?\d)\b)| (?:because|since|as|bc) )"
        ),
        r"drop \1",
    ),
    (rf"{AT}{PLEASE}(?:scratch|toss|ditch|nix|bin|trash) ({_THE}){_OFF}", r"drop \1"),
    (
        rf"({N}) (?:won'?t|will not|will no longer) be (?:needed|necessary|required){_ANY_MORE}*{_OFF}",
        r"\1 is no longer needed",
    ),
    (
        (
            rf"{AT}(?:we|i|they|she|he|patient|pt|family|nobody)? ?(?:really )?"
            rf"(?:no longer needs?|(?:don'?t|do not|doesn'?t|does not|won'?t) need) ({N}){_ANY_MORE}*{_OFF}"
        ),
        r"drop \1",
    ),
    (
        rf"{AT}(?:we|i|they|she|he|patient|pt|family) (?:really )?no longer needs? ({_THE}){_ANY_MORE}*{_OFF}",
        r"\1 is no longer needed",
    ),
    (
        (
            rf"{AT}(?:we|i|they|she|he|patient|pt|family) (?:really )?(?:don'?t|do not|doesn'?t|does not|won'?t) need "
            rf"({_THE}){_ANY_MORE}{_OFF}"
        ),
        r"\1 is no longer needed",
    ),
    (
        rf"{AT}(?:we |i )(?:no longer need {_THIS}{_ANY_MORE}?|(?:don'?t|do not|won'?t) need {_THIS}{_ANY_MORE}){_OFF}",
        "drop it",
    ),
    (rf"{AT}no (?:more )?need for ({N}){_ANY_MORE}*{_OFF}", r"drop \1"),
    (rf"{AT}no ([a-z][a-z -]{{2,30}}?) (?:is )?needed{_ANY_MORE}", r"the \1 is no longer needed"),
    (rf"(?:does not|doesn'?t|do not|don'?t) apply{_ANY_MORE}", "is no longer needed"),
    (
        (
            rf"({N})(?: is| was|:| -)? (?:just |only |more of )?(?:an? )?"
            rf"(?:fyi|for your information|informational|info|heads[- ]up)(?: only)?,? (?:so |and )?(?:it'?s "
            rf")?{_NOT_A_TASK}"
        ),
        r"\1 is not a task",
    ),
    (
        (
            rf"({N}),? (?:es |era )?(?:solo |nomas |puramente )?(?:informativ[oa]|un aviso|para informar|de aviso|"
            rf"fyi),? "
            rf"(?:asi que |y )?{_NOT_A_TASK}"
        ),
        r"\1 is not a task",
    ),
    (rf"({N})(?: is| was)? {_NOT_A_TASK}", r"\1 is not a task"),
    (
        r"(?<= is not a task),? (?:just|only|it'?s|it was|this is|solo|era|es|fue|nada mas)[^.;?]{0,60}(?=[.!; ]*$)",
        "",
    ),
    (
        (
            rf"{AT}{PLEASE}(?:quit[ae]n?|sac[ae]|saqu[e]|tach[ae]n?|borr[ae]n?|elimin[ae]n?|remuev[ae]) ({N}) "
            r"(?:de|en) (?:la|mi|nuestra) lista"
        ),
        r"borra \1",
    ),
    (
        (
            rf"{AT}{PLEASE}(?:quit[ae]n?|sac[ae]|saque|tach[ae]n?|borr[ae]n?|elimin[ae]n?|remuev[ae]|cancel[ae]n?|"
            rf"descart[ae]n?|olvid[ae]) (?:la|el|las|los|lo del?) ({_NOUN})"
            rf"(?: (?:de|en) (?:la|mi|nuestra) lista(?=[ .!,;]|$)|{_OFF})"
        ),
        r"drop the \1",
    ),
    (
        rf"({N}),? (?:quital|sacal|tachal|borral|eliminal|quitel|borrel)([oa]s?) (?:de|en) (?:la|mi|nuestra) lista",
        r"borra \1",
    ),
    (
        rf"{AT}{PLEASE}(?:quital|sacal|tachal|borral|eliminal|quitel|borrel)([oa]s?) (?:de|en) (?:la|mi|nuestra) lista",
        "drop it",
    ),
    (rf"{AT}{PLEASE}(?:olvidat[e]|olvidese|olvidemonos) del? (?=(?:la |el )?#?\d)", "olvida "),
    (rf"{AT}{PLEASE}(?:tach[ae]n?|saca|saque) ({N}),? {_YA_NO}(?=[ .!]*$)", r"borra \1"),
    (rf"({N}),? {_YA_NO}(?! ?(?:hasta|si|hoy|por ahora|todavia|mas tiempo|urgente))", r"\1 is no longer needed"),
    (rf"{AT}{_YA_NO} ({N}){_OFF}", r"drop \1"),
    (
        rf"{AT}ya no (?:necesitamos|necesito|ocupamos|ocupo|necesita|hace falta|se necesita|se ocupa) ({_EL}){_OFF}",
        r"\1 ya no hace falta",
    ),
    (
        (
            rf"({N}),? (?:ya )?(?:quedo|quedaron|fue|fueron|esta|estan|se) (?:cancelad[oa]s?|cancelo|cancelaron)"
            rf"(?=[ .!,;]*$| (?:porque|ya que|pues|por (?!ahora|el momento|hoy)))(?:(?! hasta ).)*$"
        ),
        r"drop \1",
    ),
    (
        (
            rf"({N}) (?:is |was |got |has been |are |were )?(?:cancell?ed|called off) (?:because|since|as|due to) "
            r"(?:(?!\b(?:until|till|if|unless|or|for now)\b)[^?])*$"
        ),
        r"drop \1",
    ),
    (rf"({N}),? (?:esta|es|estaba) (?:repetid[oa]|doble)", r"\1 is a duplicate"),
    (
        rf"({N}),? es (?:lo mismo|igual|la misma|el mismo) (?:que|a) ((?:la |el )?#?\d{{1,6}})",
        r"\1 is a duplicate of \2",
    ),
)


def put_cancellations_plainly(sentence: str) -> str:
    """Return the sentence with what it calls off in plain commands.

    >>> put_cancellations_plainly("so take the ride off the list, family handles it")
    'so drop the ride, family handles it'
    """
    return turned(sentence, _FORMS)
