"""What the page of a procedure tells of its steps."""

import pytest

from procedure_library.compiled import compiled
from procedure_library.definition import Definition
from procedure_library.package import read_package
from procedure_library.ready_made import CATALOGUE
from runtime.views.portal.offers import official_steps


@pytest.mark.parametrize(
    ("procedure", "steps"),
    [
        ("chung_thuc_ban_sao", ["compare", "sign", "collect"]),
        ("dang_ky_khai_sinh", ["examine", "register", "sign", "collect"]),
        ("cap_giay_phep_xay_dung_nha_o", ["examine", "draft", "sign", "collect"]),
    ],
)
def test_the_way_to_the_result_leaves_out_refusals_and_what_follows_a_supplement(
    procedure: str, steps: list[str]
) -> None:
    definition = read_package(CATALOGUE / procedure)
    assert isinstance(definition, Definition)
    assert [step.key for step in official_steps(compiled(definition))] == steps
