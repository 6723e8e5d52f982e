"""Several people at once on a real server: nobody's act is lost, none happens twice, nobody waits for ever."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from common.db import Database
from common.problems import Refusal
from runtime import applications, dossiers, tasks
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier, DossierEvent
from runtime.models.tasks import Task
from runtime.office import Office
from runtime.replay import replay
from tests.runtime.at_once import Work, at_once
from tests.runtime.small import MONDAY, RULES, SUPPLEMENT
from tests.runtime.town import Town, publish_small, town_in

ONCE = RULES.format(supplement=SUPPLEMENT["pause"]).replace(
    "times person.copies",
    'times person.copies\n  reduce by 50% when dossier.reduced_this_year = 0 cites "NQ 66"',
)


def _made(database: Database, make: Work) -> int:
    with database.transaction() as session:
        made: int = make(town_in(session)).id
        return made


def test_of_two_officials_one_takes_the_task_and_the_other_is_told_who(database: Database) -> None:
    dossier_id = _made(database, lambda town: town.received())

    def claim(nth: int) -> Work:
        def work(town: Town) -> Any:
            task = town.session.scalars(select(Task).filter_by(dossier_id=dossier_id, kind="step")).one()
            by = town.official("case_officer", nth=nth)
            return tasks.claim(town.session, task, by=by, at=MONDAY + timedelta(minutes=nth)), by.name

        return work

    answers = at_once(database, claim(0), claim(1))
    (winner,) = (name for answer, name in answers if isinstance(answer, Task))
    (refusal,) = (answer for answer, _ in answers if isinstance(answer, Refusal))
    assert refusal.code == "dossiers.task_claimed"
    assert refusal.parameters["who"] == winner


def test_a_double_click_is_one_act(database: Database) -> None:
    application_id = _made(database, lambda town: town.begun())

    def send(town: Town) -> Any:
        application = town.session.get_one(Application, application_id)
        return applications.submit(town.session, application, by=town.citizen(), at=MONDAY)

    answers = at_once(database, send, send, send)
    assert len([a for a in answers if isinstance(a, Dossier)]) == 1
    assert {a.code for a in answers if isinstance(a, Refusal)} == {"dossiers.sent_already"}
    dossier_id = next(a.id for a in answers if isinstance(a, Dossier))

    def accept(town: Town) -> Any:
        dossier = town.session.get_one(Dossier, dossier_id)
        return dossiers.accept(town.session, dossier, by=town.official("reception"), at=MONDAY)

    answers = at_once(database, accept, accept)
    assert len([a for a in answers if isinstance(a, Dossier)]) == 1
    assert {a.code for a in answers if isinstance(a, Refusal)} == {"dossiers.already_done"}
    with database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(DossierEvent)) == 2


def test_codes_given_out_at_once_have_neither_gaps_nor_twins(database: Database) -> None:
    ids = [_made(database, lambda town: town.filed()) for _ in range(6)]

    def accept(dossier_id: int) -> Work:
        def work(town: Town) -> Any:
            dossier = town.session.get_one(Dossier, dossier_id)
            return dossiers.accept(town.session, dossier, by=town.official("reception"), at=MONDAY).code

        return work

    codes = at_once(database, *(accept(dossier_id) for dossier_id in ids))
    assert sorted(codes) == [f"000.21.01.H99-260302-{n:04d}" for n in range(1, 7)]


def test_many_clients_on_few_dossiers_neither_lock_up_nor_break_history(database: Database) -> None:
    ids = [_made(database, lambda town: town.received()) for _ in range(2)]

    def work(nth: int) -> Work:
        def act(town: Town) -> Any:
            dossier = town.session.get_one(Dossier, ids[nth % 2])
            task = town.session.scalars(select(Task).filter_by(dossier_id=dossier.id, kind="step")).first()
            by, at = town.official("case_officer", nth=nth % 2), MONDAY + timedelta(minutes=nth)
            assert task is not None
            match nth % 4:
                case 0:
                    return tasks.complete(town.session, task, outcome="fit", by=by, at=at)
                case 1:
                    return tasks.claim(town.session, task, by=by, at=at)
                case 2:
                    return dossiers.withdraw(town.session, dossier, by=town.citizen(), at=at)
                case _:
                    return dossiers.stop(
                        town.session, dossier, reason="Dừng", by=town.official("leader"), at=at
                    )

        return act

    at_once(database, *(work(nth) for nth in range(8)))
    with database.transaction() as session:
        for dossier in session.scalars(select(Dossier)):
            assert replay(session, dossier) == ()


def test_what_was_not_committed_never_happened(database: Database, office: Office) -> None:
    try:
        with database.transaction() as session:
            town_in(session).received()
            raise ConnectionError("the power goes")
    except ConnectionError:
        pass
    with database.transaction() as session:
        town = town_in(session)
        assert town.all(Dossier) == town.all(Application) == []
        assert town.received().code == "000.21.01.H99-260302-0001"


def test_two_receptions_of_one_person_are_not_both_the_first(database: Database) -> None:
    """What is granted once a year: the second is told that the amount is another than it was when sent."""
    with database.transaction() as session:
        publish_small(session, MONDAY, key="once_a_year", rules=ONCE)

    def filed(town: Town) -> Dossier:
        return town.filed(procedure="once_a_year")

    numbers = _made(database, filed), _made(database, filed)

    def accept(number: int) -> Work:
        def work(town: Town) -> Any:
            dossier = town.session.get_one(Dossier, number)
            return dossiers.accept(town.session, dossier, by=town.official("reception"), at=MONDAY)

        return work

    answers = at_once(database, *map(accept, numbers))
    (received,) = (answer for answer in answers if isinstance(answer, Dossier))
    (refused,) = (answer for answer in answers if isinstance(answer, Refusal))
    assert received.state["reduced_this_year"] == 0
    assert refused.code == "dossiers.law_changed_since_filing"
