"""The words around a time that say what it is, English and Spanish, folded as `tokens.fold` folds them."""

from __future__ import annotations

from typing import Final

from assistant.understand.deadlines.lexicon import PARTS, WEEKDAYS

BY: Final = frozenset(
    {"by", "before", "due", "until", "till", "til", "than", "deadline", "cutoff", "within", "latest", "antes", "hasta"}
    | {"limite", "plazo", "vence", "tardar", "closes", "locks", "cierra", "xo", "need", "needed", "needs", "required"}
)
FILLERS: Final = frozenset(
    {"the", "a", "an", "around", "about", "approx", "~", "(", "like", "say", "just", "even", "early", "late", "mid"}
    | {"sometime", "anytime", "any", "time", "el", "la", "las", "los", "del", "de", "al", ":", ",", "-", "*", '"', "“"}
    | {"or", "maybe", "probably", "ideally", "preferably", "hopefully", "o", "this", "next", "|", "actually", "now"}
)
AT: Final = frozenset({"on", "at", "@", "en", "a"})
PAST: Final = frozenset({"since", "dated", "desde", "born", "dob", "ago", "nacimiento", "nacio", "dos"})
STARTS: Final = frozenset(
    {"after", "starting", "beginning", "effective", "from", "despues", "following", "starts", "past"}
)
BEING: Final = frozenset(
    {"is", "are", "was", "were", "isn", "es", "esta", "estan", "sera", "starts", "begins", "leaves", "comes", "arrives"}
    | {
        "goes",
        "returns",
        "opens",
        "happens",
        "falls",
        "expires",
        "expired",
        "works",
        "empieza",
        "sale",
        "salgo",
        "regreso",
        "regresa",
        "vuelvo",
        "vuelve",
        "viene",
        "estoy",
        "estare",
        "llega",
        "came",
    }
    | {
        "called",
        "saw",
        "had",
        "did",
        "went",
        "tiene",
        "has",
        "visits",
        "sees",
        "meets",
        "runs",
        "gets",
        "takes",
        "left",
        "hours",
        "horario",
        "atendemos",
        "abrimos",
    }
)
"""Verbs of what happens by itself: the time behind them is an event's."""
STATES: Final = frozenset(
    {
        "leaving",
        "coming",
        "arriving",
        "going",
        "returning",
        "home",
        "scheduled",
        "booked",
        "set",
        "here",
        "back",
        "out",
        "off",
    }
    | {"available", "closed", "free", "seen", "seeing", "held", "discharged", "admitted", "open", "programada", "moved"}
    | {"programado", "rescheduled", "changed", "bumped", "happening", "planned", "sent", "faxed", "done", "completed"}
    | {"drawn", "started", "away", "working", "visiting", "start", "due"}
)
"""They tell an event's time behind "is" ("is scheduled Friday"), a request's elsewhere ("call back Friday")."""
IS: Final = frozenset({"is", "are", "was", "were", "s", "re", "m", "esta", "estan", "es", "she", "he", "they"})
ENSURING: Final = frozenset({"sure", "ensure", "get", "must", "should"})
EVENTS: Final = frozenset(
    {
        "surgery",
        "appointment",
        "appt",
        "appts",
        "appointments",
        "visit",
        "visits",
        "procedure",
        "consult",
        "consultation",
    }
    | {"clinic", "scan", "mri", "ct", "pet", "echo", "meeting", "huddle", "conference", "admission", "discharge"}
    | {"infusion", "chemo", "dialysis", "followup", "session", "or", "biopsy", "colonoscopy", "endoscopy", "intake"}
    | {"class", "lunch", "party", "training", "webinar", "session", "delivery", "pickup", "transfer", "arrival", "test"}
    | {"exam", "cycle", "treatment", "therapy", "pt", "ot", "draw", "round", "rounds", "case", "hearing", "move"}
    | {"evaluation", "eval", "screening", "ultrasound", "xray", "operation", "cita", "cirugia", "consulta", "operacion"}
    | {"shift", "hours", "holiday", "flight", "birthday", "start", "tka", "tha", "cath", "implant", "placement"}
    | {"dose", "injection", "checkup", "physical", "mammogram", "slot", "tour", "school", "visita", "examen", "reunion"}
)
DETERMINERS: Final = frozenset({"the", "her", "his", "their", "our", "my", "your", "a", "an", "its", "that", "s"})
FINE: Final = frozenset({"latest", "deadline", "cutoff", "fine", "ok", "okay"})
AGREEING: Final = frozenset({"plenty", "great", "perfect", "ideal", "enough", "best", "wonderful", "fine", "helpful"})
LIMITS_BEHIND: Final = (
    ("at", "the", "latest"),
    ("at", "the", "very", "latest"),
    ("at", "the", "absolute", "latest"),
    ("a", "mas", "tardar"),
    ("or", "sooner"),
    ("or", "earlier"),
    ("latest",),
    ("deadline",),
    ("cutoff",),
)
BETWEEN_CUE_AND_TIME: Final = frozenset({"for", "later", "is", "be", "date", "it", "them", "that", "para", "no"})
ARTICLES: Final = frozenset({"the", "el", "on", "la"})
HEADINGS: Final = frozenset({"deadline", "due", "cut", "cutoff", "limite", "vencimiento"})
FOR: Final = frozenset({"for", "para", "to"})
DROP_IN: Final = frozenset(
    {"stop", "stopped", "come", "came", "drop", "swing", "stopping", "coming", "went", "go", "signed"}
)
PLEASED: Final = frozenset({"nice", "great", "good", "lovely", "pleasure"})
"""What a courtesy begins with: "nice talking to you this morning"."""
THANKS: Final = frozenset({"thanks", "thank", "gracias"})
AWAY: Final = frozenset({"out", "away", "unavailable", "closed", "off", "leave", "vacation", "back", "return", "pto"})
CLAUSE_WORDS: Final = frozenset(
    {
        "and",
        "or",
        "if",
        "so",
        "please",
        "pls",
        "plz",
        "because",
        "since",
        "as",
        "to",
        "for",
        "on",
        "with",
        "when",
        "but",
    }
    | {"unless", "thanks", "at", "in", "then", "i", "we", "you", "he", "she", "they", "it", "is", "was", "from", "via"}
    | {"y", "o", "para", "por", "con", "si", "que", "before", "after", "by", "instead"}
    | PARTS.keys()
    | WEEKDAYS.keys()
)
BOOKING: Final = frozenset(
    {"schedule", "book", "put", "reschedule", "set", "arrange", "reserve", "add", "agende", "programe"}
)
EXTENDING: Final = frozenset(
    {"extend", "extended", "due", "deadline", "snooze", "postpone", "until", "pasalo", "push", "pushed"}
)
NEEDING: Final = frozenset({"need", "needs", "needed", "necesito", "required", "wanted", "want", "necesita"})
UNTIL: Final = frozenset({"before", "by", "prior", "ahead", "in", "antes", "para", "b"})
"""Words that make an event a limit; "the day of surgery" is only its day."""
SUBJECTS: Final = frozenset(
    {"she", "he", "they", "we", "i", "it", "you", "the", "her", "his", "their", "our", "my", "mr", "mrs", "dr"}
    | {"ms", "anyone", "everyone", "people", "patient", "family", "el", "la", "ella", "se", "su", "yo", "nos", "los"}
)
PAST_VERBS: Final = frozenset({"was", "were", "had", "saw", "came", "called", "did", "went", "left", "got", "been"})
READYING: Final = (["to", "prior"], ["of", "ahead"], ["of", "advance"], ["for", "ready"], ["for", "prepped"])
"""What stands before a time that all is to be ready for, the nearest first."""
CLAUSE_STOPS: Final = frozenset({",", ";", "and", "but", "so", "because", "since", "please", ":"})
LEAVING: Final = frozenset({"leave", "fly", "return", "go", "travel", "start", "retire", "move"})
MUST: Final = frozenset(
    {
        "must",
        "need",
        "needs",
        "needed",
        "required",
        "has",
        "have",
        "should",
        "wants",
        "want",
        "ready",
        "due",
        "requires",
    }
    | {"debe", "deben", "necesita", "necesitan", "tiene", "tienen"}
)
"""Words that make "48 hours before the procedure" a limit."""
ASKED_EVENTS: Final = frozenset({"discharge", "draw", "move", "scan", "start", "test", "transfer", "visit", "round"})
"""Events that are verbs as well."""
ASKING: Final = frozenset({"please", "pls", "plz", "to", "you", "will", "and", "then", "ll"})
