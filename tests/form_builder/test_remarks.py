"""Headings, notes and computed values: on the page in their place, never among the answers."""

from typing import Any

import pytest

from common.text import Text
from form_builder.checks import check_form
from form_builder.editing import (
    Question,
    add_field,
    add_remark,
    change_remark,
    move_field,
    move_remark,
    remark_at,
    remove_field,
    remove_page,
    remove_remark,
    send_field,
)
from form_builder.judge import judge
from form_builder.moments import schema_at
from form_builder.pages import show
from form_builder.remarks import Computed, Remark
from form_builder.schema import read_form
from form_builder.summary import summary
from tests.form_builder.test_templates import PAGE, Elements, render

NAME = {"type": "string", "title": "Tên", "x-motcua-en": {"title": "Name"}}
COPIES = {"type": "integer", "title": "Số bản", "x-motcua-en": {"title": "Copies"}}
HEADING = {"heading": {"vi": "Bản sao", "en": "Copies"}}
NOTE = {"note": {"vi": "Mỗi bản 2.000 đồng.\nTrả tại quầy.", "en": "2,000 each.\nPaid at the counter."}}
FEE = {"computed": "certification"}
TITLE = {"vi": "Giấy tờ", "en": "Papers"}
PAPERS = {"key": "papers", "title": TITLE, "fields": [NOTE, "name", HEADING, "copies", FEE]}
OTHER = {"key": "other", "title": TITLE, "fields": ["more"]}
FORM: dict[str, Any] = {
    "type": "object",
    "title": "Tờ khai",
    "properties": {"name": NAME, "copies": COPIES, "more": NAME},
    "required": ["name"],
    "x-motcua-pages": [PAPERS, OTHER],
}


def items(schema: Any, page: int = 0) -> list[Any]:
    return list(schema["x-motcua-pages"][page]["fields"])


def test_the_page_reads_questions_and_remarks_in_their_order() -> None:
    page = read_form(FORM).pages[0]
    said = [item.kind if isinstance(item, Remark) else item.key for item in page.items]
    assert said == ["note", "name", "heading", "copies", "computed"]
    assert [field.key for field in page.fields] == ["name", "copies"]
    assert check_form(FORM) == ()


def test_a_remark_is_no_answer() -> None:
    assert judge(FORM, {"name": "A", "copies": 2}) == ()
    lines = [row.path for section in summary(FORM, {"name": "A"}, "vi") for row in section.rows]
    assert lines == ["name", "copies", "more"]


def test_a_page_of_one_moment_keeps_its_remarks() -> None:
    assert items(schema_at(FORM, ["papers"])) == PAPERS["fields"]
    assert list(schema_at(FORM, ["papers"])["properties"]) == ["name", "copies"]


def test_remarks_are_drawn_where_they_stand() -> None:
    html = render(PAGE, page=show(FORM, "papers", {}, "vi"))
    places = [
        html.index(each)
        for each in ("Mỗi bản 2.000 đồng.", 'for="f-name"', ">Bản sao</h2>", 'for="f-copies"')
    ]
    assert places == sorted(places)
    assert "Giá trị này được tính khi khai hồ sơ." in html
    english = render(PAGE, page=show(FORM, "papers", {}, "en"))
    assert "2,000 each." in english


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Computed("Phí chứng thực", "6.000 đồng"), "6.000 đồng"),
        (Computed("Phí chứng thực", missing=("Số bản", "Tên")), "«Số bản», «Tên»"),
        (Computed("Phí chứng thực", reason="Tỉnh chưa quy định mức."), "Tỉnh chưa quy định mức."),
    ],
)
def test_a_computed_value_is_told_or_what_is_missing(value: Computed, said: str) -> None:
    page = show(FORM, "papers", {}, "vi")
    assert page.rules == ("certification",)
    page.computed = {"certification": value}
    html = render(PAGE, page=page)
    assert said in html
    assert "Phí chứng thực" in html


def test_every_answer_of_a_page_with_a_computed_value_asks_for_it_again() -> None:
    classes = {
        attributes["name"]: attributes["class"]
        for _, attributes in Elements(render(PAGE, page=show(FORM, "papers", {}, "vi"))).all
        if attributes.get("name") in ("name", "copies")
    }
    assert all("opens" in said.split() for said in classes.values())


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ({"heading": {"vi": "Chỉ tiếng Việt"}}, "form.no_english"),
        ({"heading": {"en": "No Vietnamese"}}, "form.keyword_shape"),
        ({"picture": "x"}, "form.keyword_shape"),
        ({"heading": {"vi": "a", "en": "a"}, "note": {"vi": "b", "en": "b"}}, "form.keyword_shape"),
        ({"computed": ""}, "form.keyword_shape"),
        (5, "form.keyword_shape"),
    ],
)
def test_a_remark_written_wrong_is_found(item: Any, code: str) -> None:
    page = {**PAPERS, "fields": ["name", "copies", item]}
    found = check_form({**FORM, "x-motcua-pages": [page, OTHER]})
    assert [finding.code for finding in found] == [code]


def test_a_remark_comes_changes_moves_and_goes() -> None:
    note = Remark("note", Text("Xem bảng giá.", "See the prices."))
    grown = add_remark(FORM, "other", note)
    assert remark_at(grown, "other", 1) == note
    assert items(grown, 1) == ["more", {"note": {"vi": "Xem bảng giá.", "en": "See the prices."}}]
    up = move_remark(grown, "other", 1, -1)
    assert remark_at(up, "other", 0) == note
    fee = Remark("computed", rule="certification")
    assert items(change_remark(up, "other", 0, fee), 1) == [FEE, "more"]
    assert remove_remark(up, "other", 0) == FORM
    assert remark_at(FORM, "other", 0) is None
    assert remark_at(FORM, "other", 9) is None
    assert remark_at(FORM, "elsewhere", 0) is None


def test_a_question_moves_among_the_remarks() -> None:
    assert items(move_field(FORM, "name", 1)) == [NOTE, HEADING, "name", "copies", FEE]
    assert items(send_field(FORM, "name", "other"), 1) == ["more", "name"]
    assert items(remove_field(FORM, "name")) == [NOTE, HEADING, "copies", FEE]
    grown, _ = add_field(FORM, Question("text", Text("Mới", "New")), page="papers")
    assert items(grown) == [*PAPERS["fields"], "moi"]
    assert "name" not in remove_page(FORM, "papers")["properties"]
