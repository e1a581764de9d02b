"""Message -> what its writer says of an answer to come: "I'll check", or that they are out of the office until a day.

Neither is a task, and neither ends one: they are noted with what we wait for from that person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from assistant.records import Deadline, Finding, Message, Part, ReadingContext
from assistant.understand.deadlines import FoundDate, find_dates, find_deadline
from assistant.understand.embedded.rules import straight
from assistant.understand.embedded.sentences import Sentence, sentences

_WILL = r"(?:i|we)(?:'ll| will|'m going to| am going to|'re going to| are going to| am| are|'m|'re| need to| have to)"
_HOLDS = re.compile(
    rf"(?:\b(?:{_WILL}|let me|i should(?: be able to)?)|(?:^|[,;:!] |\band |thanks |^ok )(?:will|gonna)) "
    r"(?:just |quickly |definitely |try to |also )?"
    r"(?:check(?:ing)?\b(?! in\b)|look(?:ing)? (?:in ?to|at)|find(?:ing)? out|see (?:what|if|where|whether)|"
    r"get(?:ting)? (?:right )?back to (?:you|u)|circl(?:e|ing) back|"
    r"follow(?:ing)? up|let (?:you|u) know|updat(?:e|ing) you|"
    r"be in touch|keep you posted|dig(?:ging)? into|"
    r"work(?:ing)? on (?:it|this|that|them|your)|chas(?:e|ing) (?:it|this|that)|"
    r"(?:have|send|get|fax|email|e-mail|bring|finish|complete|submit|return)(?: you)? (?:it|this|that|them|those)\b|"
    r"(?:have|give|get)(?: you)? an? (?:answer|update|reply|response))"
    r"|\b(?:still )?(?:working on|looking into|checking on|chasing) (?:it|this|that|them|your request)\b"
    r"|\bgive (?:me|us) (?:a (?:day|few|bit|couple)|until|till|an hour)\b|\bbear with (?:me|us)\b|^on it\b"
    r"|\b(?:lo|la) (?:reviso|checo|veo|consulto)\b|\bvoy a (?:revisar|checar|ver|preguntar|averiguar)\b"
    r"|\b(?:le|te|les) (?:aviso|confirmo|respondo)\b|\bd[ée]j[ea]me (?:ver|revisar|checar|preguntar)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:won't|will not|can't|cannot|unable|not able|no longer|never|you(?:'ll| will)? (?:need|have) to|"
    r"(?:can|could|would|will|did|do) you)\b|\?$",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\b(?:out[- ]of[- ](?:the[- ])?office|ooo\b|(?:i am|i'm|i'll be|i will be|we are|we're) (?:currently )?"
    r"(?:out|away|off) (?:on|for|until|till|through|thru|from|this|next|today|tomorrow|all)\b|"
    r"on (?:annual |parental |maternity |medical |family |sick )?(?:vacation|leave|pto|holiday)|"
    r"(?:be |am |'m )away\b|away (?:from|until|till|through)\b|unavailable|"
    r"not (?:be )?(?:in the office|available|at work)|"
    r"no access to (?:e-?mail|my)|limited access to (?:e-?mail|my)|traveling|travelling|"
    r"fuera de la oficina|de vacaciones|ausente|de licencia)",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:(?:be |am |'m |'ll be )?back\b|return(?:ing)?\b|resum(?:e|ing)\b|regres\w{1,6}|vuelvo|volver\w{1,3})"
    r"[^.;]{0,40}$",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:until|till|through|thru|to|hasta|al?|and)\W{1,3}(?:\w{1,12}\W{1,2}){0,2}$|[-–]\s?$", re.IGNORECASE
)
_FROM = re.compile(r"\b(?:starting|beginning|effective|as of|from|since|desde)(?: on)?\s$", re.IGNORECASE)
_RANGE = re.compile(r"\b(?:to|through|thru|until|till|al?|hasta)\b|[-–]", re.IGNORECASE)
_MOST_CHARS = 4000


def absences(message: Message, context: ReadingContext) -> Iterator[Finding]:
    """Yield the writer's promise to see to an answer, and their absence; at the most one of each."""
    sender = message.sender
    if sender is None or context.coordinator.is_at(sender.email) or message.automatic in {"bounce", "bulk", "machine"}:
        return
    own = [part for part in message.parts if part.kind == "own"]
    said = [(part, sentence) for part in own for sentence in sentences(part.text[:_MOST_CHARS])]
    yield from _away(message, context, said)
    is_thread = message.in_reply_to or message.references or len(own) < len(message.parts)
    if message.automatic is None and is_thread:
        yield from _holding(message, context, said)


def _holding(message: Message, context: ReadingContext, said: list[tuple[Part, Sentence]]) -> Iterator[Finding]:
    """Yield the sentence that promises an answer, first one that says by when."""
    found = [
        _finding("holding", message, part, sentence, _promised(sentence.text, _moment(message, part), context))
        for part, sentence in said
        if _HOLDS.search(straight(sentence.text)) and not _REFUSES.search(straight(sentence.text))
    ]
    yield from sorted(found, key=lambda one: one.deadline is None)[:1]


def _promised(text: str, moment: datetime, context: ReadingContext) -> Deadline | None:
    deadline = find_deadline(text, moment, context.calendar, day_first=context.day_first)
    if deadline is not None:
        return deadline
    dates = find_dates(text, moment, context.calendar, day_first=context.day_first)
    return next((one.deadline for one in dates if one.cue not in {"past", "event"}), None)


def _away(message: Message, context: ReadingContext, said: list[tuple[Part, Sentence]]) -> Iterator[Finding]:
    """Yield the sentence that tells until when the writer is away; a day of return comes before the last day out."""
    is_told = message.automatic == "auto-reply" and _AWAY.search(message.subject) is not None
    if not is_told and not any(_AWAY.search(straight(sentence.text)) for _, sentence in said):
        return
    found: list[tuple[int, Finding]] = []
    for part, sentence in said:
        moment = _moment(message, part)
        for one in find_dates(sentence.text, moment, context.calendar, day_first=context.day_first):
            rank = _rank(sentence.text, one, is_last=one.end >= len(sentence.text.rstrip(" .!")))
            day = one.deadline.local_day(context.calendar)
            if rank is not None and day >= moment.astimezone(context.calendar.zone).date():
                found.append((rank, _finding("away", message, part, sentence, replace(one.deadline, due=day))))
    if found:
        yield min(found, key=lambda pair: pair[0])[1]


def _rank(text: str, date: FoundDate, *, is_last: bool) -> int | None:
    """Return how surely a date is the end of an absence, 0 being the surest; None where it is not."""
    plain = straight(text)
    before = plain[: date.start]
    words = plain[date.start : date.end]
    if _FROM.search(before) and not _RANGE.search(words):
        return None
    if _BACK.search(before):
        return 0
    if not _AWAY.search(plain):
        return None
    if _UNTIL.search(before) or re.match(r"(?:until|till|through|thru|hasta)\b", words, re.IGNORECASE):
        return 1
    return 2 if is_last else 3


def _moment(message: Message, part: Part) -> datetime:
    return part.sent_at or message.sent_at


def _finding(kind: str, message: Message, part: Part, sentence: Sentence, deadline: Deadline | None) -> Finding:
    writer = message.sender
    assert writer is not None
    return Finding(
        kind="away" if kind == "away" else "holding",
        title="Is out of the office" if kind == "away" else "Is seeing to it",
        quote=sentence.text,
        deadline=deadline,
        said_by=writer.email,
        said_on=_moment(message, part).date(),
        engine="embedded",
        rule=kind,
    )
