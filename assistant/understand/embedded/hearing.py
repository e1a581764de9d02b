"""A voice -> what it asks of the coordinator, each thing once: claims that only lead to another are dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.records import Message
from assistant.understand.embedded.claims import Claim
from assistant.understand.embedded.columns import LAST_COLUMN, WHO, action_columns, marks_of, owner_column
from assistant.understand.embedded.fields import Fields
from assistant.understand.embedded.letters import asked_in, letters
from assistant.understand.embedded.lists import claims_of, section_owners
from assistant.understand.embedded.names import Roster, tokens
from assistant.understand.embedded.rows import check_columns, fills_blanks, row_claim
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.sentences import Sentence
from assistant.understand.embedded.thinning import is_settled, thinned
from assistant.understand.embedded.voices import Voice

ANSWERED = re.compile(r"\(?(?:done|yes|no|yep|nope|never ?mind|got it|hecho|listo|sí)\b", re.IGNORECASE)
OWN_ANSWER = re.compile(r"(?:no|yes|nope|yep|already (?:done|did|asked|have)|done|handled|sí)\b[,.:!]", re.IGNORECASE)
"""Behind a question: its writer answers it."""
NAMES_SOMEBODY = frozenset({"they-will", "they-book"})
FIRST_WORD = re.compile(r"(?P<name>[A-Z][\w'-]{1,20})(?: will| to| is going to|'ll)? (?=[a-z])")
POINTS = re.compile(
    r"\b(?:attach\w{1,6}|enclos\w{1,4}|see (?:the |this )?(?:letter|note|fax|log|form|file)|adjunt\w{1,3})\b",
    re.IGNORECASE,
)
"""In the mail's own words: what is asked stands in the attachment."""
WORKS_THROUGH = re.compile(
    r"\b(?:work|go|run|look|get|walk|read) through (?:it|them|the|this|that|these|those|all|each|every)\b|"
    r"\b(?:items?|points?|tasks?|steps|requests?|orders?|asks?|findings|to-?dos?|changes|actions?|questions)"
    r"(?: listed| noted| named| marked| set out)? (?:in|on|inside) (?:it|them|there|the (?:attached|letter|sheet|file|"
    r"memo|form|note|log|list|document|pdf))\b",
    re.IGNORECASE,
)
"""An order that what stands in an attachment be done."""
HOLDS_ORDERS = re.compile(
    r"\b(?:orders|requests|(?:action |open |to-?do |follow-?up )(?:items?|list|points?)|to-?dos?|tasks|"
    r"instructions for (?:you|the (?:desk|office|coordinator|team))|changes|corrections|follow-?ups|"
    r"what (?:i|we) need|pendientes|[oó]rdenes)\b",
    re.IGNORECASE,
)
"""What an attachment holds, by the mail's words, that is there to be done."""
OTHERS_DO = re.compile(r"^(?P<who>(?:Dr\.? )?[A-Z][\w'.-]{1,15}(?: [A-Z][\w'.-]{1,15})?) (?:to|will|is to) [a-z]")
ONLY_ATTACHED = re.compile(
    r"^(?:[\w'’]{2,20}(?: [\w'’.&-]{1,20}){1,8}|log|list|report|schedule|record|form|order|note|fax|plan|chart|update)"
    r" (?:is |are )?(?:attached|enclosed)(?=[.,!]|$)",
    re.IGNORECASE,
)
"""No order: "Order list attached", "Log attached, two are for you"."""
ASSIGNS = "name-to-do"
"""The rule of "Ruth to book the visit": it needs somebody's name."""


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
    said = [_taken_personally(claim, roster) for claim in claims_of(voice.sentences, roster, rules)]
    said = [claim for claim in said if not _is_taken_back(claim, voice, rules)]
    said = [one for one in said if not (one.is_plain and ONLY_ATTACHED.match(one.sentence.text))]
    others = section_owners(voice.sentences, roster)
    said = [one for one in said if one.sentence.lead not in others]
    shared = {one.lead for one in voice.sentences if one.lead and roster.called(one.text) == "ours"}
    # A list that gives items to people by name leaves the coordinator theirs.
    ours = {one.block for one in voice.sentences if roster.called(one.text) == "ours"}
    said = [one for one in said if one.sentence.lead not in shared or one.sentence.block in ours]
    for claim in thinned(said, rules):
        concerns = _concerns(claim, voice, message, roster)
        if concerns is not None:
            yield Heard(
                claim=claim,
                voice=voice,
                waiting=(claim.kind == "promise") != (voice.said == "by_us"),
                certain=claim.certain and concerns and is_settled(claim) and claim.sentence.text not in voice.doubted,
            )
    if voice.said != "by_us":
        for claim, is_named in _rows(voice.rows, voice, roster, rules):
            is_ours = voice.said == "to_us" or is_named
            if is_ours or voice.said == "unclear":
                yield Heard(claim=claim, voice=voice, waiting=False, certain=is_ours)


def _is_taken_back(claim: Claim, voice: Voice, rules: Rules) -> bool:
    """Say whether the words right behind a claim call it off: "3. Is the slot ok? (never mind, he took it)"."""
    said = voice.sentences
    place = next((place for place, one in enumerate(said) if one is claim.sentence), len(said))
    behind = next((one for one in said[place + 1 : place + 2] if one.block == claim.sentence.block), None)
    if behind and claim.sentence.text.endswith("?") and OWN_ANSWER.match(behind.text):
        return True
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


