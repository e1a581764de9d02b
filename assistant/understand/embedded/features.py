"""Sentences -> Features: hashes of the runs of words and shapes in them, of what stands about each verb, of patterns.

All sentences are read in one sweep of arrays; each is read alone. A feature is a hash, the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.understand.embedded import words as of
from assistant.understand.embedded.claims import PLEA, signs
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.words import Words, hashed, tokens

BLOCKS = 4
WORDS, SHAPES, PLACES, PATTERNS = range(BLOCKS)
"""What a feature of a sentence is about."""
BEFORE, AFTER = 4, 3
"""Edge marks around each sentence."""
LONGEST_RUN, LONGEST_OF_WORDS = 4, 3
SUBJECT_REACH = 16
"""So many words after its subject a verb may stand."""
SLOTS = 1 << 32
SEED = np.uint64(0x9E3779B97F4A7C15)
CAPITALS = np.asarray([hashed(one) for one in ("<Cap>", "<CAP>", "<V>")], dtype=np.uint64)
NUMBERS = np.asarray([hashed("<num>")], dtype=np.uint64)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Hashes = NDArray[np.uint64]
Seen = tuple[Ints, Ints, Hashes]
"""Sentences, blocks and hashes of features."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What each sentence and each verb shows, as parallel arrays."""

    rows: int
    row: Ints
    block: Ints
    slot: Ints
    verb_row: Ints
    """The sentence of each verb."""
    verb_at: Ints
    """Which of the sentence's tokens it is, from 0."""
    verb: Ints
    verb_slot: Ints
    is_asked: Floats
    """1.0 where a pattern says yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stream:
    """All sentences' tokens in one row, with edge marks between them."""

    row: Ints
    at: Ints
    """The token's place in its sentence, from 0; below 0 and from `size` on for edge marks."""
    size: Ints
    word: Hashes
    shape: Hashes
    base: Hashes
    form: Hashes
    bits: Ints
    rule: Hashes
    """The pattern whose words begin here; 0 for none."""


def features(sentences: Sequence[str], words: Words, rules: Rules) -> Features:
    """Return what sentences show; each is read alone."""
    stream, named, asked = _stream(sentences, words, rules)
    row, block, slot = (np.concatenate(one) for one in zip(*_of_sentences(stream), *named, strict=True))
    # What is said twice counts once.
    key = np.unique((row * BLOCKS + block) * SLOTS + _slot(slot))
    verbs = _places_of_verbs(stream)
    place = np.arange(len(verbs)) * SLOTS
    verb_key = np.unique(np.concatenate([place + _slot(one) for one in _of_verbs(stream, verbs)]))
    return Features(
        rows=len(sentences),
        row=key // (BLOCKS * SLOTS),
        block=key // SLOTS % BLOCKS,
        slot=key % SLOTS,
        verb_row=stream.row[verbs],
        verb_at=stream.at[verbs],
        verb=verb_key // SLOTS,
        verb_slot=verb_key % SLOTS,
        is_asked=asked,
    )


def _stream(sentences: Sequence[str], words: Words, rules: Rules) -> tuple[_Stream, list[Seen], Floats]:
    edges = [words.look_up("^")] * BEFORE, [words.look_up("$")] * AFTER
    known: list[tuple[int, ...]] = []
    sizes: list[int] = []
    named: list[Seen] = []
    asked: list[bool] = []
    at_rule: list[tuple[int, int]] = []
    for row, sentence in enumerate(sentences):
        said = tokens(sentence)
        starts = {start: len(known) + BEFORE + place for place, (_, start) in enumerate(said)}
        found = tuple(signs(sentence, rules))
        asked.append(bool(found) or PLEA.search(straight(sentence)) is not None)
        for rule, start in found:
            named.append(_named(row, hashed(rule.name)))
            named.append(_named(row, hashed(rule.kind)))
            if start in starts:
                at_rule.append((starts[start], hashed(rule.name)))
        known += chain(edges[0], (words.look_up(one) for one, _ in said), edges[1])
        sizes.append(len(said))
    size = np.asarray(sizes, dtype=np.int64)
    length = size + BEFORE + AFTER
    row_of = np.repeat(np.arange(len(size)), length)
    columns = np.fromiter(chain.from_iterable(known), dtype=np.uint64, count=5 * len(known)).reshape(-1, 5).T
    rule_of = np.zeros(len(known), dtype=np.uint64)
    for place, name in at_rule:
        rule_of[place] = name
    return (
        _Stream(
            row=row_of,
            at=np.arange(len(row_of)) - np.repeat(np.cumsum(length) - length + BEFORE, length),
            size=size[row_of],
            word=columns[0],
            shape=columns[1],
            base=columns[2],
            form=columns[3],
            bits=columns[4].astype(np.int64),
            rule=rule_of,
        ),
        named,
        np.asarray(asked, dtype=np.float64),
    )


