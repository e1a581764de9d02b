"""A Spanish sentence in turns of phrase that mean a plain command -> the same in the words that the grammar knows."""

from __future__ import annotations

import re

_NAME = r"[a-zà-ÿ]{2,20}"
_IT = r"(l[oae]s?|sel[oa]s?)\b"
# Usted and ustedes bid otherwise than tú; the grammar knows tú.
_POLITE = (
    ("mu[eé]van?", "mueve"),
    ("c[aá]mbien?", "cambia"),
    ("p[aá]sen?", "pasa"),
    ("d[eé]n?", "da"),
    ("as[ií]gnen?", "asigna"),
    ("ci[eé]rren?", "cierra"),
    ("b[oó]rren?", "borra"),
    ("qu[ií]ten?", "quita"),
    ("canc[eé]len?", "cancela"),
    ("elim[ií]nen?", "elimina"),
    ("m[aá]rquen?", "marca"),
    ("pong?an?", "pon"),
    ("p[oó]ngan?", "pon"),
    ("posp[oó]ngan?", "pospon"),
    ("d[eé]jen?", "deja"),
    ("re[aá]bran?", "reabre"),
)
_DAY = (
    r"(?:(?:el|la) )?(?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|ma[nñ]ana|hoy|pr[oó]xim[oa]|"
    r"pasado ma[nñ]ana|fin de|weekend|\d)"
)
_MOVED = (
    r"(?:cambiamos|movimos|pasamos|dejamos|recorrimos|cambi[eé]|mov[ií]|pas[eé]|cambio|muevo|paso|corro|cambiaron|"
    r"movieron|pasaron)"
)
_UNSURE = r"\b(?:quiz[aá]s?|tal vez|a lo mejor|si|creo|no) "
# "12 listo y la 14 que la vea Priya": what is said of the 12 is no part of what Priya shall see to.
_ENDED = r"\d\s+(?:ya |est[aá] )?(?:hech|list|termin|cerrad|enviad|mandad|complet|done|ok\b)"
_NEXT = r"(?<=[a-zà-ÿ])(?:[,;]| y(?= (?:el |la )?#?\d)) "
_WHAT = rf"((?:(?!{_NEXT}|{_ENDED}).){{1,80}}?)"
_PUT_SO = tuple(
    (re.compile(form, re.IGNORECASE), put)
    for form, put in (
        *((rf"\b{said}{_IT}", rf"{put}\1") for said, put in _POLITE),
        *((rf"^\W*(?:por favor,? )?{said} (?=(?:el|la|los|las|lo|#?\d))", f"{put} ") for said, put in _POLITE),
        (r"\b(?:recu[eé]rden?|av[ií]sen?)me(l[oa]s?)?\b", r"recuerdame\1"),
        (
            (
                rf"^\W*(?:p[aá]s[ae]|d[aáeé]|asign[ae])le (?:lo del? )?(.{{1,80}}?) a ({_NAME})(?= ?(?:[.!]|$|"
                rf"por favor|porfa))"
            ),
            r"give \1 to \2",
        ),
        (r"\bfin de semana\b|\bfinde\b", "weekend"),
        (r"\b(?:la )?(?:otra semana|semana (?:que (?:entra|sigue)|entrante|siguiente))\b", "la proxima semana"),
        # "Déjalo para el viernes", "el 4 ponlo hasta el lunes": it is its day that is set.
        (
            (
                rf"(?<!no )(?<!no me )(?<![\wà-ÿ])(?:p[oó]n|d[eé]ja|c[oó]rre|rec[oó]rre|av[ií]enta)(l[oa]s?) "
                rf"(?=(?:para|hasta|al?) {_DAY})"
            ),
            r"mueve\1 ",
        ),
        # "La queja, que la vea Colette".
        (
            (
                rf"^\W*{_WHAT},? que (?:l[oa]s? )?"
                rf"(?:vea|haga|tome|atienda|lleve|revise|termine|llame|siga) ({_NAME})"
                r"(?= ?(?:[.!]|$|por favor|porfa))"
            ),
            r"give \1 to \2",
        ),
        (
            rf"^\W*{_WHAT},? (?:se )?l[oae]s? (?:doy|paso|dejo|encargo) a ({_NAME})(?= ?(?:[.!]|$))",
            r"give \1 to \2",
        ),
        (rf"^\W*({_NAME}) se (?:queda|qued[oó]) con (?=(?:el|la|lo|los|las|#?\d))", r"give to \1 "),
        (
            rf"^(?!.*{_UNSURE})(\W*|.{{1,120}}?(?:{_NEXT})){_WHAT},? (?<!se )l[oa]s? {_MOVED} (?=(?:al?|para|hasta) )",
            r"\1mueve \2 ",
        ),
    )
)


def put_plainly_in_spanish(sentence: str) -> str:
    """Return the sentence with every turn of phrase of the table put plainly, one after the other."""
    for form, put in _PUT_SO:
        sentence = form.sub(put, sentence)
    return sentence
