"""quarantine list, show, replay, release: the mails that need a person."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from email.errors import MessageError
from typing import Annotated

import typer

from assistant.cli.options import DEFAULT_CONFIG, AsJson, ConfigPath, opened, out
from assistant.cli.readers import reader, shown
from assistant.errors import AssistantError
from assistant.pipeline import Parts
from assistant.records import SpooledMail

app = typer.Typer(no_args_is_help=True, help="Mails that could not be read.", rich_markup_mode=None)
_SHOWN_HEADERS = ("From", "To", "Cc", "Date", "Subject", "Message-ID")
_MOST_SHOWN = 20_000
_Key = Annotated[str, typer.Argument(help="The beginning of a mail's key, as `list` shows it.")]


@app.command("list")
def list_(config: ConfigPath = DEFAULT_CONFIG, *, as_json: AsJson = False) -> None:
    """List the mails that need a person, with the reason."""
    with opened(config, lock=False) as parts:
        found = parts.ledger.spool.quarantined()
        shown(parts, "quarantine list", mails=(mail.key for mail in found))
        for mail in found:
            row = {"key": mail.key, "account": mail.account, "received_at": mail.received_at.isoformat()}
            row |= {"sender": mail.sender, "attempts": str(mail.attempts), "reason": mail.reason}
            print(json.dumps(row) if as_json else "\t".join((mail.key[:12], *list(row.values())[1:])))


@app.command("show")
def show_(key: _Key, config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Show one of them: its headers, the reason, and what can be read of it."""
    with opened(config, lock=False) as parts:
        found = parts.ledger.quarantine.find(parts.ledger.spool.quarantined(), key)
        mail = parts.ledger.spool.mail(found.key)
        assert mail is not None
        shown(parts, "quarantine show", mails=(found.key,))
        lines = {name: value for name, value in _headers(mail.content).items() if value}
        lines |= {"Came": f"{found.received_at.isoformat()} to {found.account}", "Key": found.key}
        lines |= {"Reason": found.reason, "Attempts": str(found.attempts)}
        for name, value in lines.items():
            _say(f"{name + ':':<12} {value}")
        out.print()
        for line in _text(parts, mail)[:_MOST_SHOWN].splitlines():
            _say(line)


@app.command("replay")
def replay_(
    key: Annotated[str, typer.Argument(help="The beginning of a mail's key; every one where it is left out.")] = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Let mails of the quarantine be read again, at the next round."""
    with opened(config, lock=False) as parts:
        count = parts.ledger.spool.replay(key, parts.clock(), by=reader())
    out.print(f"{count} will be read again", highlight=False)
    if key and not count:
        raise typer.Exit(1)


@app.command("release")
def release_(
    key: _Key,
    config: ConfigPath = DEFAULT_CONFIG,
    *,
    by: Annotated[str, typer.Option(help="Who looked at it; the user of this machine where it is left out.")] = "",
) -> None:
    """Say that a person has looked at one of them and seen to it; who and when is kept."""
    with opened(config, lock=False) as parts:
        found = parts.ledger.quarantine.find(parts.ledger.spool.quarantined(), key)
        who = by or reader()
        parts.ledger.quarantine.release(found.key, who, parts.clock(), typed_by=reader())
    out.print(f"{found.key[:12]} counts as seen to, by {who}", highlight=False, markup=False)


def _headers(content: bytes) -> dict[str, str]:
    """Return a broken mail's headers as far as they can be told; the old policy reads any bytes."""
    mail = message_from_bytes(content[:65536], policy=policy.compat32)
    return {name: " ".join(str(mail.get(name, "")).split())[:300] for name in _SHOWN_HEADERS}


def _text(parts: Parts, mail: SpooledMail) -> str:
    """Return what can be read: as the assistant would, in a room of its own; where it cannot, the bytes as they are."""
    try:
        message = parts.room.read(mail)
    except (AssistantError, MessageError, OSError):
        return mail.content[:_MOST_SHOWN].decode("utf-8", "replace")
    return message.text


def _say(line: str) -> None:
    # A mail may hold what a terminal would obey.
    out.print("".join(char if char.isprintable() else " " for char in line), markup=False, highlight=False)
