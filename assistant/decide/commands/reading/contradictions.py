"""What a reply says of a task that it closes elsewhere -> whether both can hold: "25 sent. 25 hasn't gone out"."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.found import Clause
from assistant.decide.commands.matching.ordinary import fit
from assistant.decide.commands.wording.doubts import doubt

_UNDONE = re.compile(
    r"\b(?:bounced|fell (?:through|apart)|failed|never (?:got|received|arrived|went|came|showed|made|saw|reached|"
    r"sent|did|called|signed|answered)|"
    r"undeliverable|"
    r"(?:didn'?t|did not|hasn'?t|has not|hadn'?t) (?:actually |really |even )?(?:go|gone|get|got|arrive[d]?|send|"
    r"sent|take|"
    r"taken|work|worked|happen|happened|been|come|show|stick|reach|receive[d]?)|"
    r"(?:isn'?t|is not|wasn'?t|was not|not) (?:actually |really |quite |yet )?(?:done|finished|complete|sent|booked|"
    r"ready|"
    r"signed|out|through|in)(?: yet)?|"
    r"came back (?:un|re|in|with)|sent (?:it |them )?back|got (?:rejected|denied|returned|cancell?ed|bounced|"
    r"kicked back)|"
    r"(?:was|is|were) (?:rejected|denied|returned|cancell?ed|declined|refused|kicked back)|"
    r"spoke too soon|jumped the gun|might not be|may not be|maybe not|"
    r"no (?:ha |han )?(?:llego|llegado|salio|salido|recibieron|recibido|quedo|quedado|paso)|rebot[oa]|"
    r"(?:me )?(?:adelante|precipite))\b"
)
"""Said right behind a "done", without a number."""
_MORE_NEEDED = re.compile(
    r"\b(?:peer[- ]to[- ]peer|p2p|(?:more|additional|extra|further|another|new) [a-z ]{2,25}?) (?:is |are |"
    r"still )?(?:needed|required)\b|"
    r"\b(?:they|she|he|payer|plan|insurance|aetna) (?:now )?(?:wants?|needs?|asks? for|is asking for|"
    r"are asking for) (?:a new|the)\b|\b(?<!\bno )(?:wants?|wanted|needs?|needed|requires?|ask(?:s|ed|ing)? for) "
    r"(?:(?:one|two|an?|a few|some) )?(?:more|another|additional|extra|something else)\b|"
    r"\b(?:piden|quieren|falta) (?:mas|otr[oa]|una?|el|la)\b"
)
"""Told behind a "done", what is still to do."""
_REVERSES = re.compile(
    r"(?:(?:oh|ugh|hm+|well|ok|but|and|sorry|oops|hold on|hang on)[\s,.:-]+){0,3}(?:"
    r"(?:actually|wait|correction)[\s,.:-]+(?:no|nope|nah|not)|(?:no|nope|nah)[\s,.:-]+(?:wait|actually|sorry))\b"
    r"(?! (?:need|problem|problema|rush|hurry|issues?|worries|more|one|questions?|longer)\b)"
)
"""Says right behind a "done" that it is not so, whatever comes then."""
_SUBJECT = re.compile(
    r"(?:[a-z.' ]{2,30}: )?(?:(?:oh|hmm+|ugh|well|nope|nah|no|wait|sorry|actually|turns? out|but|and|although|though|"
    r"except|pero|y|"
    r"(?:they|she|he|the [a-z]+) (?:say|says|said|claims?|tells? me))[\s,.:-]+(?:that )?){0,4}"
    r"(?:it|they|that|this|them|she|he|i|the (?:fax|mail|e-?mail|letter|form|order|call|request|booking|thing)|"
    r"lo|la|no|not|never|rebot|spoke|got|came|might|may|maybe|un[a-z]+able)\b"
)
_NOT_SO_YET = re.compile(
    r"\b(?:(?:has|have|had|did|is|are|was|were|does|do)(?:n'?t| not)|not|nobody|no one|never)\b(?=.*\byet\b)|"
    r"\bstill (?:waiting|pending|printing|processing|sitting|sending|trying|in (?:my|the|our)|on (?:my|the|our)|needs?|"
    r"have to|has to|need to|working|missing|out|open|not|no)\b|"
    r"\bno (?:confirmation|proof|receipt|answer|response|reply)\b|"
    r"(?<!\blong )(?<!\bthe )(?<!\ba )\bwait(?:ing)? (?:on|for|until|till)\b(?! (?:me|you)\b)|"
    r"\b(?:todavia|aun) (?:no|falta)\b|"
    r"\b(?:has|have|had|did|is|was|does)(?:n'?t| not) (?:\w+ ){1,2}(?:it|that)(?=[\s.!]*$|[,;])|"
    r"\bneeds? (?:to be|a|another|one more|the)\b.{0,40}\b(?:first|before)\b"
)
"""Told right behind a "done", of nothing else that is listed: that it is not so far."""
_BIDS_TO_WAIT = re.compile(r"(?:(?:but|please|pls|so|ok|just)\s+)*wait (?:for|until|till)\b")
_OF_MORE = re.compile(
    r"\b(?:else|rest|others?|other ones?|more|remaining|next|week|today'?s|time|lunch|coffee|anything|everything|you|"
    r"yours?|list)\b"
)
_TURNED = re.compile(r"\b(?:now|finally|just|today|ya|por fin|ahora|since then|correction|scratch|actually|update)\b")
_NOT_YET = re.compile(
    r"\b(?:isn'?t|is not|hasn'?t|has not|haven'?t|not yet|still (?:not|needs?|waiting|pending|open)|todavia no|"
    r"aun no)\b"
)


def contradicted(clause: Clause, closed: set[int | None]) -> tuple[int, ...]:
    """Return the tasks of `closed` of which this clause, coming after, says the contrary."""
    plain = clause.full.plain
    if "?" in plain:
        return ()
    named = tuple(number for number in clause.full.known if number in closed)
    if named:
        is_against = _UNDONE.search(plain) or doubt(plain) is not None
        return named if is_against else ()
    last = clause.memory.last
    just = {one.number for one in last if one.op in {"done", "drop"}} & closed
    is_undone = (
        (_SUBJECT.match(plain) and _UNDONE.search(plain))
        or _MORE_NEEDED.search(plain)
        or _REVERSES.match(plain)
        or (_NOT_SO_YET.search(plain) and not _OF_MORE.search(plain))
    )
    if clause.full.numbers or len(just) != 1 or not is_undone:
        return ()
    if _BIDS_TO_WAIT.match(plain):
        return tuple(number for number in just if number)
    others = set(fit(clause.full.own, clause.asked.listed).numbers) - just
    return () if others else tuple(number for number in just if number)


def is_open_still(plain: str) -> bool:
    """Return whether words tell that something is open now; a "done" for it in the same reply is no plain one."""
    return _NOT_YET.search(plain) is not None and "?" not in plain


def is_turned(plain: str) -> bool:
    """Return whether a "done" tells that things have changed since: "now", "finally"."""
    return _TURNED.search(plain) is not None
