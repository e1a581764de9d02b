"""rules/extract/*.toml -> Rules: the patterns of the embedded engine, checked and compiled once.

A file holds `[words]` (lists that patterns name as `<list>`) and `[[rule]]`, each rule with examples of what it finds
and of what it must not find. Patterns are matched without regard to case, and straight quotes match curly ones.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from assistant.errors import RuleError
from assistant.understand.embedded.screen import Screen

Kind = Literal[
    "request",
    "need",
    "wish",
    "question",
    "promise",
    "report",
    "further",
    "offer",
    "affirm",
    "deny",
    "condition",
    "done",
    "cancel",
    "moved",
    "settled",
    "finished",
    "dropped",
    "delegate",
    "aware",
    "boilerplate",
    "attack",
    "critical",
    "high",
    "head",
    "lack",
    "open_cell",
    "open_remark",
]
KINDS: frozenset[str] = frozenset(get_args(Kind))
LANGUAGES = frozenset({"en", "es"})
NEEDED = frozenset({"no_name", "common"})
"""Lists of words that the engine itself reads."""

# A pattern must run in linear time on any mail: no wildcard, group or set is repeated without an upper bound.
UNBOUNDED = re.compile(r"(?<!\\)(?:\.[*+]|\)[*+]|\{\d*,\})|(?<!\\)\][*+]")
WORD_LIST = re.compile(r"<(?P<name>[a-z_]{2,20})>")
STRAIGHT = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\n": " ", "\t": " "}
)


SPANISH = re.compile(
    r"[áéíóúñ¿¡]|\b(?:el|la|los|las|que|por|para|una|su|con|favor|del|se|le|de|mi|al|ya|porfa)\b", re.IGNORECASE
)


@lru_cache(maxsize=2048)
def straight(text: str) -> str:
    """Return `text` with straight quotes and plain spaces; every character keeps its place."""
    return text.translate(STRAIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    text: str
    finds: str
    """What `Rule.find` returns for the text; "" where it must find nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Where a rule matched."""

    rule: Rule
    start: int
    end: int
    what: int
    """Where the words begin that say what is to be done; the match's start where the pattern does not mark it."""
    until: int | None = None
    """Where those words end; None: with the sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    name: str
    kind: Kind
    language: str
    pattern: re.Pattern[str]
    examples: tuple[Example, ...]
    certain: bool = True
    title: str = ""
    """How a title is made of the words found: `Get {}`; "" where the words are the title."""

    def search(self, text: str) -> Hit | None:
        found = self.pattern.search(text)
        if found is None:
            return None
        groups = self.pattern.groupindex
        marked = next((name for name in ("thing", "what", "also") if name in groups and found[name]), 0)
        what, until = found.span(marked)
        return Hit(
            rule=self,
            start=found.start(),
            end=found.end(),
            what=max(what, 0),
            until=None if marked in {"what", "also"} else until,
        )

    def find(self, text: str) -> str:
        """Return the words this rule finds in one sentence: `thing`, from `what` to the end, or the match; ""."""
        hit = self.search(straight(text))
        if hit is None:
            return ""
        return text[hit.what : hit.until].strip(" .!?")


class Rules:
    """All rules, by kind, in the order of their files and of their places there."""

    def __init__(self, rules: tuple[Rule, ...], words: Mapping[str, frozenset[str]]) -> None:
        self.all = rules
        self.words = words
        self._by_kind: dict[str, list[tuple[int, Rule]]] = {kind: [] for kind in KINDS}
        for place, rule in enumerate(rules):
            self._by_kind[rule.kind].append((1 << place, rule))
        self._of_kind = {kind: sum(bit for bit, _ in listed) for kind, listed in self._by_kind.items()}
        self._spanish = sum(1 << place for place, rule in enumerate(rules) if rule.language == "es")
        samples = (example.text for rule in rules for example in rule.examples)
        self._screen = Screen([rule.pattern for rule in rules], samples)

        # The same sentence is asked about by several readers.
        self.first = lru_cache(maxsize=4096)(self._first)
        self.candidates = lru_cache(maxsize=1024)(self._candidates)

    def _first(self, kind: Kind, text: str) -> Hit | None:
        """Return the first match of `kind`, by the rules' order; `text` is straight."""
        return next(self.hits(kind, text), None)

    def _candidates(self, text: str) -> int:
        """Return the rules that can match, as bits: Spanish ones only where a word or letter is Spanish."""
        found = self._screen.candidates(text)
        return found if found & self._spanish == 0 or SPANISH.search(text) else found & ~self._spanish

    def hits(self, kind: Kind, text: str) -> Iterator[Hit]:
        candidates = self.candidates(text)
        if not candidates & self._of_kind[kind]:
            return iter(())
        return (hit for bit, rule in self._by_kind[kind] if bit & candidates and (hit := rule.search(text)) is not None)


