"""`motcua forms` on files: what it prints and writes, and 0, 1 or 2."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from app import main
from form_builder.cli import forms
from form_builder.differences import differences
from form_builder.told_differences import told
from procedure_library.ready_made import packages
from tests.form_builder.samples import FOLDER, FORMS

FORMATS = Path(__file__).parents[2] / "docs" / "formats"
COPIES, ANSWERED = FOLDER / "certified_copy.schema.json", FOLDER / "certified_copy.answers.json"


def run(*arguments: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(forms, [str(argument) for argument in arguments], input=given)


def fits(name: str, body: Any) -> None:
    schema = json.loads((FORMATS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(body)


def form(**questions: Any) -> str:
    return json.dumps({"type": "object", "title": "Đơn", "properties": questions}, ensure_ascii=False)


@pytest.mark.parametrize("folder", packages(), ids=lambda folder: folder.name)
def test_a_ready_made_procedure_has_no_error_in_its_form(folder: Path) -> None:
    assert run("check", folder).exit_code == 0


@pytest.mark.parametrize(
    ("text", "told", "code"),
    [
        (
            form(copies={"type": "integer", "title": "Số bản"}),
            "/properties/copies: warning[form.no_english]",
            0,
        ),
        (form(copies={"type": "integer"}), "/properties/copies: error[form.no_title]", 1),
        (form(a={"type": "string", "title": "A", "anyOf": []}), "/properties/a/anyOf: ", 1),
        ('{"type": "object",\n  "title" "Đơn"}', "2:11: error[form.source_unreadable]", 1),
        ('{"type": "array"}', "error[form.not_an_object]", 1),
        ("[" * 100_000, "error[form.source_too_deep]", 1),
        ('{"type": "object", "maximum": 1e999999999}', "error[form.source_no_number]", 1),
        ('{"type": "object", "title": "' + "a" * 700_000 + '"}', "error[form.source_too_long]", 1),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, told: str, code: int) -> None:
    result = run("check", "-", given=text)
    assert (result.exit_code, told in result.output) == (code, True), result.output[:500]


def test_a_mistake_of_the_text_shows_its_line_with_a_caret(tmp_path: Path) -> None:
    file = tmp_path / "form.json"
    file.write_text('{"type": "object",\n  "title" "Đơn"}', encoding="utf-8")
    _, line, caret = run("check", file, "--language", "en").output.splitlines()
    assert (line, caret) == ('      "title" "Đơn"}', "              ^")


def test_each_place_is_named_once_and_machines_get_the_documented_shape() -> None:
    odd = form(
        a={"title": "A", "type": "string", "contentEncoding": "base64", "minLength": 5, "maxLength": 2}
    )
    result = run("check", "-", "--json", given=odd)
    found = json.loads(result.output)
    fits("findings", found)
    places = [each["where"] for each in found]
    assert result.exit_code == 1
    assert places.count("/properties/a/contentEncoding") == 1


def test_a_page_is_drawn_with_all_it_needs_in_one_document() -> None:
    result = run("render", COPIES, "--page", "documents", "--language", "en")
    assert result.exit_code == 0
    assert result.output.startswith("<!doctype html>")
    assert 'lang="en"' in result.output
    assert "Full name" not in result.output
    assert not re.search(r"(?:src|href)=\"(?!#)|url\((?![\"']?data:)|<script", result.output)


def test_answers_are_filled_in_and_what_is_wrong_stands_beside_them(tmp_path: Path) -> None:
    answers = json.loads(ANSWERED.read_text(encoding="utf-8"))
    answers["documents"][0]["pages"] = 0
    (tmp_path / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    html = run("render", COPIES, "--page", "documents", "--answers", tmp_path / "answers.json").output
    assert 'href="#f-documents-0-pages"' in html
    assert "quá nhỏ" in html
    assert 'id="error-summary"' in html
    assert (
        'id="error-summary"' not in run("render", COPIES, "--page", "documents", "--answers", ANSWERED).output
    )


def test_all_pages_are_written_to_a_folder_and_lead_on(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert run("render", COPIES, "--output", folder).exit_code == 0
    names = [path.name for path in sorted(folder.iterdir())]
    assert names == [
        f"{number}-{page['key']}.html"
        for number, page in enumerate(FORMS["certified_copy"]["x-motcua-pages"], start=1)
    ]
    first = (folder / names[0]).read_text(encoding="utf-8")
    assert f'action="{names[1]}"' in first
    assert all(f'href="{name}"' in first for name in names)


def test_the_summary_is_plain_text(tmp_path: Path) -> None:
    answers = json.loads(ANSWERED.read_text(encoding="utf-8"))
    del answers["declaration"]
    (tmp_path / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    text = run("render", COPIES, "--summary", "--answers", tmp_path / "answers.json").output
    assert "Số điện thoại: 0912 345 678" in text
    assert text.rstrip().splitlines()[-1].startswith("! Chưa đánh dấu")


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (
            form(a={"title": "A"}),
            form(a={"title": "B"}),
            ["Sửa «B» (tên)  (/properties/a/title)", "  - A", "  + B"],
        ),
        (form(), form(a={"title": "A", "type": "string"}), ["Thêm «A»  (/properties/a)"]),
        (form(a={"title": "A", "type": "string"}), form(), ["Bỏ «A»  (/properties/a)"]),
        (
            json.dumps({**json.loads(form(a={"title": "A"})), "required": []}),
            json.dumps({**json.loads(form(a={"title": "A"})), "required": ["a"]}),
            ["Sửa «A» (bắt buộc)  (/properties/a/required)", "  - không", "  + có"],
        ),
        (
            form(a={"title": "A"}, b={"title": "B"}),
            form(b={"title": "B"}, a={"title": "A"}),
            ["Sửa (thứ tự câu hỏi)  (/properties)", '  - ["a","b"]', '  + ["b","a"]'],
        ),
    ],
    ids=["title", "added", "removed", "required", "order"],
)
def test_a_difference_is_told_in_words(tmp_path: Path, before: str, after: str, lines: list[str]) -> None:
    for name, text in (("a.json", before), ("b.json", after)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = run("compare", tmp_path / "a.json", tmp_path / "b.json")
    assert (result.exit_code, result.output.splitlines()) == (1, lines)


def test_equal_forms_have_no_difference_and_machines_get_the_documented_shape() -> None:
    assert run("compare", COPIES, COPIES).exit_code == 0
    result = run("compare", COPIES, FOLDER / "every_kind.schema.json", "--json", "--language", "en")
    assert result.exit_code == 1
    fits("form_differences", json.loads(result.output))


def test_every_difference_is_told() -> None:
    before, after = FORMS["certified_copy"], FORMS["birth_registration"]
    where = {change.where for change in told(before, after, "vi")}
    demanded = re.compile(r"/required(/\d+)?$")
    assert {each.where for each in differences(before, after) if not demanded.search(each.where)} <= where


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "nowhere.json"),
        ("render", COPIES, "--page", "nowhere"),
        ("render", COPIES, "--language", "fr"),
        ("render", COPIES, "--answers", COPIES.parent / "samples.py"),
        ("compare", COPIES),
    ],
)
def test_wrong_usage_is_told_as_such(arguments: tuple[str | Path, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_form_with_errors_is_not_drawn() -> None:
    result = run("render", "-", given=form(copies={"type": "integer"}))
    assert (result.exit_code, "form.no_title" in result.output) == (1, True)


def test_an_address_is_asked_from_the_list_that_the_house_has() -> None:
    asked = form(home={**FORMS["every_kind"]["properties"]["home"]})
    result = CliRunner().invoke(main, ["forms", "render", "-"], input=asked)
    assert (result.exit_code, 'value="01">Hà Nội' in result.output) == (0, True), result.output[:500]
