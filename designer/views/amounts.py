"""Amounts that a province or unit decides: which there are, what stands, and recording a further one."""

from typing import Any, cast

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.i18n import said_in_language
from common.identity.administration.forms import offer
from common.problems import Finding
from common.text import Text
from common.web import current_actor, language, now, session
from designer.local_amounts import (
    Local,
    area_names,
    bound_text,
    decided,
    deciding_areas,
    in_words,
    key_texts,
    locals_in,
    row_text,
)
from designer.views.amount_form import AmountForm, fingerprint, known
from designer.views.blueprint import designer, keepers
from designer.views.calendar import administrators
from designer.views.procedures import LONGEST_SEARCH, after_in_address
from procedure_library import queries
from procedure_library.amount_gate import Decision, effect_of
from procedure_library.amounts import decide, judged, newest_row
from procedure_library.models import Version
from procedure_library.reference import ParameterRow

# Procedures looked through for one page of the list.
PER_PAGE = 50


@designer.get("/reference/amounts")
@keepers
def amounts() -> str:
    text, today = request.args.get("q", "")[:LONGEST_SEARCH].strip(), local_date(now())
    listed = queries.search(session(), text, on=today, after=after_in_address(), limit=PER_PAGE)
    return render_template(
        "designer/amounts.html",
        text=text,
        listed=listed,
        is_first=after_in_address() is None,
        locals=[
            (local, _standing(local)) for version in listed.rows for local in locals_in(session(), version)
        ],
        bound_text=bound_text,
    )


@designer.get("/reference/amounts/<procedure>/<name>")
@keepers
def amount(procedure: str, name: str) -> str:
    return render_template("designer/amount.html", **_known(_local(procedure, name)))


@designer.get("/reference/amounts/<procedure>/<name>/new")
@administrators
def new_amount(procedure: str, name: str) -> Response:
    local = _local(procedure, name)
    form = AmountForm(seen=str(newest_row(session(), procedure, name)))
    return _page(local, form)


@designer.post("/reference/amounts/<procedure>/<name>")
@administrators
def record_amount(procedure: str, name: str) -> Response:
    """Shows what the amount does; once that was shown of exactly this amount, records it."""
    local, form = _local(procedure, name), AmountForm()
    _offered(local, form)
    if not form.validate():
        return _page(local, form, status=422)
    decision = form.decision(local)
    if form.shown.data != fingerprint(decision) or request.form.get("act") != "record":
        return _shown(local, form, decision)
    answer = decide(session(), decision, seen=known(form, "seen"), by=current_actor(), at=now())
    if isinstance(answer, tuple):
        # Sending it again is then a decision that knows of the other.
        form.seen.data = str(newest_row(session(), procedure, name))
        return _page(local, form, findings=answer, status=422)
    flash(_("Đã ghi mức mới. Hồ sơ tiếp nhận từ ngày áp dụng tính theo mức này."), "success")
    return cast(Response, redirect(url_for("designer.amount", procedure=procedure, name=name), 303))


def _shown(local: Local, form: AmountForm, decision: Decision) -> Response:
    found = judged(session(), [decision], local_date(now()))
    if any(finding.severity == "error" for finding in found):
        return _page(local, form, findings=found, status=422)
    form.shown.data = fingerprint(decision)
    effect = effect_of(session(), decision, local_date(now()))
    return _page(local, form, findings=found, effect=effect)


def _page(
    local: Local, form: AmountForm, *, status: int = 200, findings: tuple[Finding, ...] = (), **more: Any
) -> Response:
    _offered(local, form)
    told = tuple(in_words(finding, local, language()) for finding in findings)
    context = {"form": form, "findings": told, "effect": None, "said": said_in_language, **more}
    body = render_template("designer/amount_new.html", **context, **_known(local))
    return make_response(body, status)


def _offered(local: Local, form: AmountForm) -> None:
    """Gives the form the places and facts that it may speak of."""
    units = deciding_areas(session(), local, local_date(now()))
    names = [(each.area_code, Text(each.name_vi, each.name_en).in_(language())) for each in units]
    offer(form.area, [(code, f"{code} · {name}") for code, name in names], _("Chọn nơi quyết định"))
    if len(units) == 1 and not form.is_submitted():
        form.area.data = units[0].area_code
    form.fit(local)


def _known(local: Local) -> dict[str, Any]:
    """What the pages of a parameter show of it."""
    rows = decided(session(), local.version.procedure.key, local.name, local_date(now()))
    return {
        "local": local,
        "rows": rows,
        "areas": area_names(session(), [each.row.area for each in rows]),
        "bound_text": bound_text,
        "key_texts": key_texts,
        "row_text": row_text,
    }


def _standing(local: Local) -> list[ParameterRow]:
    rows = decided(session(), local.version.procedure.key, local.name, local_date(now()))
    return [each.row for each in rows if each.state == "in_force"]


def _local(procedure: str, name: str) -> Local:
    """The parameter under the rules in force; 404 when they leave none of this name."""
    version: Version | None = queries.last_version(session(), procedure, local_date(now()))
    known_locals = locals_in(session(), version) if version else ()
    return next((local for local in known_locals if local.name == name), None) or abort(404)
