"""A mail's header -> what our own border said of its sender, as far as it is surely our border's word. Pure.

Who may be believed: the servers that a mail passed last are ours, and they write on top of what came in. So the header
is read from the top and only as far as our own servers wrote it; below that anybody could have written anything.
`authres`, the one library that reads these results, is known in this file alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import authres

from assistant.parse.proof import fields_of, header_of, unfolded
from assistant.records import Border

_MOST_RESULTS = 4000
"""Characters of one Authentication-Results; longer ones are nobody's."""
_MOST_DEPTH = 5
_MOST_FIELDS = 20
"""Of results on one mail."""
_OF_MICROSOFT = re.compile(
    r"(?:[a-z0-9-]{1,63}\.){1,6}(?:(?:outlook|exchangelabs|outlook\.office365)\.com|office365\.us)"
)
_OF_GOOGLE = re.compile(r"mx\.google\.com|2002:a[0-9a-f:]{1,60}")
_BY = re.compile(r"(?:^|\s)by\s{1,20}([^\s();]{1,255})", re.IGNORECASE)
_FROM = re.compile(r"^\s{0,20}from\s{1,20}([^\s();]{1,255})", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]{0,2000}\)")
_ON_TOP = frozenset(
    {"received", "return-path", "delivered-to", "envelope-to", "delivery-date", "received-spf", "status"}
)
"""What servers write; with the first other field begins what the sender wrote."""
_ON_TOP_PREFIXES = ("x-", "arc-", "authentication-results", "dkim-filter", "dmarc-filter", "dkim-signature")
_GOOD, _UNKNOWN_POLICY = "pass", frozenset({"none", "bestguesspass"})


@dataclass(frozen=True, slots=True)
class _Results:
    """What was found of each method: its result, and the domain that the result is about."""

    each: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def of(self, method: str) -> list[tuple[str, str]]:
        return self.each.get(method, [])


def is_vouched_for(content: bytes, email: str, border: Border) -> bool:
    """Return whether our border says that the mail comes from the domain of `email`."""
    head = header_of(content)
    if head is None:
        return False
    fields = fields_of(head)
    if border.profile == "microsoft365" and _stayed_inside(fields):
        return True
    results = _results(_trusted(fields, border))
    return results is not None and _speaks_for(results, email.rpartition("@")[2], border)


def is_aligned(domain: str, sender: str) -> bool:
    """Return whether a signature's or envelope's domain speaks for a sender's: the same one, or one above it.

    A domain below the sender's does not: it is often lent to firms that send newsletters.

    >>> is_aligned("clinic.example", "mail.clinic.example"), is_aligned("lists.clinic.example", "clinic.example")
    (True, False)
    """
    domain, sender = domain.lower().rstrip("."), sender.lower()
    return domain == sender or ("." in domain and sender.endswith(f".{domain}"))


def _trusted(fields: Sequence[tuple[str, str]], border: Border) -> list[str]:
    """Return the Authentication-Results that our border wrote: the topmost, and those of its own beside it."""
    found: list[str] = []
    has_entered, looked_at = False, 0
    for name, value in fields:
        if name == "received":
            if found or has_entered or not _is_ours(_host(_BY, value), border):
                break
            has_entered = not _is_ours(_host(_FROM, value), border, if_missing=True)
        elif name == "authentication-results":
            text, looked_at = unfolded(value), looked_at + 1
            if looked_at > _MOST_FIELDS:
                return []
            if border.profile == "microsoft365":
                # It writes no name; so the topmost is the only one that can be told from others.
                return [] if has_entered else [f"microsoft365.invalid; {text}"]
            if _id_of(text) == _expected(border):
                found.append(text)
                # Below the hop by which it came in, the sender's own fields may follow at once.
                if has_entered:
                    break
        elif name not in _ON_TOP and not name.startswith(_ON_TOP_PREFIXES):
            break
    return found


def _host(pattern: re.Pattern[str], received: str) -> str | None:
    text = unfolded(received)
    for _ in range(_MOST_DEPTH):
        text = _COMMENT.sub(" ", text)
    match = pattern.search(text)
    return match[1].lower().rstrip(".") if match else None


