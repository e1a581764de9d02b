"""The courier against real SMTP servers on loopback: one that behaves, and one that hangs up when told to."""

from __future__ import annotations

import re
import socket
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import trustme

from assistant.config.settings import SmtpSettings
from assistant.errors import (
    AssistantError,
    ConfigError,
    LostLedgerError,
    RefusedMailError,
    SignInError,
    TransientError,
    UncertainDeliveryError,
)
from assistant.outbox import open_smtp, render
from assistant.outbox.smtp import _stuffed, _xtext
from assistant.records import Notice, OutgoingMail
from tests.outbox.samples import DANA, DIGEST, NOW, SENDER
from tests.outbox.smtp_servers import PASSWORD, USER, Keeper, Script, free_port, serving, settings

MAIL = render(Notice(key="digest:1", content=DIGEST), SENDER, NOW)


def sent_over(script: Script, file: Path) -> None:
    open_smtp(settings(script.port, security="tls", user="", ca_file=file), "").send(MAIL)


def test_a_mail_arrives_as_it_was_frozen_and_at_its_one_recipient(authority: tuple[trustme.CA, Path]):
    keeper = Keeper()
    with serving(keeper, authority) as reached:
        open_smtp(reached, PASSWORD).send(MAIL)

    (envelope,) = keeper.taken
    assert envelope.content == MAIL.content
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER.address, [DANA.email])


def test_a_copy_to_ourselves_goes_along_and_is_not_worth_a_mail(authority: tuple[trustme.CA, Path]):
    keeper = Keeper()
    with serving(keeper, authority) as reached:
        open_smtp(reached, PASSWORD).send(replace(MAIL, copy_to=SENDER.address))
    assert keeper.taken[0].rcpt_tos == [DANA.email, SENDER.address]
    assert keeper.taken[0].content == MAIL.content

    taken = ("220 a", "250 a", "250 from", "250 to", "550 no copies here", "354 go on", "250 taken")
    with Script(*taken, authority=authority[0]) as script:
        open_smtp(settings(script.port, security="tls", user="", ca_file=authority[1]), "").send(
            replace(MAIL, copy_to=SENDER.address)
        )


def test_a_server_that_can_is_asked_to_name_the_mail_in_what_it_reports(authority: tuple[trustme.CA, Path]):
    answers = ("220 a", "250-a\r\n250 DSN", "250 from", "250 to", "250 copy", "354 go on", "250 taken")
    with Script(*answers, authority=authority[0]) as script:
        open_smtp(settings(script.port, security="tls", user="", ca_file=authority[1]), "").send(
            replace(MAIL, copy_to=SENDER.address)
        )
        said = script.heard.decode().splitlines()[1:4]

    assert said == [
        f"MAIL FROM:<{SENDER.address}> RET=HDRS ENVID={MAIL.message_id}",
        f"RCPT TO:<{DANA.email}> NOTIFY=FAILURE,DELAY",
        f"RCPT TO:<{SENDER.address}> NOTIFY=NEVER",
    ]


def test_an_envelope_id_holds_nothing_that_smtp_cannot_carry():
    assert _xtext("a+b=c d@e") == "a+2Bb+3Dc+20d@e"


def test_lines_that_begin_with_a_dot_arrive_as_they_are(authority: tuple[trustme.CA, Path]):
    dotted = OutgoingMail(
        key="k",
        kind="digest",
        recipient=DANA.email,
        subject="",
        message_id="m",
        content=MAIL.content + b".\r\n..two\r\n.",
        numbers=(),
        prepared_at=NOW,
    )
    keeper = Keeper()
    with serving(keeper, authority) as reached:
        open_smtp(reached, PASSWORD).send(dotted)

    assert keeper.taken[0].content == dotted.content + b"\r\n"
    assert _stuffed(b"a\r\n.") == b"a\r\n..\r\n"


