"""Which stretch of the text a finding is about, and what may be put there instead with one click."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from common.problems import Finding
from rules_dsl.keywords import vocabulary
from rules_dsl.nodes import Language
from rules_dsl.printing import Printer
from rules_dsl.scanning import tokens

# What a finding says stands at its place, and what it says was meant.
FOUND = ("found", "name", "value", "word")
MEANT = ("suggestion", "offered")


@dataclass(frozen=True, slots=True)
class Mark:
    """`length` characters from the finding's place on, within its line; `instead` None: nothing to offer."""

    length: int
    instead: str | None = None


def marks(findings: Sequence[Finding], text: str, language: Language) -> tuple[Mark | None, ...]:
    """A mark for each finding; None for one that has no place in the text."""
    lines = text.split("\n")
    return tuple(_mark(finding, lines, language) for finding in findings)


def _mark(finding: Finding, lines: Sequence[str], language: Language) -> Mark | None:
    if finding.line is None or finding.line > len(lines):
        return None
    rest = lines[finding.line - 1][(finding.column or 1) - 1 :]
    meant = next((str(finding.parameters[key]) for key in MEANT if key in finding.parameters), "")
    stood = _as_blanks(meant, rest) or _said(finding, rest) or _first(rest)
    if not meant or ", " in meant or meant == stood:
        return Mark(len(stood))
    return Mark(len(stood), _spelled(meant, stood, language))


def _as_blanks(meant: str, rest: str) -> str:
    """The words of a keyword written apart: "lệ phí" where "lệ_phí" is meant."""
    pattern = r"\s+".join(map(re.escape, meant.split("_")))
    found = re.match(pattern, rest) if "_" in meant else None
    return found[0] if found else ""


def _said(finding: Finding, rest: str) -> str:
    candidates = (str(finding.parameters[key]) for key in FOUND if key in finding.parameters)
    quoted: Iterator[str] = (form for word in candidates for form in (word, f'"{word}"', f"`{word}`") if word)
    return next((form for form in quoted if rest.startswith(form)), "")


def _first(rest: str) -> str:
    return next((token.text for token in tokens(rest)), "")


def _spelled(meant: str, stood: str, language: Language) -> str:
    """As it is written in its place: a value bare or in quotes, a name between backticks if need be."""
    if meant in vocabulary(language) or meant.split()[0] in vocabulary(language):
        is_keyword = not stood.startswith(('"', "`"))
        return meant if is_keyword else Printer(language).value_word(meant)
    return Printer(language).value_word(meant) if stood.startswith('"') else Printer(language).name(meant)
