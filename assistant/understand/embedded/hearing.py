"""A voice -> what it asks of the coordinator, each thing once: claims that only lead to another are dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from assistant.records import Message
from assistant.understand.embedded.claims import PRONOUN, WANTS_WORD, Claim, claim_in, note_claim
from assistant.understand.embedded.names import Roster, tokens
from assistant.understand.embedded.rows import BLANKS, check_columns, row_claim, row_owner
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.sentences import Sentence
from assistant.understand.embedded.thread import stems
from assistant.understand.embedded.voices import Voice, attached

FOR_US = re.compile(
    r"\b(?:send|fax|e-?mail|mail|call|bring|upload|drop|forward|get|sign|submit|order|dictate|file|deliver|ship|book|text|ask|"
    r"schedule|you|your|le|les|te|by|before|within|today|tonight|tomorrow|this (?:morning|afternoon|week)|next week|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|eod|cob|end of|noon|\d{1,2}/\d{1,2}|\d{1,2} ?[ap]m|"
    r"mañana|hoy|lunes|martes|miércoles|jueves|viernes)\b",
    re.IGNORECASE,
)
"""In a promise: that something is done or comes to the reader, or when."""
IDLE = re.compile(
    r"^(?:start (?:on )?\w{3,9}[.!]?$|be|sit|wait|stay|look|see|try|hope|keep (?:you|an eye|my|watching|looking|trying)|think|watch|pray|miss|enjoy|go|rest|"
    r"hold (?:on|off)|stand by|sleep|drive|live|love|like|know|remember|understand|need|want|do (?:my|our) best|assume)\b"
    r"(?! (?:to it|in touch|sending|faxing|calling|bringing|mailing))",
    re.IGNORECASE,
)
"""A promise that leaves nothing to wait for: "we'll sit by the phone"."""
NUMBER_LINE = re.compile(
    r"^(?:please )?(?:call|fax|dial|text|phone|e-?mail|ring|reach|contact|write)\b(?: (?:us|me|it|them|him|her|back|at|to|on|the \w{2,12})){0,3}"
    r"(?: at| to| on)? ?(?:\+?\(?\d[\d ().-]{5,}|\S{1,40}@)(?!.{0,60}\b(?:to [a-z]|immediately|now|today|about|before|by)\b)",
    re.IGNORECASE,
)
"""How somebody is reached; no order beside one."""
TINY_QUESTION = 3
ADDS = re.compile(
    r"(?:please )?(?:include|attach|enclose|incluya|incluye|adjunte|adjunta|mention|reference|cc|copy)\b",
    re.IGNORECASE,
)
"""A request that only tells how the one before it is done."""
TIMED = re.compile(
    r"\b(?:by|before|within|no later than|until|today|tonight|tomorrow|days?|hours?|asap|urgent\w{0,2}|now|back|\d{1,2}/\d{1,2}|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|noon|eod|cob|from you|you)\b",
    re.IGNORECASE,
)
ANSWERED = re.compile(r"\(?(?:done|yes|no|yep|nope|never ?mind|got it|hecho|listo|sí)\b", re.IGNORECASE)
PRONOUNS_ES = re.compile(r"\b(?:me|nos|se|te) (?:lo|la|los|las)\b|(?:me|nos|se)l[oa]s?\b", re.IGNORECASE)
TAG = re.compile(r", ?(?:ok|okay|right|yes|yeah|correct|s[ií]|verdad|no)\?{1,3}$", re.IGNORECASE)
ASKS_AGAIN = re.compile(r"\b(?:it|this|that|they|them|those|lo|la|eso|esto)\b", re.IGNORECASE)
"""In a question: it goes on with what stands around it."""
CONDITIONAL = re.compile(r"^(?:and |but |so |or )?(?:if|unless|in case|assuming|provided|si)\b", re.IGNORECASE)
DELIVERS = re.compile(
    r"(?:dictate|sign|order|put|enter|write|send|fax|e-?mail|mail|bring|upload|drop|forward|submit|deliver|ship|file)\b",
    re.IGNORECASE,
)
BY = re.compile(r"\b(?:by|before|within|no later than|until|antes)\b", re.IGNORECASE)
AFORESAID = re.compile(
    r"^(?:\w+ ){1,4}?(?:it|them|him|that|those|this|both|do)\b(?! (?:to be|family|form|case|patient|packet))|^do$",
    re.IGNORECASE,
)
"""A request that only goes on with the one before it: "Send it with the records"."""
HANGING = re.compile(r"\b(?:once|when|whenever|if|as soon as|unless|until)\b", re.IGNORECASE)
NAMES_SOMEBODY = frozenset({"they-will", "they-book"})
FIRST_WORD = re.compile(r"(?P<name>[A-Z][\w'-]{1,20})(?: will| to| is going to|'ll)? (?=[a-z])")
ASSIGNS = "name-to-do"
"""The rule of "Ruth to book the visit": it needs somebody's name."""
MAX_REPORT_WORDS = 16
SHORT_ORDER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A claim with the voice that makes it."""

    claim: Claim
    voice: Voice
    waiting: bool
    certain: bool
    from_attachment: bool = False


def heard_from(voice: Voice, message: Message, roster: Roster, rules: Rules) -> Iterator[Heard]:
    """Yield the claims of one voice that concern the coordinator."""
    said = [_taken_personally(claim, roster) for claim in _claims(voice, rules) if claim]
    said = [claim for claim in said if not _is_taken_back(claim, voice, rules)]
    shared = {one.lead for one in voice.sentences if one.lead and roster.called(one.text) == "ours"}
    # A list that gives items to people by name leaves the coordinator theirs.
    said = [one for one in said if one.sentence.lead not in shared or roster.called(one.sentence.text) == "ours"]
    for claim in _thinned(said, rules):
        concerns = _concerns(claim, voice, message, roster)
        if concerns is not None:
            yield Heard(
                claim=claim,
                voice=voice,
                waiting=(claim.kind == "promise") != (voice.said == "by_us"),
                certain=claim.certain and concerns and _is_settled(claim) and claim.sentence.text not in voice.doubted,
            )
    if voice.said != "by_us":
        for claim in _rows(voice.rows, voice, roster, rules):
            is_ours = voice.said == "to_us" or _is_named(row_owner(claim.sentence), roster)
            if is_ours or voice.said == "unclear":
                yield Heard(claim=claim, voice=voice, waiting=False, certain=is_ours)


def _is_taken_back(claim: Claim, voice: Voice, rules: Rules) -> bool:
    """Say whether the words right behind a claim call it off: "3. Is the slot ok? (never mind, he took it)"."""
    said = voice.sentences
    place = next((place for place, one in enumerate(said) if one is claim.sentence), len(said))
    behind = next((one for one in said[place + 1 : place + 2] if one.block == claim.sentence.block), None)
    if behind is None or not (behind.text.startswith("(") or behind.shape != "prose"):
        return False
    text = straight(behind.text)
    return any(rules.first(kind, text) for kind in ("cancel", "settled")) or ANSWERED.match(text) is not None


def _taken_personally(claim: Claim, roster: Roster) -> Claim:
    """Return what is said of the coordinator by name as asked of them: "Ruth will book the scan" in others' words."""
    if claim.kind != "promise" or claim.rule.name not in NAMES_SOMEBODY:
        return claim
    who = FIRST_WORD.match(claim.what)
    if who is None or not roster.names_us(who["name"]):
        return claim
    return replace(claim, kind="request", what=claim.what[who.end() :])


