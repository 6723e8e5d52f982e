"""Reads the pages of docs/rules/checks: what each shows, and what the checks say to it."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from common.problems import Finding
from rules_dsl.checks import check
from rules_dsl.facts import Scope, scope
from rules_dsl.parser import parse
from tests.rules_dsl.world import TEXT, form, reference

FOLDER = Path(__file__).parents[2] / "docs/rules/checks"
HERE = "‸"
SAMPLE = re.compile(r"^```\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# It speaks of a calendar that is not there.
WITHOUT_CALENDAR = {"rules.example_needs_calendar"}


@dataclass(frozen=True)
class CheckPage:
    """A page by its code: its whole text, a text that is wrong at ‸ ("": too long to show), and one that is right."""

    code: str
    text: str
    wrong: str
    right: str

    @property
    def place(self) -> tuple[int, int]:
        """Line and column of what is wrong."""
        before = self.wrong.partition(HERE)[0].split("\n")
        return len(before), len(before[-1]) + 1


def page(code: str) -> CheckPage:
    text = (FOLDER / f"{code}.md").read_text(encoding="utf-8")
    *wrong, right = SAMPLE.findall(text)
    return CheckPage(code, text, "".join(wrong), right)


def codes() -> list[str]:
    """The codes that have a page."""
    return sorted(path.stem for path in FOLDER.glob("rules.*.md"))


@cache
def known() -> Scope:
    """The facts of the form of the pages; `decision_note` is filled at a later step."""
    body = json.loads((FOLDER / "form.json").read_text(encoding="utf-8"))
    whole = {**body, "properties": {**body["properties"], **form(decision_note=TEXT)["properties"]}}
    return scope(body, whole=whole)


def found(code: str, sample: str) -> tuple[Finding, ...]:
    """Everything that is wrong with the sample of that page."""
    parsed = parse(sample)
    calendar = None if code in WITHOUT_CALENDAR else reference()
    return parsed.findings or check(parsed.rules, known(), calendar)
