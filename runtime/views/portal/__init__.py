"""The portal: find a procedure, apply, follow the dossier, look it up by its code."""

from runtime.views.portal import (  # noqa: F401 — each module hangs its pages on the blueprint
    applications,
    changes,
    dossiers,
    downloads,
    filing,
    look_up,
    papers,
    printouts,
    procedures,
    supplements,
    uploads,
)
from runtime.views.portal.blueprint import portal

__all__ = ["portal"]