def heard_from_attachments(
    message: Message, said: tuple[Voice, ...], heard: list[Heard], roster: Roster, rules: Rules
) -> Iterator[Heard]:
    """Yield what attachments list as open: empty boxes and rows, never an attachment's prose."""
    spoken = next((voice for voice in said if voice.said == "to_us"), None)
    if spoken is None:
        return
    prose, rows = attached(message)
    # Of prose only what names the coordinator: "ACTION (Ruth): book the hostel".
    asked = [one for one in prose if one.shape == "open_box" or roster.called(one.text) == "ours"]
    claims = [claim for one in asked if (claim := claim_in(one, rules))]
    open_rows = list(_rows(rows, spoken, roster, rules))
    # One open row, and a request for it in the mail: the mail's own words say it better.
    if len(open_rows) > 1 or not any(one.claim.kind == "request" for one in heard):
        claims.extend(open_rows)
    for claim in claims:
        yield Heard(claim=claim, voice=spoken, waiting=False, certain=True, from_attachment=True)


def _rows(rows: tuple[Sentence, ...], voice: Voice, roster: Roster, rules: Rules) -> Iterator[Claim]:
    """Yield what rows ask for, without those that a column gives to somebody else."""
    checks = check_columns(rows, rules)
    fills = any(BLANKS.search(one.text) for one in voice.sentences) if rows else False
    owners = [row_owner(row) for row in rows]
    # Where no row bears the coordinator's name, the column speaks of something else.
    is_shared = any(_is_named(owner, roster) for owner in owners)
    for row, owner in zip(rows, owners, strict=True):
        is_others = is_shared and not _is_named(owner, roster)
        if not is_others and (claim := row_claim(row, rules, fills_blanks=fills and not checks, checks=checks)):
            yield claim


