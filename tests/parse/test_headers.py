from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.parse.addresses import mailboxes
from assistant.parse.charsets import header_text
from assistant.parse.headers import sender_of
from tests.parse.mails import SENT, raw, read


@pytest.mark.parametrize(
    ("field", "email", "name"),
    [
        ("dana@clinic.example", "dana@clinic.example", ""),
        ("Dana Whitlock <Dana@Clinic.Example>", "dana@clinic.example", "Dana Whitlock"),
        ('"Whitlock, Dana" <dana@clinic.example>', "dana@clinic.example", "Whitlock, Dana"),
        ("dana@clinic.example (Dana Whitlock)", "dana@clinic.example", "Dana Whitlock"),
        ("=?utf-8?q?Ana_Mu=C3=B1oz?= <ana@clinic.example>", "ana@clinic.example", "Ana Muñoz"),
        ('"boss@clinic.example" <eve@x.example>', "eve@x.example", "boss@clinic.example"),
        ("=?utf-8?q?boss=40clinic=2Eexample=3E?= <eve@x.example>", "eve@x.example", "boss@clinic.example>"),
        ("dana@clinic.example <dana@clinic.example>", "dana@clinic.example", "dana@clinic.example"),
        ('"Dana \\"D\\" Whitlock" <dana@clinic.example>', "dana@clinic.example", 'Dana "D" Whitlock'),
    ],
)
def test_a_well_formed_sender_is_known(field: str, email: str, name: str):
    sender = read(raw(From=field)).sender

    assert sender is not None
    assert (sender.email, sender.name) == (email, name)


@pytest.mark.parametrize(
    "field",
    [
        None,
        "",
        "Dana Whitlock",
        "dana@clinic.example, eve@x.example",
        "<dana@clinic.example><eve@x.example>",
        "dana@clinic.example <eve@x.example>",
        "<dana@clinic.example> eve",
        "dana@clinic.example <eve@x.example",
        "Staff: dana@clinic.example;",
        "Staff: dana@clinic.example, eve@x.example;",
        "dana@clinic.example(<eve@x.example>",
        "dana(x)@clinic.example",
        "dana@clinic.example@x.example",
        "dana@@clinic.example",
        "dana@clinic..example",
        "dana @clinic.example",
        "=?utf-8?q?dana=40clinic=2Eexample?=",
        "dana@clinic.example\x00",
        "<@x.example:dana@clinic.example>",
        '"dana@clinic.example',
        "(" * 5000 + "dana@clinic.example",
        "undisclosed-recipients:;",
    ],
)
def test_a_sender_that_two_readers_could_take_for_two_is_nobody(field: str | None):
    assert read(raw(From=field)).sender is None


def test_two_from_fields_are_nobodys():
    assert read(b"From: dana@clinic.example\r\n" + raw()).sender is None


def test_recipients_are_read_as_far_as_they_can_be():
    message = read(
        raw(To='"Lee, K." <lee@lab.example>, Desk: a@x.example, b@x.example;, nobody, c@x.example', Cc="c@x.example")
    )

    assert [one.email for one in message.to] == ["lee@lab.example", "a@x.example", "b@x.example", "c@x.example"]
    assert [one.email for one in message.cc] == ["c@x.example"]


def test_a_thousand_recipients_are_cut():
    assert len(read(raw(To=", ".join(f"p{n}@x.example" for n in range(4000)))).to) == 500


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("=?utf-8?B?TGlzdGUgZMOpanM=?= today", "Liste déjs today"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        ("=?utf-8?B?w6?= =?utf-8?B?k=?=", "é"),
        ("=?iso-8859-1?q?Jos=E9?=", "José"),
        ("=?nonsense?q?Jos=C3=A9?=", "José"),
        ("=?utf-8?q?broken", "=?utf-8?q?broken"),
        ("caf\udcc3\udca9", "café"),
        ("a\u200bb\u202ec", "abc"),
        ("two\r\n lines", "two lines"),
    ],
)
def test_a_header_is_read_whatever_its_spelling(field: str, said: str):
    assert header_text(field) == said


@pytest.mark.parametrize(
    ("field", "found"),
    [("<a@b>", "a@b"), ("a@b", "a@b"), ("<", None), ("", None), (" <a@b> (x)", "a@b"), (None, None)],
)
def test_an_id_has_no_brackets(field: str | None, found: str | None):
    assert read(raw(Message_ID=field)).message_id == found


def test_a_thread_is_read_in_order():
    message = read(raw(References="<one@x>\r\n\t<two@x> <one@x>", In_Reply_To="<two@x>"))

    assert message.references == ("one@x", "two@x")
    assert message.thread_ids == ("one@x", "two@x", "m1@clinic.example")


@pytest.mark.parametrize("hours", [-23, 0, 23])
def test_a_date_within_a_day_of_the_delivery_counts_with_its_own_offset(hours: int):
    message = read(raw(), SENT + timedelta(hours=hours))

    assert message.sent_at == SENT
    assert message.sent_at.utcoffset() == timedelta(hours=-5)


@pytest.mark.parametrize(
    "date",
    [
        None,
        "",
        "soon",
        "Mon, 01 Jan 1970 00:00:00 +0000",
        "Tue, 19 Jan 2038 03:14:08 +0000",
        "Mon, 09 Mar 2026 08:59:00 -0500",
        "Wed, 11 Mar 2026 09:00:00 -9999",
        "Wed, 11 Mar 99999 09:00:00 -0500",
        "Fri, 13 Mar 2026 09:00:01 -0500",
    ],
)
def test_a_date_that_cannot_be_true_gives_way_to_the_delivery(date: str | None):
    assert read(raw(Date=date)).sent_at == SENT.astimezone(UTC)


def test_a_date_without_an_offset_counts_as_utc():
    assert read(raw(Date="Wed, 11 Mar 2026 14:00:00 -0000")).sent_at == datetime(2026, 3, 11, 14, tzinfo=UTC)


def test_a_long_address_field_is_read_in_one_pass():
    assert len(mailboxes('"' * 50_000 + "<" * 50_000)) <= 50_000


@pytest.mark.parametrize(
    ("head", "sender"),
    [
        (b"FROM:ruth@x.example", "ruth@x.example"),
        (b"To: a@x.example\r\nfrom: Ruth\r\n\t<Ruth@X.example>\r\nTo: b@x.example", "ruth@x.example"),
        (b"From: Ruth\nFrom: b@x.example", ""),
        (b"Subject: x\rFrom: ruth@x.example\rTo: b@x.example", "ruth@x.example"),
        (b"Subject: x\r\n From: eve@x.example\r\nFrom: ruth@x.example", "ruth@x.example"),
        (b"Subject: x\r\nX-From: eve@x.example", ""),
        (b"Subject: x\r\n\r\nFrom: eve@x.example", ""),
        (b"Subject: x\n\nFrom: eve@x.example\r\n\r\n", ""),
        (b"From: nobody, ruth@x.example, eve@x.example", "ruth@x.example"),
        (b"From:" + b"\r\n " * 1_000 + b"ruth@x.example", "ruth@x.example"),
        (b"From:" + b" " * 100_000 + b"ruth@x.example", ""),
    ],
)
def test_the_sender_of_a_mail_that_is_not_parsed_is_the_first_address_of_its_from(head: bytes, sender: str):
    assert sender_of(head + b"\r\n\r\nFrom: eve@x.example\r\n") == sender
