"""make demo: the main job on embedded servers, shown to a person. Exit status 0 only where all of it truly happened."""

from __future__ import annotations

import argparse
import os
import smtplib
import ssl
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from assistant.cli.options import start_logging
from assistant.cli.tables import due_words
from assistant.config import load
from assistant.daemon import Daemon, Pace
from assistant.pipeline import Parts
from assistant.pipeline.assembly import assemble, close
from assistant.records import Task
from tests.demo.story import (
    ASSISTANT,
    DANA,
    MORNING,
    PRIYA,
    USERS,
    StoryClock,
    at,
    deliver_mails,
    reply_to,
    write_config,
)
from tests.mailservers.embedded import EmbeddedMailServers

_PATIENCE_S = 20
_TICK = Pace(look_s=0.2, tick_s=0.3)
screen = Console(width=100)


class DemoFailedError(Exception):
    """Something that the demo promises did not happen."""


@dataclass
class Demo:
    servers: EmbeddedMailServers
    parts: Parts
    clock: StoryClock
    saved: Path
    facts: list[str] = field(default_factory=list)

    def fact(self, said: str, *, holds: bool) -> None:
        """Check one thing that has to be true, and remember it for the end."""
        if not holds:
            raise DemoFailedError(said)
        self.facts.append(said)

    def wait_for(self, said: str, found: Callable[[], object]) -> None:
        until = time.monotonic() + _PATIENCE_S
        while not found():
            if time.monotonic() > until:
                raise DemoFailedError(f"in {_PATIENCE_S} seconds this did not happen: {said}")
            time.sleep(0.05)
        self.facts.append(said)

    def ours(self, user: str, kind: str) -> list[bytes]:
        """Return the mails of one kind that the assistant sent to a user, as they lie in that user's mailbox."""
        return [
            raw for raw in self.servers.mails(user) if f"\nMessage-ID: <{kind}.".encode() in raw.replace(b"\r", b"")
        ]

    def task(self, word: str) -> Task:
        """Return the open task whose words hold `word`."""
        found = [
            task for task in self.parts.ledger.book.open_tasks() if word in f"{task.title} {task.quote} {task.patient}"
        ]
        if not found:
            raise DemoFailedError(f"no open task speaks of {word!r}")
        return found[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="go on running, for a mail program of your own")
    parser.add_argument("--save", type=Path, default=Path("build/demo"), help="where the HTML mails are saved")
    chosen = parser.parse_args()
    started = time.monotonic()
    chosen.save.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="demo-") as folder, EmbeddedMailServers(USERS) as servers:
        clock = StoryClock(MORNING)
        servers.clock = clock
        os.environ["DEMO_PASSWORD"] = servers.password
        config = load(write_config(Path(folder), servers))
        start_logging(config.assistant.log)
        demo = Demo(servers, assemble(config, os.environ, clock), clock, chosen.save)
        daemon = threading.Thread(target=Daemon(demo.parts, _TICK).run, name="daemon")
        daemon.start()
        try:
            return _told(demo, started, keep=chosen.keep)
        finally:
            demo.parts.stop.set()
            daemon.join(timeout=30)
            close(demo.parts)


def _told(demo: Demo, started: float, *, keep: bool) -> int:
    try:
        for chapter in (_mail_comes, _digest_goes_out, _dana_answers, _nobody_reacts):
            chapter(demo)
    except DemoFailedError as error:
        screen.print(f"[bold red]The demo failed:[/] {error}")
        return 1
    screen.rule("What truly happened")
    for fact in demo.facts:
        screen.print(f"  [green]ok[/] {fact}", highlight=False)
    screen.print(f"\nHTML of each mail: {demo.saved}/   {time.monotonic() - started:.0f} seconds", highlight=False)
    if keep:
        _keep(demo)
    return 0


def _mail_comes(demo: Demo) -> None:
    screen.rule(f"{MORNING:%A %H:%M}: mail lies in Dana's inbox")
    count = deliver_mails(demo.servers)
    spool = demo.parts.ledger.spool
    demo.wait_for(
        f"{count} mails were read over IMAP, and each is settled",
        lambda: (balance := spool.balance(demo.parts.started_at)).read == count and not balance.waiting,
    )
    balance = spool.balance(demo.parts.started_at)
    demo.fact("the balance of the mails adds up", holds=balance.adds_up)
    demo.fact("no mail was marked as read", holds=not any(b"Seen" in str(f).encode() for f in demo.servers.flags(DANA)))
    tasks = demo.parts.ledger.book.open_tasks()
    screen.print(_table(demo, tasks))
    for name in ("Rivera", "Kim", "Osei", "Alvarez", "DUARTE", "intérprete", "Brandt"):
        demo.task(name)
    demo.facts.append("the tasks of seven patients were found, each with its quote")
    quiet = {"star", "webinar", "instructions", "close all", "downtime", "saved automatically"}
    loud = [task for task in tasks if any(word in task.quote for word in quiet)]
    demo.fact("chatter, newsletter, downtime notice and the injected orders opened no task", holds=not loud)


