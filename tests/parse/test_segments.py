from __future__ import annotations

import pytest

from assistant.parse import own_words
from tests.parse.mails import alternative, mixed, raw, read, shape

ANA = "Ana Ortiz <ana@lab.example>"
SHOWN = "On Tue, Mar 10, 2026 at 8:17 AM Ana &lt;ana@lab.example&gt; wrote:"
GMAIL = f"From: {ANA}\nDate: Tue, Mar 10, 2026 at 8:17 AM\nSubject: x\nTo: D"
THUNDERBIRD = f"Subject: x\nDate: Tue, 10 Mar 2026 08:17:00 -0500\nFrom: {ANA}\nTo: D"


@pytest.mark.parametrize(
    "attribution",
    [
        f"On Tue, Mar 10, 2026 at 8:17 AM {ANA} wrote:",
        "On Tue, Mar 10, 2026 at 8:17 AM Ana Ortiz\n<ana@lab.example> wrote:",
        f"On Mar 10, 2026, at 8:17 AM, {ANA} wrote:",
        f"On 3/10/26 8:17 AM, {ANA} wrote:",
        f"On 2026-03-10 08:17, {ANA} wrote:",
        f"El mar, 10 mar 2026 a las 8:17, {ANA}\nescribió:",
        f"El 10/3/2026 a las 8:17, {ANA} escribió:",
        f"Am Di., 10. März 2026 um 08:17 Uhr schrieb {ANA}:",
        f"Am 10.03.2026 um 08:17 schrieb {ANA}:",
        f"Le mar. 10 mars 2026 à 08:17, {ANA} a écrit :",
        f"Le 10/03/2026 à 08:17, {ANA}\na écrit :",
        f"2026-03-10 8:17 GMT-05:00 {ANA}:",
        f"Op di 10 mrt. 2026 om 08:17 schreef {ANA}:".replace("mrt", "mar"),
    ],
)
def test_a_quotation_has_its_writer_and_its_moment(attribution: str):
    message = read(raw(f"Done.\n\n{attribution}\n\n> Is it done?\n> Ana\n"))

    assert shape(message) == [
        ("own", 0, "truiz@clinic.example", "Done."),
        ("quoted", 1, "ana@lab.example", "Is it done?"),
    ]
    sent_at = message.parts[1].sent_at
    assert sent_at is not None
    assert sent_at.isoformat() == "2026-03-10T08:17:00-05:00"
    assert message.parts[1].sender is not None
    assert message.parts[1].sender.name == "Ana Ortiz"


@pytest.mark.parametrize(
    "block",
    [
        f"From: {ANA}\nSent: Tuesday, March 10, 2026 8:17 AM\nTo: Dana Whitlock\nSubject: list",
        "From: Ana Ortiz [mailto:ana@lab.example]\nSent: Tuesday, March 10, 2026 8:17 AM\nTo: D\nSubject: list",
        f"De: {ANA}\nEnviado: martes, 10 de marzo de 2026 8:17\nPara: Dana\nAsunto: lista",
        f"De: {ANA}\nEnviado el: martes, 10 de marzo de 2026 8:17 a. m.\nPara: Dana\nCC: Lee\nAsunto: lista",
        f"Von: {ANA}\nGesendet: Dienstag, 10. März 2026 08:17\nAn: Dana\nBetreff: Liste",
        f"De : {ANA}\nEnvoyé : mardi 10 mars 2026 08:17\nÀ : Dana\nObjet : liste",
        f"*From:* {ANA}\n*Sent:* Tuesday, March 10, 2026 8:17 AM\n*To:* Dana\n*Subject:* list",
        f"________________________________\nFrom: {ANA}\nSent: Tuesday, March 10, 2026 8:17 AM\nTo: D\nSubject: x",
        f"-----Original Message-----\nFrom: {ANA}\nSent: Tuesday, March 10, 2026 8:17 AM\nTo: D\nSubject: x",
        f"-----Mensaje original-----\nDe: {ANA}\nEnviado: martes, 10 de marzo de 2026 8:17\nPara: D\nAsunto: x",
        f"-----Ursprüngliche Nachricht-----\nVon: {ANA}\nGesendet: Dienstag, 10. März 2026 08:17\nAn: D\nBetreff: x",
        f"From: {ANA}\nDate: Tue, 10 Mar 2026 08:17:00 -0500\nTo: a@x.example,\n b@x.example\nSubject: x",
    ],
)
def test_a_header_block_opens_a_quotation_without_any_mark(block: str):
    message = read(raw(f"Done.\n\n{block}\n\nIs it done?\n\nAna\n"))

    assert shape(message) == [
        ("own", 0, "truiz@clinic.example", "Done."),
        ("quoted", 1, "ana@lab.example", "Is it done?"),
    ]
    assert [part.sent_at.isoformat() for part in message.parts[1:] if part.sent_at] == ["2026-03-10T08:17:00-05:00"]


