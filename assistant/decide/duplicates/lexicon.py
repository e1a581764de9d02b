"""The words that decide whether two requests are one: kinds of action, things that exclude each other, empty words."""

from __future__ import annotations

import re


def each(words: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(words.split())


# What a request's verb comes to. Verbs of different kinds ask for different things.
_ACTIONS = {
    "send": "send fax mail email e-mail forward submit transmit upload share deliver return resend refax mandar enviar "
    "manda envia mande envie faxear",
    "get": "get obtain request collect retrieve pull secure locate gather conseguir consigue pedir pide",
    "book": "book schedule arrange reserve set organize organise line slot programar agendar agenda programe reservar",
    "move": "reschedule move postpone push shift rebook reprogramar mover",
    "cancel": "cancel stop withdraw remove discontinue cancelar",
    "call": "call phone ring telephone notify tell inform contact reach remind llamar llame llama avisar avise",
    "confirm": "confirm verify check recheck double-check ensure make confirmar verificar",
    "sign": "sign cosign co-sign initial firmar",
    "order": "order reorder prescribe refill renew restart pedido recetar",
    "review": "review read look examine approve revisar",
    "write": "write draft prepare complete fill update document correct amend escribir preparar llenar",
    "file": "file appeal dispute resubmit",
    "find": "find identify assign",
    "bring": "bring take pick drop llevar traer",
    "admit": "admit",
    "discharge": "discharge",
    "transfer": "transfer",
    "print": "print scan copy",
    "pay": "pay bill charge refund",
    "nudge": "follow chase ping update answer reply respond see handle let know status",
}
ACTION_OF = {verb: action for action, verbs in _ACTIONS.items() for verb in verbs.split()}
NUDGE = "nudge"
"""Asks after something, whatever was to be done with it."""
MAY_BE_ONE = frozenset(
    frozenset(pair)
    for pair in (("send", "get"), ("file", "send"), ("order", "book"), ("write", "send"), ("call", "confirm"))
)
"""Kinds of action of which one may be the other in different words: a person is asked."""

_PHRASES = (
    (r"prior[ -]auth(?:orization)?s?\b|pre-?auth(?:orization)?s?\b|\bpa (?=for|request)", "priorauth"),
    (r"peer[ -]to[ -]peer|\bp2p\b", "peertopeer"),
    (r"history (?:and|&) physical|\bh ?& ?p\b", "handp"),
    (r"x[ -]?rays?\b|radiographs?\b", "xray"),
    (r"\bekgs?\b|\becgs?\b|electrocardiograms?\b", "ecg"),
    (r"\btte\b|echocardiograms?\b|transthoracic", "echo"),
    (r"\btee\b|transesophageal(?: echo)?", "tee"),
    (r"\bct scans?\b|\bcat scans?\b|\bcta?\b", "ct"),
    (r"\bmr[ia] scans?\b|\bmri\b|magnetic resonance", "mri"),
    (r"\bpet[ -]?(?:ct|scans?)?\b", "pet"),
    (r"ultrasounds?\b|sonograms?\b|\bu/s\b|\bdoppler\b", "ultrasound"),
    (r"\bk\+|\bpotassium\b", "potassium"),
    (r"blood ?work|blood tests?\b|\blabs?\b(?= ?(?:work|results?|draws?|tests?)?)|laboratory", "lab"),
    (r"transport(?:ation)?\b|\brides?\b|\bpick-?ups?\b", "transport"),
    (r"translators?\b|interpret(?:er|ing|ation)s?\b|\binterprete\b", "interpreter"),
    (r"\bappts?\b|appointments?\b|\bvisits?\b|\bcitas?\b", "appointment"),
    (r"\bmeds?\b|medications?\b|medicines?\b", "medication"),
    (r"\brx\b|prescriptions?\b|scripts?\b", "prescription"),
    (r"follow[ -]?up (?=appointment|visit|with dr)|\bf/u\b", "followupvisit "),
    (r"\bd/c\b", "discharge"),
    (r"pre-?op(?:erative)?\b", "preop"),
    (r"post-?op(?:erative)?\b", "postop"),
    (r"in-?patients?\b", "inpatient"),
    (r"out-?patients?\b", "outpatient"),
    (r"clearances?\b|cleared\b", "clearance"),
    (r"\bwith(?= contrast)", "withcontrast"),
    (r"\bwithout(?= contrast)|\bno(?= contrast)", "withoutcontrast"),
)
PHRASES = tuple((re.compile(pattern), word) for pattern, word in _PHRASES)
"""Several ways to say one thing, in folded text, and the word that stands for them."""

EXCLUSIVE = (
    each("left right bilateral izquierdo izquierda derecho derecha"),
    each(
        "mri ct pet xray ultrasound echo tee ecg holter mammogram dexa colonoscopy endoscopy biopsy stress "
        "nuclear fetal eeg emg angiogram catheterization cath"
    ),
    each(
        "cbc bmp cmp inr a1c potassium lipid tsh troponin urinalysis culture hcg psa bnp ferritin creatinine vancomycin"
    ),
    each(
        "chest abdomen pelvis head brain neck spine cervical thoracic lumbar knee hip shoulder ankle wrist "
        "elbow foot breast liver kidney heart lung sinus"
    ),
    each("preop postop"),
    each("inpatient outpatient"),
    each("admission discharge"),
    each("first second third fourth initial final"),
    each("upper lower"),
    each("primary secondary tertiary"),
    each(
        "somali spanish arabic vietnamese mandarin cantonese russian hmong haitian creole korean tagalog "
        "portuguese french polish asl farsi dari swahili nepali ukrainian"
    ),
    each("hypertension hypotension"),
    each("start stop"),
    each("withcontrast withoutcontrast"),
    each("mother father son daughter husband wife sister brother"),
    each("consent intake"),
    each("morning afternoon evening"),
    each("increase decrease"),
    each("pulmonary cardiac dental renal psychiatric neurology oncology anesthesia"),
    each("medicare medicaid"),
)
"""Of each group, words of which one is not the other."""
SPOKEN_OF = 4
"""The first so many groups say what a request is about: named in one request alone, they leave a doubt."""

GENERIC = each(
    "form record report note letter paper paperwork document packet result appointment visit request order info "
    "information copy list slot date office clinic chart file detail item case matter test study exam procedure "
    "scan thing question answer status update summary team department doctor provider data sheet page number name "
    "plan image"
)
"""Things of which there are many kinds: agreeing in them alone says little."""
LIGHT = each(
    "sign updat new latest current urgent complet original full remain correct final today quick friend gentle "
    "asap stat due need back over still yet outstand pend miss receiv hear heard check follow remind wait request "
    "ask long soon possible hold sooner possibl end day week hour minut morn afternoon noon time eod cob"
)
EMPTY = each(
    "a an the to for of on in at by with from and or is are was were be been has have had do does did it its this "
    "that these those he she him her his hers we us our you your they them their i me my any all both each some "
    "so as if when once not no yes please pls kindly thanks thank hi hello hey dear could can would will may "
    "might shall should must need needs needed want wants like just also again still yet now new up out over "
    "about re regarding before after until till due than later earlier soon asap stat urgent urgently reminder "
    "friendly gentle quick quickly following know let get getting got make made sure see there here what which "
    "who where how why because since only very too more most much many one other another same mr mrs ms miss dr "
    "dra sr sra srta don patient pt pts patients via per within between into onto off down back ever never "
    "already today tonight tomorrow favor por para el la los las un una de del al y en con que su se lo le "
    "urgente hoy manana go going come coming sent send sending able possible chance wondering checking hoping "
    "awaiting waiting wait heard hear anything something news word done"
)
"""Folded words that tell no request from another."""

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon lunes",
            "tuesday tue tues martes",
            "wednesday wed weds miercoles",
            "thursday thu thur thurs jueves",
            "friday fri viernes",
            "saturday sabado",
            "sunday domingo",
        )
    )
    for name in names.split()
}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("january jan enero", "february feb febrero", "march mar marzo", "april apr abril", "may mayo"),
            *("june jun junio", "july jul julio", "august aug agosto", "september sep sept septiembre"),
            *("october oct octubre", "november nov noviembre", "december dec diciembre"),
        ),
        start=1,
    )
    for name in names.split()
}
NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=2
    )
}
