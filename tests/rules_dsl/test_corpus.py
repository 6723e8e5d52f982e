"""Texts that once broke a reader, or might: each is answered, and soon (`make fuzz` looks for more)."""

from pathlib import Path

import pytest

from hunt.targets import TARGETS
from tests.rules_dsl.shapes import SHAPES

CORPUS = Path(__file__).parent / "corpus"
RULES = ("parser", "checker", "formatter")


@pytest.mark.parametrize("target", RULES)
@pytest.mark.parametrize("shape", SHAPES)
def test_ten_thousand_characters_are_answered_within_a_second(shape: str, target: str) -> None:
    TARGETS[target](f"language en\n{SHAPES[shape]}")


@pytest.mark.parametrize("target", RULES)
@pytest.mark.parametrize("path", sorted((CORPUS / "rules").iterdir()), ids=lambda path: path.stem)
def test_rules_that_were_found_are_answered(path: Path, target: str) -> None:
    TARGETS[target](path.read_text(encoding="utf-8", errors="replace"))


@pytest.mark.parametrize("path", sorted((CORPUS / "forms").iterdir()), ids=lambda path: path.stem)
def test_forms_that_were_found_are_answered(path: Path) -> None:
    TARGETS["form"](path.read_text(encoding="utf-8", errors="replace"))
