"""A picture -> the words on it. A fax comes as a TIFF with one picture a page, a photo as a JPEG."""

from __future__ import annotations

import re
from io import BytesIO

from PIL import Image, ImageOps, ImageSequence

from assistant.parse.documents.extracted import MAX_PAGES, Document, Recognise, RefusedFileError

_MAX_SIDE = 3500
_MAX_PIXELS = 60_000_000
_TOO_LARGE = "has more pixels than we open; it was not read."
_MIN_WORDS = 2
_WORD = re.compile(r"[^\W\d_]{3,30}")
_UNEVEN = 1.3


def read_picture(content: bytes, recognise: Recognise | None) -> Document:
    """Return the words on each of its pages.

    Raises:
        RefusedFileError: It is larger than what is opened, or no text recognition is installed.
    """
    if recognise is None:
        raise RefusedFileError("was not read: no text recognition is installed here.")
    with _opened(content) as picture:
        count = 1 if picture.format == "GIF" else getattr(picture, "n_frames", 1)
        texts: list[str] = []
        for page in ImageSequence.Iterator(picture):
            _check_size(page)
            text = recognise(drawn(_even(page))) if len(texts) < min(count, MAX_PAGES) else None
            if text is None:
                break
            texts.append(text if has_words(text) else "")
    if len(texts) < count:
        left_out = f"has {count:,} pages; only the first {len(texts)} were read."
    else:
        left_out = "" if any(texts) else "shows no words that we could read."
    return Document("\n\n".join(text for text in texts if text), left_out)


def _opened(content: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(content), formats=("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP"))
    except Image.DecompressionBombError as error:
        raise RefusedFileError(_TOO_LARGE) from error


def _check_size(page: Image.Image) -> None:
    if page.width * page.height > _MAX_PIXELS:
        raise RefusedFileError(_TOO_LARGE)


def has_words(text: str) -> bool:
    """Tell whether recognised text is text: of a photo, letters are recognised here and there."""
    return len(_WORD.findall(text)) >= _MIN_WORDS


def drawn(picture: Image.Image) -> bytes:
    """Return a picture grey, on white, upright and no larger than needed, as a file."""
    upright = ImageOps.exif_transpose(picture)
    if upright.has_transparency_data:
        on_white = Image.new("RGBA", upright.size, "white")
        on_white.alpha_composite(upright.convert("RGBA"))
        upright = on_white
    grey = upright.convert("L")
    grey.thumbnail((_MAX_SIDE, _MAX_SIDE))
    file = BytesIO()
    grey.save(file, "PPM")
    return file.getvalue()


def _even(picture: Image.Image) -> Image.Image:
    """Return a fax's picture in its true shape: in the usual fineness it has half as many dots down as across."""
    across, down = (float(one) for one in picture.info.get("dpi", (1, 1)))
    if down > 0 and across / down > _UNEVEN:
        return picture.convert("L").resize((picture.width, min(_MAX_SIDE, round(picture.height * across / down))))
    return picture
