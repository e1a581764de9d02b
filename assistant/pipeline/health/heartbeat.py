"""A word to the service that calls somebody when such words stop, or when one says that something fails."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

import structlog

from assistant.pipeline.parts import Snapshot
from assistant.signin import trusting, untrusted

log = structlog.get_logger()
_TIMEOUT_S = 10


def beat(url: str, snapshot: Snapshot) -> bool:
    """Tell the service at `url`, or at `url`/fail, that we are at work; return whether it heard it.

    The body holds counts alone: not even the name of a mailbox leaves the house.
    """
    # Most commands tell nobody, and this import takes its time.
    import httpx2  # noqa: PLC0415

    levels = [one.level for one in snapshot.conditions]
    counts = {**snapshot.counts, "parts_degraded": levels.count("degraded"), "parts_failing": levels.count("failing")}
    body = "".join(f"{name} {count}\n" for name, count in counts.items())
    try:
        trust = trusting("[health] heartbeat_url")
        answer = httpx2.post(
            _address(url, is_failing=snapshot.is_failing), content=body, timeout=_TIMEOUT_S, verify=trust
        )
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
        problem = untrusted(error)
        said = type(error).__name__ if problem is None else f"its certificate is not to be trusted ({problem})"
        log.warning("heartbeat_not_heard", problem=said)
        return False
    if not answer.is_success:
        log.warning("heartbeat_not_heard", problem=f"HTTP {answer.status_code}")
    return answer.is_success


def _address(url: str, *, is_failing: bool) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/fail")) if is_failing else url
