"""A Message and what the rules found in it -> the Reading of a language model: one question a mail, at most.

    sheets -> ask (again once, where the answer is no answer; in halves, where it is cut) -> claims -> findings

An outage raises ModelUnavailableError: the mail is worth reading again later. An answer of which nothing can be made
raises UnusableAnswerError: the same mail would bring the same answer, so the embedded engine's reading stands for good.
Nothing else is raised, whatever the endpoint sends.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from pathlib import Path

import structlog

from assistant.config.model import ModelSettings
from assistant.errors import ModelUnavailableError, UnusableAnswerError
from assistant.records import Check, Finding, Message, Reading, ReadingContext
from assistant.understand import Answers, Purse
from assistant.understand.embedded.fields import Fields
from assistant.understand.embedded.reading import fields_of
from assistant.understand.embedded.rules import Rules
from assistant.understand.llm.answer import FIELDS, Claim, read_answer, repeats_itself, schema, unmasked
from assistant.understand.llm.answers import KeptAnswers, answer_key
from assistant.understand.llm.endpoint import Endpoint, Reply, TooLongError
from assistant.understand.llm.findings import findings
from assistant.understand.llm.prompt import Turn, load_prompt
from assistant.understand.llm.sheet import Sheet, harmless, sheets
from assistant.understand.llm.till import Till
from assistant.understand.privacy import Masking, names_of, open_presidio

log = structlog.get_logger(__name__)
_MAX_QUESTIONS = 16
"""For one mail: what one sender can make us spend."""
_MAX_SHOWN_AGAIN = 2_000
_SAMPLE = "From: Ann\nSubject: form\n1 Please fax the signed form to the front desk by Friday."
_SAY_IT_AGAIN = 'That was not one JSON object of the form {"tasks": [...]}. Answer with that object and nothing else.'
_NOT_ASKED = frozenset({"bulk", "bounce", "auto-reply"})


@dataclass(slots=True)
class _Count:
    """What one mail has cost so far."""

    sender: str = ""
    """Whose mail it is."""
    questions: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    def add(self, reply: Reply) -> None:
        self.tokens_in += reply.tokens_in
        self.tokens_out += reply.tokens_out


class ModelEngine:
    """Reads with the model of the configuration; safe to be used by several threads.

    Attributes:
        name: The model's name, as findings and readings keep it.

    """

    def __init__(
        self,
        settings: ModelSettings,
        *,
        api_key: str | None,
        prompts: Path,
        rules: Rules,
        answers: Answers | None = None,
        purse: Purse | None = None,
    ) -> None:
        self.name = settings.model or "model"
        self._max_chars = settings.max_chars
        self._rules = rules
        self._answers = answers if answers is not None else KeptAnswers()
        self._prompt = load_prompt(prompts / "read_mail.md", fields=FIELDS, values=("coordinator", "mail", "masked"))
        # What only a trusted model may raise, no other is asked about.
        self._fields = tuple(field for field in FIELDS if settings.trust or field != "urgent")
        self._masks = settings.masks
        self._presidio = open_presidio(settings.presidio) if settings.masks and settings.presidio else None
        self._endpoint = Endpoint(settings, api_key)
        self._till = Till(purse, max_tokens=settings.max_tokens, tries=settings.retries + 1)

    def read(self, message: Message, context: ReadingContext, known: tuple[Finding, ...]) -> Reading | None:
        """Return what the model finds beside what is `known`; None where there is nothing to ask it.

        Raises:
            ModelUnavailableError: The endpoint is out.
            UnusableAnswerError: The model makes nothing of this mail.
            OverBudgetError: It may not be asked about this sender's mail today.

        """
        if message.automatic in _NOT_ASKED:
            return None
        fields = fields_of(message, context, self._rules)
        waiting = deque(sheets(fields, known, self._max_chars))
        if not waiting:
            return None
        count = _Count(sender=message.sender.email if message.sender else "")
        masking = self._masking(fields, known)
        answers: list[tuple[Sheet, tuple[Claim, ...]]] = []
        while waiting:
            sheet = waiting.popleft()
            claimed = self._ask(sheet, harmless(context.coordinator.name), count, masking)
            if claimed is None:
                waiting.extendleft(reversed(sheet.halves() or ()))
            else:
                answers.append((sheet, claimed if masking is None else self._unmasked(claimed, masking, message.key)))
        return Reading(
            findings=findings(answers, fields, engine=self.name, rule=self._prompt.rule),
            engine=self.name,
            tokens_in=count.tokens_in,
            tokens_out=count.tokens_out,
        )

    def check(self) -> Check:
        """Ask the model about a mail of one line, and say whether it answers; raises nothing of ours."""
        turns = self._turns("Dana", _SAMPLE)
        try:
            self._claims(turns, _Count(), can_halve=False)
        except ModelUnavailableError as error:
            return Check(name="model", is_fine=False, said=f"{self.name}: {error}; see [model] in the configuration")
        return Check(name="model", is_fine=True, said=f"{self.name} answers in the form we need")

    def _masking(self, fields: Fields, known: tuple[Finding, ...]) -> Masking | None:
        """Return what hides whom a mail is about; None where the model may see it."""
        if not self._masks:
            return None
        names = names_of(fields, (finding.patient for finding in known))
        return Masking(names, self._presidio.spans) if self._presidio else Masking(names)

    def _unmasked(self, claims: tuple[Claim, ...], masking: Masking, key: str) -> tuple[Claim, ...]:
        """Return claims in the mail's own words; without those that name a placeholder which we never gave out."""
        told = tuple(claim for one in claims if (claim := unmasked(one, masking.unmask)) is not None)
        if len(told) < len(claims):
            log.warning("claims_refused", source=key, engine=self.name, refused=len(claims) - len(told))
        return told

    def _turns(self, coordinator: str, mail: str, *, masked: bool = False) -> tuple[Turn, ...]:
        return self._prompt.render(self._fields, coordinator=coordinator, mail=mail, masked="yes" if masked else "")

    def _ask(self, sheet: Sheet, coordinator: str, count: _Count, masking: Masking | None) -> tuple[Claim, ...] | None:
        """What the model claims of one sheet, or has claimed before; None where the sheet has to be halved."""
        if masking is None:
            turns = self._turns(coordinator, sheet.text)
        else:
            try:
                turns = self._turns(masking.mask(coordinator), sheet.told(masking.mask), masked=True)
            except UnusableAnswerError as error:
                raise self._unusable(str(error), count) from None
        key = answer_key(turns, model=self.name, prompt=self._prompt.rule)
        kept = self._answers.get(key)
        if kept is not None and (claims := read_answer(kept)) is not None:
            return claims
        return self._claims(turns, count, can_halve=sheet.halves() is not None, key=key)

    def _claims(
        self, turns: tuple[Turn, ...], count: _Count, *, can_halve: bool, key: str | None = None
    ) -> tuple[Claim, ...] | None:
        for is_second in (False, True):
            if count.questions == _MAX_QUESTIONS:
                raise self._unusable("it takes too many questions", count)
            count.questions += 1
            try:
                with self._till.paid(turns, count.sender) as cost_of:
                    reply = cost_of(
                        self._endpoint.ask(
                            turns, name=self._prompt.name, schema=schema(self._fields), is_second=is_second
                        )
                    )
            except TooLongError:
                if not can_halve:
                    raise self._unusable("it is too long for this model", count) from None
                return None
            except UnusableAnswerError as error:
                raise self._unusable(str(error), count) from None
            count.add(reply)
            if reply.is_refusal:
                raise self._unusable("it refused", count)
            # Half of the mail would do no better with a model that goes round in circles.
            if reply.is_cut and can_halve and not repeats_itself(reply.text):
                return None
            claims = read_answer(reply.text, is_cut=reply.is_cut)
            if claims is not None:
                if key and not reply.is_cut:
                    self._answers.put(key, reply.text)
                return claims
            turns = (*turns, *_said_again(reply))
        raise self._unusable("two answers that were none", count)

    def _unusable(self, problem: str, count: _Count) -> UnusableAnswerError:
        return UnusableAnswerError(problem, tokens_in=count.tokens_in, tokens_out=count.tokens_out)


def _said_again(reply: Reply) -> tuple[Turn, ...]:
    """What follows a useless answer; an empty one is left out, for some endpoints refuse empty messages."""
    answered = Turn(role="assistant", text=reply.text[:_MAX_SHOWN_AGAIN] or "{}")
    return answered, Turn(role="user", text=_SAY_IT_AGAIN)
