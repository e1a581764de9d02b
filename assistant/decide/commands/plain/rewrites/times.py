"""Time in free words -> plain days: an hour that stands apart from its day, more time, a month, quiet for a while."""

from __future__ import annotations

from assistant.decide.commands.plain.turns import AT, DAY, PLEASE, N, turned, turns

_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|weds|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|today|tonight|tomorrow|tmrw|tmw|"
    r"lunes|martes|miercoles|jueves|viernes|sabado|domingo|hoy|manana)"
)
_HOUR = r"(?:\d{1,2}(?::\d\d)?\s?[ap]\.?m\b\.?|(?:[01]?\d|2[0-3]):[0-5]\d\b|noon\b|midday\b|mediodia\b)"
_HOUR_ENDS = r"(?=[ .!)]*$| ?[,;]|\. )"
_HOUR_GOES_ON = (
    r"(?: sharp\b|(?= (?:at the latest|latest|please|pls|instead|thanks|before|when|because|since|so|as|"
    r"por favor|a mas tardar|antes)\b))"
)
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
)
_THE = r"(?:the|my|our|her|his|la|el|las|los|lo del?) [a-z][a-z' -]{1,50}?"
_WHAT = rf"(?:{N}|{_THE}|it|this|that|this one|that one)"
_UNTIL = r"(?:until|till|til|through|thru|hasta)"
_ALLOW = (
    r"(?:(?:give|allow|buy|get|let|spare) (?:me|us)(?: have)?|gimme|lemme have|"
    r"(?:can|could|may) (?:i|we) (?:please |pls )?(?:have|get|take)|"
    r"(?:i|we)(?:'ll|'d| will| would)? (?:just )?(?:need|like|want)|i'?m going to need|(?:i|we) have to have|"
    r"dame|deme|denme|necesito)"
)
_MORE = (
    r"(?:(?:(?:a (?:few|couple(?: of)?|bit|little)|some|one|two|three|four|five|another|an? extra|\d{1,2})"
    r"(?: more| extra| other)? (?:(?:business |work(?:ing)? )?(?:days?|weeks?|hours?)|time)|more time|extra time|"
    r"un poco mas de tiempo|mas tiempo))"
)
_NOT_WANTED = (
    r"(?:(?:i |we )?(?:really )?(?:don'?t|do not|won'?t|will not) (?:need|want|have|wanna|care|wish)|no need|"
    r"there'?s no need|there is no need|i'?d rather not|rather not)"
)
_HEAR = (
    r"(?: ?to)? ?(?:be )?(?:hear|know|see|think|look|worry|read|reminded|asked|bugged|told|pinged|nudged|emailed|"
    r"bothered)"
    r"(?: anything| more)?(?: about| of| at| on)?"
)
_APART = r"(?: now| then| please)?(?: ?[,-] ?| )(?:at |by |@ ?|around |a las )?"
_QUIET = r"\b(?:don'?t|do not|no need|nothing|not|quiet|spare|stop|hold|wait|snooze|mute|hide|silence)\b"
_DATED = rf"(?={DAY}|{_MONTH}|the \d)"
_SPAN = r"((?:an?|one|two|three|four|half an|\d{1,3})(?: more)? ?(?:min(?:ute)?s?|h(?:ou)?rs?))"
_GRANT = (
    r"(?:(?:can you |could you )?(?:give|allow|grant|spare) me|gimme|(?:i(?:'ll| will| just)? |just )?need)"
    r"(?: (?:just|about|like|another|at least|maybe))*"
)
_THEN = (
    r"(?:(?: (?:and|then|n|&)|,)+ (?:(?:then|i think) )?(?:it|that|this|they|i)(?:'s|'ll|'m| will| should| is| am)? "
    r"(?:[a-z]+ ){0,4}[a-z]+)?"
)
"""What is to come of it is still a plan: "give me 30 min and it's done"."""
_FORMS = turns(
    # Minutes are no due date: who asks for them wants to be asked once they are over.
    (rf"({N}) ?[:,-]? ?(?:please )?{_GRANT} {_SPAN}(?: please| pls)?{_THEN}(?:[ .!?]*$|(?=[,;]))", r"snooze \1 for \2"),
    (
        (
            rf"{AT}{PLEASE}{_GRANT} {_SPAN} (?:more )?(?:on|for|with|to (?:do|finish)) ({N})(?: please| pls)?(?:[ "
            rf".!?]*$|(?=[,;]))"
        ),
        r"snooze \2 for \1",
    ),
    (rf"{AT}{PLEASE}{_GRANT} {_SPAN}(?: more)?(?: please| pls)?{_THEN}(?:[ .!?]*$|(?=[,;]))", r"snooze it for \1"),
    # "Due Friday, 3pm" is one hour, not a day and another.
    (rf"\b({_WEEKDAY}){_APART}(?={_HOUR}{_HOUR_ENDS})", r"\1 "),
    (rf"\b({_WEEKDAY}){_APART}({_HOUR}){_HOUR_GOES_ON}", r"\1 \2,"),
    (
        (
            rf"{AT}{PLEASE}{_ALLOW} {_UNTIL} ({DAY}[a-z0-9/: ]{{0,20}}?) (?:on|for|with|to (?:do|finish)) ({N}|"
            rf"{_THE})"
            rf"(?: please| pls)?(?: ?\?|(?=[ .!]*$|[,;]))"
        ),
        r"move \2 to \1",
    ),
    (
        rf"{AT}{PLEASE}{_ALLOW} {_MORE} (?:on|for|with|to (?:do|finish)) ({N})(?: ?\?|(?=[ .!]*$|[,;]))",
        r"move \1 to later",
    ),
    (rf"({N}),? ?(?:[:-] )?(?:please )?{_ALLOW} {_MORE}(?=[ .!?]*$|[,;])", r"move \1 to later"),
    # A month alone begins with its first day; but what is due before a month may be due on its eve.
    (rf"\b((?:{_UNTIL}|not before|again in|back in) )({_MONTH})(?=[ .!]*$|[,;])", r"\1\2 1"),
    (rf"({_QUIET}[^.;]{{0,60}}? before )({_MONTH})(?=[ .!]*$|[,;])", r"\1\2 1"),
    (
        (
            rf"\b((?:remind|wake|ping|nudge|ask|bug) me (?:up )?(?:again )?(?:about|on|"
            rf"of) {_WHAT} in )({_MONTH})(?=[ .!]*$|[,;])"
        ),
        r"\1\2 1",
    ),
    (rf"{AT}{PLEASE}{_NOT_WANTED}{_HEAR} ({_WHAT})(?: again)?,? (?:{_UNTIL}|before) {_DATED}", r"snooze \1 until "),
    (
        (
            rf"{AT}{PLEASE}{_NOT_WANTED} ({_WHAT}) (?:on|in) my (?:screen|list|face|inbox|way|queue) (?:{_UNTIL}|"
            rf"before) {_DATED}"
        ),
        r"snooze \1 until ",
    ),
    (
        (
            rf"{AT}{PLEASE}(?:nothing|no news|no mail|not a word|silence|quiet) (?:on|about|"
            rf"from) ({_WHAT}) (?:{_UNTIL}|"
            rf"before) {_DATED}"
        ),
        r"snooze \1 until ",
    ),
    (
        (
            rf"{AT}{PLEASE}(?:spare me|leave me alone (?:about|on|with)|wake me(?: up)? (?:about|for|"
            rf"on)) ({_WHAT}) (?:{_UNTIL}|before|in|on) {_DATED}"
        ),
        r"snooze \1 until ",
    ),
    (
        (
            rf"{AT}{PLEASE}(?:don'?t|do not|stop|no need to|quit) (?:bring(?:ing)? up|show(?:ing)? me|"
            rf"send(?:ing)? me|"
            rf"mention(?:ing)?|rais(?:e|ing)) ({_WHAT})(?: again| up)? (?:{_UNTIL}|before) {_DATED}"
        ),
        r"snooze \1 until ",
    ),
    (rf"({N}),? ?(?:[:-] )?not (?:again )?(?:before) {_DATED}", r"snooze \1 until "),
)


def put_times_plainly(sentence: str) -> str:
    """Return the sentence with its days and hours side by side, and with more time asked for in plain commands.

    >>> put_times_plainly("Give me till Friday on 12"), put_times_plainly("12 due friday now, 3pm")
    ('move 12 to Friday', '12 due friday 3pm')
    """
    return turned(sentence, _FORMS)
