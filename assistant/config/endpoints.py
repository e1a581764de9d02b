"""A model's address -> whether what is sent there stays in our own network."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

_OURS = tuple(
    ip_network(net)
    for net in ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10")
)
"""The machine itself, and the addresses that no router of the internet passes on (RFC 1918, 4193, 4291)."""
_NAMES = (".localhost", ".local", ".internal")
"""Endings that never are names of the public internet (RFC 6761, 6762; ICANN 2024)."""


def is_hosted(url: str) -> bool:
    """Return whether an endpoint is somebody else's, by its address alone: a name is not looked up.

    >>> is_hosted("http://10.2.0.7:8080/v1"), is_hosted("https://llm.clinic.internal"), is_hosted("https://10.evil.net")
    (False, False, True)
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return True
    if host == "localhost" or host.endswith(_NAMES):
        return False
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return True
    return not any(address in net for net in _OURS if net.version == address.version)
