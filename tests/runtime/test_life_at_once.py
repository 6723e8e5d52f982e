"""Acts on a procedure while others publish, file and announce, on a real server."""

from datetime import date, timedelta
from typing import Any

from common.db import Database
from common.identity.actor import machine
from common.problems import Finding, Refusal
from procedure_library.life.models import ProcedureAct
from procedure_library.models import Version
from procedure_library.publishing import Basis, publish
from procedure_library.queries import standing_versions, version_in_force
from runtime import applications
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from tests.runtime.announced import announced, asked, publisher
from tests.runtime.at_once import Work, at_once
from tests.runtime.small import MONDAY, small
from tests.runtime.test_moves import CHECKING
from tests.runtime.town import FORM, SMALL, Town, publish_small, town_in

DAY, TODAY = timedelta(days=1), MONDAY.date()
SOON = TODAY + 9 * DAY


def _in_town(database: Database, work: Work) -> Any:
    with database.transaction() as session:
        return work(town_in(session))


def _begun(town: Town) -> int:
    publisher(town)
    return town.begun().id


def _publish(town: Town, on: date = SOON) -> Any:
    return _told(
        publish(
            town.session,
            small(form=FORM, **CHECKING),
            by=machine("test"),
            at=MONDAY,
            basis=Basis("9/QĐ"),
            effective_from=on,
        )
    )


def _told(answer: Any) -> Any:
    """What is left of an answer when its session is gone."""
    kept = {Version: "number", ProcedureAct: "act", Dossier: "version_id"}
    return getattr(answer, kept[type(answer)]) if type(answer) in kept else answer


def _send(number: int) -> Work:
    def work(town: Town) -> Any:
        application = town.session.get_one(Application, number)
        return _told(applications.submit(town.session, application, by=town.citizen(), at=MONDAY))

    return work


def test_two_who_publish_at_once_take_numbers_in_turn(database: Database) -> None:
    assert sorted(at_once(database, _publish, _publish)) == [2, 3]
    standing = _in_town(
        database, lambda town: [each.number for each in standing_versions(town.session, SMALL)]
    )
    assert standing == [3, 2, 1]


def test_of_two_who_withdraw_one_does_and_the_other_is_told(database: Database) -> None:
    _in_town(database, _begun)
    number = _in_town(database, _publish)

    def withdraw(town: Town) -> Any:
        return _told(asked(town, "withdrawn", MONDAY, version=number))

    answers = at_once(database, withdraw, withdraw)
    assert answers.count("withdrawn") == 1
    (refusal,) = (each for each in answers if isinstance(each, Refusal))
    assert refusal.code == "procedures.act.withdrawn_already"


def test_a_double_click_is_one_announcement(database: Database) -> None:
    _in_town(database, _begun)

    def suspend(town: Town) -> Any:
        return _told(asked(town, "suspended", MONDAY, key="a-key-of-the-page-1"))

    assert at_once(database, suspend, suspend) == ["suspended", "suspended"]
    assert _in_town(database, lambda town: len(town.all(ProcedureAct))) == 1


def test_who_files_while_a_publication_is_withdrawn_files_under_the_law_of_the_day(
    database: Database,
) -> None:
    number = _in_town(database, _begun)
    version = _in_town(database, _publish)
    old = _in_town(database, lambda town: version_in_force(town.session, SMALL, TODAY).id)  # type: ignore[union-attr]

    def withdraw(town: Town) -> Any:
        return _told(asked(town, "withdrawn", MONDAY, version=version))

    assert at_once(database, withdraw, _send(number)) == ["withdrawn", old]


def test_who_files_while_intake_is_suspended_was_in_time_or_is_told(database: Database) -> None:
    number = _in_town(database, _begun)

    def suspend(town: Town) -> Any:
        return _told(asked(town, "suspended", MONDAY))

    suspended, sent = at_once(database, suspend, _send(number))
    assert suspended == "suspended"
    filed = _in_town(database, lambda town: len(town.all(Dossier)))
    assert (isinstance(sent, int), filed) in ((True, 1), (False, 0))
    assert isinstance(sent, int) or sent.code == "dossiers.intake_suspended"
    assert _in_town(database, lambda town: len(town.all(Application))) == 1


def test_a_procedure_is_not_published_anew_while_it_is_retired(database: Database) -> None:
    _in_town(database, _begun)

    def retire(town: Town) -> Any:
        return _told(asked(town, "retired", MONDAY, from_on=SOON))

    retired, published = at_once(database, retire, _publish)
    assert retired == "retired"
    # Whoever was first: from the day of the retirement nothing is in force.
    assert published == 2 or [each.code for each in published if isinstance(each, Finding)]
    assert _in_town(database, lambda town: version_in_force(town.session, SMALL, SOON)) is None


def test_a_process_that_remembers_the_version_hears_of_the_withdrawal(town: Town) -> None:
    new = publish_small(town.session, MONDAY, SOON, **CHECKING)
    filed = town.filed()
    announced(town, "withdrawn", MONDAY, version=new.number)
    from runtime import dossiers

    accepted = dossiers.accept(town.session, filed, by=town.official("reception"), at=MONDAY + 10 * DAY)
    assert isinstance(accepted, Dossier)
    assert accepted.version_id != new.id
