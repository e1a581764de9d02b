"""Labels at the head of lines ("Done: 2, 4", "Reassign: 4 Kim", "Friday: 4, 5") -> a plain command a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.arguments import people_in
from assistant.decide.commands.wording.clauses import sentences
from assistant.decide.commands.wording.doubts import doubt
from assistant.decide.commands.wording.numbers import LIST
from assistant.decide.commands.wording.text import fold, plain_text
from assistant.decide.commands.wording.words import STRONG

_LABEL = re.compile(
    r"\W{0,3}(?P<l>[a-z](?:[a-z' /]|(?<![\d:])\d{1,2}(?=[/:]\d|\s?[ap]m\b|st\b|nd\b|rd\b|th\b)|(?<=[/:])\d{1,2}"
    r"|(?<=\d):(?=\d\d)){1,30}?)"
    r"\s*(?::|\s-+\s|=)\s*(?P<r>(?:#?\d{1,6}\b|(?:the|la|el|task)\s#?\d).*)"
)
_ITEM = re.compile(
    r"(?:^|[,;]|\band\b|\by\b|\s)\s*(?=#?\d{1,6}(?:[\s,;&(.]|$)(?!\s?(?:am|pm|a|p|st|nd|rd|th|days?|weeks?|hours?)\b))"
)
_NUMBERS = re.compile(rf"(?:(?:the|task|la|el)\s)?(?P<s>{LIST})\s*[:,>-]*\s*(?P<t>.*)")
_AIM = re.compile(r"^(?:to|->|>|for|until|till|til|para|hasta|a|al)\s+", re.IGNORECASE)
_SAID_DONE = (
    rf"(?:(?:(?:the|these|all) )?(?:following|ones|tasks|items)(?: (?:are|is|have been|were|got))?(?: all| now)? |"
    rf"these are |"
    rf"i (?:have )?|we (?:have )?|all |estas? (?:ya )?(?:estan|quedaron) )?(?:{STRONG})"
    r"(?: (?:today|yesterday|so far|this morning|this afternoon|as of now|for today|items|tasks|ones|hoy|ayer|"
    r"hasta ahora))*|"
    r"(?:i |we )?(?:just |already )?(?:knocked (?:these|them) out|took care of (?:these|them|the following)|"
    r"got (?:these|them) done|finished (?:these|them|up))(?: already| today| this morning)?|"
    r"(?:please |pls |you can |por favor )?(?:close(?: out)?|mark(?: as)? (?:done|complete[d]?|closed)|check off|"
    r"cierra|cierre)"
    r"(?: (?:the following|these|the ones below|these ones|estas|las siguientes))?(?: as)?(?: done| complete[d]?)?"
)
_LABELS: tuple[tuple[str, str, str], ...] = (
    (_SAID_DONE, "done {n}", "done {n}. note {n}: {t}"),
    (
        (
            r"not done(?: yet)?|still open|still pending|pending|open|todavia no|pendientes?|sin hacer|not yet|"
            r"waiting(?: on)?|on hold|in progress|en proceso|en espera|falta|faltan"
        ),
        "{n} not done",
        "note {n}: {t}",
    ),
    (
        r"re-?assign(?:ed)?|assign(?:ed)?|hand(?:ed)? (?:off|over)|give|transfer|reasignar|asignar|delegate[d]?",
        "give {n} to {t}",
        "give {n} to {t}",
    ),
    (r"later|snooze[d]?|remind me|remind|wait|mas tarde|despues|luego|defer", "snooze {n}", "snooze {n} until {t}"),
    (r"push|pushed|move|moved|due|reschedule[d]?|new dates?|mover|cambiar|postpone[d]?", "{n}", "{n} due {t}"),
    (
        (
            r"cancel|cancell?ed|drop|dropped|remove|delete|not needed|no longer needed|n/?a|cancelad[oa]s?|cancelar|"
            r"quitar|borrar"
        ),
        "drop {n}",
        "drop {n}, {t}",
    ),
    (r"re-?open(?:ed)?|reabrir|abrir", "reopen {n}", "reopen {n}, {t}"),
    (r"critical|stat|critic[oa]s?", "{n} critical", "{n} critical. note {n}: {t}"),
    (r"urgent|high(?: priority)?|asap|rush|urgentes?", "{n} urgent", "{n} urgent. note {n}: {t}"),
    (r"normal|low|routine", "{n} normal", "{n} normal. note {n}: {t}"),
    (r"notes?|fyi|updates?|comments?|notas?", "{n}", "note {n}: {t}"),
)
_UNTIL = r"(?:to|until|till|til|for|by|on|hasta|para|al?)"
_DATED = (
    (
        re.compile(
            rf"(?:(?:snoozed?|remind(?: me)?|wait(?:s|ing)?|hold|on hold|later|ask(?: me)? again|can wait|esperan?)"
            rf"(?: again)?(?: {_UNTIL})?|not (?:until|till|til|before)) (?P<d>.+)"
        ),
        "snooze {n} until {d}",
    ),
    (
        re.compile(
            rf"(?:(?:(?:all |both |now )?(?:move[sd]?|push(?:ed)?|bump(?:ed)?|rescheduled?|postponed?|delayed|"
            rf"shift(?:ed)?|"
            rf"extended|changed|due|new (?:due )?date)(?: (?:back|out|up|over))?)(?: {_UNTIL})? )?(?P<d>.+)"
        ),
        "{n} due {d}",
    ),
)
"""What is said of a day before the numbers for which it holds: "moved to fri: 4, 5"."""
_TO = re.compile(
    r"(?:(?:to|for|para|a|re-?assign(?:ed)? to|assign(?:ed)? to|give to|hand to|a)\s+)?(?P<p>[a-z.' ]{2,40})"
)


def together(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines with each list that stands under its label put behind it: "Done:", "2", "4"."""
    joined: list[str] = []
    label = ""
    for line in _in_a_column(lines):
        plain = fold(line)
        if re.fullmatch(r"[a-z][a-z' ]{2,30}:", plain):
            label = line
        elif label and re.match(r"#?\d{1,6}(?![\w/:])", plain):
            joined.append(f"{label} {line}")
        else:
            joined += [label] if label and not (joined and joined[-1].startswith(label)) else []
            label = ""
            joined.append(line)
    return (*joined, label) if label and not (joined and joined[-1].startswith(label)) else tuple(joined)


