"""Spanish words that tell what was done -> the same with the deed in English: "sent el resumen"."""

from __future__ import annotations

import re

from assistant.decide.commands.plain.turns import AT, LONGEST, N
from assistant.decide.commands.wording.text import fold

# The deed in English: verbs in -ar, verbs in -ir and -er, other forms of the past, participles without their ending.
_DEEDS = """
sent: mand envi; ; ; mandad enviad
faxed: faxe; ; ; faxead
booked: reserv apart; ; ; reservad apartad
scheduled: agend program; ; ; agendad programad
rescheduled: reagend reprogram; ; ; reagendad reprogramad
confirmed: confirm; ; ; confirmad
lined up: encontr; consegu; consiguio consiguieron; conseguid encontrad
received: ; recib; llego llegaron; recibid
notified: avis; ; notifique notifico notificamos; avisad notificad
spoke: habl; ; ; hablad
signed: firm; ; ; firmad
approved: aprob autoriz; ; ; aprobad autorizad
delivered: ; ; entregue entregamos entrego entregaron; entregad
ordered: orden; ped; pidio pidieron encargue; pedid ordenad encargad
updated: ; ; actualice actualizamos actualizo actualizaron; actualizad
arranged: arregl; ; organice organizamos; organizad
uploaded: ; sub; ; subid
scanned: escane; ; ; escanead
verified: revis; ; verifique verificamos verifico verificaron; verificad revisad
filled out: llen; ; ; llenad
translated: ; ; traduje tradujimos tradujo tradujeron; traducid
renewed: renov; ; ; renovad
picked up: ; recog; ; recogid
submitted: present; somet; ; sometid presentad
paid: ; ; pague pago pagamos pagaron; pagad
printed: ; imprim; ; impres
registered: registr; inscrib; ; registrad inscrit
corrected: ; correg; corrigio corrigieron; corregid
cleaned: limpi; ; ; limpiad
replaced: reemplaz; ; ; reemplazad
returned: ; devolv; ; devuelt
written: ; escrib; ; escrit
reminded: record; ; ; recordad
"""
_ENDINGS = (("e", "amos", "o", "aron"), ("i", "imos", "io", "ieron"))


