"""A text -> what Presidio finds in it beside our own patterns: account and card numbers, and names by a spaCy model.

Presidio is an extra that most do without. Nothing here fetches anything: a model has to be installed, and addresses of
mails and pages are left to our own patterns, as Presidio's would ask for the list of all domains.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from threading import Lock
from typing import Any

from assistant.errors import ConfigError, UnusableAnswerError
from assistant.understand.privacy.identifiers import Span

PATTERNS_ALONE = "blank"
"""Stands for no spaCy model: only what has a form is found, no names."""
_WHERE = "[model] presidio"
_LEAST_SCORE = 0.5
_PIECE = 4_000
"""Characters that are looked through at once."""
_SHARED = 200
"""Characters that two pieces share: more than anything that is found has."""
_FORMS = (
    "AbaRouting",
    "CreditCard",
    "Crypto",
    "Iban",
    "Ip",
    "MacAddress",
    "MedicalLicense",
    "Phone",
    "UsBank",
    "UsClaimNumber",
    "UsHealthInsuranceMemberId",
    "UsItin",
    "UsLicense",
    "UsMbi",
    "UsNpi",
    "UsPassport",
    "UsPrescriptionNumber",
    "UsPriorAuthorizationNumber",
    "UsProviderTaxId",
    "UsReferralNumber",
    "UsSsn",
)
_KINDS = {
    "PERSON": "PERSON",
    "LOCATION": "PLACE",
    "PHONE_NUMBER": "PHONE",
    "US_SSN": "SSN",
    "IP_ADDRESS": "IP",
    "MAC_ADDRESS": "IP",
}
"""What Presidio calls a thing -> what its placeholder says; all else is somebody's number. Dates are not asked for: a
model must see "by Friday"."""


class Presidio:
    """Looks through the texts of mails; safe to be used by several threads."""

    def __init__(self, analyzer: Any) -> None:  # noqa: ANN401 - a class of an extra
        self._analyzer = analyzer
        self._turn = Lock()

    def spans(self, text: str) -> Iterator[Span]:
        """Yield what is found; spans may overlap.

        Raises:
            UnusableAnswerError: Presidio fails at this text; what it holds, nobody may be shown.

        """
        for start in range(0, max(len(text) - _SHARED, 1), _PIECE - _SHARED):
            for found in self._found(text[start : start + _PIECE]):
                yield Span(start + found.start, start + found.end, _KINDS.get(found.entity_type, "ID"))

    def _found(self, piece: str) -> list[Any]:
        if not piece.strip():
            return []
        try:
            # spaCy's vocabulary grows with what it reads.
            with self._turn:
                return list(self._analyzer.analyze(piece, language="en", score_threshold=_LEAST_SCORE))
        except Exception:  # noqa: BLE001 - whatever it is: the chain is cut, as its text may hold words of the mail
            raise UnusableAnswerError("Presidio fails at masking it") from None


def open_presidio(model: str) -> Presidio:
    """Return what looks through texts, with an installed spaCy `model`, or "blank" for patterns alone.

    Raises:
        ConfigError: Presidio or the model is not installed, or the model cannot be used.

    """
    try:
        import presidio_analyzer  # noqa: PLC0415 - an extra that most do without
        from presidio_analyzer import predefined_recognizers  # noqa: PLC0415
        from presidio_analyzer.nlp_engine import SpacyNlpEngine  # noqa: PLC0415
    except ImportError:
        said = "Presidio is not installed; `pip install 'coordination-assistant[presidio]'` brings it"
        raise ConfigError(_WHERE, said) from None
    # It tells words of the texts where everything is logged, and warns of each label that it leaves out.
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": model}])
    # Its own loading would fetch a model that is missing.
    engine.nlp = {"en": _pipeline(model)}
    forms = [getattr(predefined_recognizers, f"{name}Recognizer")() for name in _FORMS]
    named = predefined_recognizers.SpacyRecognizer(supported_entities=["PERSON", "LOCATION"])
    registry = presidio_analyzer.RecognizerRegistry(recognizers=[*forms, named], supported_languages=["en"])
    return Presidio(presidio_analyzer.AnalyzerEngine(registry=registry, nlp_engine=engine))


def _pipeline(model: str) -> Any:  # noqa: ANN401 - a class of an extra
    import spacy  # noqa: PLC0415 - comes with Presidio

    if model == PATTERNS_ALONE:
        spacy.Language.component("lower_as_lemma", func=_lower_as_lemma)
        pipeline = spacy.blank("en")
        pipeline.add_pipe("lower_as_lemma")
        return pipeline
    if not spacy.util.is_package(model):
        said = f"the spaCy model {model} is not installed; `python -m spacy download {model}` fetches it"
        raise ConfigError(_WHERE, said)
    try:
        return spacy.load(model)
    except (OSError, ValueError, ImportError, AttributeError, TypeError):
        # A package that is none of spaCy's models ends up here as well.
        said = f"the spaCy model {model} cannot be used; install it anew, in the form for spaCy {spacy.__version__}"
        raise ConfigError(_WHERE, said) from None


def _lower_as_lemma(words: Any) -> Any:  # noqa: ANN401 - a class of an extra
    """Give each word the form by which Presidio finds "phone" before a number."""
    for word in words:
        word.lemma_ = word.lower_
    return words
