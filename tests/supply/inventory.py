"""A CycloneDX list of all that is installed -> the same list of what we ship: what the product needs, with its extras.

Started as `python -m tests.supply.inventory`, it reads the first from its input and writes the second.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib.metadata import requires
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OURS = Requirement("coordination-assistant[encryption,keyring]")
Bom = dict[str, Any]


def needed(ours: Requirement, asks: Callable[[str], list[str] | None] = requires) -> set[str]:
    """Return the canonical names of what a package needs on this machine, at any remove.

    Args:
        ours: The package, with the extras that are meant.
        asks: Returns what a package that is installed asks for.

    """
    seen, ahead = set[tuple[str, str]](), [ours]
    while ahead:
        package = ahead.pop()
        for extra in ("", *package.extras):
            if (key := (canonicalize_name(package.name), extra)) not in seen:
                seen.add(key)
                asked = map(Requirement, asks(package.name) or [])
                ahead += [one for one in asked if one.marker is None or one.marker.evaluate({"extra": extra})]
    return {name for name, _ in seen} - {canonicalize_name(ours.name)}


def shipped(bom: Bom, names: set[str]) -> Bom:
    """Return the list without what only our tests and tools need."""
    kept = [one for one in bom["components"] if canonicalize_name(one["name"]) in names]
    refs = {one["bom-ref"] for one in [bom["metadata"]["component"], *kept]}
    dependencies = [
        one | {"dependsOn": [ref for ref in one.get("dependsOn", []) if ref in refs]}
        for one in bom["dependencies"]
        if one["ref"] in refs
    ]
    return bom | {"components": kept, "dependencies": dependencies}


if __name__ == "__main__":
    json.dump(shipped(json.load(sys.stdin), needed(OURS)), sys.stdout, indent=1, sort_keys=True)
    print()
