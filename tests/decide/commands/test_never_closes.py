"""Phrases that speak of a result and tell none: negations, plans, questions, hearsay, scorn, quoted mail. Closed: 0."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.replies_made import digest
from tests.decide.commands.test_ordinary_words import office

THINGS = [
    ("the van", "booked"),
    ("the MRI auth", "approved"),
    ("Paul's consent", "signed"),
    ("the release for Tess", "faxed"),
    ("the shower bench", "delivered"),
    ("the ramp quote", "received"),
    ("the nutrition visit", "done"),
    ("the wound check", "rescheduled"),
]
FRAMES = [
    "{x} is not {d}",
    "{x} isn't {d} yet",
    "{x} was never {d}",
    "{x} hasn't been {d}",
    "nobody {d} {x}",
    "we couldn't get {x} {d}",
    "no, {x} is still not {d}",
    "{x} not {d}",
    "{x}: not {d}, they closed at 4",
    "still haven't got {x} {d}",
    "neither {x} nor the other one is {d}",
    "{x} will be {d} tomorrow",
    "{x} should be {d} by friday",
    "I'll have {x} {d} by noon",
    "going to get {x} {d} this afternoon",
    "{x} gets {d} on monday",
    "{x} is to be {d} next week",
    "hope to have {x} {d} soon",
    "{x} needs to be {d}",
    "{x} has to be {d} before she goes",
    "need {x} {d} asap",
    "please get {x} {d}",
    "{x} is being {d} as we speak",
    "{x} is almost {d}",
    "{x} is half {d}",
    "{x} is as good as {d}",
    "I think {x} is {d}",
    "pretty sure {x} was {d}",
    "{x} might be {d}",
    "{x} is probably {d}",
    "they say {x} is {d}",
    "Priya told me {x} was {d}",
    "apparently {x} was {d}",
    "{x} was supposedly {d}",
    "is {x} {d}?",
    "{x} {d}?",
    "was {x} ever {d}",
    "who said {x} was {d}",
    "when was {x} {d}",
    "can you check whether {x} was {d}",
    "do we know if {x} is {d}",
    "not sure if {x} is {d}",
    "if {x} is {d} let me know",
    "once {x} is {d} I'll tell the family",
    "as soon as {x} is {d} we can close it",
    "unless {x} is {d} we wait",
    "{x} can't be {d} until the insurance answers",
    "waiting for {x} to be {d}",
    "called about getting {x} {d}",
    "asked them again to have {x} {d}",
    "left a vm, want {x} {d} today",
    "{x} was {d} by mistake",
    "{x} was {d} for the wrong patient",
    "oh sure, {x} is '{d}' again",
    "yeah right, {x} is {d}",
    "{x} {d}, or so they claim",
    "wish {x} was {d}",
    "would be great to see {x} {d}",
    "{x} is {d}... not",
    "don't mark {x} {d}",
]
SPANISH_THINGS = [
    ("la van", "lista"),
    ("el consentimiento", "firmado"),
    ("el CD de Tulsa", "recibido"),
    ("la 12", "hecha"),
]
SPANISH = [
    "{x} no está {d}",
    "{x} todavía no está {d}",
    "{x} aún no ha sido {d}",
    "{x} nunca quedó {d}",
    "nadie dijo que {x} está {d}",
    "{x} estará {d} mañana",
    "mañana queda {x} {d}",
    "{x} debe estar {d} el viernes",
    "{x} casi está {d}",
    "creo que {x} está {d}",
    "¿{x} está {d}?",
    "¿ya está {d} {x}?",
    "cuando {x} esté {d} te aviso",
    "si {x} está {d} avísame",
    "espero que {x} esté {d} pronto",
    "dicen que {x} está {d}",
    "falta que {x} esté {d}",
    "{x} sigue sin estar {d}",
]
NUMBERED = [
    "12 isn't done",
    "12 not done",
    "12 done?",
    "is 12 done",
    "12 will be done friday",
    "I'll have 12 done by noon",
    "12 almost done",
    "12 is half done",
    "12 done soon",
    "12 should be done",
    "don't close 12",
    "do not mark 12 done",
    "12 would be done if they called back",
    "who closed 12?",
    "did anyone do 12?",
    "12 can't be done",
    "12 is being done",
    "I think 12 is done",
    "12 done, I hope",
    "12 called twice, left vm",
    "12 - asked again, waiting",
    "nobody did 12",
    "12 never got done",
    "12 done once the fax goes",
    "when 12 is done tell me",
    "room 12 is done",
    "see you at 12, done for today",
    "12 isn't going to get done today",
    "what does done mean for 12",
    "was 12 done by Priya?",
]
SAID = "#31 Wheelchair van to dialysis - done\ndone 31\nThe van is booked. The consent is signed."
QUOTES = {
    "gmail": "ok\n\nOn Tue, Mar 10, 2026 at 7:31 AM Desk <desk@clinic.example> wrote:\n" + SAID.replace("\n", "\n> "),
    "gmail_wrapped": "ok\n\nOn Tue, Mar 10, 2026 at 7:31 AM Desk <desk@clinic.example> wrote:\n\n> " + SAID,
    "outlook": "ok\n\nFrom: Desk <desk@clinic.example>\nSent: Tuesday, March 10, 2026 7:31 AM\nSubject: tasks\n\n"
    + SAID,
    "outlook_rule": "ok\n________________________________\nFrom: Desk\nSent: Tuesday\n" + SAID,
    "outlook_2003": "ok\n-----Original Message-----\nFrom: Desk\n" + SAID,
    "apple": "ok\n\nOn Mar 10, 2026, at 7:31 AM, Desk <desk@clinic.example> wrote:\n\n> " + SAID.replace("\n", "\n> "),
    "yahoo": "ok\n\nOn Tuesday, March 10, 2026 at 07:31:00 AM CDT, Desk <desk@clinic.example> wrote:\n" + SAID,
    "thunderbird": "ok\n\nOn 3/10/26 07:31, Desk wrote:\n> " + SAID.replace("\n", "\n> "),
    "spanish_gmail": "ok\n\nEl mar, 10 mar 2026 a las 7:31, Desk (<desk@clinic.example>) escribió:\n" + SAID,
    "spanish_outlook": "ok\n\nDe: Desk <desk@clinic.example>\nEnviado: martes\n" + SAID,
    "bars": "ok\n\n| " + SAID.replace("\n", "\n| "),
    "forwarded": "ok\n\n---------- Forwarded message ---------\nFrom: Desk\n" + SAID,
}
PHRASES = [
    *(frame.format(x=x, d=d) for frame in FRAMES for x, d in THINGS),
    *(frame.format(x=x, d=d) for frame in SPANISH for x, d in SPANISH_THINGS),
    *NUMBERED,
]


def closed(words: str) -> list[str]:
    found: list[str] = []
    for asked in (office(), digest()):
        found += [f"{one.op} {one.number}" for one in read_reply(words, asked).operations if one.op in {"done", "drop"}]
    return found


def test_there_are_more_than_three_hundred_phrases() -> None:
    assert len(set(PHRASES)) > 300


@pytest.mark.parametrize("frame", [*FRAMES, *SPANISH])
def test_what_is_denied_planned_asked_or_doubted_closes_nothing(frame: str) -> None:
    things = THINGS if frame in FRAMES else SPANISH_THINGS
    said = [frame.format(x=x, d=d) for x, d in things]
    assert {words: shut for words in said if (shut := closed(words))} == {}


@pytest.mark.parametrize("words", NUMBERED)
def test_a_number_beside_doubt_closes_nothing(words: str) -> None:
    assert closed(words) == []


@pytest.mark.parametrize("client", QUOTES)
def test_what_a_client_quotes_below_an_answer_closes_nothing(client: str) -> None:
    assert closed(QUOTES[client]) == []
