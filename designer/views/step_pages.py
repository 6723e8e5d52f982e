"""A step or transition of the list on a page of its own: the panel of the canvas as a form that is sent."""

import re
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from common.problems import Finding, Refusal
from common.web import session
from designer.drafts import files_of
from designer.step_listing import listed_steps
from designer.step_panel import Element, step_element, way_element
from designer.step_typing import step_changed, typed, way_changed, with_row, without_row
from designer.views.blueprint import designer, keepers, writers
from designer.views.saving import Clash, Open, done, found, opened, page
from designer.views.step_called import called, way_called
from designer.views.step_list import Written, drawn_in, list_address, part_of, targets_of, written
from designer.views.steps import checked, panel_of, published_keys
from procedure_library.bpmn import Steps
from procedure_library.definition import Step, Transition
from procedure_library.package import STEPS
from procedure_library.step_editing import removal_of
from procedure_library.step_editing.rules import CHOOSING

Part = Step | Transition
# "add.outcome", "remove.outcome.2": a row more, a row less, and nothing saved.
ROW = re.compile(r"(add|remove)\.([a-z]{1,20})(?:\.(\d{1,4}))?")


@designer.get("/drafts/<int:number>/steps/list/<key>")
@keepers
def listed_part(number: int, key: str) -> Response:
    file = opened(number, STEPS)
    steps = drawn_in(file)
    part = found(part_of(steps, key))
    return _shown(file, steps, part, _element(steps, part))


@designer.post("/drafts/<int:number>/steps/list/<key>")
@writers
def change_part(number: int, key: str) -> Response:
    file = opened(number, STEPS)
    steps = drawn_in(file)
    part = found(part_of(steps, key))
    element, act = typed(_element(steps, part), request.form), request.form.get("act", "")
    if row := ROW.fullmatch(act):
        return _shown(file, steps, part, _with_other_rows(element, row))
    answer = _changed(file, steps, part, element)
    if isinstance(answer, Refusal | tuple):
        return _wrong(file, steps, part, element, answer)
    saved = file.save(answer.content)
    if isinstance(saved, Clash):
        return _shown(file, steps, part, element, clash=saved)
    stays = url_for("designer.listed_part", number=number, key=answer.key)
    return done(saved, stays if act == "stay" else list_address(number, answer.key), _("Đã lưu."))


def _element(steps: Steps, part: Part) -> Element:
    said = step_element if isinstance(part, Step) else way_element
    return said(steps, part, called)  # type: ignore[operator]


def _with_other_rows(element: Element, asked: re.Match[str]) -> Element:
    if asked[1] == "add":
        return with_row(element, asked[2])
    return without_row(element, asked[2], int(asked[3] or 0))


def _changed(
    file: Open, steps: Steps, part: Part, element: Element
) -> Written | Refusal | tuple[Finding, ...]:
    if isinstance(part, Transition):
        return written(file, way_changed(steps, element))
    said = step_changed(steps, part, element, published_keys(file.draft))
    return said if isinstance(said, tuple) else written(file, said)


def _wrong(
    file: Open, steps: Steps, part: Part, element: Element, answer: Refusal | tuple[Finding, ...]
) -> Response:
    problems = answer if isinstance(answer, tuple) else (answer,)
    return _shown(file, steps, part, element, status=422, refused=problems)


def _shown(
    file: Open, steps: Steps, part: Part, element: Element, *, status: int = 200, **more: Any
) -> Response:
    panel = panel_of(file.draft, element)
    found_here = checked(file.draft, files_of(session(), file.draft), "step_list")["here"]
    listed = listed_steps(steps, panel["offers"], found_here)
    is_way = isinstance(part, Transition)
    asks = not is_way or (element["from_kind"] in CHOOSING and not element["on"])
    shown = {
        **panel,
        "part": part,
        "is_way": is_way,
        "name": way_called(steps, part) if isinstance(part, Transition) else called(part),
        "listed": next(each for each in listed if each.step.key == (part.source if is_way else part.key)),
        "removal": removal_of(steps, part.key) if isinstance(part, Step) else None,
        "way_called": lambda way: way_called(steps, way),
        "targets": targets_of(steps),
        "saves_to": url_for("designer.change_part", number=file.draft.id, key=part.key) if asks else "",
    }
    return page("designer/step_page.html", file, status=status, **shown, **more)
