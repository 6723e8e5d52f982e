"""Bends a text a little, word by word: a byte changed at random hardly ever makes a rule of a rule."""

import json
import random
import re
from collections.abc import Callable
from typing import Any

from rules_dsl.keywords import vocabulary

_TOKENS = re.compile(r"\s+|\"[^\"\n]*\"|\w+(?:\.\w+)*|.", re.DOTALL)
_VALUES = [
    "a",
    "b",
    "kind",
    "house",
    "born_on",
    "price",
    "rows.a",
    "group.a",
    "dossier.received_on",
    "0",
    "1",
    "3",
]
_VALUES += [
    "2.5",
    "2,5",
    "8_000 VND",
    "5 USD",
    "50%",
    "2024-01-31",
    "2024-01-31 09:00",
    "15:00",
    "60 days",
    '"x"',
]
_VALUES += [
    "1 million",
    "`fee`",
    "\n",
    "language en\n",
    "ngôn_ngữ vi\n",
    "# note\n",
    *'(){}[]=<>+-*/,;."`#%“',
]
WORDS = [*vocabulary("vi"), *vocabulary("en"), *_VALUES]

_KEYS = ["type", "properties", "required", "items", "enum", "oneOf", "const", "title", "format", "minimum"]
_KEYS += [
    "exclusiveMinimum",
    "maximum",
    "multipleOf",
    "minItems",
    "if",
    "then",
    "else",
    "allOf",
    "$ref",
    "$defs",
]
_KEYS += [
    "dependentRequired",
    "x-motcua-kind",
    "x-motcua-currency",
    "x-motcua-pages",
    "x-motcua-en",
    "key",
    "fields",
]
_ATOMS: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    2.5,
    10**30,
    "",
    "a",
    "object",
    "array",
    "string",
    "integer",
    "date",
]
_ATOMS += ["number", "#/properties/a", "#", "VND", "rows", [], {}, ["a"], {"type": "object"}, {"const": "a"}]

Choose = random.Random


def bent_text(text: str, choose: Choose) -> str:
    """A few words taken out, put in, doubled or moved."""
    words = _TOKENS.findall(text)
    for _ in range(choose.randint(1, 6)):
        at = choose.randint(0, len(words))
        until = min(len(words), at + choose.randint(1, 8))
        match choose.randint(0, 5):
            case 0:
                del words[at:until]
            case 1:
                words[at:at] = words[at:until] * choose.choice([1, 1, 1, 20])
            case 2:
                other = choose.randint(0, len(words))
                words[other:other] = words[at:until]
            case 3:
                words[at:until] = [choose.choice(WORDS)]
            case _:
                words[at:at] = [" ", choose.choice(WORDS), " "]
    return "".join(words)


def bent_json(text: str, choose: Choose) -> str:
    """A value somewhere in the JSON taken out, put in, or another value in its place."""
    try:
        body = json.loads(text)
        for _ in range(choose.randint(1, 4)):
            _bend(choose.choice(_holders(body)), choose)
        return json.dumps(body)
    except (ValueError, IndexError, RecursionError):
        return '{"type": "object", "properties": {"a": {"type": "integer"}}}'


def _holders(body: Any) -> list[Any]:
    inside = body.values() if isinstance(body, dict) else body if isinstance(body, list) else ()
    own = [body] if isinstance(body, dict | list) else []
    return own + [holder for value in inside for holder in _holders(value)]


def _bend(holder: Any, choose: Choose) -> None:
    value = choose.choice([*_ATOMS, dict(holder) if isinstance(holder, dict) else list(holder)])
    if isinstance(holder, list):
        holder.insert(choose.randint(0, len(holder)), value)
        if choose.random() < 0.5:
            holder.pop(choose.randrange(len(holder)))
    elif holder and choose.random() < 0.4:
        key = choose.choice(list(holder))
        taken = holder.pop(key)
        if choose.random() < 0.5:
            holder[choose.choice(_KEYS)] = taken
    else:
        holder[choose.choice([*_KEYS, *holder])] = value


BENDING: dict[str, Callable[[str, Choose], str]] = {"form": bent_json}


def bent(name: str, data: bytes, seed: int, most: int) -> bytes:
    """The input of this target bent by this seed, cut to the size."""
    text = data.decode("utf-8", "replace")
    made = BENDING.get(name, bent_text)(text, random.Random(seed)).encode("utf-8", "replace")
    return made[:most]
