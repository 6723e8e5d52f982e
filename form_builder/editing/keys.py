"""Keys out of Vietnamese titles. Given once: rules and statistics name a field by its key, whatever its title."""

import re
from collections.abc import Collection

from common.text import folded
from form_builder.form import ROW_ID

LONGEST = 40
# `dossier` would hide the facts of the dossier from rules; `id` is the name of a row.
RESERVED = frozenset({"dossier", ROW_ID})
WITHOUT_LETTERS = "field"


def key_from(title: str, taken: Collection[str] = ()) -> str:
    """A key nobody has yet: "Số bản sao" → `so_ban_sao`, the second time `so_ban_sao_2`."""
    words = re.findall(r"[a-z0-9]+", folded(title))
    plain = _shortened(words) or WITHOUT_LETTERS
    return free_key(plain if plain[0].isalpha() else f"{WITHOUT_LETTERS}_{plain}", taken)


def free_key(key: str, taken: Collection[str]) -> str:
    """The key itself where nobody has it yet, else with the first number that is free: `ho_ten_2`."""
    used = {*taken, *RESERVED}
    if key not in used:
        return key
    return next(k for n in range(2, len(used) + 3) if (k := f"{key}_{n}") not in used)


def _shortened(words: list[str]) -> str:
    """Whole words as long as there is room."""
    key = ""
    for word in words:
        longer = f"{key}_{word}" if key else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        key = longer
    return key
