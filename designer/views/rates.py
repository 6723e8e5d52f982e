"""The rates of exchange that rules read: each series with its days, what is missing, and a day to be added."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.i18n import message_in_language
from common.identity.administration.forms import blame
from common.problems import Problem
from common.text import Text
from common.web import current_actor, language, now, problems_page, session
from designer.views.blueprint import designer, keepers
from designer.views.calendar import administrators
from designer.views.rate_forms import SHOWN, RateForm, SpanForm
from form_builder.numerals import write_number
from procedure_library.models import Version
from procedure_library.queries import definition_of
from procedure_library.rate_entering import Changes, enter, look_at
from procedure_library.rate_files import Sheet
from procedure_library.rate_series import known_series, missing_days, readers_of
from procedure_library.rates import RateRow, Series, history_between, latest_rate
from procedure_library.reference import calendar_for

PAGE = "designer/rates.html"


@dataclass(frozen=True, slots=True)
class Shown:
    """A series as pages speak of it: the title its rule gives it, the procedures that read it, the last rate."""

    series: Series
    title: Text
    readers: tuple[Version, ...]
    latest: RateRow | None
    missing: tuple[date, ...]

    @property
    def address(self) -> str:
        return url_for("designer.rates", name=self.series.name, pair=pair_of(self.series))


@designer.get("/reference/rates/<name>/<pair>")
@keepers
def rates(name: str, pair: str) -> str:
    series = series_at(name, pair)
    page = _page(series)
    last = page["shown"].latest
    form = RateForm(formdata=None, day=page["span"].day.data, source=last.source if last else "")
    return render_template(PAGE, form=form, **page)


@designer.post("/reference/rates/<name>/<pair>")
@administrators
def add_rate(name: str, pair: str) -> Response:
    series, form = series_at(name, pair), RateForm()
    if not form.validate():
        return problems_page(PAGE, form=form, **_page(series))
    entry = form.entry()
    today = local_date(now())
    changes = entry if isinstance(entry, tuple) else look_at(session(), series, Sheet((entry,)), today=today)
    if not isinstance(changes, Changes):
        problems = [Problem(wrong.code, wrong.where, wrong.parameters) for wrong in changes]
        blame(form, problems, message_in_language)
        return problems_page(PAGE, form=form, **_page(series))
    enter(session(), changes, by=current_actor(), at=now())
    flash(_told(changes), "success")
    return cast(Response, redirect(_where_it_stands(series, form.day.data, today), 303))


def shown_series(today: date) -> list[Shown]:
    """Every series that some published procedure reads."""
    return [shown(series, today) for series in known_series(session())]


def shown(series: Series, today: date) -> Shown:
    readers = readers_of(session(), series)
    rules = definition_of(session(), max(reader.id for reader in readers)).rules.rules
    title = next(rule.title for rule in rules if rule.name == series.name)
    title = title if title.vi else Text(series.name)
    recorded = history_between(session(), series, today - SHOWN, today)
    missing = _missing(recorded, today - SHOWN, today)
    return Shown(series, title, readers, latest_rate(session(), series), missing)


def series_at(name: str, pair: str) -> Series:
    """The series of the address; 404 when no published rules read it."""
    asked = (series for series in known_series(session()) if (series.name, pair_of(series)) == (name, pair))
    return next(asked, None) or abort(404)


def pair_of(series: Series) -> str:
    """Both currencies as an address holds them."""
    return f"{series.from_currency}-{series.to_currency}"


@designer.app_template_filter("rate")
def rate_text(value: Decimal) -> str:
    """26.105,5 in Vietnamese, 26,105.5 in English: every digit that was published."""
    return write_number(value, language())


def _page(series: Series) -> dict[str, Any]:
    today = local_date(now())
    span = SpanForm(request.args)
    if "since" in request.args:
        span.validate()
    since, until = span.days(today)
    history = history_between(session(), series, since, until)
    span.since.data, span.until.data = since, until
    return {
        "shown": shown(series, today),
        "span": span,
        "since": since,
        "until": until,
        "days": sorted(history.items(), reverse=True),
        "missing": _missing(history, since, until),
        "today": today,
    }


def _missing(recorded: Collection[date], since: date, until: date) -> tuple[date, ...]:
    calendar = calendar_for(session(), local_date(now()))
    return tuple(missing_days(calendar, recorded, since, until)) if calendar else ()


def _told(changes: Changes) -> str:
    (change,) = changes.each
    words = {"rate": rate_text(change.entry.value), "day": f"{change.entry.day:%d/%m/%Y}"}
    match change.kind:
        case "new":
            return str(_("Đã ghi tỷ giá %(rate)s của ngày %(day)s.", **words))
        case "corrects":
            return str(_("Đã sửa tỷ giá ngày %(day)s thành %(rate)s. Số cũ vẫn được lưu.", **words))
    return str(_("Ngày %(day)s đã ghi tỷ giá %(rate)s như vậy; không có gì thay đổi.", **words))


def _where_it_stands(series: Series, day: date, today: date) -> str:
    """The page of the series with a span that has the day."""
    span = {} if day >= today - SHOWN else {"since": f"{day:%d/%m/%Y}", "until": f"{day + SHOWN:%d/%m/%Y}"}
    return url_for("designer.rates", name=series.name, pair=pair_of(series), **span)
