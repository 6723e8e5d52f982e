"""What the editor of rules is told: words and samples from the language itself, stretches and fixes of findings."""

import re
from typing import Any

import pytest

from designer.rule_editing.marks import Mark, marks
from designer.rule_editing.snippets import snippets
from designer.rule_editing.words import words_of
from procedure_library.checks.rule_use import read_by
from rules_dsl.checks import check
from rules_dsl.facts import scope
from rules_dsl.keywords import RULE_WORDS
from rules_dsl.nodes import Language
from rules_dsl.parser import parse

FORM: dict[str, Any] = {
    "type": "object",
    "title": "Tờ khai",
    "properties": {
        "pages": {"type": "integer", "title": "Số trang", "minimum": 1},
        "group": {
            "type": "string",
            "title": "Đối tượng",
            "oneOf": [{"const": "poor", "title": "Hộ nghèo"}, {"const": "other", "title": "Khác"}],
        },
    },
    "required": ["pages", "group"],
}
LANGUAGES: tuple[Language, ...] = ("vi", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_sample_of_every_kind_of_rule_and_it_can_be_read(language: Language) -> None:
    samples = snippets(language)
    assert {sample.kind for sample in samples} == set(RULE_WORDS)
    for sample in samples:
        parsed = parse(f"{words_of(language)['opening']}\n{sample.text}")
        assert parsed.findings == (), sample.text
        assert len(parsed.rules.rules) == 1
        assert sample.label.vi
        assert sample.label.en


def test_what_is_to_be_filled_in_is_marked_the_same_name_with_the_same_number() -> None:
    (sample, *_) = [each for each in snippets("vi") if each.kind == "example"]
    assert sample.template == (
        'ví_dụ "${1:Tên tình huống}"\n  cho ${2:dossier.channel} = ${3:online}\n  được ${4:ten_phi} = ${5:50_000} VND\n'
    )
    for language in LANGUAGES:
        for each in snippets(language):
            assert re.sub(r"\$\{\d+:([^}]*)\}", r"\1", each.template) == each.text


@pytest.mark.parametrize(
    ("rule", "begins", "never_begins"),
    [
        ("charge", {"pay", "exempt", "by", "at most"}, {"requires", "role", "given", "row"}),
        ("term", {"same day", "received after", "extendable by"}, {"pay", "requires", "expect"}),
        ("condition", {"requires"}, {"pay", "same day"}),
        ("component", {"one of"}, {"pay", "requires"}),
        ("table", {"row"}, {"pay", "at"}),
        ("example", {"given", "expect"}, {"pay", "requires"}),
    ],
)
def test_the_parser_itself_says_which_words_begin_a_line(
    rule: str, begins: set[str], never_begins: set[str]
) -> None:
    offered = set(words_of("en")["lines"][rule])
    assert begins <= offered
    assert not never_begins & offered


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        # Two syllables where one word was meant, a misspelt keyword, name, and value.
        ("lệ phí x", Mark(6, "lệ_phí")),
        ("  mễn khi pages = 1", Mark(3, "miễn")),
        ("  thu 1_000 VND * page", Mark(4, "pages")),
        ("  miễn khi group là por", Mark(3, "poor")),
        ("  miễn khi group thuộc {poor, khac}", Mark(4, None)),
        ('  miễn khi group là "por"', Mark(5, "poor")),
        ("  thu 8.000 VND", Mark(5, None)),
    ],
)
def test_a_finding_covers_its_words_and_what_was_meant_is_one_click_away(line: str, mark: Mark) -> None:
    head = 'phí x "X"\n  căn_cứ "Luật"\n  thu 1_000 VND\n'
    text = f"ngôn_ngữ vi\n{'' if line.startswith('lệ') else head}{line}\n"
    parsed = parse(text)
    findings = parsed.findings or check(parsed.rules, scope(FORM))
    here = text.count("\n")
    found = zip(findings, marks(findings, text, "vi"), strict=True)
    assert mark in [each for finding, each in found if finding.line == here]


def test_a_finding_at_the_end_of_the_text_or_about_no_text_has_nothing_to_cover() -> None:
    text = "ngôn_ngữ vi\nphí"
    findings = parse(text).findings
    assert [mark and mark.length for mark in marks(findings, text, "vi")] == [0]


def test_what_a_rule_reads_is_followed_through_the_rules_it_names() -> None:
    rules = parse(
        """language en
let many = pages > 10
parameter price
  set by province between 0 VND and 500_000 VND
fee f "F"
  cites "L"
  exempt when group is poor
  pay price when many
  otherwise pay 1_000 VND * pages
condition c "C"
  requires pages > 1
"""
    )
    assert rules.findings == ()
    by_name = {rule.name: rule for rule in rules.rules.rules}
    assert read_by(by_name, ["f"]) == {"f", "many", "price", "pages", "group"}
    assert read_by(by_name, ["c"]) == {"c", "pages"}
