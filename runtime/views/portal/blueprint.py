"""The blueprint of the portal; the modules beside it hang their pages on it."""

from flask import Blueprint

portal = Blueprint("portal", __name__)
