"""Clauses that name no task: undo, help, list, stop, resume. They have to be the whole of what is said."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.decide.commands.forms.wishes import WISHES
from assistant.decide.commands.matching.found import Clause, Found, each
from assistant.decide.commands.matching.subjects import Subject
from assistant.decide.commands.reply import Operation, Verb
from assistant.decide.commands.wording.text import SIGN

_PLEASE = r"(?:\s+(?:please|pls|now|again|por favor))*[\s?.!]*"
_MAILS = (
    r"(?:e-?mails?|mails?|mailings?|digests?|messages?|reminders?|notifications?|updates|correos?|"
    r"mensajes?|resumen(?:es)?|recordatorios?)"
)
_ARTICLES = (
    r"(?:me|from|of|the|this|these|those|any|all|my|your|sending|getting|emailing|mailing|daily|"
    r"morning|to|up|back|los|las|el|mis|it|everything|de|mandarme|enviarme|esto|estos)"
)
_UNDO = re.compile(
    r"(?:(?:oops|whoops|sorry|wait|no)[\s,]+){0,2}"
    r"(?:undo|revert|reverse(?= (?:it|this|that|the last|my last|what)\b)|roll back|rollback|"
    r"take (?:that|it|this) back|deshacer|deshaz|deshazlo|revierte|anular?)"
    r"(?:\s+(?:it|that|this|all|everything|of|the|last|one|change|changes|reply|thing|my|mail|eso|lo|ultimo|todo|"
    r"what|i|just|did|sent|wrote|said|told|you|above|those|them))*(?:\s+(?:about|on|for|re|regarding)\b[^§]{1,40})?"
    + _PLEASE
)
_TAKE = (
    r"(?:undo|revert|reverse|roll back|rollback|take back|disregard|ignore|cancel|scratch|retract|withdraw|"
    r"forget(?: about)?|"
    r"void|nullify|annul|delete|strike|unsend|anul[ae]|olvid[ae]|ignor[ae]|deshaz|deshaga|retiro|haz caso omiso de|"
    r"cancel[ae]|"
    r"borr[ae])"
)
_WHEN_SAID = (
    r"(?:\s+(?:you|in|earlier|before|today|just|now|only|(?:this|last) (?:morning|afternoon|evening|night)|yesterday|"
    r"(?:an?|one|two|five|ten|few|\d{1,2})(?: few)? (?:minutes?|mins?|seconds?|secs?|moments?|hours?) ago|a moment ago|"
    r"a while ago|by (?:mistake|accident)|hace (?:un rato|poco)|hoy|ayer|antes))*"
)
_I_SAID = (
    rf"(?:(?:what(?:ever)?|that|which|all|everything|anything|the (?:last )?(?:thing|stuff|one|mail|e-?mail|message|"
    rf"reply))"
    rf"(?: that| which)? (?:i|i've|i have)(?: (?:just|only|accidentally|mistakenly|already))? "
    rf"(?:sent|said|wrote|did|told|replied|typed|mailed|emailed|answered|asked|changed|put|marked){_WHEN_SAID}|"
    rf"lo que (?:acabo de )?(?:dije|mande|envie|escribi|mandar|decir|enviar|escribir)(?: en (?:el|mi) (?:ultimo )?"
    rf"(?:correo|mensaje))?{_WHEN_SAID})"
)
_OLDER = r"(?:very )?(?:last|previous|prior|earlier|latest|most recent|preceding)"
_MAIL = r"(?:e-?mail|mail|message|reply|response|answer|note|text|update)"
_MY_LAST = (
    rf"(?:my {_OLDER}(?: one| {_MAIL}| (?:word|instruction))?|(?:that|the) {_OLDER} {_MAIL}|my {_MAIL}|that {_MAIL}|"
    rf"(?:that|the) (?:{_OLDER} )?(?:one|{_MAIL}) i (?:just )?sent|"
    rf"mi (?:ultim[oa] |anterior )?(?:correo|mensaje|respuesta)(?: anterior| pasad[oa]| de (?:hoy|ayer|antes))?)"
    rf"(?: (?:that )?i (?:just )?sent)?{_WHEN_SAID}(?: (?:on|about) (?:this|that|it)(?: one)?)?"
)
_LEADING = (
    r"(?:(?:oops|whoops|sorry|wait|no|ugh|hi|hello|hey|please|pls|kindly|actually|perdon|(?:can|could|may|"
    r"would) (?:you|i|we)|"
    r"i'?d like to|i (?:want|need|have) to|let me|i|just|por favor|puedes?|my (?:bad|mistake)|wrong (?:one|mail|"
    r"e-?mail|"
    r"thread|person|button))[\s,.:;!-]+){0,4}"
)
_TAKEN_BACK = re.compile(
    rf"{_LEADING}(?:{_TAKE} (?:(?:all|everything|anything|whatever)(?: of)?(?: (?:in|from|of))? )?(?:{_I_SAID}|"
    rf"{_MY_LAST})|"
    rf"take (?:{_I_SAID}|{_MY_LAST}) back|"
    rf"{_MY_LAST} (?:was|is|were|fue) (?:(?:sent|a|an|in|by|por|un)\s)*(?:mistake|error|accident|"
    rf"(?:meant )?for (?:someone|"
    rf"somebody) else|wrong)(?:[\s,.;-]+(?:so )?(?:please |pls )?{_TAKE}(?: (?:it|that))?)?)" + _PLEASE
)
_HELP = re.compile(
    r"(?:help|help me|commands|usage|info|instructions|\?+|how (?:do|can|should|does|to)\b.{0,60}|"
    r"what can (?:i|you) (?:say|write|do|type|understand)|"
    r"ayuda|ayudame|comandos|que puedo (?:decir|escribir|hacer)|como (?:funciona|uso) .{0,40})" + _PLEASE
)
_LIST = re.compile(
    r"(?:list|status|(?:re)?send(?: me)?(?: (?:my|the|a|an))?(?: (?:updated|new|current|full|open|"
    r"whole|latest))*(?: (?:list|digest|tasks))|"
    r"(?:show|give|tell)(?: me)?(?: (?:my|the|a|all|everything|what))*(?: (?:open|current|full|"
    r"updated|is|i have))*(?: (?:list|tasks|items|open|left|pending))?|"
    r"what(?:'s| is| are| do i(?: still)? have|s)?(?: (?:still|all|else|my|the|is|tasks|things|items|"
    r"are|do|i|have|am))*"
    r" (?:open|left|outstanding|remaining|pending|due|on my (?:list|plate)|my list|owe)(?: (?:for me|"
    r"to do|now|on my (?:list|plate)))*|"
    r"what do i (?:still )?(?:have|owe)(?: open| left| to do)*|"
    r"(?:my |open |the )?(?:tasks|list)|lista|mi lista|la lista|mis tareas|pendientes|mis pendientes|"
    r"que (?:me |nos )?(?:queda|falta|hay|tengo)(?: pendiente| abierto| por hacer)?|(?:manda|envia)(?:me)? la lista)"
    + _PLEASE
)
_STOP = re.compile(
    rf"(?:stop|unsubscribe|pause|mute|turn off|quit|disable|opt out|no more|take me off|remove me|"
    rf"baja|darme de baja|parar?|"
    rf"deja de mandarme|(?:ya )?no me (?:mand|envi)[ae]n?s?(?: mas)?|detener|"
    rf"alto)(?:\s+(?:{_ARTICLES}|{_MAILS}|list|for good))*"
    rf"(?:\s+(?:until|till|til|for|while|hasta|por|durante)\b(?P<d>[^§]{{1,40}}?))?" + _PLEASE
)
_RESUME = re.compile(
    rf"(?:(?:resume|restart|unpause|unmute|resubscribe|subscribe|start|turn on|reanudar?|reactivar?|"
    rf"vuelve a mandar(?:me)?|"
    rf"activar?)(?:\s+(?:{_ARTICLES}|{_MAILS}|again))*|turn (?:{_ARTICLES}\s+)*{_MAILS} (?:back )?on(?: again)?|"
    rf"(?:i'm|im|i am) back,? (?:please )?(?:resume|restart|start)\b.{{0,40}})" + _PLEASE
)
_WHOLE: tuple[tuple[Verb, re.Pattern[str]], ...] = (
    ("undo", _UNDO),
    ("undo", _TAKEN_BACK),
    ("list", _LIST),
    ("help", _HELP),
    ("stop", _STOP),
    ("resume", _RESUME),
    *WISHES,
)
_ENDLESS = re.compile(r"(?:now|good|ever|the moment|the time being|ahora|siempre|el momento)")
_LENGTH = re.compile(r".*\b(?:days?|weeks?|months?|dias?|semanas?|mes(?:es)?)")
_UNDO_ONE = re.compile(rf"(?:undo|revert|deshacer|deshaz)\s+(?:(?:the|task|el|la)\s+)?(?P<s>{SIGN}+)")


def read_whole(clause: Clause) -> Found | None:
    """Read commands that name no task; "undo 12" takes back what was done to one."""
    head = clause.head
    single = _UNDO_ONE.fullmatch(head.plain)
    if single is not None:
        return each("undo", Subject(numbers=head.known, unknown=head.unknown), clause)
    if head.numbers:
        return None
    found = ((op, form.fullmatch(head.plain.lstrip("¿¡"))) for op, form in _WHOLE)
    op, match = next(((op, match) for op, match in found if match is not None), (None, None))
    if op is None or match is None:
        return None
    words = (match.groupdict().get("d") or "").strip(" .!?")
    return Found(operations=(_until(Operation(op=op, line=clause.full.own), words, clause),))


def _until(stop: Operation, words: str, clause: Clause) -> Operation:
    """Return the command with the day on which it ends; with the words alone where they name none."""
    if not words or _ENDLESS.fullmatch(words):
        return stop
    when = clause.asked.when
    until = when(words) or (when(f"in {words}") if _LENGTH.fullmatch(words) else None)
    return replace(stop, until=until, text=words)
