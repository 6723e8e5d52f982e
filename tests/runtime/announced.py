"""Acts on what is published, as a publisher of the town announces them."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from common.identity.actor import Actor
from common.identity.models import Account
from common.text import Text
from procedure_library.life.announcing import Announcement, announce
from procedure_library.life.models import Act, ProcedureAct
from procedure_library.publishing import Basis
from tests.runtime.town import SMALL, Town
from tests.web.people import official

BASIS = Basis("77/QĐ-UBND", date(2026, 2, 27), "a" * 64)
REASON = Text("Hệ thống của bộ đang nâng cấp.", "The ministry's system is being upgraded.")


def publisher(town: Town) -> Actor:
    """Somebody who publishes, and does nothing else."""
    known = town.session.scalars(select(Account).where(Account.login == "publisher")).first()
    unit = town.units["tan_an"]
    account = known or official(town.session, unit, "publisher", login="publisher")
    return Actor(account.id, account.full_name, "official", frozenset({(unit.id, "publisher")}))


def asked(town: Town, act: Act, at: datetime, procedure: str = SMALL, **said: Any) -> Any:
    """What comes of announcing it."""
    whole = Announcement(**{"key": str(uuid4()), "reason": REASON, "basis": BASIS, **said})
    return announce(town.session, procedure, act, whole, by=publisher(town), at=at)


def announced(town: Town, act: Act, at: datetime, procedure: str = SMALL, **said: Any) -> ProcedureAct:
    done = asked(town, act, at, procedure, **said)
    assert isinstance(done, ProcedureAct), done
    return done
