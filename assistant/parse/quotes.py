"""Lines at which another mail begins -> who wrote it and when: "On ... wrote:", header blocks, forward markers.

English, Spanish, German and French as their mail programs write them; where `>` marks follow, a line that names a date
and an address and ends in a colon will do in any language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.parse.dates import has_date
from assistant.parse.lines import Line

_MAX_ATTRIBUTION_LINES = 6
_MAX_ATTRIBUTION = 500
_MAX_BLOCK_LINES = 25
_WRAPPED = 55
_VERB = (
    r"(?:wrote|writes|escribió|escribio|schrieb|geschrieben|a écrit|a ecrit|ha scritto|geschreven|schreef|escreveu"
    r"|skrev|написал|пишет)"
)
_STARTS = re.compile(
    r"(?:-{2,6}\s?)?(?:On|El|Am|Le|Il|Op|Den|Em|Dne|W dniu)\b.{0,40}\d"
    r"|\d{4}[-/]\d{1,2}[-/]\d{1,2}\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\d{1,2}\s\w{3,12}\.?\s\d{4}\b"
    r"|\w{3,12},\s\d{1,2}\.?\s\w{3,12}\.?\s\d{4}\b",
    re.IGNORECASE,
)
_ON = re.compile(r"(?:On|El|Am|Le)\b.{0,40}\d", re.IGNORECASE)
_ENDS = re.compile(rf"\b{_VERB}\b.{{0,120}}:$|\b{_VERB}\s?:?\s?-{{2,6}}$|\bwrote$", re.IGNORECASE)
_NAMED = re.compile(rf"[^:]{{1,150}}<[^<>\s]{{3,100}}@[^<>\s]{{3,100}}>\s{_VERB}\s?:$", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s<>()\[\],;:\"@]{1,64}@[^\s<>()\[\],;:\"@]{3,120}")
_SEPARATOR = re.compile(
    r"[\W_]{0,4}-{2,20}\s?(?:original message|mensaje original|ursprüngliche nachricht|urspruengliche nachricht"
    r"|original-nachricht|message d['’]origine|message original|original appointment|messaggio originale"
    r"|(forwarded (?:message|by .{1,80})|mensaje reenviado|weitergeleitete nachricht|message transféré"
    r"|message transmis|messaggio inoltrato))\s?-{2,20}[\W_]{0,4}$",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"(?:begin forwarded message|inicio del mensaje reenviado|anfang der weitergeleiteten (?:nachricht|e-mail)"
    r"|début du message (?:réexpédié|transféré)|start of forwarded message)\s?:$",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\s*]{0,4}(?:_{5,200}|-{10,200}|={10,200}|\*{10,200})[\s*]{0,4}$")
_KEYS = {
    "from": "from|de|von|da|van",
    "date": "sent|date|enviado el|enviado|fecha|gesendet am|gesendet|datum|envoyé le|envoyé|sent at|date d'envoi",
    "to": "to|para|an|à|destinataire",
    "cc": "cc|bcc|kopie|copie à|copie|con copia",
    "subject": "subject|asunto|betreff|objet|re",
    "other": "reply-to|responder a|antwort an|répondre à|importance|attachments|organization|organisation|priority",
}
_KEY_OF = {word: kind for kind, words in _KEYS.items() for word in words.split("|")}
_FIELD = re.compile(
    rf"[\s*|]{{0,4}}({'|'.join(sorted(_KEY_OF, key=len, reverse=True))})\s?:[\s*|]{{0,5}}(.*)$", re.IGNORECASE
)
_FORWARD = re.compile(r"\s{0,3}(?:fwd?|wg|rv|tr|enc|reenv)\s?:", re.IGNORECASE)
_DAY_FIRST = re.compile(
    r"^(?:El|Am|Le)\b|\b(?:escribió|schrieb|a écrit)\b|^(?:Enviado|Gesendet|Envoyé|Fecha)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Opening:
    """Where another mail begins."""

    length: int
    """How many lines say so; they are nobody's words."""
    is_forward: bool = False
    is_marked: bool = False
    """True where it is a header block or a marker, so that what follows belongs to it even without `>`."""
    author: str = ""
    """As written: a name, an address, or both."""
    dated: str = ""
    day_first: bool = False
    subject: str = ""
    people: tuple[str, ...] = field(default=())
    """Whoever else the block names, as written."""


def says_forward(subject: str) -> bool:
    """Tell whether a subject says that the mail passes another on."""
    return _FORWARD.match(subject) is not None


def opening(lines: Sequence[Line], at: int) -> Opening | None:
    """Return the opening that begins at this line; None where none does."""
    text = lines[at].text.strip()
    if not text or len(text) > _MAX_ATTRIBUTION:
        return None
    # Announcements, rules and fields hold one of these; most lines hold none.
    can_mark = ":" in text or "--" in text or text[-1] in "_=*"
    return (_marked(lines, at, text) if can_mark else None) or _attribution(lines, at, text)


