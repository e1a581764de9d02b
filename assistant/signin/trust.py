"""Whom we believe to be who they say: an authority -> SSLContext. There is no mode that believes everybody."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import ConfigError

_MANY = 50


def trusting(where: str, ca_file: Path | None = None) -> ssl.SSLContext:
    """Return a context that checks the certificate and its name, against `ca_file` alone where that is set.

    Raises:
        ConfigError: The file cannot be used.

    """
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        # `from None`, and no strerror of OpenSSL's: it says no more than this.
        why = (error.strerror or "not PEM") if not isinstance(error, ssl.SSLError) else "not PEM"
        raise ConfigError(where, f"ca_file {ca_file} cannot be used ({why})") from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def untrusted(error: BaseException) -> str | None:
    """Return what is wrong with the peer's certificate, where that stands behind an error; None where it does not."""
    said = (str(one.verify_message) for one in causes(error) if isinstance(one, ssl.SSLCertVerificationError))
    return next(said, None)


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what stands behind it; some libraries carry that as an argument."""
    found: list[BaseException] = [error]
    for one in found:
        yield one
        behind = (one.__cause__, one.__context__, *one.args, getattr(one, "reason", None))
        found += [other for other in behind if isinstance(other, BaseException) and other not in found]
        if len(found) > _MANY:
            return
