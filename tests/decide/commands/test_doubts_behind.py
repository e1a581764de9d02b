"""Doubt behind a "done", by doubt, joiner, wording and language: nothing closes; and the harmless twins, which do."""

from __future__ import annotations

from itertools import product

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import SHOWN, digest, read
from tests.decide.commands.test_ordinary_words import office

JOINERS = (", ", " - ", ". ", " (", "... ")
"""What can be read without them is said of one breath: `IN_ONE_BREATH`."""
DOUBTS = [
    *(
        "if Ruth signs",
        "once the plan answers",
        "when they call back",
        "as soon as the chart is in",
        "assuming he agrees",
    ),
    *(
        "provided she signs",
        "subject to approval",
        "pending approval",
        "contingent on the review",
        "unless they object",
    ),
    *("depending on the lab", "barring surprises", "only if he agrees", "in case they agree", "as long as it holds"),
    *("I think", "I believe", "I guess", "I suppose", "I assume", "presumably", "probably", "possibly", "maybe"),
    *("perhaps", "hopefully", "fingers crossed", "touch wood", "knock on wood", "I wish", "I hope", "in theory"),
    *("in principle", "on paper", "more or less", "supposedly", "allegedly", "apparently", "so I hear", "so they say"),
    *("if I remember right", "iirc", "afaik", "not sure", "not certain", "can't say for sure", "don't quote me"),
    *("minus the signature", "bar the last page", "less the cover sheet", "save for the stamp", "except the stamp"),
    *("signature outstanding", "signature missing", "signature to follow", "signature pending", "awaiting signature"),
    *("still needs a stamp", "tbc", "tbd", "to be confirmed", "unconfirmed", "not verified", "needs verification"),
    *("right?", "correct?", "yes?", "no?", "isn't it?", "or is it", "or so", "kind of", "sort of", "almost", "nearly"),
    *("half", "halfway", "50%", "partly", "partially", "in part", "for the most part", "mostly", "nope", "never"),
    *("shortly", "in a bit", "in an hour", "soon", "later today", "by noon", "just kidding", "as if", "yeah right"),
    *("wrong chart", "wrong patient", "for the wrong patient", "in error", "by mistake", "but it bounced"),
    *("but they lost it", "though they dispute it", "yet nobody confirmed"),
]
IN_ONE_BREATH = [
    *("presumably", "subject to approval", "contingent on the review", "depending on the lab", "barring surprises"),
    *("fingers crossed", "in theory", "on paper", "iirc", "tbc", "unconfirmed", "in part", "for the most part"),
    *("minus the signature", "less the cover sheet", "signature outstanding", "signature to follow", "shortly"),
]
SPANISH_DOUBTS = [
    *("si Ruth firma", "cuando llamen", "en cuanto llamen", "tan pronto como llamen", "apenas llamen", "casi"),
    *(
        "con tal que firme",
        "siempre y cuando firme",
        "a condición de que firme",
        "a menos que llamen",
        "sujeto a firma",
    ),
    *("depende del laboratorio", "según el laboratorio", "en caso de que firme", "solo si firma", "creo", "me parece"),
    *("supongo", "me imagino", "probablemente", "posiblemente", "tal vez", "quizás", "a lo mejor", "ojalá", "espero"),
    *("si Dios quiere", "Dios mediante", "en teoría", "en principio", "más o menos", "supuestamente", "al parecer"),
    *("no estoy segura", "no sé", "menos la firma", "falta la firma", "salvo la firma", "por confirmar", "a confirmar"),
    *("¿no?", "¿verdad?", "¿sí?", "¿o no?", "a medias", "la mitad", "en parte", "parcialmente", "al 50%", "nunca"),
    *("mentira", "es broma", "por error", "por equivocación", "del paciente equivocado", "pero rebotó", "más tarde"),
    *("en un rato", "en una hora", "pronto"),
]
SPANISH_IN_ONE_BREATH = [
    *("si Ruth firma", "en cuanto llamen", "con tal que firme", "sujeto a firma", "depende del laboratorio", "supongo"),
    *("probablemente", "a lo mejor", "ojalá", "si Dios quiere", "en teoría", "al parecer", "por confirmar"),
    *("parcialmente", "en parte", "por error", "mentira"),
]
ENDS: list[tuple[str, ReplyContext]] = [
    ("12 done", digest()),
    ("done 12", digest()),
    ("the van is booked", office()),
    ("Lucia's echo was scheduled", office()),
]
SPANISH_ENDS: list[tuple[str, ReplyContext]] = [("12 hecho", digest()), ("la van ya quedó reservada", office())]


def closed(words: str, asked: ReplyContext) -> list[str]:
    return [f"{one.op} {one.number}" for one in read_reply(words, asked).operations if one.op in {"done", "drop"}]


def joined(end: str, doubt: str) -> list[str]:
    return [f"{end}{joiner}{doubt}{')' if joiner == ' (' else ''}" for joiner in JOINERS]


@pytest.mark.parametrize("doubt", DOUBTS)
def test_an_end_behind_which_doubt_stands_closes_nothing(doubt: str) -> None:
    said = [(words, asked) for end, asked in ENDS for words in joined(end, doubt)]
    assert {words: shut for words, asked in said if (shut := closed(words, asked))} == {}


