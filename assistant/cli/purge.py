"""purge: the command that lets go what is to be kept no longer, by age or of one patient."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from assistant.cli.options import DEFAULT_CONFIG, ConfigPath, opened, out
from assistant.cli.readers import reader, shown
from assistant.errors import ConfigError, StorageError
from assistant.ledger import Plan, backups, set_aside
from assistant.pipeline import Parts
from assistant.pipeline.retention import plan_of_age, plan_of_mail, plan_of_patient


def purge(
    config: ConfigPath = DEFAULT_CONFIG,
    *,
    patient: Annotated[
        str, typer.Option(help="All that names this patient, whatever its age; `-` asks, so that no one sees the name.")
    ] = "",
    mail: Annotated[
        str, typer.Option(help="One mail by the beginning of its key, its closed tasks, their threads.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Let go for good what [retention] keeps no longer, or what names one patient; nothing that is open or waits."""
    if patient and mail:
        raise ConfigError("purge", "say --patient or --mail, not both")
    if patient == "-":
        # An argument stands in the list of processes, and in the shell's history.
        patient = str(typer.prompt("Patient", err=True))
    with opened(config, lock=False) as parts:
        plan = _plan(parts, patient, mail)
        shown(parts, "purge", numbers=plan.tasks, mails=plan.mails)
        _say(plan, parts)
        if dry_run or (plan.is_empty and not parts.ledger.purging.is_unclean()):
            return
        if not yes and not (sys.stdin.isatty() and typer.confirm("Let all of it go? It cannot be brought back")):
            raise ConfigError("purge", "nothing was done; say --yes to let it go, or --dry-run to look")
        why = "a patient's request" if patient else "one mail" if mail else "age"
        gone = parts.ledger.purging.purge(plan, parts.clock(), by=reader(), why=why)
        if stayed := plan.count - gone.count:
            out.print(f"{stayed} of it are in use again, and stay", highlight=False)
        if not parts.ledger.purging.clean(parts.clock()):
            raise StorageError(
                "what was purged is gone from the ledger; its bytes go tonight, others hold the file now"
            )
        out.print("purged; no bytes of it are left in the ledger", highlight=False)


def _plan(parts: Parts, patient: str, mail: str) -> Plan:
    if patient:
        return plan_of_patient(parts, patient)
    return plan_of_mail(parts, mail) if mail else plan_of_age(parts, parts.clock())


def _say(plan: Plan, parts: Parts) -> None:
    out.print(plan.said, highlight=False, markup=False)
    if plan.tasks:
        out.print("tasks: " + " ".join(f"#{number}" for number in plan.tasks), highlight=False, markup=False)
    for key in plan.mails:
        out.print(f"mail {key[:12]}", highlight=False, markup=False)
    for line in plan.kept:
        out.print(f"stays: {line}", highlight=False, markup=False)
    copies = backups(parts.config.backup.folder)
    if copies and not plan.is_empty:
        last = f"{copies[-1][0]:%Y-%m-%d}"
        holding = "1 copy of" if len(copies) == 1 else f"{len(copies)} copies up to"
        verb = "holds" if len(copies) == 1 else "hold"
        said = f"{holding} {last} still {verb} it, each for {parts.config.backup.keep_days:g} days"
        out.print(said, highlight=False, markup=False)
    older = set_aside(parts.config.assistant.ledger)
    if older and not plan.is_empty:
        said = f"{len(older)} files that a restore or a new version set aside may hold it, for as long; or remove them:"
        out.print(" ".join((said, *map(str, older))), highlight=False, markup=False)
