"""A mail's styles -> which of its HTML a reader cannot see: what is hidden from people must not speak to a model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

_COMMENT = re.compile(r"/\*[^*]{0,20000}(?:\*(?!/)[^*]{0,20000}){0,500}\*/|<!--|-->")
_CONDITION = re.compile(r"width|height|print|prefers|resolution|ratio|device|orientation", re.IGNORECASE)
_NUMBER = re.compile(r"(-?\d{0,6}(?:\.\d{1,6})?)\s{0,3}([a-z%]{0,4})")
_RGB = re.compile(
    r"rgba?\(\s{0,3}(\d{1,3})[\s,]{1,5}(\d{1,3})[\s,]{1,5}(\d{1,3})(?:[\s,/]{1,5}([\d.]{1,6})%?)?\s{0,3}\)"
)
_HEX = re.compile(r"#([0-9a-f]{3,8})(?![0-9a-f])")
_NAMES = {
    "black": (0, 0, 0),
    "white": (255, 255, 255),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245),
    "floralwhite": (255, 250, 240),
    "red": (255, 0, 0),
    "green": (0, 128, 0),
    "blue": (0, 0, 255),
    "navy": (0, 0, 128),
    "yellow": (255, 255, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "lightgray": (211, 211, 211),
    "lightgrey": (211, 211, 211),
}
_MAX_RULES = 300
_MAX_SELECTOR = 120
_TOO_SMALL_PX = 1.5
_FAR_AWAY_PX = -500
_SAME = 24
"""Red, green and blue together may differ by this much, of 765, and still be one colour to the eye."""
_RELEVANT = re.compile(
    r"display|visibility|opacity|font|color|background|mso-hide|height|width|overflow|indent|left|top|clip|scale"
)

_SHIFTS = ("text-indent", "left", "top", "margin-left")
_HIDING = frozenset({"clip", "display", "mso-hide", "opacity", "overflow", "transform", "visibility", *_SHIFTS})
"""The properties without which `_hides` finds nothing."""

Colour = tuple[int, int, int]
Style = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How text in an element looks; children inherit it."""

    is_hidden: bool = False
    is_tiny: bool = False
    colour: Colour = (0, 0, 0)
    behind: Colour | None = (255, 255, 255)
    """None where a picture or a gradient is: nothing can be said then."""

    @property
    def is_seen(self) -> bool:
        return not (self.is_hidden or self.is_tiny or self._is_camouflaged)

    @property
    def _is_camouflaged(self) -> bool:
        behind = self.behind
        return behind is not None and sum(abs(one - two) for one, two in zip(self.colour, behind, strict=True)) <= _SAME

    def as_link(self) -> Look:
        """Return the look of a link, which is blue whatever it stands in."""
        return replace(self, colour=(0, 0, 238))

    def within(self, style: Style, attributes: Mapping[str, str | None]) -> Look:
        """Return the look of an element with these styles inside of this one."""
        paint = style.get("color") or attributes.get("color") or attributes.get("text") or ""
        size = style.get("font-size") or style.get("font", "")
        is_transparent = style.get("color") == "transparent"
        look = Look(
            is_hidden=self.is_hidden or "hidden" in attributes or is_transparent or _hides(style),
            is_tiny=_is_tiny(size, was=self.is_tiny) if size else self.is_tiny,
            colour=(_colour(paint) if paint else None) or self.colour,
            behind=self._behind(style, attributes),
        )
        return self if look == self else look

    def _behind(self, style: Style, attributes: Mapping[str, str | None]) -> Colour | None:
        paint = style.get("background-color") or style.get("background") or attributes.get("bgcolor") or ""
        if attributes.get("background") or "url(" in paint or "gradient" in paint or "background-image" in style:
            return None
        return (_colour(paint) if paint else None) or self.behind