def _named(row: int, name: int) -> Seen:
    return np.asarray([row]), np.asarray([PATTERNS]), _mix(90, np.asarray([name], dtype=np.uint64))


def _of_sentences(stream: _Stream) -> Iterator[Seen]:
    """Yield runs of words and of shapes, how clauses begin, who does what, and how long it all is."""

    def seen(block: int, places: Ints, hashes: Hashes) -> Seen:
        return stream.row[places], np.full(len(places), block), hashes

    for count in range(1, LONGEST_RUN + 1):
        first = np.flatnonzero((stream.at >= -1) & (stream.at + count - 1 <= stream.size))
        if count <= LONGEST_OF_WORDS:
            yield seen(WORDS, first, _mix(count, *(stream.word[first + step] for step in range(count))))
        yield seen(SHAPES, first, _mix(10 + count, *(stream.shape[first + step] for step in range(count))))
        if count > 2:  # noqa: PLR2004 - a run with a gap has two ends
            yield seen(SHAPES, first, _mix(20 + count, stream.shape[first], stream.shape[first + count - 1]))
    inside = (stream.at >= 0) & (stream.at < stream.size)
    begins = np.flatnonzero(inside & ((stream.at == 0) | (np.roll(stream.bits, 1) & (of.BREAK | of.CLAUSE) > 0)))
    yield seen(PLACES, begins, _mix(30, stream.shape[begins]))
    yield seen(PLACES, begins, _mix(31, stream.shape[begins], stream.shape[begins + 1]))
    subjects = np.flatnonzero(inside & (stream.bits & of.SUBJECT > 0))
    yield seen(PLACES, subjects, _mix(32, stream.word[subjects], stream.shape[subjects + 1]))
    last = np.flatnonzero(stream.at == np.maximum(stream.size - 1, 0))
    yield seen(PLACES, last, _mix(35, stream.shape[last]))
    yield seen(PLACES, last, _mix(36, np.minimum(stream.size[last] // 4, 12)))
    yield seen(PLACES, last, _mix(37, np.minimum(np.log2(stream.size[last] + 1).astype(np.int64), 7)))
    for number, kind in ((38, CAPITALS), (39, NUMBERS)):
        share = np.bincount(stream.row, weights=inside & np.isin(stream.shape, kind)) * 5
        yield seen(PLACES, last, _mix(number, (share[stream.row[last]] / (stream.size[last] + 1e-9)).astype(np.int64)))


def _places_of_verbs(stream: _Stream) -> Ints:
    """Return where a deed may be named: forms of verbs, and unknown words where only a verb can stand."""
    before = np.roll(stream.bits, 1)
    guessed = (stream.bits & of.OPEN > 0) & (
        ((before & of.LEADER > 0) & (stream.bits & of.LOWER > 0)) | (stream.at == 0)
    )
    return np.flatnonzero((stream.at >= 0) & (stream.at < stream.size) & ((stream.form > 0) | guessed))


def _of_verbs(stream: _Stream, verb: Ints) -> Iterator[Hashes]:
    """Yield what stands about each verb: what comes before and after, and who does it."""
    form, base, shape, word = stream.form[verb], stream.base[verb], stream.shape, stream.word
    yield _mix(50, base)
    yield _mix(51, form)
    yield _mix(52, base, form)
    for count in (1, 2, 3, 4):
        yield _mix(53 + count, form, *(shape[verb - step] for step in range(1, count + 1)))
    for count in (1, 2):
        yield _mix(58 + count, base, *(word[verb - step] for step in range(1, count + 1)))
    for count in (1, 2, 3):
        yield _mix(61 + count, form, *(shape[verb + step] for step in range(1, count + 1)))
    for number, places in enumerate(((-2,), (-3,), (2,), (-1, 1), (-2, -1, 1))):
        yield _mix(66 + number, *(shape[verb + step] for step in places))
    yield _mix(91, stream.rule[verb])
    yield from _of_doers(stream, verb)


def _of_doers(stream: _Stream, verb: Ints) -> Iterator[Hashes]:
    """Yield who does it and how it stands with it: subject, modal, negation, place in the clause."""
    form, shape, word = stream.form[verb], stream.shape, stream.word
    start = verb - stream.at[verb]
    role = {
        bit: _last(stream.bits & bit > 0)[verb - 1] for bit in (of.SUBJECT, of.MODAL, of.NEGATION, of.JOINT, of.BREAK)
    }
    subject = np.where((role[of.SUBJECT] >= start) & (verb - role[of.SUBJECT] <= SUBJECT_REACH), role[of.SUBJECT], -1)
    who = np.where(subject >= 0, word[subject], 0)
    is_own = role[of.MODAL] >= np.maximum(subject, start)
    how = np.where(is_own, word[role[of.MODAL]], 0)
    is_twice = is_own & (stream.bits[role[of.MODAL] - 1] & of.MODAL > 0)
    how_before = np.where(is_twice, word[role[of.MODAL] - 1], 0)
    denied = role[of.NEGATION] >= np.maximum(subject, start)
    end = shape[verb - stream.at[verb] + stream.size[verb] - 1]
    yield _mix(72, who, form)
    yield _mix(73, who, how, form)
    yield _mix(74, who, how, how_before, form)
    yield _mix(75, how, how_before)
    yield _mix(76, who, np.where(subject >= 0, word[subject - 1], 0))
    yield _mix(77, who, np.minimum(np.where(subject >= 0, verb - subject, 9), 5))
    yield _mix(78, denied, form)
    yield _mix(79, np.where(role[of.JOINT] >= start, word[role[of.JOINT]], 0))
    yield _mix(80, end, form)
    yield _mix(81, end, who)
    yield _mix(82, np.minimum(stream.at[verb], 6))
    clause = np.maximum(role[of.BREAK] + 1, start)
    yield _mix(83, np.minimum(verb - clause, 6), form)
    yield _mix(84, shape[clause], form)
    yield _mix(85, np.where(clause > start, word[clause - 1], 0))
    yield _mix(86, word[start])
    yield _mix(87, np.minimum(np.log2(stream.size[verb] + 1).astype(np.int64), 7))
    ruled = _last(stream.rule > 0)[verb]
    yield _mix(92, np.where(ruled >= start, stream.rule[ruled], 0))


def _last(is_one: NDArray[np.bool_]) -> Ints:
    """Return for each place the last one up to it that is one; -1 for none."""
    return np.maximum.accumulate(np.where(is_one, np.arange(len(is_one)), -1))


def _mix(number: int, *columns: NDArray[Any]) -> Hashes:
    """Return one number for each row of columns, the same on every machine."""
    mixed = np.full(len(columns[0]), number * 0x632BE59BD9B4E019 & 0xFFFFFFFFFFFFFFFF, dtype=np.uint64)
    for column in columns:
        mixed = (mixed ^ column.astype(np.uint64)) * SEED
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _slot(mixed: Hashes) -> Ints:
    return ((mixed * SEED) >> np.uint64(32)).astype(np.int64)
