"""Dossiers of an older system: template, file, what was found in it, and the order to take them over."""

from typing import Any, cast

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from common.clock import local_date
from common.i18n import language
from common.problems import Refusal
from common.web import current_actor, now, problems_page, session, takes_files
from procedure_library.queries import definition_of, search, version_in_force
from rules_dsl.spreadsheets.files import FORMATS
from rules_dsl.spreadsheets.sheet import HEAVIEST_FILE, MOST_ROWS
from runtime.importing.runs import MOST_FINDINGS, look_through, order, runs
from runtime.importing.telling import faults
from runtime.importing.template import template
from runtime.models.imports import DossierImport
from runtime.views.administering.blueprint import administering, administrators

MOST_PROCEDURES = 200


@administering.get("/old-dossiers")
@administrators
def old_dossiers() -> str:
    return render_template("administering/imports.html", **_surroundings())


@administering.get("/old-dossiers/template")
@administrators
def import_template() -> Response:
    """The spreadsheet to be filled in, with the columns of a procedure where one is named."""
    key, ending = request.args.get("procedure", ""), "." + request.args.get("format", "xlsx")
    if ending not in FORMATS:
        abort(404)
    version = version_in_force(session(), key, local_date(now())) if key else None
    if key and version is None:
        abort(404)
    content = template(definition_of(session(), version.id) if version else None, ending)
    answer = make_response(content)
    answer.headers["Content-Type"] = FORMATS[ending].media
    name = f"ho-so-cu-{key}{ending}" if key else f"ho-so-cu{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@administering.post("/old-dossiers")
@administrators
@takes_files
def look_through_file() -> Response:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        no = [Refusal("dossiers.import.no_file")]
        return problems_page("administering/imports.html", no, **_surroundings())
    content = sent.stream.read(HEAVIEST_FILE + 1)
    run = look_through(session(), content, sent.filename, by=current_actor(), at=now())
    return _to(run)


@administering.get("/old-dossiers/<int:number>")
@administrators
def import_run(number: int) -> str:
    return render_template("administering/import.html", **_told(_run(number)))


@administering.post("/old-dossiers/<int:number>/order")
@administrators
def order_import(number: int) -> Response:
    run = _run(number)
    no = order(session(), run, by=current_actor(), at=now())
    if isinstance(no, Refusal):
        return problems_page("administering/import.html", [no], **_told(run))
    flash(_("Đã cho nhập; hồ sơ được nhập lần lượt."), "success")
    return _to(run)


def _run(number: int) -> DossierImport:
    return session().get(DossierImport, number) or abort(404)


def _told(run: DossierImport) -> dict[str, Any]:
    """The file, and what was found in it in the language of the page."""
    return {
        "run": run,
        "faults": faults(run.findings, language()),
        "is_cut": len(run.findings) >= MOST_FINDINGS,
    }


def _surroundings() -> dict[str, Any]:
    today = local_date(now())
    return {
        "procedures": search(session(), "", on=today, limit=MOST_PROCEDURES).rows,
        "runs": runs(session()),
        "most_rows": format_decimal(MOST_ROWS),
        "megabytes": HEAVIEST_FILE // 1_000_000,
    }


def _to(run: DossierImport) -> Response:
    return cast(Response, redirect(url_for("administering.import_run", number=run.id), 303))
