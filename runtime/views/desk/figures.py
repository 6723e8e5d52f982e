"""What leaders see: the figures of a period, the dossiers behind each of them, and the table as a file."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, abort, render_template, request, url_for

from common.clock import local_date
from common.identity.models import Unit
from common.text import Text
from common.web import current_actor, now, officials, session
from runtime.figures.counting import Figures, figures
from runtime.figures.listed import counted
from runtime.figures.names import names_of
from runtime.figures.period import Period, around, free, read
from runtime.figures.scope import units_led, with_below
from runtime.pages import After
from runtime.queries import count_escalated
from runtime.views.desk.blueprint import desk
from runtime.views.desk.figures_file import as_csv
from runtime.views.typed_day import typed_day
from runtime.watch.reading import count_of

leaders = officials("leader", "administrator")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for. `unit` None: all that the actor leads; `units` are those counted, `led` may be chosen."""

    period: Period
    unit: Unit | None
    procedure: str
    by: str
    units: tuple[Unit, ...]
    led: tuple[Unit, ...]
    today: date

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(unit.id for unit in self.units)

    def arguments(self, **changes: Any) -> dict[str, Any]:
        """The question as part of an address, with these changes; None leaves a name out."""
        asked = {
            "period": str(self.period),
            "unit": self.unit.key if self.unit else None,
            "procedure": self.procedure or None,
            "by": self.by,
        }
        return {**asked, **changes}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a unit or a procedure, its figures, and what to ask for to see only it."""

    key: str
    name: Text
    figures: Figures
    only: dict[str, Any]


@desk.get("/figures")
@leaders
def figures_page() -> str:
    asked = _question()
    lines = _lines(asked)
    return render_template(
        "desk/figures.html",
        asked=asked,
        escalated=count_escalated(session(), current_actor()),
        lines=lines,
        total=sum((line.figures for line in lines), Figures()),
        procedures=names_of(session()),
        # Who leads begins here: this is the way to what the clock tells.
        reminders=count_of(session(), current_actor()) if current_actor().holds("leader") else None,
        periods=_periods(asked.today),
        typed={name: request.args.get(name, "")[:10] for name in ("since", "until")},
        misread=[
            name
            for name in ("since", "until")
            if request.args.get(name) and not typed_day(request.args[name])
        ],
    )


@desk.get("/figures.csv")
@leaders
def figures_file() -> Response:
    asked = _question()
    answer = Response(as_csv(asked.by, _lines(asked)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="motcua-{asked.period}.csv"'
    return answer


@desk.get("/figures/dossiers")
@leaders
def figures_dossiers() -> str:
    asked, figure = _question(), request.args.get("figure", "")
    after = After.read(request.args.get("after", ""))
    listed = counted(
        session(),
        current_actor(),
        asked.period,
        asked.numbers,
        figure,
        today=asked.today,
        procedure=asked.procedure,
        after=after,
    )
    if listed is None:
        abort(404)
    return render_template(
        "desk/figures_dossiers.html",
        asked=asked,
        figure=figure,
        listed=listed,
        is_first=after is None,
        units={unit.id: unit for unit in asked.led},
        procedure=names_of(session()).get(asked.procedure),
    )


@desk.app_template_global("figures_address")
def figures_address(asked: Question, endpoint: str = "desk.figures_page", **changes: Any) -> str:
    """The address of the question with these changes."""
    return url_for(endpoint, **asked.arguments(**changes))


def _question() -> Question:
    led, today = units_led(session(), current_actor()), local_date(now())
    key, by = request.args.get("unit", ""), request.args.get("by", "")
    unit = next((unit for unit in led if unit.key == key), None)
    if key and unit is None:
        abort(404)
    units = with_below(led, [unit.id]) if unit else led
    return Question(
        period=_period(today),
        unit=unit,
        procedure=request.args.get("procedure", "").replace("\0", "")[:80],
        by=by if by in ("unit", "procedure") else "unit" if len(units) > 1 else "procedure",
        units=units,
        led=led,
        today=today,
    )


def _period(today: date) -> Period:
    """The period asked for; days that were typed go before one that was chosen, this month before nothing."""
    since, until = (typed_day(request.args.get(name, "")) for name in ("since", "until"))
    if since and until:
        typed = read(str(free(since, until)))
        if typed:
            return typed
    return read(request.args.get("period", "")) or around(today, "month")


def _periods(today: date) -> list[Period]:
    """What is offered: twelve months, four quarters, three years back from today."""
    found = []
    for kind, count in (("month", 12), ("quarter", 4), ("year", 3)):
        period = around(today, kind)
        for _number in range(count):
            found.append(period)
            period = period.earlier()
    return found


def _lines(asked: Question) -> list[Line]:
    """The lines in the order of the page; units and procedures without any dossier are left out."""
    places = figures(session(), asked.period, asked.numbers, today=asked.today, procedure=asked.procedure)
    sums: dict[Any, Figures] = {}
    for (unit, procedure), counts in places.items():
        key = unit if asked.by == "unit" else procedure
        sums[key] = sums.get(key, Figures()) + counts
    if asked.by == "unit":
        return [
            Line(
                unit.code,
                Text(unit.name_vi, unit.name_en),
                sums[unit.id],
                {"unit": unit.key, "by": "procedure"},
            )
            for unit in asked.units
            if unit.id in sums
        ]
    names = names_of(session())
    return [
        Line(key, names[key], sums[key], {"procedure": key, "by": "unit"}) for key in names if key in sums
    ]
