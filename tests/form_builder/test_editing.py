"""Editing a form: what was decided is read back, what was not decided stays, and no edit makes an unnamed mess."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.text import Text, nfc
from form_builder.checks import check_form
from form_builder.editing import (
    Ask,
    PageHead,
    Question,
    add_field,
    add_page,
    as_test,
    ask_of,
    change_field,
    change_page,
    key_from,
    move_field,
    move_page,
    page_head,
    question_at,
    readable_before,
    remove_field,
    remove_page,
    send_field,
)
from form_builder.editing.question import LIMITS
from form_builder.form import Choice
from form_builder.kinds import KINDS
from form_builder.kinds.words import clean
from form_builder.prefill import SOURCES
from form_builder.schema import read_form
from tests.form_builder.samples import FORMS, NAMES, form_of

EMPTY: dict[str, Any] = {"type": "object", "title": "Tờ khai"}
# What an author may bring about by editing, and is told. Anything else would be our own mess.
NAMED = {
    "form.no_english",
    "form.no_choices",
    *("form.choice_twice", "form.address_parts", "form.commune_alone"),
    "form.limits_crossed",
    "form.empty_page",
    "form.empty_block",
    "form.too_deep",
    "form.condition_reads_unknown",
    "form.condition_reads_later",
    "form.condition_value_unknown",
    "form.condition_shape",
    "form.unread_keyword",
}

line = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyÁẾỘ ệự'-./0123456789", max_size=30).map(clean)
title = st.builds(Text, line.filter(bool), line).map(lambda t: Text(nfc(t.vi), nfc(t.en)))
said = st.builds(Text, line.filter(bool), line) | st.just(Text(""))
choices = st.lists(st.builds(Choice, st.from_regex(r"[a-z]{1,6}", fullmatch=True), title), max_size=4).map(
    tuple
)


@st.composite
def questions(draw: Any) -> Question:
    """Everything an author can decide about a field, conditions aside."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    limit = st.none() | st.integers(0, 99).map(Decimal)
    return Question(
        kind=kind,
        title=draw(title),
        help=draw(said),
        required=draw(st.booleans()),
        choices=draw(choices) if kind in ("choice", "choices") else (),
        least=draw(limit) if kind in LIMITS else None,
        most=draw(limit) if kind in LIMITS else None,
        currency=draw(st.sampled_from(["VND", "USD"])) if kind == "money" else "",
        prefill=draw(st.sampled_from(["", *(f"profile.{source}" for source in SOURCES)])),
        personal=draw(st.sampled_from(["", "identity", "contact", "sensitive"])),
        row_title=draw(title) if kind == "rows" else Text(""),
    )


def every_path(schema: Any) -> list[str]:
    return [field.path for field in read_form(schema).every_field()]


def codes(schema: Any) -> set[str]:
    return {finding.code for finding in check_form(schema)}


@pytest.mark.parametrize(
    ("words", "taken", "key"),
    [
        ("Số bản sao", (), "so_ban_sao"),
        ("Số bản sao", ("so_ban_sao",), "so_ban_sao_2"),
        ("Số bản sao", ("so_ban_sao", "so_ban_sao_2"), "so_ban_sao_3"),
        ("Đường, ấp (thôn)", (), "duong_ap_thon"),
        ("2 bên cam kết", (), "field_2_ben_cam_ket"),
        ("«…»", (), "field"),
        ("ID", (), "id_2"),
        ("Dossier", (), "dossier_2"),
        ("Tên cơ quan, tổ chức có thẩm quyền cấp giấy tờ", (), "ten_co_quan_to_chuc_co_tham_quyen_cap"),
    ],
)
def test_a_key_follows_from_the_title(words: str, taken: tuple[str, ...], key: str) -> None:
    assert key_from(words, taken) == key


