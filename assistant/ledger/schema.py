"""How the ledger's tables come to be: the first ones, and each change since, in order and each in a transaction."""

from __future__ import annotations

from sqlite_utils import Database as SqliteDatabase
from sqlite_utils.migrations import Migrations

from assistant.ledger.adoption import adopt
from assistant.ledger.marks import mark_of
from assistant.ledger.tables import AUDIT, FIRST_SCHEMA, LIMITS

migrations = Migrations("ledger")


@migrations()
def first_schema(db: SqliteDatabase) -> None:
    """One statement after the other: `executescript` would end the transaction that a migration runs in."""
    for statement in FIRST_SCHEMA.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations()
def find_mails_by_thread(db: SqliteDatabase) -> None:
    db.execute("CREATE INDEX mails_by_thread ON mails (thread)")


@migrations()
def keep_answers(db: SqliteDatabase) -> None:
    db.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, answer TEXT NOT NULL) STRICT")


@migrations()
def follow_mails_out(db: SqliteDatabase) -> None:
    for column in (
        "uncertain_at TEXT",  # when it was last handed over without a clear word
        "doubts INTEGER NOT NULL DEFAULT 0",  # how often that happened
        "via TEXT NOT NULL DEFAULT ''",  # the server that it was last handed to
        "copied INTEGER NOT NULL DEFAULT 0",  # 1: with a blind copy to ourselves
        "keep_at TEXT",  # when the Sent folder is to be looked into
        "kept TEXT NOT NULL DEFAULT ''",  # who put it there: 'server', 'us', 'nobody', 'unknown'; 'us?' while we do
    ):
        db.execute(f"ALTER TABLE outbox ADD COLUMN {column}")
    db.execute("CREATE INDEX outbox_to_keep ON outbox (keep_at) WHERE keep_at IS NOT NULL")


@migrations()
def quarantine_and_restores(db: SqliteDatabase) -> None:
    for column in ("try_at TEXT", "released_at TEXT", "released_by TEXT"):
        db.execute(f"ALTER TABLE mails ADD COLUMN {column}")
    # A restored ledger has forgotten what happened between these moments, until the mailboxes have been read again.
    db.execute(
        "CREATE TABLE restores (id INTEGER PRIMARY KEY, state_of TEXT NOT NULL, restored_at TEXT NOT NULL,"
        " highest_number INTEGER NOT NULL, looked_at TEXT, caught_up_at TEXT) STRICT"
    )
    # Signs what our mails tell of themselves.
    db.execute("CREATE TABLE signing (one INTEGER PRIMARY KEY CHECK (one = 1), secret TEXT NOT NULL) STRICT")
    db.execute("INSERT INTO signing VALUES (1, lower(hex(randomblob(20))))")
    # The numbers that tasks had in mails of ours that a restored ledger does not know.
    db.execute("CREATE TABLE shown_numbers (number INTEGER PRIMARY KEY, mark TEXT NOT NULL UNIQUE) STRICT")


@migrations()
def keep_health(db: SqliteDatabase) -> None:
    db.execute(
        "CREATE TABLE health (part TEXT PRIMARY KEY, level TEXT NOT NULL, said TEXT NOT NULL, since TEXT NOT NULL,"
        " until TEXT, looked_at TEXT NOT NULL) STRICT"
    )
    # Times in which a part did not work, and how many mails had to do without it.
    db.execute(
        "CREATE TABLE outages (part TEXT NOT NULL, since TEXT NOT NULL, until TEXT, mails INTEGER NOT NULL,"
        " PRIMARY KEY (part, since)) STRICT"
    )


@migrations()
def find_what_waits_and_what_changed(db: SqliteDatabase) -> None:
    # In the order in which mails are taken: the next fifty of a backlog are found without looking at the others.
    db.execute("CREATE INDEX mails_waiting ON mails (attempts, received_at DESC) WHERE state = 'waiting'")
    db.execute("CREATE INDEX tasks_by_change ON tasks (changed_at)")


@migrations()
def keep_what_mails_show(db: SqliteDatabase) -> None:
    for column in (
        "versions TEXT NOT NULL DEFAULT '[]'",  # JSON: tasks, each with the version that the mail shows
        "choices TEXT NOT NULL DEFAULT '[]'",  # JSON: what may be answered in one character, and its commands
    ):
        db.execute(f"ALTER TABLE outbox ADD COLUMN {column}")


@migrations()
def find_tasks_by_words(db: SqliteDatabase) -> None:
    columns = ("title", "quote", "patient", "requester", "owner", "notes")
    db.execute(
        f"CREATE VIRTUAL TABLE task_words USING fts5({', '.join(columns)}, tokenize = 'unicode61 remove_diacritics 2')"
    )
    told = ", ".join(f"json_extract(task, '$.{column}')" for column in columns)
    db.execute(f"INSERT INTO task_words (rowid, {', '.join(columns)}) SELECT number, {told} FROM tasks")
    told = told.replace("(task,", "(new.task,")
    db.execute(
        "CREATE TRIGGER task_words_in AFTER INSERT ON tasks BEGIN"
        f" INSERT INTO task_words (rowid, {', '.join(columns)}) VALUES (new.number, {told}); END"
    )
    db.execute(
        "CREATE TRIGGER task_words_out AFTER DELETE ON tasks BEGIN DELETE FROM task_words WHERE rowid = old.number; END"
    )


@migrations()
def keep_digest_switches(db: SqliteDatabase) -> None:
    # A person's own words, stop and resume: the last one holds.
    db.execute(
        "CREATE TABLE digest_switches (id INTEGER PRIMARY KEY, person TEXT NOT NULL, is_on INTEGER NOT NULL,"
        " at TEXT NOT NULL, source TEXT NOT NULL UNIQUE) STRICT"
    )


