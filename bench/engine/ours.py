"""The eight steps through the verbs that the views call, each in a transaction of its own."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from bench.engine.house import House, at
from common.problems import Refusal
from runtime import dossiers, tasks
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task

Step = Callable[[Session, House, int], Any]


def _complete(number: int, task: int, outcome: str = "done", reason: str = "") -> Step:
    """`task` is its number within the dossier, as the inbox told it."""

    def done(session: Session, house: House, dossier: int) -> Any:
        row = Task(dossier_id=dossier, number=task)
        return tasks.complete(session, row, outcome=outcome, reason=reason, by=house.official, at=at(number))

    return done


def _accept(session: Session, house: House, dossier: int) -> Any:
    return dossiers.accept(session, Dossier(id=dossier), by=house.official, at=at(0))


def _answer(session: Session, house: House, dossier: int) -> Any:
    return dossiers.answer_supplement(session, Dossier(id=dossier), by=house.applicant, at=at(2))


def _hand_over(session: Session, house: House, dossier: int) -> Any:
    return dossiers.hand_over(session, Dossier(id=dossier), by=house.official, at=at(7))


STEPS: tuple[Step, ...] = (
    _accept,
    _complete(1, 2, "incomplete", "A paper is missing."),
    _answer,
    _complete(3, 3, "fit"),
    _complete(4, 4),
    _complete(5, 5),
    _complete(6, 6, "granted"),
    _hand_over,
)


class Ours:
    """One client with a connection of its own."""

    def __init__(self, house: House) -> None:
        self.house, self.database = house, house.database()

    def step(self, dossier: int, number: int) -> None:
        """Does the step; it is durable when this returns."""
        with self.database.transaction() as session:
            answer = STEPS[number](session, self.house, dossier)
            if answer is None or isinstance(answer, Refusal | tuple):
                raise SystemExit(f"step {number} was refused: {answer}")

    def close(self) -> None:
        self.database.engine.dispose()