@pytest.mark.parametrize(
    ("subject", "opening"),
    [
        ("Fwd: list", f"---------- Forwarded message ---------\n{GMAIL}"),
        ("list", f"---------- Forwarded message ---------\n{GMAIL}"),
        ("list", f"Begin forwarded message:\n\nFrom: {ANA}\nSubject: x\nDate: March 10, 2026 at 8:17:00 AM CDT\nTo: D"),
        ("list", f"-------- Forwarded Message --------\n{THUNDERBIRD}"),
        ("FW: list", f"From: {ANA}\nSent: Tuesday, March 10, 2026 8:17 AM\nTo: D\nSubject: list"),
        ("RV: lista", f"De: {ANA}\nEnviado: martes, 10 de marzo de 2026 8:17\nPara: D\nAsunto: lista"),
        ("WG: Liste", f"Von: {ANA}\nGesendet: Dienstag, 10. März 2026 08:17\nAn: D\nBetreff: Liste"),
        ("TR: liste", f"De : {ANA}\nEnvoyé : mardi 10 mars 2026 08:17\nÀ : D\nObjet : liste"),
    ],
)
def test_a_forward_is_told_from_a_reply(subject: str, opening: str):
    message = read(raw(f"Can you take this?\n\n{opening}\n\nPlease send the films by Friday.\n", Subject=subject))

    assert shape(message) == [
        ("own", 0, "truiz@clinic.example", "Can you take this?"),
        ("forwarded", 1, "ana@lab.example", "Please send the films by Friday."),
    ]
    assert message.parts[1].sent_at is not None
    assert message.parts[1].sent_at.date().isoformat() == "2026-03-10"


@pytest.mark.parametrize("rule", ["_" * 32, "-" * 32, "=" * 32, "*" * 32])
def test_the_rule_over_a_header_block_is_nobodys_words(rule: str):
    message = read(raw(f"Done.\n\n{rule}\n{GMAIL}\n\nIs it done?\n"))

    assert [part.text for part in message.parts] == ["Done.", "Is it done?"]


def test_apple_quotes_the_opening_line_too():
    message = read(
        raw("Yes.\n\n> On Mar 10, 2026, at 8:17 AM, Dana Whitlock <dana@clinic.example> wrote:\n> \n> Ready?\n")
    )

    assert shape(message)[1] == ("quoted", 1, "dana@clinic.example", "Ready?")


def test_apple_forwards_inside_of_marks():
    forwarded = (
        f"Begin forwarded message:\n\nFrom: {ANA}\nSubject: x\nDate: March 10, 2026 at 8:17:00 AM CDT\nTo: D\n\nFilms."
    )
    body = "\n".join(f"> {line}" for line in forwarded.split("\n"))

    assert shape(read(raw(f"See below.\n\n{body}\n")))[1] == ("forwarded", 1, "ana@lab.example", "Films.")


def test_a_forward_of_a_forward_keeps_each_writer_and_date():
    body = (
        "Fit her in please.\n\n"
        "From: Desk <desk@dental.example>\nSent: Tuesday, March 10, 2026 5:02 PM\nTo: Dana\nSubject: FW: plate\n\n"
        "Do we do this?\n\n"
        "From: Lena Voss <lena@home.example>\nSent: Monday, March 9, 2026 3:47 PM\nTo: Desk\nSubject: broken plate\n\n"
        "Could you see her by Friday?\n"
    )
    message = read(raw(body, Subject="FW: FW: broken plate"))

    assert shape(message) == [
        ("own", 0, "truiz@clinic.example", "Fit her in please."),
        ("forwarded", 1, "desk@dental.example", "Do we do this?"),
        ("forwarded", 2, "lena@home.example", "Could you see her by Friday?"),
    ]
    assert [part.sent_at.day for part in message.parts if part.sent_at] == [11, 10, 9]


