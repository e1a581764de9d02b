"""The claims of a voice -> those that stand: what only leads to another, adds to it or says it again is dropped."""

from __future__ import annotations

import re
from itertools import zip_longest

from assistant.understand.embedded.claims import OTHERS_PROMISES, PRONOUN, THREAT, WANTS_WORD, Claim
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.speaking import goes_on
from assistant.understand.embedded.thread import stems

FOR_US = re.compile(
    r"\b(?:send|fax|e-?mail|mail|call|bring|upload|drop|forward|get|sign|submit|order|dictate|file|deliver|ship|book|"
    r"text|ask|"
    r"schedule|you|your|le|les|te|by|before|within|today|tonight|tomorrow|this (?:morning|afternoon|week)|next week|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|eod|cob|end of|noon|\d{1,2}/\d{1,2}|\d{1,2} ?[ap]m|"
    r"mañana|hoy|lunes|martes|miércoles|jueves|viernes)\b",
    re.IGNORECASE,
)
"""In a promise: that something is done or comes to the reader, or when."""
IDLE = re.compile(
    r"^(?:start (?:on )?\w{3,9}[.!]?$|be|sit|wait|stay|look|see|try|hope|keep (?:you|an eye|my|watching|looking|"
    r"trying)|think|watch|pray|miss|enjoy|go|rest|"
    r"leave (?:it|that|this|them|the|his|her|things)|"
    r"hold (?:on|off)|stand by|sleep|drive|live|love|like|know|remember|understand|need|want|do (?:my|our) best|"
    r"assume)\b"
    r"(?! (?:to it|in touch|sending|faxing|calling|bringing|mailing))",
    re.IGNORECASE,
)
"""A promise that leaves nothing to wait for: "we'll sit by the phone"."""
HAPPENS = re.compile(
    r"(?:\bwill|'ll|\bgoing to) (?:all |also |then |both |just |now |again )?(?:start|begin|re-?open|resume|go live|"
    r"be (?:with you|out|back|closed|open|away|off|on (?:leave|vacation|call)|admitted|discharged|seen|"
    r"in (?:clinic|the or))|"
    r"meet (?:with|at)|follow(?:-| )?up (?:with|at) (?:her|his|their|the|dr)|present (?:him|her|it|them|the|mr|mrs|ms)|"
    r"get (?:his|her|their) (?!\w{2,15} (?:to|over|back|signed))|have (?:his|her|their) |receive (?:his|her|their) |"
    r"undergo|attend|arrive|operate|land|move (?:in|to)|"
    r"be (?:\d{1,6}|at \d{1,6}|available|effective|in effect|the (?:new|same))|"
    r"(?:send|mail|notify|contact) (?:the |each |all |every )?(?:members?|subscribers?|enrollees?))\b",
    re.IGNORECASE,
)
"""What happens anyway, told as it is: nobody promises the reader anything."""
FIRM = re.compile(
    r"(?:Open|Clear|Complete|Direct|Express|Bridge|Spring|Cross|Rush|Light|Rise|Signal|Present|Address|Support|Access|"
    r"Advance|Focus|Connect|Restore|Renew|Match|Trust|Mark|Grant|Bill|Stage|Balance|Cover|Guide|Secure|Point|Park|Pass|"
    r"Fall|Lead|Chase|Hand|Place|Press|Stay|Keep|Reach|Lift|Move|Turn|Start|Thrive|Bloom|Return|Process|Note|Plan)"
    r"(?: (?:[A-Z][\w'&.-]{0,20}|of|the|and|&|for|at)){0,5} (?:Health(?:care)?|Hospitals?|Clinics?|Cent(?:er|re)s?|"
    r"Medical|Associates|Imaging|Pharmacy|Group|Services|Systems?|Partners|Institute|Care|Network|Insurance|Practice|"
    r"Specialists|Physicians|Medicine|Rehab|Hospice|Laborator(?:y|ies)|Labs?|Inc|LLC|Dental|Dentistry|Orthop[a]?edics|"
    r"Therapy|Recovery|Living|Homes?|Transport|Transit|Solutions|Company|Co)[.,]?$"
)
"""A firm's name that begins like an order: "Open Fields Home Health"."""
TO_PATIENT = re.compile(
    r"(?:\bwill|'ll|\bgoing to) (?:also |then |now |just |again )?(?:(?:call|contact|phone|text|see|meet|visit|notify|"
    r"reach out to|check on|follow up with|go over \w{2,15} with|teach|train|greet) (?:him|her|them|you (?:in|at) the|"
    r"(?:the|his|her|their) (?:patient|family|mother|father|mom|dad|parents?|daughter|son|wife|husband|caregiver|"
    r"member|client|resident))\b|bring [^.!?]{2,50} to (?:the|his|her|their) (?:visit|appointment|appt|surgery|"
    r"procedure|admission)\b|(?:have|need) to\b)",
    re.IGNORECASE,
)
"""What others will do with the patient, or have to do: the reader waits for nothing."""
IT_COMES = re.compile(r"(?:you (?:should|will|'ll) (?:have|get|see|receive) )?(?:it|them|both)\b", re.IGNORECASE)
"""A promise of what was told before: "You should have them this afternoon"."""
SOME_DAY = re.compile(
    r"\b(?:one day|some ?day|one of these days|eventually|sometime|never|in (?:your|my) dreams)\b", re.IGNORECASE
)
BEHIND = re.compile(
    r"\b(?:before|until|till|unless|or|or else|otherwise|if|because|since|so that|so|then maybe|that|whether|why|how|"
    r"what|which|who|where)(?: (?:the|a|an|our|my|their|his|her))?(?: [\w'-]{1,15}){0,2}$",
    re.IGNORECASE,
)
"""Before the words of a promise: a clause that only says why or from when: "before they will release it"."""
COMES_TO_US = re.compile(
    r"\byou\b(?! (?:shortly|soon))|\b(?:send|fax|e-?mail|upload|forward|call|text|let) (?:it|them|those|us|over|that|"
    r"the [\w ]{2,25} over)\b",
    re.IGNORECASE,
)
NUMBER_LINE = re.compile(
    r"^(?:please )?(?:call|fax|dial|text|phone|e-?mail|ring|reach|contact|write)\b(?: (?:us|me|it|them|him|her|back|"
    r"at|to|on|the \w{2,12})){0,3}"
    r"(?: at| to| on)? ?(?:\+?\(?\d[\d ().-]{5,}|\S{1,40}@)(?!.{0,60}\b(?:to [a-z]|immediately|now|today|about|"
    r"before|by)\b)",
    re.IGNORECASE,
)
"""How somebody is reached; no order beside one."""
TINY_QUESTION = 3
SHORT_THING = 2
"""Words: "Records are due Friday" says of the request above only when."""
ADDS = re.compile(
    r"(?:please )?(?:include|attach|enclose|incluya|incluye|adjunte|adjunta|mention|reference|cc|copy)\b",
    re.IGNORECASE,
)
"""A request that only tells how the one before it is done."""
TIMED = re.compile(
    r"\b(?:by|before|within|no later than|until|today|tonight|tomorrow|days?|hours?|asap|urgent\w{0,2}|now|back|"
    r"\d{1,2}/\d{1,2}|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|noon|eod|cob|from you|you)\b",
    re.IGNORECASE,
)
PRONOUNS_ES = re.compile(r"\b(?:me|nos|se|te) (?:lo|la|los|las)\b|(?:me|nos|se)l[oa]s?\b", re.IGNORECASE)
TAG = re.compile(r", ?(?:ok|okay|right|yes|yeah|correct|s[ií]|verdad|no)\?{1,3}$", re.IGNORECASE)
ASKS_AGAIN = re.compile(r"\b(?:it|this|that|they|them|those|lo|la|eso|esto)\b", re.IGNORECASE)
"""In a question: it goes on with what stands around it."""
CONDITIONAL = re.compile(r"^(?:and |but |so |or )?(?:if|unless|in case|assuming|provided|si)\b", re.IGNORECASE)
DELIVERS = re.compile(
    (
        r"(?:dictate|sign|order|put|enter|write|send|fax|e-?mail|mail|bring|upload|drop|forward|submit|deliver|ship|"
        r"file)\b"
    ),
    re.IGNORECASE,
)
BY = re.compile(r"\b(?:by|before|within|no later than|until|antes)\b", re.IGNORECASE)
AFORESAID = re.compile(
    r"^(?:\w+ ){1,4}?(?:it|them|him|that|those|this|both|do)\b(?! (?:to be|family|form|case|patient|packet))|^do$",
    re.IGNORECASE,
)
"""A request that only goes on with the one before it: "Send it with the records"."""
ONLY_IT = re.compile(
    r"^(?:please )?(?:have|get|do|finish|complete|close|handle|book|schedule|fix|sort|reach|make|see to|take care of|"
    r"deal with|enter|catch) (?:it|them|this|that|these|those|both|him|her)\b(?: (?:done|scheduled|booked|in|out|over|"
    r"up|back|off|there|here|sent|read|signed|ready|all|both|to (?:me|us)|first)\b){0,3}(?:,| by\b| before\b|"
    r" no later\b| within\b| today\b| tonight\b| tomorrow\b| this\b| asap\b| right\b| on\b| at\b| as soon\b|[.!?]|$)",
    re.IGNORECASE,
)
"""An order of which only the time is new: "Please have it scheduled by tomorrow"."""
ALSO = re.compile(r"\b(?:also|too|as well|tambi[eé]n)\b", re.IGNORECASE)
TIMED_WORD = re.compile(
    r"\b(?:let|tell|call|text|page|notify|update|e-?mail) (?:me|us|them)(?: know| back)?,? "
    r"(?:by|before|no later than) (?!then|the way)",
    re.IGNORECASE,
)
"""A word that is wanted by a time."""
HANGING = re.compile(r"\b(?:once|when|whenever|if|as soon as|unless|until)\b", re.IGNORECASE)
MAX_REPORT_WORDS = 16
MAX_BEFORE_REPORT = 10
SHORT_ORDER = 4
NOT_OURS = OTHERS_PROMISES | {"said-it-will", "will-follow"}


