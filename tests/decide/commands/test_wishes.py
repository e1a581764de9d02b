"""Whole mails in free words: help, the list, our mails again, a new task."""

from __future__ import annotations

import pytest

from tests.decide.commands.replies_made import digest, read

WISHES = [
    ("how does this work, what do I write to you when I finish one?", ["help"]),
    ("hi, first week here. what am I supposed to write to you?", ["help"]),
    ("help - what can I type", ["help"]),
    ("what commands are there", ["help"]),
    ("I'm new, how do I use this", ["help"]),
    ("can you explain how this works", ["help"]),
    ("what are my options here", ["help"]),
    ("que le tengo que escribir para cerrar una", ["help"]),
    ("WHAT ALL DO I STILL HAVE", ["list"]),
    ("what else is there", ["list"]),
    ("remind me what I have open", ["list"]),
    ("show me everything that's open", ["list"]),
    ("qué más tengo", ["list"]),
    ("ok you can start emailing me the morning list again", ["resume"]),
    ("I'd like the digest again", ["resume"]),
    ("you may resume", ["resume"]),
    ("put me back on the list", ["resume"]),
    ("vuelve a mandarme la lista", ["resume"]),
    ("ya puedes mandarme los correos otra vez", ["resume"]),
    ("Put this on my list too: renew the sticker by friday", ["create 2026-03-13 Renew the sticker"]),
    ("please put on my list: get the W9 from Acme", ["create Get the W9 from Acme"]),
    ("9 friday, and put on my list: get the W9 from Acme", ["due 9 2026-03-13", "create Get the W9 from Acme"]),
    ("send me my open items", ["list"]),
    ("forward me my open tasks please", ["list"]),
    ("my open items please", ["list"]),
    ("mándame mis pendientes", ["list"]),
    ("one more: call the vendor about the lift", ["create Call the vendor about the lift"]),
    ("one more thing: call the vendor by thursday", ["create 2026-03-12 Call the vendor"]),
    ("can you track this for me - get the W9 from Acme by friday", ["create 2026-03-13 Get the W9 from Acme"]),
    ("something new: get the W9 from Acme", ["create Get the W9 from Acme"]),
    ("don't let me forget to get the W9 by friday", ["create 2026-03-13 Get the W9"]),
    ("una más: pedir el W9", ["create Pedir el W9"]),
    ("agrega esto: pedir el W9 para el viernes", ["create 2026-03-13 Pedir el W9"]),
]


@pytest.mark.parametrize(("words", "wanted"), WISHES)
def test_a_wish_in_free_words_is_read_as_its_command_and_as_nothing_else(words: str, wanted: list[str]) -> None:
    assert read(words) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "keep it",
        "start with 9",
        "one more thing: 9 is open",
        "what else is on 9?",
        "send me my labs",
        "put on my list: 9",
    ],
)
def test_words_that_only_sound_like_a_wish_are_none(words: str) -> None:
    assert not {one.split()[0] for one in read(words, digest())} & {"help", "list", "resume", "create"}
