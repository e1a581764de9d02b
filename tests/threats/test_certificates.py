"""Servers with a bad certificate, or with none: whom do we tell who we are? Nobody of them."""

from __future__ import annotations

import ssl
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from structlog.testing import capture_logs

from assistant.config.model import ModelSettings
from assistant.config.settings import AccountSettings, SmtpSettings
from assistant.errors import AssistantError
from assistant.intake import open_mailbox
from assistant.outbox import open_smtp
from assistant.pipeline.health.heartbeat import beat
from assistant.pipeline.parts import Snapshot
from assistant.signin.refreshing import Refreshing
from assistant.understand.llm.endpoint import Endpoint
from assistant.understand.llm.prompt import Turn
from tests.mailservers.certificates import Certificates, issue
from tests.threats.listener import Flaw, Listener

USER, SECRET = "assistant@clinic.example", "four-grey-herons-wade"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def asked_of_imap(port: int, ca_file: Path, *, security: str = "tls") -> str:
    found = {"name": "desk", "person": USER, "host": "127.0.0.1", "port": port, "user": USER, "timeout_s": 5}
    account = AccountSettings.model_validate({**found, "security": security, "ca_file": ca_file})
    mailbox = open_mailbox(account, SECRET)
    said = mailbox.check().said
    mailbox.close()
    return said


def asked_of_imap_later(port: int, ca_file: Path) -> str:
    return asked_of_imap(port, ca_file, security="starttls")


def asked_of_smtp(port: int, ca_file: Path, *, security: str = "tls") -> str:
    found = {"host": "127.0.0.1", "port": port, "security": security, "user": USER, "ca_file": ca_file, "timeout_s": 5}
    return open_smtp(SmtpSettings.model_validate(found), SECRET).check().said


def asked_of_smtp_later(port: int, ca_file: Path) -> str:
    return asked_of_smtp(port, ca_file, security="starttls")


def asked_of_model(port: int, ca_file: Path) -> str:
    model = ModelSettings(base_url=f"https://127.0.0.1:{port}/v1", model="m", timeout_s=5, retries=0, ca_file=ca_file)
    with pytest.raises(AssistantError) as caught:
        Endpoint(model, SECRET).ask((Turn(role="user", text=SECRET),), name="tasks", schema={})
    return str(caught.value)


def asked_of_heartbeat(port: int, ca_file: Path) -> str:
    # The machine's own authorities count here; this is how OpenSSL is told of another one.
    with pytest.MonkeyPatch.context() as environment, capture_logs() as logs:
        environment.setenv("SSL_CERT_FILE", str(ca_file))
        snapshot = Snapshot(at=LONG_AGO, conditions=(), counts={"tasks_open": 3})
        assert not beat(f"https://127.0.0.1:{port}/{SECRET}", snapshot)
    return str(logs[0]["problem"])


def asked_of_tokens(port: int, ca_file: Path) -> str:
    tokens = Refreshing(
        "desk",
        token_url=f"https://127.0.0.1:{port}/token",
        client_id="us",
        client_secret=SECRET,
        scopes=(),
        ca_file=ca_file,
        timeout_s=5,
    )
    with pytest.raises(AssistantError) as caught:
        tokens.granted(SECRET)
    return str(caught.value)


@dataclass(frozen=True)
class Peer:
    protocol: str
    at_once: bool
    """Whether it is TLS from the first byte."""
    asked: Callable[[int, Path], str]

    def listener(self, files: Certificates, flaw: Flaw = "", *, at_once: bool | None = None) -> Listener:
        at_once = self.at_once if at_once is None else at_once
        return Listener(self.protocol, files.server_context(), at_once=at_once, flaw=flaw)  # type: ignore[arg-type]


PEERS = {
    "imap": Peer("imap", at_once=True, asked=asked_of_imap),
    "imap, starttls": Peer("imap", at_once=False, asked=asked_of_imap_later),
    "smtp": Peer("smtp", at_once=True, asked=asked_of_smtp),
    "smtp, starttls": Peer("smtp", at_once=False, asked=asked_of_smtp_later),
    "model": Peer("http", at_once=True, asked=asked_of_model),
    "heartbeat": Peer("http", at_once=True, asked=asked_of_heartbeat),
    "tokens": Peer("http", at_once=True, asked=asked_of_tokens),
}


def good(folder: Path) -> tuple[Certificates, Path]:
    files = issue(folder)
    return files, files.ca_file


