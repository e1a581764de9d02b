"""The days of a year: who writes what, who answers what, and what goes wrong, all from one seed."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from random import Random

from assistant.parse import content_key
from tests.configs import DANA, PRIYA, US
from tests.faults.year_machine import HINTED, Machine
from tests.faults.year_model import Model, Said, Wanted, closed
from tests.faults.year_office import ACCOUNTS, SAM, YearOffice

_ASKED = (
    "Please fax the cardiac clearance for Mrs. {0} by tomorrow noon.",
    "Please send the lab results of Mr. {0} by Friday.",
    "Could you please call Mrs. {0} about the MRI by 3 pm today?",
    "Please schedule a follow-up for Mr. {0}.",
    "STAT: please call the lab about Mrs. {0}, her potassium is 6.8.",
    "URGENT: please fax the consent form of Mr. {0} today.",
    "Please book the transport for Mrs. {0} by Thursday.\n\nPlease also mail the referral of Mr. {1} by Monday.",
)
_TOLD = (
    "Thank you for the quick answer last week. Lunch was lovely.",
    "The waiting room has new chairs since Monday.",
    "I had a good holiday, and the weather was fine.",
)
_ASKED_BEFORE = {"done", "drop", "snooze", "give"}
"""What we ask about first where somebody else changed the task after the mail that is answered."""
_MANY = 30
"""Open tasks of one person, who then closes several at once."""
_HOURS = (0.2, 0.5, 1, 1, 2, 3)
_LOOK_EVERY = timedelta(days=7)
_ANSWERABLE = timedelta(days=13)
"""The token of a mail holds two weeks; who answers an older one is asked."""
_NAMED = {PRIYA: "priya", DANA: "dana", SAM: "sam"}
FAULTS = (
    "kill", "kill", "kill", "break", "break", "lock", "full", "full", "cut", "cut", "out", "out", "doubt", "doubt",
    "kill in post", "kill in post", "renumber", "go back", "go back", "again", "again", "skew", "skew back", "sleep",
    "restart",
)  # fmt: skip


class Days:
    """One office and its model, driven by a seed; `trouble` is how likely a turn is to go wrong.

    In every fourth, people do not keep up with what is asked of them: their lists and calls grow long.
    """

    def __init__(self, folder: Path, seed: int, *, trouble: float = 0.3, machine: Machine | None = None) -> None:
        self.random, self._keeps_up = Random(seed), seed % 4 != 0
        self._machine = machine
        self.office = YearOffice(folder, model=machine.server.base_url if machine else "")
        self.model = Model(self.office)
        self._asked: tuple[str, ...] = _ASKED
        if machine is not None:
            self.model.may_miss = machine.missed
            self._asked += HINTED
        self.office.owed = self.model.ticked
        self.trouble = trouble
        self._look_at = self.office.true + _LOOK_EVERY
        self._mails = 0
        self._patients: set[str] = set()

    def __str__(self) -> str:
        mails, sent, happened = len(self.model.keys), len(self.office.post.taken), self.office.weather.happened
        answered = self._machine.answered if self._machine is not None else {}
        told = ", ".join(f"{what} {count}" for what, count in sorted((happened | answered).items()))
        return f"until {self.office.true:%F %H:%M}, {mails} mails in, {sent} mails out; {told}"

    def live(self, days: float) -> None:
        """Let so many days go by, with trouble after the first; then let it all come to rest."""
        self.quiet(hours=26, a_day=8)
        until = self.office.true + timedelta(days=days)
        while self.office.true < until:
            self.turn()
        self.rest()

    def turn(self) -> None:
        """An hour or so: mail, answers, trouble, work; then the ledgers are compared."""
        self.pass_time(hours=self.random.choice(_HOURS))
        for _ in range(self.random.choice((0, 0, 1, 1, 2))):
            self.arrive()
        if self.random.random() < 0.5:
            self.say()
        if self.random.random() < self.trouble:
            self.go_wrong(self.random.choice(FAULTS))
        else:
            self.office.work()
            self.office.weather.clear()
        self.model.check()
        if self.office.true >= self._look_at:
            self.look()

    def look(self) -> None:
        """A person looks after the mails that were put aside."""
        self.office.ledger.spool.replay("", self.office.parts.clock())
        self._look_at = self.office.true + _LOOK_EVERY

    def quiet(self, *, hours: float, a_day: int) -> None:
        """Work without trouble."""
        for _ in range(round(hours * a_day / 24)):
            self.pass_time(hours=24 / a_day)
            self.office.work()
        self.model.check()

    def rest(self) -> None:
        """End all trouble; some days later nothing is open."""
        self.office.skew = timedelta(0)
        self._set_machine("fine")
        self.office.restart()
        for _ in range(2):
            self.quiet(hours=24, a_day=24)
            self.look()
        self.quiet(hours=24, a_day=24)
        self.model.check_quiet()

    def _set_machine(self, how: str) -> None:
        if self._machine is not None:
            self._machine.how = how

    def pass_time(self, hours: float) -> None:
        self.office.true += timedelta(hours=hours)

    def arrive(self) -> None:
        """Let a mail come in."""
        if self.random.random() < 0.3:
            self.deliver(self._mail(self.random.choice(_TOLD)), self.random.choice([*ACCOUNTS]))
            return
        account, asked = self.random.choice([*ACCOUNTS]), self.random.choice(self._asked)
        patients = [self._patient() for _ in range(asked.count("{"))]
        for patient in patients:
            self.model.tasks[patient] = Wanted(owner=ACCOUNTS[account])
        self.deliver(self._mail(asked.format(*patients), to=ACCOUNTS[account]), account)

    def _patient(self) -> str:
        while True:
            letters = ("BDFGKLMNPRSTVWZ", "aeiou", "bdfgklmnprstvwz", "aeiou", "bdfgklmnprstvwz", "aeiou")
            name = "".join(self.random.choice(one) for one in letters)
            if name not in self._patients:
                self._patients.add(name)
                return name

    def _mail(self, text: str, sender: str = "ruth@surgery.example", to: str = DANA, answers: str = "") -> bytes:
        self._mails += 1
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, "Re: a matter" if answers else "a matter"
        mail["Message-ID"] = f"<mail-{self._mails}@surgery.example>"
        mail["Date"] = format_datetime(self.office.true)
        if answers:
            mail["In-Reply-To"] = f"<{answers}>"
        mail.set_content(text + "\n")
        return mail.as_bytes()

    def deliver(self, content: bytes, account: str) -> None:
        stamp = f"Received: from a by b; {format_datetime(self.office.true)}\r\n".encode()
        self.model.keys.add(content_key(content))
        self.office.folders[account].deliver(stamp + content, self.office.true)

    def again(self) -> None:
        """Let an old mail be delivered once more, perhaps to the other mailbox."""
        account = self.random.choice([*ACCOUNTS])
        # Of a mail that nobody has read yet, nobody can say in which mailbox it is found first.
        spool = self.office.ledger.spool
        held = [one for one in [*self.office.folders[account].mails.values()][-60:] if spool.state(content_key(one[1]))]
        if held:
            _, content = self.random.choice(held)
            stamp = f"Received: from c by d; {format_datetime(self.office.true)}\r\n".encode()
            where = account if self.random.random() < 0.7 else self.random.choice([*ACCOUNTS])
            self.office.folders[where].deliver(stamp + content, self.office.true)

    def say(self) -> None:
        """Let a person answer; who has said something that is not settled yet says nothing more."""
        if self.model.said:
            return
        person = self.random.choice((DANA, DANA, PRIYA))
        what = self._what(person)
        # Under a receipt "undo" means what that receipt tells, and the newest may not be there yet.
        last = self.office.post.last_to(person, digest=what is not None and what[0] == "undo")
        if last is None or what is None or self.office.true - last.prepared_at > _ANSWERABLE:
            return
        text, effects = what
        if text.split()[0] in _ASKED_BEFORE:
            effects = {one: it for one, it in effects.items() if not self.model.is_news(one, person, last)}
        content = self._mail(text, sender=person, to=US, answers=last.message_id)
        self.model.words.append(
            f"{self.office.true:%F %T} {content_key(content)[:8]} {person}: {text}, to {last.key} of "
            f"{last.prepared_at:%F %T}: {effects}"
        )
        self.model.said.append(Said(content_key(content), person, effects, is_undo=text == "undo"))
        self.deliver(content, "desk")

    def _what(self, person: str) -> tuple[str, dict[str, Wanted]] | None:
        """Return some words of the person's, with how the tasks stand after them."""
        tasks, undoable = self.model.tasks, self.model.undoable.get(person)
        verb = self.random.choice(("done", "done", "bulk", "bulk", "drop", "snooze", "give", "reopen", "undo", "undo"))
        if verb == "undo":
            # What is closed again is closed by who says so now.
            back = {one: replace(it, by=person if it.by else "") for one, it in (undoable or {}).items()}
            return ("undo", back) if back else None
        mine = sorted(self._theirs(person))
        known = {one: number for one in mine if (number := self.model.number_of(one)) is not None}
        if self._keeps_up and sum(tasks[one].state == "open" for one in known) > _MANY:
            verb = "bulk"
        ready = [one for one in known if (tasks[one].state == "open") != (verb == "reopen")]
        if verb == "reopen":
            ready = ready[-3:]
        if not ready:
            return None
        chosen = self.random.sample(ready, min(len(ready), self.random.randint(2, 12) if verb == "bulk" else 1))
        # A bare 2 may also be an answer that the answered mail offers: then it is asked about.
        numbers = ", ".join(f"#{known[one]}" for one in chosen)
        return self._words(verb, numbers, person, {one: tasks[one] for one in chosen})

    def _theirs(self, person: str) -> set[str]:
        """Return the patients whose tasks the person may touch and, where they are closed, were closed of late."""
        book, now = self.office.ledger.book, self.office.now
        tasks = (*book.open_tasks(), *book.closed_since(now - timedelta(days=10)))
        return {
            self.model.patient_of(task.number)
            for task in tasks
            if person in (task.owner, task.coordinator) and task.changed_at <= now
        }

    def _words(self, verb: str, numbers: str, person: str, before: dict[str, Wanted]) -> tuple[str, dict[str, Wanted]]:
        if verb in ("done", "bulk"):
            return f"done {numbers}", {one: closed(wanted, "done", person) for one, wanted in before.items()}
        if verb == "drop":
            return f"drop {numbers}", {one: closed(wanted, "dropped", person) for one, wanted in before.items()}
        if verb == "reopen":
            return f"reopen {numbers}", {one: replace(it, state="open", by="") for one, it in before.items()}
        if verb == "give":
            owners = {wanted.owner for wanted in before.values()}
            to = self.random.choice([one for one in _NAMED if one not in owners])
            return f"give {numbers} to {_NAMED[to]}", {
                one: replace(it, owner=to, snoozed_until=None) for one, it in before.items()
            }
        until: date = self.office.true.date() + timedelta(days=self.random.randint(12, 20))
        return f"snooze {numbers} until {until}", {one: replace(it, snoozed_until=until) for one, it in before.items()}

    def go_wrong(self, what: str) -> None:  # noqa: C901, PLR0912 - one branch for each trouble
        """Work, in trouble."""
        office, weather, random = self.office, self.office.weather, self.random
        weather.note(what)
        stack = contextlib.ExitStack()
        match what:
            case "kill":
                weather.kill_at, weather.kills_after = random.randrange(120), random.random() < 0.5
            case "break":
                weather.break_at = random.randrange(120)
            case "lock":
                stack.enter_context(office.locked())
            case "full":
                stack.enter_context(office.disk_full(random.randrange(3)))
            case "cut":
                weather.cut_after = random.randrange(3)
            case "out":
                weather.post_is_out = True
            case "doubt":
                weather.doubt = random.choice(("taken", "lost"))
            case "kill in post":
                weather.kill_in_post = random.choice(("taken", "lost"))
            case "renumber":
                office.folders[random.choice([*ACCOUNTS])].renumber()
            case "go back":
                spool = office.ledger.spool
                office.folders[random.choice([*ACCOUNTS])].forget(lambda one: spool.state(content_key(one)) is not None)
            case "again":
                self.again()
            case "skew":
                office.skew = timedelta(hours=random.choice((1, 5, 20, 26, 70)))
            case "skew back":
                office.skew = -timedelta(hours=random.choice((1, 5, 20, 26, 70)))
            case "sleep":
                self.pass_time(hours=random.choice((1, 3, 9, 13, 26, 50, 168)))
            case "restart":
                office.restart()
        with stack:
            for _ in range(random.choice((1, 1, 1, 3))):
                self.office.work()
                self.pass_time(hours=0.1)
        weather.clear()
        # A clock that runs wrong does so for a while.
        if random.random() < 0.2:
            office.skew = timedelta(0)
            self._set_machine(random.choice(("fine", "fine", "out", "busy", "garbage")))
