"""A sentence in turns of phrase that mean a plain command -> the same in the words that the grammar knows."""

from __future__ import annotations

import re

from assistant.decide.commands.wording.arguments import LEVEL
from assistant.decide.commands.wording.numbers import LIST
from assistant.decide.commands.wording.words import STRONG

_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun|tomorrow|tmrw|next|today|monday|tuesday|wednesday|thursday|friday)"
_MOVES = r"move|push|change|set|extend|bump|make|shift|put|cambia|cambie|cambiar|mueve|mueva|mover|pasa|pase|pon|ponga"
_TOLD_OF_ALL = (
    r"(?:are|is|all|both|can|done|finished|complete|closed|ya|estan|están|quedaron|hech[oa]s|list[oa]s|to|for|due|"
    r"until|para|a|al)\b"
)
_PUT_SO = tuple(
    (re.compile(form, re.IGNORECASE), put)
    for form, put in (
        (r"(^|, )no\. (?=\d)", r"\1"),
        (r"\b(?:items?|num\.?|numero|número|tareas?|task no\.?) (?=#?\d)", ""),
        (r"^\W*(?:please |pls )?(?:consider|count|call) (?=#?\d[^?]{0,40}\bdone\b)", "mark "),
        (r"(?<=\d) r (?=[a-z])", " are "),
        (r",? (?:and )?so (?:is|are|did|was|were|has|have) (?=(?:the )?#?\d)", ", same for "),
        (r"^\W*(?:please |pls )?add to (#?\d{1,6}),? ?(?:that|:)\s*", r"note \1: "),
        (r"(^|, | and )(?:i'?m |i am )?(pass|giv|hand|assign|mov|push|bump|snooz)ing (?=#?\d)", r"\1\2 "),
        (r"(^|, | and )giv (?=#?\d)", r"\1give "),
        (r"(^|, | and )mov (?=#?\d)", r"\1move "),
        (r"(^|, | and )snooz (?=#?\d)", r"\1snooze "),
        (rf"^\W*({LEVEL}) (?:the |la |el )?(#?\d{{1,6}})(?=[\s.!]*$)", r"\2 \1"),
        (
            (
                r"^\W*(?:please |pls )?(?:show me|details (?:on|for|of)|info (?:on|about)|tell me about|"
                r"status (?:of|on|for)|look up)"
                r" (#?\d{1,6})[\s.?!]*$"
            ),
            r"what is \1?",
        ),
        (r"^\W*(?:please |pls )?(?:scratch|strike|nix) (?=#?\d{1,6}[\s.!]*$)", "drop "),
        (r"^\W*(?:i |we )?(?:don'?t|do not) need (#?\d{1,6}) (?:any ?more|any longer)\b", r"drop \1"),
        (rf"({LIST}) can come off(?: (?:the|my) list)?", r"drop \1"),
        (r"^\W*(?:i )?need (\w+) more (days?|weeks?) (?:on|for|with) (#?\d{1,6})", r"snooze \3 for \1 \2"),
        (r"^\W*\+\s?(\d{1,2}) ?(days?|weeks?|d|w) (?:on |for |to )?(#\d{1,6}|\d{1,6})(?=[\s.!]*$)", r"\3 +\1 \2"),
        (r"(?<=\s)w/\s?(?=\S)", "with "),
        (r"\b(done|finished) w (?=#?\d)", r"\1 with "),
        (
            (
                r"^\W*(#?\d{1,6}) (?:won'?t|will not|isn'?t(?: going to)?|can'?t) "
                r"(?:happen|get done|be done|make it|be ready|needed) (?:before|until|till|til) (?=\S)"
            ),
            r"snooze \1 until ",
        ),
        (
            (
                r"^\W*(?:re|regarding|as for|about|sobre|respecto al?|en cuanto al?)\s*:?\s+(?=(?:la |"
                r"el )?#?\d{1,6}\s*[-:,–—])"
            ),
            "",
        ),
        (r"(?<![\w/])(#?\d{1,6})/(?=[a-z]{3})", r"\1 "),
        (rf"(?<![\w/])(#?\d{{1,6}}) \(((?:{STRONG}|{_DAY}|not (?:yet|done)|still open|pending)[a-z]*)\)", r"\1 \2"),
        (r"\b(close|mark|drop|cancel|give|move|push) ['’]?em\b", r"\1 them"),
        (r"^\W*(?:i'?m |i am )?marking (?=.*\b(?:done|complete[d]?|finished)\b)", "mark "),
        (r"\bleave (#?\d{1,6}) with (?=[a-z])", r"give \1 to "),
        (r"\b(?:check|follow up|touch base) (?:back )?with me (?=(?:about|on|re) )", "remind me "),
        (
            r"\b(?:have|ask|get|let) ([a-z]{2,20}) (?:to )?(?:do|take|handle|cover|finish) (#?\d{1,6}) by (?=\S)",
            r"give \2 to \1, due ",
        ),
        (
            (
                r"\b(?:i |we )?(?:closed|marked|finished|did|completed) (#?\d{1,6})(?: as)?(?: done| complete[d]?|"
                r" closed)? (?:by (?:accident|"
                r"mistake)|accidentally|in error|too (?:soon|early)|prematurely|por error|sin querer)\b"
            ),
            r"reopen \1",
        ),
        (r"^\W*(?:swap|switch|shift) (#?\d{1,6}) (?:over )?to (?=[a-z])", r"give \1 to "),
        (r"(?<![\w/])(#?\d{1,6}) (?:needs to|has to|should|must|can) go (?:back )?to ([a-z]+) instead\b", r"\1 to \2"),
        (
            (
                r"\b(?:all|everything|todo) (?:of |lo )?(?:mine|that'?s mine|i have|i'?ve got|mio|my tasks|of my tasks|"
                r"my stuff)\b"
            ),
            "all of mine",
        ),
        (r"\b(?:so|sooo+|totally|completely) (?:done|finished) with\b", "fed up with"),
        (
            r"\bleave (?:it|that|this|(#?\d{1,6})) (?:alone |open )?(?=(?:until|till|til) )",
            lambda match: f"snooze {match[1] or 'it'} ",
        ),
        (
            (
                r"^\W*(?:so |now )?(?:it's |is )?due (?=(?:on )?(?:mon|tue|wed|thu|fri|sat|sun|tomorrow|tmrw|the |"
                r"\d{1,2}(?:[/.-]\d|st|nd|rd|th)))"
            ),
            "move it to ",
        ),
        (r"\bdile a ([a-z]{2,20}) que (?=(?:haga|tome|vea|lleve|se encargue)\b)", r"que \1 "),
        # A range from end to end.
        (
            (
                rf"\b(?:from|desde|de|between) (?:la |el |the |number )?(#?\d{{1,6}}) "
                rf"(?:to|through|thru|till|a|hasta|and)(?: la| el| the)? (#?\d{{1,6}})(?=,? {_TOLD_OF_ALL})"
            ),
            r"\1-\2",
        ),
        # A date is moved, not what it is the date of.
        (
            rf"\b({_MOVES}) (?:the )?(?:due date|deadline|date) (?:of|for|on) (?:the )?(?=#?\d)",
            r"\1 ",
        ),
        (
            (
                rf"\b({_MOVES})(?: the| its| it's| my| that| la| su)? (?:due date|deadline|due|follow-?up|date|fecha)"
                r"(?: (?:back|out|up|over))? (?=(?:to|until|till|for|by|para|al?|hasta) )"
            ),
            r"\1 it ",
        ),
        (
            rf"\b({_MOVES})(?:le)? (?:la|el) (?:fecha|plazo|vencimiento)(?: l[ií]mite)? (?:de|a) (?:la |el )?(?=#?\d)",
            r"\1 ",
        ),
        (
            (
                r"^\W*([a-z]{2,20}),? (?:this (?:one )?is )?(?:all )?yours(?: now| again| then)?[^?\d]{0,20}?[,:;-] ?"
                r"(?:number |task )?(#?\d{1,6})\b"
            ),
            r"give \2 to \1",
        ),
        (r"^\W*([a-z]{2,20}),? (#?\d{1,6}) (?:is|are) (?:all )?yours(?: now| again| please)*", r"give \2 to \1"),
        # Who does it, with the verb behind the number.
        (
            (
                rf"^\W*(?:the |la |el )?({LIST})[:,]? (?:re-?assign|assign|give|hand|pass)(?:ed)?(?: over)?(?: to)? "
                r"(?!me (?:until|till|til|another|more|some|one|two|three|four|five|an?|\d{1,2})\b)"
                r"(?=[a-z])"
            ),
            r"give \1 to ",
        ),
        (
            r"\b(i'?ll take|i will take|i can take|i'?m taking|let me take) (#?\d{1,6}) (?:myself|on my own|over)\b",
            r"\1 \2",
        ),
        (r"^\W*☐\s*", ""),
        (r"^\W*(#?\d{1,6})\) ?(?=[a-z])", r"\1: "),
        (
            (
                r"\b(?:please |pls )?take (?:him|her|them|it|that|this|that one|this one) off(?: (?:the|my|"
                r"our) list)?(?=[\s.!]*$)"
            ),
            "drop it",
        ),
        (
            (
                r"^\W*(?:please |pls |so |just )*(?:toss|scrap|ditch|nix|bin|trash|lose|kill) (?:it|that|that one|"
                r"this one)\b"
            ),
            "drop it",
        ),
        (r"^\W*all (?:set|good|done) (?:on|with|for) (?=(?:everything|all) (?:for|of))", "done with "),
        (r"\b([a-z]{2,20})['’]s got (it|this|that|them|those)\b", r"\1 has \2"),
        (r"^\s*(#\d{1,6}): (?:give me|i need|need) (?:until|till|til) (.{2,20}?)(?=[\s.!]*$)", r"\1 due \2"),
        (
            r"\b(?:let'?s )?(?:make|call) it (?=(?:the \d|(?:mon|tues|wednes|thurs|fri)day|\d{1,2}/\d))",
            "move it to ",
        ),
        # A heading before the first number.
        (
            (
                r"^\W*(?:(?:my|our|today's|the|mi|mis|[a-z]{2,20}'s) (?:list|updates?|notes?|answers?|replies|lista|"
                r"respuestas)|here (?:goes|you go|we go|it is)|answers|replies|respuestas)\s*[:-]\s*(?=#?\d)"
            ),
            "",
        ),
        # The number behind what is told of it.
        (r"^\W*([^()?]{4,90}) \((?:task |no\. ?)?(#?\d{1,6})\)[\s.!]*$", r"\2: \1"),
        (r"(^|[,;] ?)(#?\d{1,6}) (here|in|out)(?=\s*(?:[,.;!]|$))", r"\1\2 is \3"),
        (r",? (?:with|and) (?:a|the) (?:deadline|due date) (?:of|is|on|for)\s+(?=\S)", ", due "),
        (r"[\s,:-]+=\s*(?=(?:done|complete[d]?|closed|finished|hech[oa]|list[oa])\b)", ", so that is "),
    )
)


def put_plainly(sentence: str) -> str:
    """Return the sentence with every turn of phrase of the table put plainly, one after the other."""
    for form, put in _PUT_SO:
        sentence = form.sub(put, sentence)
    return sentence