def _read(table: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the forms of the past, and the participles, each with its English deed."""
    past: dict[str, str] = {}
    participles: dict[str, str] = {}
    for row in table.strip().splitlines():
        deed, _, forms = row.partition(":")
        *stems, others, done = [part.split() for part in forms.split(";")]
        for group, endings in zip(stems, _ENDINGS, strict=True):
            past |= {f"{stem}{ending}": deed for stem in group for ending in endings}
        past |= dict.fromkeys(others, deed)
        participles |= {f"{stem}{ending}": deed for stem in done for ending in ("o", "a", "os", "as")}
    return past, participles


_PAST, _PARTICIPLES = _read(_DEEDS)
_NO_PRESENT = frozenset(
    ["llego", "recibio", "consiguio", "pidio", "subio", "recogio", "sometio", "traduje", "tradujo", "consigui"]
)
"""Forms that without their accent are no other form's."""
_LEAD = r"(?:si, )?(?:(?:ya|hoy|ayer|anoche|tambien|por fin|al fin|esta manana|yo|nosotros)[ ,]+){0,3}"
_SAID = (
    r"(?P<he>(?:he|hemos|han|ha) )?(?P<v>[a-z]{4,14})(?P<by> por (?:fax|correo|email|e-mail))?(?P<w> (?:con|al?)\b)?"
    # "Ya mandé a pedir el reporte" only begins.
    r"(?!(?: a)? (?:pedir|hacer|preguntar|llamar|ver|que|parte|la mitad|una parte|medi[oa]|solo|casi)\b)"
)
_SHORT_END = r"(?=[ ]*(?:[.!,;]|$)| (?:hoy|ayer|ya|esta manana|esta tarde|anoche|temprano|y|pero|por)\b)"
_THING = (
    r"(?= (?:el|la|los|las|lo|del?|su|sus|todo|todas?|todos|un|una|unos|unas|mi|[a-z]+'s)\b|(?<= con)|(?<= al)|(?<= a))"
)
_OF_NUMBERS = re.compile(rf"{AT}(?P<ya>{_LEAD})(?P<cl>se )?{_SAID}(?: lo de)? (?P<n>{N}){_SHORT_END}")
_BY_NUMBERS = re.compile(rf"(?P<n>{N}),? (?P<ya>(?:ya |si )?)(?P<cl>(?:se )?(?:l[oae]s? )?){_SAID}{_SHORT_END}")
_OF_IT = re.compile(rf"{AT}(?P<ya>{_LEAD})(?P<cl>(?:se )?l[oa]s? |se ){_SAID}{_SHORT_END}")
_OF_THING = re.compile(rf"{AT}(?P<ya>{_LEAD})(?P<cl>se |les? |se l[oae]s? )?{_SAID}{_THING}")
_THING_FIRST = re.compile(rf"(?<=[a-z0-9])(?P<ya>,? ya|) (?P<cl>se |l[oa]s? |se l[oa]s? ){_SAID}{_SHORT_END}")
_IS = r"(?:esta|estan|fue|fueron|ha sido|han sido)"
_IS_SO = re.compile(
    rf"(?<=[a-z0-9])(?<!\bya)(?<!\bno)(?: ya {_IS}| {_IS} ya| {_IS}| ya) (?P<p>[a-z]{{4,14}})\b(?! "
    rf"(?:para|por|con|a)\b)"
)
_SO_IS = re.compile(rf"{AT}{_LEAD}{_IS} (?P<p>[a-z]{{4,14}})(?= (?:el|la|los|las)\b)")


def put_deeds_plainly(sentence: str) -> str:
    """Return the sentence with its Spanish deeds in English; what they are done to stays as it is.

    >>> put_deeds_plainly("Ya mandé por fax las órdenes"), put_deeds_plainly("la cita ya está agendada")
    ('faxed las órdenes', 'la cita is scheduled')
    """
    if len(sentence) > LONGEST:
        return sentence
    for form, put in _FORMS:
        plain = fold(sentence)
        for match in reversed(list(form.finditer(plain))):
            deed = _deed(match, sentence)
            if deed is not None and _DENIED.search(plain, 0, match.start() + 1) is None:
                said = put.format(deed=deed, n=_group(match, "n", sentence)).strip()
                lead = " " if match.start() and plain[match.start() - 1] not in " ,;:." else ""
                sentence = f"{sentence[: match.start()]}{lead}{said}{sentence[match.end() :]}"
    return sentence


_DENIED = re.compile(r"\b(?:no|nunca|tampoco|ni|sin|jamas|nadie|que|si|cuando|quien)\s?$")
_FORMS = (
    (_OF_NUMBERS, "{n} {deed}"),
    (_BY_NUMBERS, "{n} was {deed}"),
    (_OF_IT, "{deed} it"),
    (_OF_THING, "{deed}"),
    (_THING_FIRST, " was {deed}"),
    (_SO_IS, "{deed}"),
    (_IS_SO, " is {deed}"),
)


def _deed(match: re.Match[str], sentence: str) -> str | None:
    """Return the English deed; None for other words, and where the past cannot be told from a present or a bidding."""
    found = match.groupdict()
    if found.get("p"):
        return _PARTICIPLES.get(found["p"])
    verb = found["v"]
    deed = _PARTICIPLES.get(verb) if found["he"] else _PAST.get(verb)
    if deed is None or not (found["he"] or _is_past(match, sentence)):
        return None
    if found["by"]:
        deed = "faxed" if "fax" in found["by"] else "emailed"
    if deed == "spoke" and found["w"]:
        return "spoke with"
    return deed if deed == "notified" else f"{deed}{found['w'] or ''}"


def _is_past(match: re.Match[str], sentence: str) -> bool:
    """Return whether a form is the past's: "mandé", but not "mando"; "mande" only behind "ya"."""
    last, verb = sentence[match.end("v") - 1], match["v"]
    if last in "oO" and verb not in _NO_PRESENT:
        return (match["cl"] or "").startswith("se ")
    return last not in "eE" or verb in _NO_PRESENT or "ya" in (match["ya"] or "")


def _group(match: re.Match[str], name: str, sentence: str) -> str:
    return sentence[slice(*match.span(name))] if match.groupdict().get(name) else ""
