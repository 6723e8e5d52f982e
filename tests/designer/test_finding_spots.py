"""Each finding leads to the part where it is mended, and calls the thing there by its name."""

import pytest

from common.problems import Finding
from common.text import Text
from designer.finding_spots import Spot, field_path, spot_of
from procedure_library.package import HEAD, STEPS
from tests.procedure_library.faults import FAULTS
from tests.procedure_library.samples import definition
from tests.procedure_library.test_checks import found_by, module_of

NAMED = {
    "procedures.step.unreachable": Spot("steps", Text("Bước island", "Step island"), "island"),
    "procedures.end.none": Spot("steps"),
    "procedures.end.other_decision": Spot("steps", Text("Bước granted", "Step granted"), "granted"),
    "procedures.page.asked_by_nobody": Spot("form", Text("Trang thêm", "Further page"), "note", "page"),
    "procedures.case_type.no_term": Spot("head", Text("Thông thường", "Ordinary"), "ordinary", "case_type"),
    "procedures.law.none": Spot("head"),
    "procedures.translations.missing": Spot("head", Text("Cấp giấy xác nhận"), "letter"),
    "procedures.rule.unused": Spot("rules", Text("Phí khác"), "more"),
    "procedures.rule.fact_after_task": Spot("rules"),
    "procedures.example.bad_facts": Spot("examples", Text("Khác", "Another"), "another"),
    "procedures.example.none": Spot("examples"),
}


@pytest.mark.parametrize("code", NAMED)
def test_a_finding_has_its_spot(code: str) -> None:
    procedure, _where = FAULTS[code]
    finding = next(each for each in found_by(module_of(code), procedure) if each.code == code)
    assert spot_of(finding, procedure) == NAMED[code]


@pytest.mark.parametrize(
    ("where", "spot"),
    [
        (HEAD, Spot("head")),
        (STEPS, Spot("steps")),
        ("letters/result.typ", Spot("letters")),
        ("examples/one.json", Spot("examples")),
        ("/properties/person", Spot("form", None, "person")),
        ("granted", Spot("head")),
    ],
)
def test_of_a_draft_that_cannot_be_read_the_part_is_known(where: str, spot: Spot) -> None:
    assert spot_of(Finding("procedures.file.bad_json", where)) == spot


def test_a_fault_in_a_question_is_told_by_the_question() -> None:
    pointer = "/properties/person/properties/copies/minimum"
    assert field_path(pointer) == "person.copies"
    spot = spot_of(Finding("form.keyword_shape", pointer), definition())
    assert spot == Spot("form", Text("Số bản", "Copies"), "person.copies")
