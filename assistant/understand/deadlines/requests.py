"""Whether a time that no cue marks is the time of what the sentence asks for: "call her Friday"."""

from __future__ import annotations

from typing import Final

from assistant.understand.deadlines import borders
from assistant.understand.deadlines.tokens import Tokens

_MARKERS: Final = frozenset(
    {"please", "pls", "plz", "can", "could", "would", "will", "need", "needs", "must", "should", "let", "lets", "ll"}
    | {"kindly", "have", "make", "want", "remember", "remind", "puede", "podria", "favor", "necesito", "hay", "debe"}
    | {"avise", "aviseme", "mande", "llame", "envie", "confirme", "agende", "voy", "vamos", "gonna", "plan", "pueden"}
)
_VERBS: Final = frozenset(
    {
        "add",
        "arrange",
        "ask",
        "book",
        "bring",
        "call",
        "cancel",
        "change",
        "chase",
        "check",
        "clear",
        "close",
        "collect",
    }
    | {"complete", "confirm", "contact", "coordinate", "deliver", "draft", "email", "enter", "expedite", "fax", "file"}
    | {"fill", "find", "finish", "fix", "follow", "forward", "get", "give", "go", "grab", "hand", "help", "hold"}
    | {"keep", "leave", "loop", "mail", "meet", "message", "move", "notify", "obtain", "offer", "order", "page", "pick"}
    | {"place", "post", "prep", "prepare", "print", "process", "pull", "push", "put", "reach", "refax", "refill"}
    | {"register", "renew", "reply", "request", "reschedule", "resend", "reserve", "respond", "return", "review"}
    | {"ring", "run", "scan", "schedule", "see", "send", "set", "share", "sign", "speak", "start", "stop", "submit"}
    | {"swap", "take", "talk", "tell", "text", "touch", "track", "try", "update", "upload", "verify", "visit", "work"}
    | {"write", "revise", "mandar", "llamar", "enviar", "confirmar", "reschedule", "recheck", "fetch", "escalate"}
)
_SUBORDINATE: Final = frozenset(
    {"since", "because", "when", "while", "if", "after", "once", "who", "which", "although", "though", "that", "until"}
    | {"as", "where", "porque", "cuando", "si", "aunque"}
)
_BREAKS: Final = frozenset({",", ":", "(", ")"})
_SUBJECTS: Final = frozenset({"she", "he", "they", "we", "i", "it", "there", "ella", "el", "ellos"})
_ARTICLES: Final = frozenset({"the", "her", "his", "their", "our", "my", "a", "an", "mr", "mrs", "ms", "dr"})
_PLEASE: Final = frozenset({"please", "pls", "plz"})
_MOST_WORDS: Final = 40


def asks_for(tokens: Tokens, place: int) -> bool:
    """Return whether the sentence up to `place` asks or promises something: has a marker, or begins with a verb."""
    start = _sentence_start(tokens, place)
    words = [tokens.word(step) for step in range(start, place)]
    if set(words) & _MARKERS:
        return True
    # A sentence may open with a bullet, a name or "and": the verb is then near its start, or behind a comma.
    opening = [word for word in words[:6] if word]
    heads = {opening[0]} if opening else set()
    heads |= {
        words[step + 1] for step in range(len(words) - 1) if words[step] in {",", ":", "-", "*", ")", "and", "then"}
    }
    return bool(heads & _VERBS) or _asks_behind(tokens, place)


def _asks_behind(tokens: Tokens, place: int) -> bool:
    """Return whether "please" or a verb follows: "tomorrow please call", "on Friday, call her"."""
    for step in range(place, place + _MOST_WORDS // 2):
        token = tokens[step]
        if token.kind == "end" or token.text in {".", ";", "!", "?"} or token.lines > 1:
            return token.text == "?"
        if token.text in _PLEASE | {"favor"}:
            return True
        if tokens.word(step) == "," and tokens.word(step + 1) in _VERBS | {"can", "could", "would", "please"}:
            return True
    return False


def is_aside(tokens: Tokens, place: int) -> bool:
    """Return whether the clause before `place` only tells why or when: "since her son drives Friday"."""
    words: list[str] = []
    for step in range(place - 1, max(place - _MOST_WORDS, -1), -1):
        is_dash = tokens.word(step) == "-" and not (tokens.is_glued(step) or tokens.is_glued(step + 1))
        is_break = tokens.word(step) in _BREAKS or borders.ends_sentence(tokens, step)
        if is_break or tokens[step + 1].lines > 1 or is_dash:
            break
        words.append(tokens.word(step))
    words.reverse()
    words = _behind_conclusion(words)
    for step, word in enumerate(words[:-1]):
        following = words[step + 1]
        # "Set that up for Friday" is no clause.
        is_open = word == "that" and following not in _SUBJECTS - {"el"} | _ARTICLES
        # "that one Thursday" points at something; "as soon as" is a hurry.
        is_pointing = word in {"that", "as"} and following in {"one", "soon", "possible", "able", "well"}
        if word in _SUBORDINATE and not (is_open or is_pointing):
            return not set(words[step + 1 :]) & _PLEASE
        if step and word in {"so", "and", "but"} and following in _SUBJECTS - {"i"}:
            return True
    if words and words[0] in _SUBJECTS - {"i", "we", "it", "el"}:
        return not set(words) & {"must", "should", "need", "needs", "will", "ll"}
    return False


def _behind_conclusion(words: list[str]) -> list[str]:
    """Return the words behind the last "so" or "please" that turns a reason into what is asked."""
    for step in range(len(words) - 1, -1, -1):
        following = words[step + 1] if step + 1 < len(words) else ""
        is_so = words[step] == "so" and following not in _SUBJECTS | {"that", "as", "soon", "the"}
        if is_so or words[step] in _PLEASE:
            return words[step + 1 :]
    return words


def _sentence_start(tokens: Tokens, place: int) -> int:
    step = place
    while step > max(place - _MOST_WORDS, 0):
        if borders.ends_sentence(tokens, step - 1) or tokens[step].lines > 1:
            return step
        step -= 1
    return step
