"""The blueprint of these pages. They stand among those of the administration, whose role they ask for."""

from flask import Blueprint, abort

from common.identity.administration.directory import unit_called
from common.identity.models import Unit
from common.web import officials, session

administering = Blueprint("administering", __name__, url_prefix="/administration")
administrators = officials("administrator")


def unit_of(key: str) -> Unit:
    """The unit with that key; 404 when there is none."""
    return unit_called(session(), key) or abort(404)