def test_answers_between_quoted_lines_are_the_senders():
    body = (
        "See below.\n\nOn Tue, Mar 10, 2026 at 8:17 AM Dana Whitlock <dana@clinic.example> wrote:\n"
        "> 1. Shall I book the room?\n\nYes, by noon.\n\n"
        "> 2. I can call the ward.\n> \n>> On Mon, Lee wrote this\n\nNo need.\n"
    )
    message = read(raw(body))

    assert shape(message) == [
        ("own", 0, "truiz@clinic.example", "See below."),
        ("quoted", 1, "dana@clinic.example", "1. Shall I book the room?"),
        ("own", 0, "truiz@clinic.example", "Yes, by noon."),
        ("quoted", 1, "dana@clinic.example", "2. I can call the ward."),
        ("quoted", 2, None, "On Mon, Lee wrote this"),
        ("own", 0, "truiz@clinic.example", "No need."),
    ]


def test_a_bare_name_is_one_whom_the_mail_knows():
    body = (
        "Done.\n\nFrom: Whitlock, Dana\nSent: Tuesday, March 10, 2026 8:17 AM\nTo: Teresa Ruiz\nSubject: x\n\nReady?\n"
    )

    assert shape(read(raw(body)))[1] == ("quoted", 1, "dana@clinic.example", "Ready?")


def test_a_bare_name_that_nobody_has_is_nobody():
    assert shape(read(raw("Done.\n\nOn 3/10/26 8:17 AM, Pat Kim wrote:\n> Ready?\n")))[1] == (
        "quoted",
        1,
        None,
        "Ready?",
    )


GMAIL_HTML = f"""Done.<br><div class="gmail_quote"><div class="gmail_attr">{SHOWN}<br></div>
<blockquote class="gmail_quote" style="border-left:1px solid">Ready?</blockquote></div>"""
OUTLOOK_HTML = """<p class=MsoNormal>Done.</p><div id=divRplyFwdMsg><b>From:</b> Ana &lt;ana@lab.example&gt;<br>
<b>Sent:</b> Tuesday, March 10, 2026 8:17 AM<br><b>To:</b> D<br><b>Subject:</b> x</div><p class=MsoNormal>Ready?</p>"""
YAHOO_HTML = f"Done.<div class='yahoo_quoted'><div>{SHOWN}</div><div>Ready?</div></div>"
MOZILLA_HTML = f"Done.<div class='moz-cite-prefix'>{SHOWN}</div><blockquote type=cite>Ready?</blockquote>"
APPLE_HTML = f"<div>Done.</div><blockquote type=cite>{SHOWN}<br><br>Ready?</blockquote>"


@pytest.mark.parametrize("html", [GMAIL_HTML, OUTLOOK_HTML, YAHOO_HTML, MOZILLA_HTML, APPLE_HTML])
def test_what_a_web_client_quotes_is_a_quotation(html: str):
    message = read(raw(html, Content_Type="text/html"))

    assert shape(message) == [
        ("own", 0, "truiz@clinic.example", "Done."),
        ("quoted", 1, "ana@lab.example", "Ready?"),
    ]
    assert message.parts[1].sent_at is not None
    assert message.parts[1].sent_at.isoformat() == "2026-03-10T08:17:00-05:00"


@pytest.mark.parametrize("container", ["class='gmail_quote'", "id='appendonsend'", "class='yahoo_quoted'"])
def test_a_quoting_box_in_an_unknown_language_is_still_a_quotation(container: str):
    message = read(raw(f"<div>Done.</div><div {container}><div>Kirjoitti jotain</div></div>", Content_Type="text/html"))

    assert [(part.kind, part.text) for part in message.parts] == [("own", "Done."), ("quoted", "Kirjoitti jotain")]


@pytest.mark.parametrize(
    "text",
    [
        "From: Room 12\nTo: Dialysis\nDate: 3/10 at 9 AM\n\nPlease arrange a stretcher.",
        "On March 3 we spoke with Dr. Patel about the refill.\nPlease call her back by Friday.",
        "On 3/10 please call:\n- Mr. Kim\n- Mrs. Ode",
        "Subject: matter experts are needed on 3/12.",
        "The order is from: Dr. Lee",
        "Please sign here:\n______________\nand return it today",
        "Attention: outside films for Mrs. Lee are due by Friday.",
        "Notice: the external fixator order must be signed today.",
        "Privacy notice must be signed by Mr. Voss before Monday.",
        "HIPAA statement needed from the family by noon.",
        "The fax was intended for Dr. Lee, please resend it today.",
        "Sent from the lab this morning, please confirm.",
        "Sent from my desk to the payer on 3/9, please follow up.",
        "Ward | Bed\n-----\nMaple | 7",
        "👍",
        "?",
        "Step one -- call Ana -- then fax.",
        "--\nCan you also call Mrs. Ode by Friday?",
    ],
)
def test_work_that_looks_like_a_quotation_or_a_notice_stays_the_senders(text: str):
    assert own_words(text) == text