def thinned(claims: list[Claim], rules: Rules) -> list[Claim]:
    """Drop claims that only lead over to another one, only go on with it, or only ask to hear of it."""
    # A list is one of orders where no item is a mere thing: "submit the following: chart notes, a TB result".
    things = {claim.sentence.lead for claim in claims if claim.rule.kind == "head" and claim.kind == "need"}
    ordered = {claim.sentence.lead for claim in claims if claim.sentence.lead and claim.kind == "request"} - things
    asked_above = {claim.sentence.text for claim in claims} - ordered - {""}
    wants = [claim for claim in claims if claim.kind in {"request", "need"} and not claim.is_weak]
    chases = [claim for claim in claims if claim.rule.name == "chasing"]
    paragraphs = {claim.sentence.paragraph for claim in claims if not claim.is_weak}
    kept: list[Claim] = []
    for claim, following in zip_longest(claims, claims[1:]):
        is_lead = claim.sentence.text in ordered
        is_detail = claim.sentence.lead in asked_above
        leads_over = following is not None and _leads_to(claim, following, rules)
        goes_on = bool(kept) and (_goes_on(claim, kept[-1]) or _only_reports(claim, rules))
        is_said = claim.is_weak and claim.sentence.shape == "prose" and claim.sentence.paragraph in paragraphs
        is_beside = claim.kind == "question" and any(_says_better(other, claim, rules) for other in (*wants, *chases))
        # "We have what we need now" needs nothing.
        is_met = claim.kind == "need" and rules.first("settled", straight(claim.sentence.text)) is not None
        is_spare = is_said or is_beside or is_met or _is_spare(claim, claims)
        if not (is_lead or is_detail or leads_over or goes_on or is_spare or _is_empty(claim)):
            kept.append(claim)
    return kept


