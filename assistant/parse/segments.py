"""Visible lines -> Parts: who wrote which words, and when. Quotations, forwards and signatures, nested as they come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from assistant.parse.acquaintances import Acquaintances
from assistant.parse.dates import quoted_date
from assistant.parse.lines import Line, joined, plain_lines
from assistant.parse.quotes import Opening, opening, says_forward
from assistant.parse.signatures import split
from assistant.records import Address, Part, PartKind, answering_words

_MAX_LEVEL = 50
_RULES = " \t\n-_=*~#"
"""Lines of these alone are drawn, not written."""
_AHEAD = timedelta(days=1)
"""As much may lie between two clocks and zones; what is dated later than the mail that quotes it, is not dated."""
_NEAR = 10
"""Lines within which the words of a quotation follow its opening."""


@dataclass(slots=True, eq=False)
class _Frame:
    """One mail within the mail, while its lines are read."""

    marks: int
    """The `>` depth at which its lines stand."""
    level: int
    kind: PartKind
    sender: Address | None
    sent_at: datetime | None
    subject: str = ""
    is_named: bool = True
    has_words: bool = False
    left: dict[int, _Frame] = field(default_factory=dict)
    """The mails quoted in it that were left last, by their depth: an answer between their lines does not end them."""


@dataclass(frozen=True, slots=True)
class Segments:
    """What the lines of a mail are."""

    parts: tuple[Part, ...]
    """In reading order."""
    heads: tuple[str, ...]
    """The lines at which other mails begin; they are in no part."""


@dataclass(slots=True)
class _Run:
    frame: _Frame
    lines: list[Line] = field(default_factory=list)


def segments(
    lines: Sequence[Line],
    *,
    sender: Address | None,
    sent_at: datetime,
    subject: str = "",
    people: Iterable[Address] = (),
) -> Segments:
    """Return the parts, and what stands between them.

    Args:
        lines: The visible text.
        sender: Who wrote the mail.
        sent_at: When; quotations without an offset of their own are read in its.
        subject: The mail's; "Fwd:" tells a forward from a reply where both look alike.
        people: Sender and recipients: a quotation often gives the bare name of one of them.

    """
    reader = _Reader(sender, sent_at, subject, people)
    index = 0
    while index < len(lines):
        index += reader.take(lines, index)
    return Segments(parts=tuple(_parts(reader.runs)), heads=tuple(reader.heads))


def own_words(text: str) -> str:
    r"""Return the writer's own words of a plain-text body: quotations, signature and notices cut.

    >>> own_words("Done.\n\nOn Tue, Mar 10, 2026 at 8:17 AM Ana <ana@clinic.example> wrote:\n> Is it done?")
    'Done.'
    """
    return "\n".join(part.text for part in _parts_of(text) if part.kind == "own").strip()


def own_words_in_place(text: str) -> str:
    r"""Return the same with the quoted lines above each of them, marked.

    >>> own_words_in_place("> 3. Fax the orders\n\nDone.\n\n> 4. Call Ana")
    '> 3. Fax the orders\nDone.'
    """
    return answering_words(_parts_of(text))


def _parts_of(text: str) -> tuple[Part, ...]:
    start = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
    return segments(plain_lines(text), sender=None, sent_at=start).parts


class _Reader:
    """Reads line by line; knows which mail within the mail it is in."""

    def __init__(self, sender: Address | None, sent_at: datetime, subject: str, people: Iterable[Address]) -> None:
        self.runs: list[_Run] = []
        self.heads: list[str] = []
        self._sent_at = sent_at
        self._frames = [_Frame(marks=0, level=0, kind="own", sender=sender, sent_at=sent_at, subject=subject)]
        self._awaited: Opening | None = None
        self._people = Acquaintances((*people, *([sender] if sender else [])))

    def take(self, lines: Sequence[Line], index: int) -> int:
        """Take the line, or the lines that open another mail; return how many were taken."""
        line = lines[index]
        found = opening(lines, index)
        if line.text.strip():
            self._go_to(line.depth)
        if found is not None:
            for field_text in found.people:
                self._people.meet(field_text)
            self._open(found, lines, index)
            self.heads.append(joined(lines[index : index + found.length]))
            return found.length
        if line.opens and self._awaited is None and not self._leads_deeper(lines, index):
            self._push(None, line.depth)
        self._write(line)
        return 1

    def _leads_deeper(self, lines: Sequence[Line], index: int) -> bool:
        """Tell whether the box that begins here is a line in an unknown language over a marked quotation."""
        return any(line.depth > lines[index].depth for line in lines[index + 1 : index + 4])

    def _go_to(self, depth: int) -> None:
        """Enter or leave quotations until the line's depth is reached."""
        while self._frames[-1].marks > depth:
            left = self._frames.pop()
            self._frames[-1].left[left.marks] = left
        if self._frames[-1].marks == depth:
            return
        # After an answer between the quoted lines, the same quotation goes on.
        earlier = self._frames[-1].left.get(depth)
        if earlier is not None and self._awaited is None:
            self._frames.append(earlier)
        else:
            self._push(self._awaited, depth)
        self._awaited = None

    def _open(self, found: Opening, lines: Sequence[Line], index: int) -> None:
        depth = lines[index].depth
        top = self._frames[-1]
        start = index + found.length
        following = next((line for line in lines[start : start + _NEAR] if line.text.strip()), None)
        if following is not None and following.depth > depth:
            self._awaited = found
        elif top.marks and not top.is_named and not top.has_words:
            # The mail names its writer inside of the quotation itself, as the first thing there.
            self._frames[-1] = self._frame(found, top.marks, top.level, is_forward=top.kind == "forwarded")
        else:
            self._push(found, depth)

    def _push(self, found: Opening | None, depth: int) -> None:
        level = min(self._frames[-1].level + 1, _MAX_LEVEL)
        self._frames.append(self._frame(found, depth, level))

    def _frame(self, found: Opening | None, marks: int, level: int, *, is_forward: bool = False) -> _Frame:
        outer = next((frame for frame in reversed(self._frames) if frame.level < level), self._frames[0])
        if found is None:
            return _Frame(marks, level, "quoted", None, None, is_named=False)
        is_forward = is_forward or found.is_forward or (found.is_marked and says_forward(outer.subject))
        return _Frame(
            marks=marks,
            level=level,
            kind="forwarded" if is_forward else "quoted",
            sender=self._people.named(found.author),
            sent_at=self._dated(found),
            subject=found.subject,
            is_named=bool(found.author),
        )

    def _dated(self, found: Opening) -> datetime | None:
        """Return when a quoted mail was sent: a day to come would put off whatever it asks for."""
        dated = quoted_date(found.dated, near=self._sent_at, day_first=found.day_first)
        return dated if dated is not None and dated <= self._sent_at + _AHEAD else None

    def _write(self, line: Line) -> None:
        frame = self._frames[-1]
        if not self.runs or self.runs[-1].frame is not frame:
            self.runs.append(_Run(frame))
        self.runs[-1].lines.append(line)
        frame.has_words = frame.has_words or bool(line.text.strip())


def _parts(runs: Sequence[_Run]) -> Iterable[Part]:
    last = {id(run.frame): index for index, run in enumerate(runs)}
    for index, run in enumerate(runs):
        frame = run.frame
        for is_signature, lines in split(run.lines, is_last=last[id(frame)] == index):
            text = joined(lines)
            if text.strip(_RULES):
                yield Part(
                    kind="signature" if is_signature else frame.kind,
                    text=text,
                    sender=frame.sender,
                    sent_at=frame.sent_at,
                    depth=frame.level,
                )
