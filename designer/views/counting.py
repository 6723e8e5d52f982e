"""The count that app.py hands in: where dossiers rest is known to the runtime, which the designer does not know."""

from collections.abc import Mapping
from typing import cast

from flask import current_app

from common.web import now, session
from procedure_library.resting import Resting, RestingCount


def resting(version_id: int | None) -> Mapping[str, Resting]:
    """By step, the dossiers of the version that rest there now; of no version, none."""
    if version_id is None:
        return {}
    count = cast(RestingCount, current_app.extensions["motcua.resting"])
    return count(session(), version_id, at=now())
