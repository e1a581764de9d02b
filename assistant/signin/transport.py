"""HTTPS to who gives tokens. The only file that knows `requests`: always verified, no redirect, no netrc, no wait."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from assistant.errors import ConfigError, TransientError
from assistant.signin.trust import causes, trusting, untrusted

_BUSY = 429
_BROKEN = 500


class Session(requests.Session):
    """Asks one address and follows nobody's word to another: what is sent here is worth a mailbox."""

    def __init__(self, where: str, ca_file: Path | None, timeout_s: float) -> None:
        super().__init__()
        self._timeout_s = timeout_s
        secure(self, where, ca_file)

    def request(self, method: str, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401 - as the library has it
        text = url.decode() if isinstance(url, bytes) else url
        if urlsplit(text).scheme != "https":
            raise requests.exceptions.InvalidSchema("tokens travel by https alone")
        kwargs |= {"allow_redirects": False, "timeout": self._timeout_s}
        kwargs.pop("verify", None)
        answer = super().request(method, text, *args, **kwargs)
        if answer.status_code == _BUSY or answer.status_code >= _BROKEN:
            raise requests.HTTPError(f"HTTP {answer.status_code}", response=answer)
        return answer


def secure(session: requests.Session, where: str, ca_file: Path | None) -> None:
    """Let a session verify as we do, whatever the environment says, and give no name and password of a netrc."""
    session.verify = str(ca_file) if ca_file is not None else True
    session.trust_env = False
    session.max_redirects = 0
    session.mount("https://", _Adapter(trusting(where, ca_file)))


class _Adapter(HTTPAdapter):
    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().init_poolmanager(*args, **kwargs, ssl_context=self._context)


def posted(session: Session, url: str, fields: dict[str, str]) -> dict[str, object]:
    """Return the answer to a form, empty where it is no JSON object."""
    answer = session.post(url, data=fields, headers={"Accept": "application/json"})
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


@contextmanager
def asking(name: str, host: str) -> Iterator[None]:
    """Translate what goes wrong on the way; the chain is cut, as it may hold what was sent."""
    try:
        yield
    except Exception as error:
        if (problem := untrusted(error)) is not None:
            said = f"the certificate of {host} is not to be trusted ({problem}); nothing was sent"
            raise ConfigError(name, said) from None
        if not _is_of_the_way(error):
            raise
        raise TransientError(f"{name}: {host} gives no token just now ({_reason(error)})") from None


def _is_of_the_way(error: BaseException) -> bool:
    return any(isinstance(one, requests.RequestException) for one in causes(error))


def _reason(error: BaseException) -> str:
    answer = getattr(error, "response", None)
    return f"HTTP {answer.status_code}" if isinstance(answer, requests.Response) else type(error).__name__
