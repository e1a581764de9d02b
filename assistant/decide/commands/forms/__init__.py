"""One clause of a reply -> what it asks: each module reads one family of forms, `readers` tries them in order."""

from assistant.decide.commands.forms.readers import clause_of, found_in

__all__ = ["clause_of", "found_in"]
