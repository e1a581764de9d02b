"""Whose a task is, in free words -> plain commands: "should be mine, not Jo's", "Jo said she'd do 4", "we swapped"."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.decide.commands.plain.turns import AT, LONGEST, PLEASE, N, turned, turns
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.arguments import people_in
from assistant.decide.commands.wording.text import fold, plain_text

_NAME = r"[a-z][a-z-]{1,20}(?: (?!(?:and|or|is|has|said|says|now|not|it|to|i)\b)[a-z][a-z-]{1,20})?"
_P = rf"(?P<p>{_NAME})"
_IT = r"(?:it|this|that|this one|that one)"
_THE = r"(?:the|my|her|his|la|el|las|los|lo del?) [a-z][a-z' -]{1,50}?"
_ENDS = r"(?=[ .!]*$|[,;]| (?:and|y|but|pero|since|because|as|so|now|please|pls|instead|from now on)\b)"
_REALLY = r"(?:actually |really |now |in fact |still |all |both |rightly )*"
_OUGHT = r"(?:should|ought to|needs? to|has to|have to|must|is supposed to|are supposed to|can)"

_AND_I = (
    r"(?:me and (?:(?:the|my|our|dr\.?) )?[a-z.]{2,20}|(?:(?:the|my|our|dr\.?) )?[a-z.]{2,20} (?:and|&) (?:i|me|"
    r"myself))"
)
_MINE = turns(
    # Who else is at it matters to nobody but them.
    (rf"{AT}{_AND_I} are\b", "i am"),
    (rf"{AT}{_AND_I}(?= (?:have|will|can|got|were|could|am)\b|'ll\b|'ve\b)", "i"),
    # "Jo has 4 and 5 is mine" names no list.
    (
        (
            r"\b((?:has|takes|took|gets|got|have|owns|covers|handles|doing|taking|to [a-z]+) #?\d{1,6}),? (?:and|y) "
            r"(?=(?:the )?#?\d{1,6} (?:is|goes|should|stays|was|can|es) (?!done|due|also|too)[a-z])"
        ),
        r"\1; ",
    ),
    (
        (
            rf"({N}|{_IT})(?: (?:is|are|was)|'s| {_OUGHT} (?:{_REALLY})be) {_REALLY}mine(?: (?:now|again|too))?(?=\W|"
            rf"$)"
        ),
        r"\1 is mine",
    ),
    (
        (
            rf"({N}|{_IT}) (?:{_OUGHT} )?{_REALLY}(?:come|comes|go|goes|belongs?|be (?:assigned|given|moved|handed|"
            rf"switched)|is|are)(?: back| over)? to me\b"
        ),
        r"\1 is mine",
    ),
    (
        (
            rf"({N}) (?:{_OUGHT} be|belongs?|goes|is|are) on my (?:list|plate|desk)(?: now| instead)?(?! (?:until|"
            rf"till|til|"
            rf"by|for)\b)"
        ),
        r"\1 is mine",
    ),
    (
        (
            rf"{AT}(?:so )?(?:(?:i'?m|i am|i'?ll|i will|we'?re|i just) )?(?:taking|take|took|grabbing|grab|lifting|"
            rf"pulling|pull) ({N}) off (?:of )?(?!my\b|our\b|the\b|your\b)(?:(?:her|his|their)|[a-z]{{2,20}}'s) "
            r"(?:plate|hands|desk|back|shoulders)(?: (?:today|now|for (?:her|him|them|today|now)))*"
        ),
        r"\1 is mine",
    ),
    (rf"{AT}{PLEASE}(?:put|sign|mark) me (?:down )?(?:for|on|as (?:the )?owner of) ({N})", r"\1 is mine"),
)
_NOT_HERS = re.compile(
    rf"(?<! is)(?<! are)(?<!'s)(?<! be)(?:,| and| -+)? ?(?<!\bis )(?<!\bare )(?<!'s )(?<!\bbe )\b(?:not|instead of|"
    rf"rather than)(?: with| to| for| on)? (?P<p>mine|me|ours|hers|his|theirs|{_NAME})"
    r"(?:'s(?: (?:list|plate|desk|job))?)?(?=[ .!]*$|[,;])"
)
_HANDS = re.compile(
    r"\bmine\b|\b(?:give|assign|hand|pass|move|transfer|put|goes|go|belongs?|should be|is|are|to|"
    r"with|'s)\b"
)
_BUT_HERS = re.compile(
    rf"(?P<s>{N}|{_IT}) (?:is|are)(?:n'?t| not) (?P<o>mine|{_NAME}(?:'s)?)(?: (?:job|task|one))?(?:,| -+|;|\.)? "
    rf"(?:it'?s|it is|they'?re|they are|that'?s|but|rather) (?P<p>mine|{_NAME})(?P<z>'s)?{_ENDS}"
)
_DOES = r"(?:take(?: over| care of| on)?|do|handle|cover|own|have|get|run with|see to|deal with|finish|pick up)"
_SAID = re.compile(
    rf"{AT}{_P} (?:(?:has |just )?(?:said|says|told me|told us|tells me|mentioned|confirmed|agreed|offered|promised|"
    r"swears|swore|is happy|is willing|is ok|is fine|is glad|volunteered)|dijo|dice|me dijo)(?: that| que)? "
    r"(?:(?:she|he|they|s/he|ella|el)(?:'d|'ll| would| will| can| could| is going to| was going to| is gonna| se)|"
    r"to|with)"
    rf"(?: (?:just|gladly|happily|definitely|be (?:happy|glad) to|go ahead and))* (?P<v>{_DOES}|doing|taking|"
    rf"handling|covering|"
    rf"encarga del?|hace|lleva|toma) (?P<s>{N}|{_IT}|{_THE})(?P<t>(?: (?:for me|for us|instead|from here|now|"
    rf"tonight|today))*)(?=[ .!]*$|[,;] (?!if|unless|but|when|once|as soon))"
)
_SWAPPED = re.compile(
    rf"{AT}(?:{_P} and (?:i|me)|(?:i|we)(?: just| have)?|me and (?P<q>{_NAME}))(?:'ve| have)?(?: just)? "
    rf"(?:swapped|traded|switched|exchanged|changed)(?: (?:tasks|lists|them|those|two|these|"
    rf"with (?P<r>{_NAME})))*(?: ?[:;,] ?|\. ?| ?-+ |, so | so )"
)
_SWAP = re.compile(rf"{AT}(?:swap|trade|switch)(?: (?:tasks|lists))? with (?P<r>{_NAME}) ?[:;,-] ?")
_I_HAVE = re.compile(
    rf"(?P<l>^\W*|[,;:.]? (?:and|but|so) |[,;:.] ?| - )(?:i|we)(?:'ve got|'ve| have got| have| got| take| took|"
    rf" get|'ll take|'ll have| now have| keep)"
    rf"(?: over)? (?P<s>{N})(?: (?:now|instead|over|from (?:her|him|them)))*(?=[ .!]*$|[,;])"
)
_HERS = re.compile(rf"(?P<l>^|[,;:.] ?){_P}'s(?: (?:please|pls|then|now))+(?=[ .!]*$)")
_TURNED = re.compile(
    r"\b(?:never|nobody|can'?t|cannot|won'?t|didn'?t|don'?t|doesn'?t|if|unless|maybe|might|perhaps|should (?:i|we)|"
    r"wish|"
    r"or|nunca|nadie|quizas?|tal vez)\b|\?"
)


def put_owners_plainly(sentence: str, asked: ReplyContext) -> str:
    """Return "4 is mine" for "4 should be mine, not Jo's", where Jo is a colleague; as it is for other names."""
    plain = fold(sentence)
    if len(sentence) > LONGEST or _TURNED.search(plain) is not None:
        return sentence
    sentence = _of_one(_without_the_other(sentence, asked), asked)
    return turned(sentence, _MINE)


def _without_the_other(sentence: str, asked: ReplyContext) -> str:
    """Return the sentence without ", not Jo's" behind a handing over."""
    match = _NOT_HERS.search(fold(sentence))
    if match is None or _HANDS.search(fold(sentence), 0, match.start()) is None or not _is_owner(match["p"], asked):
        return sentence
    return f"{sentence[: match.start()]}{sentence[match.end() :]}"


def _of_one(sentence: str, asked: ReplyContext) -> str:
    """Return the sentence with what says whose a task is put as a command."""
    for form, put in _PUT:
        match = form.search(fold(sentence))
        if match is not None and (said := put(match, sentence, asked)) is not None:
            sentence = f"{sentence[: match.start()]}{said}{sentence[match.end() :]}"
    return sentence


def _but_hers(match: re.Match[str], sentence: str, asked: ReplyContext) -> str | None:
    """Put "4 is mine" for "4 isn't Jo's, it's mine"."""
    if not _is_owner(match["o"].removesuffix("'s"), asked) or not _is_owner(match["p"], asked):
        return None
    task = sentence[slice(*match.span("s"))]
    return f"{task} is mine" if match["p"] == "mine" else f"give {task} to {sentence[slice(*match.span('p'))]}"


def _promised(match: re.Match[str], sentence: str, asked: ReplyContext) -> str | None:
    """Put "Jo will do 4" for "Jo said she'd do 4": a colleague's word; an outsider's is news."""
    if not _is_owner(match["p"], asked):
        return None
    return f"{sentence[slice(*match.span('p'))]} will do {sentence[slice(*match.span('s'))]}"


def _swapped(match: re.Match[str], _sentence: str, asked: ReplyContext) -> str | None:
    """Leave out "Jo and I swapped:", which the rest tells in full."""
    told = match.groupdict()
    names = [told[key] for key in ("p", "q", "r") if told.get(key)]
    return "" if all(_is_owner(name or "", asked) for name in names) else None


def _mine_now(match: re.Match[str], sentence: str, asked: ReplyContext) -> str | None:
    """Put "4 is mine" for "I have 4", where it was a colleague's so far."""
    tasks = [asked.task(int(one)) for one in re.findall(r"\d{1,6}", match["s"])]
    is_others = all(task is not None and task.owner and not asked.person.is_at(task.owner) for task in tasks)
    lead = "; " if match["l"].strip() else ""
    return f"{lead}{sentence[slice(*match.span('s'))]} is mine" if is_others else None


def _hers(match: re.Match[str], sentence: str, asked: ReplyContext) -> str | None:
    """Put "give it to Jo" for "Jo's please"."""
    if asked.only is None or not _is_owner(match["p"], asked):
        return None
    return f"{match['l']} give it to {sentence[slice(*match.span('p'))]}"


_Put = Callable[[re.Match[str], str, ReplyContext], "str | None"]
_PUT: tuple[tuple[re.Pattern[str], _Put], ...] = (
    (_BUT_HERS, _but_hers),
    (_SAID, _promised),
    (_SWAPPED, _swapped),
    (_SWAP, _swapped),
    (_I_HAVE, _mine_now),
    (_HERS, _hers),
)


def _is_owner(name: str, asked: ReplyContext) -> bool:
    """Return whether the words mean the writer or name a colleague, and nobody's patient."""
    if name in {"mine", "me", "ours", "hers", "his", "theirs"}:
        return True
    found = people_in(plain_text(name), asked.people)
    named = any(name == fold(one.name) or name in fold(one.name).split() for one in found)
    return named and not any(name in fold(task.patient or "").split() for task in asked.listed)
