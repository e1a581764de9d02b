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
STORIES = [
    # Negations.
    "the consent never came back signed",
    "no one has booked the van",
    "van hasn't been confirmed by anybody",
    "the bench didn't get delivered, so that's not done",
    "nothing came from Tulsa, don't close that",
    "we never got the ramp quote, please don't tick that off",
    "the sitter isn't found, so it's not done",
    "MRI auth did not go through, leave that open",
    "none of the flu shot supplies arrived",
    "Paul refused to sign the consent",
    # Plans, promises, the passive future.
    "the van will be booked once Omar calls",
    "the release will have been faxed by noon",
    "the consent gets signed at tomorrow's visit, so that'll be done",
    "the bench is to be delivered, then you can close it",
    "I'll close the ramp quote when it comes",
    "echo is going to be scheduled, then mark it done",
    "once the films arrive please close it",
    "after the monitor is returned you can tick that off",
    "when the daughter calls back, mark it done",
    "if the auth is approved, you can close it",
    "unless the quote came, so that's done",
    "the wound check is supposed to be moved",
    "the films were to be delivered yesterday",
    "the consent is due to be signed today",
    "we need the release faxed, then it's done",
    "let's get the van booked and close it",
    # Hearsay.
    "she says it's done?",
    "Priya says the van is booked, so that's done",
    "Ruth thinks the quote came, so it's done I guess",
    "they claim the release was sent, so supposedly that's done",
    "the clinic told me the echo is scheduled, or so they said",
    "rumor has it the auth was approved, so that's done?",
    "somebody said the films were here",
    "according to Walt the bench was delivered",
    "supposedly the consent was signed, you can close it I think",
    "heard the sitter was found",
    # Parts.
    "half of 12 is done",
    "part of the supplies came, so that's half done",
    "two of the three films arrived",
    "one of the referrals went out",
    "the first page of the consent is signed",
    "the van is booked one way only",
    "bed was picked up, oxygen wasn't",
    "some of the flu shot supplies are here",
    "most of 9 is finished",
    "12 is 90% done",
    "all but one of the films are here, so nearly done",
    # The other patient, the other thing.
    "Mrs. Gomez's van is booked",
    "Smith's MRI auth is approved, so that's done",
    "the CT auth is approved",
    "the chest films from Denver are here",
    "the dental consent for Marge is signed",
    "got a quote for the roof from Hank",
    "the release for Mr. Yamada is faxed, you can close it",
    "Bob's bench was delivered, close it",
    # Questions.
    "did we ever book the van?",
    "is the consent signed, can you close it?",
    "so that's done?",
    "is 12 closed or what",
    "shouldn't 12 be done by now?",
    "can you close it?",
    "so is the van booked or not",
    "who booked the van",
    "what happened to the quote, is it done",
    "can 12 be closed?",
    "are the films here yet",
    # Scorn.
    "oh great, the van is booked for the wrong week, so that's done",
    "fantastic, the sitter called out, so that's all sorted then",
    "lovely, another denial, so the auth is done",
    "sure, because the consent signs itself, so that's done",
    "wonderful. the bench was delivered to the neighbor, so that's settled",
    "yeah right, 12 is done",
    "12 is 'done' if you ask them",
    "the quote came, ha ha, as if",
    "the auth was 'approved' again, so that's closed",
    # Wishes.
    "wish the van were booked",
    "I'd love to see 12 done",
    "would love it if the consent was signed, then close it",
    "hopefully the films came",
    "fingers crossed the auth is approved",
    "pray that the echo is scheduled",
    "hope 12 is done",
    # Talk of closing.
    "I'm done with it",
    "so done with this van",
    "I am so done",
    "done for the day",
    "the office is closed",
    "the clinic is closed, so that's that",
    "we closed early because of the snow",
    "the case is not closed",
    "she is all done with chemo",
    "lunch is done",
    "please don't close 12 even if they say it's done",
    "stop marking 12 done",
    "12 was closed too early",
    "12 should not have been closed",
    # Imperatives that look like the past.
    "set the echo to friday",
    "put the van on thursday",
    "set up the nutrition visit",
    "get the consent signed",
    "have the release faxed",
    "please send the release",
    "the van needs booking",
    "the films want collecting",
    # In Spanish.
    "todavia no han firmado el consentimiento, asi que no esta listo",
    "cuando llegue el CD, marcalo como hecho",
    "si ya llego la van, cierralo",
    "dice Ruth que la van ya quedo, no se",
    "supuestamente ya mandaron la release",
    "la mitad de la 12 esta hecha",
    "ojala ya este firmado el consentimiento",
    "la 12 se va a hacer manana",
    "no cierres la 12",
    "la 12 no quedo",
    "ya casi queda la 12",
    "segun ellos la 12 ya esta",
    "a ver si queda lista la 12",
    "la 12 quedara lista el lunes",
    # After a result that is taken back, or doubted in the next breath.
    "The van is booked. Not.",
    "12 done. Wait no, they hung up.",
    "12 done - just kidding",
    "done 12, actually not yet",
    "12 done, but the fax bounced",
    "12 done, except the last page",
    "12 done except for the signature",
    "12 done and 12 due friday",
    "done 12. snooze 12 until monday",
    "mark 12 done and give it to Priya",
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
    *STORIES,
]


def closed(words: str) -> list[str]:
    found: list[str] = []
    for asked in (office(), digest()):
        found += [f"{one.op} {one.number}" for one in read_reply(words, asked).operations if one.op in {"done", "drop"}]
    return found


def test_there_are_more_than_six_hundred_phrases() -> None:
    assert len(set(PHRASES)) > 600


@pytest.mark.parametrize("frame", [*FRAMES, *SPANISH])
def test_what_is_denied_planned_asked_or_doubted_closes_nothing(frame: str) -> None:
    things = THINGS if frame in FRAMES else SPANISH_THINGS
    said = [frame.format(x=x, d=d) for x, d in things]
    assert {words: shut for words in said if (shut := closed(words))} == {}


@pytest.mark.parametrize("words", STORIES)
def test_a_story_of_something_else_closes_nothing(words: str) -> None:
    assert closed(words) == []


@pytest.mark.parametrize("words", NUMBERED)
def test_a_number_beside_doubt_closes_nothing(words: str) -> None:
    assert closed(words) == []


@pytest.mark.parametrize("client", QUOTES)
def test_what_a_client_quotes_below_an_answer_closes_nothing(client: str) -> None:
    assert closed(QUOTES[client]) == []
