"""What a new procedure begins with: the smallest one that can be run, kept as a package in `blank/`."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from common.text import Text
from procedure_library.definition import Definition
from procedure_library.package import read_package

BLANK = Path(__file__).parent / "blank"


def new_procedure(key: str, name: Text) -> Definition:
    """Start, one task, end; a page with one question; a term. What the law says is left to the writer."""
    return replace(_blank(), key=key, name=name)


@cache
def _blank() -> Definition:
    definition = read_package(BLANK)
    assert isinstance(definition, Definition), definition
    return definition
