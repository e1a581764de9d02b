"""A reply to one of our mails -> what it asks for -> the events and the one answer that follow from it."""

from assistant.decide.commands.obey import help_lines, obey
from assistant.decide.commands.one_touch import TORN, meant, read_tag
from assistant.decide.commands.read import read_reply
from assistant.decide.commands.reply import Operation, ReplyContext, ReplyReading, Verb
from assistant.decide.commands.seen import changed_by_other, seen_mark, version_of_mark

__all__ = [
    "TORN",
    "Operation",
    "ReplyContext",
    "ReplyReading",
    "Verb",
    "changed_by_other",
    "help_lines",
    "meant",
    "obey",
    "read_reply",
    "read_tag",
    "seen_mark",
    "version_of_mark",
]
