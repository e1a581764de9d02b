"""Train the small model on public sets, and write its file of weights.

python -m tests.bench.train LIN PARAKWEET [--to FILE]     (needs the dependency group `train`)

    LIN        sentences of office mails, a JSON object a line: {doc, text, label, tags, verbs}
               (actionable items in e-mail, Lin et al., COLING 2020; MIT)
    PARAKWEET  sentences of mails, a JSON object a line: {text, label} (Parakweet email intent; Apache-2.0)

The same data give the same weights. No text goes into the file, only weights of hashes. Our own mails teach it nothing:
`python -m tests.bench.sentences` shows how little it knows of them.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression

from assistant.config import material
from assistant.understand.embedded import model
from assistant.understand.embedded.features import Features, Floats, Ints, features
from assistant.understand.embedded.rules import Rules, load_rules
from assistant.understand.embedded.words import Words, tokens
from tests.bench.labelled import Labelled, read_requests, read_tasks

FOLDS, INNER_FOLDS = 5, 4
HARDNESS = {"odds": 3.0, "rareness": 3.0, "verbs": 2.0, "mix": 1.0}
"""Inverse strength of the penalty on weights, as scikit-learn counts it."""
SHARED = 0.5
"""How much a feature counts in the weights that both sets share, beside 1 in those of its own set."""
STEPS = np.linspace(0.2, 0.7, 51)
Weights = dict[str, NDArray[Any]]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Labelled sentences with what they show."""

    of: Labelled
    features: Features

    def part(self, places: Ints) -> Seen:
        return Seen(of=self.of.part(places), features=_rows(self.features, places))


