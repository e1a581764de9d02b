"""Deliveries -> rows, in one transaction: the mails that are new, where each lies, one entry of the audit for all.

A backlog is taken at the pace of this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from assistant.ledger.chain import Chain, content_digest, new_salt
from assistant.ledger.database import Database, Row
from assistant.ledger.links import seal_of, told
from assistant.ledger.moments import to_text
from assistant.records import RawMail

_KNOWN_KEYS = "SELECT key, account FROM mails WHERE key IN (SELECT value FROM json_each(?))"
_PLACE = ("account", "folder", "uidvalidity", "uid")
_ASKED = " AND ".join(f"{name} = json_extract(value, '$[{place}]')" for place, name in enumerate(_PLACE))
_KNOWN_PLACES = f"SELECT {', '.join(_PLACE)} FROM json_each(?) CROSS JOIN deliveries ON {_ASKED}"


def store(
    database: Database,
    mails: Iterable[tuple[RawMail, str]],
    now: datetime,
    strangers: Collection[str] = (),
    inboxes: Mapping[str, str] = MappingProxyType({}),
) -> int:
    """Commit deliveries at once, each with its mail's key; return how many of the mails are new.

    Args:
        database: Where to.
        mails: What came; of two that are one mail the first is stored.
        now: Now.
        strangers: Keys of mails that wait until those of people whom we know are read.
        inboxes: Account -> whose inbox it is. What lies in several people's is a mail to each of them.

    """
    at = to_text(now)
    rows: dict[str, Row] = {}
    places: dict[tuple[str, str, int, int], str] = {}
    for raw, key in mails:
        if key not in rows:
            rows[key] = _row(raw, key, at, is_strangers=key in strangers)
        where = raw.locator
        places.setdefault((where.account, where.folder, where.uidvalidity, where.uid), key)
    chain = Chain(database.execute)
    with database.transaction():
        # Nobody else writes now: what is not known here is new when it is inserted.
        for key in _known(database, _to_each(rows, places, database, inboxes)):
            del rows[key]
        for known in database.rows(_KNOWN_PLACES, told([*places])):
            del places[known["account"], known["folder"], known["uidvalidity"], known["uid"]]
        if rows:
            stored_in = chain.mails_stored([_told(row) for row in rows.values()], at=at)
            columns = (*next(iter(rows.values())), "stored_in")
            database.insert_all("mails", columns, ((*row.values(), stored_in) for row in rows.values()))
        if places:
            noted = [(*place, key) for place, key in places.items()]
            database.insert_all("deliveries", (*_PLACE, "key"), noted)
            chain.add("deliveries_noted", told(noted), at=at)
    return len(rows)


def copy_key(key: str, person: str) -> str:
    """Return the key of a mail in one person's inbox that somebody else's had first."""
    return hashlib.sha256(f"{key}\n{person}".encode()).hexdigest()


def _to_each(
    rows: dict[str, Row], places: dict[tuple[str, str, int, int], str], database: Database, inboxes: Mapping[str, str]
) -> dict[str, Row]:
    """Give what another person's inbox had first a key of its own: one mail may ask something else of each of them."""
    for known in database.rows(_KNOWN_KEYS, told([*rows])) if inboxes else ():
        key, account = known["key"], rows[known["key"]]["account"]
        first, whose = inboxes.get(known["account"]), inboxes.get(str(account))
        if first is None or whose is None or first == whose:
            continue
        own = copy_key(key, whose)
        rows[own] = {**rows.pop(key), "key": own}
        places.update({place: own for place, one in places.items() if one == key})
    return rows


def _known(database: Database, rows: dict[str, Row]) -> list[str]:
    return [row["key"] for row in database.rows(_KNOWN_KEYS, told([*rows]))]


def _row(raw: RawMail, key: str, at: str, *, is_strangers: bool) -> Row:
    return {
        "key": key,
        "account": raw.locator.account,
        "received_at": to_text(raw.received_at),
        "stored_at": at,
        "content": raw.content,
        "truncated": int(raw.truncated),
        "content_digest": content_digest(raw.content),
        "salt": new_salt(),
        "is_strangers": int(is_strangers),
    }


def _told(row: Row) -> tuple[object, ...]:
    """Return what the audit tells of a mail that has just come in. All of it may be known after the mail is purged."""
    seal = seal_of(row["salt"], row["content_digest"])
    return row["key"], row["account"], row["received_at"], row["truncated"], seal
