"""A sentence that tells a visit's day under a heading ("IME: Wed 10/14, letter mailed") -> whether it is booked.

The day of the visit is no deadline: with a word that it stands, what had to be booked is done; without, it is a note.
"""

from __future__ import annotations

import re

from assistant.decide.commands.matching.meaning import meant, names_another, names_of, words_of
from assistant.decide.commands.matching.told import bidden
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.doubts import doubt
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import SAYS_DONE
from assistant.records import Task

_BOOKS = re.compile(r"(?:re)?(?:book|schedule)|arrange|agendar|programar|reprogramar|reservar")
_SERVICE = re.compile(
    r"interpreters?|vans?|rides?|transport(?:ation)?|shuttle|cab|sitters?|volunteers?|anesthesia|lodging|hotel|room|"
    r"aides?|nurses?|escort|delivery|equipment|c-arm|oxygen|pick-?up|training|flights?|tour|interprete|transporte"
)
_CLOCK = r"(?:(?:at|@|a las?) )?\d{1,2}(?::\d\d)? ?(?:[ap]\.?m?\b\.?)?|noon|mediodia"
_DATE = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? |(?:lunes|martes|miercoles|jueves|viernes|sabado) )?"
    r"(?:the |el )?(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}(?:st|nd|rd|th)|\d{1,2} de [a-z]{4,10}|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:st|nd|rd|th)?)"
)
_DAY = rf"{_DATE}(?:,? (?:{_CLOCK}))?"
_WHO = (
    r"(?!who\b|nobody|some|god\b|heaven|hope)"
    r"(?:he|she|they|pt|patient|the patient|mom|dad|mother|father|family|the family|wife|husband|daughter|son|"
    r"everyone|everybody|[a-z]{3,15}|ella|el|la familia)"
)
_STANDS = (
    r"(?:(?:the |an? )?(?:letter|notice|confirmation|card|reminder|packet|instructions|info|details|carta) "
    r"(?:was |is |has been |went )?(?:mailed|sent|out|faxed|given|e-?mailed|enviada|mandada)(?: out)?|"
    rf"{_WHO} (?:knows?|is aware|are aware|was told|were told|notified|was notified|confirmed|has it|have it|is good|"
    r"sabe|saben)|(?:it's |is |all )?(?:booked|scheduled|confirmed|set|locked in|agendad[oa]|confirmad[oa])|"
    r"on the (?:calendar|books|schedule))"
)
_HEAD = re.compile(
    rf"(?P<h>[^:,;.!?()\d§#]{{2,50}}?)(?::\s+|\s+[-–—]+\s+|\s+(?:is|es) (?:on |for |el )?)(?P<t>{_DATE}.*)"
)
_BOOKED = re.compile(rf"{_DAY}(?:(?:[,;]| -| and| y)? {_STANDS})+[\s.!]*")
_ONLY_DAY = re.compile(rf"{_DAY}(?: (?:with|at|en|con) [a-z. ]{{2,30}})?(?:,.*)?[\s.!]*")


def booked_under(sentence: str, asked: ReplyContext) -> str:
    """Return "done #4" for a visit that is told to stand, and a note for one whose day alone is told."""
    match = _HEAD.fullmatch(fold(sentence))
    if match is None or "?" in sentence or SAYS_DONE.search(match["h"]):
        return sentence
    task = _headed(sentence[slice(*match.span("h"))], asked)
    if task is None or not _BOOKS.match(bidden(task)[0]):
        return sentence
    told = match["t"]
    if _BOOKED.fullmatch(told) and doubt(re.sub(r"\bmay\b", " ", told)) is None:
        return f"done #{task.number}"
    return f"note #{task.number}: {sentence[match.start('t') :]}" if _ONLY_DAY.fullmatch(told) else sentence


def _headed(words: str, asked: ReplyContext) -> Task | None:
    """Return the one task that a heading names by its thing, or by the patient who has no other."""
    said = words_of(words)
    theirs = [task for task in asked.listed if said and all(word in names_of(task) for word in said)]
    if len(theirs) == 1 and not any(_SERVICE.fullmatch(one) for one in bidden(theirs[0])):
        return theirs[0]
    found = meant(words, words, asked.listed, asked.people, lambda _task, _head: True)
    task = asked.task(found.numbers[0]) if found.is_certain and len(found.numbers) == 1 else None
    return None if task is None or theirs or names_another(words, task, asked.people) else task
