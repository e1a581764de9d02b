from __future__ import annotations

import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import RuleError
from assistant.understand.embedded import EmbeddedEngine
from assistant.understand.embedded.features import features
from assistant.understand.embedded.model import QUESTIONS, READINGS, WEIGHTS, Model, Question, load_model
from assistant.understand.embedded.rules import load_rules
from assistant.understand.embedded.words import Words, tokens
from tests.growth import grows_as_given
from tests.understand.embedded.conftest import RULES

MEGABYTE = 1_000_000
RUNS_OF_WORDS = [
    349776656,
    557767255,
    619366877,
    868719918,
    1465678225,
    1784144038,
    1889954386,
    2150219171,
    2195769349,
    2447597342,
    3598022817,
    3816370545,
]
"""Of "Call Ruth.", hashed."""
SENTENCES = (
    "Could you please fax the signed consent to the day surgery desk by noon?",
    "Please call Mrs. Aldana's daughter about the ride.",
    "I will send you the op note tomorrow morning.",
    "The clinic was quiet on Friday.",
    "Thanks again for the lovely card!",
    "",
    "?!",
)


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model(WEIGHTS, load_rules(RULES))


@pytest.mark.parametrize("sentence", SENTENCES[:3])
def test_a_plea_an_order_and_a_promise_hold_something_to_do(engine: EmbeddedEngine, sentence: str):
    assert engine.is_request(sentence)


@pytest.mark.parametrize("sentence", SENTENCES[3:])
def test_news_thanks_and_no_words_at_all_hold_nothing_to_do(engine: EmbeddedEngine, sentence: str):
    assert not engine.is_request(sentence)


def test_a_promise_is_a_task_but_wants_nothing_of_its_reader(engine: EmbeddedEngine):
    promise = "I will send you the op note tomorrow morning."

    assert engine.is_request(promise, "task")
    assert not engine.is_request(promise, "request")


def test_a_mere_question_wants_an_answer_but_is_no_task(engine: EmbeddedEngine):
    question = "Where did you put the chart?"

    assert engine.is_request(question, "request")
    assert not engine.is_request(question, "task")


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_sentence_scores_the_same_alone_and_among_others(model: Model, question: Question):
    many = model.scores(SENTENCES * 3, question)

    alone = [model.scores([sentence], question)[0] for sentence in SENTENCES] * 3
    assert many == pytest.approx(alone, abs=1e-9)
    assert all(0 <= score <= 1 for score in many)


def test_curly_quotes_and_broken_lines_change_nothing(model: Model):
    plain = "Don't forget to call the son, he's waiting."

    assert model.scores([plain], "task") == model.scores(["  Don’t forget to call\nthe son,  he’s waiting. "], "task")


def test_the_same_words_have_the_same_features_on_every_machine():
    rules = load_rules(RULES)
    seen = features(["Call Ruth."], Words(rules.words), rules)

    # A change here makes all weights worthless: they must be trained anew.
    of_words = np.sort(seen.slot[seen.block == 0])
    assert of_words.tolist() == RUNS_OF_WORDS


def test_the_weights_are_small_and_say_where_they_come_from():
    with np.load(WEIGHTS, allow_pickle=False) as file:
        header = str(file["header"])
        shape = file["mix"].shape

    assert WEIGHTS.stat().st_size < 2 * MEGABYTE
    assert header.startswith("python -m tests.bench.train LIN PARAKWEET")
    assert "task: 3167 sentences" in header
    assert shape == (len(QUESTIONS), READINGS)


def test_weights_of_other_word_lists_are_refused(tmp_path: Path):
    folder = tmp_path / "extract"
    shutil.copytree(RULES, folder)
    lists = folder / "model.toml"
    lists.write_text(lists.read_text(encoding="utf-8").replace('"accept", ', ""), encoding="utf-8")

    with pytest.raises(RuleError, match="train it anew"):
        load_model(WEIGHTS, load_rules(folder))


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut short"])
def test_a_broken_file_of_weights_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "model.npz"
    path.write_bytes(content)

    with pytest.raises(RuleError, match="no weights"):
        load_model(path, load_rules(RULES))


def test_an_engine_reads_its_weights_only_when_it_is_asked():
    engine = EmbeddedEngine(RULES)

    assert "_model" not in vars(engine)
    engine.is_request("Call her.")
    assert "_model" in vars(engine)


@pytest.mark.parametrize("unit", ["please call me ", "a", "- > * ", "https://", "you will ", "'", "1:", "é", "\u2028"])
def test_a_long_sentence_takes_no_longer_than_its_length_asks_for(model: Model, unit: str):
    assert grows_as_given(lambda text: model.scores([text], "task"), unit * (200_000 // len(unit)))


def test_any_characters_are_read(model: Model):
    chosen = random.Random(7)
    texts = ["".join(chr(chosen.randrange(1, 0xD7FF)) for _ in range(60)) for _ in range(50)]

    assert len(model.scores([*texts, "\ud800 lone", "\x00"], "request")) == 52


def test_a_word_and_where_it_begins_are_told_without_what_leads_in():
    assert tokens("\"> Call  Ruth's desk.") == [("Call", 3), ("Ruth's", 8), ("desk", 15), (".", 19)]
