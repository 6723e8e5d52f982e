"""What the canvas asks of the server besides saving: places for everything, and the drawing on paper."""

from typing import Any

from flask import Response, abort, jsonify, make_response, render_template, request
from flask_babel import gettext as _

from common.messages import message_of
from common.problems import Refusal
from common.web import language, now, session
from designer.drawing_sheet import Sheet, drawing_sheet
from designer.views.blueprint import designer, keepers, writers
from designer.views.draft_pages import download, draft_numbered, frame
from procedure_library import queries
from procedure_library.bpmn import Steps, read_steps
from procedure_library.layout import drawn


@designer.post("/drafts/<int:number>/steps/layout")
@writers
def lay_out_steps(number: int) -> Response:
    """Where the steps that were sent stand best. Nothing is saved: the canvas takes it as one change."""
    draft_numbered(number)
    steps = read_steps(request.form.get("content", "").encode())
    if not isinstance(steps, Steps):
        abort(400)
    drawing = drawn(steps.steps, steps.transitions, by_lanes=request.form.get("lanes") == "yes")
    return make_response(jsonify(shapes=drawing.shapes, edges=drawing.edges), 200)


@designer.post("/drafts/<int:number>/steps/sheet.pdf")
@keepers
def draft_sheet(number: int) -> Response:
    shown = draft_numbered(number)
    state = _("Bản soạn thảo số %(number)s", number=shown.id)
    return _sheet(frame(shown)["row"].name.in_(language()), state, shown.procedure_key)


@designer.post("/procedures/<key>/versions/<int:number>/steps/sheet.pdf")
@keepers
def version_sheet(key: str, number: int) -> Response:
    found = (each for each in queries.versions_of(session(), key) if each.number == number)
    version = next(found, None) or abort(404)
    definition = queries.definition_of(session(), version.id).definition
    state = _("Phiên bản %(number)s", number=version.number)
    return _sheet(definition.name.in_(language()), state, f"{key}-{number}")


def _sheet(name: str, state: str, file: str) -> Response:
    body = request.get_json(silent=True)
    sent: dict[str, Any] = body if isinstance(body, dict) else {}
    lanes = sent.get("lanes")
    sheet = Sheet(
        name=name,
        state=state,
        printed=render_template("designer/_printed_on.html", at=now()).strip(),
        lanes_title=_("Các làn"),
        lanes=[str(lane) for lane in lanes] if isinstance(lanes, list) else (),
        language=language(),
    )
    made = drawing_sheet(str(sent.get("svg", "")), str(sent.get("paper", "")), sheet, at=now())
    if isinstance(made, Refusal):
        said = message_of(made, language())
        return make_response(
            f"{said.text}. {said.remedy}", 422, {"Content-Type": "text/plain; charset=utf-8"}
        )
    return download(made, f"{file}.pdf", "application/pdf")
