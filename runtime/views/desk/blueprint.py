"""The blueprint of the desk, and who works there; the modules beside it hang their pages on it."""

from flask import Blueprint

from common.clock import local_date
from common.web import officials

desk = Blueprint("desk", __name__, url_prefix="/desk")

# Everyone with work in the inbox; what each may do with a dossier is decided by the engine, act by act.
workers = officials("reception", "case_officer", "approver", "cashier", "leader")

# Templates count the days between a deadline and today.
desk.app_template_filter("day")(local_date)
