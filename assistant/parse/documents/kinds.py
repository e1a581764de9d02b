"""Name, declared media type and first bytes -> what kind of file it is. The bytes count most: many programs send
every file as application/octet-stream, and a name can say anything."""  # noqa: D209 - one sentence

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ReadAs = Literal["pdf", "word", "sheet", "picture", "outlook", "winmail", "mail", "calendar", "unread"]


@dataclass(frozen=True, slots=True)
class Kind:
    called: str
    """As people call it; stands after "This"."""
    read_as: ReadAs
    refusal: str = "is of a kind that we do not read."


PDF = Kind("PDF", "pdf")
WORD = Kind("Word document", "word")
SHEET = Kind("spreadsheet", "sheet")
PICTURE = Kind("picture", "picture")
OUTLOOK = Kind("Outlook message", "outlook")
WINMAIL = Kind("winmail.dat", "winmail")
MAIL = Kind("attached mail", "mail")
CALENDAR = Kind("calendar entry", "calendar")
_ARCHIVE = Kind("archive", "unread", "is not opened.")
_LOCKED_ARCHIVE = Kind("archive", "unread", "is locked with a password; it was not opened.")
_LOCKED_OFFICE = Kind("Office file", "unread", "is locked with a password; it was not read.")
_OLD_WORD = Kind("Word document", "unread", "is in the format of Word 2003 and older, which we do not read.")
_OLD_SHEET = Kind("spreadsheet", "unread", "is in the format of Excel 2003 and older, which we do not read.")
_SLIDES = Kind("presentation", "unread")
_RTF = Kind("rich-text document", "unread")
_NEW_PHOTO = Kind("picture", "unread", "is in a format (HEIC) that we do not read.")
_DRAWING = Kind("drawing", "unread")
_RECORDING = Kind("recording", "unread", "was not listened to.")
_FILM = Kind("film", "unread", "was not watched.")
_ENCRYPTED = Kind("encrypted part", "unread", "can be read only by who holds its key; it was not read.")
_SIGNATURE = Kind("electronic signature", "unread", "was not checked.")
_EMPTY = Kind("file", "unread", "is empty.")
_UNKNOWN = Kind("file", "unread")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"GIF8", PICTURE),
    (b"x\x9f>\x22", WINMAIL),
    (b"{\\rtf", _RTF),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"-----BEGIN PGP MESSAGE", _ENCRYPTED),
)
_ENDINGS = {
    "doc": _OLD_WORD,
    "docm": WORD,
    "docx": WORD,
    "eml": MAIL,
    "gpg": _ENCRYPTED,
    "heic": _NEW_PHOTO,
    "ics": CALENDAR,
    "msg": OUTLOOK,
    "p7m": _ENCRYPTED,
    "p7s": _SIGNATURE,
    "pdf": PDF,
    "pptx": _SLIDES,
    "rtf": _RTF,
    "svg": _DRAWING,
    "xls": _OLD_SHEET,
    "xlsm": SHEET,
    "xlsx": SHEET,
    "zip": _ARCHIVE,
}
_TYPES = (
    ("application/pdf", PDF),
    ("application/vnd.openxmlformats-officedocument.wordprocessing", WORD),
    ("application/vnd.openxmlformats-officedocument.spreadsheet", SHEET),
    ("application/vnd.openxmlformats-officedocument.presentation", _SLIDES),
    ("application/msword", _OLD_WORD),
    ("application/vnd.ms-excel", _OLD_SHEET),
    ("application/vnd.ms-outlook", OUTLOOK),
    ("application/ms-tnef", WINMAIL),
    ("application/vnd.ms-tnef", WINMAIL),
    ("application/zip", _ARCHIVE),
    ("application/x-zip", _ARCHIVE),
    ("application/pkcs7-signature", _SIGNATURE),
    ("application/x-pkcs7-signature", _SIGNATURE),
    ("application/pgp-signature", _SIGNATURE),
    ("application/pgp-encrypted", _ENCRYPTED),
    ("application/pkcs7-mime", _ENCRYPTED),
    ("application/x-pkcs7-mime", _ENCRYPTED),
    ("application/ics", CALENDAR),
    ("text/calendar", CALENDAR),
    ("application/rtf", _RTF),
    ("text/rtf", _RTF),
    ("image/svg", _DRAWING),
    ("image/heic", _NEW_PHOTO),
    ("image/", PICTURE),
    ("audio/", _RECORDING),
    ("video/", _FILM),
)
_HEAD = 1024


def kind_of(name: str, media_type: str, content: bytes) -> Kind:
    """Return what a file is.

    >>> kind_of("scan", "application/octet-stream", b"%PDF-1.4").called
    'PDF'
    """
    by_ending = _ENDINGS.get(name.rpartition(".")[2].lower())
    by_type = next((kind for start, kind in _TYPES if media_type.startswith(start)), None)
    if not content and by_type is not OUTLOOK:
        return _EMPTY
    return by_bytes(content) or by_type or by_ending or _UNKNOWN


def by_bytes(content: bytes) -> Kind | None:
    """Return what the first bytes say; None where they say nothing, as those of a text do."""
    head = content[:_HEAD]
    if content.startswith(b"PK\x03\x04"):
        return _in_zip(content)
    if content.startswith(_OLE):
        return _in_ole(content)
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return _NEW_PHOTO
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return PICTURE
    # Some programs write a few bytes before a PDF begins (ISO 32000-1, annex H.3.4.1).
    return next((kind for start, kind in _STARTS if head.startswith(start)), PDF if b"%PDF-" in head else None)


def _in_zip(content: bytes) -> Kind:
    """Tell Office files from plain archives by the names in them, which stand uncompressed."""
    if b"word/document" in content:
        return WORD
    if b"xl/workbook" in content:
        return SHEET
    if b"ppt/presentation" in content:
        return _SLIDES
    is_locked = len(content) > 6 and bool(content[6] & 1)  # noqa: PLR2004 - the flags of the first file's header
    return _LOCKED_ARCHIVE if is_locked else _ARCHIVE


def _in_ole(content: bytes) -> Kind:
    """Tell the files of old Office apart by the names in them."""
    for name, kind in (
        ("EncryptedPackage", _LOCKED_OFFICE),
        ("__properties_version1.0", OUTLOOK),
        ("WordDocument", _OLD_WORD),
        ("Workbook", _OLD_SHEET),
    ):
        if name.encode("utf-16-le") in content:
            return kind
    return Kind("Office file", "unread", "is in an old format that we do not read.")