def _table(demo: Demo, tasks: tuple[Task, ...]) -> Table:
    calendar = demo.parts.people()[0].calendar
    table = Table(title="What the assistant wrote into its ledger", title_justify="left", expand=True)
    for name in ("#", "Due", "Task", "The mail's words"):
        table.add_column(name)
    for task in tasks:
        state = "" if task.certain else " (possible)"
        state += " (waiting)" if task.waiting else ""
        cells = (str(task.number), due_words(task.deadline, calendar), task.title + state, f"“{task.quote}”")
        table.add_row(*(Text(cell) for cell in cells), style="bold red" if task.priority == "critical" else "")
    return table


def _digest_goes_out(demo: Demo) -> None:
    screen.rule("07:00: the morning digest")
    demo.clock.go_to(at(7, 0))
    demo.wait_for("the digest lies in Dana's mailbox", lambda: demo.ours(DANA, "digest"))
    _show(demo, demo.ours(DANA, "digest")[0], "digest")


def _dana_answers(demo: Demo) -> None:
    screen.rule("07:20: Dana answers from her mail program")
    demo.clock.go_to(at(7, 20))
    kim, interpreter, osei = demo.task("Kim"), demo.task("intérprete"), demo.task("Osei")
    words = f"done {kim.number}, {interpreter.number}\n{osei.number} due thursday 10am\n\nThanks,\nDana"
    screen.print(Panel(words, title="Dana writes", title_align="left"))
    _submit(demo, reply_to(demo.ours(DANA, "digest")[0], words, demo.clock()))
    demo.wait_for("the answer to her reply lies in her mailbox", lambda: demo.ours(DANA, "answer"))
    _show(demo, demo.ours(DANA, "answer")[0], "answer")
    book = demo.parts.ledger.book
    closed = {book.task(one.number).state for one in (kim, interpreter)}
    demo.fact(f"her reply closed #{kim.number} and #{interpreter.number}", holds=closed == {"done"})
    moved = book.task(osei.number).deadline
    local = moved and due_words(moved, demo.parts.people()[0].calendar)
    demo.fact(f"it moved #{osei.number} to {local}", holds=local == "2026-03-12 10:00")


def _nobody_reacts(demo: Demo) -> None:
    rivera = demo.task("Rivera")
    screen.rule(f"16:30: #{rivera.number} was due at 3 pm, and nobody has said a word")
    demo.clock.go_to(at(16, 30))
    demo.wait_for(f"Dana was called about #{rivera.number}", lambda: demo.ours(DANA, "escalation"))
    screen.rule("Wednesday 07:05: still nothing; it climbs to Priya, who stands in for Dana")
    demo.clock.go_to(at(7, 5, days=1))
    demo.wait_for("Priya was called as her backup", lambda: demo.ours(PRIYA, "escalation"))
    _show(demo, demo.ours(PRIYA, "escalation")[0], "escalation")


def _show(demo: Demo, raw: bytes, kind: str) -> None:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    (demo.saved / f"{kind}.html").write_text(html.get_content(), encoding="utf-8")
    title = f"To {message['To']}   {message['Subject']}"
    screen.print(Panel(Text(plain.get_content().rstrip()), title=Text(title), title_align="left"))


def _submit(demo: Demo, mail: EmailMessage) -> None:
    context = ssl.create_default_context(cafile=str(demo.servers.ca_file))
    with smtplib.SMTP(demo.servers.host, demo.servers.smtp_port, timeout=10) as client:
        client.starttls(context=context)
        client.login(DANA, demo.servers.password)
        client.send_message(mail)


def _keep(demo: Demo) -> None:
    servers = demo.servers
    screen.rule("Still running; end it with Ctrl-C")
    screen.print(
        f"Point a mail program at\n  IMAP {servers.host}:{servers.imap_port} (STARTTLS)\n"
        f"  SMTP {servers.host}:{servers.smtp_port} (STARTTLS)\n  user {DANA}, password {servers.password}\n"
        f"  certificate authority {servers.ca_file}\nWrite to {ASSISTANT}, or answer its mails. Its clock says "
        f"{demo.clock().astimezone(MORNING.tzinfo):%A %H:%M}.",
        highlight=False,
    )
    try:
        while True:
            time.sleep(1)
    except KeyboardInterrupt:
        screen.print("ended")


if __name__ == "__main__":
    sys.exit(main())
