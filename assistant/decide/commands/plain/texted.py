"""A Spanish line as telephones are thumbed ("el 4 q lo haga Ana", "36 pa Lupe") -> the same with its words in full."""

from __future__ import annotations

import re

from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.text import fold

# No English sentence has these: "no", "me" and "a" are words of both.
_SPANISH = re.compile(
    r"(?<![\w'])(?:el|las?|los|ya|lo|le|del|que|por|para|esta|estan|hasta|todavia|aun|hoy|ayer|manana|lunes|martes|"
    r"miercoles|jueves|viernes|sabado|semana|list[oa]s?|hech[oa]s?|quedo|favor|gracias|porfa|con|su|yo|muy|mejor|"
    r"[a-z]{3,}(?:ca|sa|ve|ja|rra|mbia)l[oa]s?)(?![\w'])"
)
_SPANISH_TITLE = re.compile(
    r"[a-z]{3,}[aei]r (?:(?:a|al|de|del|el|la|los|las|con|para|un|una|por) )|.* (?:de|del|para) "
)
_LEAST = 2
_DAY = (
    r"(?:el|la|los|las|ese|esa|hoy|manana|mañana|mñn|pasado|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|"
    r"cuando|que|antes|despu[eé]s|tod[oa]s?|ell[oa]s?|[eé]l|m[ií]|nosotros)\b"
)
_AFTER = r"(?= [a-zà-ÿ])"
_FORMS = tuple(
    (re.compile(form), put)
    for form, put in (
        (r"(?<![\w'])[Xx] ?(?:favor|fis)(?![\w'])", "por favor"),
        (rf"(?<![\w'/.-])(?:[Qq]|[Kk]e){_AFTER}", "que"),
        # "La pa" is the authorization; "pa la otra semana" is when.
        (rf"(?<![\w'/.-])(?<!\bla )(?<!\bel )(?<!\buna )(?<!\bde )(?:[Pp]a'?|[Xx]a)(?= {_DAY})", "para"),
        (r"(?<![\w'/.-])[Pp]al(?= [a-zà-ÿ\d])", "para el"),
        (rf"(?<![\w'/.-])[Xx](?! rays?\b){_AFTER}", "por"),
        (rf"(?<=[a-zà-ÿ] )d{_AFTER}", "de"),
        (r"(?<![\w'/.-])(?:[Tt]mb|[Tt]bn|[Tt]bien|tambn)(?![\w'])", "también"),
        (r"(?<![\w'/.-])[Tt]oda?vi?a(?= no\b)", "todavía"),
        (r"(?<![\w'/.-])[Tt]dv(?:[ií]a)?(?![\w'])", "todavía"),
        (r"(?<![\w'/.-])(?<!en )[Tt][aá](?= (?:ya )?(?:list|hech|confirmad|cancelad|agendad|pendiente|en ))", "está"),
        (r"(?<![\w'/.-])[Tt][aá]n(?= (?:ya )?(?:list|hech|confirmad|cancelad|agendad|pendiente))", "están"),
    )
)


def texted_in_full(line: str, asked: ReplyContext) -> str:
    """Return a Spanish line with what is left out of its little words put back; other lines as they are.

    In English "pa" is an authorization and "q" begins how often a drug is given.
    """
    plain = fold(line)
    is_spanish = _SPANISH.search(plain) is not None or _are_spanish(asked)
    if not is_spanish:
        return line
    for form, put in _FORMS:
        line = form.sub(put, line)
    names = {name for person in asked.people for name in fold(person.name).split()}
    return re.sub(
        r"(?<![\w'/.-])(?<!\bla )(?<!\buna )(?<!\bel )[Pp]a (?=(?P<p>[^\W\d]{2,20}))",
        lambda match: "para " if fold(match["p"]) in names else match[0],
        line,
    )


def _are_spanish(asked: ReplyContext) -> bool:
    """Return whether most of the tasks that the mail lists have Spanish titles."""
    titles = [fold(task.title) for task in asked.listed]
    return len(titles) >= _LEAST and 2 * sum(_SPANISH_TITLE.match(one) is not None for one in titles) > len(titles)
