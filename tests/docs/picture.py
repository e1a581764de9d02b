"""docs/digest.png: the sample digest, rendered as it is sent and looked at in a real browser (needs Chromium).

python -m tests.docs.picture
"""

from __future__ import annotations

import subprocess
import tempfile
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from assistant.outbox import Sender, render
from assistant.records import Notice
from tests.outbox.samples import DIGEST

PICTURE = Path(__file__).parents[2] / "docs" / "digest.png"
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def main() -> None:
    sender = Sender(
        address="assistant@lakeside.example", name="Coordination Assistant", organisation="Lakeside Medical Center"
    )
    mail = render(Notice(key="digest:sample", content=DIGEST), sender, DIGEST.now)
    message = message_from_bytes(mail.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    html = message.get_body(("html",))
    assert html is not None
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "digest.html"
        page.write_text(html.get_content(), encoding="utf-8")
        command = ("chromium", *_QUIET, f"--user-data-dir={folder}/profile", "--window-size=720,1240")
        subprocess.run(
            [*command, f"--screenshot={PICTURE}", page.as_uri()], check=True, capture_output=True, timeout=60
        )


if __name__ == "__main__":
    main()
