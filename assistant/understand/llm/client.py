"""One request -> the reply. The only file that knows the `openai` client: importing it takes two seconds of CPU."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx2
import openai

from assistant.config.model import ModelSettings
from assistant.errors import ModelUnavailableError
from assistant.signin import trusting, untrusted
from assistant.understand.llm.endpoint import RefusedRequestError, Reply

MAX_WAIT_S = 30.0
"""A server that wants us to wait longer is out for now: the embedded engine stands in, the model reads later."""
_CONNECT_S = 5.0
_MAX_ANSWER_BYTES = 4_000_000
_THIS_REQUEST = {400, 413, 415, 422, 500, 501}
"""Answers that may be about what we sent. (Some servers meet a form that they do not know with an internal error.)"""


class Client:
    """One address; safe to be used by several threads."""

    def __init__(self, settings: ModelSettings, api_key: str | None) -> None:
        self._limits = _Limits(settings.timeout_s)
        self._openai = openai.OpenAI(
            base_url=settings.base_url,
            api_key=api_key or "none",
            timeout=openai.Timeout(settings.timeout_s, connect=min(settings.timeout_s, _CONNECT_S)),
            http_client=openai.DefaultHttpxClient(
                verify=trusting("[model] ca_file", settings.ca_file),
                # A mail goes to the configured address and to no other.
                follow_redirects=False,
                # Mails come minutes apart: a connection kept open would be stale by then, and somebody's to close.
                limits=httpx2.Limits(max_keepalive_connections=0),
                event_hooks={"response": [self._limits.put_on]},
            ),
        )

    def send(self, request: dict[str, Any], *, retries: int) -> Reply:
        """Return the reply to a chat request, tried again `retries` times where that may help.

        Raises:
            RefusedRequestError: The endpoint is up, but does not take this request.
            ModelUnavailableError: The endpoint is down, busy, locked to us, or speaks another language.

        """
        # Without `from None` a log would hold what the endpoint wrote, and it may repeat the mail.
        try:
            completion = self._openai.with_options(max_retries=retries).chat.completions.create(**request)
        except openai.APIStatusError as error:
            if error.status_code in _THIS_REQUEST:
                raise RefusedRequestError(error.status_code, str(error.body)[:2000]) from None
            raise ModelUnavailableError(f"the model's endpoint answered with HTTP {error.status_code}") from None
        # Its own errors, and what escapes it where an answer is no JSON, no UTF-8 or nested too deeply.
        except (openai.OpenAIError, httpx2.HTTPError, ValueError, TypeError, RecursionError) as error:
            if (problem := untrusted(error)) is not None:
                said = f"the certificate of the model's endpoint is not to be trusted ({problem}); nothing was sent"
                raise ModelUnavailableError(said) from None
            said = f"the model's endpoint did not answer ({type(error).__name__})"
            raise ModelUnavailableError(said, may_have_cost=_may_have_cost(error)) from None
        return _reply(completion)


class _Limits:
    """What a response may take: the client's own timeout limits only the silence between two bytes."""

    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = timeout_s

    def put_on(self, response: httpx2.Response) -> None:
        """Limit the wait before a retry, and the time and size of what follows; called when the headers are in."""
        waits = [(response.headers.get("retry-after"), 1), (response.headers.get("retry-after-ms"), 1000)]
        if any(wait is not None and not _is_short(wait, per_s) for wait, per_s in waits):
            response.headers["x-should-retry"] = "false"
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _LimitedStream(response.stream, time.monotonic() + self._timeout_s)


class _LimitedStream(httpx2.SyncByteStream):
    """A response's bytes, until they are too many or too late."""

    def __init__(self, inner: httpx2.SyncByteStream, ends_at: float) -> None:
        self._inner = inner
        self._ends_at = ends_at

    def __iter__(self) -> Iterator[bytes]:
        left = _MAX_ANSWER_BYTES
        for chunk in self._inner:
            left -= len(chunk)
            if left < 0 or time.monotonic() > self._ends_at:
                raise httpx2.ReadTimeout("the answer has no end")
            yield chunk

    def close(self) -> None:
        self._inner.close()


def _may_have_cost(error: Exception) -> bool:
    """Return whether the endpoint may have worked on a question to which it did not answer."""
    is_late = isinstance(error, openai.APITimeoutError | httpx2.TimeoutException)
    return is_late and not isinstance(error.__cause__, httpx2.ConnectTimeout)


def _is_short(wait: str, per_s: int) -> bool:
    try:
        return float(wait) / per_s <= MAX_WAIT_S
    except ValueError:
        # A date: rare, and never meant for seconds.
        return False


def _reply(completion: object) -> Reply:
    """Read a completion that nobody has checked: the client's types say what should be there, not what is."""
    choices = getattr(completion, "choices", None)
    if not isinstance(choices, list) or not choices:
        raise ModelUnavailableError("what answers at the model's address is no model")
    message = getattr(choices[0], "message", None)
    reason = getattr(choices[0], "finish_reason", None)
    text = getattr(message, "content", None)
    usage = getattr(completion, "usage", None)
    return Reply(
        text=text if isinstance(text, str) else "",
        is_cut=reason == "length",
        is_refusal=bool(getattr(message, "refusal", None)) or reason == "content_filter",
        tokens_in=_count(getattr(usage, "prompt_tokens", None)),
        tokens_out=_count(getattr(usage, "completion_tokens", None)),
    )


def _count(tokens: object) -> int:
    return tokens if isinstance(tokens, int) and not isinstance(tokens, bool) and tokens > 0 else 0
