"""Which list of provinces and communes the answers of a dossier are read and judged by."""

from sqlalchemy.orm import Session

from procedure_library.compiled import Compiled
from procedure_library.models import Version
from procedure_library.place_lists import places_version
from procedure_library.queries import compiled_by_digest, definition_judged_by
from procedure_library.remembered import Remembered
from runtime.holding import Held
from runtime.models.dossiers import Dossier

# In the state of a dossier from before any list was recorded.
NONE = 0
VERSIONS: Remembered[str] = Remembered(most=1_000)


def definition_of_dossier(
    session: Session, dossier: Dossier | Held, version_id: int | None = None
) -> Compiled:
    """The dossier's version with the list by which its answers were judged last: what was right then stays right,
    though communes merge. `version_id` names another version than its own.
    """
    if isinstance(dossier, Held):
        return definition_held(session, dossier, version_id or dossier.version_id)
    judged_by = int(dossier.state.get("places", NONE))
    return definition_judged_by(session, version_id or dossier.version_id, judged_by)


def definition_held(session: Session, held: Held, version_id: int) -> Compiled:
    """The same for a dossier that an act holds: the process remembers which digest a version is."""
    key = (held.stamp, version_id)
    digest = VERSIONS.get(key, lambda: session.get_one(Version, version_id).digest)
    found = compiled_by_digest(session, digest)
    return found.with_places(places_version(session, held.state.places)) if found.asks_places else found
