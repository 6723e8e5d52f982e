"""A rule read aloud before anything was answered: no key of a field, no keyword with an underscore."""

import re

import pytest

from procedure_library.compiled import compiled
from procedure_library.definition import Definition
from procedure_library.package import read_package
from procedure_library.ready_made import packages
from rules_dsl.facts import scope
from rules_dsl.nodes import AmountRule, Language, RuleFile
from rules_dsl.parser import parse
from rules_dsl.telling import told
from tests.rules_dsl.test_explain import FORM, RULES

SAID: dict[Language, list[str]] = {
    "vi": [
        "Với mỗi «documents»",
        "Theo từng «Số trang»",
        "– từ 1 thu 2.000 đồng",
        "– từ 3 thu 1.000 đồng",
        "Tối đa 200.000 đồng",
        "Nhân «Số bản»",
    ],
    "en": [
        "For each “documents”",
        "Per “Pages”",
        "– from 1 pay 2,000 VND",
        "– from 3 pay 1,000 VND",
        "At most 200,000 VND",
        "Times “Copies”",
    ],
}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_tariff_is_told_line_by_line(language: Language) -> None:
    rules, rule = amount(RULES)
    assert list(told(rule, rules, scope(FORM), language)) == SAID[language]


LINES = """ngôn_ngữ vi
tham_số late "Mức của tỉnh" tiếng_anh "Provincial amount"
  do tỉnh_quy_định trong_khoảng 0 VND và 50_000 VND
lệ_phí registration "Lệ phí đăng ký" tiếng_anh "Registration fee"
  # Không thu đúng hạn.
  miễn từ_ngày 2026-08-15 đến_ngày 2027-02-28 căn_cứ "NQ 66", "TT 117" khi group là poor  # hộ nghèo
  giảm 50% khi born_on >= 2020-01-31
  còn_lại thu late
  nhân (copies nếu_trống 0)
"""


def test_values_go_by_their_labels_days_as_on_papers_and_each_line_has_its_law() -> None:
    rules, rule = amount(LINES)
    assert list(told(rule, rules, scope(FORM), "vi")) == [
        "Miễn khi «Đối tượng» là «Hộ nghèo» từ ngày 15/08/2026 đến ngày 28/02/2027 căn cứ «NQ 66», «TT 117»",
        "Giảm 50% khi «Ngày sinh» >= 31/01/2020",
        "Còn lại thu «Mức của tỉnh»",
        "Nhân «copies» (để trống: 0)",
    ]


def amount(text: str) -> tuple[RuleFile, AmountRule]:
    """The file and its first amount."""
    rules = parse(text).rules
    return rules, next(each for each in rules.rules if isinstance(each, AmountRule))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("folder", packages(), ids=lambda folder: folder.name)
def test_no_rule_of_the_catalogue_is_told_in_code(folder: object, language: Language) -> None:
    definition = read_package(folder)  # type: ignore[arg-type]
    assert isinstance(definition, Definition)
    law = compiled(definition)
    for kind in definition.case_types:
        for rule in (each for each in law.rules.rules if each.name):
            for line in told(rule, law.rules, law.scope_at("filing", kind.key), language):
                assert not re.search(r"[a-z]_[a-z]|[a-z]\.[a-z]|_", line), line
