"""A section of the configuration -> who gives its tokens."""

from __future__ import annotations

from assistant.config.settings import SignIn
from assistant.signin.grants import Provider
from assistant.signin.secrets import Secrets


def provider(name: str, settings: SignIn, secrets: Secrets) -> Provider:
    """Return who gives the tokens; only its own library is loaded.

    Raises:
        ConfigError: A secret is missing.

    """
    secret = secrets.get(f"{name}, client_secret", settings.client_secret)
    scopes, ca_file, timeout_s = settings.scopes, settings.ca_file, settings.timeout_s
    if settings.auth == "microsoft365":
        from assistant.signin.microsoft import Microsoft  # noqa: PLC0415

        return Microsoft(
            name,
            authority=settings.authority,
            tenant=settings.tenant,
            client_id=settings.client_id,
            client_secret=secret,
            scopes=scopes,
            ca_file=ca_file,
            timeout_s=timeout_s,
        )
    if settings.auth == "google":
        from assistant.signin.google import Google, ServiceAccount  # noqa: PLC0415

        if key := secrets.get(f"{name}, service_account", settings.service_account):
            return ServiceAccount(
                name, key=key, user=settings.user, scopes=scopes, ca_file=ca_file, timeout_s=timeout_s
            )
        return Google(
            name,
            client_id=settings.client_id,
            client_secret=secret or "",
            scopes=scopes,
            ca_file=ca_file,
            timeout_s=timeout_s,
        )
    from assistant.signin.refreshing import Refreshing  # noqa: PLC0415

    return Refreshing(
        name,
        token_url=settings.token_url,
        client_id=settings.client_id,
        client_secret=secret,
        scopes=scopes,
        ca_file=ca_file,
        timeout_s=timeout_s,
    )
