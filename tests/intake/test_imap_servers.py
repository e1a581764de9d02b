"""What servers answer that no test server of good manners would."""

from __future__ import annotations

import itertools
import logging
import re
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from assistant.errors import AssistantError, ConfigError, SignInError, TransientError
from assistant.intake import Mailbox, open_mailbox
from assistant.records import RawMail
from assistant.signin import trusting
from tests.intake.accounts import PATIENT, SECRET, account, new_mails
from tests.intake.scripted import ScriptedServer, Stream
from tests.mailservers.certificates import Certificates


def all_that_can_be_had(mails: Iterator[RawMail]) -> tuple[list[int], str]:
    uids: list[int] = []
    said = ""
    try:
        uids.extend(mail.locator.uid for mail in mails)
    except AssistantError as error:
        said = str(error)
    return uids, said


def test_nothing_is_asked_that_could_change_the_mailbox(server: ScriptedServer, mailbox: Mailbox) -> None:
    new_mails(mailbox)
    mailbox.close()

    names = {command.partition(" ")[0] for command in server.commands}
    assert names == {"CAPABILITY", "AUTHENTICATE", "EXAMINE", "SEARCH", "FETCH", "LOGOUT"}
    assert all("BODY[" not in command and "RFC822 " not in command for command in server.commands)


def test_the_last_old_mail_that_a_search_to_the_end_brings_along_is_not_taken(mailbox: Mailbox) -> None:
    assert [mail.locator.uid for mail in new_mails(mailbox, seen_up_to=5)] == [8]
    assert new_mails(mailbox, seen_up_to=8) == []


def test_the_servers_time_is_kept_in_utc(mailbox: Mailbox) -> None:
    assert {mail.received_at for mail in new_mails(mailbox)} == {datetime(2026, 3, 10, 17, tzinfo=UTC)}


@pytest.mark.parametrize("internaldate", [b"yesterday", b"99-Foo-2026 12:00:00 +0000", b"31-Dec-9999 23:59:59 -2300"])
def test_where_the_server_has_no_time_the_mails_own_trace_tells_it(
    internaldate: bytes, server: ScriptedServer, mailbox: Mailbox
) -> None:
    server.internaldate = internaldate
    trace = b"Received: from a by b; Tue, 10 Mar 2026 09:00:00 -0500\r\n"
    server.mails = {4: trace + PATIENT}

    assert [mail.received_at for mail in new_mails(mailbox)] == [datetime(2026, 3, 10, 14, tzinfo=UTC)]


def test_a_mail_that_was_deleted_meanwhile_is_passed_over(server: ScriptedServer, mailbox: Mailbox) -> None:
    original = server.item

    def item(uid: int, what: str) -> bytes:
        if uid == 5 and "BODY" in what:
            del server.mails[5]
            return b"BODY[] NIL"
        return original(uid, what)

    server.item = item  # type: ignore[method-assign]
    assert [mail.locator.uid for mail in new_mails(mailbox)] == [3, 8]


def test_a_size_that_is_a_mere_estimate_keeps_no_mail_back(server: ScriptedServer, mailbox: Mailbox) -> None:
    server.size = lambda uid: len(server.mails[uid]) + 100  # type: ignore[method-assign]

    assert [mail.content for mail in new_mails(mailbox)] == list(server.mails.values())


def test_a_mail_that_comes_shorter_than_announced_is_not_taken(server: ScriptedServer, mailbox: Mailbox) -> None:
    lengths = itertools.count(10)

    def body(uid: int) -> bytes:
        return server.mails[uid][: next(lengths)] if uid == 5 else server.mails[uid]

    server.body = body  # type: ignore[method-assign]
    uids, said = all_that_can_be_had(mailbox.fetch_new(lambda _f, _v: 0, lambda _l: False, lambda _l, _at: False))

    assert uids == [3, 8]
    assert "did not hand out 1 mails of 'INBOX', UID 5" in said


def test_a_mail_that_the_server_will_not_hand_out_does_not_hold_up_the_others(
    server: ScriptedServer, mailbox: Mailbox
) -> None:
    original = server.fetched

    def fetched(tag: str, uids: list[int], what: str) -> bytes:
        if "BODY" in what and 5 in uids:
            return f"{tag} NO [SERVERBUG] cannot read it\r\n".encode()
        return original(tag, uids, what)

    server.fetched = fetched  # type: ignore[method-assign]

    uids, said = all_that_can_be_had(mailbox.fetch_new(lambda _f, _v: 0, lambda _l: False, lambda _l, _at: False))
    assert uids == [3, 8]
    assert "UID 5" in said
    server.fetched = original  # type: ignore[method-assign]
    march = datetime(2026, 3, 1, tzinfo=UTC).date()
    missed = mailbox.fetch_missed(lambda locator: locator.uid in uids, lambda _l, _at: False, march)
    assert [mail.locator.uid for mail in missed] == [5]


