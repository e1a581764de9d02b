"""How well the small model tells what asks for something: trained on four fifths of a set, asked about the fifth.

python -m tests.bench.sentences LIN PARAKWEET [--cases DIR] [--by-mail] [--seed N]   (needs the group `train`)

Mails that share a sentence stay together, so that no copy of a sentence is both learned and asked; with `--by-mail`
only the sentences of one mail do, as in published figures. Thresholds come from the four fifths. `--cases` asks the
model, trained on the whole public sets, about our own mails (tests/cases/mails), beside what the patterns say.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.config import material
from assistant.understand.embedded.claims import claim_in
from assistant.understand.embedded.features import Floats, Ints
from assistant.understand.embedded.model import QUESTIONS
from assistant.understand.embedded.rules import load_rules
from assistant.understand.embedded.sentences import Sentence
from tests.bench.labelled import read_cases, read_requests, read_tasks
from tests.bench.train import Eye, Seen, Weights, cross_validated, line, scores_of, train


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("lin", "parakweet"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--by-mail", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    eye = Eye(load_rules(material("rules") / "extract"))
    tasks = eye.see(read_tasks(chosen.lin, joined=not chosen.by_mail))
    requests = eye.see(read_requests(chosen.parakweet))
    for question in QUESTIONS:
        print(cross_validated(question, tasks, requests, chosen.seed), flush=True)
    if chosen.cases:
        print(on_cases(eye, eye.see(read_cases(chosen.cases)), train(tasks, requests)))


def on_cases(eye: Eye, cases: Seen, weights: Weights) -> str:
    """Return lines of figures on our own mails: what the patterns claim, and whether a score says which are right."""
    labels, scores = cases.of.labels, scores_of(cases, weights, "task")
    claimed = np.asarray([claim_in(Sentence(text=text), eye.rules) is not None for text in cases.of.texts])
    said = scores >= weights["threshold"][0]
    orders = _order(scores[claimed], labels[claimed]), _order(scores[~claimed], labels[~claimed])
    return "\n".join(
        [
            f"own mails, patterns' claims: {line(claimed, labels)}",
            f"own mails, the model: {line(said, labels)}",
            f"own mails, order by score (0.5 is chance): claims {orders[0]:.2f}, other sentences {orders[1]:.2f}",
            f"own mails, tasks among the 20 best without a claim: {_of_highest(scores, labels, ~claimed, 20)}",
        ]
    )


def _order(scores: Floats, labels: Ints) -> float:
    """Return how often a yes scores higher than a no."""
    yes, no = scores[labels == 1], scores[labels == 0]
    return float(np.mean(yes[:, None] > no[None, :]))


def _of_highest(scores: Floats, labels: Ints, among: NDArray[np.bool_], count: int) -> int:
    return int(labels[among][np.argsort(-scores[among])[:count]].sum())


if __name__ == "__main__":
    main()
