from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.network import on_path

ROOT = Path(__file__).parents[2]


def test_the_wheel_carries_prompts_rules_and_templates(tmp_path: Path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=100)
    (wheel,) = tmp_path.glob("*.whl")
    carried = set(zipfile.ZipFile(wheel).namelist())

    for name in ("prompts", "rules"):
        ours = {f"assistant/{path.relative_to(ROOT)}" for path in (ROOT / name).rglob("*") if path.is_file()}
        assert ours <= carried
    templates = {str(path.relative_to(ROOT)) for path in (ROOT / "assistant" / "templates").iterdir()}
    assert templates <= carried
    assert "assistant/understand/embedded/model.npz" in carried
    assert not any(name.startswith("tests") for name in carried)


def test_the_program_runs_from_the_wheel_alone(tmp_path: Path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=100)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    asked = "from assistant.config import material; print(material('rules'), material('prompts'))"
    found = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=tmp_path / "site",
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
        env={"PYTHONPATH": on_path(tmp_path / "site")},
    ).stdout.split()

    assert found == [str(tmp_path / "site" / "assistant" / name) for name in ("rules", "prompts")]
