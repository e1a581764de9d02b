"""A line in which signs stand for words ("7 ➡ Kim", "8 ❌", "9 ⏰ Friday", "4 (Kim)") -> the same in words."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.decide.commands.matching.meaning import names_of
from assistant.decide.commands.plain.turns import DAY
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.arguments import LEVEL, people_in
from assistant.decide.commands.wording.text import fold, plain_text
from assistant.decide.commands.wording.words import STRONG


def _forms(*rows: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(form, re.IGNORECASE), put) for form, put in rows)


_N = r"(?<![\w.:/$-])(#?\d{1,6}(?:(?:, ?| ?& ?| and | y )#?\d{1,6}){0,12})"
_CLOCKS = "⏸⏭⏰⏱⏲⏳⌛🔔💤😴🔜🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛"
_CALENDARS = "📅📆🗓"
_CROSSES = "❌✖✗✘❎🚫⛔👎🙅☐"
_ALARMS = "🚨🔥‼❗⚠"
_TICKS = "✅✔☑✓👍"
_ARROWS = "➡⮕⇒⇨⟶⏩▶👉→"
_ANY = f"{_CROSSES}{_CLOCKS}{_CALENDARS}{_ALARMS}{_TICKS}{_ARROWS}"
_MARKED = re.compile(rf"(?<=[^\s,.;:])(?:,| and| but| y| pero)? {{1,3}}(?={_N}\s*[:-]?\s*[{_ANY}])")
_ENDED = re.compile(rf"(?<=[{_TICKS}{_CROSSES}]) {{1,3}}(?=#?\d{{1,6}}[ :-])")
_LEADING = re.compile(rf"\s*[{_TICKS}{_CROSSES}]\s*#?\d")
_BEFORE = re.compile(rf"(?<=[^\s,.;:]),? {{1,3}}(?=[{_TICKS}{_CROSSES}]+\s*{_N})")
_CROSSED = _forms(
    (rf"(^|; )[{_CROSSES}]+\s*{_N}(?=\s*(?:[,;.!]|$))", r"\1\2: not done"),
    (rf"(^|; )[{_CROSSES}]+\s*{_N}[\s,;:-]*", r"\1note \2: "),
)
"""Where the signs stand before the numbers."""
_FORMS = _forms(
    (r"^\s*[👉➡▶•]+\s*(?=#?\d)", ""),
    (rf"\s{{0,3}}(?:[{_ARROWS}]|[-=]{{1,3}}>)+\s{{0,3}}(?=\w)", " → "),
    (rf"( → [A-Za-zÀ-ÿ.' -]{{2,30}}?) → (?={DAY})", r"\1, due "),
    (rf"{_N} ?(?:\.{{2,5}}|…) ?(?=\w)", r"\1: "),
    (rf"{_N} ?= ?(?={DAY})", r"\1 due "),
    (rf"{_N} ?\[ ?[x✓] ?\]", r"\1 ✓"),
    (rf"{_N} ?\[ {{0,2}}\](?=\s*(?:[,;.]|$))", r"\1: not done"),
    (rf"{_N}-(?=(?:{STRONG}|not|sent|faxed|booked|ordered)\b)", r"\1 "),
    (r"(^|[,;.] ?|\s)\[(#?\d{1,6})\](?=[\s:,-]|$)", r"\1\2"),
    (rf"{_N}\s*[:-]?\s*[{_CROSSES}]+\s*(?=[,;.!]|$)", r"\1: not done"),
    (rf"{_N}\s*[:-]?\s*[{_CROSSES}]+[\s,;:-]*", r"note \1: "),
    (rf"{_N}\s*[:-]?\s*[{_CLOCKS}]+\s*(?:(?:until|till|til|to|for|on|hasta)\s)?(?={DAY})", r"snooze \1 until "),
    (rf"{_N}\s*[:-]?\s*[{_CALENDARS}]+\s*(?:(?:due|to|for|on|by)\s)?(?={DAY})", r"\1 due "),
    (rf"{_N}\s*[:-]?\s*[{_CLOCKS}{_CALENDARS}]+[\s,;:-]*(?=\w)", r"note \1: "),
    (rf"{_N}\s*[:-]?\s*[{_ALARMS}]+(?=\s*(?:[,;.]|$))", r"\1 urgent"),
    (r"\s{0,3}[❓❔]", "?"),
)
_IN_BRACKETS = re.compile(r"(^|[,;.]\s{1,4}|\band\s{1,4})(#?\d{1,6}) ?\(([^()]{1,30})\)(?=\s*(?:[,;.!]|$|\band\b))")
_WHOLE_DAY = re.compile(rf"{DAY}[a-z0-9/:. ]{{0,16}}")
_DOTTED = re.compile(r"(?P<b>^\s*|[.,;]?\s{1,4})(?P<n>#?\d{1,6})[.)]\s{1,4}(?=[^\W\d_])")


def in_words(line: str, asked: ReplyContext) -> str:
    """Return the line with its signs in words, where each stands beside the number of which it tells."""
    line, forms = _DOTTED.sub(_undotted(line, asked), line), _FORMS
    if _LEADING.match(line):
        line, forms = _BEFORE.sub("; ", line), (*_CROSSED, *_FORMS)
    else:
        line = _between(line)
    for form, put in forms:
        line = form.sub(put, line)
    return _IN_BRACKETS.sub(lambda match: _without_brackets(match, asked), line)


def _undotted(line: str, asked: ReplyContext) -> Callable[[re.Match[str]], str]:
    """Return what puts "12: done; 14: not yet" for "12. done 14. not yet", a line that begins with a task so dotted."""
    known = {str(task.number) for task in asked.tasks}
    first = _DOTTED.match(line)
    is_list = first is not None and first["n"].lstrip("#") in known

    def put(match: re.Match[str]) -> str:
        if not is_list or match["n"].lstrip("#") not in known:
            return match[0]
        return f"{'; ' if match['b'].strip() or match.start() else ''}{match['n']}: "

    return put


def _between(line: str) -> str:
    """Return "12 ✓; 14 ✓" for "12 ✓ 14 ✓": each number with its sign is a command of its own."""
    first = re.search(rf"{_N}\s*[:-]?\s*[{_ANY}]", line)
    start = first.end() if first else len(line)
    return _ENDED.sub("; ", _MARKED.sub(lambda match: match[0] if match.start() < start else "; ", line))


def _without_brackets(match: re.Match[str], asked: ReplyContext) -> str:
    """Return "4 Kim" for "4 (Kim)": what is put behind a number and can be nothing but a taker, a day or a level."""
    told = fold(match[3].strip())
    if not (_WHOLE_DAY.fullmatch(told) or re.fullmatch(LEVEL, told) or _is_colleague(told, asked)):
        return match[0]
    return f"{match[1]}{match[2]} {match[3].strip()}"


def _is_colleague(name: str, asked: ReplyContext) -> bool:
    found = people_in(plain_text(name), asked.people)
    is_whole = len(found) == 1 and (name == fold(found[0].name) or name in fold(found[0].name).split())
    return is_whole and not any(name in names_of(task) for task in asked.listed)