def heard_from_attachments(fields: Fields, heard: list[Heard]) -> Iterator[Heard]:
    """Yield what attachments ask: empty boxes and open rows; prose where the mail hands it on or it names us."""
    message, said, roster, rules = fields.message, fields.voices, fields.roster, fields.rules
    spoken = next((voice for voice in said if voice.said == "to_us"), None)
    by_whom = spoken or next((voice for voice in said if voice.said != "by_us"), None)
    if by_whom is None:
        return
    own = [one for one in heard if not one.waiting and not one.voice.age]
    asks = any(one.claim.kind in {"request", "need"} and not _points(one) for one in own)
    told = [straight(one.text) for voice in said if voice.said != "by_us" for one in voice.sentences]
    is_aware = any(rules.first(kind, text) for text in told for kind in ("aware", "deny"))
    holds = any(WORKS_THROUGH.search(text) or (POINTS.search(text) and HOLDS_ORDERS.search(text)) for text in told)
    for letter in letters(fields, by_whom):
        handed_on = spoken is not None and (holds or not asks) and not is_aware and message.automatic != "bulk"
        claims = list(asked_in(letter, roster, rules, handed_on=handed_on))
        if spoken is None:
            claims = [one for one in claims if roster.called(one.sentence.text) == "ours"]
        claims = [one for one in claims if not _is_taken_back(one, letter.voice, rules)]
        for claim in claims:
            yield Heard(claim=claim, voice=letter.voice, waiting=False, certain=True, from_attachment=True)
        rows = replace(by_whom, rows=letter.voice.rows)
        open_rows = [one for one, is_ours in _rows(rows.rows, rows, roster, rules) if is_ours or spoken]
        # One open row, and a request for it in the mail: the mail's own words say it better.
        if len(open_rows) > 1 or not any(one.claim.kind == "request" and not _points(one) for one in heard):
            for one in open_rows:
                yield Heard(
                    claim=_quoted(one, open_rows), voice=rows, waiting=False, certain=True, from_attachment=True
                )


def _points(one: Heard) -> bool:
    """Say whether a request only points at what stands in an attachment."""
    text = straight(one.claim.sentence.text)
    return any(pattern.search(text) for pattern in (POINTS, LAST_COLUMN, WORKS_THROUGH))


def _quoted(claim: Claim, others: list[Claim]) -> Claim:
    """Return a row's claim quoted by its words: the bars between cells are ours, not the file's."""
    is_own = [one.what for one in others].count(claim.what) == 1 and claim.what in claim.sentence.text
    return replace(claim, quote=claim.quote or claim.what) if is_own and " " in claim.what else claim


def _rows(rows: tuple[Sentence, ...], voice: Voice, roster: Roster, rules: Rules) -> Iterator[tuple[Claim, bool]]:
    """Yield what rows ask for, and whether a column gives it to the coordinator; others' rows are left out."""

    def names_us(cell: str) -> bool:
        return roster.is_initials(cell) or any(roster.names_us(word) for word in tokens(cell))

    for table in _tables(rows):
        checks = check_columns(table, rules)
        fills = fills_blanks(voice.sentences) and not checks
        actions = action_columns(table, voice.sentences, rules, names_us)
        column = owner_column(table, names_us)
        marks = marks_of(table, voice.sentences)
        owned = [names_us(next((cell for head, cell in row.cells if head == column), "")) for row in table]
        for row, is_ours in zip(table, owned, strict=True):
            # Where no row bears the coordinator's name, the column speaks of something else.
            meant = [marks[cell.lower()] for _, cell in row.cells if cell.lower() in marks]
            if _is_told_of_others(row, names_us):
                continue
            if (is_ours or not any(owned)) and all(meant):
                claim = row_claim(row, rules, fills_blanks=fills, checks=checks, actions=actions, is_meant=bool(meant))
                if claim:
                    yield claim, is_ours


def _is_told_of_others(row: Sentence, names_us: Callable[[str], bool]) -> bool:
    """Say whether what is to be done is somebody else's by its own words: "PT to see her today"."""
    found = [OTHERS_DO.match(cell) for column, cell in row.cells if not WHO.search(column)]
    return any(one is not None and not names_us(one["who"]) for one in found)


def _tables(rows: tuple[Sentence, ...]) -> Iterator[tuple[Sentence, ...]]:
    """Yield the rows that stand below the same head."""
    for _, table in groupby(rows, key=lambda row: tuple(head for head, _ in row.cells)):
        yield tuple(table)


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
    if called == "stranger" and _knows_us(voice, message, roster):
        return False
    return {"to_us": True, "unclear": False}.get(voice.said)


def _knows_us(voice: Voice, message: Message, roster: Roster) -> bool:
    """Say whether the writer calls the coordinator by name, in a greeting or elsewhere: a stranger is not we."""
    greeted = roster.greeted(voice.sentences[0].text, voice.sender(message)) if voice.sentences else "unsaid"
    return greeted == "ours" or any(roster.called(one.text) == "ours" for one in voice.sentences)
