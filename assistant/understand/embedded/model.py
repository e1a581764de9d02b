"""Sentences -> how surely each asks for something: a small linear model over hashed features, beside the patterns.

Readers look at the sentence as a whole and one at each of its verbs; a line of weights per question makes one
probability of what they say. The weights come from `python -m tests.bench.train`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, get_args
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from assistant.errors import RuleError
from assistant.understand.embedded.features import BLOCKS, Features, Floats, Ints, features
from assistant.understand.embedded.rules import Rules
from assistant.understand.embedded.words import Words

Question = Literal["task", "request"]
"""`task`: does the sentence hold something to do, its writer's promise too; `request`: is something wanted of the
reader, an answer or mere attention too."""
QUESTIONS: tuple[Question, ...] = get_args(Question)
WEIGHTS = Path(__file__).with_name("model.npz")
READERS = 4
READINGS = READERS + 4
"""What a question weighs: each reader, the surest verb, all verbs together, the patterns' yes, and 1."""
LEAST, NO_VERB = 1e-4, -6.0


class Model:
    """The weights, and what they say; for several threads."""

    def __init__(self, weights: Mapping[str, NDArray[Any]], words: Words, rules: Rules) -> None:
        self._weights, self._words, self._rules = dict(weights), words, rules

    def scores(self, sentences: Sequence[str], question: Question) -> list[float]:
        """Return how probable a yes is for each sentence, from 0 to 1; many at once go faster."""
        if not sentences:
            return []
        seen = among(features(sentences, self._words, self._rules), self._weights)
        return [float(one) for one in score(readings(seen, self._weights), self._weights, question)]

    def says_yes(self, sentence: str, question: Question) -> bool:
        """Say whether a score is as high as it must be for a yes."""
        (found,) = self.scores([sentence], question)
        return bool(found >= self._weights["threshold"][QUESTIONS.index(question)])


def load_model(path: Path, rules: Rules) -> Model:
    """Return the model of a file of weights.

    Raises:
        RuleError: The file is not whole, or was trained with other lists of words.

    """
    words = Words(rules.words)
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            weights = {name: file[name] for name in file.files if name != "header"}
        for name in ("scale", "weight", "verb_weight"):
            weights[name] = weights[name].astype(np.float64) * weights.pop(f"{name}_step")
        digest = int(weights["digest"])
    except (OSError, EOFError, KeyError, ValueError, BadZipFile) as error:
        raise RuleError(path.name, "holds no weights that can be used") from error
    if digest != words.digest():
        raise RuleError(path.name, "was trained with other lists of words than model.toml holds; train it anew")
    return Model(weights, words, rules)


def among(seen: Features, weights: Mapping[str, NDArray[Any]]) -> Features:
    """Return the features that the weights know, by their place among these."""
    slot, is_known = _place_in(weights["known"], seen.slot)
    verb_slot, is_known_verb = _place_in(weights["verb_known"], seen.verb_slot)
    return replace(
        seen,
        row=seen.row[is_known],
        block=seen.block[is_known],
        slot=slot[is_known],
        verb=seen.verb[is_known_verb],
        verb_slot=verb_slot[is_known_verb],
    )


def _place_in(known: NDArray[Any], slot: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    place = np.minimum(np.searchsorted(known, slot), len(known) - 1)
    return place, known[place] == slot


def readings(seen: Features, weights: Mapping[str, Floats]) -> Floats:
    """Return what the readers say of each sentence, as logits, a column each."""
    said = [
        np.bincount(seen.row, weighed(seen, scale) * weight[seen.slot], seen.rows) + bias
        for scale, weight, bias in zip(weights["scale"], weights["weight"], weights["bias"], strict=True)
    ]
    verbs = len(seen.verb_row)
    total = np.bincount(seen.verb, weights["verb_weight"][seen.verb_slot], verbs)
    logits = total / np.sqrt(np.maximum(np.bincount(seen.verb, minlength=verbs), 1)) + weights["verb_bias"]
    surest = np.full(seen.rows, NO_VERB)
    np.maximum.at(surest, seen.verb_row, logits)
    none = np.bincount(seen.verb_row, -np.logaddexp(0.0, logits), seen.rows)
    together = np.log(np.maximum(-np.expm1(none), LEAST)) - np.maximum(none, np.log(LEAST))
    return np.column_stack([*said, surest, together, seen.is_asked, np.ones(seen.rows)])


def weighed(seen: Features, scale: Floats) -> Floats:
    """Return each feature's value: its scale, set so that each block of a sentence has length one."""
    value, group = scale[seen.slot], seen.row * BLOCKS + seen.block
    length = np.sqrt(np.bincount(group, value * value, seen.rows * BLOCKS))
    return np.asarray(value / np.maximum(length, LEAST)[group], dtype=np.float64)


def score(said: Floats, weights: Mapping[str, Floats], question: Question) -> Floats:
    logits = said @ weights["mix"][QUESTIONS.index(question)]
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0))), dtype=np.float64)
