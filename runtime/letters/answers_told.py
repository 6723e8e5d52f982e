"""The answers of a dossier as a letter reads them: raw, in words by question, in words by page."""

from collections.abc import Mapping
from typing import Any

from form_builder.addresses_told import with_addresses_told
from form_builder.form import Form
from form_builder.summary import summary


def answers_told(form: Form, answers: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The members `answers`, `texts` and `sections` (docs/formats.md)."""
    sections = summary(form, answers, language)
    return {
        "answers": with_addresses_told(form, answers, language),
        "texts": {row.path: row.text for section in sections for row in section.rows if row.text},
        "sections": [
            {"title": s.title, "rows": [{"label": r.label, "text": r.text} for r in s.rows if r.text]}
            for s in sections
        ],
    }
