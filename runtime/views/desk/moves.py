"""Moves of dossiers to another version, for leaders: asked for, previewed, ordered, undone; each page says how far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from common.i18n import language
from common.identity.models import Unit
from common.problems import Refusal
from common.text import Text
from common.web import current_actor, now, officials, session
from form_builder.faults import called
from procedure_library.models import Version
from procedure_library.queries import definition_of, standing_versions
from procedure_library.transition import TransitionClause
from runtime.figures.names import names_of
from runtime.models.moves import Move
from runtime.moves import asking, carrying_out
from runtime.moves.asking import Wanted
from runtime.moves.reading import Line, lines, move_for, moves_of, summary
from runtime.views.desk.blueprint import desk
from runtime.views.found import found
from runtime.views.typed_day import typed_day

leaders = officials("leader")

# How many seconds a page of work under way stands before the browser asks again.
AGAIN_AFTER = "5"
AT_WORK = ("previewing", "moving", "undoing")


@dataclass(frozen=True, slots=True)
class Shown:
    """A dossier of a move in words: `why` says why it cannot move or was left out, `again` what to answer anew."""

    line: Line
    why: Refusal | None
    again: tuple[str, ...]


@desk.get("/moves")
@leaders
def moves() -> str:
    return render_template(
        "desk/moves.html", moves=moves_of(session(), current_actor()), names=names_of(session())
    )


@desk.get("/moves/new")
@leaders
def move_new() -> Response:
    return make_response(_asking_page())


@desk.post("/moves")
@leaders
def ask_for_move() -> Response:
    """A preview of what the form says; a job works it out."""
    wanted = _wanted()
    answer = (
        asking.ask(session(), wanted, by=current_actor(), at=now()) if isinstance(wanted, Wanted) else wanted
    )
    if isinstance(answer, Refusal):
        return make_response(_asking_page([answer], request.form), 422)
    return _to(answer)


@desk.get("/moves/<int:number>")
@leaders
def move(number: int) -> Response:
    shown = _own(number)
    answer = make_response(_page(shown))
    if shown.status in AT_WORK:
        answer.headers["Refresh"] = AGAIN_AFTER
    return answer


@desk.post("/moves/<int:number>/steps")
@leaders
def choose_steps(number: int) -> Response:
    """The same preview once more, with the steps that stand for those the version does not have."""
    shown = _own(number)
    steps = {
        key.removeprefix("step."): to for key, to in request.form.items() if key.startswith("step.") and to
    }
    answer = asking.again(session(), shown, steps, by=current_actor(), at=now())
    return _refused(shown, answer) if isinstance(answer, Refusal) else _to(answer)


@desk.post("/moves/<int:number>/order")
@leaders
def order_move(number: int) -> Response:
    shown, basis = _own(number), request.form.get("basis", "")
    answer = carrying_out.order(session(), shown, basis=basis, by=current_actor(), at=now())
    if isinstance(answer, Refusal):
        return _refused(shown, answer)
    flash(_("Đang chuyển hồ sơ theo đúng bản xem trước."), "success")
    return _to(answer)


@desk.post("/moves/<int:number>/undoing")
@leaders
def undo_move(number: int) -> Response:
    shown, reason = _own(number), request.form.get("reason", "")
    typed = request.form.get("dossier", "")
    answer = carrying_out.order_undoing(
        session(), shown, reason=reason, only=_number(typed), by=current_actor(), at=now()
    )
    if isinstance(answer, Refusal):
        return _refused(shown, answer)
    flash(_("Đang hoàn tác những hồ sơ chưa có việc nào khác."), "success")
    return _to(answer)


def _own(number: int) -> Move:
    return found(move_for(session(), number, current_actor()))


def _to(move: Move) -> Response:
    return make_response(redirect(url_for("desk.move", number=move.id), 303))


def _refused(move: Move, refusal: Refusal) -> Response:
    return make_response(_page(move, [refusal]), 422)


def _page(move: Move, problems: list[Refusal] | None = None) -> str:
    after, outcome = _number(request.args.get("after", "")) or 0, request.args.get("outcome", "")
    rows, further = lines(session(), move, after=after, outcome=outcome)
    figures = summary(session(), move)
    old, new = _steps_of(move.from_versions), _steps_of([move.to_version_id])
    units = session().scalars(select(Unit).where(Unit.id.in_(move.units)).order_by(Unit.code)).all()
    return render_template(
        "desk/move.html",
        move=move,
        name=names_of(session())[move.procedure_key],
        clause=TransitionClause.of(move.version.publication),
        versions=_numbers(move),
        units=units,
        summary=figures,
        rows=[_shown(move, line, old) for line in rows],
        old=old,
        new=new,
        outcome=outcome,
        after=further,
        is_first=not after,
        only=_number(request.args.get("only", "") or request.form.get("dossier", "")),
        typed={name: request.form.get(name, "") for name in ("basis", "reason")},
        problems=problems or [],
        reason_of=lambda code, steps: Refusal(code, _step_named(steps, old)),
    )


def _shown(move: Move, line: Line, old: Mapping[str, Text]) -> Shown:
    gone = line.told.parameters.get("step")
    parameters = {**line.told.parameters, **(_step_named([gone], old) if gone else {})}
    form = definition_of(session(), move.to_version_id).form_at("filing", line.dossier.case_type)
    again = tuple(called(form, place, language()) for place in line.told.again)
    return Shown(line, Refusal(line.why, parameters) if line.why else None, again)


def _step_named(keys: Sequence[str], names: Mapping[str, Text]) -> dict[str, str]:
    """The steps as a sentence calls them, in both languages."""
    steps = [names.get(key, Text(key)) for key in keys]
    return {"step": ", ".join(s.vi for s in steps), "step_en": ", ".join(s.in_("en") for s in steps)}


def _steps_of(versions: list[int]) -> dict[str, Text]:
    """The names of their steps by key; of several versions the newest has the word."""
    definitions = (definition_of(session(), version).definition for version in sorted(versions))
    return {step.key: step.name for definition in definitions for step in definition.steps}


def _numbers(move: Move) -> list[int]:
    question = select(Version.number).where(Version.id.in_(move.from_versions)).order_by(Version.number)
    return list(session().scalars(question))


def _asking_page(problems: list[Refusal] | None = None, typed: Mapping[str, str] | None = None) -> str:
    """The form: first the procedure, then which of its dossiers and where to."""
    names = names_of(session())
    key = request.values.get("procedure", "")
    if key and key not in names:
        abort(404)
    versions = standing_versions(session(), key) if key else ()
    led = current_actor().units("leader")
    return render_template(
        "desk/move_new.html",
        names=names,
        key=key,
        versions=versions,
        steps=_steps_of([version.id for version in versions]) if versions else {},
        units=session().scalars(select(Unit).where(Unit.id.in_(led)).order_by(Unit.code)).all(),
        typed=typed or {},
        chosen=request.form.getlist("from"),
        problems=problems or [],
    )


def _wanted() -> Wanted | Refusal:
    """What the form asks for."""
    versions = {
        str(each.id): each for each in standing_versions(session(), request.form.get("procedure", ""))
    }
    to = versions.get(request.form.get("to", ""))
    if to is None:
        return Refusal("dossiers.move.no_versions")
    days = [_day(name) for name in ("since", "until")]
    for day in days:
        if isinstance(day, Refusal):
            return day
    since, until = (day if isinstance(day, date) else None for day in days)
    led = current_actor().units("leader")
    unit = _number(request.form.get("unit", ""))
    sources = [version.id for key, version in versions.items() if key in request.form.getlist("from")]
    asks_again = request.form.get("asks_again") == "yes"
    step = request.form.get("step", "")[:80]
    return Wanted(to, sources, {unit} if unit else led, step, since, until, asks_again)


def _day(name: str) -> date | Refusal | None:
    typed = request.form.get(name, "").strip()
    return (
        (typed_day(typed) or Refusal("dossiers.move.day_misread", {"typed": typed[:20]})) if typed else None
    )


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
