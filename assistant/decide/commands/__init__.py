"""A reply to one of our mails -> what it asks for -> the events and the one answer that follow from it."""

from assistant.decide.commands.obey import help_lines, obey
from assistant.decide.commands.read import read_reply
from assistant.decide.commands.reply import Operation, ReplyContext, ReplyReading, Verb

__all__ = ["Operation", "ReplyContext", "ReplyReading", "Verb", "help_lines", "obey", "read_reply"]
