"""A file of rates: read, shown as what it would change, and recorded only then. Mistakes are mended on the page."""

from typing import cast

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import ngettext

from common.clock import local_date
from common.problems import Finding
from common.text import nfc
from common.web import current_actor, now, problems_page, session
from designer.views.blueprint import designer
from designer.views.calendar import administrators
from designer.views.rate_forms import LONGEST_FILE, RateFileForm
from designer.views.rates import pair_of, series_at, shown
from procedure_library.rate_entering import Changes, enter, look_at
from procedure_library.rate_files import read_rates
from procedure_library.rates import Series

PAGE = "designer/rate_file.html"


@designer.get("/reference/rates/<name>/<pair>/file")
@administrators
def rate_file(name: str, pair: str) -> str:
    series = series_at(name, pair)
    return render_template(PAGE, form=RateFileForm(formdata=None), shown=shown(series, local_date(now())))


@designer.post("/reference/rates/<name>/<pair>/file")
@administrators
def take_rate_file(name: str, pair: str) -> Response | str:
    """«look» shows what the file would change; «record» records what stands on the page."""
    series, form = series_at(name, pair), RateFileForm()
    known = {"form": form, "shown": shown(series, local_date(now()))}
    text = _sent(form)
    found = (text,) if isinstance(text, Finding) else _changes(series, text)
    form.content.data = form.content.data if isinstance(text, Finding) else text
    if not isinstance(found, Changes):
        return problems_page(PAGE, findings=found, **known)
    if request.form.get("do") != "record":
        return render_template(PAGE, changes=found, **known)
    count = enter(session(), found, by=current_actor(), at=now())
    flash(ngettext("Đã ghi %(num)s tỷ giá.", "Đã ghi %(num)s tỷ giá.", count), "success")
    return cast(Response, redirect(url_for("designer.rates", name=name, pair=pair_of(series)), 303))


def _changes(series: Series, text: str) -> Changes | tuple[Finding, ...]:
    sheet = read_rates(text)
    return sheet if isinstance(sheet, tuple) else look_at(session(), series, sheet, today=local_date(now()))


def _sent(form: RateFileForm) -> str | Finding:
    """The text of the file that was chosen, else what stands on the page."""
    sent = request.files.get("file")
    if not sent or not sent.filename:
        return nfc(form.content.data or "")[:LONGEST_FILE]
    content = sent.stream.read(LONGEST_FILE + 1)
    if len(content) > LONGEST_FILE:
        return Finding("reference.rates_too_long", "rates", {"most": LONGEST_FILE // 1000})
    try:
        return nfc(content.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        return Finding("reference.rates_unreadable", "rates", {"reason": f"UTF-8: {wrong.reason}"})
