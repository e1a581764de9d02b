"""The outside of an Office file, which is a ZIP archive: refused where it is locked or unpacks to too much."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from assistant.parse.documents.extracted import RefusedFileError

_MAX_RATIO = 100
_MAX_FILES = 5000
_SMALL = 5_000_000


def opened(content: bytes, max_unpacked: int) -> BytesIO:
    """Return the file, ready to be read, where it unpacks to no more than so many bytes.

    Raises:
        RefusedFileError: It is locked, or unpacks to more than is opened.
    """
    with ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusedFileError("is locked with a password; it was not read.")
    # An entry is never unpacked beyond the size that it states.
    unpacked = sum(entry.file_size for entry in entries)
    limit = max(_SMALL, min(max_unpacked, _MAX_RATIO * len(content)))
    if unpacked > limit or len(entries) > _MAX_FILES:
        raise RefusedFileError("unpacks to more than we open; it was not read.")
    return BytesIO(content)
