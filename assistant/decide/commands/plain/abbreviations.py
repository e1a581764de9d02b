"""A line thumbed on a telephone ("mv 4 n 9 to fri", "recd", "on it rn") -> the same with its words in full."""

from __future__ import annotations

import re

_MEANT = {
    "received": "rec'd recd rcvd rcv'd recvd",
    "cancelled": "cx'd cxld cxl'd canx'd cnxd",
    "scheduled": "sched'd schd'd skedded",
    "rescheduled": "resched'd r/s'd rsched'd",
    "confirmed": "conf'd cnfd cfmd cnf'd",
    "approved": "appr'd apprvd appvd aprvd app'd",
    "completed": "compl'd cmpltd cmp'd comp'd",
    "ordered": "ord'd ordrd",
    "submitted": "subm'd submtd sbmtd",
    "delivered": "deliv'd dlvrd dlv'd",
    "requested": "req'd reqstd rqstd",
    "tomorrow": "tmr tmrow tmorow 2moro 2mrw 2morrow 2mro tomo",
    "today": "2day",
    "tonight": "2nite 2night",
    "before": "b4",
    "because": "bcuz bcoz becuz",
    "porque": "xq xque porq pq",
    "mañana": "mñn mñna mñana",
    "por favor": "xfa xfavor x-favor",
}
_ANY = "|".join(re.escape(short) for shorts in _MEANT.values() for short in shorts.split())
_WORDS = {short: word for word, shorts in _MEANT.items() for short in shorts.split()}
# In capitals B4 is a bed, and REQ'D on a form means required.
_SHORT = re.compile(rf"(?<![\w'./-])(?<!\bbed )(?<!\broom )(?<!\brm )(?:{_ANY})(?![\w'-]|\.\w)")
_FORMS = tuple(
    (re.compile(form), put)
    for form, put in (
        # "Rn" is a nurse where it is not told of something that is going on.
        (
            r"((?:ing(?: (?:it|this|that|on it|on this))?|\bon (?:it|this|that))) rn(?=[\s.,;!]*$|[.,;!])",
            r"\1 right now",
        ),
        (r"(?<![\w'])(?i:gv|giv|gve|gvie)(?= (?:#?\d|it\b|that\b|this\b|them\b))", "give"),
        (r"(?<![\w'])(?i:mv|mve)(?= (?:#?\d|it\b|that\b|this\b|them\b))", "move"),
        (r"(?<![\w'])(?i:asgn|asg)(?= (?:#?\d|it\b|that\b|this\b|them\b))", "assign"),
        (r"(?<=\d )(?i:subm)(?=[\s.]*$|[,;])", "submitted"),
        (r"(?<![\w'])((?i:can|could|will|would)) u(?= )", r"\1 you"),
        (r"(?<![\w'])(?i:snz)(?= (?:#?\d|it\b|that\b|this\b|them\b))", "snooze"),
        (r"(?<=\d) (?:nd|an|'n'?|n') (?=#?\d)", " and "),
        (r"(?<=\w) n (?=#?\d)", " and "),
        (r"(?<![\w'])ck(?= (?:w/|(?:back|again|on|with|before|after|tomorrow|mon|tue|wed|thu|fri)\b))", "check"),
        (r"^(\W*)k(?= (?!is\b|was\b|low\b|high\b|level\b)[a-z]{2,})", r"\1ok"),
        (r"(?<=\d )(?i:til)(?= )", "until"),
        (r"(?<=\d )(?i:cxl|canc|canx|cx)(?=\s*(?:[.,;!]|$))", "cancelled"),
        (r"(?<![\w'])(?i:cxl|canc|canx)(?= (?:#?\d|it\b|that\b|this\b|them\b))", "cancel"),
        (r"(?<=\d )(?i:compl|cmpl|cmplt|cmplete)(?=\s*(?:[.,;!]|$))", "complete"),
        (r"(?<=\d )(?i:r/s|resched)(?= (?:to|for|mon|tue|wed|thu|fri|\d))", "rescheduled"),
        (r"(?<![\w/])p/ (?=[^\W\d])", "para "),
        (r"\b(?i:hi|hi-|high) ?(?i:pri|prio)\b", "high priority"),
        (r"\b(?i:lo|low|norm) ?(?i:pri|prio)\b", "normal priority"),
    )
)
# The neighbours of a key, and so the slips of one finger in "done": read only where they are all that is said.
_KEYS = {"d": "sfexc", "o": "ip0l", "n": "bmhj", "e": "wrd3"}
_SLIPS = ["done"[:place] + near + "done"[place + 1 :] for place, key in enumerate("done") for near in _KEYS[key]]
_DONE = re.compile(
    rf"(?<![\w.:/$#-])(#?\d{{1,6}}) (?:{'|'.join(_SLIPS)})(?=\s*(?:[.,;!]|$)|\s(?:and\s)?#?\d{{1,6}}\s)", re.IGNORECASE
)


def spelled_out(line: str) -> str:
    """Return a line with the short forms of those who write with their thumbs spelled out.

    >>> spelled_out("mv 4 n 9 to fri, 11 recd, 12 fone")
    'move 4 and 9 to fri, 11 received, 12 done'
    """
    line = _SHORT.sub(lambda match: _WORDS[match[0]], line)
    for form, put in _FORMS:
        line = form.sub(put, line)
    return _DONE.sub(r"\1 done", line)
