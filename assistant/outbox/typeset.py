"""Page -> subject, plain text and HTML, by the templates of its kind. Only this file knows Jinja2 and css-inline."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import css_inline
import jinja2

from assistant.outbox.one_touch import Link, no_link
from assistant.outbox.pages import Page
from assistant.outbox.phrases import phrases
from assistant.records import Language

WIDTH = 72

_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
_KEEP = "\xa0"
"""Holds the words of a command together while a text is wrapped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    subject: str
    text: str
    html: str


def typeset(kind: str, page: Page, link: Link = no_link) -> Sheet:
    """Return the page set by templates/KIND.subject.txt, .txt and .html; `link` makes a link of an answer's words."""
    return Sheet(
        subject=" ".join(_fill(f"{kind}.subject.txt", page).split()),
        text=_fill(f"{kind}.txt", page).replace(_KEEP, " ").strip() + "\n",
        html=_INLINER.inline(_fill(f"{kind}.html", page, link)),
    )


def _fill(template: str, page: Page, link: Link = no_link) -> str:
    return _environment(page.language).get_template(template).render(page=page, link=link)


def wrapped(text: str, lead: str = "", indent: int | None = None) -> str:
    r"""Return the text in lines of at most 72 characters; `lead` opens the first, the others are indented.

    >>> wrapped("Please", lead="  #12  ")
    '  #12  Please'
    """
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * (len(lead) if indent is None else indent),
        break_on_hyphens=False,
    )


def kept_together(words: str) -> str:
    """Return the words so that no line breaks between them."""
    return words.replace(" ", _KEEP)


@lru_cache(maxsize=8)
def _environment(language: Language) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=jinja2.select_autoescape(["html"], default=False),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # What an upgrade puts beside a running assistant is not for the pages that it sets.
        auto_reload=False,
    )
    environment.filters["wrapped"] = wrapped
    environment.filters["kept_together"] = kept_together
    # "t" stands behind all words of ours in the templates; what others wrote has none.
    environment.filters["t"] = phrases(language).say
    return environment


# Phones and dark screens read the rules that begin with "@"; all others stand at their elements, as Outlook wants it.
_INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True, minify_css=True)
