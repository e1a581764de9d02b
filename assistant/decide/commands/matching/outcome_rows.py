"""The table of what titles bid ("Fax ...", "Call ...") and of the ways in which the result of each is told.

In a way `THING` stands for what it bids something of, `WHOM` for who has it or is told of it, `ACTOR` for who did it,
`DETAIL` for where, when and how.
"""

from __future__ import annotations

from typing import Literal

from assistant.decide.commands.wording.outcome_words import (
    APART,
    ARRIVED,
    BEEN,
    BOOKED,
    CARRIED,
    DATE,
    DETAIL,
    DID,
    EXPECTED,
    HAS,
    IN_HAND,
    IS,
    KNOWS,
    REACHED,
    SAID_YES,
    SENT,
    SIGNED,
    THEM,
    THING,
    TOLD,
    WHOM,
)

Whom = Literal["any", "title", "object", "patient"]
"""Who may stand for `P`: anybody of the field, whom the title names, the one whom it bids to reach, the patient."""

ROWS: tuple[tuple[str, Whom, str, tuple[str, ...]], ...] = (
    (
        (
            r"send|fax|e-?mail|mail|submit|forward|upload|file|transmit|scan|turn|hand|share|route|provide|"
            r"mandar|enviar|subir|escanear|faxear"
        ),
        "title",
        SENT,
        (
            rf"{DID}{APART} {THING} (?:in|off|over|out)(?: (?:to|at|with) {WHOM})?{DETAIL}",
            rf"{WHOM} {HAS} {THING}{DETAIL}",
            rf"{THING} (?:went|gone|has gone|have gone|salio|salieron)(?: (?:out|over|in|through|thru|off))?{DETAIL}",
            rf"(?:went|gone) (?:out|over|in|through|thru|off|{CARRIED}){DETAIL}",
            (
                rf"(?:{THING} )?(?:{IS} )(?:now )?(?:up|in|out|over|gone|there|on file|out the door|on (?:the|their) "
                rf"(?:portal|website|site|system|server))(?: (?:at|with|to) {WHOM})?{DETAIL}"
            ),
            rf"{THING} {IS} (?:at|with|over at|over with|in the hands of) {WHOM}{DETAIL}",
            rf"(?:{THING} )?(?:made it|got there|got to)(?: over)?(?: to)?(?: {WHOM})?{DETAIL}",
            rf"(?:{WHOM} )?(?:confirmed (?:receipt|they (?:have|got) (?:it|them))|receipt confirmed){DETAIL}",
        ),
    ),
    (
        r"call|phone|ring|contact|reach|answer|llamar|hablar|touch",
        "object",
        REACHED,
        (
            rf"{DID}(?:{REACHED}|{TOLD}) {WHOM}(?: know)?{DETAIL}",
            rf"got through(?: to {WHOM})?{DETAIL}",
            rf"{WHOM} {KNOWS}{DETAIL}",
            rf"{DID}(?:spoke|talked|connected){DETAIL}",
            (
                rf"{WHOM} called (?:me |us )?back (?:and|&) (?:(?:i|we) (?:went over|talked|spoke|discussed|told|gave|"
                rf"covered|set)|"
                rf"d/c'd|answered|stopped|changed|agreed|said yes)(?P<f>(?: .+)?)"
            ),
        ),
    ),
    (
        r"notify|tell|inform|let|alert|advise|avisar|notificar|update|text|message",
        "object",
        TOLD,
        (
            rf"{DID}(?:{REACHED}|{TOLD}) {WHOM}(?: know)?{DETAIL}",
            rf"{WHOM} {KNOWS}{DETAIL}",
        ),
    ),
    (
        r"remind|recordar",
        "object",
        r"reminded|told|nudged|record(?:e|amos)",
        (rf"{WHOM} (?:has been|have been|was|were|got|is|are) reminded{DETAIL}",),
    ),
    (r"ask|preguntar", "object", r"asked|pregunte|preguntamos", (rf"{WHOM} answered{DETAIL}",)),
    (
        r"book|schedule|arrange|set|reserve|reschedule|rebook|line|secure|coordinate|agendar|programar|reservar|apartar",
        "any",
        BOOKED,
        (
            (rf"{EXPECTED}(?: with (?P<f>\S+(?: \S+){{0,3}}?))?(?: (?:for|on|at))? (?:the )?{DATE}{DETAIL}"),
            (
                rf"(?:{WHOM} )?(?:took|squeezed in|fit in|has|have) {THEM}(?: in)?(?: down)? (?:for|on|at) (?:the "
                rf")?{DATE}{DETAIL}"
            ),
            rf"{DID}got {THEM} in(?: (?:with|for|on|at) (?P<f>.+))?",
            rf"{WHOM} (?:now )?has (?:a|an|his|her|their|the) {THING}(?: {DATE}{DETAIL})?",
            rf"(?:{THING} )?{IS} (?:all )?set(?: up)?(?: for| with)?{DETAIL}",
        ),
    ),
    (
        r"confirm|verify|check|double-check|confirmar|verificar",
        "any",
        r"confirmed|verified|checked|double-?checked|double checked|confirm(?:e|ado|ada|amos)|verifi(?:que|cado|cada)",
        (
            rf"(?:{WHOM} )?(?:{SAID_YES}){DETAIL}",
            rf"(?:got (?:a|the) |heard back with a |heard back, |it'?s a )?yes(?: from {WHOM})?{DETAIL}",
            rf"heard back (?:with a )?yes(?: from {WHOM})?{DETAIL}",
            rf"(?:{THING} )?(?:{IS} )(?:all )?(?:correct|right|good|active|eligible|valid|current|confirmed){DETAIL}",
            rf"(?:{WHOM} )?(?:he|she|they)(?:'s|'re| is| are) (?:eligible|active|covered){DETAIL}",
        ),
    ),
    (
        r"order|reorder|pedir",
        "any",
        r"ordered|re-?ordered|pedi(?:do|da|dos|das|mos)?",
        (
            (
                rf"(?:{THING} )?order (?:is |was |has been |'s )?"
                rf"(?:in|placed|went in|went through|submitted|put in){DETAIL}"
            ),
            rf"{DID}(?:placed|put in) (?:the|an) (?:{THING} )?order{DETAIL}",
            rf"{DID}put (?:the |an )(?:{THING} )?order in{DETAIL}",
            rf"(?:{THING} )?(?:{IS} |stay )?(?:now |already )?on order{DETAIL}",
        ),
    ),
    (
        r"request|solicitar",
        "any",
        rf"requested|solicit(?:e|ado|ada|amos)|{ARRIVED}",
        (
            (
                rf"(?:{THING} )?request (?:is |was |has been |'s )?"
                rf"(?:in|placed|sent|submitted|made|went out|went in){DETAIL}"
            ),
            rf"{DID}(?:placed|put in|sent|submitted|made) (?:the|a) (?:{THING} )?request{DETAIL}",
            rf"{THING} {IN_HAND}{DETAIL}",
            rf"{DID}got {THING}{DETAIL}",
        ),
    ),
    (
        r"get|obtain|collect|retrieve|gather|chase|track|pull|conseguir|obtener|recabar",
        "any",
        rf"obtained|collected|gathered|retrieved|pulled|tracked down|{ARRIVED}|consegui(?:do|da|mos)?",
        (
            rf"(?:{THING} )?{IN_HAND}{DETAIL}",
            (
                rf"{WHOM} (?:sent|turned in|brought(?: in)?|dropped off|handed in|returned|faxed|gave us) {THING}"
                rf"(?: over| in| back)?{DETAIL}"
            ),
            rf"{DID}got {THING}{DETAIL}",
            rf"(?:we|i) (?:now |finally )?have {THING}(?: now)?{DETAIL}",
            rf"it came (?:in|over|through|back){DETAIL}",
        ),
    ),
    (r"collect|draw", "any", r"drawn|drew|collected", ()),
    (
        r"sign|signed|signature|firmar",
        "any",
        SIGNED,
        (rf"{WHOM} (?:co-?)?signed (?:off on )?{THING}{DETAIL}", rf"came back signed{DETAIL}"),
    ),
    (
        r"deliver|give|bring|take|drop|supply|ship|entregar|llevar",
        "patient",
        (
            r"delivered|dropped(?: off)?(?= (?:at|by|with|off))|dropped off|brought|handed (?:over|off|out)|given|gave|"
            r"took|"
            r"arrived|entreg(?:ue|ado|ada|amos|aron)"
        ),
        (rf"{WHOM} {HAS} {THING}{DETAIL}", rf"{DID}{APART} {THING} (?:off|over)(?: (?:to|at|with) {WHOM})?{DETAIL}"),
    ),
    (
        r"pick|collect|recoger",
        "any",
        r"picked up|collected|recog(?:i|ido|ida|ieron)",
        (rf"{DID}got {THING} from {WHOM}{DETAIL}", rf"{DID}picked {THING} up{DETAIL}"),
    ),
    (
        r"return|devolver",
        "title",
        r"picked up|returned|shipped back|sent back|mailed back|dropped off|devuelt[oa]s?",
        (
            rf"(?:{THING} )?went back{DETAIL}",
            rf"(?:{THING} )?{IS} back (?:with|at) {WHOM}{DETAIL}",
            rf"{WHOM} (?:now )?(?:has|have|got) {THING}(?: back)?{DETAIL}",
            rf"{WHOM} (?:picked up|took back|collected|came for) {THING}{DETAIL}",
        ),
    ),
    (
        r"teach|educate|train|instruct|review|discuss|explain|walk|go|ensenar",
        "any",
        (
            r"taught|trained|educated|instructed|reviewed|went over|walked through|covered|explained|discussed|"
            r"ensen(?:e|"
            r"amos)"
        ),
        (
            (
                rf"(?:{THING} )?(?:teaching|training|education|review|teach-?back|session|walk-?through) "
                r"(?:is |was |got |'s )?"
                rf"(?:all )?(?:done|complete|completed|finished|went (?:well|fine|great|ok|okay|smoothly)){DETAIL}"
            ),
            rf"(?:went over|reviewed|covered|discussed) {THING} (?:with|w/) {WHOM}{DETAIL}",
        ),
    ),
    (
        r"pay|reimburse|refund|settle|pagar",
        "any",
        r"paid(?: (?:out|off))?|reimbursed|refunded|settled|pag(?:ue|ado|ada|amos)",
        (rf"payment (?:is |was )?(?:went out|sent|posted|made|went through|in){DETAIL}",),
    ),
    (r"print|imprimir", "any", r"printed(?: (?:out|off))?|impres[oa]s?|imprim(?:i|imos)", ()),
    (
        r"translate|traducir",
        "any",
        r"translated|traducid[oa]s?|traduje",
        (
            rf"(?:{THING} )?translation (?:is |was )?(?:done|finished|back|complete|completed|in){DETAIL}",
            rf"{THING} {IS} back from (?:the )?translat(?:or|ion){DETAIL}",
        ),
    ),
    (
        r"enroll?|register|sign up|add|admit|inscribir|registrar",
        "any",
        r"enroll?ed|registered|signed up|added|admitted|inscrit[oa]s?|registrad[oa]s?|inscrib(?:i|imos)",
        (
            rf"{DID}signed {THING} up{DETAIL}",
            rf"{THING} {IS} (?:now )?(?:on the (?:list|roster)|in the program){DETAIL}",
        ),
    ),
    (r"cancel|cancelar", "any", r"cancell?ed|called off|released", ()),
    (
        r"update|correct|fix|change|amend|edit|revise|adjust|reconcile|actualizar|corregir",
        "any",
        (
            r"updated|corrected|fixed|changed|amended|edited|revised|adjusted|reconciled|actualiz(?:ado|ada|e)|"
            r"corregid[oa]s?|corregi"
        ),
        (rf"(?:{THING} )?{IS} (?:now )?(?:up to date|up-to-date|correct|right|current)(?: now)?{DETAIL}",),
    ),
    (
        r"refill|renew|renovar",
        "any",
        r"refilled|renewed|called in|sent in|e-?prescribed|renovad[oa]s?",
        (
            rf"(?:{THING} )?(?:{IS} )?ready (?:for pick-? ?up|at {WHOM}){DETAIL}",
            rf"(?:{THING} )?{IS} (?:called in|at) {WHOM}{DETAIL}",
            rf"{WHOM} (?:filled|refilled|has filled) {THING}{DETAIL}",
        ),
    ),
    (
        r"transfer|move|transferir",
        "title",
        r"transferred|moved|sent(?: over)?|switched|transferid[oa]s?",
        (
            rf"{WHOM} {HAS} {THING}{DETAIL}",
            rf"{THING} (?:went|gone|has gone)(?: over| out)?{DETAIL}",
            rf"{THING} {IS} (?:at|with) {WHOM}{DETAIL}",
        ),
    ),
    (
        r"find|locate|place|identify|encontrar|secure",
        "any",
        r"found|located|lined up|secured|identified|placed|encontr(?:e|amos|ado|ada)|consegui(?:mos|do|da)?",
        (
            rf"{WHOM} (?:now )?has (?:a|an|his|her|their|the) {THING}(?: (?:at|with|in) (?P<f>.+))?",
            rf"(?:{WHOM} )?(?:took|accepted|has accepted|will take) (?P<who>\S+(?: \S+){{0,2}}?){DETAIL}",
            r"(?:was |is |got |been )?accepted (?:at|by) (?P<f>.+)",
        ),
    ),
    (
        r"complete|fill|finish|write|prepare|compose|make|create|build|compile|type|completar|llenar|escribir",
        "any",
        (
            r"completed|filled (?:in|out)|finished|written(?: up)?|wrote|prepared|composed|made|created|built|compiled|"
            r"typed(?: up)?|completad[oa]s?|escrit[oa]s?|llen(?:e|ado|ada)"
        ),
        (rf"{DID}filled {THING} (?:in|out){DETAIL}",),
    ),
    (r"draft", "any", r"drafted|written|wrote", ()),
    (
        r"replace|swap|exchange|repair|fix|mend|reemplazar|reparar",
        "any",
        r"replaced|swapped(?: out)?|exchanged|repaired|fixed|mended|reemplazad[oa]s?|reparad[oa]s?",
        (),
    ),
    (r"clean|turn|limpiar", "any", r"cleaned(?: up)?|clean|turned over|flipped|limpi[oa]s?", ()),
)
CLEARED_SO = (
    rf"(?:{WHOM} )?{BEEN}(?:cleared|signed off|approved)(?: by {THING})?{DETAIL}",
    rf"{WHOM} (?:cleared|signed off on|approved) {THING}{DETAIL}",
)
