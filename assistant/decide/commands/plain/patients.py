"""A sentence that speaks of a patient as a whole ("Jared has Kari now") -> the same with all of the patient's tasks.

Whoever hands a patient over hands over the tasks; who tells that one died and takes them off drops them.
"""

from __future__ import annotations

import re

from assistant.decide.commands.matching.meaning import names_of
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.arguments import people_in
from assistant.decide.commands.wording.clauses import sentences
from assistant.decide.commands.wording.text import fold, plain_text
from assistant.records import Task

_WHO = r"(?:(?:mrs?|ms|miss|dr|sra?|don|dona|la|el|the|patient|pt)\.? )*[a-z][a-z.'-]*(?: [a-z][a-z.'-]*){0,2}?"
_FROM_NOW = (
    r"(?: (?:now|from (?:here|now)(?: on(?:ward)?)?|going forward|as of (?:today|now)|ahora|desde (?:hoy|ahora)))"
)
_LEAD = r"\W*(?:(?:and|so|also|fyi|please|pls|ok|y|hi|hello)[ ,]+)*"
_HAS = (
    r"(?:now has|has|'s got|has got|gets|owns|covers|(?:will be|is) covering|takes|is taking|will take|now takes|"
    r"tiene|lleva)"
)
_TAKES_OVER = (
    r"(?:takes over|took over|has taken over|is taking over|will take over|inherits|is picking up|picks up|"
    r"se encarga de|se queda con)(?: (?:for|with|a))?"
)
_GOES_TO = r"(?:goes|go|is going|moves|is moving|went|pasa) (?:over )?(?:to|a|con)"
_GIVE = r"(?:give|hand|pass|transfer|assign|reassign|move)"
_HANDED = tuple(
    re.compile(_LEAD + form)
    for form in (
        rf"(?P<p>{_WHO}) {_HAS} (?P<s>{_WHO}){_FROM_NOW}",
        rf"(?P<p>{_WHO}) {_TAKES_OVER} (?P<s>{_WHO}){_FROM_NOW}?",
        rf"(?P<s>{_WHO}) {_GOES_TO} (?P<p>{_WHO}){_FROM_NOW}?",
        rf"(?P<s>{_WHO}) (?:is|are|es) (?P<p>[a-z]{{2,20}})'s{_FROM_NOW}?",
        rf"{_GIVE} (?P<s>{_WHO}) (?:over |off )?to (?P<p>{_WHO}){_FROM_NOW}?",
        rf"(?P<s>{_WHO})(?: ?[:=>]+| -+>?) ?(?:(?:give )?to )?(?P<p>{_WHO})(?:,? (?:please|pls))?{_FROM_NOW}?",
    )
)
_TIME = r"(?:morning|afternoon|evening|night|week(?:end)?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b|\d)"
_GONE = re.compile(
    r"(?P<s>[a-z][a-z'-]+)(?: (?:has|just|sadly|unfortunately|also|had|se)){0,2} "
    r"(?:died|expired|passed(?: (?:away|on(?! to\b)))?|is deceased|is gone|fallecio|murio|"
    r"transferred (?:his|her|their) care|moved out of state|switched (?:practices|doctors|clinics)|"
    r"is no longer (?:our|a|with us))"
    rf"(?=\s*(?:$|[.,;!-]|at \d{{1,2}}(?::\d\d| ?[ap])|around \d|"
    rf"(?:this|last|early|over|on|late)(?: (?:this|on|the|in))? (?:{_TIME})|in (?:the|his|her) sleep|"
    rf"peacefully|yesterday|today|tonight|{_TIME}|ayer|hoy|esta|anoche|el|la\b))"
)
_LIST = r"(?: (?:off|from))?(?: of)? (?:the|my|our|your) (?:list|lists|digest)"
_OFF = re.compile(
    rf"{_LEAD}(?:(?:you|we) can |can you |could you |go ahead and )?"
    rf"(?:(?:take|pull|get) (?:him|her|them)(?: all)? off(?:{_LIST})?|(?:remove|drop|delete|cancel) (?:(?:him|her|them)"
    rf"(?:{_LIST})?|(?:all (?:of )?)?(?:his|hers?|their)(?: (?:tasks|items|things|stuff|ones))?(?:{_LIST})?)|"
    rf"(?:take|pull|get|strike|cross) (?:all (?:of )?)?(?:his|hers?|their)(?: (?:tasks|items|things|stuff|ones))?"
    rf"(?: all)? off(?:{_LIST})?|"
    r"quit(?:al[oa]|enl[oa]) de (?:la|mi) lista)(?:,? (?:please|pls|por favor|now|too))*[\s.!]*"
)
_AFTERWARDS = re.compile(
    r"\b(?:bereavement|condolence|sympathy|certificate|autopsy|funeral|estate|pick(?:ed)?[ -]?up|return|retrieve|"
    r"donation|family|duelo|pesame|defuncion)\b"
)
"""What is to do when a patient has died."""


def of_patients(sentence: str, before: str, asked: ReplyContext) -> str:
    """Return the sentence with the numbers of the patient whom it hands over, or takes off the list."""
    plain = fold(sentence).rstrip(" .!")
    if "?" in sentence or not plain:
        return sentence
    if _OFF.fullmatch(plain) is not None:
        theirs = _departed(before, asked)
        return f"drop {_named(theirs)}" if theirs else sentence
    for form in _HANDED:
        match = form.fullmatch(plain)
        theirs = _of(match["s"], asked) if match else ()
        if match is not None and re.search(r"\bdr\b", match["p"]):
            # The doctor who has a patient now sees her.
            continue
        if match is not None and theirs and (owner := _colleague(match["p"], asked)) is not None:
            return f"give {_named(theirs)} to {owner}"
    return sentence


def _of(words: str, asked: ReplyContext) -> tuple[Task, ...]:
    """Return the listed tasks of the one patient whom the words name, and nothing but name.

    A list may give an initial for a first name: "Kari Lindqvist" is its "K. Lindqvist".
    """
    said = set(re.findall(r"[a-z0-9'-]{2,}", words)) - _TITLES
    theirs = tuple(task for task in asked.listed if said & names_of(task) and _is_named(said, task))
    fullest = max((names_of(task) for task in theirs), key=len, default=frozenset())
    return theirs if all(names_of(task) <= fullest for task in theirs) else ()


def _is_named(said: set[str], task: Task) -> bool:
    initials = {one for one in re.findall(r"[a-z0-9]+", fold(task.patient or "")) if len(one) == 1}
    return all(word in names_of(task) or word[0] in initials for word in said)


def _colleague(name: str, asked: ReplyContext) -> str | None:
    """Return the address of the one person called so; None where it is a patient's name as well."""
    found = people_in(plain_text(name), asked.people)
    is_named = len(found) == 1 and {*name.split()} - _TITLES <= {*fold(found[0].name).split()}
    return found[0].email if is_named and not _of(name, asked) else None


def _departed(before: str, asked: ReplyContext) -> tuple[Task, ...]:
    """Return the tasks of the patient who is told to be gone in the last sentence before; none that follow from it."""
    said = [one for one in sentences(before) if one.strip()]
    match = _GONE.search(fold(said[-1])) if said else None
    theirs = _of(match["s"], asked) if match else ()
    return () if any(_AFTERWARDS.search(fold(task.title)) for task in theirs) else theirs


def _named(theirs: tuple[Task, ...]) -> str:
    return ", ".join(f"#{task.number}" for task in theirs)


_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr", "sr", "sra", "don", "dona", "la", "el", "the", "patient", "pt"])
