"""The last look before sending, the sending, and the confirmation with the filing number."""

from collections.abc import Sequence
from functools import partial
from typing import Any, cast

from flask import Response, redirect, render_template, request, url_for

from common.i18n import language
from common.problems import Problem, Refusal
from common.web import citizens, current_actor, now, problems_page, session
from form_builder.inputs import anchor_of
from form_builder.summary import summary
from runtime import applications, filing, queries
from runtime.answering import judged_as_filed
from runtime.enclosures import wrong_files
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.views.components import needed_papers
from runtime.views.found import compiled_of, own_application, own_dossier
from runtime.views.once import posted_once
from runtime.views.portal.applications import frame
from runtime.views.portal.blueprint import portal
from runtime.views.portal.route import CHECK, filing_form, page_address, stages
from runtime.views.quoting import components_of_quote, quote_told


@portal.get("/applications/<int:number>/check")
@citizens
def check(number: int) -> Response | str:
    here = own_application(number)
    if filing.closed(session(), here):
        return cast(Response, redirect(url_for("portal.confirmation", number=number), 303))
    said = judged_as_filed(compiled_of(here), here.case_type, here.answers)
    wrong = said if isinstance(said, tuple) else wrong_files(session(), here.id, filing_form(here), said)
    return render_template("portal/check.html", **_page(here, wrong))


@portal.post("/applications/<int:number>/filing")
@citizens
def submit(number: int) -> Response:
    here = own_application(number)
    confirmed = request.form.get("confirmed") == "yes"
    who = {"once": posted_once(), "by": current_actor(), "at": now()}
    sent = applications.submit(session(), here, confirmed=confirmed, **who)
    if isinstance(sent, Dossier) or filing.closed(session(), here):
        return cast(Response, redirect(url_for("portal.confirmation", number=number), 303))
    problems = [sent] if isinstance(sent, Refusal) else sent
    return problems_page("portal/check.html", **_page(here, problems))


@portal.get("/applications/<int:number>/filing")
@citizens
def confirmation(number: int) -> Response | str:
    here = own_application(number)
    if here.dossier_id is None:
        return cast(Response, redirect(url_for("portal.check", number=number), 303))
    view = own_dossier(session().get_one(Dossier, here.dossier_id).filing_number)
    letters = queries.letters_of(session(), view.dossier)
    return render_template("portal/confirmation.html", view=view, letters=letters)


def _page(here: Application, problems: Sequence[Problem | Refusal]) -> dict[str, Any]:
    quoted = quote_told(here)
    needs = components_of_quote(quoted["quote"])
    documents = applications.documents_of(session(), here.id)
    return {
        "page_address": partial(page_address, here.id),
        "files": {each.digest: each for each in documents},
        "sections": summary(filing_form(here), here.answers, language()),
        "faults": _faults(here, problems),
        "needs": needed_papers(compiled_of(here), here.case_type, needs, documents),
        **quoted,
        **frame(here, CHECK),
    }


def _faults(
    here: Application, problems: Sequence[Problem | Refusal]
) -> list[tuple[str, list[tuple[str, Problem | Refusal]]]]:
    """The problems by the title of the part that mends them ("" for none), each with its address."""
    titles = {stage.address: stage.title for stage in stages(here)}
    faults: dict[str, list[tuple[str, Problem | Refusal]]] = {}
    for problem in problems:
        address = _place(here, problem)
        faults.setdefault(titles.get(address.partition("#")[0], ""), []).append((address, problem))
    return list(faults.items())


def _place(here: Application, problem: Problem | Refusal) -> str:
    """The address where the problem can be put right; "" when no page of the application can."""
    if isinstance(problem, Refusal):
        return ""
    first, _, rest = problem.where.partition(".")
    if first == "papers":
        return url_for("portal.papers", number=here.id) + f"#paper-{rest}"
    for page in filing_form(here).pages:
        if first in {field.key for field in page.fields}:
            return page_address(here.id, page.key) + f"#{anchor_of(problem.where)}"
    return ""
