"""The town hall in a test: who works there, and short ways to file, receive and finish."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.accounts import actor_of
from common.identity.actor import Actor, machine
from common.identity.models import Account, Assignment, Unit
from procedure_library.definition import Definition
from procedure_library.models import Version
from procedure_library.publishing import Basis, publish
from runtime import applications, dossiers, tasks
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task
from tests.runtime.small import MONDAY, small

IDENTITY_KEY = "an identity key for tests, and nothing else"
TODAY = MONDAY.date()
SMALL = "good_standing"
PERSON = {
    "full_name": "Nguyễn Thị Lan",
    "identity_number": "038190000777",
    "email": "lan@example.vn",
    "copies": 3,
}
FORM: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "x-motcua-pages": [
        {"key": "person", "title": {"vi": "Người yêu cầu", "en": "Applicant"}, "fields": ["person"]}
    ],
    "properties": {
        "person": {
            "type": "object",
            "title": "Người yêu cầu",
            "x-motcua-en": {"title": "Applicant"},
            "required": ["full_name", "identity_number", "copies"],
            "additionalProperties": False,
            "properties": {
                "full_name": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 100,
                    "title": "Họ và tên",
                    "x-motcua-en": {"title": "Full name"},
                    "x-motcua-prefill": "profile.full_name",
                    "x-motcua-personal": "identity",
                },
                "identity_number": {
                    "type": "string",
                    "format": "identity-number",
                    "title": "Số định danh cá nhân",
                    "x-motcua-en": {"title": "Personal identity number"},
                    "x-motcua-kind": "identity_number",
                    "x-motcua-prefill": "profile.identity_number",
                    "x-motcua-personal": "identity",
                },
                "email": {
                    "type": "string",
                    "format": "email",
                    "maxLength": 254,
                    "title": "Thư điện tử",
                    "x-motcua-en": {"title": "E-mail"},
                    "x-motcua-prefill": "profile.email",
                    "x-motcua-personal": "contact",
                },
                "copies": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": 20,
                    "title": "Số bản",
                    "x-motcua-en": {"title": "Copies"},
                },
            },
        }
    },
    "required": ["person"],
}


@dataclass(frozen=True)
class Town:
    session: Session
    units: dict[str, Unit]

    def official(self, role: str, unit: str = "tan_an", nth: int = 0) -> Actor:
        """An official who holds the role in the unit."""
        question = (
            select(Account)
            .join(Assignment)
            .where(Assignment.role == role, Assignment.unit_id == self.units[unit].id)
            .order_by(Account.id)
        )
        return actor_of(self.session, self.session.scalars(question).all()[nth], TODAY)

    def citizen(self, login: str = "congdan") -> Actor:
        account = self.session.scalars(select(Account).where(Account.login == login)).one()
        return actor_of(self.session, account, TODAY)

    def begun(
        self, by: Actor | None = None, at: datetime = MONDAY, procedure: str = SMALL, **changes: Any
    ) -> Application:
        """A filled-in application: online by the citizen, or at the counter by reception."""
        by = by or self.citizen()
        application = applications.begin(
            self.session,
            **{
                "procedure_key": procedure,
                "case_type": "ordinary",
                "unit_id": self.units["tan_an"].id,
                "channel": "online" if by.kind == "citizen" else "counter",
                **changes,
            },
            by=by,
            at=at,
        )
        assert isinstance(application, Application), application
        if procedure in (SMALL, "once_a_year"):
            applications.save_page(
                self.session, application, "person", {"person": self.person(application)}, by=by, at=at
            )
        return application

    def person(self, application: Application) -> dict[str, Any]:
        """The answers of the small form: what the profile knows, and three copies."""
        return {**PERSON, **application.answers.get("person", {}), "copies": 3}

    def filed(self, at: datetime = MONDAY, by: Actor | None = None, **changes: Any) -> Dossier:
        by = by or self.citizen()
        dossier = applications.submit(self.session, self.begun(by, at, **changes), by=by, at=at)
        assert isinstance(dossier, Dossier), dossier
        return dossier

    def received(self, at: datetime = MONDAY, by: Actor | None = None, **changes: Any) -> Dossier:
        dossier = self.filed(at, by, **changes)
        accepted = dossiers.accept(self.session, dossier, by=self.official("reception"), at=at)
        assert isinstance(accepted, Dossier), accepted
        return accepted

    def task(self, dossier: Dossier) -> Task:
        """The first open task."""
        question = select(Task).where(Task.dossier_id == dossier.id, Task.status.in_(("open", "claimed")))
        return self.session.scalars(question.order_by(Task.number)).first() or _none()

    def complete(
        self, dossier: Dossier, outcome: str, at: datetime = MONDAY, reason: str = "", **more: Any
    ) -> Any:
        task = self.task(dossier)
        by = self.official(task.role)
        return tasks.complete(self.session, task, outcome=outcome, reason=reason, by=by, at=at, **more)

    def finished(self, at: datetime = MONDAY) -> Dossier:
        """Granted and paid, the result ready."""
        dossier = self.received(at)
        for outcome in ("fit", "granted", "collected"):
            assert isinstance(self.complete(dossier, outcome, at), Task)
        return dossier

    def all(self, model: Any, **where: Any) -> list[Any]:
        """Its rows, in the order of their keys."""
        keys = model.__table__.primary_key.columns
        return list(self.session.scalars(select(model).filter_by(**where).order_by(*keys)))


def town_in(session: Session) -> Town:
    return Town(session, {unit.key: unit for unit in session.scalars(select(Unit))})


def publish_small(
    session: Session, at: datetime, effective_from: date = date(2025, 1, 1), **changes: Any
) -> Version:
    """Publishes the small procedure; a second time, its next version."""
    definition: Definition = small(**{"form": FORM, **changes})
    version = publish(
        session,
        definition,
        by=machine("test"),
        at=at,
        basis=Basis("Quyết định 1/QĐ-UBND"),
        effective_from=effective_from,
    )
    assert isinstance(version, Version), version
    return version


def scan() -> BytesIO:
    """A file that reception would take."""
    return BytesIO(b"%PDF-1.4\n%%EOF\n")


def _none() -> Any:
    raise AssertionError("no open task")
