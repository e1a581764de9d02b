"""A line in which signs stand for words ("7 ➡ Kim", "8 ❌", "9 ⏰ Friday", "4 (Kim)") -> the same in words."""

from __future__ import annotations

import re

from assistant.decide.commands.arguments import DATE, LEVEL, WEEKDAY, people_in
from assistant.decide.commands.meaning import names_of
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.text import fold, plain_text


def _forms(*rows: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(form), put) for form, put in rows)


_N = r"(?<![\w.:/$-])(#?\d{1,6}(?:(?:, ?| ?& ?| and | y )#?\d{1,6}){0,12})"
_CLOCKS = "⏰⏱⏲⏳⌛🔔💤😴🔜🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛"
_CALENDARS = "📅📆🗓"
_CROSSES = "❌✖✗✘❎🚫⛔"
_ALARMS = "🚨🔥‼❗⚠"
_TICKS = "✅✔☑✓👍"
_ARROWS = "➡⮕⇒⇨⟶⏩▶👉→"
_ANY = f"{_CROSSES}{_CLOCKS}{_CALENDARS}{_ALARMS}{_TICKS}{_ARROWS}"
_MARKED = re.compile(rf"(?<=[^\s,.;:])(?:,| and)? +(?={_N}\s*[:-]?\s*[{_ANY}])")
_LEADING = re.compile(rf"\s*[{_TICKS}{_CROSSES}]\s*#?\d")
_BEFORE = re.compile(rf"(?<=[^\s,.;:]),? +(?=[{_TICKS}{_CROSSES}]+\s*{_N})")
_CROSSED = _forms(
    (rf"(^|; )[{_CROSSES}]+\s*{_N}(?=\s*(?:[,;.!]|$))", r"\1\2: not done"),
    (rf"(^|; )[{_CROSSES}]+\s*{_N}[\s,;:-]*", r"\1note \2: "),
)
"""Where the signs stand before the numbers."""
_FORMS = _forms(
    (r"^\s*[👉➡▶•]+\s*(?=#?\d)", ""),
    (rf"\s*[{_ARROWS}]+\s*(?=\w)", " → "),
    (rf"{_N}\s*[:-]?\s*[{_CROSSES}]+\s*(?=[,;.!]|$)", r"\1: not done"),
    (rf"{_N}\s*[:-]?\s*[{_CROSSES}]+[\s,;:-]*", r"note \1: "),
    (rf"{_N}\s*[:-]?\s*[{_CLOCKS}]+\s*(?:(?:until|till|til|to|for|on|hasta)\s)?(?=\w)", r"snooze \1 until "),
    (rf"{_N}\s*[:-]?\s*[{_CALENDARS}]+\s*(?:(?:due|to|for|on|by)\s)?(?=\w)", r"\1 due "),
    (rf"{_N}\s*[:-]?\s*[{_ALARMS}]+(?=\s*(?:[,;.]|$))", r"\1 urgent"),
    (r"\s*[❓❔]", "?"),
)
_IN_BRACKETS = re.compile(r"(^|[,;.]\s+|\band\s+)(#?\d{1,6}) ?\(([^()]{1,30})\)(?=\s*(?:[,;.!]|$|\band\b))")
_DAY = re.compile(
    rf"(?:(?:until|till|til|due|by|on|to|->|next|hasta|para el|el) )*(?:{WEEKDAY}|{DATE}|tomorrow|tmrw|next week|eow|"
    r"end of (?:the )?(?:week|month)|manana)"
)


def in_words(line: str, asked: ReplyContext) -> str:
    """Return the line with its signs in words, where each stands beside the number of which it tells."""
    forms = _FORMS
    if _LEADING.match(line):
        line, forms = _BEFORE.sub("; ", line), (*_CROSSED, *_FORMS)
    else:
        line = _between(line)
    for form, put in forms:
        line = form.sub(put, line)
    return _IN_BRACKETS.sub(lambda match: _without_brackets(match, asked), line)


def _between(line: str) -> str:
    """Return "12 ✓; 14 ✓" for "12 ✓ 14 ✓": each number with its sign is a command of its own."""
    first = re.search(rf"{_N}\s*[:-]?\s*[{_ANY}]", line)
    start = first.end() if first else len(line)
    return _MARKED.sub(lambda match: match[0] if match.start() < start else "; ", line)


def _without_brackets(match: re.Match[str], asked: ReplyContext) -> str:
    """Return "4 Kim" for "4 (Kim)": what is put behind a number and can be nothing but a taker, a day or a level."""
    told = fold(match[3].strip())
    if not (_DAY.fullmatch(told) or re.fullmatch(LEVEL, told) or _is_colleague(told, asked)):
        return match[0]
    return f"{match[1]}{match[2]} {match[3].strip()}"


def _is_colleague(name: str, asked: ReplyContext) -> bool:
    found = people_in(plain_text(name), asked.people)
    is_whole = len(found) == 1 and (name == fold(found[0].name) or name in fold(found[0].name).split())
    return is_whole and not any(name in names_of(task) for task in asked.listed)
