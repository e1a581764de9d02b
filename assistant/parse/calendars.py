"""An invitation (text/calendar) -> the few lines of it that a person would read."""

from __future__ import annotations

import re

_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r"([A-Za-z-]{1,40})((?:;[^:\"]{0,300}(?:\"[^\"]{0,300}\"[^:\"]{0,300}){0,5})?):(.*)")
_TZID = re.compile(r"TZID=\"?([^\";:]{1,80})", re.IGNORECASE)
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z?))?")
_SHOWN = {
    "SUMMARY": "Summary",
    "DTSTART": "Start",
    "DTEND": "End",
    "DUE": "Due",
    "LOCATION": "Location",
    "DESCRIPTION": "Description",
    "STATUS": "Status",
}
_METHODS = {"CANCEL": "This event is cancelled.", "REQUEST": "Invitation", "REPLY": "Answer to an invitation"}
_MAX_LINES = 500
_ESCAPED = re.compile(r"\\([nN,;\\])")


def calendar_text(text: str) -> str:
    r"""Return summary, start, end, place and description of each event, one line each.

    >>> print(calendar_text("BEGIN:VEVENT\nSUMMARY:Huddle\nDTSTART;TZID=America/Chicago:20260312T140000\nEND:VEVENT"))
    Summary: Huddle
    Start: 2026-03-12 14:00 (America/Chicago)
    """
    shown: list[str] = []
    depth: list[str] = []
    for line in _FOLD.sub("", text.replace("\r\n", "\n")).split("\n"):
        match = _LINE.match(line[:20_000])
        if match is None or len(shown) > _MAX_LINES:
            continue
        name, parameters, value = match[1].upper(), match[2], match[3].strip()
        if name == "BEGIN":
            depth.append(value.upper())
        elif name == "END" and depth:
            depth.pop()
        elif name == "METHOD" and value.upper() in _METHODS:
            shown.append(_METHODS[value.upper()])
        elif name in _SHOWN and value and depth[-1:] in (["VEVENT"], ["VTODO"]):
            shown.append(f"{_SHOWN[name]}: {_read(name, parameters, value)}")
    return "\n".join(shown)


def _read(name: str, parameters: str, value: str) -> str:
    if name not in ("DTSTART", "DTEND", "DUE"):
        return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value).strip()
    stamp = _STAMP.match(value)
    if stamp is None:
        return value
    day = f"{stamp[1]}-{stamp[2]}-{stamp[3]}"
    zone = _TZID.search(parameters)
    place = " UTC" if stamp[7] else f" ({zone[1]})" if zone else ""
    return f"{day} {stamp[4]}:{stamp[5]}{place}" if stamp[4] else day