class Eye:
    """Sees sentences as the model does."""

    def __init__(self, rules: Rules) -> None:
        self.rules, self.words = rules, Words(rules.words)

    def see(self, one: Labelled) -> Seen:
        return Seen(of=one, features=features(one.texts, self.words, self.rules))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("lin", "parakweet"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--to", type=Path, default=model.WEIGHTS)
    chosen = parser.parse_args()
    eye = Eye(load_rules(material("rules") / "extract"))
    tasks, requests = eye.see(read_tasks(chosen.lin)), eye.see(read_requests(chosen.parakweet))
    figures = [cross_validated(question, tasks, requests) for question in model.QUESTIONS]
    print(*figures, sep="\n")
    write(chosen.to, train(tasks, requests), eye, {"LIN": tasks, "PARAKWEET": requests}, figures)
    print(f"{chosen.to.name}: {chosen.to.stat().st_size:,} bytes")


def train(tasks: Seen, requests: Seen) -> Weights:
    """Return all weights. What was seen once says nothing and is left out."""
    # Of thirty-two bits of a hash, a few sentences' features never share one by chance.
    weights: Weights = {
        "known": np.union1d(_twice(tasks.features.slot), _twice(requests.features.slot)).astype(np.uint32),
        "verb_known": _twice(tasks.features.verb_slot).astype(np.uint32),
    }
    size, verb_size = len(weights["known"]), len(weights["verb_known"])
    tasks, requests = (replace(one, features=model.among(one.features, weights)) for one in (tasks, requests))
    of_tasks, of_requests = fit_readers(tasks, requests, size), fit_readers(requests, tasks, size)
    verbs = fit_verbs(tasks, verb_size)
    weights |= _together([*of_tasks, *of_requests], verbs)
    said = (
        _apart(
            tasks,
            lambda part: _together([*fit_readers(part, requests, size), *of_requests], fit_verbs(part, verb_size)),
        ),
        _apart(requests, lambda part: _together([*of_tasks, *fit_readers(part, tasks, size)], verbs)),
    )
    labels = (tasks.of.labels, requests.of.labels)
    # The other question's reader by rareness learned from this one's labels too: it must not vouch for them.
    weights["mix"] = np.stack([_mix(said[0], labels[0], without=3), _mix(said[1], labels[1], without=1)])
    # Half of the one set is requests: there, "more likely than not" is best.
    weights["threshold"] = np.asarray([_threshold(model.score(said[0], weights, "task"), labels[0]), 0.5])
    return weights


def fit_readers(seen: Seen, other: Seen, size: int) -> list[Weights]:
    """Return two readers of whole sentences: one scales features by their odds, one by how rare they are.

    The second learns from the other set too, in weights that both share.
    """
    labels, features = seen.of.labels, seen.features
    yes = labels[features.row] == 1
    with_yes = np.bincount(features.slot[yes], minlength=size)
    with_no = np.bincount(features.slot[~yes], minlength=size)
    count = with_yes + with_no
    odds = np.log((1 + with_yes) / (2 + labels.sum())) - np.log((1 + with_no) / (2 + len(labels) - labels.sum()))
    odds = np.where(count > 1, odds, 0.0)
    by_odds = _regression("odds", _matrix(features, odds), labels, odds)
    count = count + np.bincount(other.features.slot, minlength=size)
    rare = np.log((1 + len(labels) + other.features.rows) / (1 + count)) + 1
    here, there = _matrix(features, rare), _matrix(other.features, rare)
    one, none = csr_matrix(np.ones((features.rows, 1))), csr_matrix((other.features.rows, 1))
    both = vstack([hstack([here, here * SHARED, one]), hstack([there * 0, there * SHARED, none])]).tocsr()
    fitted = _regression("rareness", both, np.concatenate([labels, other.of.labels]), rare)
    weight = fitted["weight"]
    joined = weight[:size] + SHARED * weight[size : 2 * size]
    return [by_odds, {"scale": rare, "weight": joined, "bias": fitted["bias"] + weight[-1]}]


def fit_verbs(seen: Seen, size: int) -> Weights:
    """Return the reader of verbs: a verb is meant where the material marks it as a task's."""
    features = seen.features
    verbs = len(features.verb_row)
    meant = np.asarray(
        [
            tokens(seen.of.texts[row])[at][0].lower() in seen.of.verbs[row]
            for row, at in zip(features.verb_row, features.verb_at, strict=True)
        ]
    )
    many = np.maximum(np.bincount(features.verb, minlength=verbs), 1)
    values = csr_matrix((1 / np.sqrt(many[features.verb]), (features.verb, features.verb_slot)), shape=(verbs, size))
    fitted = LogisticRegression(C=HARDNESS["verbs"], solver="liblinear").fit(values, meant)
    return {"verb_weight": fitted.coef_[0], "verb_bias": fitted.intercept_[0]}


def folds_of(groups: Sequence[str], count: int, seed: int) -> Ints:
    """Return each row's fold; a group stays together."""
    names = sorted(set(groups))
    random.Random(seed).shuffle(names)
    fold_of = {name: place % count for place, name in enumerate(names)}
    return np.asarray([fold_of[name] for name in groups])


def cross_validated(question: model.Question, tasks: Seen, requests: Seen, seed: int = 0) -> str:
    """Return a line of figures for a question, each sentence asked of weights that never saw its mail."""
    one = tasks if question == "task" else requests
    folds = folds_of(one.of.groups, FOLDS, seed)
    scores, said = np.zeros(len(folds)), np.zeros(len(folds), dtype=np.bool_)
    for fold in range(FOLDS):
        held, others = np.flatnonzero(folds == fold), one.part(np.flatnonzero(folds != fold))
        weights = train(others, requests) if question == "task" else train(tasks, others)
        scores[held] = scores_of(one.part(held), weights, question)
        said[held] = scores[held] >= weights["threshold"][model.QUESTIONS.index(question)]
    brier = float(np.mean((scores - one.of.labels) ** 2))
    patterns = line(one.features.is_asked > 0, one.of.labels)
    return f"{question}: {line(said, one.of.labels)}, Brier {brier:.3f}; patterns alone: {patterns}"


def scores_of(seen: Seen, weights: Weights, question: model.Question) -> Floats:
    return model.score(model.readings(model.among(seen.features, weights), weights), weights, question)


def line(said: NDArray[np.bool_], labels: Ints) -> str:
    right = float(np.sum(said & (labels == 1)))
    return (
        f"{len(labels)} sentences, {int(labels.sum())} yes: F1 {f1(said, labels):.3f}, "
        f"precision {right / max(1.0, float(said.sum())):.3f}, recall {right / float(labels.sum()):.3f}, "
        f"accuracy {np.mean(said == labels):.3f}"
    )


def f1(said: NDArray[np.bool_], labels: Ints) -> float:
    right = float(np.sum(said & (labels == 1)))
    return 2 * right / max(1.0, float(np.sum(said) + np.sum(labels)))


def write(path: Path, weights: Weights, eye: Eye, sets: dict[str, Seen], figures: Sequence[str]) -> None:
    """Write weights in steps of a hundred-odd, with a header that says where they come from."""
    data = [f"{name}: {len(one.of.texts)} sentences, {one.of.labels.sum()} yes" for name, one in sets.items()]
    header = "\n".join([f"python -m tests.bench.train {' '.join(sets)}", *data, *figures])
    arrays: dict[str, Any] = dict(weights)
    for name in ("scale", "weight", "verb_weight"):
        step = np.abs(weights[name]).max(axis=-1, keepdims=True) / 127
        arrays |= {name: np.round(weights[name] / step).astype(np.int8), f"{name}_step": step.astype(np.float32)}
    np.savez_compressed(path, header=np.asarray(header), digest=np.asarray(eye.words.digest()), **arrays)


def _twice(slots: Ints) -> Ints:
    found, count = np.unique(slots, return_counts=True)
    return found[count > 1]


def _matrix(features: Features, scale: Floats) -> Any:  # noqa: ANN401 - scipy carries no types
    values = model.weighed(features, scale)
    return csr_matrix((values, (features.row, features.slot)), shape=(features.rows, len(scale)))


def _regression(name: str, values: Any, labels: Ints, scale: Floats) -> Weights:  # noqa: ANN401 - as above
    fitted = LogisticRegression(C=HARDNESS[name], solver="liblinear", class_weight="balanced").fit(values, labels)
    return {"scale": scale, "weight": fitted.coef_[0], "bias": fitted.intercept_[0]}


def _together(readers: Sequence[Weights], verbs: Weights) -> Weights:
    return {name: np.stack([one[name] for one in readers]) for name in ("scale", "weight", "bias")} | verbs


def _apart(seen: Seen, fitted: Callable[[Seen], Weights]) -> Floats:
    """Return what the readers say of each sentence, trained on the others."""
    folds = folds_of(seen.of.groups, INNER_FOLDS, seed=1)
    said = np.zeros((len(folds), model.READINGS))
    for fold in range(INNER_FOLDS):
        weights = fitted(seen.part(np.flatnonzero(folds != fold)))
        held = np.flatnonzero(folds == fold)
        said[held] = model.readings(seen.part(held).features, weights)
    return said


def _mix(readings: Floats, labels: Ints, *, without: int) -> Floats:
    others = np.delete(readings, without, axis=1)
    fitted = LogisticRegression(C=HARDNESS["mix"], fit_intercept=False).fit(others, labels)
    return np.insert(np.asarray(fitted.coef_[0], dtype=np.float64), without, 0.0)


def _threshold(scores: Floats, labels: Ints) -> float:
    """Return from which score on to say yes: the middle of where F1 is about as high as it gets."""
    good = np.asarray([f1(scores >= step, labels) for step in STEPS])
    smooth = np.convolve(good, np.ones(7) / 7, mode="valid")
    return float(STEPS[3 + int(np.argmax(smooth))])


def _rows(seen: Features, places: Ints) -> Features:
    """Return the features of some sentences, in rising order."""
    place_of = np.full(seen.rows, -1)
    place_of[places] = np.arange(len(places))
    kept, kept_verbs = place_of[seen.row] >= 0, place_of[seen.verb_row] >= 0
    kept_slots = kept_verbs[seen.verb]
    return Features(
        rows=len(places),
        row=place_of[seen.row[kept]],
        block=seen.block[kept],
        slot=seen.slot[kept],
        verb_row=place_of[seen.verb_row[kept_verbs]],
        verb_at=seen.verb_at[kept_verbs],
        verb=(np.cumsum(kept_verbs) - 1)[seen.verb[kept_slots]],
        verb_slot=seen.verb_slot[kept_slots],
        is_asked=seen.is_asked[places],
    )


if __name__ == "__main__":
    main()
