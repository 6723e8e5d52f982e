"""The canvas: the page with the drawing, saving it as one draws, and the panel of the selected step."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, make_response, render_template, request, url_for

from common.clock import local_date
from common.text import Text
from common.web import current_actor, language, now, session
from designer import drafts
from designer.case_matrix import ways_by_case_type
from designer.finding_spots import DRAWN
from designer.models import Draft
from designer.offers import Offers, offers
from designer.reading import definition_of_draft, findings_meanwhile
from designer.steps_text import in_our_spelling
from designer.views.around import around
from designer.views.blueprint import designer, keepers, writers
from designer.views.counting import resting
from designer.views.draft_pages import draft_numbered, frame
from designer.views.drawing_words import WORKING, drawing_in, drawing_words
from designer.views.listed_here import step_list_of
from designer.views.offered_remedies import offered
from designer.views.panel_element import element_in
from procedure_library.bpmn import Steps, read_steps
from procedure_library.calling import callables, in_force
from procedure_library.definition import CASE_TYPE, Definition
from procedure_library.package import HEAD, STEPS
from procedure_library.queries import definition_of
from procedure_library.reference import calendar_for
from procedure_library.spoken_ways import walked

# As many drawings as the canvas sends along; more are not ours.
MOST_UNANSWERED = 4


@designer.get("/drafts/<int:number>/steps")
@keepers
def draft_steps(number: int) -> str:
    shown = draft_numbered(number)
    files = drafts.files_of(session(), shown)
    saved = drafts.file_of(session(), shown, STEPS)
    found = checked(shown, files)
    listed = step_list_of(shown, files, saved, found["here"])
    return render_template(
        "designer/canvas.html",
        **frame(shown),
        **found,
        **listed,
        saved=saved,
        drawing=drawing_in(files, listed["offers"], shown.procedure_key),
        published=published_keys(shown),
        counts=resting(shown.based_on.id if shown.based_on else None),
        addresses=_addresses(number),
        case_types=listed["offers"].values[CASE_TYPE],
        **drawing_words(shown.procedure_key),
    )


def _addresses(number: int) -> dict[str, str]:
    """Where the canvas sends what."""
    asked = {
        "save": "save_steps",
        "set_aside": "set_steps_aside",
        "panel": "step_panel",
        "layout": "lay_out_steps",
        "sheet": "draft_sheet",
    }
    return {name: url_for(f"designer.{view}", number=number) for name, view in asked.items()}


@designer.post("/drafts/<int:number>/steps")
@writers
def save_steps(number: int) -> Response:
    return _saved(draft_numbered(number), _revision())


@designer.post("/drafts/<int:number>/steps/set-aside")
@writers
def set_steps_aside(number: int) -> Response:
    """Keeps what was drawn here in the history, and leaves standing what somebody else saved."""
    shown = draft_numbered(number)
    drafts.set_aside(session(), shown, STEPS, _sent(shown), by=current_actor(), at=now())
    return make_response("", 204)


@designer.post("/drafts/<int:number>/steps/panel")
@keepers
def step_panel(number: int) -> str:
    shown = draft_numbered(number)
    element = element_in(request.get_json(silent=True)) or abort(400)
    return render_template("designer/_step.html", **frame(shown), **panel_of(shown, element))


def panel_of(shown: Draft, element: Mapping[str, Any]) -> dict[str, Any]:
    """What the panel shows of a step or transition, and what it offers to pick; also on a page of its own."""
    choices = offers(drafts.files_of(session(), shown))
    return {
        "element": element,
        "offers": choices,
        "roles": WORKING,
        "values": _values(element, choices),
        "callables": callables(session(), local_date(now())) if element["kind"] == "call" else {},
        "callee": _callee(str(element.get("procedure", ""))),
    }


def _callee(key: str) -> Definition | None:
    """The procedure that a call names, where it may be called."""
    found = in_force(session(), key, local_date(now())) if key else None
    return found if found is not None and found.interface is not None else None


def _values(element: Mapping[str, Any], offered: Offers) -> list[tuple[str, str]]:
    """What a branch may go by, with its words: the values of its choice, else the outcomes before it; the conditions of
    an inclusive split."""
    if "inclusive" in (element.get("kind"), element.get("from_kind")):
        return [(name, title.in_(language())) for name, title in offered.conditions.items()]
    if choice := element.get("choice"):
        words = offered.values.get(str(choice), {})
        return [(value, word.in_(language())) for value, word in words.items()]
    labels = {
        str(each["key"]): Text(str(each["label"]), str(each.get("label_en", "")))
        for each in element.get("before", ())
    }
    return [(key, label.in_(language())) for key, label in labels.items()]


def _saved(shown: Draft, revision: int) -> Response:
    content = _sent(shown)
    saved = drafts.save(session(), shown, STEPS, content, revision=revision, by=current_actor(), at=now())
    if isinstance(saved, drafts.Conflict) and saved.content in _unanswered(shown):
        # What stands there is what this page sent before and had no answer to.
        return _saved(shown, saved.revision)
    if isinstance(saved, drafts.Conflict):
        return make_response(render_template("designer/_canvas_conflict.html", theirs=saved), 409)
    if not isinstance(saved, drafts.Saved):
        return make_response(render_template("designer/_canvas_refused.html", refusal=saved), 422)
    found = checked(shown, drafts.files_of(session(), shown))
    return make_response(render_template("designer/_canvas_findings.html", draft=shown, saved=saved, **found))


def checked(shown: Draft, files: Mapping[str, str], page: str = "draft_steps") -> dict[str, Any]:
    """What is wrong with the draft: in its steps, and elsewhere. Whoever draws does not wait for proofs of rules."""
    found = findings_meanwhile(files, calendar_for(session(), local_date(now())), around)
    steps = read_steps(files.get(STEPS, "").encode())
    keys = _keys(steps) if isinstance(steps, Steps) else frozenset()
    here = [f for f in found if f.where.partition(".")[0] in {*keys, "steps"} or f.code.startswith(DRAWN)]
    told = (f for f in here if isinstance(steps, Steps) and "way" not in f.parameters)
    return {
        "keys": keys,
        "case_ways": ways_by_case_type(steps, files.get(HEAD, "")) if isinstance(steps, Steps) else {},
        "here": here,
        "walks": {f.path: walked(steps, f.path) for f in told},
        "remedies": offered(shown, here, definition_of_draft(files), page),
        "elsewhere": [f for f in found if f not in here],
    }


def _keys(drawn: Steps | Definition) -> frozenset[str]:
    return frozenset(part.key for part in (*drawn.steps, *drawn.transitions))


def published_keys(shown: Draft) -> list[str]:
    """Keys that dossiers and statistics know already: naming a step anew does not change them."""
    if shown.based_on is None:
        return []
    return sorted(_keys(definition_of(session(), shown.based_on.id).definition))


def _sent(shown: Draft) -> str:
    """The drawing as the canvas sent it, in our spelling."""
    return in_our_spelling(request.form.get("content", ""), shown.procedure_key)


def _unanswered(shown: Draft) -> tuple[str, ...]:
    """The drawings that the canvas sent before and had no answer to."""
    earlier = request.form.getlist("unanswered")[:MOST_UNANSWERED]
    return tuple(in_our_spelling(content, shown.procedure_key) for content in earlier)


def _revision() -> int:
    typed = request.form.get("revision", "")
    return int(typed) if typed.isdecimal() else abort(400)