# A mail program writes the same few styles over and over.
@lru_cache(maxsize=4096)
def declarations(text: str) -> Style:
    """Return the declarations of a style attribute or rule, names and values in lower case.

    >>> declarations("Color: #FFF; display:none !important")
    {'color': '#fff', 'display': 'none'}
    """
    found: dict[str, str] = {}
    for declaration in _COMMENT.sub("", text[:20_000]).lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def rules(sheet: str) -> list[tuple[str, Style]]:
    """Return the selectors of a style sheet whose declarations may hide text, with these, in order.

    Rules for small screens and for print are left out; those for every screen are taken.
    """
    found: list[tuple[str, Style]] = []
    skipped_depth = 0
    depth = 0
    for piece in re.split(r"(?<=[{}])", _COMMENT.sub("", sheet[:200_000])):
        if piece.endswith("{"):
            depth += 1
            selector = piece[:-1].strip()
            if not skipped_depth and selector.startswith("@") and _CONDITION.search(selector):
                skipped_depth = depth
            pending = selector
        elif piece.endswith("}"):
            if not skipped_depth and depth and not pending.startswith("@") and _RELEVANT.search(piece):
                found += [(one.strip(), declarations(piece[:-1])) for one in pending.split(",") if _is_plain(one)]
            skipped_depth = 0 if skipped_depth == depth else skipped_depth
            depth = max(0, depth - 1)
            pending = "@"
    return found[:_MAX_RULES]


def _is_plain(selector: str) -> bool:
    """Tell whether a selector is worth asking for: no pseudo class, and cheap to match."""
    text = selector.strip()
    return 0 < len(text) <= _MAX_SELECTOR and ":" not in text and len(re.findall(r"[\s>+~]+", text)) <= 3  # noqa: PLR2004 -- combinators


def _hides(style: Style) -> bool:
    if _HIDING.isdisjoint(style):
        return False
    if (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or "all" in style.get("mso-hide", "")
    ):
        return True
    if style.get("opacity") and (_pixels(style["opacity"]) or 0) <= 0.05 and style["opacity"][:1] in "0.":  # noqa: PLR2004 -- nearly nothing
        return True
    is_cut = style.get("overflow", "").startswith(("hidden", "clip"))
    if is_cut and any(_is_none(style.get(name)) for name in ("height", "max-height", "width", "max-width")):
        return True
    if any((_pixels(style.get(name, "")) or 0) < _FAR_AWAY_PX for name in _SHIFTS):
        return True
    return "rect(0" in style.get("clip", "") or "scale(0)" in style.get("transform", "")


def _is_none(size: str | None) -> bool:
    match = _NUMBER.match(size or "")
    return match is not None and (match[1] in ("0", "0.0") or (match[1] == "1" and match[2] in ("", "px", "pt")))


def _is_tiny(size: str, *, was: bool) -> bool:
    """Tell whether text of this size can be read: sizes in the parent's measure stay as they were unless nothing."""
    match = _NUMBER.search(size)
    while match and not match[1].strip("-."):
        match = _NUMBER.search(size, match.end() + 1) if match.end() < len(size) else None
    if match is None:
        return was and not any(word in size for word in ("small", "medium", "large"))
    number, unit = float(match[1]), match[2]
    if unit in ("em", "%", "ex"):
        return was or number * (0.16 if unit == "%" else 16) <= _TOO_SMALL_PX
    return (number * 16 if unit == "rem" else number) <= _TOO_SMALL_PX


def _pixels(size: str) -> float | None:
    match = _NUMBER.match(size)
    return float(match[1]) if match and match[1].strip("-.") else None


@lru_cache(maxsize=1024)
def _colour(text: str) -> Colour | None:
    """Return the colour named in a value; None where there is none, or where one can see through it."""
    text = text.strip().lower()
    if not text:
        return None
    if match := _HEX.search(text if text.startswith("#") or " " in text else f"#{text}" if len(text) == 6 else text):  # noqa: PLR2004 -- rrggbb
        digits = match[1]
        if len(digits) in (4, 8) and not digits[3 if len(digits) == 4 else 6 :].strip("0"):  # noqa: PLR2004 -- with transparency
            return None
        full = digits[:6] if len(digits) >= 6 else "".join(digit * 2 for digit in digits[:3])  # noqa: PLR2004 -- rrggbb
        return int(full[:2], 16), int(full[2:4], 16), int(full[4:6], 16)
    if match := _RGB.search(text):
        if match[4] and match[4].strip("0.") == "":
            return None
        return min(255, int(match[1])), min(255, int(match[2])), min(255, int(match[3]))
    return next((_NAMES[word] for word in text.split() if word in _NAMES), None)
