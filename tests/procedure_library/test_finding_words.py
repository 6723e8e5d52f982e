"""Findings call things by the names that people gave them, in both languages, and never by keys."""

from dataclasses import replace

import pytest

from common.messages import message_of
from common.problems import Finding
from common.text import Text
from procedure_library.definition import Definition, Outcome
from tests.procedure_library.faults import (
    FAULTS,
    NO_COPIES,
    with_example,
    with_more,
    with_step,
    with_transition,
    without,
)
from tests.procedure_library.samples import EXPECT, by_choice, definition, step, to
from tests.procedure_library.test_checks import found_by, module_of

WAY = "Bước examine → Bước sign"
UNNAMED = replace(step("branch_1", "branch"), name=Text(""))
TIMES = {"amounts": {"issue": {"amount": 9_000, "currency": "VND"}}}


def found_in(procedure: Definition, code: str) -> Finding:
    """The finding of that code; the values of a branch are told by two checks."""
    findings = [*found_by(module_of(code), procedure), *found_by("choices", procedure)]
    return next(each for each in findings if each.code == code)


def fault(code: str) -> Definition:
    return FAULTS[code][0]


SENTENCES = [
    (
        "procedures.end.other_decision",
        fault("procedures.end.other_decision"),
        "Quyết định trên đường (từ chối) không khớp với kết thúc «Bước granted» (cấp kết quả): " + WAY,
        "The decision on the way (refused) does not fit the end “Step granted” (granted): Step examine → Step sign",
    ),
    (
        "procedures.end.no_decision",
        fault("procedures.end.no_decision"),
        "Có thể kết thúc tại «Bước granted» mà không ai ra quyết định: Bước examine → Bước sign",
        "The end “Step granted” can be reached without a decision: Step examine → Step sign",
    ),
    (
        "procedures.end.no_decision",
        definition(
            steps=(step("started", "start"), step("granted", "end", ending="granted")),
            transitions=(to("started", "granted"),),
        ),
        "Có thể kết thúc tại «Bước granted» mà không ai ra quyết định: đi thẳng từ lúc bắt đầu",
        "The end “Step granted” can be reached without a decision: straight from the start",
    ),
    (
        "procedures.end.leaves_work",
        fault("procedures.end.leaves_work"),
        "Có thể kết thúc tại «Bước granted» khi vẫn còn việc dở: Bước insurance",
        "The end “Step granted” can be reached while work is still open: Step insurance",
    ),
    (
        "procedures.branch.value_not_covered",
        without("examined_supplement_incomplete"),
        "Rẽ nhánh «Bước examined» không có đường cho «Chọn incomplete» và không có đường mặc định",
        "The branch “Step examined” has no way for “Choose incomplete” and no default",
    ),
    (
        "procedures.branch.same_value",
        with_transition("examined_sign_fit", when="incomplete"),
        "«Chọn incomplete» đứng trên hai đường ra của rẽ nhánh «Bước examined»",
        "“Choose incomplete” stands on two ways out of the branch “Step examined”",
    ),
    (
        "procedures.branch.value_not_covered",
        by_choice("large"),
        "Rẽ nhánh «Bước sized» không có đường cho «small» và không có đường mặc định",
        "The branch “Step sized” has no way for “small” and no default",
    ),
    (
        "procedures.branch.single_exit",
        with_more(UNNAMED, to("supplement", "branch_1"), to("branch_1", "examine")),
        "Rẽ nhánh «chưa đặt tên, sau bước Bước supplement» phải có ít nhất hai đường ra",
        "The branch “without a name, behind Step supplement” needs at least two ways out",
    ),
    (
        "procedures.step.unreachable",
        with_more(UNNAMED, to("branch_1", "examine", "fit"), to("branch_1", "sign", "incomplete")),
        "Không có đường nào từ lúc bắt đầu dẫn tới bước «chưa đặt tên»",
        "No way from the start leads to “without a name”",
    ),
    (
        "procedures.page.not_filled_yet",
        fault("procedures.page.not_filled_yet"),
        "Công việc «Bước examine» dùng trang «Trang thêm» khi chưa chắc trang đó đã được điền",
        "The task “Step examine” uses the page “Further page” before it is sure to be filled",
    ),
    (
        "procedures.page.asked_by_nobody",
        fault("procedures.page.asked_by_nobody"),
        "Không trường hợp nào và không bước nào điền trang «Trang thêm»",
        "No case type and no step fills the page “Further page”",
    ),
    (
        "procedures.collects.not_charged",
        fault("procedures.collects.not_charged"),
        "Công việc «Bước sign» thu khoản «Phí cấp giấy xác nhận» mà không trường hợp nào phải nộp",
        "The task “Step sign” collects “Charge for the letter”, which no case type has to pay",
    ),
    (
        "procedures.example.bad_facts",
        with_example(NO_COPIES),
        "Dữ kiện của tình huống chưa hợp lệ: «Người yêu cầu – Số bản» quá nhỏ",
        "A fact of the example is not right: “Applicant – Copies” is too small",
    ),
    (
        "procedures.example.failed",
        with_example(expect=TIMES),
        "Kết quả khác mong đợi về «Phí cấp giấy xác nhận»: mong đợi 9.000 đồng; tính ra 10.000 đồng",
        "The result is not the expected one for “Charge for the letter”: expected VND 9,000; found VND 10,000",
    ),
    (
        "procedures.example.failed",
        with_example(expect={**EXPECT, "due_on": "2026-03-04"}),
        "Kết quả khác mong đợi về ngày trả kết quả: mong đợi 04/03/2026; tính ra 05/03/2026",
        "The result is not the expected one for the due date: expected 04/03/2026; found 05/03/2026",
    ),
    (
        "procedures.example.failed",
        with_example(expect={"problems": ["person.copies"]}),
        "Kết quả khác mong đợi về những câu trả lời bị từ chối: mong đợi Người yêu cầu – Số bản; tính ra không có",
        "The result is not the expected one for the answers refused: expected Applicant – Copies; found none",
    ),
    (
        "procedures.example.failed",
        with_example(expect={"components": []}),
        "Kết quả khác mong đợi về thành phần hồ sơ: mong đợi không có; tính ra Giấy tờ tùy thân",
        "The result is not the expected one for the components: expected none; found Identity paper",
    ),
]


@pytest.mark.parametrize(("code", "procedure", "vietnamese", "english"), SENTENCES)
def test_a_finding_speaks_of_things_by_their_names(
    code: str, procedure: Definition, vietnamese: str, english: str
) -> None:
    finding = found_in(procedure, code)
    assert message_of(finding).text == vietnamese
    assert message_of(finding, "en").text == english


def test_a_value_of_a_choice_is_told_by_the_words_of_its_rule() -> None:
    chosen = by_choice("large")
    worded = replace(
        chosen, rules=chosen.rules.replace("còn_lại small", 'còn_lại small "Hồ sơ nhỏ" tiếng_anh "Small"')
    )
    finding = found_in(worded, "procedures.branch.value_not_covered")
    assert "không có đường cho «Hồ sơ nhỏ»" in message_of(finding).text
    assert "no way for “Small”" in message_of(finding, "en").text


def test_a_step_that_leads_to_no_decision_names_its_outcome_by_the_words_on_the_button() -> None:
    renamed = with_step("examine", outcomes=(Outcome("fit", Text("Đủ", "Complete")),))
    code = "procedures.branch.unknown_value"
    finding = found_in(renamed, code)
    assert "«incomplete»" in message_of(finding).text
    assert "«Đủ»" in message_of(finding).remedy