@pytest.mark.parametrize(
    ("phase", "verdict", "expected"),
    [
        ("mail", "451 busy Hector Alvarez", TransientError),
        ("mail", "550 no Hector Alvarez", RefusedMailError),
        ("mail", "530 sign in first", SignInError),
        ("rcpt", "450 greylisted Hector Alvarez", TransientError),
        ("rcpt", "550 no such Hector Alvarez", RefusedMailError),
        ("data", "452 full Hector Alvarez", TransientError),
        ("data", "554 spam Hector Alvarez", RefusedMailError),
        ("data", "421 closing down", TransientError),
    ],
)
def test_a_refusal_is_for_now_or_for_good_as_the_server_says(
    authority: tuple[trustme.CA, Path], phase: str, verdict: str, expected: type[AssistantError]
):
    keeper = Keeper(**{phase: verdict})
    with serving(keeper, authority) as reached, pytest.raises(AssistantError) as refused:
        open_smtp(reached, PASSWORD).send(MAIL)

    assert type(refused.value) is expected
    assert verdict[:3] in str(refused.value)
    assert "Hector" not in str(refused.value)
    assert not keeper.taken


def test_a_wrong_password_is_not_tried_twice_and_nothing_leaves(authority: tuple[trustme.CA, Path]):
    keeper = Keeper()
    with serving(keeper, authority) as reached, pytest.raises(SignInError, match="sign-in refused"):
        open_smtp(reached, "wrong").send(MAIL)

    assert not keeper.taken


def test_a_password_that_smtp_cannot_carry_is_told_without_it(authority: tuple[trustme.CA, Path]):
    with serving(Keeper(), authority) as reached, pytest.raises(SignInError) as refused:
        open_smtp(reached, "pässwörd").send(MAIL)

    assert "pässwörd" not in str(refused.value)


@pytest.mark.parametrize("flaw", ["another authority", "another name"])
def test_a_certificate_that_does_not_fit_is_refused_before_any_password(
    authority: tuple[trustme.CA, Path], tmp_path: Path, flaw: str
):
    keeper = Keeper()
    trusted = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(trusted)
    with serving(keeper, authority, name="elsewhere.example" if flaw == "another name" else "localhost") as reached:
        file = trusted if flaw == "another authority" else authority[1]
        with pytest.raises(TransientError, match="certificate is not trusted"):
            open_smtp(reached.model_copy(update={"ca_file": file}), PASSWORD).send(MAIL)

    assert not keeper.taken


def test_tls_from_the_first_byte_checks_the_certificate_too(authority: tuple[trustme.CA, Path], tmp_path: Path):
    other = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(other)

    with Script("220 hello", authority=authority[0]) as script, pytest.raises(TransientError, match="not trusted"):
        sent_over(script, other)

    assert script.heard == b""


def test_a_server_without_encryption_hears_no_password_and_no_mail():
    plain = Script("220 hello", "250-here\r\n250 AUTH PLAIN LOGIN", "221 bye")
    with plain, pytest.raises(TransientError, match="no encryption"):
        open_smtp(settings(plain.port), PASSWORD).send(MAIL)

    assert re.fullmatch(rb"ehlo \[127\.0\.0\.1\]\r\n", plain.heard)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((), TransientError),
        (("220 hello",), TransientError),
        (("220 hello", "250 here"), TransientError),
        (("220 hello", "250 here", "250 sender"), TransientError),
        (("220 hello", "250 here", "250 sender", "250 recipient"), TransientError),
        (("220 hello", "250 here", "250 sender", "250 recipient", "354 go"), UncertainDeliveryError),
        (("220 hello", "250 here", "250 sender", "250 recipient", "354 go", "what?"), UncertainDeliveryError),
        (("220 hello", "250 here", "250 sender", "250 recipient", "354 go", "354 go"), UncertainDeliveryError),
        (
            ("220 hello", "250 here", "250 sender", "250 recipient", "354 go", "250 " + "x" * 9000),
            UncertainDeliveryError,
        ),
        (("220 hello", "250 here", "250 sender", "250 recipient", "354 go", "451 later"), TransientError),
        (("220 hello", "250 here", "250 sender", "250 recipient", "354 go", "554 never"), RefusedMailError),
        (("220 hello", "250 here", "250 sender", "251 forwarded", "354 go", "250 taken"), None),
    ],
)
def test_a_line_that_is_cut_leaves_no_doubt_until_the_whole_mail_was_handed_over(
    authority: tuple[trustme.CA, Path], answers: tuple[str, ...], expected: type[AssistantError] | None
):
    with Script(*answers, authority=authority[0]) as script:
        try:
            sent_over(script, authority[1])
        except AssistantError as error:
            met: type[AssistantError] | None = type(error)
        else:
            met = None

    assert met is expected


