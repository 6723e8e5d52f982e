"""What the frame of every page asks: whose house it is and who is here."""

from typing import cast

from flask import Flask, g
from flask_babel import gettext as _

from common.clock import local_date
from common.i18n import language
from common.identity.agency import agency as agency_on
from common.identity.models import Unit
from common.web.requests import now, session, visitor


def install(app: Flask) -> None:
    """Gives templates `agency()`, `agency_name()` and `visitor()`."""
    app.jinja_env.globals.update(agency=agency, agency_name=agency_name, visitor=visitor)


def agency() -> Unit | None:
    """The unit whose name and hotline the page carries; None on a house nobody has furnished yet."""
    if "agency" not in g:
        g.agency = agency_on(session(), local_date(now()))
    return cast("Unit | None", g.agency)


def agency_name() -> str:
    """The agency's name in the language of the page."""
    unit = agency()
    if unit is None:
        return str(_("Cổng dịch vụ công"))
    return (unit.name_en or unit.name_vi) if language() == "en" else unit.name_vi
