"""A rule that no dossier ever asks for is told, and a rule that asks applicants for something says by which law."""

from dataclasses import replace

import pytest

from procedure_library.definition import Definition
from procedure_library.remedies import remedy_for
from tests.procedure_library.faults import with_case_type, with_rules
from tests.procedure_library.samples import with_computed
from tests.procedure_library.test_checks import found_by

LAW = 'căn_cứ "Luật"'
MANY = "đặt many = person.copies * 2"
USES = [
    (f'phí more "Thêm" {LAW}\n  thu 1_000 VND', ["more"]),
    (f'thành_phần more "Thêm" {LAW}\n  1 bản_chụp', ["more"]),
    (f'điều_kiện more "Thêm" {LAW}\n  yêu_cầu person.copies <= 3', ["more"]),
    (f'thời_hạn more "Thêm" {LAW}\n  3 ngày_làm_việc', ["more"]),
    ('lựa_chọn more "Thêm"\n  còn_lại small', ["more"]),
    ('phân_công more "Thêm"\n  còn_lại vai_trò approver', ["more"]),
    (MANY, ["many"]),
    (f"tham_số base {LAW} 1_000 VND", ["base"]),
    (f'{MANY}\nphí more "Thêm" {LAW}\n  thu 1_000 VND\n  nhân many', ["many", "more"]),
    (f"{MANY}\nluôn_luôn many >= 2", []),
    (f'phí more "Thêm" {LAW}\n  thu 1_000 VND\nluôn_luôn more <= 2_000 VND', ["more"]),
]


def unused(procedure: Definition) -> list[str]:
    return [f.where for f in found_by("rule_names", procedure) if f.code == "procedures.rule.unused"]


@pytest.mark.parametrize(("rules", "names"), USES)
def test_what_no_case_type_no_step_and_no_rule_in_use_asks_for_is_told(rules: str, names: list[str]) -> None:
    assert unused(with_rules(rules)) == names


def test_a_page_that_shows_a_value_uses_its_rule_and_all_it_reads() -> None:
    shown = replace(with_rules(f"{MANY}\nđặt more = many + 1"), form=with_computed("more").form)
    assert unused(shown) == []


def test_the_component_of_a_case_type_that_drops_it_is_told() -> None:
    assert unused(with_case_type(components=())) == ["identity"]


def test_a_rule_that_another_one_reads_is_not_taken_out() -> None:
    both = with_rules(f"{MANY}\nđặt more = many + 1")
    offers = {f.where: remedy_for(both, f) for f in found_by("rule_names", both)}
    assert offers["many"] is None
    assert offers["more"] is not None


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ('thành_phần more "Thêm"\n  1 bản_chụp', True),
        ('điều_kiện more "Thêm"\n  yêu_cầu person.copies <= 3', True),
        ('điều_kiện more "Thêm"\n  yêu_cầu person.copies <= person.copies', False),
        ('tham_số most căn_cứ "Luật" 3\nđiều_kiện more "Thêm"\n  yêu_cầu person.copies <= most', False),
        ('lựa_chọn more "Thêm"\n  còn_lại small', False),
    ],
)
def test_what_is_asked_of_applicants_has_its_law(rule: str, told: bool) -> None:
    assert [f.where for f in found_by("cited", with_rules(rule))] == (["more"] if told else [])
