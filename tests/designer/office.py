"""Three officials who publish in three acts, and what they publish."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from common.identity.actor import Actor
from common.text import Text
from designer.drafts import Saved, begin_draft, file_of, save
from designer.models import Draft
from designer.reviews.deciding import agree
from designer.reviews.models import ReviewAct, Submission
from designer.reviews.submitting import Request, submit
from procedure_library.definition import Definition
from procedure_library.models import Version
from procedure_library.package import HEAD, package_files, read_files
from procedure_library.publishing import Basis, publish
from runtime.letters.proof import trial
from runtime.trial.player import play
from tests.conftest import MONDAY_MORNING
from tests.procedure_library.samples import definition
from tests.web import people

NOW = MONDAY_MORNING
TODAY = NOW.date()
SCAN = "a" * 64
REQUEST = Request("Quyết định 15/QĐ-UBND", TODAY, SCAN, note="Thu theo mức mới.")
ROLES = ("administrator", "procedure_controller", "publisher")


class Office:
    """Three officials, a published procedure, and a draft that calls it otherwise."""

    def __init__(self, session: Session) -> None:
        self.session, self.unit = session, people.unit(session)
        self.author, self.controller, self.publisher = (self.person(role, role) for role in ROLES)
        version = publish(
            session,
            renamed(BEFORE),
            by=self.author,
            at=NOW,
            basis=Basis("Quyết định 1/QĐ-UBND"),
            effective_from=date(2026, 1, 1),
        )
        assert isinstance(version, Version), version
        draft = begin_draft(session, version, by=self.author, at=NOW)
        assert isinstance(draft, Draft)
        self.draft = draft
        self.write("Giấy xác nhận mới")

    def person(self, login: str, *roles: str) -> Actor:
        account = people.official(self.session, self.unit, *roles, login=login)
        return Actor(account.id, login, "official", frozenset((self.unit.id, role) for role in roles))

    def write(self, name: str, by: Actor | None = None) -> None:
        """The procedure is called so from now on."""
        head = file_of(self.session, self.draft, HEAD)
        assert head is not None
        text = dict(package_files(renamed(name)))[HEAD].decode()
        saved = save(
            self.session, self.draft, HEAD, text, revision=head.revision, by=by or self.author, at=NOW
        )
        assert isinstance(saved, Saved), saved

    def submitted(self, **changes: Any) -> Submission:
        submission = submit(
            self.session,
            self.draft,
            replace(REQUEST, **changes),
            trial=trial,
            player=play,
            by=self.author,
            at=NOW,
        )
        assert isinstance(submission, Submission), submission
        return submission

    def agreed(self, **changes: Any) -> Submission:
        submission = self.submitted(**changes)
        assert isinstance(agree(self.session, submission, "", by=self.controller, at=NOW), ReviewAct)
        return submission


def renamed(name: str) -> Definition:
    """The sample with another name, drawn as every draft is."""
    drawn = read_files(dict(package_files(definition(name=Text(name, "Certificate")))))
    assert isinstance(drawn, Definition), drawn
    return drawn


BEFORE = "Giấy xác nhận cũ"
