"""Training needs the dependency group `train`, which tests do without."""

from __future__ import annotations

collect_ignore = ["sentences.py", "train.py"]
