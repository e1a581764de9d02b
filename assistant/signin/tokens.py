"""A sign-in by OAuth2: asks for a token when one is needed, and no sooner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.errors import ConfigError, SignInError, TransientError
from assistant.signin.cache import Kept, TokenCache
from assistant.signin.grants import Grant, Provider, Terminal
from assistant.signin.proofs import Proof, SignedIn
from assistant.signin.refusals import Refusals

_ASK_AGAIN = timedelta(minutes=10)
"""Until who has said no is asked the same again; a new sign-in counts at once."""


class Token:
    """A token, renewed a few minutes before its end; for several threads, and beside other processes."""

    def __init__(
        self,
        name: str,
        key: str,
        provider: Provider,
        cache: TokenCache,
        clock: Callable[[], datetime],
        *,
        refusals: Refusals | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            name: Its section in the configuration.
            key: Names the sign-in; sections that share it share their tokens.
            provider: Who gives them.
            cache: Where they are kept.
            clock: Returns the time, aware, in UTC.
            refusals: What the server refused.

        """
        self.name = name
        self.key = key
        self._provider = provider
        self._cache = cache
        self._clock = clock
        self._refusals = refusals or Refusals(clock)
        self._refused: tuple[str, datetime, SignInError] | None = None

    def tried(self, sign_in: Callable[[Proof], SignedIn]) -> SignedIn:
        kept = self._current()
        self._refusals.heed(Proof("token", kept.token))
        try:
            return sign_in(Proof("token", kept.token))
        except SignInError:
            # It may have been revoked, or the clocks differ.
            fresh = self._renewed(kept)
        return self._refusals.heeding(Proof("token", fresh.token), lambda proof: self._let_in(proof, sign_in))

    def _let_in(self, proof: Proof, sign_in: Callable[[Proof], SignedIn]) -> SignedIn:
        try:
            return sign_in(proof)
        except SignInError:
            problem = "a token that was given just now is refused"
            advice = f"may {self._whose} use this mailbox by IMAP and SMTP? See the README on signing in"
            raise SignInError(self.name, problem, advice) from None

    def keep_fresh(self) -> None:
        self._cache.save()
        self._current()

    def login(self, terminal: Terminal) -> Grant:
        """Let a person sign in, and keep what they were given; an application signs in by itself."""
        with self._cache.turn():
            self._cache.writable()
        # Not while others wait for the turn: a person may take minutes.
        grant = self._provider.login(terminal) if self._provider.needs_login else self._provider.granted("")
        if self._provider.needs_login and not grant.refresh_token:
            problem = "it gave no refresh token, and would end within the hour"
            raise SignInError(self.name, problem, "let the application ask for offline access")
        with self._cache.turn():
            self._keep(grant, "")
        if self._cache.is_unsaved:
            problem = "you are signed in, but it cannot be kept; make room on the disk, and sign in once more"
            raise ConfigError(self.name, problem)
        return grant

    @property
    def _whose(self) -> str:
        return "the one who signed in" if self._provider.needs_login else "the application"

    def _current(self) -> Kept:
        kept, now = self._cache.read(), self._clock()
        if kept is not None and not kept.ends_soon(now):
            return kept
        try:
            return self._renewed(kept)
        except TransientError:
            if kept is None or kept.ends_at <= now:
                raise
            return kept

    def _renewed(self, old: Kept | None) -> Kept:
        with self._cache.turn():
            kept = self._cache.read()
            # Another process may have been quicker.
            if kept is not None and (old is None or kept.token != old.token) and not kept.ends_soon(self._clock()):
                return kept
            if kept is None and self._provider.needs_login:
                raise SignInError(self.name, "nobody has signed in yet", f"run: assistant login {self.name}")
            try:
                return self._asked(kept.refresh_token if kept is not None else "")
            except SignInError:
                # What this one opens is shut, or soon will be: `keep_fresh` shall say so too, until a person signs in.
                if kept is not None:
                    self._cache.write(replace(kept, ends_at=kept.granted_at))
                raise

    def _asked(self, refresh_token: str) -> Kept:
        now = self._clock()
        if self._refused is not None:
            asked, at, error = self._refused
            if asked == refresh_token and timedelta(0) <= now - at < _ASK_AGAIN:
                raise SignInError(error.peer, error.problem, error.advice)
        try:
            grant = self._provider.granted(refresh_token)
        except SignInError as error:
            self._refused = refresh_token, now, error
            raise
        self._refused = None
        return self._keep(grant, refresh_token)

    def _keep(self, grant: Grant, refresh_token: str) -> Kept:
        now = self._clock()
        kept = Kept(
            token=grant.token,
            granted_at=now,
            ends_at=now + grant.lasts,
            refresh_token=grant.refresh_token or refresh_token,
        )
        self._cache.write(kept)
        return kept
