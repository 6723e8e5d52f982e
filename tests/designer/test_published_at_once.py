"""Two publishers press at the same moment, on a real server: one publishes, the other is told."""

import threading
from datetime import datetime
from typing import Any

from sqlalchemy import select

from common.db import Database
from common.identity.actor import Actor
from common.problems import Refusal
from designer.reviews.deciding import publish_submission, send_back
from designer.reviews.models import ReviewAct, Submission
from procedure_library.loading import load_calendar
from procedure_library.models import Version
from runtime.letters.proof import trial
from runtime.trial.player import play
from tests.designer.office import NOW, Office

PATIENCE_SECONDS = 120


def _agreed(database: Database) -> tuple[int, Actor, Actor]:
    """A submission that waits for publication, and two who may publish it."""
    with database.transaction() as session:
        load_calendar(session, at=NOW)
        office = Office(session)
        other = office.person("publisher_2", "publisher")
        return office.agreed().id, office.publisher, other


def _at_once(database: Database, *acts: Any) -> list[Any]:
    start, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(nth: int) -> None:
        with database.transaction() as session:
            start.wait(PATIENCE_SECONDS)
            answers[nth] = acts[nth](session)

    threads = [threading.Thread(target=run, args=(nth,)) for nth in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive(), "somebody waits for ever"
    return answers


def _publishing(number: int, by: Actor, at: datetime = NOW) -> Any:
    def act(session: Any) -> str:
        submission = session.get_one(Submission, number)
        done = publish_submission(session, submission, "", trial=trial, player=play, by=by, at=at)
        return done.code if isinstance(done, Refusal) else type(done).__name__

    return act


def _returning(number: int, by: Actor) -> Any:
    def act(session: Any) -> str:
        done = send_back(session, session.get_one(Submission, number), "Sửa lại tên.", by=by, at=NOW)
        return done.code if isinstance(done, Refusal) else type(done).__name__

    return act


def test_a_submission_is_published_once(database: Database) -> None:
    number, one, other = _agreed(database)
    answers = _at_once(database, _publishing(number, one), _publishing(number, other))
    assert sorted(answers) == ["ReviewAct", "reviews.decided_already"]
    with database.transaction() as session:
        assert [each.number for each in session.scalars(select(Version).order_by(Version.number))] == [1, 2]


def test_a_submission_is_published_or_returned(database: Database) -> None:
    number, one, other = _agreed(database)
    answers = _at_once(database, _publishing(number, one), _returning(number, other))
    assert sorted(answers) == ["ReviewAct", "reviews.decided_already"]
    with database.transaction() as session:
        ended = session.scalars(select(ReviewAct.act).where(ReviewAct.act != "agreed")).all()
        assert ended in (["published"], ["returned"])
        assert len(session.scalars(select(Version)).all()) == (2 if ended == ["published"] else 1)