def load_rules(folder: Path) -> Rules:
    """Return the rules of a folder.

    Raises:
        RuleError: A file or rule cannot be used as written.

    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise RuleError(str(folder), "holds no rules (*.toml)")
    files = {path.name: _read(path) for path in paths}
    lists = {name: entries for file, data in files.items() for name, entries in _words(file, data)}
    if lacking := sorted(NEEDED - set(lists)):
        raise RuleError(str(folder), f"no file has the list of words {lacking[0]!r}")
    words = {name: _alternatives(entries) for name, entries in lists.items()}
    rules = tuple(
        _rule(file, place, raw, words) for file, data in files.items() for place, raw in enumerate(_list(file, data))
    )
    names = [rule.name for rule in rules]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise RuleError(twice[0], "two rules have this name")
    return Rules(rules, {name: frozenset(entries) for name, entries in lists.items()})


def _read(path: Path) -> dict[str, object]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(path.name, f"cannot be read ({error})") from error
    if unknown := sorted(set(data) - {"words", "rule"}):
        raise RuleError(path.name, f"unknown table {unknown[0]!r}")
    return data


def _list(file: str, data: Mapping[str, object]) -> list[dict[str, object]]:
    raw = data.get("rule", [])
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        raise RuleError(file, "`rule` must be a list of tables: [[rule]]")
    return raw


def _words(file: str, data: Mapping[str, object]) -> Iterator[tuple[str, list[str]]]:
    lists = data.get("words", {})
    if not isinstance(lists, dict):
        raise RuleError(file, "`words` must be a table of lists")
    for name, entries in lists.items():
        if not isinstance(entries, list) or not entries or not all(isinstance(one, str) and one for one in entries):
            raise RuleError(f"{file}, words.{name}", "must be a list of words")
        yield name, entries


def _alternatives(entries: list[str]) -> str:
    # The longest first: "follow up" before "follow".
    ordered = sorted(entries, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(one).replace(r"\ ", " ") for one in ordered) + ")"


def _rule(file: str, place: int, raw: Mapping[str, object], words: Mapping[str, str]) -> Rule:
    name = raw.get("name")
    where = f"{file}, rule {name or place}"
    if not isinstance(name, str) or not name:
        raise RuleError(where, "has no name")
    if unknown := sorted(set(raw) - {"name", "kind", "language", "pattern", "certain", "title", "example"}):
        raise RuleError(where, f"unknown key {unknown[0]!r}")
    kind, language, certain, title = (
        raw.get("kind"),
        raw.get("language", "en"),
        raw.get("certain", True),
        raw.get("title", ""),
    )
    if kind not in KINDS:
        raise RuleError(where, f"kind must be one of {', '.join(sorted(KINDS))}")
    if language not in LANGUAGES:
        raise RuleError(where, "language must be en or es")
    if not isinstance(certain, bool) or not isinstance(title, str) or (title and title.count("{}") != 1):
        raise RuleError(where, "certain must be true or false, and title must hold {} once")
    return Rule(
        name=name,
        kind=cast("Kind", kind),
        language=str(language),
        pattern=_compile(where, raw.get("pattern"), words),
        examples=_examples(where, raw.get("example")),
        certain=certain,
        title=title,
    )


def _compile(where: str, source: object, words: Mapping[str, str]) -> re.Pattern[str]:
    if not isinstance(source, str) or not source:
        raise RuleError(where, "has no pattern")
    if UNBOUNDED.search(source):
        raise RuleError(where, "repeats something without an upper bound; write {0,40} instead of * or +")

    def alternatives(found: re.Match[str]) -> str:
        # (?P<what>...) names a group, no list.
        if source[: found.start()].endswith("(?P"):
            return found.group()
        if found["name"] not in words:
            raise RuleError(where, f"there is no list of words named {found['name']!r}")
        return words[found["name"]]

    try:
        return re.compile(WORD_LIST.sub(alternatives, source), re.IGNORECASE)
    except re.error as error:
        raise RuleError(where, f"the pattern is wrong ({error})") from error


def _examples(where: str, raw: object) -> tuple[Example, ...]:
    if not isinstance(raw, list):
        raise RuleError(where, "has no examples")
    examples = []
    for one in raw:
        if (
            not isinstance(one, dict)
            or set(one) != {"text", "finds"}
            or not all(isinstance(v, str) for v in one.values())
        ):
            raise RuleError(where, "an example has `text` and `finds`, both text")
        examples.append(Example(text=one["text"], finds=one["finds"]))
    if not any(one.finds for one in examples) or all(one.finds for one in examples):
        raise RuleError(where, "needs an example of what it finds and one in which it must find nothing")
    return tuple(examples)
