"""procedure.toml of a draft as its parts, and back: what a form does not speak of stays as it was written."""

import tomllib
from collections.abc import Mapping
from typing import Any

import tomli_w

from procedure_library.definition import FORMAT

Head = Mapping[str, Any]
# Attributes that are left out when they say what is supposed anyway.
SUPPOSED: Mapping[str, Any] = {"slip": True, "dossier_sets": 1, "refund": "unserved"}
CASES = "case_types"
LETTERS = "letters"


def head_in(content: str) -> Head | None:
    """The parts of the file; None: it is no TOML."""
    try:
        return tomllib.loads(content) if content.strip() else {"format": FORMAT}
    except tomllib.TOMLDecodeError:
        return None


def head_text(head: Head) -> str:
    """The file as packages have it: single values first, then the lists of things."""
    said = {name: part for name, part in head.items() if not _goes_unsaid(name, part)}
    plain = {name: part for name, part in said.items() if not _is_thing(part)}
    return tomli_w.dumps({**plain, **said}, multiline_strings=True)


def with_item(head: Head, name: str, key: str, item: Head | None) -> dict[str, Any]:
    """The head whose list `name` has `item` in place of the thing called `key`, or at its end; None: without it."""
    items = list(head.get(name, ()))
    place = next((at for at, each in enumerate(items) if each.get("key") == key), len(items))
    items[place : place + 1] = [] if item is None else [dict(item)]
    return {**head, name: items}


def item_of(head: Head, name: str, key: str) -> Head | None:
    """The thing called `key` in the list `name`."""
    return next((each for each in head.get(name, ()) if each.get("key") == key), None)


def text_body(vi: str, en: str) -> dict[str, str]:
    """A bilingual text as files have it: English only where there is any."""
    return {"vi": vi, "en": en} if en else {"vi": vi}


def spoken(body: Any) -> tuple[str, str]:
    """Vietnamese and English of a text in a file, however it is spelled there."""
    if isinstance(body, str):
        return body, ""
    return (str(body.get("vi", "")), str(body.get("en", ""))) if isinstance(body, Mapping) else ("", "")


def _goes_unsaid(name: str, part: Any) -> bool:
    return part in ("", [], None) or (name in SUPPOSED and part == SUPPOSED[name])


def _is_thing(part: Any) -> bool:
    return isinstance(part, Mapping) or (isinstance(part, list) and any(isinstance(p, Mapping) for p in part))
