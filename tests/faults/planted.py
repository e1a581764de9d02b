"""Bugs of the kind that lose or repeat something, each a small change to a copy of the program, and who finds it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    file: str
    """Below the package."""
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bug:
    name: str
    changes: tuple[Change, ...]
    found_by: Literal["kills", "poison", "day", "syncs", "migrations"] | str  # noqa: PYI051 - or a file of tests
    """kills: the sweep; poison: the mail that kills its reader; day: the undisturbed day; syncs: what the disk is made
    to hold on that day; migrations: the sweep over an older ledger's; else a file of tests."""


class LostTargetError(Exception):
    """The text that a bug replaces is not there, or more than once: the program has moved on, and the bug must too."""


def plant(bug: Bug, folder: Path) -> Path:
    """Return a folder with a copy of the program that has the bug.

    Raises:
        LostTargetError: It cannot be planted.

    """
    shutil.copytree(ROOT / "assistant", folder / "assistant", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("rules", "prompts", "pyproject.toml"):
        (folder / name).symlink_to(ROOT / name)
    for _, path, text in changed_files(bug, folder):
        path.write_text(text, encoding="utf-8")
    return folder


def changed_files(bug: Bug, root: Path) -> Iterator[tuple[Change, Path, str]]:
    """Yield each change with the file that it is for, and what that file says then.

    Raises:
        LostTargetError: As `plant`.

    """
    for change in bug.changes:
        path = root / "assistant" / change.file
        text = path.read_text(encoding="utf-8")
        if text.count(change.old) != 1:
            raise LostTargetError(f"{bug.name}: {change.file} holds its target {text.count(change.old)} times")
        yield change, path, text.replace(change.old, change.new)


_LEDGER_TESTS = "tests/ledger/test_ledger.py"
BUGS = (
    Bug(
        name="a mail is settled in a transaction of its own, before its tasks",
        changes=(
            Change(
                file="ledger/ledger.py",
                old="""            if held is not None:
                self.held_answers.note(held)
            new = self._write(decision, mails)
""",
                new="""            if held is not None:
                self.held_answers.note(held)
        with self._database.transaction():
            new = self._write(decision, mails)
""",
            ),
        ),
        found_by="kills",
    ),
    Bug(
        name="there are no transactions: each statement is committed by itself",
        changes=(
            Change(
                file="ledger/database.py",
                old="with self._turn, self._db.atomic():",
                new="with self._turn:",
            ),
        ),
        found_by="kills",
    ),
    Bug(
        name="a delivery is noted as known before its mail is stored",
        changes=(
            Change(
                file="ledger/storing.py",
                old="""    with database.transaction():
        # Nobody else writes now: what is not known here is new when it is inserted.
""",
                new="""    database._db.execute("PRAGMA foreign_keys = OFF")
    if True:
""",
            ),
            Change(
                file="ledger/storing.py",
                old="""        if rows:
            stored_in = """,
                new="""        with database.transaction():
            noted = [(*place, key) for place, key in places.items()]
            database.insert_all("deliveries", (*_PLACE, "key"), noted)
            places = {}
        if rows:
            stored_in = """,
            ),
        ),
        found_by="kills",
    ),
    Bug(
        name="the Message-ID alone is a mail's identity",
        changes=(
            Change(
                file="parse/identity.py",
                old="    digest = hashlib.sha256(",
                new="    for field in _fields(head):\n"
                '        if field.startswith(b"message-id"):\n'
                "            return hashlib.sha256(field).hexdigest(), ''\n"
                "    digest = hashlib.sha256(",
            ),
        ),
        found_by="day",
    ),
    Bug(
        name="what a mail says is printed where logs go",
        changes=(
            Change(
                file="pipeline/settling.py",
                old='        log.info("mail_settled"',
                new='        print(message.subject)\n        log.info("mail_settled"',
            ),
        ),
        found_by="day",
    ),
    Bug(
        name="a digest's key has no date",
        changes=(
            Change(
                file="pipeline/tick.py",
                old='key = f"digest:{person.email}:{due.local_day}"',
                new='key = f"digest:{person.email}:{_EPOCH.date()}"',
            ),
        ),
        found_by="day",
    ),
    Bug(
        name="a digest's key has no recipient",
        changes=(
            Change(
                file="pipeline/tick.py",
                old='key = f"digest:{person.email}:{due.local_day}"',
                new='key = f"digest:{due.local_day}"',
            ),
        ),
        found_by="day",
    ),
    Bug(
        name="a mail is marked as sent before it is sent",
        changes=(
            Change(
                file="pipeline/deliver.py",
                old="            relay.send(mail, ",
                new="            parts.ledger.outgoing.sent(mail.key, parts.clock())\n            relay.send(mail, ",
            ),
        ),
        found_by="kills",
    ),
    Bug(
        name="what was being sent when we died is forgotten",
        changes=(
            Change(
                file="ledger/outgoing.py",
                old="            return self._database.change(sql, to_text(now + wait), to_text(now))\n",
                new="            return len(sql)\n",
            ),
        ),
        found_by="kills",
    ),
    Bug(
        name="that a mail is being sent is not noted before it is",
        changes=(
            Change(
                file="ledger/outgoing.py",
                old="\"state = 'sending', attempts = attempts + 1, via = ?, copied = ?\"",
                new='"attempts = attempts + 1, via = ?, copied = ?"',
            ),
        ),
        found_by="kills",
    ),
    Bug(
        name="a mail that may have left is sent again without a look for it",
        changes=(
            Change(
                file="pipeline/deliver.py",
                old="    verdict = whereabouts(parts, mail)\n",
                new='    verdict = "did not leave" if mail.key else whereabouts(parts, mail)\n',
            ),
            # A copy that comes back would show it, too.
            Change(
                file="ledger/outgoing.py",
                old="""where = "WHERE message_id = ? AND state = 'uncertain'\"""",
                new="""where = "WHERE message_id = ? AND state = 'nothing'\"""",
            ),
        ),
        found_by="kills",
    ),
    Bug(
        name="a mail that may have left is never sent again",
        changes=(
            Change(
                file="pipeline/deliver.py",
                old="    verdict = whereabouts(parts, mail)\n",
                new='    verdict = "left" if mail.key else whereabouts(parts, mail)\n',
            ),
        ),
        found_by="kills",
    ),
    Bug(
        name="each try has a new Message-ID",
        changes=(
            Change(
                file="outbox/smtp.py",
                old="        sender = _sender(mail.content)\n",
                new="        import dataclasses, secrets\n"
                "        other = secrets.token_hex(9).encode() + b'@x.example'\n"
                "        fresh = mail.content.replace(mail.message_id.encode(), other)\n"
                "        mail = dataclasses.replace(mail, content=fresh)\n"
                "        sender = _sender(mail.content)\n",
            ),
        ),
        found_by="day",
    ),
    Bug(
        name="each try has a new Date",
        changes=(
            Change(
                file="outbox/smtp.py",
                old="        sender = _sender(mail.content)\n",
                new="        import dataclasses, time\n"
                "        fresh = re.sub(rb'(?m)^Date: .*?$', b'Date: %d' % time.time_ns(), mail.content, count=1)\n"
                "        mail = dataclasses.replace(mail, content=fresh)\n"
                "        sender = _sender(mail.content)\n",
            ),
        ),
        found_by="day",
    ),
    Bug(
        name="an attempt is counted after the work",
        changes=(
            Change(
                file="pipeline/receive.py",
                old="    parts.ledger.spool.count_attempt(*(mail.key for mail in mails))\n",
                new="",
            ),
            Change(
                file="pipeline/receive.py",
                old="        messages[mail.key] = _guarded(parts, mail.key, lambda: _opened_one(parts, mail))"
                "  # noqa: B023 - called at once\n",
                new="        messages[mail.key] = _guarded(parts, mail.key, lambda: _opened_one(parts, mail))\n"
                "        parts.ledger.spool.count_attempt(mail.key)\n",
            ),
        ),
        found_by="poison",
    ),
    Bug(
        name="attempts are not counted",
        changes=(
            Change(
                file="ledger/spool.py",
                old="SET attempts = attempts + 1 WHERE key = ?",
                new="SET attempts = attempts WHERE key = ?",
            ),
        ),
        found_by="poison",
    ),
    Bug(
        name="a delivery may be noted twice",
        changes=(
            Change(
                file="ledger/tables.py",
                old="  PRIMARY KEY (account, folder, uidvalidity, uid)\n) STRICT, WITHOUT ROWID;",
                new="  CHECK (uid > 0)\n) STRICT;",
            ),
            Change(
                file="ledger/storing.py",
                old="""        for known in database.rows(_KNOWN_PLACES, told([*places])):
            del places[known["account"], known["folder"], known["uidvalidity"], known["uid"]]
""",
                new="",
            ),
        ),
        found_by=_LEDGER_TESTS,
    ),
    Bug(
        name="the outbox may hold a mail twice",
        changes=(
            Change(
                file="ledger/tables.py",
                old="  key TEXT PRIMARY KEY,            -- one mail for each key, whatever is repeated",
                new="  key TEXT NOT NULL,",
            ),
        ),
        found_by=_LEDGER_TESTS,
    ),
    Bug(
        name="an effect may be recorded twice",
        changes=(
            Change(
                file="ledger/tables.py",
                old="  effect TEXT UNIQUE               -- the same",
                new="  effect TEXT                      -- the same",
            ),
            # What forbids to replace an event knows of it, too.
            Change(
                file="ledger/schema.py",
                old='"id = new.id OR effect = new.effect"',
                new='"id = new.id"',
            ),
        ),
        found_by=_LEDGER_TESTS,
    ),
    Bug(
        name="an assistant that lost the ledger writes on",
        changes=(
            Change(
                file="ledger/database.py",
                old='"UPDATE writer SET epoch = epoch WHERE epoch = ?"',
                new='"UPDATE writer SET epoch = epoch WHERE epoch >= 0 OR epoch = ?"',
            ),
        ),
        found_by=_LEDGER_TESTS,
    ),
    Bug(
        name="a commit does not wait for the disk",
        changes=(Change(file="ledger/database.py", old='"synchronous = FULL"', new='"synchronous = NORMAL"'),),
        found_by="syncs",
    ),
    Bug(
        name="nothing waits for the disk",
        changes=(Change(file="ledger/database.py", old='"synchronous = FULL"', new='"synchronous = OFF"'),),
        found_by=_LEDGER_TESTS,
    ),
    Bug(
        name="a copy gets its name before it is on the disk",
        changes=(
            Change(file="ledger/copying.py", old="        synced(part)\n", new=""),
            # SQLite would wait for the disk by itself, twice.
            Change(
                file="ledger/copying.py",
                old="                reading.backup(writing)\n",
                new="                writing.execute('PRAGMA synchronous = OFF')\n"
                "                reading.backup(writing)\n",
            ),
            Change(
                file="ledger/copying.py",
                old="            # A copy is one file, without others beside it.\n",
                new="            written.execute('PRAGMA synchronous = OFF')\n",
            ),
        ),
        found_by="syncs",
    ),
    Bug(
        name="a migration is no transaction",
        changes=(
            Change(
                file="ledger/schema.py",
                old="@migrations()\ndef hold_mails_until_they_are_due",
                new="@migrations(transactional=False)\ndef hold_mails_until_they_are_due",
            ),
        ),
        found_by="migrations",
    ),
    Bug(
        name="an older ledger is not copied before it is changed",
        changes=(
            Change(
                file="ledger/database.py",
                old="                    copied(self._path, self._path.with_name",
                new="                    print(self._path, self._path.with_name",
            ),
        ),
        found_by="migrations",
    ),
)
