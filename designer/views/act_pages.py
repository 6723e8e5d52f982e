"""Acts on a published procedure: what is announced, what it will do, the scan that confirms it; and its scan later."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.content import PDF
from common.i18n import message_in_language
from common.identity.administration.forms import blame, offer
from common.problems import Problem, Refusal
from common.web import current_actor, language, now, officials, page_key, posted_key, session, surroundings
from designer.life_effects import effects_of
from designer.views.act_form import ActForm
from designer.views.blueprint import designer, keepers
from designer.views.press import counting
from designer.views.publications import files, scanned
from procedure_library.life.announcing import Announcement, announce, look
from procedure_library.life.models import Act, ProcedureAct
from procedure_library.models import Version
from procedure_library.queries import offered_names, versions_of

publishers = officials("publisher")
# An address names the act by what it brings about.
ACTS: Mapping[str, Act] = {
    "suspension": "suspended",
    "resumption": "resumed",
    "retirement": "retired",
    "reinstatement": "reinstated",
    "withdrawal": "withdrawn",
}
DAY_FIELDS = ("from_on", "until_on", "basis_signed_on")


@designer.get("/procedures/<key>/<any(suspension,resumption,retirement,reinstatement,withdrawal):named>")
@publishers
def new_act(key: str, named: str) -> str:
    form = _form(key)
    form.from_on.process_formdata([request.args["from_on"]] if request.args.get("from_on") else [])
    return _asked(key, named, form)


@designer.post(
    "/procedures/<key>/<any(suspension,resumption,retirement,reinstatement,withdrawal):named>/confirmation"
)
@publishers
def confirm_act(key: str, named: str) -> Response:
    """What was typed, in words, and what it will do; nothing has been done yet."""
    form, version = _form(key), _version(key, named)
    if not form.validate():
        return make_response(_asked(key, named, form), 422)
    if request.form.get("then") == "back":
        return make_response(_asked(key, named, form))
    said = form.announcement(posted_key(), version.number if version else None)
    found = look(session(), key, ACTS[named], said, at=now())
    if isinstance(found, Refusal):
        return make_response(_asked(key, named, form, [found]), 422)
    if found:
        blame(form, found, message_in_language)
        return make_response(_asked(key, named, form), 422)
    return make_response(_confirming(key, named, form, said))


@designer.post("/procedures/<key>/<any(suspension,resumption,retirement,reinstatement,withdrawal):named>")
@publishers
def make_act(key: str, named: str) -> Response:
    form, version = _form(key), _version(key, named)
    if not form.validate():
        return make_response(_asked(key, named, form), 422)
    number, scan = version.number if version else None, _scan()
    if isinstance(scan, Problem):
        blame(form, [scan], message_in_language)
        return make_response(_confirming(key, named, form, form.announcement(posted_key(), number)), 422)
    said = form.announcement(posted_key(), number, scan)
    done = announce(session(), key, ACTS[named], said, by=current_actor(), at=now())
    if isinstance(done, ProcedureAct):
        flash(_("Đã ghi nhận và có hiệu lực theo ngày đã ghi."), "success")
        return cast(Response, redirect(url_for("designer.procedure", key=key), 303))
    if isinstance(done, Refusal):
        return make_response(_asked(key, named, form, [done]), 422)
    blame(form, done, message_in_language)
    only_scan = {each.where for each in done} == {"basis_file"}
    page = _confirming(key, named, form, said) if only_scan else _asked(key, named, form)
    return make_response(page, 422)


@designer.get("/procedure-acts/<int:number>/basis")
@keepers
def act_basis(number: int) -> Response:
    act = session().get(ProcedureAct, number) or abort(404)
    return scanned(act.basis_file, act.basis_number)


def _form(key: str) -> ActForm:
    form = ActForm() if request.method == "POST" else ActForm(formdata=None)
    names = {each: name for each, name in offered_names(session(), local_date(now())).items() if each != key}
    choices = sorted(((each, name.in_(language())) for each, name in names.items()), key=lambda each: each[1])
    offer(form.successor, choices, _("Không có"))
    return form


def _version(key: str, named: str) -> Version | None:
    """The one whose publication is to be withdrawn; 404 when the address names none."""
    if ACTS[named] != "withdrawn":
        return None
    typed = request.values.get("version", "")
    return next((each for each in versions_of(session(), key) if str(each.number) == typed), None) or abort(
        404
    )


def _asked(key: str, named: str, form: ActForm, refused: Sequence[Refusal] = ()) -> str:
    return render_template("designer/act.html", form=form, problems=refused, **_about(key, named))


def _confirming(key: str, named: str, form: ActForm, said: Announcement) -> str:
    about = _about(key, named)
    form.basis_file.flags.required = True
    first = said.from_on or local_date(now())
    if about["version"]:
        first = about["version"].effective_from
    effects = effects_of(session(), key, first, counting(), about["version"])
    return render_template(
        "designer/act_confirmation.html", form=form, said=said, first=first, effects=effects, **about
    )


def _about(key: str, named: str) -> dict[str, Any]:
    newest = next(iter(versions_of(session(), key)), None) or abort(404)
    return {
        "newest": newest,
        "named": named,
        "act": ACTS[named],
        "version": _version(key, named),
        "once": page_key(),
        "day_fields": DAY_FIELDS,
    }


def _scan() -> str | Problem:
    """The digest of the scanned decision as it is kept."""
    sent = request.files.get("basis_file")
    if sent is None or not sent.filename:
        return Problem("procedures.act.without_scan", "basis_file")
    limit = surroundings().settings.upload_limit
    stored = files().take_upload(sent.stream, limit=limit, where="basis_file")
    if isinstance(stored, Problem):
        return stored
    return stored.digest if stored.kind == PDF else Problem("procedures.act.scan_not_pdf", "basis_file")
