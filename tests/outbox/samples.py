"""A digest, answers and escalations of an ordinary Tuesday: for the tests, and for the README's picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from assistant.outbox import Sender, names_of
from assistant.records import (
    Answer,
    AwayNoted,
    Balance,
    Calendar,
    Deadline,
    Digest,
    EscalationCall,
    Evidence,
    Handoff,
    HoldingNoted,
    Outcome,
    Person,
    QuarantinedMail,
    Stranger,
    Summary,
    SummaryLine,
    Task,
    TaskMarked,
    TaskOpened,
)

ZONE = ZoneInfo("America/Chicago")
DANA = Person(
    email="dana.whitfield@lakeside.example",
    name="Dana Whitfield",
    calendar=Calendar(zone=ZONE),
    backup="priya.raman@lakeside.example",
    supervisor="ruth.adeyemi@lakeside.example",
)
PRIYA = replace(
    DANA,
    email="priya.raman@lakeside.example",
    name="Priya Raman",
    backup=None,
    stands_in_for=frozenset({DANA.email}),
)
SENDER = Sender(
    address="assistant@lakeside.example",
    name="Coordination Assistant",
    organisation="Lakeside Heart Center",
    names=names_of((DANA, PRIYA)),
)


def local(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return that moment of March 2026 in Chicago, in UTC."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


NOW = local(10, 7)


def task(number: int, title: str, quote: str, due: date | datetime | None = None, **more: Any) -> Task:  # noqa: ANN401 - fields of Task, checked by its constructor
    plain = Task(
        number=number,
        state="open",
        title=title,
        quote=quote,
        coordinator=DANA.email,
        owner=DANA.email,
        waiting=False,
        deadline=None if due is None else Deadline(due=due, words="as written", rule="sample"),
        priority="normal",
        patient=None,
        requester=None,
        certain=True,
        engine="embedded",
        rule="request",
        thread=f"{number}@mail.example",
        source=f"mail-{number}",
        opened_at=local(5, 9),
        changed_at=local(9, 16),
        changed_by=DANA.email,
        version=number,
    )
    return replace(plain, **more)


def asked_again(day: int, quote: str, mail: str) -> Evidence:
    """Return a further mail that asks for what a task asks for."""
    opened = TaskOpened(
        title="",
        quote=quote,
        coordinator=DANA.email,
        owner=None,
        waiting=False,
        deadline=None,
        priority="normal",
        patient=None,
        requester="appeals@bluewater-health.example",
        certain=True,
        engine="embedded",
        rule="request",
        thread="appeal@mail.example",
        said_on=date(2026, 3, day),
    )
    return Evidence(event_id=100 + day, at=local(day, 9), mail=mail, asked=opened)


POTASSIUM = task(
    31,
    "Get the repeat potassium before the 10:30 catheterization",
    "K+ was 5.9 on Friday. We need the repeat value in the chart before Mr. Alvarez goes to the lab at 10:30.",
    local(9, 15, 30),
    priority="critical",
    patient="Hector Alvarez",
    requester="cathlab@stmary.example",
)
APPEAL = task(
    24,
    "Send the appeal for the cardiac MRI",
    "The appeal has to reach us within 5 business days of this letter, with the clinical notes attached.",
    date(2026, 3, 6),
    patient="Joan Petrakis",
    requester="appeals@bluewater-health.example",
    notes=("Dr. Okafor signs the letter Monday",),
)
CLEARANCE = task(
    36,
    "Send anesthesia the cardiac clearance",
    "Can you get us the signed clearance for Mrs. Nowak by 3:30 this afternoon? Pre-op is holding the slot.",
    local(10, 15, 30),
    priority="high",
    patient="Irena Nowak",
    requester="preop@stmary.example",
    owner=None,
)
INTERPRETER = task(
    38,
    "Book a Somali interpreter for Thursday's echo",
    "The family asked for an interpreter again, could you confirm today?",
    date(2026, 3, 10),
    patient="Fadumo Warsame",
    requester="frontdesk@lakeside.example",
)
HOLTER = task(
    29,
    "Call Mr. Brandt about returning the Holter monitor",
    "please remind him tomorrow, the vendor charges us after the 13th",
    date(2026, 3, 11),
    patient="Ulrich Brandt",
    requester="devices@lakeside.example",
)
RECORDS = task(
    33,
    "Request the outside echo from Grand River Cardiology",
    "We will need the 2024 echo images (not only the report) before the consult on Friday.",
    date(2026, 3, 13),
    patient="Denise Holloway",
    requester="dr.okafor@lakeside.example",
)
TRANSPORT = task(
    40,
    "Arrange wheelchair transport for April",
    "no rush, whenever you get to it",
    requester="social.work@lakeside.example",
)
PRIOR_AUTH = task(
    27,
    "Prior authorization for the TAVR work-up CT",
    "I will call the payer and let you know by Monday.",
    local(9, 17),
    owner="priya.raman@lakeside.example",
    patient="Leonard Osei",
    requester=DANA.email,
)
POSSIBLE = task(
    41,
    "Look into the duplicate referral",
    "It looks like there might be two referrals for her in the system.",
    certain=False,
    patient="Mei-Ling Chao",
    requester="referrals@northclinic.example",
)
LOOKS_DONE = task(
    22,
    "Fax the discharge summary to the PCP",
    "Please fax the summary to Dr. Lindqvist's office.",
    date(2026, 3, 12),
    patient="Samuel Greer",
    requester="ward5@stmary.example",
    marked=TaskMarked(claim="looks_done", quote="we received the summary this morning, thank you"),
)

DIGEST = Digest(
    number=14,
    person=DANA,
    local_day=date(2026, 3, 10),
    now=NOW,
    is_late=False,
    balance=Balance(
        read=143,
        tasks=12,
        no_task=126,
        automatic=2,
        answer=2,
        needs_person=1,
        waiting=0,
        newest_at=local(10, 6, 52),
    ),
    overdue=(POTASSIUM, APPEAL),
    today=(CLEARANCE, INTERPRETER),
    later=(HOLTER, RECORDS, TRANSPORT),
    waiting=(PRIOR_AUTH,),
    needs_look=(LOOKS_DONE, POSSIBLE),
    unreadable=(
        QuarantinedMail(
            key="5f1c", account="dana", received_at=local(10, 2, 14), reason="its attachment is locked with a password"
        ),
    ),
    closed=(
        task(19, "Send the consent form", "", state="done", patient="Ada Lindgren"),
        task(25, "Reschedule the stress test", "", state="dropped", changed_by=PRIYA.email),
    ),
    snoozed=2,
    warnings=(
        "The language model did not answer from 2:10 am to 5:40 am. 9 mails were read by the built-in rules alone.",
    ),
)
NEWS_DIGEST = replace(
    DIGEST,
    number=16,
    overdue=(
        replace(
            APPEAL,
            evidence=(
                asked_again(3, "any news on the appeal?", "mail-a"),
                asked_again(9, "we still have no appeal", "mail-b"),
            ),
        ),
    ),
    later=(replace(RECORDS, number=44, may_repeat=33), RECORDS),
    waiting=(
        replace(
            PRIOR_AUTH,
            promised=HoldingNoted(
                quote="Still on hold with the payer, I'll have an answer for you Wednesday.",
                said_by=PRIYA.email,
                until=Deadline(due=date(2026, 3, 11), words="Wednesday", rule="sample"),
            ),
            away=AwayNoted(
                quote="I am out of the office until Monday, March 16.",
                said_by=PRIYA.email,
                until=Deadline(due=date(2026, 3, 16), words="until Monday, March 16", rule="sample"),
            ),
        ),
    ),
    newcomers=tuple(
        replace(
            HOLTER,
            number=number,
            title=title,
            quote=f"{title}.",
            stranger=Stranger(email="desk@rehab.example", came_at=local(9, 15)),
        )
        for number, title in ((51, "Please send the order for the walker"), (52, "Please call about the bed"))
    ),
)
EMPTY_DIGEST = replace(
    DIGEST,
    number=15,
    balance=Balance(
        read=0, tasks=0, no_task=0, automatic=0, answer=0, needs_person=0, waiting=0, newest_at=local(9, 16, 12)
    ),
    **dict.fromkeys(("overdue", "today", "later", "waiting", "needs_look", "unreadable", "closed", "warnings"), ()),  # type: ignore[arg-type]
    snoozed=0,
)
ANSWER = Answer(
    person=DANA,
    now=local(10, 7, 21),
    in_reply_to="CAF31x.9d2@mail.lakeside.example",
    subject="Re: Digest 14: 2 overdue, 2 due today",
    outcomes=(
        Outcome(line="31 and 36 done", said="#31 is done.", task=replace(POTASSIUM, state="done")),
        Outcome(line="31 and 36 done", said="#36 is done.", task=replace(CLEARANCE, state="done")),
        Outcome(
            line="snooze 24 thu",
            said="#24 is snoozed until Thursday, March 12.",
            task=replace(APPEAL, snoozed_until=date(2026, 3, 12)),
        ),
        Outcome(
            line="38 should be fine I think",
            said="I was not sure whether #38 is done. If it is, answer: done 38.",
            is_done=False,
        ),
    ),
)
LIST_ANSWER = replace(
    ANSWER, outcomes=(), listed=(POTASSIUM, APPEAL, CLEARANCE, INTERPRETER, PRIOR_AUTH), wants_list=True
)
HELP_ANSWER = replace(ANSWER, outcomes=(), wants_help=True)
SUMMARY_ANSWER = replace(
    ANSWER,
    outcomes=(),
    summaries=(
        Summary(
            task=APPEAL,
            lines=(
                SummaryLine(
                    kind="asked",
                    text="Asked",
                    quote=APPEAL.quote,
                    said_by=APPEAL.requester,
                    said_on=date(2026, 2, 27),
                ),
                SummaryLine(
                    kind="promised",
                    text="Promised",
                    quote="The clinical notes are on their way, you will have them Monday.",
                    said_by="records@lakeside.example",
                    said_on=date(2026, 3, 5),
                ),
                SummaryLine(kind="next", text="Next: 4 days overdue", quote="as written", said_by=None, said_on=None),
            ),
        ),
    ),
)
HELP_LINES = (
    ("done 12", "the task is finished; also: done 12, 14 and 15"),
    ("snooze 12 mon", "hides it until that day"),
    ("due 12 fri 3pm", "gives it another deadline"),
    ("give 12 to NAME", "somebody else has to see to it from now on"),
    ("note 12 left a message with the pharmacy", "keeps a remark beside it"),
)
OWNER_CALL = EscalationCall(
    person=DANA,
    now=local(9, 15, 50),
    tasks=(replace(POTASSIUM, escalation_step=0, escalated_at=local(9, 15, 50)),),
    step=0,
    is_owner=True,
)
BACKUP_CALL = EscalationCall(
    person=PRIYA,
    now=local(10, 16, 30),
    tasks=(POTASSIUM, CLEARANCE, APPEAL),
    step=1,
    is_owner=False,
    silent=(DANA.email,),
)

HANDOFF = Handoff(
    person=PRIYA,
    now=NOW,
    by="Dana Whitfield",
    tasks=(replace(RECORDS, owner=PRIYA.email), replace(CLEARANCE, owner=PRIYA.email)),
)
ONE_HANDOFF = Handoff(person=PRIYA, now=NOW, by="Dana Whitfield", tasks=(replace(HOLTER, owner=PRIYA.email),))
