"""Where a quote stands in a mail, whatever mail programs and models did to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understand.grounding import find, fold, is_grounded, locate
from tests.understand.llm.mails import mail, part

SAME_WORDS = {
    "as it is": ("Please call Mrs. O'Neill by noon.", "call Mrs. O'Neill by noon"),
    "other case": ("Please CALL the ward.", "please call the ward"),
    "typographic quotes": ("Ask for “the long form”, it’s new.", 'Ask for "the long form", it\'s new.'),
    "wrapped lines": (
        "Please send the signed\nconsent form to\n the ward.",
        "send the signed consent form to the ward",
    ),
    "quote marks": ("> Please send the\n> signed form\n>> today.", "Please send the signed form today"),
    "non-breaking spaces": ("Fax\u00a0the\u202forder today", "Fax the order today"),
    "zero-width characters": ("Fax\u200b the or\u00adder\ufeff today", "Fax the order today"),
    "a table's row": ("| Lang, Ida | MRI knee | prior auth by 3/12 |", "Lang, Ida MRI knee prior auth by 3/12"),
    "a quote that keeps the bars": ("Lang, Ida | MRI knee", "Lang, Ida | MRI knee"),
    "bullets": ("* call the lab\n* fax the form", "call the lab fax the form"),
    "emphasis": ("Please *do not* forget the _consent_ form", "Please do not forget the consent form"),
    "dashes": ("Room 4 – the C-arm — is booked", "Room 4 - the C‑arm - is booked"),
    "accents": ("Llame a la señora Núñez", "llame a la senora Nunez"),
    "a ligature": ("Please \ufb01le the form", "Please file the form"),
    "words left out": ("Please send, as we said on Friday, the signed order.", "Please send ... the signed order"),
    "an ellipsis at the end": ("Please send the signed order to the ward.", "Please send the signed order…"),
    "quotes around it": ("Please call the ward", '"Please call the ward."'),
}


@pytest.mark.parametrize(("text", "quote"), SAME_WORDS.values(), ids=SAME_WORDS.keys())
def test_a_quote_is_found_however_it_is_set(text: str, quote: str):
    assert is_grounded(quote, mail(text))


OTHER_WORDS = {
    "another name": ("Please call Mrs. Abbott.", "Please call Mrs. Abara."),
    "another number": ("Send it by 3/12.", "Send it by 3/13."),
    "a part of a word": ("The chart is complete.", "art is comp"),
    "another order": ("Call the ward, then the lab.", "Call the lab, then the ward."),
    "nothing but marks": ("- > |", "- > |"),
    "nothing": ("Call the ward", ""),
    "an ellipsis over a whole mail": ("Please do not" + " stop" * 200 + " call the ward", "Please ... call the ward"),
    "pieces in the wrong order": ("the signed order. Please send", "Please send ... the signed order"),
    "a negation left out": ("Please do not call the ward", "Please do call the ward"),
}


@pytest.mark.parametrize(("text", "quote"), OTHER_WORDS.values(), ids=OTHER_WORDS.keys())
def test_other_words_are_not_found(text: str, quote: str):
    assert not is_grounded(quote, mail(text))


def test_the_words_come_back_as_the_mail_writes_them():
    located = locate("please send the SIGNED form", mail("Hi,\n> Please send  the\n> signed form today."))

    assert located is not None
    assert located.words == "Please send the signed form"


def test_the_senders_own_words_come_before_those_they_quote():
    quoted = part("Please call the ward", "quoted")
    located = locate("Please call the ward", mail(quoted, "Again: please call the ward"))

    assert located is not None
    assert located.part is not None
    assert located.part.kind == "own"


def test_a_quote_may_stand_in_an_attachment_or_in_the_subject():
    letter = mail("See attached.", subject="Call Dr. Yun today", attached="Send records within 10 days.")
    attached, titled = locate("Send records within 10 days", letter), locate("call Dr. Yun today", letter)

    assert attached is not None
    assert attached.attachment == letter.attachments[0]
    assert titled is not None
    assert titled.text == letter.subject


def test_a_quote_over_two_parts_is_found_in_the_whole_text():
    located = locate("handle this: Please fax the order", mail("Can you handle this:", part("Please fax the order")))

    assert located is not None
    assert located.part is None


@pytest.mark.parametrize(
    ("text", "quote", "sentence"),
    [
        ("Hi. Call Mrs. Lang by noon, please. Bye.", "Call Mrs. Lang", "Call Mrs. Lang by noon, please."),
        ("Hi\n\nCall the\nlab by noon\n\nBye", "Call the lab", "Call the lab by noon"),
        ("1. Call the lab by noon\n2. Fax it today", "Call the lab", "Call the lab by noon"),
        ("Call the lab", "Call the lab", "Call the lab"),
    ],
)
def test_the_sentence_around_a_quote_ends_where_the_sentence_ends(text: str, quote: str, sentence: str):
    located = locate(quote, mail(text))

    assert located is not None
    assert located.sentence == sentence


def test_of_two_places_the_nearer_one_is_found():
    assert find("today", "today or not today", near=16) == (13, 18)


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing_more(text: str):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=120), st.data())
def test_whatever_stands_in_a_text_as_whole_words_is_found_there(text: str, data: st.DataObject):
    words = text.split()
    start = data.draw(st.integers(0, max(0, len(words) - 1)))
    quote = " ".join(words[start : start + 5])
    if "..." in fold(quote) or not any(char.isalnum() for char in fold(quote).strip(" .,;:!?'\"-()[]")):
        return

    assert is_grounded(quote, mail(text))