@pytest.mark.parametrize("doubt", SPANISH_DOUBTS)
def test_doubt_in_spanish_closes_nothing(doubt: str) -> None:
    said = [(words, asked) for end, asked in SPANISH_ENDS for words in joined(end, doubt)]
    assert {words: shut for words, asked in said if (shut := closed(words, asked))} == {}


def test_doubt_in_one_breath_closes_nothing() -> None:
    said = [
        (f"{end} {doubt}", asked)
        for ends, doubts in ((ENDS, IN_ONE_BREATH), (SPANISH_ENDS, SPANISH_IN_ONE_BREATH))
        for (end, asked), doubt in product(ends, doubts)
    ]
    assert {words: shut for words, asked in said if (shut := closed(words, asked))} == {}


def test_the_phrases_are_many() -> None:
    assert len(DOUBTS) * len(ENDS) * len(JOINERS) + len(SPANISH_DOUBTS) * len(SPANISH_ENDS) * len(JOINERS) > 2000


@pytest.mark.parametrize("doubt", ["I think", "if Ruth signs", "signature missing", "wrong patient", "in theory"])
def test_what_is_left_open_after_a_full_stop_is_asked_about(doubt: str) -> None:
    reading = read_reply(f"12 done. {doubt}", digest())
    assert reading.ask is not None
    assert "#12" in reading.ask
    assert reading.about == (12,)


HARMLESS = [
    *("no issues", "thanks", "finally", "took 3 calls", "without issues", "confirmed with Ruth", "lol", "what a day"),
    *("nothing else to report", "have a good night", "sorry for the delay", "let me know if you need anything"),
    *("I think that's everything", "that's all", "no action needed", "hope all is well", "and I'm out"),
    *("will do the rest tomorrow", "waiting on 9", "faxed at 8:10", "call me if you have questions"),
]


@pytest.mark.parametrize("words", HARMLESS)
def test_what_is_harmless_behind_an_end_leaves_it_closed(words: str) -> None:
    assert closed(f"12 done. {words}", digest()) == ["done 12"]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "12 done, no issues",
            "12 done, thanks",
            "12 done (finally)",
            "12 done, took 3 calls",
            "12 done - no problems",
        ),
        *("12 hecho, gracias", "12 hecho. gracias", "12 hecho, sin problemas", "12 hecho. sin novedad", "12 hecho si"),
        *("si, 12 hecho", "12 hecho. espero que estés bien", "12 hecho, ya era hora"),
    ],
)
def test_an_end_without_doubt_closes(words: str) -> None:
    assert closed(words, digest()) == ["done 12"]


BESIDE = [
    *("all done, will do 4 tomorrow", "all done, working on 4", "all done, 4 in progress", "all done, 4 later"),
    *(
        "all done, 4 once she calls",
        "all done, will call Lindqvist tomorrow",
        "all done, 4 needs Ruth",
        "all done, no 4",
    ),
    *(
        "all done, calling Mrs. Lindqvist tomorrow",
        "all done, except I could not reach Lindqvist",
        "all done, snooze 4",
    ),
    *("all done. I'll call Lindqvist tomorrow", "all done, hope to get 4 tomorrow", "all done, not 4"),
    *("todo hecho, no la 4", "todo hecho, la 4 mañana", "todo listo, sigo con la 4", "todo hecho, mañana hago la 4"),
    *("2, 5, 7, 9, 12 and 4 done, will do 4 tomorrow", "2, 5, 7, 9, 12 and 4 done; 4 once she calls"),
]


@pytest.mark.parametrize("words", BESIDE)
def test_what_is_told_open_beside_an_all_done_stays_open_alone(words: str) -> None:
    shut = {one for one in read(words) if one.startswith("done")}
    assert shut == {f"done {number}" for number in SHOWN if number != 4}


@pytest.mark.parametrize(
    "words",
    [
        *(
            "4 done, will do 4 tomorrow",
            "done 4. will do it tomorrow",
            "done 4, I'll do it tomorrow",
            "4 done, 4 later",
        ),
        *("4 done... will do it tomorrow", "5 not 4 done", "4 hecha, mañana la hago", "4 done, still working on it"),
    ],
)
def test_an_end_beside_its_own_promise_is_none(words: str) -> None:
    assert closed(words, digest()) == []


@pytest.mark.parametrize(
    "words", ["all done, 4 done too", "all done, thanks!", "all done. 4 took forever", "todo hecho"]
)
def test_an_all_done_with_nothing_against_it_closes_all(words: str) -> None:
    assert {one for one in read(words) if one.startswith("done")} == {f"done {number}" for number in SHOWN}


def test_a_question_that_the_next_words_answer_is_not_put() -> None:
    reading = read_reply("I think the loop recorder was ordered. 12 done", digest())
    assert [(one.op, one.number) for one in reading.operations] == [("done", 12)]
    assert reading.ask is None


def test_a_reason_for_dropping_is_no_doubt_of_it() -> None:
    assert read("drop 12, wrong patient") == ["drop 12"]
