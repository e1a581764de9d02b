"""A secret out of the desktop's or server's key store. The only file that knows `keyring`, which is an extra."""

from __future__ import annotations

from assistant.errors import ConfigError


def looked_up(where: str, service: str, name: str) -> str:
    """Return the secret.

    Raises:
        ConfigError: The extra is not installed, there is no key store, it is locked, or it does not hold this.

    """
    try:
        import keyring  # noqa: PLC0415
        import keyring.errors  # noqa: PLC0415
    except ImportError:
        problem = "needs a library that is not installed; run: pip install 'coordination-assistant[keyring]'"
        raise ConfigError(where, problem) from None
    try:
        value = keyring.get_password(service, name)
    except (keyring.errors.KeyringError, RuntimeError) as error:
        raise ConfigError(where, f"the key store cannot be opened ({type(error).__name__})") from None
    if not value:
        raise ConfigError(where, f"the key store holds no {service}/{name}; run: keyring set {service} {name}")
    return value