@migrations()
def keep_when_digests_resume(db: SqliteDatabase) -> None:
    db.execute("ALTER TABLE digest_switches ADD COLUMN until TEXT")


@migrations()
def keep_reply_keys_and_held_requests(db: SqliteDatabase) -> None:
    # The keys of the tokens in our mails; a revoked one has no secret any more.
    db.execute(
        "CREATE TABLE reply_keys (id INTEGER PRIMARY KEY, kid TEXT NOT NULL UNIQUE, secret TEXT NOT NULL,"
        " made_at TEXT NOT NULL) STRICT"
    )
    # The first one counts as old, so that the first look at the keys makes another.
    first = "INSERT INTO reply_keys (kid, secret, made_at) VALUES ('aa', lower(hex(randomblob(32))), ?)"
    db.execute(first, ["1970-01-01T00:00:00.000000+00:00"])
    db.execute(
        "CREATE TABLE held_requests (mail TEXT PRIMARY KEY, person TEXT NOT NULL, sender TEXT NOT NULL,"
        " at TEXT NOT NULL, numbers TEXT NOT NULL, why TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX held_by_person ON held_requests (person, at)")


@migrations()
def chain_what_happens(db: SqliteDatabase) -> None:
    for statement in AUDIT.split(";\n"):
        if statement.strip():
            db.execute(statement)
    # Gone, an event leaves only its link, and that only in a purge.
    db.execute("DROP TRIGGER events_remain")
    for table in ("audit", "audit_payloads"):
        db.execute(
            f"CREATE TRIGGER {table}_stay BEFORE UPDATE ON {table}"
            f" BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END"
        )
    db.execute("CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'never removed'); END")
    for table in ("events", "audit_payloads"):
        db.execute(
            f"CREATE TRIGGER {table}_remain BEFORE DELETE ON {table} WHEN NOT EXISTS (SELECT 1 FROM purging)"
            " BEGIN SELECT RAISE(ABORT, 'events are never removed, but by a purge'); END"
        )
    adopt(lambda sql, values: db.execute(sql, list(values)))


@migrations()
def follow_each_mail_once(db: SqliteDatabase) -> None:
    # What a person's mails say and when they were written, as a hash: sent again by somebody else, they are known.
    db.execute("CREATE TABLE followed (mark TEXT PRIMARY KEY, mail TEXT NOT NULL) STRICT")


@migrations()
def count_what_is_spent_and_answered(db: SqliteDatabase) -> None:
    for statement in LIMITS.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations()
def tell_of_mails_that_came_together(db: SqliteDatabase) -> None:
    # The entry that tells of all that was stored at once, and what this mail's content is sealed with there. Mails of
    # before have an entry of their own, and none of these.
    for column in ("stored_in INTEGER", "salt BLOB"):
        db.execute(f"ALTER TABLE mails ADD COLUMN {column}")


@migrations()
def hold_mails_until_they_are_due(db: SqliteDatabase) -> None:
    for column in (
        "not_before TEXT",  # when it may leave, by our own will and no server's
        "withdrawn_at TEXT",  # when we took it back before it left: `failed`, and nobody has to do anything about it
    ):
        db.execute(f"ALTER TABLE outbox ADD COLUMN {column}")


@migrations()
def keep_where_restores_stand(db: SqliteDatabase) -> None:
    # The entry of the audit that tells of it: events with a higher number were made anew, or are new.
    db.execute("ALTER TABLE restores ADD COLUMN entry INTEGER NOT NULL DEFAULT 0")


@migrations()
def keep_of_acquaintances_a_mark(db: SqliteDatabase) -> None:
    # A patient may be one, and may be purged.
    known = db.execute("SELECT email, since FROM acquaintances").fetchall()
    db.execute("DROP TABLE acquaintances")
    db.execute("CREATE TABLE acquaintances (mark TEXT PRIMARY KEY, since TEXT NOT NULL) STRICT, WITHOUT ROWID")
    for email, since in known:
        db.execute("INSERT OR IGNORE INTO acquaintances (mark, since) VALUES (?, ?)", [mark_of(email), since])


@migrations()
def let_nothing_be_replaced(db: SqliteDatabase) -> None:
    # INSERT OR REPLACE takes a row away without asking the triggers that forbid it.
    for table, known in (
        ("audit", "id = new.id"),
        ("audit_payloads", "link = new.link"),
        ("events", "id = new.id OR effect = new.effect"),
    ):
        db.execute(
            f"CREATE TRIGGER {table}_stand BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {known})"
            # It begins as SQLite's own word on such a row, for whoever repeats an effect.
            " BEGIN SELECT RAISE(ABORT, 'UNIQUE: never replaced'); END"
        )


@migrations()
def follow_the_numbers_of_mailboxes(db: SqliteDatabase) -> None:
    # The number up to which it is known of all mails whether we saw them.
    db.execute(
        "CREATE TABLE numbered (account TEXT NOT NULL, folder TEXT NOT NULL, uidvalidity INTEGER NOT NULL,"
        " next_uid INTEGER NOT NULL, looked_at TEXT NOT NULL, PRIMARY KEY (account, folder)) STRICT"
    )
    # Mails that came and were gone between two looks.
    db.execute(
        "CREATE TABLE unseen (id INTEGER PRIMARY KEY, account TEXT NOT NULL, folder TEXT NOT NULL,"
        " since TEXT NOT NULL, until TEXT NOT NULL, mails INTEGER NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX unseen_until ON unseen (until)")
