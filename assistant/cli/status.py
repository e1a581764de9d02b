"""status: how the parts are, as the running assistant last saw them."""

from __future__ import annotations

import json
import os
from datetime import datetime
from zoneinfo import ZoneInfo

import typer

from assistant.cli.options import DEFAULT_CONFIG, AsJson, ConfigPath, out
from assistant.config import load
from assistant.daemon import clock
from assistant.ledger import STOPPED, Ledger
from assistant.pipeline.assembly import open_ledger
from assistant.pipeline.health.conditions import SILENT
from assistant.records import Condition, DigestStop

_MARKS = {"fine": "ok  ", "degraded": "WARN", "failing": "FAIL"}


def status(config: ConfigPath = DEFAULT_CONFIG, *, as_json: AsJson = False) -> None:
    """Say how each part is, a line each, also beside a running assistant; exit status 1 where not all is well."""
    chosen = load(config)
    ledger = open_ledger(chosen, os.environ, lock=False)
    try:
        kept, now = ledger.health.kept(), clock()
        stop = [one for one in kept if one.part == STOPPED] or [_sign_of_life(ledger.health.looked_at(), now)]
        found = (*stop, *(one for one in kept if one not in stop), *_stopped(ledger, now))
    finally:
        ledger.close()
    zone = ZoneInfo(chosen.organisation.timezone)
    for one in found:
        if as_json:
            print(json.dumps(_as_object(one, zone), ensure_ascii=False))
        else:
            out.print(f"{_MARKS[one.level]} {one.part:<24} {one.words(zone)}", markup=False, highlight=False)
    if not all(one.is_fine for one in found):
        raise typer.Exit(1)


def _sign_of_life(looked_at: datetime | None, now: datetime) -> Condition:
    if looked_at is None:
        return Condition(part=STOPPED, level="failing", said="has never been run on this ledger", since=now)
    if now - looked_at > SILENT:
        said = "gives no sign of life since {since}: is it running? What follows was so then"
        return Condition(part=STOPPED, level="failing", said=said, since=looked_at)
    return Condition(part=STOPPED, level="fine", said="last looked at its parts {since}", since=looked_at)


def _stopped(ledger: Ledger, now: datetime) -> tuple[Condition, ...]:
    """Return who has no digests by their own word: nothing is wrong with that, but it is to be known."""
    return tuple(
        Condition(part=f"digest {person}", level="fine", said=_said(stop), since=stop.since)
        for person, stop in ledger.switches.stopped().items()
        if stop.holds(now)
    )


def _said(stop: DigestStop) -> str:
    until = "until they write: resume" if stop.until is None else f"until {stop.until.date()}"
    return f"stopped by their own word {{since}}, {until}"


def _as_object(one: Condition, zone: ZoneInfo) -> dict[str, str]:
    return {"part": one.part, "level": one.level, "said": one.words(zone), "since": one.since.isoformat()}