@pytest.mark.parametrize(
    ("ending", "cut"),
    [
        ("-- \nTeresa Ruiz, RN\nPrairie Clinic\n555-0100", "-- "),
        ("--\nTeresa Ruiz", "--"),
        ("Sent from my iPhone", "Sent from my iPhone"),
        ("Sent from my phone, excuse typos", "Sent from my phone, excuse typos"),
        ("Get Outlook for iOS", "Get Outlook for iOS"),
        ("Enviado desde mi iPhone", "Enviado desde mi iPhone"),
        ("Von meinem iPhone gesendet", "Von meinem iPhone gesendet"),
        ("Envoyé de mon iPhone", "Envoyé de mon iPhone"),
        ("____________________________\nTeresa Ruiz | RN\nx4411 | pager 118", "____________________________"),
        ("CONFIDENTIALITY NOTICE: This is meant for you\nalone.", "CONFIDENTIALITY NOTICE: This is meant for you"),
        (
            "This e-mail may contain confidential information. If you are not the\nintended recipient, delete it.",
            "This e-mail may contain confidential information. If you are not the",
        ),
    ],
)
def test_a_signature_is_kept_apart(ending: str, cut: str):
    message = read(raw(f"Please call Ana.\n\n{ending}\n"))

    assert [(part.kind, part.text.partition("\n")[0]) for part in message.parts] == [
        ("own", "Please call Ana."),
        ("signature", cut),
    ]
    assert message.parts[1].text.rpartition("\n")[2] == ending.rpartition("\n")[2]


def test_a_banner_ends_where_the_mail_begins():
    banner = (
        "CAUTION: This email originated from outside of the clinic. Do not click\nlinks unless you know them\nwell."
    )
    html = "<div>CAUTION: This email originated from outside of the clinic.</div><div>Hello Dana</div>"

    assert [part.kind for part in read(raw(f"{banner}\n\nHello Dana\n")).parts] == ["signature", "own"]
    assert shape(read(raw(html, Content_Type="text/html")))[1][3] == "Hello Dana"


def test_a_mail_in_a_mail_is_a_forward_with_its_own_date():
    inner = (
        "From: Ana <ana@lab.example>\nDate: Mon, 09 Mar 2026 10:00:00 -0600\nSubject: Films\n\nPlease send the films.\n"
    )
    message = read(mixed("\nSee attached.", f"Content-Type: message/rfc822\n\n{inner}"))

    assert shape(message) == [
        ("own", 0, "truiz@clinic.example", "See attached."),
        ("forwarded", 1, "ana@lab.example", "Films"),
    ]
    assert message.parts[1].sent_at is not None
    assert message.parts[1].sent_at.isoformat() == "2026-03-09T10:00:00-06:00"
    assert "Please send the films." in message.text


def test_every_part_stands_in_the_whole_text():
    message = read(alternative("Done.\n\n> One\n> > Two\n\nThree", "<p>Done.</p><p>One</p><p>Two</p><p>Three</p>"))

    assert all(part.text in message.text for part in message.parts)
    assert [part.depth for part in message.parts] == [0, 1, 2, 0]


@pytest.mark.parametrize(
    "opening",
    [
        f"On Mon, Dec 31, 2029 at 8:17 AM {ANA} wrote:",
        f"From: {ANA}\nSent: Monday, December 31, 2029 8:17 AM\nTo: Dana\nSubject: list",
    ],
)
def test_a_quotation_from_a_day_to_come_has_no_day(opening: str):
    message = read(raw(f"Done.\n\n{opening}\n\nPlease send the list by Friday.\n"))

    assert message.parts[1].sent_at is None


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>Thanks!</p><p>Please send the list by Friday.</p>", ("Please send the list by Friday.",)),
        ("<p>Thanks!</p><blockquote type=cite>Please send the list by Friday.</blockquote>", ()),
        ("<p>Thanks!</p><p>&gt; Please send the list by Friday.</p>", ()),
    ],
)
def test_what_the_html_shows_as_own_and_the_plain_form_quotes_is_told(html: str, shown: tuple[str, ...]):
    message = read(alternative("Thanks!\n\n> Please send the list\n> by Friday.\n", html))

    assert message.own_words == "Thanks!"
    assert message.own_to_readers == shown
