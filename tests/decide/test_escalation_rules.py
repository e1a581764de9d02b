from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from assistant.config.escalation import load_escalation
from assistant.errors import ConfigError
from assistant.records import EscalationStep

SHIPPED = Path(__file__).parents[2] / "rules" / "escalation.toml"
STEP = '[[critical]]\nafter = "1 h"\nto = ["owner"]\n'
WHOLE = (
    f'ignores_quiet_hours = ["critical"]\n{STEP}{STEP.replace("critical", "high")}{STEP.replace("critical", "normal")}'
)


def test_the_shipped_ladders_are_read_and_each_begins_with_the_owner_and_ends_with_the_supervisor():
    policy = load_escalation(SHIPPED)

    assert policy.critical[0] == EscalationStep(after=timedelta(0), to=("owner",))
    assert policy.ignores_quiet_hours == {"critical"}
    for ladder in (policy.critical, policy.high, policy.normal):
        assert (ladder[0].to, ladder[-1].to) == (("owner",), ("supervisor",))


@pytest.mark.parametrize(
    ("delay", "expected"),
    [("0 min", 0), ("90 min", 90), ("4 h", 240), ("4h", 240), ("1 day", 1440), ("2 days", 2880)],
)
def test_a_delay_is_a_number_and_its_unit(tmp_path: Path, delay: str, expected: int):
    file = tmp_path / "escalation.toml"
    file.write_text(WHOLE.replace("1 h", delay))

    assert load_escalation(file).high[0].after == timedelta(minutes=expected)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("critical = [", "escalation.toml: is not valid TOML"),
        ("", "needs at least one [[critical]]"),
        (WHOLE + "[[urgent]]\n", "has urgent"),
        (WHOLE.replace('["critical"]', '["urgent"]'), "ignores_quiet_hours: 'urgent' is not known"),
        (WHOLE.replace('ignores_quiet_hours = ["critical"]', ""), "ignores_quiet_hours: is missing"),
        (WHOLE.replace("1 h", "soon"), "escalation.toml, critical step 1, after: 'soon' is no delay"),
        (WHOLE.replace('"1 h"', "60"), "after: 60 is no delay"),
        (WHOLE.replace("1 h", "-1 h"), "is no delay"),
        (WHOLE.replace("owner", "boss"), "critical step 1, to: 'boss' is not known; choose from owner"),
        (WHOLE.replace('"owner"', ""), "to: names nobody"),
        (WHOLE.replace('to = ["owner"]', ""), "needs `after` and `to`"),
        (WHOLE.replace('to = ["owner"]', 'to = ["owner"]\nrepeat = 2'), "needs `after` and `to`"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place_and_the_reason(tmp_path: Path, text: str, said: str):
    file = tmp_path / "escalation.toml"
    file.write_text(text)

    with pytest.raises(ConfigError) as refused:
        load_escalation(file)

    assert said in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(ConfigError, match="cannot be read"):
        load_escalation(tmp_path / "escalation.toml")
