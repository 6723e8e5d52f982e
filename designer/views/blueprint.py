"""The blueprint, and who its readers are."""

from flask import Blueprint

from common.web import officials

designer = Blueprint("designer", __name__, url_prefix="/designer")

keepers = officials("administrator", "procedure_controller", "publisher")
