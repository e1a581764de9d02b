"""A claim -> a task's title: imperative, short, in the mail's own words."""

from __future__ import annotations

import re

from assistant.understand.embedded.claims import Claim
from assistant.understand.embedded.sentences import fold

MAX = 80
NUMBER = re.compile(r"^(?:[\w ]{2,20}: ?)?\(?[a-e1-9]\) ")
# What is left of "before Friday, and" when the deadline's words are gone.
DANGLING = re.compile(
    r"\s\(?(?:by|before|on|until|till|no later than|at|within|antes del?|para el|a más tardar(?: el)?|hasta el)\s?\)?"
    r"(?=[,;.)]|$|\s(?:and|or|so|y|to|about|for|with|from|regarding|sobre)\b)",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\s\(?(?:by|before|until|till|no later than|antes del?|a más tardar(?: el)?|hasta el) $", re.IGNORECASE
)
"""What leads to a deadline's words, and leads nowhere without them."""
LEAST = 8
"""Characters that must be left when a deadline's words are taken out."""
SHORTEST_NAME = 3
POLITE = re.compile(
    r"\b(?:please|pls|plz|kindly|por favor|if you (?:can|could|would|don't mind|get a (?:chance|minute))|"
    r"when you (?:can|get a chance|have a minute)|"
    r"at your (?:earliest )?convenience|for me|asap|thank you|thanks|thx|again|as well)\b[,.!]{0,2}",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"[\s,;:.!?(–—-]{1,9}(?:and|or|but|so it|so that|so|to|the|a|an|for|by|of|in|with|on|at|before|that|which|who|"
    r"than|is|are|if|when|from|"
    r"para|y|con|el|la|las|los|que|de)?[\s,;:.!?(–—-]{0,9}$",
    re.IGNORECASE,
)
FROM_HERE = re.compile(
    # "..., his next session is on Thursday": a second sentence behind a comma.
    r"[,;] (?:his|her|their|the|our|my|he|she|they|it|we)\b[^,.;]{0,40} (?:is|are|was|were|has|have|had|will) .*$|"
    r"(?:,|;| -| –| —)? (?:so (?:that )?(?:we|i|the|they|it|she|he|somebody|nobody)|otherwise|or else|because|"
    r"since (?:we|i|she|he|they)|or (?:anesthesia|the|we|they|she|he) (?:will|would)|"
    r"that would be|that'd be|would be (?:great|appreciated|helpful))\b.*$",
    re.IGNORECASE,
)
GERUND = re.compile(r"^(?P<verb>\w{2,15})ing\b", re.IGNORECASE)
ARE_DOUBLED = re.compile(r"(?P<twin>[bdgmnprt])(?P=twin)$")
TO_BE = re.compile(
    r"^(?P<thing>.{2,70}?) (?:(?:would|will|'d|'ll) )?(?:must|has to|have to|needs? to|will need to|is to|are to|"
    r"ought to|"
    r"should) (?:still |also |now )?be (?P<done>\w{2,15})\b(?P<rest>.{0,80})$",
    re.IGNORECASE,
)
NEEDS_DOING = re.compile(
    r"^(?P<thing>.{2,60}?) (?:(?:still|also|now|really|just|both|all) ){0,2}(?:needs?|wants?|requires?) "
    r"(?P<verb>\w{2,12})ing\b(?P<rest>.{0,80})$",
    re.IGNORECASE,
)
PARTICIPLE = re.compile(r"(?:ed|[^i]en|nt|id|ade|ut|et|ld|ft|wn|own|one)$")
IRREGULAR = {
    "done": "do", "sent": "send", "made": "make", "given": "give", "taken": "take", "drawn": "draw", "held":
    "hold", "told": "tell", "written": "write", "brought": "bring", "seen": "see", "found": "find", "kept":
    "keep", "set": "set", "put": "put", "read": "read", "redone": "redo", "shown": "show", "met": "meet",
    "paid": "pay", "begun": "begin", "chosen": "choose", "resent": "resend", "received": "send",
}  # fmt: skip
ME = re.compile(
    r"\b(?P<before>send|give|get|tell|call|email|e-mail|fax|text|let|forward|show|bring|mail|to|with|from|for|"
    r"ask|page|ping)\s(?:me|us)\b",
    re.IGNORECASE,
)
# What is promised to the reader: "send you the results" is, on the reader's list, "send the results".
YOU = re.compile(
    r"^(send|get|give|tell|fax|email|e-mail|bring|forward|mail|text|show|call|ring|ship|deliver) you\b", re.IGNORECASE
)
LEADS_OVER = re.compile(r"^(?:so|and|but|because|then|also|y|pero) (?=\w)", re.IGNORECASE)
PURPOSE = re.compile(
    r" (?:in order to|so as to|to (?:keep|avoid|prevent|make|ensure|allow|help|continue|complete|proceed|finish)|"
    r"para que|para (?:evitar|seguir))\b",
    re.IGNORECASE,
)
SPACED = re.compile(r" {1,3}([,;:.!?])")
YOU_HAVE = re.compile(r"^you(?:'ll| will| should) (?:have|get|receive|see|hear) ", re.IGNORECASE)
HALF = re.compile(r"^(?:needs?|has|must)\b", re.IGNORECASE)
DETERMINER = re.compile(r"^(?:An?|The|Her|His|Their|Our|My|Your|All|Both|Any|Two|Three|It|They|This|That)\b")
SILENT_E = re.compile(
    r"(?:[^aeiou][aeiou](?:[cdgklmnprstvz])|[aeiou]{1,2}[vzcg]|[lr][sgvc]|dg|uc|tl|bl|pl|iz|at|ut|ur|os|as|is|"
    r"ol|ul|il|ir)$"
)
KEEPS = frozenset(
    [
        "confirm",
        "deliver",
        "order",
        "offer",
        "consider",
        "cover",
        "enter",
        "answer",
        "gather",
        "transfer",
        "refer",
        "visit",
        "submit",
        "open",
        "collect",
        "edit",
        "return",
        "check",
    ]
)


def title_of(claim: Claim, *, due_words: str | None, patient: str | None, sender: str) -> str:
    """Return at most 80 characters: what to do, the patient where the words do not name one.

    Args:
        claim: What was found.
        due_words: The deadline's words, which are left out: the deadline has a place of its own.
        patient: As written.
        sender: The name of who wrote it, in the place of "me" and for questions.

    """
    words = claim.what
    if due_words and due_words.lower() in words.lower() and len(words) - len(due_words) > LEAST:
        at = words.lower().index(due_words.lower())
        words = AHEAD.sub("", words[:at]) + " " + words[at + len(due_words) :]
    words = fold(POLITE.sub(" ", FROM_HERE.sub("", NUMBER.sub("", words))))
    words = DANGLING.sub("", words)
    words = TAIL.sub("", words).strip(" ,;:-–—.!?¿¡")
    words = LEADS_OVER.sub("", SPACED.sub(r"\1", words))
    words = _shaped(claim, words, sender)
    if patient and not _names(words, patient):
        room = MAX - len(patient) - 3
        words = f"{_cut(words, room)} ({patient})"
    words = _cut(words, MAX)
    return words[:1].upper() + words[1:]


def _shaped(claim: Claim, words: str, sender: str) -> str:
    if claim.kind == "promise":
        words = YOU_HAVE.sub("", YOU.sub(r"\1", words))
        return f"{sender}: {words}" if sender else words
    if claim.kind == "question":
        return f"Answer {sender}: {words}" if sender else f"Answer: {words}"
    passive = TO_BE.match(words)
    if passive and not PARTICIPLE.search(passive["done"].lower()):
        thing = DETERMINER.sub(lambda found: found[0].lower(), passive["thing"])
        return f"Make sure {thing} is {passive['done']}{passive['rest']}"
    if passive:
        thing = DETERMINER.sub(lambda found: found[0].lower(), passive["thing"])
        return f"{_base(passive['done'])} {thing}{passive['rest']}"
    if claim.rule.name == "needs-doing" and (doing := NEEDS_DOING.match(words)):
        thing = DETERMINER.sub(lambda found: found[0].lower(), doing["thing"])
        return f"{_base(doing['verb'] + 'ed')} {thing}{doing['rest']}"
    if not claim.rule.title and claim.kind == "request" and (gerund := GERUND.match(words)):
        words = _base(gerund["verb"] + "ed") + words[gerund.end() :]
    if claim.rule.title == "See that {}" and HALF.match(words):
        words = f"it {words[:1].lower()}{words[1:]}"
    if claim.rule.title:
        words = claim.rule.title.format(DETERMINER.sub(lambda found: found[0].lower(), words))
    return ME.sub(lambda found: f"{found['before']} {sender}", words) if sender else words


def _base(participle: str) -> str:
    """Return a verb's plain form: filed -> file, scheduled -> schedule, submitted -> submit."""
    lower = participle.lower()
    if lower in IRREGULAR:
        return IRREGULAR[lower]
    if lower.endswith("ied"):
        return lower[:-3] + "y"
    if not lower.endswith("ed"):
        return lower
    stem = lower[:-2]
    if stem in KEEPS:
        return stem
    if ARE_DOUBLED.search(stem):
        return stem[:-1]
    return stem + "e" if SILENT_E.search(stem) else stem


def _names(words: str, patient: str) -> bool:
    said = {word.lower().strip(".,'’()") for word in re.split(r"[\s'’]", words)}
    names = [word.lower().strip(".,'’()") for word in patient.split() if len(word) >= SHORTEST_NAME]
    return any(name in said for name in names if name not in {"mr.", "mrs.", "ms.", "mrs", "don", "sra", "miss"})


def _cut(words: str, room: int) -> str:
    if len(words) <= room:
        return words
    short = words[: room + 1].rsplit(" ", 1)[0]
    # Half of what it is for says less than nothing: "to keep the request" was to keep it open.
    purpose = max((found.start() for found in PURPOSE.finditer(short)), default=0)
    return TAIL.sub("", short[:purpose] if purpose > room // 2 else short)
