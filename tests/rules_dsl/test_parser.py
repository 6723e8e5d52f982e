"""Reading: every mistake at its place, with a remedy, all in one pass; and nothing a person types raises."""

import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rules_dsl import nodes as n
from rules_dsl.keywords import vocabulary
from rules_dsl.parser import parse
from tests.rules_dsl.world import told

HERE = "‸"

# code → a text with the mistake at ‸.
MISTAKES = {
    "rules.no_language": "‸charge f pay 5 VND",
    "rules.unclosed_text": 'language en charge f ‸"Fee',
    "rules.curly_quotes": "language en charge f ‸“Fee” pay 5 VND",
    "rules.words_not_joined": 'ngôn_ngữ vi phí f ‸căn cứ "TT" thu 5 VND',
    "rules.unknown_line": "language en charge f ‸pey 5 VND",
    "rules.misplaced_word": "language en charge f pay 5 VND ‸below 3",
    "rules.unexpected": "language en charge f pay 5 VND ‸zzzz",
    "rules.expected_rule": "language en ‸pay 5 VND charge f pay 5 VND",
    "rules.expected_rule_name": "language en charge ‸a.b pay 5 VND",
    "rules.expected_name": "language en condition c requires given ‸3",
    "rules.expected_text": "language en charge f cites ‸pay 5 VND",
    "rules.expected_value": "language en let a = 3 + ‸)",
    "rules.expected_amount": "language en charge f pay ‸when x",
    "rules.expected_condition": "language en charge f pay 5 VND when ‸pay 3 VND",
    "rules.expected_percentage": "language en let a = ‸3 of x",
    "rules.expected_word": "language en condition c requires x is ‸.",
    "rules.expected_set": "language en condition c requires x in ‸poor",
    "rules.expected_period": "language en condition c requires x within ‸y",
    "rules.expected_since": "language en condition c requires x within 60 days ‸y",
    "rules.expected_day": "language en charge f until ‸2024 pay 5 VND",
    "rules.expected_time": "language en term t 3 days received after ‸15 counts as next working day",
    "rules.expected_moment": "language en charge f as of ‸yesterday pay 5 VND",
    "rules.expected_combination": "language en charge f reductions ‸largest pay 5 VND",
    "rules.expected_limit": "language en charge f by x below ‸pay 3 VND",
    "rules.expected_bound": "language en charge f by x ‸pay 3 VND",
    "rules.expected_from": "language en charge f per x ‸pay 3 VND",
    "rules.expected_count": "language en charge f per x from ‸3.5 pay 3 VND",
    "rules.expected_pay": "language en charge f per x from 3 ‸3 VND",
    "rules.expected_next_working_day": "language en term t 3 days received after 15:00 ‸counts as today",
    "rules.expected_cause": "language en term t 3 days suspended while ‸rain",
    "rules.expected_to": "language en term t 3 days counted by hours 07:00 ‸11:30",
    "rules.expected_sort_of_copy": "language en component c 2 ‸papers",
    "rules.expected_setter": "language en parameter p set by ‸mayor",
    "rules.expected_between": "language en parameter p set by province ‸5 VND",
    "rules.expected_and": "language en parameter p set by province between 3 VND ‸5 VND",
    "rules.expected_equals": "language en let a ‸3",
    "rules.expected_setting": 'language en example "e" given ‸3 expect f = 3',
    "rules.expected_literal": 'language en example "e" given a = ‸) expect f = 3',
    "rules.expected_closing_parenthesis": "language en let a = (3 + 4 ‸let b = 3",
    "rules.expected_closing_brace": "language en condition c requires x in {a, b ‸)",
    "rules.expected_closing_bracket": 'language en example "e" given a = [b = 3 ‸c = 4] expect f = 3',
    "rules.expected_rate": "language en charge f pay 145 USD at ‸when x",
    "rules.expected_keys": "language en table t ‸row 3 gives 5 VND",
    "rules.expected_cell": "language en table t (a) unique row ‸gives 5 VND",
    "rules.expected_gives": "language en table t (a) unique row 3 ‸5 VND",
    "rules.expected_constant": "language en table t (a) unique row 3 gives ‸b",
    "rules.expected_by": "language en interpolate i ‸at 3 gives 5%",
    "rules.expected_currency": "language en rate r ‸EUR to VND on d",
    "rules.expected_to_currency": "language en rate r USD ‸VND on d",
    "rules.expected_on": "language en rate r USD to VND ‸d",
    "rules.expected_rises": "language en always f never falls as x ‸grows",
    "rules.comma_in_number": "language en charge f pay ‸2,5% of x",
    "rules.dots_in_number": "language en charge f pay ‸8.000 VND",
    "rules.long_number": "language en let a = ‸123456789012345678901",
    "rules.day_order": "language en charge f from ‸31/12/2024 pay 5 VND",
    "rules.no_such_day": "language en charge f from ‸2024-02-30 pay 5 VND",
    "rules.no_such_time": "language en term t 3 days received after ‸25:00 counts as next working day",
    "rules.period_not_whole": "language en term t ‸2.5 days",
    "rules.two_conditions": "language en charge f pay 5 VND when a ‸when b",
    "rules.repeated_line": "language en term t 3 days extendable by 2 days ‸extendable by 3 days",
    "rules.empty_rule": "language en ‸charge f",
    "rules.too_deep": "language en ‸let a = (((((((((3)))))))))",
}


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_is_told_at_its_place(code: str) -> None:
    text = MISTAKES[code]
    findings = parse(text.replace(HERE, "")).findings
    assert (findings[0].code, findings[0].line, findings[0].column) == (code, 1, text.index(HERE) + 1)
    assert told(code) <= set(findings[0].parameters)


