"""What tells our own replies from others' (the keys of their tokens), and the requests that were not followed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from assistant.errors import LedgerError
from assistant.ledger.chain import ASSISTANT, Chain, subject_of_mail
from assistant.ledger.database import Database, Row
from assistant.ledger.links import told
from assistant.ledger.moments import from_text, to_text
from assistant.ledger.revoked import note_revoked, revoked_in
from assistant.records import HeldRequest, ReplyKey

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


class ReplyKeys:
    """The keys of the tokens: the newest makes them, all that are there check them."""

    def __init__(self, database: Database) -> None:
        self._database, self._chain = database, Chain(database.execute)

    def all(self) -> Mapping[str, ReplyKey]:
        """Return every key by its two letters."""
        return {key.kid: key for key in self._kept()}

    def newest(self) -> ReplyKey:
        return self._kept()[0]

    def rotate(self, now: datetime, *, hold: timedelta) -> ReplyKey:
        """Make a new key; forget those that were replaced more than `hold` ago: no token of theirs is in time."""
        with self._database.transaction():
            kept = self._kept()
            key = self._make(now)
            replaced = [(older, newer) for newer, older in pairwise(kept) if newer.made_at < now - hold]
            for older, _newer in replaced:
                self._database.change("DELETE FROM reply_keys WHERE kid = ?", older.kid)
        return key

    def revoke(self, now: datetime, *, hold: timedelta, copies: Path | None = None, by: str = ASSISTANT) -> int:
        """Let no token hold any more that was made up to now, and make a new key; return how many keys that ends.

        Args:
            now: Aware.
            hold: As for `rotate`.
            copies: The folder of the ledger's copies; what is revoked is noted there as well.
            by: Whose word it is.

        Raises:
            LedgerError: It is revoked, but a copy that is put back would not know it.

        """
        with self._database.transaction():
            count = self._database.change("UPDATE reply_keys SET secret = '' WHERE secret <> ''")
            ended = [key.kid for key in self._kept()]
            # In the same breath: a mail that is written in between would carry a token that never holds.
            new = self.rotate(now, hold=hold)
            self._chain.add("keys_revoked", told({"revoked": count, "new": new.kid}), at=to_text(now), actor=by)
            # Before it is committed: were this cut off in between, a copy that is put back would not know it.
            trouble = _noted((self._database.folder, *([copies] if copies and copies.is_dir() else [])), ended)
        if trouble is not None:
            raise trouble
        return count

    def end(self, kids: frozenset[str], now: datetime, *, by: str) -> None:
        """Let no token hold that a key of these names made, also of those that this ledger never knew."""
        if not kids:
            return
        with self._database.transaction():
            for kid in sorted(kids):
                if not self._database.insert("reply_keys", {"kid": kid, "secret": "", "made_at": to_text(now)}):
                    self._database.change("UPDATE reply_keys SET secret = '' WHERE kid = ?", kid)
            new = self._make(now)
            self._chain.add("keys_revoked", told({"names": sorted(kids), "new": new.kid}), at=to_text(now), actor=by)

    def _make(self, now: datetime) -> ReplyKey:
        taken = {key.kid for key in self._kept()}
        # The next restore would end a key of such a name.
        if len(ended := taken | revoked_in(self._database.folder)) < len(_LETTERS) ** 2:
            taken = ended
        # By chance, not by counting: a restored ledger must not give a lost key's letters to another.
        kid = next(one for one in iter(_two_letters, "") if one not in taken)
        key = ReplyKey(kid=kid, secret=secrets.token_hex(32), made_at=now)
        row: Row = {"kid": key.kid, "secret": key.secret, "made_at": to_text(now)}
        self._database.insert("reply_keys", row)
        return key

    def _kept(self) -> list[ReplyKey]:
        rows = self._database.rows("SELECT * FROM reply_keys ORDER BY id DESC")
        return [ReplyKey(kid=row["kid"], secret=row["secret"], made_at=from_text(row["made_at"])) for row in rows]


def _noted(folders: Iterable[Path], names: list[str]) -> LedgerError | None:
    """Note names in each folder's list; return the last trouble, which keeps no other list from it."""
    trouble = None
    for folder in folders:
        try:
            note_revoked(folder, names)
        except LedgerError as error:
            trouble = error
    return trouble


def _two_letters() -> str:
    return secrets.choice(_LETTERS) + secrets.choice(_LETTERS)


class HeldRequests:
    """The requests that were not followed, as they are told to the people in whose names they came."""

    def __init__(self, database: Database) -> None:
        self._database, self._chain = database, Chain(database.execute)

    def put(self, held: HeldRequest) -> bool:
        """Commit that a mail was not followed; return False where that is known of it."""
        row: Row = {
            "mail": held.mail,
            "person": held.person,
            "sender": held.sender,
            "at": to_text(held.at),
            "numbers": json.dumps(held.numbers),
            "why": held.why,
        }
        with self._database.transaction():
            if not self._database.insert("held_requests", row):
                return False
            self._chain.add("request_held", told(list(row.values())), at=row["at"], subject=subject_of_mail(held.mail))
        return True

    def of(self, person: str | None, since: datetime) -> list[HeldRequest]:
        """Return what was held in a person's name after that moment, oldest first; None: in anybody's."""
        whose = "1" if person is None else "person = ?"
        sql = f"SELECT * FROM held_requests WHERE {whose} AND at > ? ORDER BY at"
        values = [*([] if person is None else [person]), to_text(since)]
        return [_held(row) for row in self._database.rows(sql, *values)]

    def is_first(self, mark: str, mail: str) -> bool:
        """Commit that a mail is followed; return False where another with the same mark was before."""
        with self._database.transaction():
            self._database.insert("followed", {"mark": mark, "mail": mail})
        return bool(self._database.rows("SELECT 1 FROM followed WHERE mark = ? AND mail = ?", mark, mail))

    def bad_tokens(self, sender: str, since: datetime) -> int:
        """Return how many mails of a sender carried a wrong token after that moment."""
        sql = "SELECT count(*) AS n FROM held_requests WHERE sender = ? AND why = 'token' AND at > ?"
        return int(self._database.rows(sql, sender, to_text(since))[0]["n"])


def _held(row: Row) -> HeldRequest:
    return HeldRequest(
        mail=row["mail"],
        person=row["person"],
        sender=row["sender"],
        at=from_text(row["at"]).astimezone(UTC),
        numbers=tuple(json.loads(row["numbers"])),
        why=row["why"],
    )
