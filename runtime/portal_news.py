"""What the national portal was told of a dossier. A connector asks for it once it has been told."""

from datetime import datetime

from sqlalchemy.orm import Session

from common.identity.actor import Actor
from common.problems import Refusal
from runtime.acts import act
from runtime.engine.machine_events import TellPortal
from runtime.engine.status import Status
from runtime.models.dossiers import Dossier


def told(session: Session, dossier: Dossier, status: Status, *, by: Actor, at: datetime) -> Dossier | Refusal:
    """The portal knows this status; refused when the dossier has moved on meanwhile, or was told of before."""
    return act(session, dossier, TellPortal(by=by, at=at, status=status))
