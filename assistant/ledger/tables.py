"""The ledger's tables, as SQL: the first ones, and those that came later and are too long for `schema`."""

FIRST_SCHEMA = """
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

AUDIT = """
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

LIMITS = """
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
