"""A mail's text <-> the same with placeholders for whatever could tell whom it is about, for a model that is not ours.

The 18 kinds of the Safe Harbor rule (45 CFR 164.514(b)(2)), by patterns of our own, and by Presidio where it is
installed and asked for; what stands behind a placeholder is known here alone, as long as the mail is read. Dates with a
day or a month become placeholders, ages from 90 too. Words like "by Friday", "tomorrow" or "before 3 pm" stay: they
name no date, and a deadline is computed by code from the mail itself, so the model loses nothing by the rest.
"""

from assistant.understand.privacy.masking import Masking
from assistant.understand.privacy.names import names_of
from assistant.understand.privacy.presidio import Presidio, open_presidio

__all__ = ["Masking", "Presidio", "names_of", "open_presidio"]
