"""Linked dossiers in the town hall: the messages between them delivered as a worker would, as often as one likes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, text

from common.identity.actor import machine
from common.jobs import Work
from config import Settings
from procedure_library.definition import Definition
from procedure_library.models import Version
from procedure_library.publishing import Basis, publish
from runtime.linking import hearing, opening
from runtime.linking.part import child_of
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task
from runtime.office import Office
from tests.runtime.small import MONDAY
from tests.runtime.town import Town

ASKED = text(
    "select id, task_name, args from procrastinate_jobs"
    " where status = 'todo' and task_name like 'calls.%' order by id"
)
DONE = text("update procrastinate_jobs set status = 'succeeded' where id = :id")


def published(town: Town, definition: Definition, since: date = date(2025, 1, 1)) -> Version:
    version = publish(
        town.session,
        definition,
        by=machine("test"),
        at=MONDAY,
        basis=Basis("Quyết định 2/QĐ-UBND"),
        effective_from=since,
    )
    assert isinstance(version, Version), version
    return version


@dataclass
class Post:
    """Carries messages; `times`: how often each arrives."""

    town: Town
    office: Office
    settings: Settings
    times: int = 1
    carried: list[str] = field(default_factory=list)

    def carry(self, at: datetime = MONDAY) -> None:
        """Until none is left: a message may bring another."""
        while asked := self.town.session.execute(ASKED).all():
            for number, name, parameters in asked:
                self.town.session.execute(DONE, {"id": number})
                for _ in range(self.times):
                    self.deliver(name, at, **parameters)
                self.carried.append(name.removeprefix("calls."))

    def work_at(self, at: datetime) -> Work:
        return Work(self.town.session, at, self.office.files, self.settings)

    def deliver(self, name: str, at: datetime, *, dossier_id: int, **told: Any) -> None:
        session = self.town.session
        work = self.work_at(at)
        if name == "calls.open":
            opening.open_once(work, dossier_id, told["number"])
        elif name == "calls.opened":
            hearing.opened(work, session.get_one(Dossier, dossier_id))
        elif name == "calls.ended":
            hearing.ended(work, session.get_one(Dossier, dossier_id), told["outcome"])
        elif name == "calls.call_off":
            hearing.called_off(work, child_of(session, dossier_id, told["number"]), told["how"])
        else:
            assert name == "calls.collect"
            hearing.collected(work, child_of(session, dossier_id, told["number"]))

    def child(self, parent: Dossier, number: int = 1) -> Dossier:
        found = child_of(self.town.session, parent.id, number)
        assert found is not None
        return found


def open_steps(town: Town, dossier: Dossier) -> list[str]:
    question = select(Task.step).where(Task.dossier_id == dossier.id, Task.status.in_(("open", "claimed")))
    return list(town.session.scalars(question.order_by(Task.number)))
