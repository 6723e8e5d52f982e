"""What the pages say is true: every sample is run, every keyword and code is there."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from common.messages import catalogue
from rules_dsl.checks import CHECKS, check
from rules_dsl.checks.examples import failing_examples
from rules_dsl.evaluation import Evaluation
from rules_dsl.facts import scope
from rules_dsl.keywords import KEYWORDS
from rules_dsl.parser import parse
from tests.rules_dsl.check_samples import shown
from tests.rules_dsl.world import ROOT, reference

PAGES = ROOT / "docs/rules"
SHOWN = shown()
BLOCK = re.compile(r"^```(\S+) ?(\S*)\n(.*?)^```", re.M | re.S)


def blocks(page: str, kind: str) -> list[tuple[str, str]]:
    """(mark, text) of each fenced block of the kind."""
    text = (PAGES / page).read_text(encoding="utf-8")
    return [(mark, body) for sort, mark, body in BLOCK.findall(text) if sort == kind]


FORM: dict[str, Any] = json.loads(blocks("guide.md", "json")[0][1])
SAMPLES = [
    pytest.param(language, mark, body, id=f"{page}:{body.splitlines()[0][:40]}")
    for page, language in (("guide.md", "language en"), ("guide.vi.md", "ngôn_ngữ vi"))
    for mark, body in blocks(page, "motcua")
]


@pytest.mark.parametrize(("language", "mark", "body"), SAMPLES)
def test_every_sample_of_the_guide_is_as_it_says(language: str, mark: str, body: str) -> None:
    text = body if body.startswith(language) else f"{language}\n{body}"
    parsed = parse(text)
    findings = parsed.findings or check(parsed.rules, scope(FORM), reference())
    wanted = [mark.removeprefix("wrong=")] if mark else []
    assert [finding.code for finding in findings] == wanted


def test_the_page_of_checks_says_what_each_finding_says() -> None:
    page = (PAGES / "checks.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^### (rules\.\w+)\n\n(.+)$", page, re.M))
    assert set(told) == set(SHOWN)
    for code, sentences in told.items():
        said = catalogue()[code]
        assert sentences == f"{said['en']}. *{said['vi']}.*"


def test_each_check_has_its_place_on_the_page() -> None:
    page = (PAGES / "checks.md").read_text(encoding="utf-8")
    modules = {one.__module__.rpartition(".")[2] for one in (*CHECKS, failing_examples)}
    assert set(re.findall(r"^Module `(\w+)`\.$", page, re.M)) == modules


def test_the_grammar_lists_every_keyword() -> None:
    page = (PAGES / "grammar.md").read_text(encoding="utf-8")
    for spelling in KEYWORDS.values():
        for form in (*spelling.forms("vi"), *spelling.forms("en")):
            assert f"`{form}`" in page


def test_the_evaluation_on_its_page_is_one() -> None:
    ((_, body),) = blocks("evaluation.md", "json")
    shown = json.loads(body)
    schema = json.loads((ROOT / "docs/formats/evaluation.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(shown)
    assert Evaluation.from_json(shown).to_json() == shown


def test_every_code_of_a_trace_is_explained() -> None:
    page = (PAGES / "evaluation.md").read_text(encoding="utf-8")
    for path in Path(ROOT / "rules_dsl").glob("*.py"):
        for code in re.findall(
            r'"(trace\.[a-z_]+|rules\.(?:unknown_(?:fact|parameter|calendar)|no_clause|out_of_range))"',
            path.read_text(encoding="utf-8"),
        ):
            assert f"`{code}`" in page, code
