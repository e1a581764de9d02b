"""Stage 1: mailbox -> RawMail. Reads, and changes nothing: no flag, no folder, no mail. `Copies` alone adds to Sent.

The mailbox's own flags are never our queue, for a coordinator reads mail on her phone before we see it.
The ledger knows what was taken; it is asked, and it commits what was fetched before more is asked for.
"""

from __future__ import annotations

from assistant.config.settings import AccountSettings
from assistant.errors import ConfigError
from assistant.intake.backoff import backoff_s
from assistant.intake.copies import ImapCopies, MaildirCopies
from assistant.intake.imap_mailbox import ImapMailbox
from assistant.intake.mailbox import Arrival, Copies, Mailbox
from assistant.intake.maildir import MaildirMailbox
from assistant.intake.signatures import Signatures
from assistant.signin import Credential, credential

__all__ = ["Arrival", "Copies", "Mailbox", "Signatures", "backoff_s", "open_copies", "open_mailbox"]


def open_mailbox(account: AccountSettings, way_in: Credential | str) -> Mailbox:
    """Return the mailbox that `account` describes; nothing is connected yet. A text is a password."""
    if account.maildir is not None:
        return MaildirMailbox(account)
    if not account.host:
        raise ConfigError(f"account {account.name}", "name its server (`host`) or a local folder (`maildir`)")
    return ImapMailbox(account, credential(way_in))


def open_copies(account: AccountSettings, way_in: Credential | str) -> Copies:
    """Return the same mailbox as the place of our own mails; nothing is connected yet."""
    if account.maildir is not None:
        return MaildirCopies(account.maildir)
    return ImapCopies(account, credential(way_in))
