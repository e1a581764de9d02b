"""A run of one writer's lines -> their words, and what is nobody's: signatures, banners, disclaimers.

Cut is only what says itself what it is. A name and a telephone number under a mail stay with it: they do no harm there,
and a request that is taken for a signature is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.parse.lines import Line

_MAX_SIGNATURE = 15
_MAX_NAME_BLOCK = 8
_MAX_BLOCK = 60
"""Blank lines included."""
_WRAPPED = 45
_MAX_NAME_LINE = 90
_DASHES = re.compile(r"--\s{0,3}$|—\s{0,3}$")
_UNDERLINE = re.compile(r"[_]{10,200}\s{0,3}$")
_DEVICE = re.compile(
    r"(?:sent from my .{0,20}(?:iphone|ipad|phone|mobile|android|samsung|galaxy|pixel|tablet|blackberry|windows)"
    r"|sent (?:from|via|with|using) (?:(?:the )?(?:yahoo mail|outlook|proton|mail for windows|samsung|gmail mobile"
    r"|t-mobile|verizon|at&t)|a mobile device)|get outlook for "
    r"|enviado (?:desde|de) (?:mi|el) .{0,20}(?:iphone|ipad|móvil|android|celular|samsung)"
    r"|von meine[mr] .{0,20}(?:iphone|ipad|handy|smartphone|android|samsung|mobil).{0,20}gesendet"
    r"|gesendet von (?:meine[mr]|mail für|outlook)|diese nachricht wurde von meine[mr] .{0,30}gesendet"
    r"|envoyé (?:de|depuis) mon .{0,20}(?:iphone|ipad|mobile|téléphone|android|smartphone|samsung))",
    re.IGNORECASE,
)
_MAX_DEVICE = 90
# Each names itself as a notice; "outside films" and "privacy notice to be signed" are work.
_MAIL = r"(?:e-?mail|message|transmission|communication|electronic message|fax)"
_NOTICE = re.compile(
    r"[\s\W]{0,6}(?:"
    rf"(?:(?:caution|warning|attention|notice)\W{{1,4}}.{{0,20}})?(?:external (?:e-?mail|sender|message)\b"
    rf"|(?:this |the )?(?:{_MAIL}|sender) (?:(?:was sent|originated|came|is) )?(?:from )?"
    r"(?:outside|an external|external)\b)"
    r"|external\W{0,3}$"
    r"|you don['’]t often get e-?mail from|some people who received this message don['’]t often get"
    r"|(?:(?:confidentiality|privacy|hipaa|phi) (?:notice|disclaimer|statement|note)|disclaimer)\s?(?:[:.–-]|$)"
    r"|important notice\W{0,3}$|privileged (?:and|&) confidential"
    rf"|(?:this {_MAIL}|the information (?:contained |transmitted )?in this {_MAIL})\b.{{0,90}}"
    r"\b(?:confidential|privileged|intended (?:only|solely)|protected health information|proprietary)"
    r"|if you (?:are not the (?:intended|named)|(?:have )?received this .{0,30}(?:in error|by mistake))"
    r"|please consider the environment"
    r"|este (?:mensaje|correo).{0,80}(?:confidencial|privilegiad)|aviso de confidencialidad"
    r"|diese (?:e-?mail|nachricht).{0,80}vertraulich"
    r"|ce (?:message|courriel|mail).{0,80}confidentiel|avis de confidentialité"
    r")",
    re.IGNORECASE,
)
_NOTICE_WORDS = re.compile(
    r"intended recipient|in error|strictly prohibited|disseminat|notify the sender|destroy all|delete (?:this|it|the)"
    r"|confidential|privileged|protected health|do not click|click(?:ing)? (?:on )?links|open(?:ing)? attachments"
    r"|recogni[sz]e the sender|content is safe|learn why this is important|destinatario|vertraulich|confidentiel",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?\])*]\W{0,3}$")

Runs = list[tuple[bool, list[Line]]]
"""Runs of lines in order, each with whether it is a signature."""


def split(lines: Sequence[Line], *, is_last: bool) -> Runs:
    """Split one writer's lines into their words and what is nobody's.

    Args:
        lines: The run.
        is_last: Whether nothing of the same writer comes after it: only there do "--" and a long line end their words.

    """
    runs: Runs = []
    index = 0
    while index < len(lines):
        length = _length(lines, index, is_last=is_last)
        count = length or 1
        if not runs or runs[-1][0] != bool(length):
            runs.append((bool(length), []))
        runs[-1][1].extend(lines[index : index + count])
        index += count
    return runs


def _length(lines: Sequence[Line], index: int, *, is_last: bool) -> int:
    """Return how many lines, from this one on, are a signature; 0 where it is none."""
    text = lines[index].text
    if not text:
        return 0
    if _DASHES.match(text) or _UNDERLINE.match(text):
        block = lines[index + 1 : index + 1 + _MAX_BLOCK]
        is_all = index + 1 + len(block) == len(lines)
        return len(lines) - index if is_last and is_all and _is_name_block(text, block) else 0
    bare = text.strip()
    if len(bare) <= _MAX_DEVICE and _DEVICE.match(bare):
        return 1
    return _notice(lines, index) if _NOTICE.match(bare[:300]) else 0


def _is_name_block(mark: str, rest: Sequence[Line]) -> bool:
    """Tell whether what stands under a mark is short enough for a signature, and asks for nothing."""
    texts = [line.text.strip() for line in rest if line.text.strip()]
    limit = _MAX_SIGNATURE if mark == "-- " else _MAX_NAME_BLOCK
    is_terse = all(len(text) <= _MAX_NAME_LINE and not text.endswith("?") for text in texts)
    is_terse = mark == "-- " or (is_terse and not (texts and texts[0][0].islower()))
    return len(texts) <= limit and is_terse


def _notice(lines: Sequence[Line], start: int) -> int:
    """Return a notice's length: to the end of its paragraph, as far as the lines still speak of the same."""
    index = start + 1
    while index < len(lines) and lines[index].text.strip():
        before, text = lines[index - 1].text.rstrip(), lines[index].text.strip()
        is_wrapped = len(before) >= _WRAPPED and not _SENTENCE_END.search(before) and not text[:1].isupper()
        if not is_wrapped and not _NOTICE_WORDS.search(text[:500]):
            break
        index += 1
    return index - start
