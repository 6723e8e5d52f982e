"""Values of lists are told in the words of the form, in both languages, wherever a person reads them."""

import pytest

from common.messages import message, message_of
from rules_dsl.checks import check
from rules_dsl.explain import sentences
from rules_dsl.facts import scope
from rules_dsl.formatter import format_rules
from rules_dsl.labels import Labels
from rules_dsl.parser import parse
from rules_dsl.prover.prove import prove
from tests.rules_dsl.world import book, facts, form, one_of, reference

CONCLUSION = {
    "title": "Kết luận",
    "x-motcua-en": {"title": "Conclusion"},
    "oneOf": [
        {"const": "certify", "title": "Được chứng thực", "x-motcua-en": {"title": "May be certified"}},
        {"const": "refuse", "title": "Không được chứng thực", "x-motcua-en": {"title": "Not certified"}},
    ],
}
FORM = form(conclusion=CONCLUSION, kind=one_of("house", "shop"))
KNOWN = scope(FORM)
VERDICT = """language en
choice verdict "Kết quả" english "Outcome"
  certify when conclusion is certify
  otherwise refuse
choice consultation "Lấy ý kiến" english "Consultation"
  needed "Phải lấy ý kiến" english "Has to be consulted" when kind is shop
  otherwise not_needed
"""


SPOKEN = pytest.mark.parametrize(
    ("language", "word"), [("vi", "refuse (Không được chứng thực)"), ("en", "refuse (Not certified)")]
)


def said(name: str, language: str) -> tuple[str, ...]:
    read = facts(KNOWN, {"conclusion": "certify", "kind": "shop"})
    known = book(VERDICT, KNOWN)
    return sentences(known.evaluate(name, read, reference()), parse(VERDICT).rules, language, KNOWN)


def test_a_choice_is_told_as_the_form_calls_its_value() -> None:
    assert said("verdict", "vi") == (
        "Kết quả: Được chứng thực.",
        "Chọn Được chứng thực (Kết luận: Được chứng thực).",
    )
    assert said("verdict", "en")[0] == "Outcome: May be certified."


def test_what_no_field_offers_the_choice_names_itself() -> None:
    assert said("consultation", "vi")[0] == "Lấy ý kiến: Phải lấy ý kiến."
    assert said("consultation", "en")[0] == "Consultation: Has to be consulted."


def test_a_word_that_two_fields_call_differently_stays_as_it_is() -> None:
    other = one_of("certify")
    both = scope(form(conclusion=CONCLUSION, other=other))
    labels = Labels.of(parse("language en choice verdict certify").rules, both)
    assert labels.word("verdict", "certify").vi == "certify"


def test_the_words_of_a_choice_are_written_in_both_languages_and_kept() -> None:
    rules = parse(VERDICT).rules
    vietnamese = format_rules(rules, "vi")
    assert '  needed "Phải lấy ý kiến" tiếng_anh "Has to be consulted" khi kind là shop' in vietnamese
    assert parse(vietnamese).rules.rules == rules.rules


@pytest.mark.parametrize(
    ("language", "word"), [("vi", "refuse (Không được chứng thực)"), ("en", "refuse (Not certified)")]
)
def test_a_counter_example_tells_keys_and_words(language: str, word: str) -> None:
    rules = parse("language en choice way left when conclusion is certify").rules
    (proof,) = [p for p in prove(rules, KNOWN, FORM, reference()) if p.verdict == "refuted"]
    assert f"conclusion = {word}" in message(proof.code, proof.parameters, language).text


@pytest.mark.parametrize(
    ("language", "word"), [("vi", "refuse (Không được chứng thực)"), ("en", "refuse (Not certified)")]
)
def test_a_case_without_a_row_tells_keys_and_words(language: str, word: str) -> None:
    text = 'language en table t (conclusion) cites "L" row certify gives 5 VND charge f cites "L" pay t'
    (finding,) = check(parse(text).rules, KNOWN, reference())
    assert word in message_of(finding, language).text


@pytest.mark.parametrize(
    ("language", "expected", "found"),
    [
        ("vi", "refuse (Không được chứng thực)", "certify (Được chứng thực)"),
        ("en", "refuse (Not certified)", "certify (May be certified)"),
    ],
)
def test_an_example_that_fails_tells_keys_and_words(language: str, expected: str, found: str) -> None:
    text = f'{VERDICT} example "x" given conclusion = certify expect verdict = refuse'
    (finding,) = check(parse(text).rules, KNOWN, reference())
    assert expected in message_of(finding, language).text
    assert found in message_of(finding, language).text
