"""The grammar's words, English and Spanish, folded as `tokens.fold` folds them."""

from __future__ import annotations

from typing import Final

from assistant.understand.deadlines.pieces import PartName, Unit

WEEKDAYS: Final = {
    **dict.fromkeys(("monday", "mon", "lunes", "lun"), 0),
    **dict.fromkeys(("tuesday", "tue", "tues", "teusday", "tuesay", "martes"), 1),
    **dict.fromkeys(("wednesday", "wed", "weds", "wensday", "wednsday", "wendsday", "miercoles", "mie"), 2),
    **dict.fromkeys(("thursday", "thu", "thur", "thurs", "thrusday", "thursady", "thurday", "jueves", "jue"), 3),
    **dict.fromkeys(("friday", "fri", "firday", "friady", "viernes", "vie"), 4),
    **dict.fromkeys(("saturday", "sat", "sabado", "sab"), 5),
    **dict.fromkeys(("sunday", "sun", "domingo", "dom"), 6),
}
WEAK_WEEKDAYS: Final = frozenset({"sat", "sun", "lun", "mie", "jue", "vie", "sab", "dom"})

MONTHS: Final = {
    **dict.fromkeys(("january", "jan", "enero", "ene"), 1),
    **dict.fromkeys(("february", "feb", "febuary", "febrero"), 2),
    **dict.fromkeys(("march", "mar", "marzo"), 3),
    **dict.fromkeys(("april", "apr", "abril", "abr"), 4),
    **dict.fromkeys(("may", "mayo"), 5),
    **dict.fromkeys(("june", "jun", "junio"), 6),
    **dict.fromkeys(("july", "jul", "julio"), 7),
    **dict.fromkeys(("august", "aug", "agosto"), 8),
    **dict.fromkeys(("september", "sep", "sept", "septiembre", "setiembre"), 9),
    **dict.fromkeys(("october", "oct", "octubre"), 10),
    **dict.fromkeys(("november", "nov", "noviembre"), 11),
    **dict.fromkeys(("december", "dec", "diciembre", "dic"), 12),
}

TOMORROW: Final = frozenset(
    {"tomorrow", "tomorow", "tommorow", "tommorrow", "tomorro", "tomorrows", "tmrw", "tmr", "tmw", "tmrrw", "tomm"}
)
RELATIVE_DAYS: Final = {
    **dict.fromkeys(TOMORROW, 1),
    **dict.fromkeys(("today", "tday", "hoy"), 0),
    **dict.fromkeys(("yesterday", "ayer"), -1),
    "anteayer": -2,
    "manana": 1,
}

PARTS: Final[dict[str, PartName]] = {
    "morning": "morning",
    "forenoon": "morning",
    "manana": "morning",
    "madrugada": "morning",
    "afternoon": "afternoon",
    "tarde": "afternoon",
    "evening": "evening",
    "eve": "evening",
    "night": "night",
    "nite": "night",
    "noche": "night",
}

UNITS: Final[dict[str, Unit]] = {
    **dict.fromkeys(("minute", "minutes", "min", "mins", "minuto", "minutos"), "minute"),
    **dict.fromkeys(("hour", "hours", "hr", "hrs", "hora", "horas"), "hour"),
    **dict.fromkeys(("day", "days", "dia", "dias"), "day"),
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays"), "workday"),
    **dict.fromkeys(("week", "weeks", "wk", "wks", "semana", "semanas"), "week"),
    **dict.fromkeys(("fortnight", "fortnights"), "week"),
    **dict.fromkeys(("month", "months", "mos", "mes", "meses"), "month"),
    **dict.fromkeys(("year", "years", "yr", "yrs", "ano", "anos"), "year"),
}
GLUED_UNITS: Final[dict[str, Unit]] = {"h": "hour", "d": "day", "w": "week", **UNITS}
"""Also those that are a unit only right behind a figure: `2h`, `3d`."""

WORKING: Final = frozenset({"business", "working", "work", "workweek", "bus", "biz"})
WORKING_AFTER: Final = frozenset({"habiles", "habil", "laborables", "laborable"})

