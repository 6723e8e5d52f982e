"""What administrators decide about running dossiers; the modules beside this hang their pages on the blueprint."""

from runtime.views.administering import imports, reminders, transfers  # noqa: F401
from runtime.views.administering.blueprint import administering

__all__ = ["administering"]