def _is_empty(claim: Claim) -> bool:
    """Say whether there is nothing to hold on to: "Please do", a promise without time or taker."""
    if claim.kind == "promise":
        text = straight(claim.sentence.text)
        if claim.rule.name in NOT_OURS and TO_PATIENT.search(text) and not COMES_TO_US.search(text):
            return True
        if SOME_DAY.search(text) or _is_behind(claim, text) or IT_COMES.match(straight(claim.what)):
            return True
        if (found := HAPPENS.search(text)) and not COMES_TO_US.search(text.replace(found[0], "")):
            return True
        return FOR_US.search(straight(claim.sentence.text)) is None or IDLE.search(straight(claim.what)) is not None
    if claim.is_plain and FIRM.match(claim.what):
        return True
    return claim.kind == "request" and claim.what.lower().strip(" .!") == "do"


def _is_behind(claim: Claim, text: str) -> bool:
    """Say whether a promise is others' and stands in a clause that only gives a reason or a condition."""
    before = text[: max(text.find(straight(claim.what)), 0)].rstrip()
    return claim.rule.name in OTHERS_PROMISES and bool(before) and BEHIND.search(before[-60:]) is not None


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
    if claim.rule.name == THREAT and any(not other.is_weak for other in others):
        return True
    if claim.kind == "question" and TAG.search(text):
        return True
    if claim.kind == "question":
        return bool(others) and len(text.split()) <= TINY_QUESTION
    near = [other for other in others if other.sentence.paragraph == claim.sentence.paragraph]
    if claim.kind == "request" and claim.is_plain and NUMBER_LINE.match(straight(claim.what)):
        return bool(near)
    if text.startswith("(") and text.rstrip(" .").endswith(")") and len(text.split()) > TINY_QUESTION:
        return bool(near)
    if claim.rule.name == "is-due" and len(claim.what.split()) <= SHORT_THING:
        return any(other.kind == "request" for other in others)
    if claim.kind != "need" or PRONOUN.match(straight(claim.what)) is None:
        return False
    return TIMED.search(text) is None or any(_says_what(other) for other in others)


