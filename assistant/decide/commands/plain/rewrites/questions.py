"""A question behind a task's number, typed without its mark ("8 do i need a new order") -> the same with the mark."""

from __future__ import annotations

from assistant.decide.commands.plain.turns import N, turned, turns

_WHO = r"(?:i|we|you|u|he|she|they|(?:anyone|anybody|someone|somebody)(?! else)|any of)"
_SOME_TIME = (
    r"(?:week|month|morning|afternoon|evening|year|time|one|coming|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}|way|"
    r"patient|pt|is|was)"
)
_ASKED = (
    rf"(?:(?:do|does|did|can|could|should|shall|would|will|have|has|had|is|are|was|were|am|don'?t|didn'?t|isn'?t|"
    rf"aren'?t|"
    rf"wasn'?t|can'?t|shouldn'?t|won'?t) {_WHO} [a-z]|"
    rf"(?:does|did|will|would|can|should|has) (?:it|this|that) (?!(?:on|today|tomorrow|yesterday|for|with|already|and|"
    r"again|now)\b)[a-z]{2,}|"
    rf"(?:is|was|isn'?t|wasn'?t) (?:it (?!then\b|all\b|now\b|for\b)[a-z]{{2,}}|(?:this|that) "
    rf"(?!{_SOME_TIME}\b)[a-z]|there (?:an?|any|anything|more|still)\b)|"
    r"(?:which (?:one|ones|form|day|dr|doctor|office|lab|date|of)|how (?:much|many|long|often|soon|come|do|can|should|"
    r"did|is|are)|when'?s?(?: (?:is|was|are|do|does|did|can|should)\b| (?:it|this|that) due)|where'?s|what'?s)\b)"
)
_QUESTIONS = turns(
    (rf"^([^\w§#]*{N}(?: ?[:,-] ?| )(?={_ASKED})(?![^?]*[,;.] ?#?\d)[^?;]{{3,140}}?)[ .!]*$", r"\1?"),
    (
        r"^[^\w§#]*(?:(?:so|and|hey|hi|ok|also|fyi)[ ,]+){0,2}when'?s ((?:the )?#?\d{1,6}|it|that|this) due\b",
        r"when is \1 due",
    ),
)


def put_questions_plainly(sentence: str) -> str:
    """Return the sentence with a mark behind it where the words behind a number are turned round as a question's.

    >>> put_questions_plainly("8 do i need a new order")
    '8 do i need a new order?'
    """
    return turned(sentence, _QUESTIONS)