def test_a_connection_that_breaks_within_the_mail_leaves_no_doubt(authority: tuple[trustme.CA, Path]):
    class Breaks(Script):
        def _hear(self, heard: Any, until: bytes) -> None:  # noqa: ANN401 - a file that a socket makes
            if until == b"\n":
                super()._hear(heard, until)

    huge = OutgoingMail(
        key="k",
        kind="digest",
        recipient=DANA.email,
        subject="",
        message_id="m",
        content=MAIL.content + b"x" * 70 + b"\r\n" * 4_000_000,
        numbers=(),
        prepared_at=NOW,
    )
    script = Breaks("220 hello", "250 here", "250 sender", "250 recipient", "354 go", authority=authority[0])
    with script, pytest.raises(TransientError) as cut:
        open_smtp(settings(script.port, security="tls", user="", ca_file=authority[1]), "").send(huge)

    assert type(cut.value) is TransientError


def test_a_server_that_is_not_there_is_tried_again_later():
    port = free_port()

    with pytest.raises(TransientError, match=rf"localhost:{port}: .*; the mail waits"):
        open_smtp(settings(port), PASSWORD).send(MAIL)


def test_a_server_that_is_silent_is_given_up_in_time():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        quick = settings(silent.getsockname()[1], timeout_s=0.2)

        with pytest.raises(TransientError, match="no answer in time"):
            open_smtp(quick, PASSWORD).send(MAIL)


@pytest.mark.parametrize(
    ("security", "greeting", "said"),
    [
        ("tls", "220 hello", 'is that port for security = "starttls"?'),
        ("starttls", "", 'is that port for security = "tls"?'),
        ("starttls", "* OK IMAP4rev1 ready", "no SMTP is spoken there; look at the port"),
    ],
)
def test_a_port_for_something_else_is_said_in_words_that_help(security: str, greeting: str, said: str):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken: list[socket.socket] = []

        def greet() -> None:
            taken.append(listener.accept()[0])
            if greeting:
                taken[0].sendall(f"{greeting}\r\n".encode())

        thread = threading.Thread(target=greet)
        thread.start()
        check = open_smtp(settings(listener.getsockname()[1], security=security, timeout_s=0.5), PASSWORD).check()
        thread.join()
        taken[0].close()

    assert said in check.said
    assert "ssl.c" not in check.said
    assert "the mail waits" not in check.said


def test_a_host_that_nobody_knows_is_named_as_what_to_check(monkeypatch: pytest.MonkeyPatch):
    def unknown(*_asked: object, **_how: object) -> None:
        # As a machine says it that asks a name server; tests ask none.
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    check = open_smtp(settings(587), PASSWORD).check()

    assert check.said.endswith("could not be reached (Name or service not known); check `host`")


def test_the_check_signs_in_and_sends_nothing(authority: tuple[trustme.CA, Path]):
    keeper = Keeper()
    with serving(keeper, authority) as reached:
        right, wrong = open_smtp(reached, PASSWORD).check(), open_smtp(reached, "wrong").check()

    assert (right.is_fine, right.said) == (True, f"localhost:{reached.port} takes mail from us, signed in as {USER}")
    assert not wrong.is_fine
    assert "sign-in refused" in wrong.said
    assert not keeper.taken


def test_settings_that_name_no_server_or_no_authority_are_refused(tmp_path: Path):
    with pytest.raises(ConfigError, match="host"):
        open_smtp(SmtpSettings(), PASSWORD)
    with pytest.raises(ConfigError, match="ca_file"):
        open_smtp(settings(25, ca_file=tmp_path / "none.pem"), PASSWORD)


@pytest.mark.parametrize(("looks", "heard"), [(0, b"RCPT"), (1, b"DATA")])
def test_what_may_not_leave_any_more_at_the_last_look_is_not_handed_over(
    authority: tuple[trustme.CA, Path], looks: int, heard: bytes
):
    left = [None] * looks

    def last_look() -> None:
        if not left:
            raise LostLedgerError
        left.pop()

    script = Script("220 hello", "250 here", "250 sender", "250 recipient", "354 go", authority=authority[0])
    with script, pytest.raises(LostLedgerError):
        open_smtp(settings(script.port, security="tls", user="", ca_file=authority[1]), "", last_look).send(MAIL)

    assert heard in script.heard
    assert (b"DATA" in script.heard) == (looks == 1)
    assert b"\r\n.\r\n" not in script.heard