@pytest.mark.parametrize(
    "text",
    [
        "language en charge f pay ‸when x",
        "language en charge f pay 5 VND when a ‸when b",
        'language en charge f pay 5 VND cites ‸"L',
    ],
)
def test_one_mistake_is_told_once(text: str) -> None:
    (finding,) = parse(text.replace(HERE, "")).findings
    assert finding.column == text.index(HERE) + 1


def test_all_mistakes_come_in_one_pass() -> None:
    text = """language en
charge first "A"
  pay 8.000 VND
  at most
  exempt when x in poor
condition
  requires x
fee second "B"
  pay 3 VND
"""
    parsed = parse(text)
    assert [(finding.line, finding.code) for finding in parsed.findings] == [
        (3, "rules.dots_in_number"),
        (5, "rules.expected_amount"),
        (5, "rules.expected_set"),
        (7, "rules.expected_rule_name"),
    ]
    assert [rule.name for rule in parsed.rules.rules] == ["second"]


def test_a_file_without_its_language_is_read_in_the_one_its_words_are_from() -> None:
    parsed = parse('điều_kiện adult "Đủ tuổi"\n  yêu_cầu x')
    assert [finding.code for finding in parsed.findings] == ["rules.no_language"]
    assert parsed.rules.language == "vi"
    assert [rule.name for rule in parsed.rules.rules] == ["adult"]


@pytest.mark.parametrize(
    "text",
    [
        "ngôn_ngữ vi phí f thu 145 USD theo_tỷ_giá most tối_đa 3 VND",
        "language en charge f pay 145 USD at most.rate at most 3 VND",
    ],
)
def test_a_rate_may_be_called_like_half_a_keyword(text: str) -> None:
    parsed = parse(text)
    assert parsed.findings == ()
    (rule,) = parsed.rules.rules
    assert isinstance(rule, n.AmountRule)
    assert [type(clause) for clause in rule.clauses] == [n.Pay, n.AtMost]


def test_indentation_means_nothing() -> None:
    laid_out = 'language en\ncharge f "F"\n  cites "L"\n  exempt when a\n  otherwise pay 5 VND\nlet b = 3\n'
    assert parse(" ".join(laid_out.split())).rules == parse(laid_out).rules