def expired(folder: Path) -> tuple[Certificates, Path]:
    files = issue(folder, ends=datetime.now(UTC) - timedelta(days=1))
    return files, files.ca_file


def of_another_host(folder: Path) -> tuple[Certificates, Path]:
    files = issue(folder, "mail.elsewhere.example")
    return files, files.ca_file


def of_an_unknown_authority(folder: Path) -> tuple[Certificates, Path]:
    (folder / "other").mkdir()
    return issue(folder), issue(folder / "other").ca_file


def signed_by_itself(folder: Path) -> tuple[Certificates, Path]:
    files = issue(folder)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    files.key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    files.chain_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return files, files.ca_file


FLAWS: dict[Callable[[Path], tuple[Certificates, Path]], str] = {
    expired: "expired",
    of_another_host: "mismatch",
    of_an_unknown_authority: "unable to get local issuer",
    signed_by_itself: "self-signed",
}


def hears_a_secret(heard: bytes) -> bool:
    plain = f"\0{USER}\0{SECRET}".encode()
    return any(one in heard for one in (SECRET.encode(), b64encode(plain), b64encode(SECRET.encode())))


@pytest.mark.parametrize("peer", PEERS)
def test_a_good_certificate_is_believed(peer: str, tmp_path: Path):
    files, ca_file = good(tmp_path)

    with PEERS[peer].listener(files) as server:
        PEERS[peer].asked(server.port, ca_file)

    # It says no; but it was told who we are. So these servers would hear it.
    assert hears_a_secret(bytes(server.heard))


@pytest.mark.parametrize("flaw", FLAWS)
@pytest.mark.parametrize("peer", PEERS)
def test_a_bad_certificate_is_told_no_secret(
    peer: str, flaw: Callable[[Path], tuple[Certificates, Path]], tmp_path: Path
):
    files, ca_file = flaw(tmp_path)

    with PEERS[peer].listener(files) as server:
        said = PEERS[peer].asked(server.port, ca_file)

    assert "certificate" in said
    assert FLAWS[flaw] in said.lower()
    assert "\n" not in said
    assert SECRET not in said
    # What came before TLS is all that came: a client's greeting and its wish for TLS.
    assert {line.split()[-1].upper() for line in bytes(server.heard).splitlines()} <= {
        b"CAPABILITY",
        b"[127.0.0.1]",
        b"STARTTLS",
        b"LOGOUT",
    }


@pytest.mark.parametrize(
    ("peer", "flaw"),
    [
        ("imap, starttls", "cut out"),
        ("imap, starttls", "refused"),
        ("imap, starttls", "already in"),
        ("smtp, starttls", "cut out"),
        ("smtp, starttls", "refused"),
    ],
)
def test_where_encryption_is_stripped_no_secret_is_told(peer: str, flaw: Flaw, tmp_path: Path):
    files, ca_file = good(tmp_path)

    with PEERS[peer].listener(files, flaw) as server:
        said = PEERS[peer].asked(server.port, ca_file)

    assert "STARTTLS" in said or "encryption" in said
    assert "\n" not in said
    assert server.heard
    assert not hears_a_secret(bytes(server.heard))


@pytest.mark.parametrize("peer", [name for name in PEERS if PEERS[name].at_once])
def test_a_server_that_speaks_plain_where_tls_is_due_is_told_no_secret(peer: str, tmp_path: Path):
    files, ca_file = good(tmp_path)

    with PEERS[peer].listener(files, at_once=False) as server:
        said = PEERS[peer].asked(server.port, ca_file)

    assert said
    assert "\n" not in said
    assert not hears_a_secret(bytes(server.heard))


@pytest.mark.parametrize("peer", ["model", "heartbeat", "tokens"])
def test_nobody_sends_us_on_to_an_unencrypted_address(peer: str, tmp_path: Path):
    files, ca_file = good(tmp_path)

    with PEERS[peer].listener(files, at_once=False) as plain, PEERS[peer].listener(files, "elsewhere") as server:
        server.sends_to = plain.port
        PEERS[peer].asked(server.port, ca_file)

    assert hears_a_secret(bytes(server.heard))
    assert not plain.heard


def test_old_tls_is_refused(tmp_path: Path):
    files, ca_file = good(tmp_path)
    old = files.server_context()
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.maximum_version = ssl.TLSVersion.TLSv1_1

    for peer in PEERS.values():
        if peer.at_once:
            with Listener(peer.protocol, old, at_once=True) as server:  # type: ignore[arg-type]
                assert peer.asked(server.port, ca_file)
            assert not server.heard
