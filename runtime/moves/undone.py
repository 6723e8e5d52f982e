"""What a move had assessed before it was undone: it stays on record, and counts no more."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased

from runtime.models.dossiers import DossierEvent

NEXT = aliased(DossierEvent)


def assessed_in_vain(charge: Any) -> ColumnElement[bool]:
    """Whether the charge (the model, or an alias of it) comes from a move that the very next event undid."""
    return exists().where(
        NEXT.dossier_id == charge.dossier_id,
        NEXT.number == charge.event + 1,
        NEXT.act == "undo_move",
    )