def test_a_field_named_like_a_keyword_stands_between_backticks() -> None:
    (rule,) = parse("language en let a = `fee` + form.fee").rules.rules
    assert isinstance(rule, n.Let)
    assert rule.value == n.Sum(n.Name("fee"), (("+", n.Name("form.fee")),))


def test_comments_stay_with_what_they_speak_of() -> None:
    text = """# opening
language en
# about the charge
charge f "F"  # the heading
  cites "L"
  # about the line
  pay 5 VND  # five
# closing
"""
    parsed = parse(text)
    (rule,) = parsed.rules.rules
    assert isinstance(rule, n.AmountRule)
    assert (parsed.rules.opening, parsed.rules.closing) == (("opening",), ("closing",))
    assert rule.comments == n.Comments(("about the charge",), "the heading")
    assert rule.clauses[0].comments == n.Comments(("about the line",), "five")


@pytest.mark.parametrize(
    "line",
    [
        'parameter p cites "L" 5 VND ‸when x',
        'parameter p cites "L" 5 VND from 2024-01-01 ‸otherwise 6 VND',
        'table t (a) first cites "L" row 3 gives 5 VND ‸when x',
        'table t (a) first cites "L" row 3 gives 5 VND ‸otherwise row any gives 6 VND',
        'interpolate i by x cites "L" at 3 gives 5 ‸when y',
    ],
)
def test_constants_rows_and_points_have_no_condition(line: str) -> None:
    text = f"language en {line}"
    (finding, *_) = parse(text.replace(HERE, "")).findings
    assert (finding.code, finding.column) == ("rules.misplaced_word", text.index(HERE) + 1)


def test_letters_typed_in_parts_are_put_together() -> None:
    text = 'ngôn_ngữ vi điều_kiện a "Đủ" yêu_cầu x'
    assert parse(unicodedata.normalize("NFD", text)) == parse(text)
    assert parse(text).findings == ()


def test_a_heap_of_marks_on_one_letter_does_not_keep_anybody_waiting() -> None:
    before = time.process_time()
    parsed = parse("language en\n# e" + "\u0301\u0323" * 100_000)
    assert parsed.findings == ()
    assert time.process_time() - before < 2


VALUES = ("x", "a.b", "3", "2,5", "8_000 VND", "2024-01-31", "15:00", "60 days")
PIECES = st.sampled_from(
    [*vocabulary("en"), *vocabulary("vi"), *"(){}[]=-*%,;#`“\n", "<=", '"', '"text"', *VALUES]
)
TYPED = st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=60)


@settings(max_examples=400, deadline=None)
@given(TYPED, st.sampled_from(["language en\n", "ngôn_ngữ vi\n", ""]))
@example("not " * 500 + "x", "language en\nlet a = ")
@example("1% of " * 500 + "x", "language en\nlet a = ")
@example("(" * 500, "language en\nlet a = ")
@example("x + " * 2000 + "x", "language en\nlet a = ")
def test_nothing_a_person_types_raises(typed: str, beginning: str) -> None:
    for finding in parse(beginning + typed).findings:
        assert finding.line is not None
        assert finding.line >= 1


def test_a_hopeless_file_is_not_read_to_the_end() -> None:
    before = time.monotonic()
    findings = parse("language en\ncharge f " + "\n".join(f"zz{n} 1,5" for n in range(1_000))).findings
    assert len(findings) == 101
    assert findings[-1].code == "rules.too_many_mistakes"
    assert time.monotonic() - before < 2


def test_a_long_file_answers_with_a_finding_and_soon() -> None:
    before = time.monotonic()
    assert [finding.code for finding in parse("language en\n" + "x " * 300_000).findings] == [
        "rules.file_too_long",
        "rules.no_language",
    ]
    assert time.monotonic() - before < 2
