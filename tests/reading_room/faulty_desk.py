"""The reading process, with libraries that do what the worst files make of theirs."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from assistant.parse import Desk, attachments, parse
from assistant.parse.documents import Extracted, Kind, Recognise
from assistant.reading_room import desk
from assistant.records import Message, Reading, ReadingContext, SpooledMail
from assistant.understand import embedded
from assistant.understand.embedded import EmbeddedEngine


def text_of(_kind: Kind, content: bytes, _recognise: Recognise | None = None) -> Extracted:
    match content.removeprefix(b"%PDF-").decode():
        case "sleeps":
            time.sleep(600)
        case "stops":
            os.kill(os.getpid(), signal.SIGSTOP)
        case "crashes":
            os.abort()
        case "prints":
            print("words among ours", flush=True)
            os.write(1, b"words among ours")
        case "fills":
            return Extracted(text=str(len(bytearray(600_000_000))))
        case "calls":
            socket.create_connection(("127.0.0.1", 9))
        case "runs":
            subprocess.run([sys.executable, "-c", ""], check=False)
        case "writes":
            Path("/tmp/words-of-a-mail").write_text("words", encoding="utf-8")
        case "looks":
            return Extracted(text=" ".join(sorted(os.environ)))
    return Extracted(text="read")


def read(mail: SpooledMail, given: Desk) -> Message:
    if b"hangs as a whole" in mail.content:
        time.sleep(600)
    return parse(mail, given)


class Hanging(EmbeddedEngine):
    """An engine that some mails hold up for ever."""

    def read(self, message: Message, context: ReadingContext) -> Reading:
        if "hangs as a whole" in message.text:
            time.sleep(600)
        return super().read(message, context)


if __name__ == "__main__":
    setattr(attachments, "text_of", text_of)  # noqa: B010 - it is no name that others are to use
    setattr(desk, "parse", read)  # noqa: B010 - likewise
    setattr(embedded, "EmbeddedEngine", Hanging)  # noqa: B010 - likewise
    desk.main()
