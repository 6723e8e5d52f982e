"""The way through an application: its form pages, then papers, then the check before sending."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from common.i18n import language
from common.web import session
from form_builder.form import Form
from form_builder.pages import page_problems
from runtime.applications import documents_of
from runtime.models.applications import Application
from runtime.views.found import compiled_of

PAPERS, CHECK = "-papers", "-check"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stop on the way. `key` is the form page's, PAPERS or CHECK, which no page can be called."""

    key: str
    title: str
    address: str
    is_done: bool


def filing_form(application: Application) -> Form:
    """The questions that the application asks."""
    return compiled_of(application).form_at("filing", application.case_type)


def stages(application: Application) -> tuple[Stage, ...]:
    """All stops in order; a form page is done once saved without problems, papers once one is attached."""
    number, form = application.id, filing_form(application)
    pages = tuple(
        Stage(
            page.key,
            page.title.in_(language()),
            page_address(number, page.key),
            _is_done(application, form, page.key),
        )
        for page in form.pages
    )
    return (
        *pages,
        Stage(
            PAPERS,
            _("Giấy tờ đính kèm"),
            url_for("portal.papers", number=number),
            bool(documents_of(session(), number)),
        ),
        Stage(CHECK, _("Kiểm tra và gửi"), url_for("portal.check", number=number), False),
    )


def _is_done(application: Application, form: Form, page: str) -> bool:
    return page in application.pages and not page_problems(form, page, application.answers)


def page_address(number: int, page: str) -> str:
    return url_for("portal.form_page", number=number, page=page)


def stage_after(way: tuple[Stage, ...], key: str) -> Stage:
    """The stop after the one named; the last has none after it."""
    keys = [stage.key for stage in way]
    return way[keys.index(key) + 1]
