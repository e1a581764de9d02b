"""Stage 6: Notices -> OutgoingMail -> sent. Mails are rendered once, kept as final bytes, and sent as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from assistant.config.settings import SignIn
from assistant.outbox.reader import names_of
from assistant.outbox.render import render
from assistant.outbox.return_ways import Sender
from assistant.outbox.smtp import Smtp
from assistant.records import Check, OutgoingMail
from assistant.signin import Credential, credential

__all__ = ["Courier", "Sender", "names_of", "open_smtp", "render"]


class Courier(Protocol):
    """Takes a mail to its recipient."""

    def send(self, mail: OutgoingMail) -> None:
        """Hand the mail to a server that takes it.

        Raises:
            TransientError: It surely did not leave; sending it again is safe.
            UncertainDeliveryError: It may have left; look for its Message-ID before sending it again.
            RefusedMailError: It is refused for good.
            SignInError: The server refuses us.

        """

    def check(self) -> Check:
        """Return whether a mail could leave now, without sending one."""


def open_smtp(settings: SignIn, way_in: Credential | str, last_look: Callable[[], None] = lambda: None) -> Courier:
    """Return the courier for the configured server; nothing is connected before the first mail. A text is a password.

    `last_look` is called as late as can be: before the server is given a mail, and before it is told of the mail's end.
    What it raises ends the try, and the mail surely did not leave.

    Raises:
        ConfigError: No server is named, or its certificate authority cannot be read.

    """
    return Smtp(settings, credential(way_in), last_look)
