"""A task that waits for a result -> the forms in which its value alone is told: "INR 1.3", "newborn screen normal"."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.decide.commands.matching.outcomes import Form
from assistant.decide.commands.matching.titles import folded_title
from assistant.decide.commands.matching.told import bidden
from assistant.decide.commands.wording.outcome_words import DETAIL, THING
from assistant.records import Task

_WAITS = re.compile(r"get|obtain|check|chase|pull|retrieve|track|collect|find|look|follow|obtener|conseguir|revisar")
_RESULT = re.compile(
    r"results?|screen|screening|swab|tests?|cultures?|labs?|levels?|panel|inr|a1c|hba1c|titers?|biopsy|pathology|"
    r"cbc|bmp|cmp|psa|tsh|resultados?|"
    r"ef|lvef|e?gfr|creatinine|potassium|sodium|hemoglobin|hgb|platelets?|glucose|weight|height|bmi|bp|sats?|spo2|"
    r"ferritin|bilirubin|ldl|troponin|bnp|fev1|vitals"
)
"""What is measured, and so told by its value."""
_UNIT = r"(?:%|percent|mg/dl|g/dl|mmol/l|meq/l|ng/ml|iu|u/l|mg|mcg|k|kg|lbs?|cm)"
VALUE = (
    r"(?:normal|nl|wnl|within normal limits|neg|negative|negativ[oa]|clear|clean|unremarkable|benign|non-?reactive|"
    rf"stable|in range|(?:[<>=] ?)?\d{{1,3}}\.\d{{1,3}}(?: ?{_UNIT})?|\d{{1,4}} ?{_UNIT}|[<>] ?\d{{1,4}})"
)
_BE = r"(?:(?:is|was|were|are|came|back|in|at|of|now|all|resulted|salio|salieron|esta|estan) )*"
_OLD = r"(?!.*\b(?:last (?!night)|previous|prior|old|baseline|ago|anterior)\b)"
"""What was measured before is not what the title waits for."""
_FORM = re.compile(rf"{_OLD}{THING} {_BE}{VALUE}{DETAIL}")
_OF_RESULT = re.compile(
    rf"\b(?:{_RESULT.pattern}|ct|mri|echo|ekg|ecg|scan|x-?ray|ultrasound|pressure|bp|sugar|glucose|weight)\b"
)


def is_of_result(plain: str) -> bool:
    """Return whether what is "normal" may be a result: "the screen should be normal" ranks no task."""
    return _OF_RESULT.search(plain) is not None


def value_forms(task: Task) -> tuple[Form, ...]:
    """Return the forms in which the value that the title waits for is told; none where it waits for something else."""
    return _forms(bidden(task)[0], frozenset(folded_title(task)))


@lru_cache(maxsize=1024)
def _forms(bid: str, title: frozenset[str]) -> tuple[Form, ...]:
    if _WAITS.fullmatch(bid) is None or not any(_RESULT.fullmatch(word) for word in title):
        return ()
    return (Form(pattern=_FORM, whom="any", is_deed=False),)
