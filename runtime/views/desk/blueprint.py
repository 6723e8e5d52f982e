"""The blueprint of the desk, and who works there; the modules beside it hang their pages on it."""

from datetime import datetime

from flask import Blueprint

from common.clock import ZONE, local_date
from common.i18n import date_text, instant_text
from common.web import officials
from rules_dsl.deadline import END_OF_DAY

desk = Blueprint("desk", __name__, url_prefix="/desk")

# Everyone with work in the inbox; what each may do with a dossier is decided by the engine, act by act.
workers = officials("reception", "case_officer", "approver", "cashier", "leader")

# Templates count the days between a deadline and today.
desk.app_template_filter("day")(local_date)


@desk.app_template_filter("limit")
def limit_text(at: datetime | None) -> str:
    """A deadline in words: its day alone when the whole day is left, else to the minute; None gives ""."""
    if at is None or at.astimezone(ZONE).time() == END_OF_DAY:
        return date_text(at)
    return instant_text(at)
