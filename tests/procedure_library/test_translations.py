"""What has no English is told once for each part, with how much it is, the first of it, and where that stands."""

from dataclasses import replace

import pytest

from common.messages import message_of
from common.text import Text
from designer.finding_spots import Spot, spot_of
from procedure_library.checks import check
from procedure_library.checks.subject import Subject
from procedure_library.definition import Definition, Letter, Outcome
from procedure_library.guidance import StepNotice
from procedure_library.remedies import remedy_for
from tests.procedure_library.faults import with_case_type, with_rules, with_step
from tests.procedure_library.pages import with_page
from tests.procedure_library.samples import CHOICE, RULES, definition
from tests.procedure_library.test_checks import found_by

UNTOLD = replace(
    with_page("note", examine={"fills": ("note",)}),
    form={
        **with_page("note").form,
        "x-motcua-pages": [
            {"key": "person", "title": "Người yêu cầu", "fields": ["person"]},
            {"key": "note", "title": {"vi": "Ghi chú"}, "fields": ["note", {"heading": {"vi": "Lưu ý"}}]},
        ],
    },
)
FOUR = tuple(Outcome(f"o{number}", Text(f"Kết luận {number}")) for number in range(4))
NOTICE = StepNotice("entered", "leaders", Text("Hồ sơ {code} đã đến bước {step}"))
SMALL = CHOICE.replace("còn_lại small", 'còn_lại small "Nhỏ"')
UNSAID = RULES.replace('  tiếng_anh "Charge for the letter"\n', "") + SMALL
EXAMINE = Spot("steps", Text("Bước examine", "Step examine"), "examine")
PARTS = [
    (definition(summary=Text("Cấp theo yêu cầu")), "Thông tin chung: 1", "«Cấp theo yêu cầu»", Spot("head")),
    (
        with_case_type(name=Text("Thường")),
        "Các trường hợp: 1",
        "«Thường»",
        Spot("head", Text("Thường"), "ordinary", "case_type"),
    ),
    (
        with_step("examine", outcomes=FOUR),
        "Các bước: 4",
        "«Kết luận 0», «Kết luận 1», «Kết luận 2», …",
        EXAMINE,
    ),
    (
        with_step("examine", notices=(NOTICE,)),
        "Các bước: 1",
        "«Hồ sơ {code} đã đến bước {step}»",
        EXAMINE,
    ),
    (UNTOLD, "Tờ khai: 3", "«Người yêu cầu», «Ghi chú», «Lưu ý»", Spot("form")),
    (definition(rules=UNSAID), "Quy tắc: 2", "«Phí cấp giấy xác nhận», «Nhỏ»", Spot("rules")),
    (
        definition(letters=(Letter("slip", Text("Giấy hẹn"), ""),)),
        "Văn bản in ra: 1",
        "«Giấy hẹn»",
        Spot("letters", Text("Giấy hẹn"), "slip"),
    ),
    (
        definition(examples=(replace(definition().examples[0], name=Text("Hai")),)),
        "Tình huống mẫu: 1",
        "«Hai»",
        Spot("examples", Text("Hai"), "two_copies"),
    ),
]


@pytest.mark.parametrize(("procedure", "part", "texts", "spot"), PARTS)
def test_a_part_says_how_much_is_missing_where_it_begins(
    procedure: Definition, part: str, texts: str, spot: Spot
) -> None:
    (finding,) = found_by("translations", procedure)
    assert message_of(finding).text == f"{part} chỗ chưa có bản tiếng Anh ({texts})"
    assert spot_of(finding, procedure) == spot
    assert finding.severity == "warning"


def test_each_part_has_a_finding_of_its_own_and_no_text_has_one() -> None:
    several = replace(UNTOLD, summary=Text("Cấp theo yêu cầu"), rules=UNSAID)
    told = [f.parameters["part"] for f in check(several) if "english" in f.code or "translations" in f.code]
    assert told == ["@procedures.part.head", "@procedures.part.form", "@procedures.part.rules"]


def test_english_that_a_namesake_has_is_filled_in_and_the_rest_is_still_told() -> None:
    half = definition(left_out=(Text("Người yêu cầu"), Text("Không đâu có")))
    (finding,) = found_by("translations", half)
    remedy = remedy_for(half, finding)
    assert remedy is not None
    assert remedy.mended.left_out == (Text("Người yêu cầu", "Applicant"), Text("Không đâu có"))
    (left,) = found_by("translations", remedy.mended)
    assert remedy_for(remedy.mended, left) is None


def test_the_words_of_a_rule_are_a_namesake_too() -> None:
    named = with_step("sign", name=Text("Phí cấp giấy xác nhận"))
    (finding,) = found_by("translations", named)
    remedy = remedy_for(named, finding)
    assert remedy is not None
    assert Subject(remedy.mended).graph.steps["sign"].name.en == "Charge for the letter"


def test_what_authors_of_rules_say_to_each_other_needs_no_english() -> None:
    example = 'ví_dụ "Hai bản"\n  cho person.copies = 2\n  được issue = 10_000 VND'
    assert found_by("translations", with_rules(example)) == []
