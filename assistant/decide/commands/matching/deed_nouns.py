"""Deeds told by their noun ("sent the lens order" of "Order lens", "made the refill call") -> the ways to tell them."""

from __future__ import annotations

from assistant.decide.commands.wording.outcome_words import DETAIL, DID, THING

_SENT = (
    r"sent(?: (?:in|out|off|over))?|faxed(?: (?:in|over))?|e-?mailed|submitted|filed|entered|made|placed|"
    r"put (?:in|through)|called in|phoned in|uploaded|turned in"
)
_GONE = r"in|out|went (?:in|out|over|off|through)|is in|gone out"
_HELD = r"made"
_THE = r"(?:the|a|an|that|this|his|her|their|my|our|el|la)"

# The deed with which a title begins, the noun that it is told by, how that is done, and what became of it.
_NAMED: tuple[tuple[str, str, str, str], ...] = (
    (r"order|reorder", r"(?:re-?)?order", _SENT, _GONE),
    (r"request", r"request", _SENT, _GONE),
    (r"refer", r"referral", _SENT, _GONE),
    (r"report", r"report", _SENT, _GONE),
    (r"appeal|dispute", r"(?:appeal|dispute)", _SENT, _GONE),
    (r"bill|invoice", r"(?:bill|invoice|claim)", _SENT, _GONE),
    (r"reply|respond|answer", r"(?:reply|response|answer)", r"sent(?: (?:out|off|over|back))?|faxed|e-?mailed", _GONE),
    (r"invite", r"(?:invite|invitation)", r"sent(?: (?:out|off))?|e-?mailed|mailed", _GONE),
    (r"apply", r"application", _SENT, _GONE),
    (r"renew", r"renewal", _SENT, r"went through|is through"),
    (r"pay|reimburse", r"payment", r"made|sent|posted", r"went out|posted"),
    (r"call|phone|ring|refill|reminder|courtesy|welfare|wellness|follow-up", r"(?:phone )?call", _HELD, r"was made"),
)

NAMED: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
    (
        verbs,
        (
            (
                rf"(?:{THING} )?{noun} (?:(?:is|was|has been|got|'s|now|just|finally|already) )*(?:{done}|{gone})"
                rf"(?! back\b){DETAIL}"
            ),
            rf"{DID}(?:{done}) {_THE} (?:{THING} )?{noun}(?! back\b){DETAIL}",
        ),
    )
    for verbs, noun, done, gone in _NAMED
)
"""Verbs, and the forms."""
CAME_AND_WENT = r"(?:has |have )?(?:already |just )?came/went"
"""Of whom one calls to come; so is "came and went" put, which else would be two deeds."""
