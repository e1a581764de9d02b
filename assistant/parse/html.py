"""HTML -> the lines that a reader sees, with their quotation depth, and whether words were hidden from them.

An own walk over the tree of `selectolax`: no library cuts all hidden text, keeps the rows of tables, and survives deep
nesting. The one file that imports `selectolax`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from assistant.parse.charsets import hides_tags, tag_words, visible
from assistant.parse.hidden import Look, declarations, rules
from assistant.parse.lines import Line
from assistant.parse.page import Page

_MAX_HTML = 3_000_000
_MAX_NESTING = 600
_MAX_NODES = 300_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
# These end by themselves where they are left open, and so do not nest.
_UNNESTED = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead",
})  # fmt: skip
_UNREAD = frozenset({
    "script", "style", "head", "title", "template", "svg", "math", "object", "iframe", "audio", "video",
    "canvas", "map", "datalist",
})  # fmt: skip
_PARAGRAPHS = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr", "form",
    "fieldset", "figure",
})  # fmt: skip
_STRUCK = frozenset({"s", "strike", "del"})
_LINES = ("text-decoration", "text-decoration-line")
_BLOCKS = frozenset({
    "address", "article", "aside", "body", "caption", "center", "dd", "details", "div", "dt", "figcaption",
    "footer", "header", "html", "legend", "main", "nav", "section", "summary", "tbody", "td", "tfoot", "th",
    "thead", "tr",
})  # fmt: skip
_OPENS = re.compile(
    r"\b(?:gmail_quote|gmail_attr|yahoo_quoted|zmail_extra|protonmail_quote|moz-cite-prefix|moz-email-headers-table"
    r"|outlookmessageheader|divrplyfwdmsg|appendonsend|mail-editor-reference-message-container|replyforwardmessage)\b"
)
_QUOTE_CLASS = re.compile(r"quote|cite", re.IGNORECASE)
_CODE = re.compile(r"<(script|style|title|template)\b", re.IGNORECASE)
_STRIPPED = re.compile(r"<!--|<[/!?]?[a-zA-Z][^<>]{0,20000}>")
_BREAKING = re.compile(r"</?(?:p|div|br|tr|li|h[1-6]|table|blockquote)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader sees of an HTML body."""

    lines: list[Line]
    hides_text: bool
    is_whole: bool = True
    """False where the HTML was too deep or odd for a walk: then its tags were cut, and hidden words may be among it."""
    has_table: bool = False
    hidden: str = ""
    """What is hidden from the reader."""


def see(html: str) -> Seen:
    """Return the lines that a reader sees. Linear in the length; never raises."""
    hides = hides_tags(html)
    if len(html) <= _MAX_HTML and not _is_too_deep(html):
        seen = _walked(html)
        if seen is not None and (
            any(line.text for line in seen.lines) or seen.hides_text or not stripped(html).strip()
        ):
            hidden = f"{seen.hidden} {tag_words(html)}".strip()
            return replace(seen, hides_text=hides or seen.hides_text, hidden=hidden)
    lines = [Line(" ".join(line.split())) for line in stripped(html[:_MAX_HTML]).split("\n")]
    return Seen([line for line in lines if line.text], hides_text=hides, is_whole=False)


def stripped(html: str) -> str:
    """Return the text of HTML with its tags cut, whatever its form; scripts and styles go with theirs."""
    kept: list[str] = []
    position = 0
    while match := _CODE.search(html, position):
        kept.append(html[position : match.start()])
        end = html.lower().find(f"</{match[1].lower()}", match.end()) if len(kept) < _MAX_NESTING else -1
        position = len(html) if end < 0 else end
    kept.append(html[position:])
    text = _without_comments("".join(kept))
    return visible(unescape(_STRIPPED.sub(lambda tag: "\n" if _BREAKING.match(tag[0]) else " ", text)))


def _without_comments(html: str) -> str:
    if "<!--" not in html:
        return html
    first, *rest = html.split("<!--")
    return first + "".join(piece.partition("-->")[2] for piece in rest)


def _is_too_deep(html: str) -> bool:
    """Tell, in one pass and before any parser, whether elements stand in each other deeper than a mail's do."""
    if html.count("<") <= _MAX_NESTING:
        return False
    depth = 0
    for match in _TAG.finditer(html):
        if match[2].lower() not in _UNNESTED:
            depth += -1 if match[1] else 1
            if depth > _MAX_NESTING:
                return True
            depth = max(depth, 0)
    return False


def _walked(html: str) -> Seen | None:
    try:
        tree = LexborHTMLParser(html.replace("\x00", ""))
    except (SelectolaxError, ValueError, UnicodeError):
        return None
    root = tree.root
    if root is None:
        return None
    walk = _Walk(_styled(tree))
    walk.run(root)
    if walk.nodes > _MAX_NODES:
        return None
    hidden = " ".join(walk.hidden)
    return Seen(walk.page.lines(), walk.hides_text, has_table=walk.page.has_table, hidden=hidden)