TITLES: Final = frozenset(
    {"dr", "dra", "doctor", "doctora", "doc", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "nurse", "sister"}
    | {"sr", "sra", "srta", "senor", "senora", "don", "dona", "pa", "np", "rn", "rev", "aunt", "aunty", "uncle"}
)
RECURRING: Final = frozenset(
    {"every", "each", "los", "cada", "todos", "black", "good", "ash", "alternate", "other", "holy", "giving"}
)

CLOCK_CUES: Final = frozenset(
    {"at", "by", "before", "until", "til", "till", "@", "around", "about", "approx", "approximately", "~", "circa"}
    | {"ca", "las", "noon", "than", "past", "after", "between", "from", "entre", "pm", "am"}
)
"""Words after which a bare number may be an hour."""

FOLLOWERS: Final = frozenset(
    {"", "today", "tonight", "so", "and", "or", "if", "please", "pls", "plz", "because", "since", "as", "to", "for"}
    | {"on", "with", "when", "but", "unless", "thanks", "thx", "thank", "at", "in", "sharp", "latest", "y", "o", "u"}
    | {"el", "hoy", "para", "por", "de", "del", "a", "si", "que", "gracias", "favor", "porque", "this", "next", "of"}
    | {"instead", "not", "then", "i", "we", "you", "he", "she", "they", "it", "is", "the", "her", "his", "their"}
    | {"before", "by", "until", "from", "via", "let", "can", "could", "will", "would", "works", "thru"}
    | {"through", "eod", "cob", "due", "deadline", "noon", "sin", "con", "antes", "all", "any", "also"}
    | {"that", "which", "should", "must", "has", "have", "only", "still", "while", "too", "once", "after", "or"}
    | {"necesito", "necesitamos", "ocupo", "quiero", "mande", "llame", "envie", "avise", "confirme", "le", "lo", "me"}
    | {"al", "though", "rather", "proximo", "no", "be", "are", "was", "may", "my", "our", "your", "ish"}
    | TOMORROW
    | WEEKDAYS.keys()
    | MONTHS.keys()
) - {"sun", "sat", "mar"}
"""Words that may stand behind a number or an ordinal that is a time; before any other ("4 mg", "14th floor") it counts
or names something."""

NUMBERED: Final = frozenset(
    {"room", "rm", "bed", "apt", "apartment", "unit", "suite", "ste", "floor", "fl", "ward", "pod", "bay", "ext", "x"}
    | {"extension", "mrn", "mr", "case", "claim", "ref", "reference", "no", "number", "num", "id", "page", "pg", "p"}
    | {"stage", "grade", "phase", "part", "version", "v", "ver", "level", "box", "line", "form", "item", "step", "auth"}
    | {"bp", "b", "pain", "strength", "score", "scale", "vision", "gleason", "acct", "account", "zip", "cpt", "icd"}
    | {"po", "fax", "tel", "phone", "cell", "pager", "call", "npi", "dose", "rate", "temp", "hr", "o2", "spo2", "lot"}
    | {"cuarto", "cama", "piso", "habitacion", "expediente", "pagina", "chapter", "section", "ratio", "gauge", "size"}
    | {"weight", "wt", "ht", "height", "hgb", "inr", "a1c", "potassium", "k", "sodium", "na", "glucose", "creatinine"}
)
"""Words that a number belongs to as its name or its value."""
MEASURES: Final = frozenset(
    {
        "mg",
        "mcg",
        "g",
        "kg",
        "ml",
        "l",
        "cc",
        "units",
        "unit",
        "tab",
        "tabs",
        "tablet",
        "tablets",
        "cap",
        "caps",
        "dose",
    }
    | {"doses", "strength", "inch", "inches", "cm", "mm", "cup", "cups", "lb", "lbs", "oz", "percent", "%", "pages"}
    | {"page", "mmhg", "liters", "lpm", "bpm", "ns", "strip", "full", "teaspoon", "tsp", "kilograms", "miles", "x"}
    | {"pain", "scale", "points", "stars", "odds", "ply", "pt", "pts", "patients", "people"}
)