def _marked(lines: Sequence[Line], at: int, text: str) -> Opening | None:
    """Recognise a header block, with or without a line over it that announces it."""
    separator = _SEPARATOR.match(text)
    is_announced = bool(separator or _BEGINS.match(text))
    is_ruled = not is_announced and bool(_RULE.match(text))
    if not (is_announced or is_ruled or _FIELD.match(text)):
        return None
    start = _next_words(lines, at + 1, lines[at].depth) if is_announced or is_ruled else at
    block = _block(lines, start, is_announced=is_announced) if start < len(lines) else None
    forwards = bool(separator and separator[1]) or (is_announced and not separator)
    if block is None:
        return Opening(length=1, is_marked=True, is_forward=forwards) if is_announced else None
    length, fields = block
    dated = fields.get("date", "")
    return Opening(
        length=start + length - at,
        is_marked=True,
        is_forward=forwards,
        author=fields.get("from", ""),
        dated=dated,
        day_first=bool(_DAY_FIRST.match(fields.get("date key", ""))),
        subject=fields.get("subject", ""),
        people=(fields.get("to", ""), fields.get("cc", "")),
    )


def _next_words(lines: Sequence[Line], at: int, depth: int) -> int:
    """Return where the next line with words stands, at most two blank lines on."""
    for index in range(at, min(at + 3, len(lines))):
        if lines[index].text.strip():
            return index if lines[index].depth == depth else len(lines)
    return len(lines)


def _block(lines: Sequence[Line], start: int, *, is_announced: bool) -> tuple[int, dict[str, str]] | None:
    """Return a header block's length and fields.

    Where nothing announces it, it has to name a sender, a date and a subject: a note that says "From: Room 12" and
    "To: Dialysis" is no mail.
    """
    fields: dict[str, str] = {}
    last, end = "", start
    for index in range(start, min(start + _MAX_BLOCK_LINES, len(lines))):
        line = lines[index]
        match = _FIELD.match(line.text)
        if line.depth != lines[start].depth:
            break
        if match:
            last = _KEY_OF[match[1].lower()]
            if last in fields:
                break
            fields[last] = match[2].strip(" *")
            fields[f"{last} key"] = match[1]
        elif not line.text.strip():
            if not _goes_on(lines, index, fields):
                break
            continue
        elif _is_wrapped(lines, index, last) and _goes_on(lines, index, fields):
            fields[last] += " " + line.text.strip()
        else:
            break
        end = index + 1
    is_dated = "date" in fields and (has_date(fields["date"]) or "@" in fields.get("from", ""))
    is_block = "from" in fields and ((is_dated and "subject" in fields) or (is_announced and len(fields) > 2))  # noqa: PLR2004 -- a field and its key
    return (end - start, fields) if is_block else None


def _is_wrapped(lines: Sequence[Line], index: int, last: str) -> bool:
    """Tell whether a line can belong to the field before it: recipients run over, other fields when they are long."""
    return last in ("to", "cc") or (bool(last) and len(lines[index - 1].text) >= _WRAPPED)


def _goes_on(lines: Sequence[Line], index: int, fields: dict[str, str]) -> bool:
    """Tell whether a further field of the block follows within a few lines: long recipient lists are wrapped."""
    for line in lines[index + 1 : index + 4]:
        match = _FIELD.match(line.text)
        if match and line.depth == lines[index].depth:
            return _KEY_OF[match[1].lower()] not in fields
    return False


def _attribution(lines: Sequence[Line], at: int, text: str) -> Opening | None:
    """Recognise "On Tue, Mar 10, 2026 at 8:17 AM Dana Whitlock <...> wrote:", wrapped over lines or not."""
    starts = _STARTS.match(text)
    if not starts and "@" not in text:
        return None
    words = ""
    for index in range(at, min(at + _MAX_ATTRIBUTION_LINES, len(lines))):
        line = lines[index]
        if line.depth != lines[at].depth or len(words) > _MAX_ATTRIBUTION:
            return None
        if not line.text.strip():
            following = lines[index + 1].text.strip() if index + 1 < len(lines) else ""
            if words and not words.rstrip().endswith("<") and not following.startswith("<"):
                return None
            continue
        # What begins an attribution of its own ends no other: the lines before it are somebody's words.
        if index > at and _STARTS.match(line.text.strip()) and (not starts or _ON.match(line.text.strip())):
            return None
        words = f"{words} {line.text.strip()}".strip()
        if _is_complete(words, lines, index, starts=bool(starts)):
            return Opening(length=index + 1 - at, author=words, dated=words, day_first=bool(_DAY_FIRST.search(words)))
    return None


def _is_complete(words: str, lines: Sequence[Line], index: int, *, starts: bool) -> bool:
    if starts and _ENDS.search(words):
        return True
    if not words.endswith(":"):
        return False
    is_followed = any(line.depth > lines[index].depth for line in lines[index + 1 : index + 3])
    return is_followed and bool(_NAMED.match(words) or (_EMAIL.search(words) and has_date(words)))