def _is_named(owner: str, roster: Roster) -> bool:
    return any(roster.names_us(word) for word in tokens(owner))


def _concerns(claim: Claim, voice: Voice, message: Message, roster: Roster) -> bool | None:
    """Say whether a claim surely concerns the coordinator; None where it concerns others."""
    called = roster.called(claim.sentence.text)
    if called == "unsaid" and claim.sentence.lead:
        called = roster.called(claim.sentence.lead)
    is_newest = voice.age == 0
    if voice.said == "by_us":
        # What the coordinator asked in an earlier mail is answered by the mail that quotes it.
        return True if claim.kind == "promise" or (is_newest and message.to) else None
    if claim.kind == "promise":
        is_copied = roster.recipients(message) == "theirs"
        return None if is_newest and voice.said == "to_others" and called != "ours" and not is_copied else True
    if called == "unsaid" and claim.rule.name == ASSIGNS:
        return None
    if called in {"ours", "theirs"}:
        return True if called == "ours" else None
    if called == "stranger" and any(roster.called(one.text) == "ours" for one in voice.sentences):
        return False
    return {"to_us": True, "unclear": False}.get(voice.said)


def _claims(voice: Voice, rules: Rules) -> list[Claim | None]:
    """Return each sentence's claim; a list item without any is one where the line above says so."""
    said = voice.sentences
    found = [claim_in(sentence, rules) for sentence in said]
    asked = {claim.sentence.block for claim in found if claim and claim.kind != "promise"}
    for place, sentence in enumerate(said):
        is_first = place == 0 or said[place - 1].block != sentence.block
        is_bare = found[place] is None and sentence.block not in asked
        if is_bare and is_first and sentence.shape == "item" and sentence.lead:
            found[place] = note_claim(sentence, rules)
    return found


def _thinned(claims: list[Claim], rules: Rules) -> list[Claim]:
    """Drop claims that only lead over to another one, only go on with it, or only ask to hear of it."""
    # A list is one of orders where no item is a mere thing: "submit the following: chart notes, a TB result".
    things = {claim.sentence.lead for claim in claims if claim.rule.kind == "head" and claim.kind == "need"}
    ordered = {claim.sentence.lead for claim in claims if claim.sentence.lead and claim.kind == "request"} - things
    asked_above = {claim.sentence.text for claim in claims} - ordered - {""}
    wants = [claim for claim in claims if claim.kind in {"request", "need"} and not claim.is_weak]
    paragraphs = {claim.sentence.paragraph for claim in claims if not claim.is_weak}
    kept: list[Claim] = []
    for claim, following in zip_longest(claims, claims[1:]):
        is_lead = claim.sentence.text in ordered
        is_detail = claim.sentence.lead in asked_above
        leads_over = following is not None and _leads_to(claim, following, rules)
        goes_on = bool(kept) and (_goes_on(claim, kept[-1]) or _only_reports(claim, rules))
        is_said = claim.is_weak and claim.sentence.shape == "prose" and claim.sentence.paragraph in paragraphs
        is_beside = claim.kind == "question" and any(_says_better(other, claim, rules) for other in wants)
        is_spare = is_said or is_beside or _is_spare(claim, claims)
        if not (is_lead or is_detail or leads_over or goes_on or is_spare or _is_empty(claim)):
            kept.append(claim)
    return kept


def _is_empty(claim: Claim) -> bool:
    """Say whether there is nothing to hold on to: "Please do", a promise without time or taker."""
    if claim.kind == "promise":
        return FOR_US.search(straight(claim.sentence.text)) is None or IDLE.search(straight(claim.what)) is not None
    return claim.kind == "request" and claim.what.lower().strip(" .!") == "do"


