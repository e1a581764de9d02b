"""keys list, rotate, revoke: what makes the tokens by which answers to our mails are known."""

from __future__ import annotations

import typer

from assistant.cli.options import DEFAULT_CONFIG, ConfigPath, opened, out
from assistant.cli.readers import reader
from assistant.cli.tables import counted
from assistant.pipeline.replies.trust import hold_of

app = typer.Typer(no_args_is_help=True, help="The keys of the tokens in our mails.", rich_markup_mode=None)


@app.command("list")
def list_(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """List the keys by their names, the newest first; never what they are."""
    with opened(config, lock=False) as parts:
        for key in parts.ledger.keys.all().values():
            # The first one was made with the ledger, which has no clock.
            made = key.made_at.isoformat(timespec="minutes") if key.made_at.timestamp() else "with the ledger"
            print(f"{key.kid}\t{made}\t{'holds' if key.secret else 'revoked'}")


@app.command("rotate")
def rotate_(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Make a new key now; mails that went out before stay answerable until their tokens run out."""
    with opened(config, lock=False) as parts:
        key = parts.ledger.keys.rotate(parts.clock(), hold=hold_of(parts))
        parts.ledger.audit.note("key_rotated", reader(), parts.clock(), new=key.kid)
    out.print(f"The key {key.kid} makes our tokens now.", highlight=False)


@app.command("revoke")
def revoke_(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Let no mail that went out before be answered with effect: after somebody got hold of some, or of the ledger."""
    with opened(config, lock=False) as parts:
        count = parts.ledger.keys.revoke(
            parts.clock(), hold=hold_of(parts), copies=parts.config.backup.folder, by=reader()
        )
        key = parts.ledger.keys.newest()
    out.print(f"{counted(count, 'key is', 'keys are')} revoked; {key.kid} makes our tokens now.", highlight=False)
    out.print("What people answer to older mails, they are asked to confirm.", highlight=False)
