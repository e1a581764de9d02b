"""Every file that git tracks, read for what could be somebody's: addresses, telephone and social security numbers.

Names and dates cannot be told from real ones; these can, since each kind has a range that is nobody's.
"""

from __future__ import annotations

import ipaddress
import re
import subprocess
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import compat32
from pathlib import Path

import pytest

from assistant.parse.documents import kind_of, text_of
from tests.docs.sections import README

ROOT = README.parent
BINARY = frozenset({".npz", ".png"})
MEANT = {
    "dana@gmail.com": "a domain that everybody may have, as an example",
    "eve@gmail.com": "likewise",
    "8.8.8.8": "a server outside of our network: no address of a documentation range counts as one",
    "172.32.0.9": "the first network that is not a private one any more",
}
"""What may stand, and why."""

_MAIL = re.compile(r"[\w.%+-]{1,64}@((?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,63})")
# RFC 2606, RFC 6761. Some of our mails write a letter of `example` in another alphabet.
_RESERVED = re.compile(r"(?:.*\.)?(?:ex[a\u0430]mple|test|invalid|localhost|example\.(?:com|net|org))\Z", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w.+-])(?:\+?1[-. ]?)?(?:\([2-9]\d\d\)|[2-9]\d\d[-. ])[-. ]?([2-9]\d\d)[-. ](\d{4})(?![\w-])"
    r"|(?<!\w)\+1[2-9]\d\d([2-9]\d\d)(\d{4})(?!\w)"
    r"|(?<![\w.-])(555)[-. ](\d{4})(?![\w-])"
    r"|(?i:call|phone|tel|fax|cell|mobile|pager|page|llame al|tel.fono)[:.]? ([2-9]\d\d)[-. ](\d{4})(?![\w-])"
)
_ABROAD = re.compile(r"(?<![\w=+])\+(?!1\b|1[2-9]\d\d)[2-9]\d{0,2}[ ()-]{1,2}\d[\d ()-]{6,14}\d")
# What Ofcom keeps for films.
_NOBODY_ABROAD = "+44 20 7946 0"
_SSN = re.compile(r"(?<![\w-])(\d{3})([- ])(\d{2})\2(\d{4})(?![\w-])")
# Printed in advertisements, and void since (SSA): 078-05-1120, 219-09-9999, 987-65-4320 to -4329.
_VOID = frozenset({"078051120", "219099999"})
_IPV4 = re.compile(r"(?<![\w.-])(?<!RFC \d{4}, )(\d{1,3}(?:\.\d{1,3}){3})(?![\w-]|\.\d)")
_IPV6 = re.compile(r"(?<![\w:.])((?:[0-9a-fA-F]{1,4}:){2,7}(?::?[0-9a-fA-F]{1,4}(?![\w:])|:))")


def found(text: str) -> Iterator[str]:
    """Yield what in a text could be somebody's."""
    yield from (it[0] for it in _MAIL.finditer(text) if not _RESERVED.match(it[1]) and it[0].lower() not in MEANT)
    for it in _PHONE.finditer(text):
        exchange, line = (group for group in it.groups() if group)
        if exchange != "555" or not line.startswith("01"):
            yield it[0]
    yield from (it[0] for it in _ABROAD.finditer(text) if not it[0].startswith(_NOBODY_ABROAD))
    for it in _SSN.finditer(text):
        if it[1] not in {"000", "666"} and it[1] < "900" and it[1] + it[3] + it[4] not in _VOID:
            yield it[0]
    yield from (it[1] for kind in (_IPV4, _IPV6) for it in kind.finditer(text) if _is_somewhere(it[1]))


def _is_somewhere(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    # What lies before 2000::/3 is given to nobody.
    return address.is_global and text not in MEANT and (address.version == 4 or address.packed[0] >> 5 == 1)


def texts(path: Path) -> Iterator[str]:
    """Yield the text of a file; of a mail, with its lines whole and what it carries."""
    content = path.read_bytes()
    text = content.decode("utf-8", "replace")
    if path.suffix == ".eml":
        yield re.sub(r"=\r?\n", "", text)
        for part in message_from_bytes(content, policy=compat32).walk():
            if part.get("Content-Transfer-Encoding", "").lower() == "base64" and not part.is_multipart():
                yield from _carried(part.get_payload(decode=True))
        return
    # What a program writes as one letter.
    yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda it: chr(int(it[1], 16)), re.sub(r"\\[nrt]", "\n", text))


def _carried(content: object) -> Iterator[str]:
    assert isinstance(content, bytes)
    yield content.decode("utf-8", "replace")
    yield text_of(kind_of("", "", content), content).text or ""


def somebodys(paths: list[Path]) -> list[str]:
    """Return what the files hold that could be somebody's."""
    return [f"{path.name}: {one}" for path in paths for one in sorted({it for t in texts(path) for it in found(t)})]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only git knows which files are the project's")
def test_no_file_of_the_project_holds_what_could_be_somebodys():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name and Path(name).suffix not in BINARY]

    assert len(paths) > 1000
    assert somebodys(paths) == []


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.txt", "write to marta.hale@~stvincent-heart.org", "marta.hale@~stvincent-heart.org"),
        ("a.py", r'"Thanks\nmarta@~clinic.com\n"', "marta@~clinic.com"),
        ("a.eml", "Subject: x\n\nwrite to marta@~stvin=\ncent.org", "marta@~stvincent.org"),
        ("a.eml", "Content-Transfer-Encoding: base64\n\nY2FsbCA2MTctMzQyLTAxOTkgdG9kYXk=", "617-342~-0199"),
        ("a.json", r'{"body": "Call\n(617) 342~-0199"}', "(617) 342~-0199"),
        ("a.md", "fax +1 617.555~.0234", "+1 617.555~.0234"),
        ("a.md", "+1~6173420199", "+1~6173420199"),
        ("a.md", "pager 342~-0199", "pager 342~-0199"),
        ("a.md", "at 555~-0234", "555~-0234"),
        ("a.md", "at +4~9 30 1234 5678", "+4~9 30 1234 5678"),
        ("a.md", "SSN 536~-12-4471", "536~-12-4471"),
        ("a.md", "536~ 12 4471", "536~ 12 4471"),
        ("a.md", "[20.42~.65.92]", "20.42~.65.92"),
        ("a.md", "from 2603~:10b6:5:3c::9 by", "2603~:10b6:5:3c::9"),
    ],
)
def test_what_could_be_somebodys_is_found(tmp_path: Path, name: str, text: str, told: str):
    # This file is read as well: what it plants is broken by a mark.
    (tmp_path / name).write_text(text.replace("~", ""), encoding="utf-8")

    assert somebodys([tmp_path / name]) == [f"{name}: {told.replace('~', '')}"]


@pytest.mark.parametrize(
    "text",
    [
        *("dana@clinic.example", "dana@mail.example.org", "dana@gmail.com", "call 617-555-0134", "555-0134"),
        *("+44 20 7946 0958", "SSN 912-44-7781", "666-12-4471", "078-05-1120", "987-65-4320", "10.0.0.7", "192.0.2.1"),
        *("2001:db8::7", "::1", "at 10:30:45", "(RFC 9051, 2.3.1.1)", "MRN 884-2207", "2026-11-22", "order 303-4471"),
    ],
)
def test_what_is_nobodys_may_stand(text: str):
    assert list(found(text)) == []