def _says_better(want: Claim, question: Claim, rules: Rules) -> bool:
    """Say whether an order beside a question asks for the same: "Is it signed? If not, have Dr. Koh sign it"."""
    if PRONOUN.match(straight(want.what)):
        return False
    if want.sentence.block != question.sentence.block:
        # "Still nothing on the orders." - "Is it stuck with him?"
        return want.rule.name == "chasing" and ASKS_AGAIN.search(question.sentence.text) is not None
    text = straight(question.sentence.text)
    return ASKS_AGAIN.search(text) is not None or bool(stems(text, rules) & stems(want.sentence.text, rules))


def _is_spare(claim: Claim, claims: list[Claim]) -> bool:
    """Say whether a claim tells nothing beside the others of its voice: a gloss, a number, "got it?", "I need it"."""
    others = [other for other in claims if other is not claim]
    text = straight(claim.sentence.text)
    if claim.kind == "question" and TAG.search(text):
        return True
    if claim.kind == "question":
        return bool(others) and len(text.split()) <= TINY_QUESTION
    near = [other for other in others if other.sentence.paragraph == claim.sentence.paragraph]
    if claim.kind == "request" and claim.is_plain and NUMBER_LINE.match(straight(claim.what)):
        return bool(near)
    if text.startswith("(") and text.rstrip(" .").endswith(")") and len(text.split()) > TINY_QUESTION:
        return bool(near)
    said = [other for other in others if not other.is_weak and not PRONOUN.match(straight(other.what))]
    said = [other for other in said if other.kind != "promise" and not NUMBER_LINE.match(straight(other.what))]
    if claim.kind == "need" and PRONOUN.match(straight(claim.what)) and TIMED.search(text) is None:
        return True
    return claim.kind == "need" and bool(said) and PRONOUN.match(straight(claim.what)) is not None


def _is_settled(claim: Claim) -> bool:
    """Say whether a promise hangs on nothing: "I'll call you once I know more" may never come."""
    if claim.kind == "promise" and CONDITIONAL.match(claim.sentence.text):
        return False
    if claim.kind != "promise" or BY.search(claim.what) is not None:
        return True
    # "I'll fax it once he signs" is sure to come; "if he signs" is not.
    said = HANGING.search(claim.what)
    return said is None or (said[0].lower() not in {"if", "unless", "until"} and DELIVERS.match(claim.what) is not None)


def _only_reports(claim: Claim, rules: Rules) -> bool:
    if WANTS_WORD.search(straight(claim.sentence.text)):
        return False
    is_report = rules.first("report", straight(claim.sentence.text)) is not None
    return is_report and len(claim.what.split()) <= MAX_REPORT_WORDS


def _goes_on(claim: Claim, before: Claim) -> bool:
    """Say whether a claim only adds to the one before it: "Send it with the records", "I need it by Friday"."""
    if before.sentence.block != claim.sentence.block:
        return False
    if claim.kind == "need":
        is_same = before.kind == "request" and claim.rule.name in {"is-due", "must-be-received", "needed-by"}
        return PRONOUN.match(claim.what) is not None or is_same
    if claim.kind == "request" and claim.sentence.shape == "prose" and ADDS.match(straight(claim.what)):
        return before.kind in {"request", "need"} and TIMED.search(straight(claim.sentence.text)) is None
    return claim.kind == "request" and claim.is_plain and AFORESAID.match(claim.what) is not None


def _leads_to(claim: Claim, following: Claim, rules: Rules) -> bool:
    """Say whether what lacks only leads over to the request for it: "The card is missing. Please fax it by noon"."""
    if claim.kind != "need" or following.kind != "request" or following.sentence.block != claim.sentence.block:
        return False
    if _only_reports(following, rules):
        return False
    if following.rule.language == "es" and PRONOUNS_ES.search(following.sentence.text):
        return True
    goes_back = AFORESAID.match(following.what) is not None or len(following.what.split()) <= SHORT_ORDER
    refers = goes_back or bool(stems(claim.sentence.text, rules) & stems(following.sentence.text, rules))
    has_own_time = BY.search(claim.sentence.text) and not BY.search(following.sentence.text)
    return refers and not has_own_time
