"""Officials at once, on real connections: one wins, the other is told who and when; a double click is one act."""

import threading
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import func, select

from common.db import Database
from common.problems import Refusal
from runtime import applications, dossiers
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier, DossierEvent
from tests.runtime.at_once import PATIENCE_SECONDS, Work, at_once
from tests.runtime.machine import promises
from tests.runtime.machine.verbs import VERBS, Asking, Choice
from tests.runtime.small import MONDAY
from tests.runtime.standing import STANDS, latest_task, person
from tests.runtime.tables import rows_of
from tests.runtime.test_term_acts import ONCE, extendable
from tests.runtime.town import Town, publish_small, town_in

CLIENTS, ACTS = 16, 25
# What officials and an applicant do all day with a dossier that is asked for more again and again.
OFTEN = (
    *(
        (who, verb)
        for who in ("case officer", "second case officer")
        for verb in ("claim", "release", "complete", "complete", "escalate")
    ),
    *((who, verb) for who in ("leader", "approver") for verb in ("suspend", "resume", "resume", "reassign")),
    *((who, "answer_supplement") for who in ("applicant", "reception")),
)


def _made(database: Database, make: Callable[[Town], Dossier]) -> tuple[int, int, int]:
    """A dossier: its id, how many events it has, and its latest task."""
    with database.transaction() as session:
        dossier = make(town_in(session))
        session.flush()
        return dossier.id, dossier.events, latest_task(dossier)


def _asks(made: tuple[int, int, int], who: str, verb: str, token: str, at: Any = MONDAY) -> Work:
    """By a page that was made before anybody acted. Whom a leader gives a task to, an approver does too."""
    number, events, task = made
    choice = Choice(pick=2 if verb == "reappoint" else 1, way=5 if verb == "reassign" else 0)
    once = f"{events}-{token}.typed"

    def work(town: Town) -> Any:
        dossier = town.session.get_one(Dossier, number)
        return VERBS[verb](Asking(town.session, dossier, person(town, who), at, choice, once, task))

    return work


def test_of_two_at_once_one_wins_and_the_other_is_told_who_and_when(database: Database) -> None:
    with database.transaction() as session:
        publish_small(session, MONDAY - timedelta(days=3), MONDAY.date(), rules=extendable(ONCE).rules)
    for row in rows_of("at_once.csv"):
        made = _made(database, STANDS[row["stands"]])
        one = _asks(made, row["one"], row["does"], "page-of-one")
        other = _asks(made, row["other"], row["does too"], "page-of-other")
        answers = at_once(database, one, other)
        refused = [answer for answer in answers if isinstance(answer, Refusal)]
        assert len(refused) == 1, (row, answers)
        assert {"who", "at"} <= set(refused[0].parameters), (row, refused)
        assert all(refused[0].parameters[name] for name in ("who", "at")), (row, refused)
        promises.told_well(refused[0])
        _keeps_every_promise(database, made[0])
        assert _events(database, made[0]) == made[1] + 1, row


def test_clicks_on_one_button_at_once_are_one_act_and_all_are_answered_so(database: Database) -> None:
    with database.transaction() as session:
        publish_small(session, MONDAY - timedelta(days=3), MONDAY.date(), rules=extendable(ONCE).rules)
    for row in rows_of("sent_again.csv"):
        made = _made(database, STANDS[row["stands"]])
        click = _asks(made, row["by"], row["verb"], "the-very-page")
        answers = at_once(database, click, click, click)
        assert not [each for each in answers if isinstance(each, Refusal | tuple | Exception)], (row, answers)
        assert {each.id for each in answers} == {answers[0].id}
        assert _events(database, made[0]) == made[1] + 1, row


def test_sending_and_receiving_by_clicks_at_once_make_one_dossier(database: Database) -> None:
    with database.transaction() as session:
        town = town_in(session)
        sent, entered = town.begun().id, town.begun(town.official("reception")).id

    def send(town: Town) -> Any:
        here, by = town.session.get_one(Application, sent), town.citizen()
        return applications.submit(town.session, here, once="0-page.typed", by=by, at=MONDAY)

    def enter(town: Town) -> Any:
        here, by = town.session.get_one(Application, entered), town.official("reception")
        return dossiers.enter_at_counter(town.session, here, once="0-page.typed", by=by, at=MONDAY)

    for work in (send, enter):
        answers = at_once(database, work, work, work)
        assert len({answer.id for answer in answers}) == 1
    with database.session() as session:
        assert session.scalars(select(Dossier.events).order_by(Dossier.events)).all() == [1, 2]


def test_sixteen_clients_on_four_dossiers_lose_nothing_and_never_lock_up(database: Database) -> None:
    with database.transaction() as session:
        publish_small(session, MONDAY - timedelta(days=3), MONDAY.date(), rules=extendable(ONCE).rules)
    made = [_made(database, lambda town: town.received()) for _ in range(4)]
    before = sum(events for _id, events, _task in made)
    done, broken = list[str](), list[Exception]()

    def client(nth: int) -> None:
        chance = Random(nth)
        for act in range(ACTS):
            number, _events, _task = chance.choice(made)
            who, verb = chance.choice(OFTEN)
            choice = Choice(way=1 if verb == "complete" else chance.randrange(9))
            once = f"0-client-{nth}-act-{act}.typed"
            try:
                with database.transaction() as session:
                    dossier, town = session.get_one(Dossier, number), town_in(session)
                    asking = Asking(session, dossier, person(town, who), MONDAY, choice, once)
                    answer = VERBS[verb](asking)
                if not isinstance(answer, Refusal | tuple):
                    done.append(verb)
            except Exception as error:
                broken.append(error)

    threads = [threading.Thread(target=client, args=(nth,)) for nth in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive(), "somebody waits for ever"
    assert broken == []
    assert len(done) > CLIENTS
    assert sum(_events(database, number) for number, _events_then, _task in made) == before + len(done)
    for number, _events_then, _task in made:
        _keeps_every_promise(database, number)


def _events(database: Database, number: int) -> int:
    with database.session() as session:
        mine = select(func.count()).where(DossierEvent.dossier_id == number)
        return session.scalar(mine) or 0


def _keeps_every_promise(database: Database, number: int) -> None:
    with database.session() as session:
        here = promises.Looked(session, session.get_one(Dossier, number))
        for promise in promises.OF_A_DOSSIER:
            promise(here)
        promises.numbers_have_no_gaps(session)
