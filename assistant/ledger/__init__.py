"""Stage 5: Decision -> rows. Append-only events, tasks folded from them, mails in and out, one SQLite file."""

from assistant.ledger.audit import Access, Entry
from assistant.ledger.backup import Copy, back_up, backups, forget_aside, forget_old, restore, set_aside
from assistant.ledger.database import FILE
from assistant.ledger.encrypting import encrypt, left_readable
from assistant.ledger.fold import is_snoozed
from assistant.ledger.health import STOPPED
from assistant.ledger.held_answers import HeldAnswer, Why
from assistant.ledger.ledger import Ledger
from assistant.ledger.permissions import unusable
from assistant.ledger.purging import Plan
from assistant.ledger.restores import Restore
from assistant.ledger.sealing import SEALED, public_keys
from assistant.ledger.spool import ATTEMPTS, Spool
from assistant.ledger.spooled import MailFacts

__all__ = [
    "ATTEMPTS",
    "FILE",
    "SEALED",
    "STOPPED",
    "Access",
    "Copy",
    "Entry",
    "HeldAnswer",
    "Ledger",
    "MailFacts",
    "Plan",
    "Restore",
    "Spool",
    "Why",
    "back_up",
    "backups",
    "encrypt",
    "forget_aside",
    "forget_old",
    "is_snoozed",
    "left_readable",
    "public_keys",
    "restore",
    "set_aside",
    "unusable",
]