def _is_ours(host: str | None, border: Border, *, if_missing: bool = False) -> bool:
    if host is None:
        return if_missing
    match border.profile:
        case "microsoft365":
            return _OF_MICROSOFT.fullmatch(host) is not None
        case "gmail":
            return _OF_GOOGLE.fullmatch(host) is not None
        case _:
            return host == border.authserv_id or host in border.relays


def _expected(border: Border) -> str:
    return "mx.google.com" if border.profile == "gmail" else border.authserv_id


def _id_of(text: str) -> str | None:
    parsed = _parsed(text)
    return str(parsed.authserv_id).lower() if parsed is not None else None


def _parsed(text: str) -> authres.AuthenticationResultsHeader | None:
    if len(text) > _MOST_RESULTS:
        return None
    try:
        return authres.AuthenticationResultsHeader.parse_value(text.rstrip("; \t"))
    except (authres.AuthResError, RecursionError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _results(texts: Sequence[str]) -> _Results | None:
    """Return what the fields say; of each method what the topmost says that names it. None: nothing at all is said."""
    found = _Results()
    for text in texts:
        parsed = _parsed(text)
        if parsed is None:
            return None
        here: dict[str, list[tuple[str, str]]] = {}
        for one in parsed.results:
            method = str(one.method).lower()
            here.setdefault(method, []).append((str(one.result).lower(), _domain(method, one.properties)))
        for method, results in here.items():
            found.each.setdefault(method, results)
    return found if texts else None


_PROPERTIES = {
    "dmarc": (("header", "from"),),
    "dkim": (("header", "d"), ("header", "i")),
    "spf": (("smtp", "mailfrom"), ("smtp", "mail")),
}


def _domain(method: str, properties: Sequence[authres.AuthenticationResultProperty]) -> str:
    """Return the domain that a result is about; empty where it is not told, or told twice and differently."""
    for kind, name in _PROPERTIES.get(method, ()):
        told = {
            str(one.value).rpartition("@")[2].lower().strip("<> ")
            for one in properties
            if (str(one.type).lower(), str(one.name).lower()) == (kind, name)
        }
        if told:
            return told.pop() if len(told) == 1 else ""
    return ""


def _speaks_for(results: _Results, domain: str, border: Border) -> bool:
    """Judge by DMARC where the domain has a policy, else by what the settings call enough."""
    dmarc = results.of("dmarc")
    if any(result not in {_GOOD, *_UNKNOWN_POLICY} for result, _ in dmarc):
        return False
    if any(result == _GOOD for result, _ in dmarc):
        return all(about == domain for result, about in dmarc if result == _GOOD)
    methods = {"dkim": ("dkim",), "spf": ("dkim", "spf"), "nothing": ()}[border.without_dmarc]
    return any(
        result == _GOOD and is_aligned(about, domain) for method in methods for result, about in results.of(method)
    )


def _stayed_inside(fields: Sequence[tuple[str, str]]) -> bool:
    """Return whether a mail never left its Microsoft 365 organisation: such mail bears no other proof.

    Exchange removes these fields from all that comes in from outside ("header firewall") and writes its own.
    """
    said = {name: [v for n, v in fields if n == name] for name in ("x-ms-exchange-organization-authas", _DIRECTION)}
    hops = [value for name, value in fields if name == "received"]
    inside = Border(profile="microsoft365")
    told = _trusted(fields, inside)
    results = _results(told)
    # What was said and cannot be read may say anything.
    is_refuted = bool(told) and (results is None or any(result != "none" for result, _ in results.of("dmarc")))
    return (
        [one.strip().lower() for one in said["x-ms-exchange-organization-authas"]] == ["internal"]
        and [one.strip().lower() for one in said[_DIRECTION]] == ["originating"]
        and bool(hops)
        and all(_is_ours(_host(end, hop), inside) for hop in hops for end in (_BY, _FROM))
        and not is_refuted
    )


_DIRECTION = "x-ms-exchange-organization-messagedirectionality"
