"""Answers as an application on paper has them: every answer once, nothing that was not asked."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from form_builder.paper import BREAK, Block, Entry, Heading, Item, Table, breakable, paper
from form_builder.schema import read_form
from form_builder.summary import summary
from tests.form_builder.random_forms import forms
from tests.form_builder.samples import ANSWERS, FORMS, NAMES, answers_for, form_of

PERSON = {
    "title": "Người yêu cầu",
    "type": "object",
    "properties": {"name": {"type": "string", "title": "Họ tên"}},
}
PAGE = {"key": "who", "title": {"vi": "Người yêu cầu"}, "fields": ["who"]}


def entries(items: tuple[Item, ...]) -> Iterator[tuple[str, str]]:
    """Label and text of every answer, wherever it stands."""
    for item in items:
        if isinstance(item, Entry):
            yield item.label, item.text
        elif isinstance(item, Block):
            yield from entries(item.items)
        elif isinstance(item, Table):
            for row in item.rows:
                yield from ((name, cell) for name, cell in zip(item.head, row, strict=True) if cell)


def told_on_paper(form: Any, answers: Any) -> list[tuple[str, str]]:
    printed = paper(form, answers, "vi")
    said = [each for part in printed.parts for each in entries(part.items) if each[1]]
    plain = [(label.replace(BREAK, ""), text.replace(BREAK, "")) for label, text in said]
    return sorted([*plain, *((each.replace(BREAK, ""), "Đã cam đoan") for each in printed.declarations)])


def told_on_the_page(form: Any, answers: Any) -> list[tuple[str, str]]:
    lines = (row for section in summary(form, answers, "vi") for row in section.rows)
    return sorted((row.label, row.text) for row in lines if row.text)


@pytest.mark.parametrize("name", NAMES)
def test_the_paper_says_what_check_your_answers_says(name: str) -> None:
    assert told_on_paper(FORMS[name], ANSWERS[name]) == told_on_the_page(FORMS[name], ANSWERS[name])


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_of_any_form_every_answer_is_on_the_paper_once(data: st.DataObject) -> None:
    form = read_form(data.draw(forms()))
    answers = data.draw(answers_for(form))
    on_paper, on_page = told_on_paper(form, answers), told_on_the_page(form, answers)
    # The same declaration is declared once, however many rows ask for it.
    assert set(on_paper) == set(on_page)
    asked = [each for each in on_page if each[1] != "Đã cam đoan"]
    assert [each for each in on_paper if each[1] != "Đã cam đoan"] == asked


def test_questions_are_numbered_through_and_a_group_that_is_its_page_is_no_further_level() -> None:
    form = {
        **form_of(who=PERSON, copies={"type": "integer", "title": "Số bản"}, heir=PERSON),
        "x-motcua-pages": [PAGE, {"key": "what", "title": {"vi": "Yêu cầu"}, "fields": ["copies", "heir"]}],
    }
    said = {"who": {"name": "Lan"}, "copies": 2, "heir": {"name": "Bình"}}
    first, second = paper(form, said, "vi").parts
    assert (first.title, first.items) == ("Người yêu cầu", (Entry("1", "Họ tên", "Lan"),))
    assert second.items == (
        Entry("2", "Số bản", "2"),
        Block("3", "Người yêu cầu", (Entry("3.1", "Họ tên", "Bình"),)),
    )


def test_short_rows_stand_in_a_table_and_others_one_after_the_other() -> None:
    short = {"name": {"type": "string", "title": "Tên"}, "copies": {"type": "integer", "title": "Số"}}
    rows = {"title": "Giấy tờ", "type": "array", "items": {"type": "object", "properties": short}}
    said = {"papers": [{"id": "r1", "name": "Bằng", "copies": 2}, {"id": "r2", "name": "Học bạ"}]}
    (part,) = paper(form_of(papers=rows), said, "vi").parts
    assert part.items == (Table("1", "Giấy tờ", ("Tên", "Số"), (("Bằng", "2"), ("Học bạ", "")), (51, 26)),)
    wide = {f"c{n}": {"type": "string", "title": "Tên"} for n in range(4)}
    many = {**rows, "items": {"type": "object", "properties": wide}}
    row = {"id": "r1", **dict.fromkeys(wide, "một-từ-dài-không-ngắt-được")}
    (part,) = paper(form_of(papers=many), {"papers": [row]}, "vi").parts
    assert isinstance(part.items[0], Block)
    told = {**short, "why": {"type": "string", "x-motcua-kind": "long_text", "title": "Lý do"}}
    long = {**rows, "items": {"type": "object", "title": "Tờ", "properties": told}}
    (part,) = paper(form_of(papers=long), {"papers": [{"id": "r1", "name": "Bằng"}]}, "vi").parts
    (block,) = part.items
    assert isinstance(block, Block)
    assert block.items == (
        Block(
            "1.1",
            "Tờ 1",
            (Entry("1.1.1", "Tên", "Bằng"), Entry("1.1.2", "Số", ""), Entry("1.1.3", "Lý do", "")),
        ),
    )


def test_headings_stand_where_questions_follow_and_notes_stay_on_the_page() -> None:
    remarks = [{"heading": {"vi": "Một"}}, "a", {"heading": {"vi": "Hai"}}, {"note": {"vi": "Đọc"}}]
    form = {
        **form_of(a={"type": "string", "title": "A"}),
        "x-motcua-pages": [{"key": "p", "title": {"vi": "Trang"}, "fields": remarks}],
    }
    (part,) = paper(form, {"a": "x"}, "vi").parts
    assert part.items == (Heading("Một"), Entry("1", "A", "x"))


def test_words_too_long_for_a_line_may_be_broken() -> None:
    assert breakable("Nguyễn Thị Lan\nThôn Đông") == "Nguyễn Thị Lan\nThôn Đông"
    assert breakable("a" * 50).split(BREAK) == ["a" * 24, "a" * 24, "a" * 2]
