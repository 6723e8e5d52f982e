"""The form of a draft as its file has it, and back into our spelling."""

import json
from collections.abc import Mapping
from typing import Any

from procedure_library.canonical import parsed, readable

EMPTY: Mapping[str, Any] = {"type": "object"}


def form_in(content: str) -> Mapping[str, Any] | None:
    """The schema in the file; an empty file is an empty form. None: it cannot be read as one."""
    try:
        schema = parsed(content) if content.strip() else EMPTY
    except json.JSONDecodeError:
        return None
    return schema if isinstance(schema, Mapping) and schema.get("type") == "object" else None


def form_text(schema: Mapping[str, Any]) -> str:
    """The file as packages have it."""
    return f"{readable(schema)}\n"
