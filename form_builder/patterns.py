"""Patterns of text, run by RE2: in time that grows with the text alone, so no pattern can hold a server.

As JSON Schema has it, a pattern may match anywhere, and classes such as \\d and \\w mean ASCII.
"""

from functools import lru_cache
from typing import Any

import re2  # type: ignore[import-untyped]

PATTERNS_KEPT = 1024

_QUIET = re2.Options()
_QUIET.log_errors = False


@lru_cache(maxsize=PATTERNS_KEPT)
def pattern_of(written: str) -> Any:
    """The pattern, to be searched for; None when RE2 does not know it (look-around, back-references)."""
    try:
        return re2.compile(written, _QUIET)
    except re2.error:
        return None


def matches(written: str, text: str) -> bool:
    """Whether the text has the pattern somewhere in it. A pattern that cannot be run is in no text."""
    pattern = pattern_of(written)
    return pattern is not None and pattern.search(text) is not None
