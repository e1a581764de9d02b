"""Names as mail programs write them over quotations -> addresses, as far as the mail itself tells whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from assistant.parse.addresses import mailboxes
from assistant.records import Address

_EMAIL = re.compile(r"(?:mailto:)?([^\s<>()\[\],;:\"'@]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})", re.IGNORECASE)
# What stands between the date and the name: "8:17 AM", "17:48 Uhr schrieb", "a las 8:17".
_NAME = re.compile(r"[^\d:<>\[\]]{2,120}$")
_NO_NAME = re.compile(
    r"^(?:[\s,.;\"'(*]|(?:am|pm|a\.m\.|p\.m\.|uhr|h|schrieb|hat|heeft|schreef|escreveu|skrev|at|um|utc|gmt|edt|est|cdt|cst|mdt|mst|pdt|pst)\b)+",
    re.IGNORECASE,
)
_MAX_NAME = 200


class Acquaintances:
    """Everybody whom a mail names together with their address."""

    def __init__(self, people: Iterable[Address]) -> None:
        self._people = list(people)

    @cached_property
    def _by_name(self) -> dict[str, Address]:
        # Most mails quote nobody, and then nobody is asked for.
        named: dict[str, Address] = {}
        for person in self._people:
            _remember(named, person)
        return named

    def meet(self, field: str) -> None:
        """Learn the names of an address field that is quoted in the text."""
        for box in mailboxes(field[:5000]):
            if box.address:
                _remember(self._by_name, box.address)

    def named(self, written: str) -> Address | None:
        """Return who is meant: whose address is written there, or who is known by a name that is."""
        written = written[:1000]
        found = _EMAIL.search(written)
        if found:
            name = _NAME.search(written[: found.start()].rstrip(" <\"'[("))
            person = Address(
                email=found[1].lower(), name=_NO_NAME.sub("", name[0]).strip(" \"',*")[:_MAX_NAME] if name else ""
            )
            _remember(self._by_name, person)
            return person
        last, _, first = written.partition(",")
        words = (f" {_folded(written)} ", f" {_folded(f'{first} {last}')} ")
        known = [name for name in self._by_name if any(f" {name} " in text for text in words)]
        return self._by_name[max(known, key=len)] if known else None


def _remember(named: dict[str, Address], person: Address) -> None:
    last, comma, first = person.name.partition(",")
    for name in (person.name, f"{first} {last}" if comma else ""):
        if folded := _folded(name):
            named.setdefault(folded, person)


def _folded(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.lower()))
