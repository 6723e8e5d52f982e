"""Every code that can be said has its sentence and its remedy in both languages."""

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.structure.sources import PACKAGES, ROOT, python, told

CATALOGUES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("messages.toml"))
SAYS = {"Finding", "Problem", "Refusal", "Unknown"}
CODE = re.compile(r"[a-z_]+\.[a-z0-9_.]+")


def known() -> set[str]:
    return {code for path in CATALOGUES for code in tomllib.loads(path.read_text(encoding="utf-8"))}


def said() -> Iterator[tuple[str, str]]:
    """Codes written where a finding, a problem or a refusal is made."""
    for path in python(*PACKAGES):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and CODE.fullmatch(str(first.value)):
                    yield first.value, f"{told(path)}:{node.lineno}"


@pytest.mark.parametrize("path", CATALOGUES, ids=told)
def test_every_entry_is_complete_in_both_languages(path: Path) -> None:
    for code, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
        assert {key for key, text in entry.items() if text.strip()} >= {
            "vi",
            "en",
            "remedy_vi",
            "remedy_en",
        }, code
        assert _names(entry["vi"]) == _names(entry["en"]), code


def test_every_code_that_is_said_has_a_sentence() -> None:
    sentences = known()
    assert [f"{where}: {code}" for code, where in said() if code not in sentences] == []


def _names(sentence: str) -> set[str]:
    """What the sentence has to be told; `field_en` is the English of `field`."""
    return {name.removesuffix("_en") for _, name, _, _ in string.Formatter().parse(sentence) if name}