def _says_what(claim: Claim) -> bool:
    """Say whether a claim names what is wanted."""
    what = straight(claim.what)
    return not (claim.is_weak or PRONOUN.match(what) or claim.kind == "promise" or NUMBER_LINE.match(what))


def is_settled(claim: Claim) -> bool:
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
    if is_report and TIMED_WORD.search(straight(claim.sentence.text)):
        return False
    # "need a Creole interpreter for the 10 am, could you confirm?": the sentence asks for more than a word.
    said_before = len(claim.sentence.text.split()) - len(claim.what.split())
    return is_report and len(claim.what.split()) <= MAX_REPORT_WORDS and said_before <= MAX_BEFORE_REPORT


def _goes_on(claim: Claim, before: Claim) -> bool:
    """Say whether a claim only adds to the one before it: "Send it with the records", "I need it by Friday"."""
    if before.sentence.block != claim.sentence.block:
        return False
    if claim.kind == "need":
        is_same = before.kind == "request" and claim.rule.name in {"is-due", "must-be-received", "needed-by"}
        return goes_on(claim) or is_same
    is_wanted = before.kind == "request" or (before.kind == "need" and not before.is_weak)
    if claim.kind == "request" and is_wanted and ONLY_IT.match(straight(claim.what)):
        return True
    if claim.kind == "request" and claim.sentence.shape == "prose" and ADDS.match(straight(claim.what)):
        is_more = TIMED.search(straight(claim.sentence.text)) or ALSO.search(straight(claim.sentence.text))
        return before.kind in {"request", "need"} and not is_more
    return claim.kind == "request" and claim.is_plain and AFORESAID.match(claim.what) is not None


def _leads_to(claim: Claim, following: Claim, rules: Rules) -> bool:
    """Say whether what lacks only leads over to the request for it: "The card is missing. Please fax it by noon"."""
    if claim.kind != "need" or following.kind != "request" or following.sentence.block != claim.sentence.block:
        return False
    if _only_reports(following, rules) or rules.first("critical", straight(claim.sentence.text)):
        return False
    if not claim.is_weak and ONLY_IT.match(straight(following.what)):
        return False
    if following.rule.language == "es" and PRONOUNS_ES.search(following.sentence.text):
        return True
    goes_back = AFORESAID.match(following.what) is not None or len(following.what.split()) <= SHORT_ORDER
    refers = goes_back or bool(stems(claim.sentence.text, rules) & stems(following.sentence.text, rules))
    has_own_time = BY.search(claim.sentence.text) and not BY.search(following.sentence.text)
    return refers and not has_own_time