@pytest.mark.parametrize("name", NAMES)
def test_deciding_the_same_again_changes_nothing(name: str) -> None:
    for path in every_path(FORMS[name]):
        question = question_at(FORMS[name], path)
        assert question is not None
        assert change_field(FORMS[name], path, question) == FORMS[name]


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_what_was_decided_is_read_back(name: str, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(every_path(FORMS[name])))
    question = data.draw(questions())
    changed = change_field(FORMS[name], path, question)
    assert question_at(changed, path) == question
    others = {each for each in every_path(FORMS[name]) if not f"{each}.".startswith(f"{path}.")}
    after = {each: question_at(changed, each) for each in others}
    assert after == {each: question_at(FORMS[name], each) for each in others}


@pytest.mark.parametrize("name", [*NAMES, "empty"])
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_a_field_that_was_added_is_the_last_of_its_place(name: str, data: st.DataObject) -> None:
    schema = FORMS.get(name, EMPTY)
    blocks = ["", *(f.path for f in read_form(schema).every_field() if f.kind in ("group", "rows"))]
    block, question = data.draw(st.sampled_from(blocks)), data.draw(questions())
    if block.count(".") > 2:
        return
    grown, path = add_field(schema, question, block=block)
    assert question_at(grown, path) == question
    assert path not in every_path(schema)
    without = remove_field(grown, path)
    assert every_path(without) == every_path(schema)
    assert codes(without) - codes(schema) <= {"form.empty_page", "form.no_english"}


@pytest.mark.parametrize("name", [*NAMES, "empty"])
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_every_edit_leaves_a_sound_form_or_a_finding_that_names_what_is_wrong(
    name: str, data: st.DataObject
) -> None:
    schema: Any = FORMS.get(name, EMPTY)
    allowed = NAMED | codes(schema)
    for _ in range(data.draw(st.integers(1, 6))):
        schema = data.draw(st.sampled_from(EDITS))(schema, data)
        assert codes(schema) <= allowed
        order = [field.key for field in read_form(schema).fields]
        assert order == list(schema.get("properties", {}))


def _add(schema: Any, data: st.DataObject) -> Any:
    return add_field(schema, data.draw(questions()))[0]


def _change(schema: Any, data: st.DataObject) -> Any:
    paths = every_path(schema)
    return (
        change_field(schema, data.draw(st.sampled_from(paths)), data.draw(questions())) if paths else schema
    )


def _remove(schema: Any, data: st.DataObject) -> Any:
    paths = every_path(schema)
    return remove_field(schema, data.draw(st.sampled_from(paths))) if paths else schema


def _move(schema: Any, data: st.DataObject) -> Any:
    paths = every_path(schema)
    return (
        move_field(schema, data.draw(st.sampled_from(paths)), data.draw(st.integers(-3, 3)))
        if paths
        else schema
    )


def _send(schema: Any, data: st.DataObject) -> Any:
    form = read_form(schema)
    if not form.fields:
        return schema
    field = data.draw(st.sampled_from([each.key for each in form.fields]))
    return send_field(schema, field, data.draw(st.sampled_from([page.key for page in form.pages])))


def _page(schema: Any, data: st.DataObject) -> Any:
    grown, key = add_page(schema, PageHead(data.draw(title), data.draw(said)))
    return move_page(grown, key, data.draw(st.integers(-3, 0)))


def _no_page(schema: Any, data: st.DataObject) -> Any:
    keys = [page["key"] for page in schema.get("x-motcua-pages", ())]
    return remove_page(schema, data.draw(st.sampled_from(keys))) if keys else schema


EDITS: list[Callable[[Any, st.DataObject], Any]] = [_add, _change, _remove, _move, _send, _page, _no_page]


def test_moving_there_and_back_is_no_change() -> None:
    form = FORMS["certified_copy"]
    inside = next(f.path for f in read_form(form).every_field() if "." in f.path)
    assert move_field(move_field(form, inside, 1), inside, -1) == form
    first = form["x-motcua-pages"][0]["key"]
    assert move_page(move_page(form, first, 1), first, -1) == form
    assert move_page(form, first, -1) == form


