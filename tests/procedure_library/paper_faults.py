"""Faults of what is handed in and of what is printed."""

from collections.abc import Mapping
from dataclasses import replace

from common.text import Text
from procedure_library.definition import Definition, Letter
from tests.procedure_library.pages import with_page
from tests.procedure_library.samples import definition, with_documents

PAPER_FAULTS: Mapping[str, tuple[Definition, str]] = {
    "procedures.documents.unknown_component": (
        with_documents(definition(), "person", "identiti"),
        "person",
    ),
    "procedures.documents.at_a_step": (
        with_documents(with_page("note", sign={"fills": ("note",)}), "note"),
        "note",
    ),
    "procedures.placeholders.unknown": (
        replace(
            definition(), letters=(Letter("slip", Text("Giấy"), '#d.texts.at("person.nam", default: "")'),)
        ),
        "letters/slip.typ",
    ),
}
