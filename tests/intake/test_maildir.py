"""What only a Maildir does: files that change their folder and their flags."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.config.settings import AccountSettings
from assistant.errors import ConfigError, TransientError
from assistant.intake import Mailbox, open_mailbox
from assistant.records import RawMail

NAME = "1773144000.M1P2.host"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("", ".Referrals.New"):
        for part in ("new", "cur", "tmp"):
            (tmp_path / folder / part).mkdir(parents=True)
    return tmp_path


def mailbox(root: Path, **settings: object) -> Mailbox:
    account = {"name": "inbox", "person": "dana@clinic.example", "maildir": root, **settings}
    return open_mailbox(AccountSettings.model_validate(account), "")


def new_mails(opened: Mailbox) -> list[RawMail]:
    return list(opened.fetch_new(lambda _folder, _uidvalidity: 0, lambda _locator: False, lambda _l, _at: False))


@pytest.mark.parametrize("moved_to", [f"cur/{NAME}:2,", f"cur/{NAME}:2,S", f"cur/{NAME}:2,FRS"])
def test_a_mail_that_was_read_or_flagged_is_still_the_same_mail(moved_to: str, root: Path) -> None:
    (root / "new" / NAME).write_bytes(b"Subject: x\r\n\r\n.")
    (before,) = new_mails(mailbox(root))
    (root / "new" / NAME).rename(root / moved_to)
    (after,) = new_mails(mailbox(root))

    assert after == before


def test_two_files_are_two_mails_also_where_they_hold_the_same(root: Path) -> None:
    for name in (NAME, "1773144000.M2P2.host"):
        (root / "new" / name).write_bytes(b"Subject: x\r\n\r\n.")

    assert len({mail.locator.uid for mail in new_mails(mailbox(root))}) == 2


def test_what_is_no_delivered_mail_is_left_alone(root: Path) -> None:
    (root / "tmp" / NAME).write_bytes(b"half a ma")
    (root / "new" / ".nfs1").write_bytes(b"x")
    (root / "cur" / "folder").mkdir()
    (root / "cur" / "gone").symlink_to(root / "nowhere")

    assert new_mails(mailbox(root)) == []


def test_a_subfolder_is_found_by_its_path(root: Path) -> None:
    (root / ".Referrals.New" / "cur" / f"{NAME}:2,S").write_bytes(b"Subject: x\r\n\r\n.")

    assert [mail.locator.folder for mail in new_mails(mailbox(root, folders=("Referrals/New",)))] == ["Referrals/New"]


def test_the_time_is_the_last_servers_and_else_the_files(root: Path) -> None:
    trace = b"Received: from a by b;\r\n\tTue, 10 Mar 2026 09:00:00 -0500\r\n"
    (root / "new" / "1.M1.host").write_bytes(trace + b"Date: Mon, 2 Mar 2026 08:00:00 +0000\r\n\r\n.")
    (root / "new" / "2.M1.host").write_bytes(b"Date: Mon, 2 Mar 2026 08:00:00 +0000\r\n\r\n.")
    for name in ("1.M1.host", "2.M1.host"):
        os.utime(root / "new" / name, (1_773_500_000, 1_773_500_000))

    times = {mail.content[:4]: mail.received_at for mail in new_mails(mailbox(root))}

    assert times[b"Rece"] == datetime(2026, 3, 10, 14, tzinfo=UTC)
    assert times[b"Date"] == datetime.fromtimestamp(1_773_500_000, UTC)


def test_a_mail_that_vanishes_between_two_looks_is_passed_over(root: Path) -> None:
    for number in (1, 2):
        (root / "new" / f"{number}.M1.host").write_bytes(b"Subject: %d\r\n\r\n." % number)
    mails = mailbox(root).fetch_new(lambda _folder, _uidvalidity: 0, lambda _locator: False, lambda _l, _at: False)
    first = next(mails)
    for path in (root / "new").iterdir():
        path.unlink()

    assert first.content
    assert list(mails) == []


def test_a_file_that_cannot_be_read_does_not_hold_up_the_others(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (1, 2):
        (root / "new" / f"{number}.M1.host").write_bytes(b"Subject: %d\r\n\r\n." % number)
    plain_open = Path.open

    def refusing(path: Path, mode: str = "r") -> object:
        if path.name.startswith("1."):
            raise PermissionError(13, "Permission denied")
        return plain_open(path, mode)

    # Root reads whatever the mode is, so the refusal is made here.
    monkeypatch.setattr(Path, "open", refusing)
    mails = mailbox(root).fetch_new(lambda _folder, _uidvalidity: 0, lambda _locator: False, lambda _l, _at: False)

    assert next(mails).content.startswith(b"Subject: 2")
    with pytest.raises(TransientError, match="Permission denied"):
        next(mails)


def test_an_old_mail_is_read_once_and_then_known_to_be_old(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = b"Received: from a by b; Tue, 10 Feb 2026 09:00:00 -0500\r\n\r\n."
    (root / "new" / NAME).write_bytes(old)
    opened = mailbox(root, since=date(2026, 3, 1))
    assert new_mails(opened) == []

    monkeypatch.setattr(Path, "open", lambda *_args: pytest.fail("the file was read again"))

    assert new_mails(opened) == []


def test_an_account_needs_a_server_or_a_folder() -> None:
    account = AccountSettings.model_validate({"name": "inbox", "person": "dana@clinic.example"})

    with pytest.raises(ConfigError, match="host"):
        open_mailbox(account, "")
