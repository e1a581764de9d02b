"""A reply's own words -> its sentences, up to the signature; quoted lines are never commands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.decide.commands.wording.text import fold
from assistant.records import Person

_LONGEST_REPLY = 60_000
"""Characters, with the lines that it quotes."""
_LONGEST_LINE = 2000
_LONGEST_SIGNATURE_LINE = 48
_WRAPS_AT = 60

# A line that begins so and is short ends the reply (the habit of debbugs): what follows is a signature.
_STOP = re.compile(
    r"(?:--|__+|(?:(?:many )?thanks|thank you|thx|thanx|tks|ty|cheers|(?:kind |best |warm )?regards|best|sincerely|"
    r"respectfully|take care|gracias|muchas gracias|saludos|atentamente|cordialmente)\b[^\d?]{0,24}"
    r"|sent from my\b.*|sent from (?:outlook|mail|yahoo)\b.*|get outlook for\b.*|enviado desde mi\b.*)"
)
_SIGNED_OFF = re.compile(
    r"(?<=[.!?])\s+(?:many thanks|thanks|thank you|thx|ty|cheers|(?:kind |best |warm )?regards|best|take care|gracias|"
    r"saludos)[\s,.!-]+(?P<name>[a-z]{2,20})[\s.!]*$"
)
_INTRODUCED = re.compile(
    r"\W*(?:(?:hi|hey|hello|hola|good morning|morning)[ ,!.-]+)?(?:all[ ,]+)?(?:this is|it'?s|its|soy|habla) "
    r"(?P<name>[a-z]{2,20})(?: here| again| aqui)?(?:[ ,:.!-]+(?:so |ok |and |pues )?|$)"
)
QUOTE_STARTS = re.compile(
    r"(?:on\b.{4,120}\bwrote:|el\b.{4,120}\bescribio:|-{3,} ?(?:original|forwarded) message.*|_{10,}|"
    r"-{3,} ?mensaje original.*|from: .*@.*|de: .*@.*)$"
)
_BULLET = re.compile(r"(?:[*•·‣▪o] |- (?=\S)|\[ ?[x✓] ?\] ?(?=#?\d))", re.IGNORECASE)
_TICKED = re.compile(r"\[ ?[x✓] ?\]", re.IGNORECASE)
# An abbreviation's dot ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:dr|drs|mr|mrs|ms|st|vs|etc|appt|approx|ext|rm|jr|sr|dept|ave|sra|sr|dra|ud|hosp|ref|tel|e\.g|i\.e|"
    r"a\.m|p\.m|a|p|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|"
    r"(?<![a-z\d'])[b-hj-z]|\d (?:bus|biz|cal|wkg))$"
)
_NEAR = 12
"""Characters before a dot that tell whether it is an abbreviation's."""
_END = re.compile(r"[.!?;…]+(?=\s|$)|(?<=\s)[:;]-?[)D](?=\s)")


def beginning(words: str) -> str:
    """Return as many whole lines as can be read."""
    return words if len(words) <= _LONGEST_REPLY else words[: words.rfind("\n", 0, _LONGEST_REPLY) + 1]


def own_lines(words: str, person: Person) -> tuple[str, ...]:
    """Return the lines that may hold commands: not quoted, above the signature, wrapped ones joined.

    What is longer than any line is given in several, each of whole sentences.
    """
    kept: list[str] = []
    for raw in words.splitlines():
        line = raw.strip()
        folded = fold(line)
        if line.startswith((">", "|")):
            continue
        if QUOTE_STARTS.match(folded) or (kept and _ends_reply(folded, person)):
            break
        if line := _without_name(line, person):
            kept.append(line)
    return tuple(piece for line in _joined(kept) for piece in _cut(line))


def _cut(line: str) -> Iterator[str]:
    """Give a line that is too long in several: half of a sentence could say the opposite of the whole."""
    held = ""
    for sentence in sentences(line) if len(line) > _LONGEST_LINE else ():
        if held and len(held) + len(sentence) >= _LONGEST_LINE:
            yield held
            held = ""
        held = f"{held} {sentence}".lstrip()
    yield held or line


def _without_name(line: str, person: Person) -> str:
    """Return a line without the "it's Dom so" before it and the "Cheers, Dom" behind it, if Dom can be the writer."""
    plain = fold(line)
    introduced = _INTRODUCED.match(plain)
    if introduced is not None and introduced["name"] in fold(person.name).split():
        line, plain = line[introduced.end() :], plain[introduced.end() :]
    match = _SIGNED_OFF.search(plain)
    if match is None or not any(name.startswith(match["name"]) for name in fold(person.name).split()):
        return line
    return line[: match.start()].rstrip()


def _ends_reply(folded: str, person: Person) -> bool:
    """True for thanks, a rule, or the person's name standing alone."""
    if len(folded) <= _LONGEST_SIGNATURE_LINE and _STOP.fullmatch(folded):
        return True
    bare = re.sub(r"[^a-z ]", "", folded).strip()
    names = fold(person.name).split()
    initials = "".join(name[0] for name in names)
    alone = {fold(person.name), *names[:1], *names[-1:], initials, initials[:1]}
    return bare in alone or bool(names and bare.startswith(fold(person.name)) and len(bare) <= _LONGEST_SIGNATURE_LINE)


def _joined(lines: list[str]) -> Iterator[str]:
    """Give whole lines: a client that wraps breaks a command in two."""
    held = last = ""
    for line in lines:
        bullet = _BULLET.match(line)
        goes_on = held and bullet is None and _goes_on(last, line)
        last = line
        if goes_on:
            held = f"{held} {line}"
            continue
        if held:
            yield held
        held = line
        if bullet is not None:
            held = ("✓ " if _TICKED.match(line) else "") + line[bullet.end() :].strip()
    if held:
        yield held


def _goes_on(last: str, line: str) -> bool:
    if re.search(r"(?:,|&|\b(?:and|y|to|until|till|by|for))$", fold(last)) and re.match(r"#?\w", line):
        return True
    return len(last) >= _WRAPS_AT and not re.search(r"[.!?:;]$", last) and line[:1].islower()


def sentences(line: str) -> tuple[str, ...]:
    """Return the sentences of a line, each with its closing sign.

    >>> sentences("done 31. ask Dr. Frost at 9 a.m. is 4 mine?")
    ('done 31.', 'ask Dr. Frost at 9 a.m. is 4 mine?')
    """
    found: list[str] = []
    start = 0
    folded = fold(line)
    for match in _END.finditer(folded):
        if match[0] == "." and _ABBREVIATION.search(folded, max(start, match.start() - _NEAR), match.start()):
            continue
        found.append(line[start : match.end()].strip())
        start = match.end()
    found.append(line[start:].strip())
    return tuple(sentence for sentence in found if sentence.strip(" .!;…"))
