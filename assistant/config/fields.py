"""The kinds of values that settings have, each checked, and what all tables of settings have in common."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic.fields import FieldInfo

PLACES = "env:NAME, file:PATH (mode 0600), credential:NAME (systemd) or keyring:SERVICE/NAME"
_PLACE = re.compile(r"env:[A-Za-z_]\w{0,100}|file:.{1,1000}|credential:[\w.@-]{1,200}|keyring:[^/\s]{1,200}/\S{1,200}")
_SERVER = re.compile(r"(?:\[(?P<v6>[0-9A-Fa-f:.]{2,45})\]|(?P<host>[^\s:/\[\]@]{1,253}))(?::(?P<port>\d{1,5}))?")
MOST_PORT = 65535
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


_MOST = {"s": 86_400, "min": 525_600, "h": 8_760, "days": 36_525, "years": 100}
"""unit that a setting's name ends in -> the most of it that makes sense, and that no date or timer fails at."""


def known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no IANA time zone, e.g. America/Chicago") from error
    return name


def email_address(text: str) -> str:
    local, at, host = text.strip().lower().rpartition("@")
    try:
        # As mails have it: a domain with other letters is written in these on the way (RFC 5891).
        plain = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        plain = ""
    if not (local.isascii() and local and at and plain) or any(char in text for char in " <>,;\r\n"):
        raise ValueError(f"{text!r} is no email address")
    return f"{local}@{plain}"


def host_name(text: str) -> str:
    """Return a server's name as it is; what belongs to it, but stands elsewhere, is not passed over."""
    # A bare IPv6 address has several colons.
    if text.count(":") == 1 or any(char in text for char in "/[]@ \t\r\n"):
        raise ValueError(f"{text!r} is no server's name; write the name alone, and its port as `port`")
    return text


def host_and_port(text: str) -> tuple[str, int]:
    """Return the server and its port; 0 where none is named.

    >>> host_and_port("mail.example.org:1993"), host_and_port("mail.example.org"), host_and_port("[::1]:993")
    (('mail.example.org', 1993), ('mail.example.org', 0), ('::1', 993))
    """
    found = _SERVER.fullmatch(text.strip())
    if found is None or not 0 < int(found["port"] or 1) <= MOST_PORT:
        raise ValueError(f"{text!r} is no server; write it as mail.example.org or mail.example.org:993")
    return host_name(found["v6"] or found["host"]), int(found["port"] or 0)


def sender_or_domain(text: str) -> str:
    """Return an address, or a whole domain, as mails have it."""
    local, _, host = text.strip().rpartition("@")
    if "." not in host.strip(".") or host != host.strip("."):
        raise ValueError(f'{text!r} is neither an address nor a domain; write it as "surgery.example"')
    address = email_address(f"{local or 'anybody'}@{host}")
    return address if local else address.rpartition("@")[2]


def _place(text: str) -> str:
    # The text is left out: who writes a secret here by mistake shall not find it in a log.
    if text and not _PLACE.fullmatch(text):
        raise ValueError(f"says where a secret lies and never holds it: {PLACES}")
    return text


def _https(text: str) -> str:
    if text and not text.startswith("https://"):
        raise ValueError("begins with https://")
    return text


def is_private(url: str) -> bool:
    """Return whether nobody reads on the way what is sent there."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def is_place(field: FieldInfo) -> bool:
    """Return whether a setting says where a secret lies."""
    return any(getattr(one, "func", None) is _place for one in field.metadata)


Zone = Annotated[str, AfterValidator(known_zone)]
Email = Annotated[str, AfterValidator(email_address)]
Host = Annotated[str, AfterValidator(host_name)]
SenderOrDomain = Annotated[str, AfterValidator(sender_or_domain)]
Place = Annotated[str, AfterValidator(_place)]
"""Where a secret lies; assistant/signin/secrets.py fetches it."""
HttpsUrl = Annotated[str, AfterValidator(_https)]


class Settings(BaseModel):
    """Frozen; a key that does not exist is an error, so that a typing mistake is found."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object, info: ValidationInfo) -> object:
        """Read "" as nothing where nothing is allowed: TOML has no other word for it."""
        default = cls.model_fields[info.field_name or ""].default
        optional = default is None or info.field_name == "digest_at"
        return None if value == "" and optional else value

    @field_validator("*")
    @classmethod
    def _is_within_reason(cls, value: object, info: ValidationInfo) -> object:
        most = _MOST.get((info.field_name or "").rpartition("_")[2])
        if most is not None and isinstance(value, int | float) and not value <= most:
            raise ValueError(f"must be {most} at the most")
        return value
