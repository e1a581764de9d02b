"""What pip-audit says of our pinned packages -> a few lines, and whether they fail the build: what was found does.

That nobody could be asked is said in one line and fails nothing: it is no finding, and no clean bill either. Started as
`python -m tests.supply.vulnerabilities PIP_AUDIT LOCK`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

_OPTIONS = ("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json")
_NOBODY_ANSWERS = re.compile(r"connect|resolve|timed? ?out|temporar|unreachable", re.IGNORECASE)
NOT_ASKED = "The database of known vulnerabilities could not be asked from here; nothing was checked."


def verdict(report: str, complaint: str) -> tuple[list[str], bool]:
    """Return what is to be said, and whether it is well.

    Args:
        report: What pip-audit wrote as JSON; empty where it came to nothing.
        complaint: What it wrote besides.

    """
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        if _NOBODY_ANSWERS.search(complaint):
            return [NOT_ASKED], True
        return [f"pip-audit failed: {complaint.strip()[-500:]}"], False
    answered = [one for one in packages if "vulns" in one]
    if not answered:
        return [NOT_ASKED], True
    found = list(_found(answered))
    # What is pinned by a hash came from somewhere; a database that knows all others knows it too, or something is odd.
    unknown = [f"{one['name']}: {one.get('skip_reason', 'was skipped')}" for one in packages if "vulns" not in one]
    said = [*found, *unknown] or [f"{len(answered)} packages, no known vulnerability."]
    return said, not found and not unknown


def _found(packages: Iterable[dict[str, Any]]) -> Iterable[str]:
    for package in packages:
        for one in package["vulns"]:
            mends = ", ".join(one.get("fix_versions", [])) or "no version yet"
            yield f"{package['name']} {package['version']}: {one['id']}, mended in {mends}"


def main(pip_audit: str, lock: str) -> int:
    """Ask, print what is known, and return how to end."""
    done = subprocess.run([pip_audit, "--requirement", lock, *_OPTIONS], capture_output=True, text=True, check=False)
    said, is_well = verdict(done.stdout, done.stderr)
    print("\n".join(said))
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