@pytest.mark.parametrize("next_uid", ["", "* OK [UIDNEXT 4294967296] next\r\n", f"* OK [UIDNEXT {10**30}] next\r\n"])
def test_a_next_number_that_is_none_is_not_believed(server: ScriptedServer, mailbox: Mailbox, next_uid: str) -> None:
    server.answers["EXAMINE"] = f"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n{next_uid}TAG OK [READ-ONLY] done\r\n"

    assert mailbox.next_number("INBOX") == (7, 0)
    assert [mail.locator.uid for mail in new_mails(mailbox)] == [3, 5, 8]


def test_numbers_far_apart_cost_one_search(server: ScriptedServer, mailbox: Mailbox) -> None:
    server.mails = {3: PATIENT, 4_000_000_000: PATIENT}

    assert [mail.locator.uid for mail in new_mails(mailbox)] == [3, 4_000_000_000]
    assert len([one for one in server.commands if one.startswith("SEARCH") and "SMALLER" not in one]) == 1


def test_what_has_no_time_that_can_be_read_is_not_taken_for_another_mail(
    server: ScriptedServer, mailbox: Mailbox
) -> None:
    server.internaldate = b"yesterday"

    assert list(mailbox.fetch_missed(lambda _l: True, lambda _l, _at: True, date(2026, 3, 1))) == []


def test_a_server_that_tells_no_times_hands_out_what_was_missed_all_the_same(
    server: ScriptedServer, mailbox: Mailbox
) -> None:
    original = server.fetched

    def fetched(tag: str, uids: list[int], what: str) -> bytes:
        return original(tag, uids, what) if "BODY" in what else f"{tag} NO [LIMIT] slow down\r\n".encode()

    server.fetched = fetched  # type: ignore[method-assign]
    missed = mailbox.fetch_missed(lambda locator: locator.uid != 5, lambda _l, _at: False, date(2026, 3, 1))
    uids, said = all_that_can_be_had(missed)

    assert uids == [5]
    assert "refused (LIMIT)" in said


def test_a_server_that_hands_out_nothing_is_not_asked_for_each_mail(server: ScriptedServer, mailbox: Mailbox) -> None:
    server.mails = dict.fromkeys(range(1, 301), PATIENT)
    original = server.fetched

    def fetched(tag: str, uids: list[int], what: str) -> bytes:
        return f"{tag} NO [LIMIT] slow down\r\n".encode() if "BODY" in what else original(tag, uids, what)

    server.fetched = fetched  # type: ignore[method-assign]
    with pytest.raises(TransientError, match=r"refused \(LIMIT\)"):
        new_mails(mailbox)
    assert len(server.commands) < 16


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("TAG NO [AUTHENTICATIONFAILED] no\r\n", SignInError),
        ("TAG NO nine-brown-wrens-sing is wrong\r\n", SignInError),
        ("TAG NO [UNAVAILABLE] directory is down\r\n", TransientError),
        ("TAG BAD [SERVERBUG] what\r\n", TransientError),
        ("* BYE too many connections\r\nHANGUP", TransientError),
        ("HANGUP", TransientError),
        ("nine-brown-wrens-sing\r\n", TransientError),
    ],
)
def test_only_a_refused_password_is_told_as_one(
    answer: str, error: type[AssistantError], server: ScriptedServer, mailbox: Mailbox
) -> None:
    server.answers["AUTHENTICATE"] = answer

    with pytest.raises(error) as raised:
        new_mails(mailbox)
    assert SECRET not in str(raised.value)
    assert raised.value.__cause__ is None


