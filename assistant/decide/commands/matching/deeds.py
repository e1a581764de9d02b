"""Words that tell a result, and the results that end a task: a quote that came, a visit that is booked."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.titles import heads, is_like
from assistant.decide.commands.matching.told import bidden
from assistant.decide.commands.wording.likeness import stem
from assistant.records import Task

_SENT = (
    r"sent(?: (?:out|off|in|over))?|faxed|e-?mailed|mailed|submitted|turned in|forwarded|uploaded|filed|transmitted|"
    r"scanned(?: in(?:to)?)?|went (?:out|in|over|off)|gone out|out the door|on file|in the chart|"
    r"mandamos|enviamos|emailed over|went thru|subi(?:mos)?|escanead[oa]s?|se envio|se mando|"
    r"mandad[oa]s?|enviad[oa]s?|salio|salieron"
)
_GIVEN = (
    r"gave|given|handed(?: over| off| out)?|dropped off|delivered|went home with|got there|"
    r"(?:(?:se|le) )?l[oa]s? (?:di|dimos|entregue)|entregue|entregad[oa]s?|se entrego|se entregaron|entregaron|"
    r"has (?:the|its|his|her|their|it)|(?:is|are) with (?:her|him|them|the patient|the family|pt|mom|dad)"
)
_BOOKED = (
    r"booked|scheduled|rescheduled|arranged|reserved|secured|lined up|set(?: up)?|confirmed|"
    r"made|on the (?:schedule|calendar|books)|in the books|agende|agendamos|programe|programamos|arreglad[oa]s?|"
    r"agendad[oa]s?|programad[oa]s?|reservad[oa]s?|"
    r"rebooked|locked in|confirmad[oa]s?"
)
_HELD = (
    r"went (?:fine|well|great|ok|okay|good|smoothly|smooth)|took place|happened|is over|was held|"
    r"salio bien|fue bien"
)
_APPROVED = (
    r"approved|authorized|granted|cleared|(?:went|gone) thr(?:ough|u)|reversed|overruled|said yes|accepted|overturned|"
    r"aprobad[oa]s?|autorizad[oa]s?|aprobaron|autorizaron|acepto|aceptaron"
)
_SIGNED = r"signed|co-?signed|firmad[oa]s?|firmo|firmaron"
_GOT = (
    r"received|arrived|came|(?:is|are|'s) (?:in|here|back|in hand|at)|landed|got here|showed up|obtained|"
    r"collected|in hand|llego|llegaron|recibi(?:mos)?|recibid[oa]s?|got (?:it|them)"
)
_PICKED = r"picked up|collected|recogi(?:eron|do|da|dos|das|o)?"
_REACHED = (
    r"spoke (?:with|to)|talked (?:with|to)|reached(?! out)|told|notified|informed|reminded|taught|got the teaching|"
    r"called back|hable con|hablamos con|le hable|avise|avisamos|le dije"
)
_FOUND = r"found|lined up|located|identified|encontre|encontramos|encontrad[oa]s?|consegui(?:mos)?|conseguid[oa]s?"
_DRAWN = r"drawn|collected|resulted|sacad[oa]s?|blew"
_MENDED = r"replaced|swapped(?: out)?|repaired|fixed|reparad[oa]s?|cambiad[oa]s?"
_MOVED = r"moved|rescheduled|switched|changed|swapped|pushed|cambiad[oa]s?|movid[oa]s?|reprogramad[oa]s?"
_SETTLED = (
    r"all (?:set|good)|good to go|squared away|off (?:the|my) list|in place|taken care of|out the door|quedo|quedaron|"
    r"list[oa]s?|hech[oa]s?"
)

_CLOSED = (
    r"done|completed?|finished|resolved|closed(?: out)?|fixed|issued|posted|activated|passed|matched|visited|trained|"
    r"fitted|installed|instalad[oa]s?|called in|overturned|up to date|is active|'s active|is syncing|made|"
    r"signed off|stopped|corrected|answered|gathered|in stock|redone|dropped (?:off|at|by|with)|ya qued[oa]|"
    r"(?:is|are) clean|(?:is|are) on(?: the (?:list|wait list))?|went to|saw|verified|checks out|paid|mailed|"
    r"entregamos|instalaron|resubmitted|refaxed|repaired"
)
"""Results of any kind of work."""
_PUT_IN_PLACE = r"(?:has|have|got|have got) (?:the|a|an|his|her|its|their|all the)"

# The deed with which a title begins (left), and the results that end it.
_BIDS = (
    (
        r"send|fax|e-?mail|mail|submit|forward|upload|file|transmit|scan|mandar|enviar|subir|escanear|faxear",
        _SENT,
    ),
    (
        r"give|hand|bring|deliver|take|drop|entregar|llevar",
        rf"{_GIVEN}|delivered|arrived|took|brought|entregamos|entregue|entregaron",
    ),
    (r"book|schedule|arrange|set|reserve|line|secure|agendar|programar|reservar|apartar", _BOOKED),
    (r"reschedule|move|switch|change|transfer|cambiar|mover", rf"{_MOVED}|transferred"),
    (
        r"order|pedir",
        r"(?:is|are) here|ordered|delivered|arrived|came|pedid[oa]s?|pedi|pedimos|llegaron|llego|shipped|went in",
    ),
    (r"request|reserve|pedir|solicitar", rf"{_BOOKED}|{_APPROVED}|requested"),
    (
        r"get|obtain|request|chase|collect|retrieve|track|gather|obtener|conseguir|recabar",
        rf"{_GOT}|{_SIGNED}|{_PUT_IN_PLACE}|got|gathered|requested|confirmed",
    ),
    (
        r"call|phone|ring|notify|tell|inform|let|remind|answer|llamar|avisar|hablar|notificar|recordar|teach|stop|confirm",
        rf"{_REACHED}|called \w+ back|called (?:\w+'s )?\w+ back|called (?:the )?\w+ \w+ back|knows|stopped",
    ),
    (r"find|locate|conseguir|encontrar", rf"{_FOUND}|booked|secured|confirmed|(?:is|are|'s) here|{_PUT_IN_PLACE}"),
    (r"confirm|verify|check|confirmar|verificar", r"confirmed|verified|checked|confirmad[oa]s?|verificad[oa]s?"),
    (r"replace|repair|fix|swap", _MENDED),
    (r"clean|limpiar", r"cleaned(?: up)?|limpi[oa]s?"),
    (r"pick|recoger", _PICKED),
    (r"translate|traducir", r"translated|traduje|tradujimos|traducid[oa]s?"),
    (r"sign|firmar", _SIGNED),
    (r"cancel", r"cancell?ed|released"),
    (r"close", r"closed"),
    (r"answer", r"answered|closed"),
    (r"confirm|verify|check", r"(?:knows?|is clear)|checks out"),
    (r"draft|prepare", r"drafted|written|wrote|prepared"),
    (r"write|fill|complete", r"written|wrote|prepared|filled (?:in|out)"),
    (r"renew|refill|renovar", r"renewed|refilled|renovad[oa]s?|called in|went to the pharmacy|ready at the pharmacy"),
    (r"return|devolver", rf"{_PICKED}|returned|shipped|sent back|mailed back|dropped off"),
    (r"update|correct|actualizar|corregir", r"updated|corrected|up to date|actualizad[oa]s?"),
    (r"add|put|enter|log|record", r"added|entered|logged|recorded"),
    (r"pay|reimburse|refund|pagar", r"paid|reimbursed|refunded|pagad[oa]s?"),
    (r"print|imprimir", r"printed|impres[oa]s?"),
    (r"enroll?|register|inscribir", r"enroll?ed|registered|signed up|inscrit[oa]s?"),
    (r"review|discuss|explain|train|educate", r"reviewed|discussed|explained|trained|educated"),
    (r"ask|preguntar", r"asked"),
)
_PAPERS = frozenset({"results", "result", "records", "report", "reports", "notes", "images", "films", "copy", "copies"})
# The nouns of a title that begins with none (left), and the results that end such a task.
_NOUNS = (
    (
        (
            r"auth(?:orization)?s?|pa|pre-?cert(?:ification)?|pre-?determination|review|appeal|coverage|"
            r"clearance|pasrr|"
            r"eligibility|approval|waiver|application|autorizacion|meals|lodging|referral"
        ),
        _APPROVED,
    ),
    (
        (
            r"consents?|release|directive|recert(?:ification)?|certification|cmn|poa|attestation|signatures?|signed|"
            r"consentimiento"
        ),
        _SIGNED,
    ),
    (r"signature|signed", r"signed"),
    (
        (
            r"letters?|packets?|referrals?|notes?|photos?|instructions|summary|documents?|images|slides|release|"
            r"paperwork|carta|instrucciones|claim|report|fotos"
        ),
        _SENT,
    ),
    (
        r"letters?|packets?|sheets?|handouts?|kits?|instructions|records?|slides|passes|forms?|carta|instrucciones|cards?",
        _GIVEN,
    ),
    (
        (
            r"appointments?|appts?|visits?|consult(?:ation)?s?|follow-?up|flights?|rides?|transport(?:ation|e)?|vans?|"
            r"interpreters?|mri|ct|dexa|echo|eeg|emg|ultrasound|colonoscopy|endoscopy|surgery|session|eval(?:uation)?|"
            r"fitting|lodging|hotel|sitters?|slots?|biopsy|mammogram|training|class|shuttle|cab|c-arm|cita|vuelo"
        ),
        rf"{_BOOKED}|{_FOUND}",
    ),
    (
        (
            r"visits?|check|eval(?:uation)?|teaching|training|fitting|session|conference|meeting|class|test|"
            r"call|intake|"
            r"consult(?:ation)?s?|visita"
        ),
        _HELD,
    ),
    (r"teaching|education|call|reminder", _REACHED),
    (
        (
            r"commode|beds?|walkers?|wheelchairs?|bench|chairs?|oxygen|o2|concentrators?|tanks?|pumps?|cpap|"
            r"bipap|masks?|"
            r"nebulizers?|kits?|tray|supply|supplies|scooter|crutch(?:es)?|vaccines?|meds?|medications?|"
            r"glasses|brace|splint|monitors?|liners?|shipment|cart|boots|dose|delivery|packs|"
            r"quotes?|estimates?|films?|cds?|discs?|images|records?|reports?|results?|slides|loaner|out-of-stock|"
            r"number"
        ),
        rf"{_GOT}|delivered|dropped off",
    ),
    (r"order|shipment|kits?", r"shipped|delivered|arrived|came|llego"),
    (r"return|pick-?up|kit", rf"{_PICKED}|returned"),
    (
        r"labs?|draw|culture|specimen|swab|panel|a1c|inr|spirometry",
        rf"{_DRAWN}|came back|(?:is|are) back|negative|positive|normal",
    ),
    (r"results?|swab|test|culture|screen", r"negative|positive|normal|came back|(?:is|are) (?:back|in)|resulted"),
    (r"change|switch", _MOVED),
    (r"update", r"updated|up to date"),
    (r"set-?up", r"set up|installed"),
    (r"copy|record|directive|chart", r"scanned(?: in)?|on file|in the chart|uploaded"),
)
_ALL_TOLD = "|".join(
    dict.fromkeys(
        [*(told for _, told in _BIDS), *(told for _, told in _NOUNS), _SETTLED, _CLOSED, _PUT_IN_PLACE, "got"]
    )
)
# What is wished of such a thing is another's word: to have sent it off is only the beginning.
_AWAITED = re.compile(
    r"auths?|authorization|pa|re-?auth|pre-?auth|approval|appeal|review|clearance|eligibility|coverage|waiver|"
    r"pre-?determination|determination|pasrr|benefits|denial|dispute"
)
_SIGNED_BY = re.compile(
    r"consents?|release|signature|cmn|directive|statement|attestation|prescription|rx|certification|sign-off|signed"
)
_HARDWARE = re.compile(
    r"commode|beds?|walkers?|wheelchairs?|bench|chairs?|oxygen|o2|concentrators?|tanks?|pump|cpap|masks?|kits?|tray|"
    r"supply|supplies|scooter|vaccines?|medications?|meds|brace|splint|monitor|liner|delivery|boxes|packs|out-of-stock"
)
_BEGUN = re.compile(
    rf"(?<![\w'-])(?:{_SENT}|scheduled|booked|made|went to|resubmitted|refaxed|delivered|dropped (?:off|at|by|"
    rf"with))(?![\w'-])"
)
_UNDER_WAY = re.compile(r"\b(?:requested|ordered|shipped|asked)\b")
_ONLY_BEGUN = re.compile(
    rf"\b(?:drafted|written|wrote|prepared|filled|packed|started|opened|found out|{_MOVED}|"
    rf"pedi)\b"
)
TOLD = re.compile(rf"(?<![\w'-])(?:{_ALL_TOLD})(?![\w'-])")
"""Any words that tell a result."""
_GENERAL = re.compile(rf"(?<![\w'-])(?:{_SETTLED})(?![\w'-])")


def ends(plain: str, task: Task) -> bool:
    """Return whether the folded words tell a result that ends a task with such a title.

    A title that begins with a deed ends with that deed: "Book MRI" when the MRI is booked. One that only names a
    thing ends with what is wished of such a thing: "MRI authorization" when it is approved.
    """
    words = bidden(task)
    if words[0] in {"get", "have", "obtain"} and "signed" in words:
        # "Dr. Reyes has the orders" is not yet that he has signed them.
        return re.search(rf"(?<![\w'-])(?:{_SIGNED})(?![\w'-])", plain) is not None
    if _GENERAL.search(plain):
        return True
    told = [results for bids, results in _BIDS if re.fullmatch(bids, words[0])]
    if words[0] == "request" and _PAPERS & set(words):
        # That the study is booked brings none of its results.
        told = [results for results in told if not results.startswith(_BOOKED)]
    if not told:
        named = set(words) | {part for word in words for part in word.split("-")}
        told = [results for nouns, results in _NOUNS if any(re.fullmatch(nouns, word) for word in named)]
        # "Heart monitor return", "Latex allergy: switch the room": the deed may stand at the end.
        told += [results for bids, results in _BIDS if any(re.fullmatch(bids, word) for word in words[1:])]
    own = words[0]
    if own and own not in {"call", "phone", "ring", "chase"}:
        told.append(rf"{re.escape(own)}e?d|{re.escape(stem(own))}ed")
    if own in {"have", "get"}:
        told += [re.escape(one) for one in words[1:] if one.endswith("ed")]
    return any(re.search(rf"(?<![\w'-])(?:{results})(?![\w'-])", plain) for results in told)


def is_granted(plain: str, task: Task) -> bool:
    """Return whether the words tell that what the title asks for was approved, whoever had to ask for it."""
    return re.match(rf"(?:{_APPROVED})\b", plain) is not None and any(_AWAITED.fullmatch(one) for one in bidden(task))


def closes(plain: str, head: str, task: Task) -> bool:
    """Return whether the words tell of the very thing that the title names a result that ends most kinds of work.

    The title has to begin with no deed, and `head` be what it is about: "chemo" is not, in "Consult before chemo".
    """
    words = bidden(task)
    if any(re.fullmatch(bids, words[0]) for bids, _ in _BIDS) or not any(is_like(head, one) for one in heads(task)):
        return False
    is_sent_on = "to" in words
    begun = _BEGUN.search(plain) is not None
    if begun and any(_AWAITED.fullmatch(word) for word in words) and "letter" not in words:
        return False
    if begun and not is_sent_on and any(_SIGNED_BY.fullmatch(word) for word in words):
        return False
    if _ONLY_BEGUN.match(plain) and not {"change", "switch", "reschedule", "move"} & set(words):
        return False
    if _UNDER_WAY.search(plain) and not {"order", "request", "ship"} & set(words):
        return False
    is_thing = any(_HARDWARE.fullmatch(word) for word in heads(task))
    return not (
        is_thing
        and re.search(
            r"\b(?:sent|faxed|approved|"
            r"signed)\b",
            plain,
        )
    )


def is_enough(plain: str, task: Task) -> bool:
    """Return whether a deed told of a patient alone can only be this task's: "moved Fay", "reached Ivan"."""
    bid = bidden(task)[0]
    groups = [told for bids, told in _BIDS if re.fullmatch(bids, bid) and re.fullmatch(_PERSONAL, bid)]
    if re.fullmatch(r"re[a-z]{3,}|book|schedule|enroll|refer|discharge|transfer", bid):
        # "Lyle is rebooked" tells what "Rebook the visit" bids.
        groups.append(rf"{re.escape(bid)}e?d|{re.escape(stem(bid))}ed")
    if "call" in bidden(task):
        groups.append(_REACHED)
    return any(re.search(rf"(?<![\w'-])(?:{told})(?![\w'-])", plain) for told in groups)


_PERSONAL = r"call|phone|ring|notify|tell|inform|let|remind|answer|llamar|avisar|reschedule|move|stop"
