"""config.toml -> Config, the people in it, and where prompts/ and rules/ lie."""

from assistant.config.load import load
from assistant.config.material import material
from assistant.config.model import ModelSettings
from assistant.config.people import people
from assistant.config.settings import (
    AccountSettings,
    Assistant,
    Config,
    Organisation,
    PersonSettings,
    SignIn,
    SmtpBackupSettings,
    SmtpSettings,
)

__all__ = [
    "AccountSettings",
    "Assistant",
    "Config",
    "ModelSettings",
    "Organisation",
    "PersonSettings",
    "SignIn",
    "SmtpBackupSettings",
    "SmtpSettings",
    "load",
    "material",
    "people",
]