def test_a_page_says_what_its_author_wrote() -> None:
    head = PageHead(Text("Cam đoan", "Declaration"), Text("Đọc kỹ trước khi nộp."))
    form, key = add_page(FORMS["certified_copy"], head)
    assert (key, page_head(form, key)) == ("cam_doan", head)
    assert page_head(change_page(form, key, PageHead(Text("Ký"))), key) == PageHead(Text("Ký"))
    assert page_head(form, "nowhere") is None
    assert remove_page(form, key) == FORMS["certified_copy"]


@pytest.mark.parametrize(
    ("reads", "relation", "value"),
    [
        ("place.channel", "is", "post"),
        ("place.channel", "is_not", "post"),
        ("urgent", "is", True),
        ("copies", "at_least", 3),
        ("copies", "below", 100),
        ("note", "given", None),
    ],
)
def test_a_case_is_written_in_the_canonical_shape_and_read_back(
    reads: str, relation: Any, value: Any
) -> None:
    channel = {"title": "Cách nhận", "type": "string", "oneOf": [{"const": "post", "title": "Bưu chính"}]}
    form = form_of(
        place={"title": "Nơi nhận", "type": "object", "properties": {"channel": channel}},
        urgent={"title": "Khẩn", "type": "boolean"},
        copies={"title": "Số bản", "type": "integer"},
        note={"title": "Ghi chú", "type": "string"},
    )
    ask = Ask(reads, relation, value)
    question = Question(
        "text", Text("Địa chỉ nhận", "Address"), required=True, asked_when=(as_test(ask, ""),)
    )
    asked, path = add_field(form, question)
    assert {code for code in codes(asked) if "condition" in code} == set()
    assert question_at(asked, path) == question
    assert ask_of(read_form(asked), "", question.asked_when[0]) == ask
    assert path not in asked.get("required", ())


def test_a_field_may_be_asked_in_any_of_several_cases_and_then_in_none() -> None:
    form = form_of(urgent={"title": "Khẩn", "type": "boolean"}, copies={"title": "Số bản", "type": "integer"})
    cases = (as_test(Ask("urgent", "is", True), ""), as_test(Ask("copies", "at_least", 3), ""))
    asked, path = add_field(form, Question("text", Text("Lý do"), required=True, asked_when=cases))
    assert len(asked["allOf"]) == 2
    always = change_field(asked, path, Question("text", Text("Lý do"), required=True))
    assert "allOf" not in always
    assert always["required"] == [path]


def test_a_case_that_lost_its_field_is_a_finding_not_a_silence() -> None:
    form = form_of(urgent={"title": "Khẩn", "type": "boolean"})
    case = as_test(Ask("urgent", "is", True), "")
    asked, _ = add_field(form, Question("text", Text("Lý do"), asked_when=(case,)))
    assert "form.condition_reads_unknown" in codes(remove_field(asked, "urgent"))


def test_a_field_may_depend_on_what_is_asked_before_it_and_not_on_rows() -> None:
    form = read_form(FORMS["certified_copy"])
    for field in form.every_field():
        holder = field.path.rpartition(".")[0]
        order = [each.path for each in form.every_field()]
        for readable in readable_before(form, holder, field.key):
            assert order.index(readable.path) < order.index(field.path)
            assert not holder or readable.path.startswith(f"{holder}.")


def test_a_group_that_becomes_rows_keeps_its_fields() -> None:
    form = form_of(
        home={
            "title": "Nơi ở",
            "type": "object",
            "properties": {"street": {"title": "Đường", "type": "string"}},
        }
    )
    rows = change_field(form, "home", Question("rows", Text("Nơi ở"), row_title=Text("Nơi")))
    assert every_path(rows) == ["home", "home.street"]
    group = change_field(rows, "home", Question("group", Text("Nơi ở")))
    assert group == form
