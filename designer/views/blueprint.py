"""The blueprint, who its readers are, and who writes."""

from flask import Blueprint

from common.web import officials

designer = Blueprint("designer", __name__, url_prefix="/designer")

keepers = officials("administrator", "procedure_controller", "publisher")
writers = officials("administrator")
