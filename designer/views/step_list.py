"""The steps of a draft as a list, edited without the canvas: steps and ways put in, led elsewhere, taken out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice

from common.problems import Refusal
from common.text import Text
from common.web import session
from designer.drafts import files_of
from designer.undoing import steps_of
from designer.views.blueprint import designer, keepers, writers
from designer.views.listed_here import step_list_of
from designer.views.saving import Clash, Open, done, found, opened, page
from designer.views.step_called import called, kind_called, way_called
from designer.views.step_forms import ADDED, NewStepForm, NewWayForm, StartForm
from designer.views.steps import checked
from procedure_library.bpmn import Steps, read_steps, write_steps
from procedure_library.definition import Step, Transition
from procedure_library.package import STEPS
from procedure_library.step_editing import (
    Edited,
    begin,
    connect,
    insert_from,
    insert_on,
    interruptions_of,
    redirect,
    remove_step,
    remove_way,
    walk,
)

LIST = "designer/steps_listed.html"


@designer.get("/drafts/<int:number>/steps/list")
@keepers
def step_list(number: int) -> Response:
    return _listed(opened(number, STEPS))


@designer.post("/drafts/<int:number>/steps/beginning")
@writers
def begin_steps(number: int) -> Response:
    """The step with which everything begins, where somebody took it out."""
    file, form = opened(number, STEPS), StartForm()
    steps = drawn_in(file)
    if not form.validate():
        return _listed(file, status=422, start=form)
    return _acted(file, begin(steps, form.name), _("Đã thêm bước bắt đầu."))


@designer.get("/drafts/<int:number>/steps/list/<key>/next-step")
@writers
def new_step(number: int, key: str) -> Response:
    """`key` is a step, or the transition on which the new one goes."""
    file = opened(number, STEPS)
    form = NewStepForm(formdata=None)
    return _step_asked(file, form, found(part_of(drawn_in(file), key)))


@designer.post("/drafts/<int:number>/steps/list/<key>/next-step")
@writers
def make_step(number: int, key: str) -> Response:
    file, form = opened(number, STEPS), NewStepForm()
    steps = drawn_in(file)
    part = part_of(steps, key)
    if part is None:
        return _refused(file, Refusal("steps.gone"))
    again = partial(_step_asked, file, form, part)
    if not form.validate():
        return again(status=422)
    made = _inserted(steps, part, form.place.data or "", form.kind.data or "", form.name)
    return _kept(file, made, again, _("Đã thêm bước."))


@designer.get("/drafts/<int:number>/steps/list/<key>/next-way")
@writers
def new_way(number: int, key: str) -> Response:
    file = opened(number, STEPS)
    return _way_asked(file, NewWayForm(formdata=None), found(_step(drawn_in(file), key)))


@designer.post("/drafts/<int:number>/steps/list/<key>/next-way")
@writers
def make_way(number: int, key: str) -> Response:
    file, form = opened(number, STEPS), NewWayForm()
    steps = drawn_in(file)
    step = _step(steps, key)
    if step is None:
        return _refused(file, Refusal("steps.gone"))
    form.validate()
    made = connect(steps, key, form.target.data or "", form.on.data or None)  # type: ignore[arg-type]
    return _kept(file, made, partial(_way_asked, file, form, step), _("Đã thêm đường."))


@designer.post("/drafts/<int:number>/steps/list/<key>/target")
@writers
def lead_way(number: int, key: str) -> Response:
    file = opened(number, STEPS)
    answer = redirect(drawn_in(file), key, request.form.get("target", ""))
    return _acted(file, answer, _("Đường này nay dẫn tới bước khác."))


@designer.post("/drafts/<int:number>/steps/list/<key>/removal")
@writers
def take_out(number: int, key: str) -> Response:
    """A step, or a transition."""
    file = opened(number, STEPS)
    steps = drawn_in(file)
    if _step(steps, key):
        return _acted(file, remove_step(steps, key), _("Đã bỏ bước."))
    return _acted(file, remove_way(steps, key), _("Đã bỏ đường."))


@designer.post("/drafts/<int:number>/steps/undoing")
@writers
def step_in_steps(number: int) -> Response:
    """`to` is "back" or "forth"."""
    file = opened(number, STEPS)
    states = steps_of(session(), file.draft, STEPS)
    is_back = request.form.get("to") == "back"
    save = found(states.back if is_back else states.forth)
    words = _("Đã hoàn tác thay đổi vừa rồi.") if is_back else _("Đã làm lại thay đổi vừa hoàn tác.")
    return done(file.save(save.content), list_address(number), words)


def drawn_in(file: Open) -> Steps:
    """What the file draws; 404 while it cannot be read: the list says why."""
    steps = read_steps(file.content.encode())
    return steps if isinstance(steps, Steps) else found(None)


def part_of(steps: Steps, key: str) -> Step | Transition | None:
    """The step of that key, else the transition whose ends are there."""
    known = {step.key for step in steps.steps}
    ways = (way for way in steps.transitions if way.key == key and {way.source, way.target} <= known)
    return _step(steps, key) or next(ways, None)


@dataclass(frozen=True, slots=True)
class Written:
    """The steps after an edit as a file holds them, and the key of what was made or changed."""

    content: str
    key: str


def written(file: Open, answer: Edited | Refusal) -> Written | Refusal:
    """In our own spelling; what a file cannot hold is refused."""
    if isinstance(answer, Refusal):
        return answer
    content = write_steps(answer.steps, file.draft.procedure_key)
    is_readable = isinstance(read_steps(content), Steps)
    return Written(content.decode(), answer.key) if is_readable else Refusal("steps.cannot_be_written")


def _kept(file: Open, edited: Edited | Refusal, again: Callable[..., Response], words: str) -> Response:
    """The list at what was made; else the page that asked for it `again`, with what was typed."""
    answer = written(file, edited)
    if isinstance(answer, Refusal):
        return again(status=422, refused=(answer,))
    saved = file.save(answer.content)
    if isinstance(saved, Clash):
        return again(clash=saved)
    return done(saved, list_address(file.draft.id, answer.key), words)


def _acted(file: Open, edited: Edited | Refusal, words: str) -> Response:
    """After an act that has no form of its own: the list, at what was made, or with why nothing was done."""
    answer = written(file, edited)
    if isinstance(answer, Refusal):
        return _refused(file, answer)
    saved = file.save(answer.content)
    return done(saved, list_address(file.draft.id, answer.key), words)


def list_address(number: int, key: str = "") -> str:
    return url_for("designer.step_list", number=number, _anchor=f"step-{key}" if key else None)


def _refused(file: Open, refusal: Refusal) -> Response:
    return _listed(file, status=422, refused=(refusal,))


def _listed(file: Open, status: int = 200, start: StartForm | None = None, **more: Any) -> Response:
    files = files_of(session(), file.draft)
    found_here = checked(file.draft, files, "step_list")
    shown = step_list_of(file.draft, files, file.saved, found_here["here"])
    if start:
        shown["start"] = start
    return page(LIST, file, status=status, **{**found_here, **shown, **more})


def _inserted(steps: Steps, part: Step | Transition, place: str, kind: str, name: Text) -> Edited | Refusal:
    where, _colon, rest = place.partition(":")
    if isinstance(part, Transition):
        return insert_on(steps, part.key, kind, name)
    if where == "on" and rest in {way.key for way in steps.transitions if way.source == part.key}:
        return insert_on(steps, rest, kind, name)
    return insert_from(steps, part.key, kind, name, rest or None)  # type: ignore[arg-type]


def _step_asked(
    file: Open, form: FlaskForm, part: Step | Transition, *, status: int = 200, **more: Any
) -> Response:
    steps = drawn_in(file)
    form.kind.choices = [SelectChoice(kind, kind_called(kind)) for kind in ADDED]
    form.place.choices = _places(steps, part) if isinstance(part, Step) else []
    return page("designer/step_new.html", file, status=status, form=form, **_about(steps, part), **more)


def _way_asked(file: Open, form: FlaskForm, step: Step, *, status: int = 200, **more: Any) -> Response:
    steps = drawn_in(file)
    form.target.choices = targets_of(steps)
    form.on.choices = [SelectChoice("", _("Khi bước này xong")), *_interruptions(steps, step)]
    return page("designer/way_new.html", file, status=status, form=form, **_about(steps, step), **more)


def targets_of(steps: Steps) -> list[SelectChoice]:
    """Steps to lead a way to, in the order of the walk."""
    return [SelectChoice(step.key, called(step)) for step in walk(steps) if step.kind != "start"]


def _places(steps: Steps, step: Step) -> list[SelectChoice]:
    """Where a step may go after another: where one way leads on, on that way; else at the end of a new one."""
    ways = [way for way in steps.transitions if way.source == step.key]
    on = [
        SelectChoice(f"on:{way.key}", _("Chèn vào đường: %(way)s", way=way_called(steps, way)))
        for way in ways
    ]
    new = SelectChoice("from:", _("Ở cuối một đường mới ra khỏi bước này"))
    plain = [way for way in ways if way.on is None]
    first = (
        [*on, new] if len(plain) == 1 and step.kind not in ("branch", "inclusive", "split") else [new, *on]
    )
    interrupting = [
        SelectChoice(f"from:{each.value}", _("Ở cuối một đường mới: %(when)s", when=each.label))
        for each in _interruptions(steps, step)
    ]
    return [*first, *interrupting]


def _interruptions(steps: Steps, step: Step) -> list[SelectChoice]:
    words = {"overdue": _("khi quá hạn"), "withdrawn": _("khi rút hồ sơ"), "failure": _("khi không làm được")}
    return [SelectChoice(on, words[on]) for on in interruptions_of(steps, step)]


def _about(steps: Steps, part: Step | Transition) -> dict[str, Any]:
    name = called(part) if isinstance(part, Step) else way_called(steps, part)
    return {"part": part, "part_name": name, "is_way": isinstance(part, Transition)}


def _step(steps: Steps, key: str) -> Step | None:
    return next((step for step in steps.steps if step.key == key), None)
