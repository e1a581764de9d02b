"""How we sign in: a section of the configuration -> a credential that mail servers are shown.

Passwords and keys come from `secrets`; tokens from Microsoft, Google or any server of RFC 6749, kept in a folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from assistant.config.settings import SignIn
from assistant.signin.cache import TokenCache
from assistant.signin.grants import Provider, Terminal
from assistant.signin.passwords import Password, credential
from assistant.signin.proofs import Credential, Proof
from assistant.signin.refusals import Refusals
from assistant.signin.secrets import Secrets
from assistant.signin.tokens import Token
from assistant.signin.trust import trusting, untrusted

__all__ = [
    "Credential",
    "Password",
    "Proof",
    "Secrets",
    "Terminal",
    "Token",
    "credential",
    "open_credential",
    "trusting",
    "untrusted",
]


def open_credential(
    name: str,
    settings: SignIn,
    secrets: Secrets,
    *,
    folder: Path,
    clock: Callable[[], datetime],
    remembers: bool = False,
) -> Password | Token:
    """Return the way in; nothing is connected yet.

    Args:
        name: The account's name, or the section's.
        settings: Where and as whom.
        secrets: Where its secrets come from.
        folder: Where tokens are kept.
        clock: Returns the time, aware, in UTC.
        remembers: Whether what a run before this one was refused is not shown again too soon. A person who tries
            whether it is let in now is not kept waiting.

    Raises:
        ConfigError: A secret is missing, or others could read it.

    """
    named = hashlib.sha256(name.encode()).hexdigest()[:24]
    refusals = Refusals(clock, folder / f"{named}.refused" if remembers else None)
    if settings.auth == "password":
        return Password(name, secrets.get(f"{name}, password", settings.password) or "", refusals)
    key = _key(settings)
    return Token(name, key, _provider(name, settings, secrets), TokenCache(folder, key), clock, refusals=refusals)


def _provider(name: str, settings: SignIn, secrets: Secrets) -> Provider:
    # Most commands sign in nowhere, and these libraries take their time.
    from assistant.signin.providers import provider  # noqa: PLC0415

    return provider(name, settings, secrets)


def _key(settings: SignIn) -> str:
    """Return what names a sign-in: reading and sending as the same user share one."""
    whose = (settings.auth, settings.authority, settings.tenant, settings.token_url, settings.client_id, settings.user)
    how = (settings.client_secret, settings.service_account, *settings.scopes)
    return hashlib.sha256("\0".join((*whose, *how)).encode()).hexdigest()[:24]
