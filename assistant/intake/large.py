"""A mail over the size limit: which of its bytes are taken.

The beginning holds the headers and, in nearly all mails, the text; the end holds a text that stands behind its
attachments, as some phones write it. Both are plain runs of bytes, which every server can hand out, and MIME's
boundary lines make one mail of them again; what lies between, the inside of attachments, is left out.
"""

from __future__ import annotations

from collections.abc import Callable

BEGINNING_BYTES = 512 * 1024
END_BYTES = 128 * 1024


def beginning_and_end(read: Callable[[int, int], bytes], size: int, limit: int) -> bytes:
    r"""Return a mail in part.

    Args:
        read: `read(start, length)` returns that run of the mail's bytes; fewer where the mail ends before.
        size: The whole mail's, in bytes; more than `limit`.
        limit: The most to take, in bytes.

    >>> mail = b"Subject: x" + b"=" * 100 + b"--end"
    >>> beginning_and_end(lambda start, length: mail[start : start + length], size=len(mail), limit=24)
    b'Subject: x========\r\n\r\n=--end'

    """
    end = min(END_BYTES, limit // 4)
    beginning = min(BEGINNING_BYTES, limit - end)
    # The empty line keeps two cut lines of text from being read as one, and ends headers that were cut.
    # It also sees to it that a boundary line at the cut still starts a line.
    return read(0, beginning) + b"\r\n\r\n" + read(size - end, end)
