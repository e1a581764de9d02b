"""Clauses that say in free words that somebody is at it: "calling them now", "I shall attend to this forthwith".

They close nothing; what they promise holds for a while, as every acknowledgement does.
"""

from __future__ import annotations

import re

from assistant.decide.commands.forms.doubt import notes, promised
from assistant.decide.commands.matching.found import Clause, Found, each
from assistant.decide.commands.matching.subjects import Subject
from assistant.decide.commands.reply import Operation
from assistant.decide.commands.wording.doubts import is_question
from assistant.decide.commands.wording.text import SIGN

_OH = (
    r"(?:(?:oh|goodness|gosh|gracious|yes|yep|yeah|yup|yessir|sure|ok|okay|right|sorry|noted|with thanks|thanks|"
    r"thank you|"
    r"i know|aware|i am aware|i'm aware|understood|copy|roger|absolutely|of course|certainly|indeed|just|already|"
    r"actually|"
    r"currently|still|now|so|and|si|claro|ya)\b[\s,.!:;-]*)*"
)
_JUST_OH = re.compile(
    r"(?:(?:yes|yep|yeah|oh|ok|right|sorry|so)[\s,]+)*(?:(?:i|we) know(?:[\s,]+(?:i|we) know)*|"
    r"noted with(?: thanks)?|(?:oh )?"
    r"(?:my )?(?:goodness|gosh)(?: yes)?|i'?(?:m| am) aware|aware|(?:well )?received|copy(?: that)?|roger(?: that)?)"
)
_I_AM = r"(?:(?:i'?m|i am|we'?re|we are|am)(?: (?:just|already|actually|currently|still|now|literally))*\s+)?"
_AT_ONCE = (
    r"(?:(?:right|just|literally) now|now|as we speak|as i (?:write|type)(?: this)?|(?:at )?this (?:very )?(?:minute|"
    r"moment|second|"
    r"instant|afternoon|morning)|at the moment|at once|right away|straight away|immediately|momentarily|shortly|"
    r"directly|presently|"
    r"forthwith|promptly|asap|pronto|next|first|today|soon|after (?:lunch|this|rounds|clinic|huddle|my meeting|"
    r"this call)|"
    r"in a (?:minute|moment|sec|second|bit)|ahora(?: mismo| mero)?|ahorita|enseguida|en seguida|de inmediato|ya|"
    r"al rato|hoy)"
)
_DOING = (
    r"(?:doing|working|calling|ringing|dialing|phoning|faxing|sending|writing|typing|handling|tackling|attending|"
    r"jumping|hopping|"
    r"getting|looking|sorting|chasing|finishing|taking care|dealing|starting|on the phone|on the line|on hold|on with|"
    r"about to (?:call|fax|send|do|ring|phone)|fixing to|in the middle|emailing|checking|running|heading|going|pulling|"
    r"printing|booking|ordering|scheduling|filling|on (?:the|this|that) [a-z]{3,15}(?: with [a-z]+)?)"
)
_IT = r"(?:it|this|that|them|these|those|this one|that one|the (?:matter|task|item|call|request))"
_NOW_DOING = re.compile(rf"{_OH}{_I_AM}{_DOING}\b[^§]{{0,50}}?\b{_AT_ONCE}[\s.!]*")
_AT_IT = re.compile(
    rf"{_OH}{_I_AM}(?:working (?:on )?{_IT}|doing {_IT}|handling {_IT}|tackling {_IT}|attending to {_IT}|"
    rf"all over {_IT}|"
    rf"(?:jumping|hopping|getting|right|back) (?:right )?(?:on|onto|to|at) {_IT}|at work on {_IT}|"
    rf"{_IT}'s next(?: (?:on|in) my "
    rf"(?:list|queue|pile))?|{_IT} is next(?: (?:on|in) my (?:list|queue|pile))?|next (?:up|on my list)|on the case|"
    rf"on the double|"
    rf"working away|(?:{_IT}(?:'s| is) )?(?:right |still |next |first |sitting )*(?:(?:up )?on (?:top of )?my "
    rf"(?:desk|plate|radar|agenda|calendar|(?:to-?do )?list|board|docket)|in my (?:queue|pile|stack)|"
    rf"at the top of my (?:list|pile|queue)))(?: (?:for )?{_AT_ONCE})?[\s.!]*"
)
_WILL = re.compile(
    rf"{_OH}(?:(?:i'?ll|i will|i shall|we'?ll|we will|we shall|i'?m going to|i'?m about to|i plan to|i intend to|"
    rf"will|shall|gonna|"
    rf"let me|i can|i promise to)(?: (?:just|now|certainly|definitely|surely|gladly|personally|be))*\s+)"
    rf"(?:attend(?:ing)? to|see(?:ing)? to|get(?:ting)?(?: right| straight)? (?:on|to|onto|at)|jump(?:ing)? on|"
    rf"hop on|take care of|"
    rf"handle|handling|deal(?:ing)? with|look(?:ing)? (?:into|at)|tackle|do|doing|sort|have|be on|knock out|"
    rf"finish|make|call|ring|send|fax) {_IT}"
    rf"(?: (?:done|out|sorted|handled|myself|for you|before (?:lunch|noon|long)))?(?:,? {_AT_ONCE})*[\s.!]*"
)
_WHOLE = re.compile(
    rf"{_OH}(?:{_AT_ONCE}|👀|on (?:the )?way|omw|(?:i'?m |am )?heading (?:there|over)(?: now)?|"
    r"(?:ya|ahorita) (?:voy )?(?:en|de) camino|"
    r"(?:ya |ahorita |ahora )*(?:l[oa]s? |le |les )?(?:estoy|ando|estamos) (?:en (?:eso|ello|esto)|[a-z]{3,}(?:ando|"
    r"iendo)(?:l[oa]s?|le)?)"
    r"(?: (?:ahora(?: mismo)?|ahorita|ya|en este momento))?|"
    r"(?:ya |ahorita |ahora )?(?:l[oa]s? )(?:atiendo|veo|hago|llamo|reviso|mando|resuelvo|"
    r"checo)(?: (?:ahora(?: mismo)?|ahorita|ya|"
    r"enseguida|en seguida|de inmediato|al rato|hoy))+|"
    r"(?:(?:ya|ahorita|ahora|enseguida|en seguida|ahi) )*(?:me pongo|voy|ando|estoy|le entro|empiezo)"
    r"(?: (?:con|en|a) (?:ello|eso|esto|esa|ese)| para alla)?"
    r"(?: (?:ahora(?: mismo)?|ahorita|ya|enseguida))*|"
    r"en (?:eso|ello|esto) (?:ando|voy|estoy|estamos)|"
    r"i(?:'ve| have| just)? (?:see|saw|seen|hear|heard) (?:it|this|that|this one|you)|(?:just )?saw (?:it|this))"
    r"[\s.!]*(?:,? ?(?:thanks|thank you|gracias)[\s.!]*)?"
)
_NOT = re.compile(
    r"\b(?:not|never|no|can'?t|cannot|won'?t|isn'?t|aren'?t|don'?t|haven'?t|hasn'?t|if|unless|until|when|once|but|or|"
    r"maybe|might|"
    r"tried|nobody|without|sin|si|cuando|pero)\b"
)
_NUMBERED = re.compile(
    rf"(?:(?:the|task|la|el)\s+)?(?P<s>{SIGN}+)\s*[:,.-]*\s*(?P<t>[^§]+)|(?P<u>[^§]+?)\s*(?:on|for|with|about|"
    rf"re)?\s(?P<z>{SIGN}+)"
)


def read_under_way(clause: Clause) -> Found | None:
    """Read who is at a task now, or will be at once: it acknowledges; beside a number the words are a note, too."""
    full = clause.full
    if is_question(full.plain) or full.unknown:
        return None
    numbers = full.known or ((clause.asked.only,) if clause.asked.only is not None else ())
    if not numbers:
        return None
    told = full.plain
    if full.known:
        match = _NUMBERED.fullmatch(told)
        told = (match["t"] or match["u"] or "") if match else ""
    plain = told.strip(" ,.;:!-")
    if not full.known and _JUST_OH.fullmatch(plain):
        # What one says before the answer, not the answer.
        return Found(about=numbers)
    if not plain or _NOT.search(re.sub(r"\bsi\b(?=[\s,])", " ", plain)):
        return None
    forms = (_NOW_DOING, _AT_IT, _WILL) if full.known else (_NOW_DOING, _AT_IT, _WILL, _WHOLE)
    if not any(form.fullmatch(plain) for form in forms):
        return None
    found = each("acknowledge", Subject(numbers=numbers), clause, until=promised(full, clause))
    told_of: tuple[Operation, ...] = notes(full.known, full.own) if full.known else ()
    return Found(operations=(*found.operations, *told_of), about=numbers)
