"""Which list of provinces and communes the answers of a dossier are read and judged by."""

from sqlalchemy.orm import Session

from procedure_library.compiled import Compiled
from procedure_library.queries import definition_judged_by
from runtime.models.dossiers import Dossier

# In the state of a dossier from before any list was recorded.
NONE = 0


def definition_of_dossier(session: Session, dossier: Dossier, version_id: int | None = None) -> Compiled:
    """The dossier's version with the list by which its answers were judged last: what was right then stays right,
    though communes merge. `version_id` names another version than its own.
    """
    judged_by = int(dossier.state.get("places", NONE))
    return definition_judged_by(session, version_id or dossier.version_id, judged_by)
