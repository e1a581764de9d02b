"""Stage 2: SpooledMail -> Message. MIME, HTML to visible text, who wrote which words and when, files, automatic or not.

Pure: no clock, no network, nothing written or run. Nothing in a mail can make it raise but that there is nothing to
read.
"""

from assistant.parse.attachments import Desk
from assistant.parse.coverage import covers
from assistant.parse.headers import sender_of
from assistant.parse.identity import content_key, key_and_sender
from assistant.parse.message import parse
from assistant.parse.segments import own_words, own_words_in_place

__all__ = [
    "Desk",
    "content_key",
    "covers",
    "key_and_sender",
    "own_words",
    "own_words_in_place",
    "parse",
    "sender_of",
]
