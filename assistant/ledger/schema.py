"""The ledger's tables: the first ones, and each change since, applied in order and each in a transaction."""

from __future__ import annotations

from sqlite_utils import Database as SqliteDatabase
from sqlite_utils.migrations import Migrations

from assistant.ledger.adoption import adopt

migrations = Migrations("ledger")


@migrations()
def first_schema(db: SqliteDatabase) -> None:
    """One statement after the other: `executescript` would end the transaction that a migration runs in."""
    for statement in _FIRST_SCHEMA.split(";\n"):
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
    for statement in _AUDIT.split(";\n"):
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


_AUDIT = """
ALTER TABLE events ADD COLUMN salt BLOB;
ALTER TABLE mails ADD COLUMN content_digest TEXT NOT NULL DEFAULT '';
ALTER TABLE mails ADD COLUMN purged_at TEXT;
ALTER TABLE outbox ADD COLUMN content_digest TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN anchor TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN purged_at TEXT;
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,          -- without gaps; a task's event has the number of its link
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  what TEXT NOT NULL,
  subject TEXT NOT NULL,
  source TEXT NOT NULL,
  digest BLOB NOT NULL,            -- HMAC of the payload with its salt
  hash BLOB NOT NULL               -- SHA-256 over the hash before and the columns above
) STRICT;
CREATE INDEX audit_by_subject ON audit (subject, id);
CREATE TABLE audit_payloads (
  link INTEGER PRIMARY KEY,
  salt BLOB NOT NULL,
  payload TEXT NOT NULL            -- JSON; goes with a purge
) STRICT;
CREATE TABLE purging (one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;
CREATE TABLE purged_tasks (number INTEGER PRIMARY KEY, purged_at TEXT NOT NULL) STRICT;
CREATE TABLE purges (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  cleaned_at TEXT                  -- when the last bytes were gone from the file
) STRICT
"""

@migrations()
def follow_each_mail_once(db: SqliteDatabase) -> None:
    # What a person's mails say and when they were written, as a hash: sent again by somebody else, they are known.
    db.execute("CREATE TABLE followed (mark TEXT PRIMARY KEY, mail TEXT NOT NULL) STRICT")


@migrations()
def count_what_is_spent_and_answered(db: SqliteDatabase) -> None:
    for statement in _LIMITS.split(";\n"):
        if statement.strip():
            db.execute(statement)


_LIMITS = """
CREATE TABLE spending (
  day TEXT NOT NULL,               -- the organisation's
  sender TEXT NOT NULL,            -- a hash; '' for all of them
  tokens_in INTEGER NOT NULL DEFAULT 0,
  tokens_out INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0, -- mails that the model was not asked about
  refused_at TEXT,                 -- the first of them
  PRIMARY KEY (day, sender)
) STRICT, WITHOUT ROWID;
CREATE TABLE held_answers (
  mail TEXT PRIMARY KEY,           -- the one that is not answered yet, or was answered in vain
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('told', 'vain', 'left', 'hour')),
  mark TEXT NOT NULL,              -- hash of what the mail says
  outcomes TEXT NOT NULL DEFAULT '[]', -- JSON: what became of it, until that is told
  told_at TEXT
) STRICT;
CREATE INDEX held_answers_by_person ON held_answers (person, at);
CREATE TABLE acquaintances (email TEXT PRIMARY KEY, since TEXT NOT NULL) STRICT, WITHOUT ROWID;
ALTER TABLE mails ADD COLUMN is_strangers INTEGER NOT NULL DEFAULT 0;
DROP INDEX mails_waiting;
CREATE INDEX mails_waiting ON mails (attempts, is_strangers, received_at DESC) WHERE state = 'waiting';
CREATE INDEX outbox_by_sent ON outbox (sent_at) WHERE state = 'sent'
"""

_FIRST_SCHEMA = """
CREATE TABLE mails (
  key TEXT PRIMARY KEY,            -- SHA-256 of the content without trace headers
  account TEXT NOT NULL,
  received_at TEXT NOT NULL,       -- UTC, ISO 8601, like every time here
  stored_at TEXT NOT NULL,
  content BLOB NOT NULL,
  truncated INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'tasks', 'no_task', 'automatic', 'answer', 'needs_person')),
  attempts INTEGER NOT NULL DEFAULT 0,
  settled_at TEXT,
  problem TEXT NOT NULL DEFAULT '', -- why it could not be read, or not all of it
  sender TEXT NOT NULL DEFAULT '',
  message_id TEXT,
  thread TEXT,
  engine TEXT,
  tokens_in INTEGER NOT NULL DEFAULT 0,
  tokens_out INTEGER NOT NULL DEFAULT 0,
  read_again_at TEXT               -- set where the model was out
) STRICT;
CREATE INDEX mails_by_state ON mails (state, received_at);
CREATE INDEX mails_by_settled ON mails (settled_at);
CREATE INDEX mails_by_message_id ON mails (message_id);
CREATE INDEX mails_to_read_again ON mails (read_again_at) WHERE read_again_at IS NOT NULL;
CREATE TABLE deliveries (
  account TEXT NOT NULL,
  folder TEXT NOT NULL,
  uidvalidity INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  key TEXT NOT NULL REFERENCES mails (key),
  PRIMARY KEY (account, folder, uidvalidity, uid)
) STRICT, WITHOUT ROWID;
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  source TEXT NOT NULL,
  change TEXT NOT NULL,            -- JSON
  effect TEXT UNIQUE               -- the same effect is recorded once, whatever is repeated
) STRICT;
CREATE INDEX events_by_number ON events (number);
CREATE INDEX events_by_actor ON events (actor, id);
CREATE TABLE tasks (
  number INTEGER PRIMARY KEY,
  state TEXT NOT NULL,
  coordinator TEXT NOT NULL,
  owner TEXT,
  thread TEXT NOT NULL,
  source TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  task TEXT NOT NULL               -- JSON: the fold of its events
) STRICT;
CREATE INDEX tasks_by_state ON tasks (state, changed_at);
CREATE INDEX tasks_by_thread ON tasks (thread);
CREATE TABLE outbox (
  key TEXT PRIMARY KEY,            -- one mail for each key, whatever is repeated
  kind TEXT NOT NULL,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  message_id TEXT NOT NULL UNIQUE,
  content BLOB NOT NULL,           -- final bytes
  numbers TEXT NOT NULL,           -- JSON: the tasks that it shows
  prepared_at TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending'
    CHECK (state IN ('pending', 'sending', 'sent', 'uncertain', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  try_at TEXT NOT NULL,
  sent_at TEXT,
  problem TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, try_at);
CREATE INDEX outbox_by_recipient ON outbox (recipient, kind, prepared_at);
CREATE TABLE writer (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  epoch INTEGER NOT NULL           -- counts the assistants that took the ledger over
) STRICT;
INSERT INTO writer VALUES (1, 0);
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never removed'); END
"""
