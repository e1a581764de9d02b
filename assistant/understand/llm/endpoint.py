"""A conversation -> the model's reply, asked for in the strictest form of JSON that this endpoint turns out to know.

What an endpoint cannot do (structured answers, `temperature`, `max_tokens`) is learnt from its refusals and remembered.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from assistant.config.model import ModelSettings
from assistant.errors import ModelUnavailableError, UnusableAnswerError
from assistant.understand.llm.prompt import Turn

if TYPE_CHECKING:
    from assistant.understand.llm.client import Client

FORMS: Final = ("json_schema", "json_object", "text")
"""Ways to ask for JSON, the strictest first."""
_OPTIONS = ("temperature", "max_tokens")
"""Refused by some models, which want `max_completion_tokens`, or no temperature at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back."""

    text: str
    """Empty where the model said nothing or refused."""
    is_cut: bool
    """True where it stopped at the limit of tokens."""
    is_refusal: bool
    tokens_in: int
    tokens_out: int


class RefusedRequestError(Exception):
    """The endpoint is up, but does not take this request.

    Attributes:
        status: The HTTP status.
        said: The body; it may repeat the mail, so it is for looking into, never for a log.

    """

    def __init__(self, status: int, said: str) -> None:
        self.status = status
        self.said = said.lower()
        super().__init__(f"HTTP {status}")

    @property
    def is_too_long(self) -> bool:
        """True where the conversation is longer than the model can take."""
        clues = ("length", "exceed", "too long", "window", "size")
        return self.status == 413 or ("context" in self.said and any(clue in self.said for clue in clues))  # noqa: PLR2004 - Content Too Large (RFC 9110, 15.5.14)


class TooLongError(Exception):
    """The conversation is longer than the model can take."""


class Endpoint:
    """One model behind one address; safe to be used by several threads."""

    def __init__(self, settings: ModelSettings, api_key: str | None) -> None:
        self._settings = settings
        self._api_key = api_key
        self._lock = threading.Lock()
        self._client: Client | None = None
        self._form: str | None = None
        """The strictest form that has worked."""
        self._refused: set[str] = set()
        """Those of _OPTIONS that the endpoint does not take."""
        self._was_out = False

    def ask(self, turns: tuple[Turn, ...], *, name: str, schema: dict[str, Any], is_second: bool = False) -> Reply:
        """Return the model's reply.

        Args:
            turns: The conversation so far.
            name: The answer's name, for endpoints that want one.
            schema: The answer's JSON schema.
            is_second: True where the first reply was of no use; it is then asked for in the next looser form, for a
                form that is kept to would have brought something.

        Raises:
            ModelUnavailableError: There was no answer; later there may be one.
            UnusableAnswerError: The endpoint takes other requests, but not this one.
            TooLongError: The endpoint takes other requests, but none of this length.

        """
        proven = self._form
        first = min(FORMS.index(proven or FORMS[0]) + is_second, len(FORMS) - 1)
        # A form that has worked before is never given up because of one refusal.
        forms = (FORMS[first],) if proven else FORMS[first:]
        try:
            form, reply = self._first_taken(turns, forms, name, schema)
        except RefusedRequestError as refusal:
            self._was_out = refusal.status >= 500  # noqa: PLR2004 - server errors (RFC 9110, 15.6)
            if refusal.is_too_long:
                raise TooLongError from None
            if proven and not self._was_out:
                raise UnusableAnswerError(f"the endpoint refuses it with HTTP {refusal.status}") from None
            raise ModelUnavailableError(f"the model's endpoint answered with HTTP {refusal.status}") from None
        except ModelUnavailableError:
            self._was_out = True
            raise
        self._was_out = False
        if not is_second:
            self._form = form
        return reply

    def _first_taken(
        self, turns: tuple[Turn, ...], forms: tuple[str, ...], name: str, schema: dict[str, Any]
    ) -> tuple[str, Reply]:
        """The first of `forms` that the endpoint takes, and its reply; raises what it says to the last of them."""
        for form in forms[:-1]:
            try:
                return form, self._send(turns, form, name, schema, may_wait=form == forms[0])
            except RefusedRequestError as refusal:
                if refusal.is_too_long:
                    raise
        return forms[-1], self._send(turns, forms[-1], name, schema, may_wait=len(forms) == 1)

    def _send(self, turns: tuple[Turn, ...], form: str, name: str, schema: dict[str, Any], *, may_wait: bool) -> Reply:
        # While an outage lasts, and while forms are tried out, one attempt each will do.
        retries = self._settings.retries if may_wait and not self._was_out else 0
        client = self._opened()
        while True:
            try:
                return client.send(self._request(turns, form, name, schema), retries=retries)
            except RefusedRequestError as refusal:
                option = next((one for one in _OPTIONS if one in refusal.said and one not in self._refused), None)
                if option is None:
                    raise
                self._refused.add(option)

    def _request(self, turns: tuple[Turn, ...], form: str, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        limit = "max_completion_tokens" if "max_tokens" in self._refused else "max_tokens"
        request: dict[str, Any] = {
            "model": self._settings.model or "default",
            "messages": [{"role": turn.role, "content": turn.text} for turn in turns],
            limit: self._settings.max_tokens,
        }
        if "temperature" not in self._refused:
            request["temperature"] = 0
        if form == "json_schema":
            wanted = {"name": name, "strict": True, "schema": schema}
            request["response_format"] = {"type": form, "json_schema": wanted}
        elif form == "json_object":
            request["response_format"] = {"type": form}
        return request

    def _opened(self) -> Client:
        with self._lock:
            if self._client is None:
                # Most commands never ask a model, and this import takes two seconds of CPU.
                from assistant.understand.llm.client import Client  # noqa: PLC0415

                self._client = Client(self._settings, self._api_key)
            return self._client