def _styled(tree: LexborHTMLParser) -> dict[int, dict[str, str]]:
    """Return what the mail's own style sheets say of single elements, as far as it can hide their words."""
    styled: dict[int, dict[str, str]] = {}
    for sheet in tree.css("style")[:20]:
        for selector, style in rules(sheet.text(deep=True)):
            try:
                nodes = tree.css(selector)
            except (SelectolaxError, ValueError):
                continue
            for node in nodes:
                styled.setdefault(node.mem_id, {}).update(style)
    return styled


@dataclass(slots=True)
class _Place:
    """Where the walk is: an element whose children are being read."""

    tag: str
    following: LexborNode | None
    look: Look
    is_seen: bool
    depth: int
    is_struck: bool = False


class _Walk:
    """One pass over the tree with an own stack: Python's would end at a thousand."""

    def __init__(self, styled: dict[int, dict[str, str]]) -> None:
        self.page = Page()
        self.hides_text = False
        self.hidden: list[str] = []
        self.nodes = 0
        self._styled = styled
        self._stack: list[_Place] = []

    def run(self, root: LexborNode) -> None:
        self._stack.append(_Place(root.tag or "", root.child, Look(), is_seen=True, depth=0))
        while self._stack and self.nodes <= _MAX_NODES:
            place = self._stack[-1]
            node = place.following
            if node is None:
                self._leave(self._stack.pop())
                continue
            place.following = node.next
            self.nodes += 1
            tag = node.tag or "-"
            if tag == "-text":
                self._text(node, place)
            elif tag not in _UNREAD and not tag.startswith("-"):
                self._enter(node, tag, place)

    def _text(self, node: LexborNode, place: _Place) -> None:
        raw = node.text_content or ""
        text = visible(raw)
        if not place.is_seen:
            self.hides_text = self.hides_text or any(char.isalnum() for char in text)
            self.hidden.append(text)
        elif place.tag in ("pre", "textarea"):
            self.page.write_kept(text)
        elif "\u00a0" in raw and not text.strip():
            self.page.write_blank()
        elif place.is_struck and text.strip():
            self.page.write(_struck_out(text))
        else:
            self.page.write(text)

    def _enter(self, node: LexborNode, tag: str, place: _Place) -> None:
        if tag == "br":
            if place.is_seen:
                self.page.end_line()
            return
        attributes = node.attributes
        style = declarations(attributes.get("style") or "")
        if ruled := self._styled.get(node.mem_id):
            style = {**ruled, **style}
        look = place.look.as_link() if tag == "a" and "href" in attributes else place.look
        look = look.within(style, attributes) if style or attributes else look
        depth = place.depth
        if not look.is_hidden:
            name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
            if tag == "blockquote" and _is_quotation(attributes, style, name):
                depth += 1
            self._open(tag, name)
            if tag != "blockquote" and name != " " and _OPENS.search(name):
                self.page.opens_next()
            self.page.depth = depth
        is_seen = place.is_seen if look is place.look else look.is_seen
        is_struck = place.is_struck or tag in _STRUCK or any("line-through" in style.get(one, "") for one in _LINES)
        self._stack.append(_Place(tag, node.child, look, is_seen=is_seen, depth=depth, is_struck=is_struck))

    def _open(self, tag: str, name: str) -> None:
        if tag == "tr":
            self.page.open_row()
        elif tag in ("td", "th"):
            self.page.open_cell()
        elif tag in _PARAGRAPHS or (tag == "p" and "mso" not in name):
            self.page.blank_line()
        elif tag in _BLOCKS or tag == "p":
            self.page.break_line()
        elif tag == "li":
            self.page.bullet()

    def _leave(self, place: _Place) -> None:
        tag = place.tag
        if place.look.is_hidden:
            return
        if tag in ("td", "th"):
            self.page.close_cell()
        elif tag == "tr":
            self.page.close_row()
        elif tag in _PARAGRAPHS or tag == "p":
            self.page.break_line()
            if tag in _PARAGRAPHS:
                self.page.blank_line()
        elif tag in _BLOCKS or tag == "li":
            self.page.break_line()
        self.page.depth = self._stack[-1].depth if self._stack else 0


def _struck_out(text: str) -> str:
    """Return words that are crossed out, in the signs that people type for it.

    >>> _struck_out(" 12 done ")
    ' ~~ 12 done ~~ '
    """
    bare = text.strip()
    before, after = text.partition(bare)[::2]
    return f"{before}~~ {bare} ~~{after}"


def _is_quotation(attributes: Mapping[str, str | None], style: Mapping[str, str], name: str) -> bool:
    """Tell a quoted mail from a paragraph that is merely set in: both are blockquotes."""
    if (attributes.get("type") or "").lower() == "cite" or "cite" in attributes or _QUOTE_CLASS.search(name):
        return "border:none" not in "".join(f"{key}:{value}" for key, value in style.items()) or "quote" in name
    border = style.get("border-left", "")
    return bool(border) and not border.startswith(("none", "0"))
