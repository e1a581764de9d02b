"""Microsoft's and Google's own libraries against a stand-in of their endpoints on loopback."""

from __future__ import annotations

import base64
import json
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from assistant.config.settings import SignIn
from assistant.errors import ConfigError, SignInError, TransientError
from assistant.signin import Terminal, Token
from assistant.signin.google import Google
from assistant.signin.grants import Grant
from tests.mailservers.certificates import Certificates, issue
from tests.mailservers.token_server import TokenServer
from tests.threats.signing import SECRET, USER, Clock, Person, clock, settings, way_in


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return issue(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def tokens(certificates: Certificates) -> Iterator[TokenServer]:
    with TokenServer(certificates, USER) as running:
        yield running


@pytest.fixture
def now() -> Clock:
    return clock()


def shown(desk: Token) -> str:
    return desk.tried(lambda proof: proof.value)


def microsoft(tokens: TokenServer, ca_file: Path, **changes: object) -> SignIn:
    own = {"auth": "microsoft365", "authority": tokens.url, "tenant": "clinic.example", "token_url": ""}
    return settings(tokens, ca_file, **{**own, "client_secret": "", **changes})


def google(tokens: TokenServer, ca_file: Path) -> Google:
    return Google(
        "desk",
        client_id="the-client",
        client_secret=SECRET,
        scopes=(),
        ca_file=ca_file,
        timeout_s=5,
        auth_url=f"{tokens.url}/auth",
        token_url=tokens.token_url,
    )


def test_a_person_enters_a_code_and_is_asked_no_more(
    tokens: TokenServer, certificates: Certificates, tmp_path: Path, now: Clock
):
    desk, person = way_in(microsoft(tokens, certificates.ca_file), tmp_path, now), Person()

    desk.login(person.terminal)

    assert person.told == [f"Open {tokens.url}/device in any browser, and enter the code HERON-4"]
    assert "device_code" in tokens.asked[0]["grant_type"]
    assert tokens.open_tokens[shown(desk)] == USER
    now.pass_by(hours=1)
    assert tokens.open_tokens[shown(desk)] == USER
    again = tokens.asked[1]
    assert again["grant_type"] == "refresh_token"
    assert {
        "https://outlook.office.com/IMAP.AccessAsUser.All",
        "https://outlook.office.com/SMTP.Send",
        "offline_access",
    } <= set(again["scope"].split())
    assert tokens.times == 2


def test_an_application_signs_in_by_itself(tokens: TokenServer, certificates: Certificates, tmp_path: Path, now: Clock):
    reached = microsoft(tokens, certificates.ca_file, client_secret="env:CLIENT_SECRET")
    desk = way_in(reached, tmp_path, now)

    first = shown(desk)
    assert shown(desk) == first
    now.pass_by(minutes=56)

    assert shown(desk) != first
    assert [form["grant_type"] for form in tokens.asked] == ["client_credentials"] * 2
    assert tokens.asked[0]["scope"] == "https://outlook.office365.com/.default"
    assert tokens.asked[0]["client_secret"] == SECRET


def test_microsoft_hears_of_no_host_but_the_configured_one(
    tokens: TokenServer, certificates: Certificates, tmp_path: Path, now: Clock
):
    reached = microsoft(tokens, certificates.ca_file, client_secret="env:CLIENT_SECRET")

    shown(way_in(reached, tmp_path, now))

    assert tokens.paths == [
        "/clinic.example/v2.0/.well-known/openid-configuration",
        "/clinic.example/oauth2/v2.0/token",
    ]


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        ({"error": "invalid_grant", "error_codes": [700082]}, "expired or was revoked: invalid_grant, AADSTS700082"),
        ({"error": "invalid_grant", "suberror": "consent_required", "error_codes": [65001]}, "consent is missing"),
        ({"error": "interaction_required", "error_codes": [50076]}, "run: assistant login desk"),
    ],
)
def test_what_microsoft_refuses_is_said_in_one_line(
    tokens: TokenServer, certificates: Certificates, tmp_path: Path, refusal: dict[str, object], said: str
):
    now = clock()
    desk = way_in(microsoft(tokens, certificates.ca_file), tmp_path, now)
    desk.login(Person().terminal)
    tokens.refusal = {"error_description": "AADSTS: for dana@clinic.example", **refusal}
    now.pass_by(hours=1)

    with pytest.raises(SignInError) as caught:
        shown(desk)
    assert said in str(caught.value)
    assert "dana" not in str(caught.value)


def test_an_ended_client_secret_is_said(tokens: TokenServer, certificates: Certificates, tmp_path: Path, now: Clock):
    tokens.refusal = {"error": "invalid_client", "error_codes": [7000222]}
    desk = way_in(microsoft(tokens, certificates.ca_file, client_secret="env:CLIENT_SECRET"), tmp_path, now)

    with pytest.raises(SignInError, match=r"invalid_client, AADSTS7000222.*its secret may have ended"):
        shown(desk)


@pytest.mark.parametrize(("status", "kind"), [(404, ConfigError), (503, TransientError)])
def test_a_tenant_that_is_not_known_is_told_from_an_outage(
    tokens: TokenServer, certificates: Certificates, tmp_path: Path, status: int, kind: type[Exception]
):
    tokens.status = status
    desk = way_in(microsoft(tokens, certificates.ca_file, client_secret="env:CLIENT_SECRET"), tmp_path, clock())

    with pytest.raises(kind):
        shown(desk)


