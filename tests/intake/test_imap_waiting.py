"""When it is time to look again: the server's word, its silence, its refusal to give one."""

from __future__ import annotations

import pytest

from assistant.errors import TransientError
from assistant.intake import Mailbox, open_mailbox
from tests.intake.accounts import SECRET, account, new_mails, waits
from tests.intake.scripted import ScriptedServer
from tests.mailservers.certificates import Certificates


@pytest.mark.parametrize(
    "told",
    [
        "+ idling\r\n* 4 EXISTS\r\n",
        "* 4 EXISTS\r\n+ idling\r\n",
    ],
)
def test_news_that_come_with_the_word_idling_are_not_overheard(
    told: str, server: ScriptedServer, mailbox: Mailbox
) -> None:
    new_mails(mailbox)
    server.answers["IDLE"] = told

    assert waits(mailbox, 20)


def test_a_server_that_refuses_to_push_is_asked_in_turn_instead(
    server: ScriptedServer, certificates: Certificates
) -> None:
    server.answers["IDLE"] = "TAG NO not today\r\n"
    mailbox = open_mailbox(account(server.port, certificates.ca_file, poll_every_s=0.05), SECRET)

    assert all(waits(mailbox, 1) for _ in range(6))
    assert server.commands.count("IDLE") == 3
    mailbox.close()


def test_a_server_that_says_goodbye_while_we_wait_is_noticed(server: ScriptedServer, mailbox: Mailbox) -> None:
    server.answers["IDLE"] = "+ idling\r\n* BYE going down\r\n"
    server.answers["DONE"] = "HANGUP"

    with pytest.raises(TransientError):
        waits(mailbox, 20)


def test_a_server_that_cannot_push_is_looked_at_after_the_pause(
    server: ScriptedServer, certificates: Certificates
) -> None:
    server.capabilities = "IMAP4rev1 AUTH=PLAIN"
    mailbox = open_mailbox(account(server.port, certificates.ca_file, poll_every_s=0.05), SECRET)

    assert waits(mailbox, 60)
    assert not waits(mailbox, 0.01)
    assert "asked every 0.05 s" in mailbox.check().said
    mailbox.close()


def test_several_folders_are_looked_at_in_turn_as_the_server_pushes_for_one(
    server: ScriptedServer, certificates: Certificates
) -> None:
    server.answers["IDLE"] = "+ idling\r\n"
    mailbox = open_mailbox(
        account(server.port, certificates.ca_file, folders=("INBOX", "Referrals"), poll_every_s=0.05), SECRET
    )

    assert waits(mailbox, 60)
    mailbox.close()
