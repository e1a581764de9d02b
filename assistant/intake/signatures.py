"""A mail's DKIM signatures -> whether its sender's domain signed it, asked of DNS. It alone knows dkimpy and dnspython.

Only the domain that a mail claims to be from is asked for its key, and only where it is that of a person whom we know:
no stranger decides whom we ask. What cannot be verified is not proven.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

import dkim
import dkim.asn1
import dkim.canonicalization
import dkim.crypto
import dkim.util
import dns.exception
import dns.resolver

from assistant.errors import TransientError

Resolver = Callable[[str, float], bytes | None]
"""Returns the TXT record at a name, within so many seconds; None where there is none.

Raises:
    TransientError: Nobody answers just now.
"""
Verdict = Literal["signed", "not signed", "unknown"]
_NEEDED = frozenset({b"from", b"subject", b"date"})
_ALGORITHMS = frozenset({b"rsa-sha256", b"ed25519-sha256"})
_MOST_SIGNATURES = 5
_MOST_FIELDS = 1000
_MOST_SIGNED = 200
_MOST_BYTES = 40_000_000
_MOST_SPACE = 20_000_000
"""White space is paid for by its square: so much of it a mail may cost."""
_SPACE = re.compile(rb"[ \t]+")
_LEAST_KEY = 1024
_EXPIRY = re.compile(rb"\d{1,20}")
_WRONG_CLOCK_S = 10 * 3600
"""By so much clocks may differ; the library, too, gives as much."""
_DAMAGED = (
    dkim.DKIMException,
    dkim.asn1.ASN1FormatError,
    dkim.canonicalization.InvalidCanonicalizationPolicyError,
    dkim.crypto.DigestTooLargeError,
    dkim.crypto.UnparsableKeyError,
    dkim.util.InvalidTagValueList,
    *(ValueError, LookupError, TypeError, ArithmeticError, AttributeError, AssertionError),
)
"""What the library is known to raise on hostile input."""


class Signatures:
    """Verifies signatures.

    Args:
        resolver: Asks DNS.
        timeout_s: Seconds for one question.
    """

    def __init__(self, resolver: Resolver | None = None, *, timeout_s: float = 5) -> None:
        self._resolver = resolver or ask_dns
        self._timeout_s = timeout_s

    def verdict(self, content: bytes, domains: frozenset[bytes], came_at: datetime) -> Verdict:
        """Return whether one of `domains`, lower case, signed the mail, all that a reader goes by included.

        "unknown": the keys could not be asked for just now.

        Args:
            content: The mail.
            domains: Whose word counts.
            came_at: When it arrived; a signature that held then is not void because we read late.
        """
        if len(content) > _MOST_BYTES or sum(len(run) ** 2 for run in _SPACE.findall(content)) > _MOST_SPACE:
            return "not signed"
        try:
            mail = dkim.DKIM(content, minkey=_LEAST_KEY, timeout=self._timeout_s)
            written = [value for name, value in mail.headers if name.lower() == b"dkim-signature"]
            if len(mail.headers) > _MOST_FIELDS:
                return "not signed"
        except _DAMAGED:
            return "not signed"
        places = [place for place, one in enumerate(written) if _may_speak(one, domains)]
        is_unknown = False
        for place in places[:_MOST_SIGNATURES]:
            try:
                if self._holds(content, place, came_at):
                    return "signed"
            except TransientError:
                is_unknown = True
        return "unknown" if is_unknown else "not signed"

    def _holds(self, content: bytes, place: int, came_at: datetime) -> bool:
        def key(name: bytes, timeout: float = 5) -> bytes | None:  # noqa: ARG001 - the library gives it by this name
            found = self._resolver(name.decode("ascii"), self._timeout_s)
            return None if found is None or _is_test(found) else found

        try:
            mail = dkim.DKIM(content, minkey=_LEAST_KEY, timeout=self._timeout_s)
            header = [one for one in mail.headers if one[0].lower() == b"dkim-signature"][place]
            tags = dkim.util.parse_tag_value(header[1])
            # The library holds the last of its days against the hour of reading.
            dkim.validate_signature_fields({name: value for name, value in tags.items() if name != b"x"})
            fields = [name.strip().lower() for name in tags[b"h"].split(b":")]
            mail.domain, mail.selector, mail.include_headers = tags[b"d"], tags[b"s"], tuple(fields)
            return _is_in_time(tags, came_at) and bool(mail.verify_sig(tags, fields, header, key))
        except _DAMAGED:
            return False


def ask_dns(name: str, timeout_s: float) -> bytes | None:
    """Return the one TXT record at a name."""
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=timeout_s, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.name.LabelTooLong, dns.name.EmptyLabel):
        return None
    except (dns.exception.DNSException, OSError) as error:
        raise TransientError(f"DNS does not answer ({type(error).__name__})") from error
    records = [b"".join(one.strings) for one in answer]
    # Two keys at one name are undefined (RFC 6376, 3.6.2.2).
    return records[0] if len(records) == 1 else None


def _may_speak(signature: bytes, domains: frozenset[bytes]) -> bool:
    """Return whether a signature, if it holds, says all that is needed: whose it is, and that nothing can be added."""
    try:
        tags = dkim.util.parse_tag_value(signature)
    except _DAMAGED:
        return False
    signed = [name.strip().lower() for name in tags.get(b"h", b"").split(b":")]
    return (
        tags.get(b"d", b"").lower().rstrip(b".") in domains
        and set(signed) >= _NEEDED
        and len(signed) <= _MOST_SIGNED
        and tags.get(b"a") in _ALGORITHMS
        # With a length, anybody may write on below.
        and b"l" not in tags
    )


def _is_in_time(tags: Mapping[bytes, bytes], came_at: datetime) -> bool:
    """Return whether a signature held when the mail came (RFC 6376, 3.5: x=, and that it is not before t=)."""
    ends = tags.get(b"x")
    if ends is None:
        return True
    if not _EXPIRY.fullmatch(ends):
        return False
    return int(ends) >= max(came_at.timestamp() - _WRONG_CLOCK_S, int(tags.get(b"t", b"0")))


def _is_test(record: bytes) -> bool:
    """Return whether a domain only tries its signatures out: they count as none (RFC 6376, 3.6.1)."""
    flags = [tag.strip().split(b"=", 1)[1] for tag in record.split(b";") if tag.strip().startswith(b"t=")]
    return any(b"y" in (one.strip() for one in flag.split(b":")) for flag in flags)
