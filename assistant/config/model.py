"""Settings of the language model, and of how much mail is answered and believed."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from assistant.config.endpoints import is_hosted
from assistant.config.fields import PLACES, Place, SenderOrDomain, Settings


class ModelSettings(Settings):
    base_url: str = Field("", description='an OpenAI-compatible endpoint; "" uses the embedded engine alone')
    model: str = Field("", description="the model's name there")
    api_key: Place = Field("", description=f"where its key lies, if it needs one: {PLACES}")
    ca_file: Path | None = Field(None, description="certificate authority of your own server, PEM")
    plain: bool = Field(
        default=False, description="true: mails may go unencrypted (http://) to a model in your own network"
    )
    baa: bool = Field(
        default=False,
        description="true: a business associate agreement is in force with who runs a model outside of your own "
        "network; without one we do not start",
    )
    zero_retention: str = Field(
        "",
        description="what was agreed on keeping nothing there, and when; for the record, `assistant status` shows it",
    )
    mask: Literal["hosted", "always", "never"] = Field(
        "hosted",
        description="when names, numbers and dates become placeholders before a model sees them; "
        "hosted: for one outside of your own network; never: not for such a one",
    )
    presidio: str = Field(
        "",
        description="an installed spaCy model for English, by which Presidio looks for more to mask; "
        '"blank": by its patterns alone; "": without Presidio',
    )
    trust: bool = Field(
        default=False,
        description="true: what it alone finds counts as a task, and it may raise a priority; "
        "false: that is shown under 'needs a look'",
    )
    timeout_s: float = Field(60, gt=0, description="seconds for one answer")
    retries: int = Field(2, ge=0, description="further tries; a server's Retry-After is honoured")
    side_by_side: int = Field(4, gt=0, description="mails that are read at the same time")
    max_chars: int = Field(16000, gt=500, description="of a mail; what is longer is read in pieces")
    max_tokens: int = Field(1500, gt=100, description="of one answer")
    read_again_min: float = Field(30, gt=0, description="minutes until mails of an outage are read again")
    sender_tokens: int = Field(
        400_000, ge=0, description="tokens a day that the mail of one sender may cost; beyond, the rules read it alone"
    )
    day_tokens: int = Field(
        4_000_000,
        ge=0,
        description="tokens a day in all; half of them are kept for the senders whom we know",
    )
    price_in: float = Field(0, ge=0, description="price of a million tokens that the model reads")
    price_out: float = Field(0, ge=0, description="price of a million tokens that it writes")
    day_price: float = Field(
        5, ge=0, description="the most that a day may cost, counted ahead of each question; then the rules read alone"
    )

    @property
    def is_on(self) -> bool:
        return bool(self.base_url)

    @property
    def is_hosted(self) -> bool:
        """Whether it stands outside of our own network, by its address."""
        return self.is_on and is_hosted(self.base_url)

    @property
    def masks(self) -> bool:
        """Whether it is shown placeholders for what could tell whom a mail is about."""
        return self.is_on and (self.mask == "always" or self.is_hosted)


class LimitSettings(Settings):
    answers_per_hour: int = Field(
        15, ge=1, description="answers to one person in an hour; what they ask beyond is done, and told in one mail"
    )
    mails_per_hour: int = Field(
        60, ge=1, description="our mails in an hour, digests aside; others wait, escalations only beyond three times it"
    )
    strangers_per_day: int = Field(
        60,
        ge=0,
        description="mails with tasks for one list, of one day, from senders whom we do not know; where there are "
        "more, these tasks stand folded at the digest's end and are not escalated; 0: always so",
    )
    stranger_per_day: int = Field(15, ge=0, description="the same for one such sender")
    strangers_escalated: int = Field(
        0,
        ge=0,
        description="tasks on one list, of senders whom we do not know, that may be escalated to others before anybody "
        "has taken them up; who has the list is called about all that came in no flood",
    )
    understand_s: float = Field(
        20,
        gt=0,
        description="seconds that understanding a long mail may take; one that takes longer is tried again alone, and "
        "the third time a person has to read it",
    )
    closed_per_hour: int = Field(
        40,
        ge=0,
        description="tasks closed in one person's name in an hour; what would be more is closed after a `yes`, and the "
        "administrator hears of it at once, for somebody may have their mailbox; 0: never",
    )
    known: tuple[SenderOrDomain, ...] = Field(
        (),
        description="addresses, or whole domains, of senders whom we know; those of our people, and who they write to, "
        "are known anyway",
    )
