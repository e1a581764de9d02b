"""The README's tables, made from the code. `python -m tests.docs.sections` writes them anew."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import typer

from assistant.cli import app
from assistant.decide.commands import help_lines

README = Path(__file__).parents[2] / "README.md"
MAKEFILE = Path(__file__).parents[2] / "Makefile"


def sections() -> dict[str, str]:
    """Return each generated section's text by its name."""
    return {"replies": _replies(), "commands": _commands(), "targets": _targets()}


def written(readme: str) -> str:
    """Return the README with its generated sections as the code has them now."""
    for name, text in sections().items():
        pattern = rf"<!-- {name} -->\n.*?<!-- /{name} -->"
        readme = re.sub(pattern, lambda _, n=name, t=text: f"<!-- {n} -->\n{t}\n<!-- /{n} -->", readme, flags=re.DOTALL)  # type: ignore[misc]
    return readme


def _replies() -> str:
    rows = [f"| `{example}` | {does} |" for example, does in help_lines()]
    return "\n".join(("| write | it means |", "|---|---|", *rows))


def _commands() -> str:
    group = typer.main.get_command(app)
    rows = [f"| `assistant {name}` | {said} |" for name, said in _named(group, "")]
    return "\n".join(("| command | |", "|---|---|", *rows))


def _named(group: Any, before: str) -> list[tuple[str, str]]:  # noqa: ANN401 - typer brings a private copy of click
    found: list[tuple[str, str]] = []
    for name, command in getattr(group, "commands", {}).items():
        if hasattr(command, "commands"):
            found += _named(command, f"{before}{name} ")
        else:
            options = "".join(f" {_usage(one)}" for one in command.params if _usage(one))
            found.append((f"{before}{name}{options}", (command.help or "").split("\n\n")[0].replace("\n", " ")))
    return found


def _usage(parameter: Any) -> str:  # noqa: ANN401 - as above
    """Return an argument's place, or a switch that changes what a command does."""
    if parameter.param_type_name == "argument":
        name = (parameter.name or "").upper()
        return name if parameter.required else f"[{name}]"
    return f"[{parameter.opts[0]}]" if parameter.opts[0] == "--json" else ""


def _targets() -> str:
    lines = re.findall(r"^([a-z-]+):.*?## (.*)$", MAKEFILE.read_text(encoding="utf-8"), re.MULTILINE)
    rows = [f"| `make {name}` | {said} |" for name, said in lines if name != "help"]
    return "\n".join(("| target | |", "|---|---|", *rows))


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