def test_a_password_beyond_ascii_is_sent_where_the_server_can_take_it(
    server: ScriptedServer, certificates: Certificates
) -> None:
    mailbox = open_mailbox(account(server.port, certificates.ca_file), "Grüße")
    assert mailbox.check().is_fine
    mailbox.close()
    server.capabilities = "IMAP4rev1"
    mailbox = open_mailbox(account(server.port, certificates.ca_file), "Grüße")
    with pytest.raises(SignInError, match="ASCII"):
        new_mails(mailbox)


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("SEARCH", "* SEARCH x y\r\nTAG OK done\r\n"),
        ("FETCH", "* 1 FETCH (UID 3 RFC822.SIZE (\r\nTAG OK done\r\n"),
        ("FETCH", "* 1 FETCH Subject: Referral for Ann Quill\r\nTAG OK done\r\n"),
        ("FETCH", "Subject: Referral for Ann Quill\r\n"),
        ("FETCH", "* 1 FETCH (UID 3 BODY[] {400}\r\nReferral for Ann Quill\r\nHANGUP"),
        ("EXAMINE", "* OK [UIDVALIDITY many] valid\r\nTAG OK done\r\n"),
        ("SEARCH", "* BYE Ann Quill\r\nHANGUP"),
        ("SEARCH", "TAG NO Ann Quill\r\n"),
        ("NOOP", "TAG BAD Ann Quill\r\n"),
    ],
)
def test_an_answer_that_is_no_imap_is_trouble_that_passes_and_quotes_no_mail(
    command: str, answer: str, server: ScriptedServer, mailbox: Mailbox
) -> None:
    new_mails(mailbox)
    mailbox.close()
    server.answers[command] = answer

    with pytest.raises(TransientError) as raised:
        [new_mails(mailbox) for _ in range(2)]
    assert "Quill" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
    server.answers.clear()
    assert len(new_mails(mailbox)) == 3


def test_a_folder_that_is_only_out_of_order_is_not_called_missing(server: ScriptedServer, mailbox: Mailbox) -> None:
    server.answers["EXAMINE"] = "TAG NO [INUSE] being rebuilt\r\n"
    with pytest.raises(TransientError, match="INUSE"):
        new_mails(mailbox)
    server.answers["EXAMINE"] = "TAG NO no such folder\r\n"
    with pytest.raises(ConfigError, match="there is no folder 'INBOX'"):
        new_mails(mailbox)


def test_a_server_without_lasting_numbers_is_refused(server: ScriptedServer, mailbox: Mailbox) -> None:
    server.answers["EXAMINE"] = "* 3 EXISTS\r\nTAG OK done\r\n"

    with pytest.raises(ConfigError, match="lasting numbers"):
        new_mails(mailbox)


def test_a_huge_mailbox_is_searched_in_runs_whose_answer_fits_in_a_line(
    server: ScriptedServer, mailbox: Mailbox
) -> None:
    server.mails = {170_000: PATIENT}
    state = "* 170000 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n* OK [UIDNEXT 170001] next\r\n"
    server.answers["EXAMINE"] = f"{state}TAG OK [READ-ONLY] done\r\n"

    assert len(new_mails(mailbox)) == 1
    asked = [command for command in server.commands if command.startswith("SEARCH") and "SMALLER" not in command]
    assert asked == [f"SEARCH UID {run}" for run in ("1:50000", "50001:100000", "100001:150000", "150001:*")]


def test_mails_are_fetched_in_few_questions_of_bounded_size(server: ScriptedServer, mailbox: Mailbox) -> None:
    server.mails = {uid: PATIENT + b"x" * (1_500_000 if uid == 150 else 0) for uid in range(1, 1201)}

    assert [mail.locator.uid for mail in new_mails(mailbox)] == list(range(1, 1201))
    asked = [command for command in server.commands if command.startswith("FETCH")]
    sizes = [command for command in asked if "BODY" not in command]
    assert sizes == ["FETCH 150 (RFC822.SIZE INTERNALDATE)"]
    assert len(asked) - len(sizes) == 4
    assert max(len(re.findall(r"\d+", command)) for command in asked) <= 501


def test_a_batch_of_large_mails_fits_into_memory(server: ScriptedServer, mailbox: Mailbox) -> None:
    server.mails = dict.fromkeys(range(1, 6), PATIENT + b"x" * 3_000_000)

    assert len(new_mails(mailbox)) == 5
    asked = [command for command in server.commands if command.startswith("FETCH") and "BODY" in command]
    assert [command.split()[1] for command in asked] == ["1:2", "3:4", "5"]


def test_mails_come_in_the_order_of_their_numbers_whatever_their_size(server: ScriptedServer, mailbox: Mailbox) -> None:
    server.mails = {uid: PATIENT + b"x" * (100_000 if uid % 3 else 0) for uid in range(1, 31)}

    assert [mail.locator.uid for mail in new_mails(mailbox)] == list(range(1, 31))
    assert len([command for command in server.commands if "BODY" in command]) == 1


@pytest.mark.parametrize("answer", ["TAG NO what\r\n", "TAG BAD what\r\n"])
def test_a_server_that_does_not_tell_small_from_large_is_asked_for_sizes(
    answer: str, server: ScriptedServer, mailbox: Mailbox
) -> None:
    original = server._answer

    def refusing(stream: Stream, tag: str, name: str, arguments: str) -> bytes:
        is_asked = name == "SEARCH" and "SMALLER" in arguments
        return answer.replace("TAG", tag).encode() if is_asked else original(stream, tag, name, arguments)

    server._answer = refusing  # type: ignore[method-assign]

    assert [mail.locator.uid for mail in new_mails(mailbox)] == [3, 5, 8]
    assert "FETCH 3,5,8 (RFC822.SIZE INTERNALDATE)" in server.commands


