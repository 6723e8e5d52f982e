"""The way through an application: its form pages, then papers, then the check before sending."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from common.i18n import language
from form_builder.form import Form
from runtime.models import Application

PAPERS, CHECK = "papers", "check"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stop on the way. `key` is the form page's, PAPERS or CHECK."""

    key: str
    title: str
    address: str
    is_done: bool


def stages(application: Application, form: Form) -> tuple[Stage, ...]:
    """All stops in order; form pages are done once saved, whatever was said on them."""
    pages = tuple(
        Stage(page.key, page.title.in_(language()), page_address(application, page.key), page.key in application.pages)
        for page in form.pages
    )
    number = application.id
    return (
        *pages,
        Stage(PAPERS, _("Giấy tờ đính kèm"), url_for("portal.papers", number=number), False),
        Stage(CHECK, _("Kiểm tra và gửi"), url_for("portal.check", number=number), False),
    )


def page_address(application: Application, page: str) -> str:
    return url_for("portal.form_page", number=application.id, page=page)


def stage_after(all_stages: tuple[Stage, ...], key: str) -> Stage:
    """The stop after the one named; the last has none after it."""
    keys = [stage.key for stage in all_stages]
    return all_stages[keys.index(key) + 1]
