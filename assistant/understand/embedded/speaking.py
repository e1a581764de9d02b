"""Words that speak of what was asked before: they cover it all, go on with it, move it, correct or label its time."""

from __future__ import annotations

import re

from assistant.understand.embedded.claims import PRONOUN, WANTS_WORD, Claim
from assistant.understand.embedded.rules import straight

WINDOW = re.compile(r"\b(?:window|deadline|letter|attached|attachment|enclosed|notice|form|see)\b", re.IGNORECASE)
COVERS = re.compile(
    r"\b(?:both|all (?:of )?(?:this|these|those|them|three|four|five|the above|items)|all (?:by|before|due)|everything|"
    r"whatever|(?:your )?(?:answers|replies|responses)|each of (?:these|those|them)|the whole (?:list|lot|packet)|"
    r"(?:these|those)(?! (?:two|three|four|\d))|the above|"
    r"(?:ambos|ambas|todo|todos|todas|estos|estas))\b",
    re.IGNORECASE,
)
"""Words that speak of all that a mail asks."""
AGAIN = re.compile(
    r"^(?!whether|if|when|what|how|who|why|where|that)(?:\w{2,12} (?:or \w{2,10} |and \w{2,10} |in )?)"
    r"(?:it|them|both|all|everything|these|those|this|that|the above)\b"
    r"(?! (?:two|three|four|\d))",
    re.IGNORECASE,
)
"""An order that speaks of what was named before: "Complete it before the 3rd"."""
GOES_ON = re.compile(
    r"^(?:needs?|has|must|should) |\b(?:it|they|both|all|these|those|that|this)(?: all| both)?"
    r" (?:has|have|must|needs?|should|is|are|can)\b",
    re.IGNORECASE,
)
REFERS = re.compile(
    r"\b(?:it|that|this|them|answer|word|hear(?:d)? back|reply|response|turnaround|deadline|due|lo|la|los|las|plazo)\b",
    re.IGNORECASE,
)
"""Words that speak of what was asked before."""
MOVES = re.compile(
    r"\b(?:now|instead|sooner|earlier|later|moved|extended|extension|pushed|bumped|changed?|make (?:that|it)|"
    r"new deadline|actually|correction|need (?:it|them|this|that|these)|ahora|mejor|cambi[oó])\b",
    re.IGNORECASE,
)
"""Words of a later mail that set another time for what was asked."""
RESTATES = re.compile(
    r"\b(?:(?:is|are) now (?:due|needed|wanted)|now (?:due|needed|has to|have to|needs? to|must|wanted)|"
    r"(?:due|needed|wanted) .{0,30}\binstead|new (?:deadline|due date))\b",
    re.IGNORECASE,
)
"""Words of a later mail that say again what was asked, for another time."""
WISHES = re.compile(
    r"\b(?:i'd (?:love|like)|(?:would|we'd) (?:love|like)|hop(?:e|ing)|want|need|able to)\b", re.IGNORECASE
)
LABEL = re.compile(
    r"^(?:target|due|deadline|needed|respond|reply|complete|response due|fecha l[ií]mite|vence)\b[^:.]{0,16}:"
    r"\s{0,20}(?=\S)",
    re.IGNORECASE,
)
"""A notice's line that says when: "Target: 11:00 today"."""
CORRECTS = re.compile(
    r"\b(?:so|make (?:that|it)|actually|rather|correction|sorry|mejor|perd[oó]n|digo)\b[:,]? ", re.IGNORECASE
)
AVAILABLE = re.compile(
    r"\b(?:i'm|i am|we're|we are|he's|she's|they're|is|are) (?:\w{3,10} )?"
    r"(?:free|available|open|around|in clinic|in surgery|out|off|back|away)\b",
    re.IGNORECASE,
)
"""When somebody can be had is no deadline: "I'm free Wednesday after one"."""
ALL = re.compile(r"\b(?:both|all|everything|whatever|each|above|ambos|ambas|tod[oa]s?)\b", re.IGNORECASE)
SHORT_OPENING = 5
"""Words before an order that can still be mere courtesy."""
NEAR = 20
"""Characters between a word of correction and the new time."""


def goes_on(claim: Claim) -> bool:
    """Say whether a claim only speaks of what was asked before it: "It has to go in by noon", "Text both tonight"."""
    text = straight(claim.sentence.text)
    # "We need to know whether it is in person" speaks of it, and asks something new.
    is_same = PRONOUN.match(claim.what) or (GOES_ON.search(text) and not WANTS_WORD.search(text))
    is_need = claim.kind == "need" and is_same
    return bool(is_need or AGAIN.match(claim.what) or COVERS.match(claim.what))


def names_its_own(claim: Claim) -> bool:
    """Say whether an order names what it speaks of: "The log is still outstanding, could you send it by noon?"."""
    before = claim.sentence.text[: max(claim.sentence.text.find(claim.what), 0)]
    is_long = len(before.split()) > SHORT_OPENING
    return claim.kind == "request" and "," in before and is_long and REFERS.search(before) is None