def test_a_mail_over_the_limit_is_cut_also_where_the_server_calls_it_small(
    server: ScriptedServer, certificates: Certificates
) -> None:
    server.mails[5] += b"x" * 100_000
    server.is_smaller = lambda uid, asked: True  # type: ignore[method-assign]  # noqa: ARG005
    mailbox = open_mailbox(account(server.port, certificates.ca_file, max_mail_mb=0.05), SECRET)

    mails = {mail.locator.uid: mail for mail in new_mails(mailbox)}
    assert [uid for uid, mail in mails.items() if mail.truncated] == [5]
    assert len(mails[5].content) < 53_000
    assert mails[3].content == PATIENT
    mailbox.close()


@pytest.mark.parametrize(
    "shape",
    [
        lambda envelope, content: content + b" " + envelope,
        lambda envelope, content: envelope.replace(b"RFC822.SIZE", b"rfc822.size") + b" " + content,
        lambda envelope, content: envelope.replace(b"10-Mar", b" 9-Mar") + b" " + content,
        lambda envelope, content: envelope + b" " + content + b" FLAGS (\\Seen)",
        lambda envelope, content: b"FLAGS () " + envelope + b" " + content,
        lambda _envelope, content: content,
    ],
)
def test_an_answer_is_understood_whatever_the_order_of_its_parts(
    shape: Callable[[bytes, bytes], bytes], server: ScriptedServer, mailbox: Mailbox
) -> None:
    server.mails = dict.fromkeys((3, 5), b"Delivery-Date: Mon, 9 Mar 2026 12:00:00 -0500\r\n" + PATIENT)
    server.whole = lambda envelope, content: shape(envelope, content)  # type: ignore[method-assign]  # noqa: PLW0108
    mails = new_mails(mailbox)

    assert {mail.locator.uid: mail.content for mail in mails} == server.mails
    assert {mail.received_at.date() for mail in mails} <= {date(2026, 3, 9), date(2026, 3, 10)}


def test_news_of_other_mails_between_the_answers_hides_none(server: ScriptedServer, mailbox: Mailbox) -> None:
    original = server.fetched
    server.fetched = lambda tag, uids, what: b"* 2 FETCH (FLAGS (\\Seen))\r\n" + original(tag, uids, what)  # type: ignore[method-assign]

    assert {mail.locator.uid: mail.content for mail in new_mails(mailbox)} == server.mails


def test_a_mail_over_the_limit_that_was_deleted_meanwhile_is_passed_over(
    server: ScriptedServer, certificates: Certificates
) -> None:
    server.mails[5] += b"x" * 100_000
    plain = server.item

    def item(uid: int, what: str) -> bytes:
        if "<" in what:
            del server.mails[5]
            return b"FLAGS ()"
        return plain(uid, what)

    server.item = item  # type: ignore[method-assign]
    mailbox = open_mailbox(account(server.port, certificates.ca_file, max_mail_mb=0.05), SECRET)

    assert [mail.locator.uid for mail in new_mails(mailbox)] == [3, 8]
    mailbox.close()


def test_a_connection_that_is_out_of_step_is_not_used_again(server: ScriptedServer, mailbox: Mailbox) -> None:
    server.answers["SEARCH"] = "* SEARCH " + "1 " * 600_000 + "\r\nTAG OK done\r\n"
    with pytest.raises(TransientError):
        new_mails(mailbox)
    server.answers.clear()

    assert len(new_mails(mailbox)) == 3
    assert server.commands.count('EXAMINE "INBOX"') == 2


def test_neither_mail_nor_password_stands_in_the_most_talkative_log(
    server: ScriptedServer, certificates: Certificates, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for capabilities in ("IMAP4rev1 AUTH=PLAIN", "IMAP4rev1"):
        server.capabilities = capabilities
        mailbox = open_mailbox(account(server.port, certificates.ca_file), SECRET)
        assert len(new_mails(mailbox)) == 3
        mailbox.close()

    assert "SEARCH" in caplog.text
    assert "Quill" not in caplog.text
    assert SECRET not in caplog.text


def test_old_tls_is_not_spoken(certificates: Certificates) -> None:
    assert trusting("account desk", certificates.ca_file).minimum_version == ssl.TLSVersion.TLSv1_2
