"""A form cut down to some of its questions is still a form, and asks what those depend on."""

from typing import Any

import pytest

from form_builder.checks import check_form
from form_builder.narrowing import narrowed
from form_builder.schema import read_form
from procedure_library.definition import Definition
from procedure_library.package import read_package
from procedure_library.ready_made import packages

FORM: dict[str, Any] = {
    "type": "object",
    "title": "Tờ khai",
    "properties": {
        "channel": {
            "type": "string",
            "title": "Cách nhận",
            "oneOf": [{"const": "post", "title": "Bưu chính"}],
        },
        "address": {"$ref": "#/$defs/address"},
        "documents": {
            "type": "array",
            "title": "Giấy tờ",
            "items": {
                "type": "object",
                "title": "Giấy tờ",
                "properties": {
                    "id": {"type": "string"},
                    "name": {"type": "string", "title": "Tên"},
                    "pages": {"type": "integer", "title": "Số trang"},
                },
                "required": ["id", "name", "pages"],
            },
        },
        "note": {"type": "string", "title": "Ghi chú"},
    },
    "required": ["channel", "documents"],
    "allOf": [
        {
            "if": {"properties": {"channel": {"const": "post"}}, "required": ["channel"]},
            "then": {"required": ["address"]},
        }
    ],
    "$defs": {
        "address": {
            "type": "object",
            "title": "Địa chỉ",
            "properties": {
                "commune": {"type": "string", "title": "Xã"},
                "street": {"type": "string", "title": "Đường"},
            },
            "required": ["commune", "street"],
        }
    },
    "x-motcua-pages": [
        {"key": "all", "title": {"vi": "Tờ khai"}, "fields": ["channel", "address", "documents", "note"]}
    ],
}


def asked(paths: list[str]) -> list[str]:
    return [field.path for field in read_form(narrowed(FORM, paths)).every_field()]


@pytest.mark.parametrize(
    ("paths", "kept"),
    [
        (["note"], ["note"]),
        (["documents.pages"], ["documents", "documents.pages"]),
        (["documents"], ["documents", "documents.name", "documents.pages"]),
        # Whether the address is asked depends on the channel.
        (["address.commune"], ["channel", "address", "address.commune"]),
        (["nothing.like.this"], []),
    ],
)
def test_only_what_is_needed_is_asked(paths: list[str], kept: list[str]) -> None:
    assert asked(paths) == kept


def test_rows_keep_their_ids_and_nothing_else_is_demanded_of_them() -> None:
    items = narrowed(FORM, ["documents.pages"])["properties"]["documents"]["items"]
    assert list(items["properties"]) == ["id", "pages"]
    assert items["required"] == ["id", "pages"]


@pytest.mark.parametrize("package", packages(), ids=lambda package: str(package.name))
def test_each_question_of_the_catalogue_stands_by_itself(package: Any) -> None:
    definition = read_package(package)
    assert isinstance(definition, Definition)
    for field in read_form(definition.form).every_field():
        cut = narrowed(definition.form, [field.path])
        assert [finding for finding in check_form(cut) if finding.severity == "error"] == []
        assert read_form(cut).field_at(field.path) is not None