class Browser:
    """Goes where a person is sent, agrees, and comes back."""

    def __init__(self, **answer: str) -> None:
        self.told: list[str] = []
        self.asked: dict[str, list[str]] = {}
        self._answer = answer
        self.terminal = Terminal(tell=self._go, ask_secret=lambda _question: "", port=0)

    def _go(self, text: str) -> None:
        self.told.append(text)
        self.asked = parse_qs(urlsplit(text.partition(": ")[2]).query)
        back = urlencode({"state": self.asked["state"][0], **self._answer})
        threading.Thread(target=self._come_back, args=(f"{self.asked['redirect_uri'][0]}?{back}",), daemon=True).start()

    @staticmethod
    def _come_back(url: str) -> None:
        with urllib.request.urlopen(url, timeout=10) as page:
            page.read()


def signed_in(tokens: TokenServer, certificates: Certificates, browser: Browser) -> Grant:
    return google(tokens, certificates.ca_file).login(browser.terminal)


def test_a_person_agrees_in_the_browser(tokens: TokenServer, certificates: Certificates):
    browser = Browser(code="a-code")

    grant = signed_in(tokens, certificates, browser)

    (form,) = tokens.asked
    assert browser.asked["scope"] == ["https://mail.google.com/"]
    assert browser.asked["access_type"] == ["offline"]
    assert form["grant_type"] == "authorization_code"
    # Who catches the code on its way back can do nothing with it (RFC 7636).
    assert form["code"] == "a-code"
    assert form["code_verifier"]
    assert tokens.open_tokens[grant.token] == USER
    assert grant.refresh_token
    assert 3590 < grant.lasts.total_seconds() < 3602  # in whole seconds, somewhere in the library


def test_a_person_who_does_not_agree_is_understood(tokens: TokenServer, certificates: Certificates):
    with pytest.raises(SignInError, match="the person did not agree: access_denied"):
        signed_in(tokens, certificates, Browser(error="access_denied"))
    assert tokens.times == 0


def test_an_answer_that_belongs_to_another_question_is_refused(tokens: TokenServer, certificates: Certificates):
    with pytest.raises(SignInError, match="mismatching_state"):
        signed_in(tokens, certificates, Browser(code="a-code", state="another"))
    assert tokens.times == 0


def test_google_renews_by_the_refresh_token(tokens: TokenServer, certificates: Certificates):
    grant = google(tokens, certificates.ca_file).granted("refresh-7")

    (form,) = tokens.asked
    assert (form["grant_type"], form["refresh_token"]) == ("refresh_token", "refresh-7")
    assert tokens.open_tokens[grant.token] == USER


def test_google_says_that_it_was_revoked(tokens: TokenServer, certificates: Certificates):
    tokens.refusal = {"error": "invalid_grant", "error_description": "Token of dana@clinic.example was revoked."}

    with pytest.raises(SignInError, match=r"revoked: invalid_grant\); run: assistant login desk") as caught:
        google(tokens, certificates.ca_file).granted("refresh-7")
    assert "dana" not in str(caught.value)


@pytest.fixture(scope="module")
def private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def service_account(tokens: TokenServer, certificates: Certificates, **changes: str) -> SignIn:
    own = {"auth": "google", "client_id": "", "client_secret": "", "token_url": "", "service_account": "env:KEY"}
    return settings(tokens, certificates.ca_file, **{**own, **changes})


def test_a_service_account_acts_for_the_user(
    tokens: TokenServer, certificates: Certificates, tmp_path: Path, private_key: str
):
    key = {"client_email": "desk@project.example", "private_key": private_key, "token_uri": tokens.token_url}
    desk = way_in(service_account(tokens, certificates), tmp_path, clock(), KEY=json.dumps(key))

    assert tokens.open_tokens[shown(desk)] == USER

    (form,) = tokens.asked
    said = form["assertion"].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
    assert claims["sub"] == USER
    assert claims["scope"] == "https://mail.google.com/"

    tokens.refusal = {"error": "unauthorized_client", "error_description": "Client of dana is unauthorized"}
    tokens.revoke()
    with pytest.raises(SignInError, match="the application is not taken: unauthorized_client"):
        desk.tried(_refusing)


def _refusing(_proof: object) -> str:
    raise SignInError("account desk", "AUTHENTICATIONFAILED")


@pytest.mark.parametrize(
    "key", ["x", "[]", "{}", '{"client_email": "a", "token_uri": "https://x", "private_key": "no"}']
)
def test_what_is_no_service_accounts_key_is_not_repeated(
    tokens: TokenServer, certificates: Certificates, tmp_path: Path, key: str
):
    with pytest.raises(ConfigError, match="service_account holds no service account's key"):
        way_in(service_account(tokens, certificates), tmp_path, clock(), KEY=key)


def test_no_library_logs_a_secret(
    tokens: TokenServer, certificates: Certificates, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("INFO")
    reached = microsoft(tokens, certificates.ca_file, client_secret="env:CLIENT_SECRET")
    given = [shown(way_in(reached, tmp_path, clock())), signed_in(tokens, certificates, Browser(code="a-code")).token]
    given.append(google(tokens, certificates.ca_file).granted("refresh-7").token)
    tokens.refusal = {"error": "invalid_grant", "error_description": "for Dana Whitfield"}
    with pytest.raises(SignInError):
        google(tokens, certificates.ca_file).granted("refresh-7")

    assert not any(secret in caplog.text for secret in [*given, SECRET, "refresh-", "a-code", "Whitfield"])