def _in_a_column(lines: tuple[str, ...]) -> list[str]:
    """Put numbers that stand one under the other in one line, with the "all done" below them."""
    joined: list[str] = []
    held: list[str] = []
    for line in lines:
        if re.fullmatch(r"#?\d{1,6}[,.]?", line):
            held.append(line.rstrip(",."))
            continue
        below = re.fullmatch(rf"(?:(?:all|both|todas?|todos) )?(?:are )?(?:{STRONG})[\s.!]*", fold(line))
        if held and below is not None and len(held) > 1:
            joined.append(f"{', '.join(held)}: {line}")
            held = []
            continue
        joined += [*held, line]
        held = []
    return [*joined, *held]


def labelled(line: str, asked: ReplyContext) -> Iterator[str]:
    """Give the commands of "Reassign: 4 Kim, 5 Ruth": the label goes with every number of the line."""
    plain = fold(line)
    match = _LABEL.fullmatch(plain)
    if match is None or "?" in plain:
        return
    rest, *others = sentences(line[match.start("r") :].strip())
    label = match["l"].strip()
    forms = next(((bare, told) for pattern, bare, told in _LABELS if re.fullmatch(pattern, label)), None)
    if forms is None:
        forms = _of_person_or_day(line[slice(*match.span("l"))].strip(), rest, asked)
    if forms is None:
        return
    items = _items(rest, {task.number for task in asked.tasks})
    if forms[0] == "{n}" and any(re.match(rf"(?:{STRONG})(?!\w)", fold(told)) for _, told in items):
        # "Update: 3 complete" tells more than a remark.
        return
    if forms[0] == "done {n}" and any(doubt(fold(told)) is not None for _, told in items):
        return
    if not items or (any(not told for _, told in items) and forms[0].endswith("{t}")):
        return
    for numbers, told in items:
        yield (forms[1] if told else forms[0]).format(n=numbers, t=_AIM.sub("", told.strip(" ()")))
    for other in others:
        yield from tuple(labelled(other, asked)) or (other,)


def _of_person_or_day(label: str, rest: str, asked: ReplyContext) -> tuple[str, str] | None:
    """Read "Kim: 4, 5" and "Friday: 4, 5": numbers alone stand behind."""
    if re.fullmatch(rf"{LIST}[\s.!]*", fold(rest)) is None:
        return None
    name = _TO.fullmatch(fold(label))
    if name is not None:
        found = people_in(plain_text(name["p"]), asked.people)
        if len(found) == 1 and fold(name["p"]) in {fold(found[0].name), *fold(found[0].name).split()}:
            return ("give {n} to " + found[0].email, "")
    for form, put in _DATED:
        dated = form.fullmatch(fold(label))
        if dated is not None and asked.when(day := label[slice(*dated.span("d"))]) is not None:
            return put.format(n="{n}", d=day), ""
    return None


def _begins(plain: str, start: int, known: set[int]) -> bool:
    number = re.match(r"#?(\d{1,6})", plain[start:])
    is_counted = re.search(r"\b(?:at|room|rm|bed|by|until|till|ext)\s*$", plain[:start]) is not None
    return number is not None and not is_counted and int(number[1]) in known


def _items(rest: str, known: set[int]) -> list[tuple[str, str]]:
    """Return each list of numbers with the words behind it: "4 Kim, 5, 7 Ruth" gives two."""
    # What stands in brackets is told of the number before it.
    plain = re.sub(r"\([^()]*\)", lambda match: " " * len(match[0]), fold(rest))
    found: list[tuple[str, str]] = []
    starts = [match.end() for match in _ITEM.finditer(plain) if _begins(plain, match.end(), known)]
    if not starts:
        # None of the numbers is a task's that the person knows of.
        return []
    held = ""
    for start, end in zip(starts, [*starts[1:], len(rest)], strict=True):
        match = _NUMBERS.fullmatch(plain, start, end)
        if match is None:
            return []
        told = rest[match.start("t") : end].strip(" ,;.")
        told = re.sub(r"(?:^|\s+)(?:and|y)$", "", told)
        numbers = f"{held}, {match['s'].strip()}" if held else match["s"].strip()
        held = "" if told else numbers
        if told:
            found.append((numbers, told))
    if held:
        found.append((held, ""))
    return found
