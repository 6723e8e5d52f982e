"""A letter seen while it is written: its pages as pictures, with the answers of an example; nothing is saved."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any, cast

from flask import Response, make_response, render_template, request

from common.problems import Finding
from common.web import now, session
from designer.drafts import files_of
from designer.models import Draft
from designer.reading import definition_of_draft
from designer.tried_form import tried_form
from designer.views.blueprint import designer, keepers
from designer.views.draft_pages import draft_numbered
from designer.views.press import letter_pages
from form_builder.sampling import sample
from procedure_library.definition import Definition, Ending, Example
from procedure_library.letter_press import Situation

LONGEST_SOURCE = 200_000


@designer.post("/drafts/<int:number>/letters/preview")
@keepers
def preview_letter(number: int) -> Response:
    """The pages of the posted source as a fragment; 422 with what is wrong with it, and the line."""
    seen = preview(draft_numbered(number), _posted("source"), _posted("ending"), _posted("example"))
    wrong = seen["finding"] is not None
    return make_response(render_template("designer/_letter_preview.html", **seen), 422 if wrong else 200)


def preview(draft: Draft, source: str, ending: str, example: str) -> Mapping[str, Any]:
    """What the fragment shows: `pages`, addresses of pictures, or the `finding` for which there are none."""
    definition = definition_of_draft(files_of(session(), draft))
    if not isinstance(definition, Definition):
        return {"finding": definition[0], "pages": ()}
    drawn = letter_pages()(
        definition, source[:LONGEST_SOURCE], situation_of(definition, ending, example), at=now()
    )
    if isinstance(drawn, Finding):
        return {"finding": drawn, "pages": ()}
    pictures = [f"data:image/svg+xml;base64,{b64encode(page).decode()}" for page in drawn]
    return {"finding": None, "pages": pictures}


def situation_of(definition: Definition, ending: str, example: str = "") -> Situation:
    """The dossier of the example, of the first one where none is named; what it does not answer is invented."""
    named = [each for each in definition.examples if each.key == example]
    shown: Example | None = next(iter([*named, *definition.examples]), None)
    answers = sample(tried_form(definition.form), shown.facts.get("answers", {}) if shown else {})
    case_type = str(shown.facts.get("dossier", {}).get("case_type", "")) if shown else ""
    return Situation(answers, case_type, cast(Ending, ending or "granted"))


def _posted(name: str) -> str:
    return request.form.get(name, "")
