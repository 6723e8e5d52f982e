"""Messages of other systems: each is heard once, however often it is sent."""

from datetime import datetime

from sqlalchemy.orm import Session

from common.identity.actor import machine
from common.problems import Refusal
from runtime.acts import act
from runtime.engine.machine_events import ReceiveMessage
from runtime.models.dossiers import Dossier

HEARD = "dossiers.message_heard"


def receive_message(
    session: Session, dossier: Dossier, key: str, message_id: str, *, at: datetime
) -> Dossier | Refusal:
    """The step that waits for the message goes on; HEARD when the same has come before."""
    event = ReceiveMessage(by=machine("messages"), at=at, key=key, message_id=message_id)
    return act(session, dossier, event)
