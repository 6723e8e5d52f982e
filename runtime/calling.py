"""Automatic steps carried out: the connector is asked without any lock, what it says becomes an act of the machine."""

import logging

from sqlalchemy.orm import Session

from common.db import locked
from common.identity.actor import machine
from common.jobs import Work, job
from common.problems import Refusal
from procedure_library.definition import Step
from procedure_library.seeing import read_at
from runtime.acts import act, answers_ref
from runtime.connectors import Answer, ConnectorFailed, Question, connector
from runtime.engine.machine_events import Fail, Report
from runtime.engine.plain import from_plain
from runtime.engine.state import Run, State
from runtime.happening import Said
from runtime.judged import definition_of_dossier
from runtime.judging import judged_at_task
from runtime.models.dossiers import Dossier
from runtime.worlds import stored_answers

BY = machine("connectors")
log = logging.getLogger(__name__)


@job("connectors.call", retries=0)
def call_connector(work: Work, *, dossier_id: int, run: int) -> None:
    """One attempt. Where the machine dies in it, the same attempt is made again under the same number."""
    call(work, dossier_id, run)


def call(work: Work, dossier_id: int, number: int) -> None:
    """Asks, and writes down what came of it; nothing when the attempt is over already."""
    dossier = work.session.get_one(Dossier, dossier_id)
    run = _under_way(dossier, number)
    if run is None:
        return
    try:
        step = definition_of_dossier(work.session, dossier).step(run.step)
        said = connector(work.settings, step.connector)(_question(work.session, dossier, run, step))
    except ConnectorFailed as why:
        log.warning("run %s of dossier %s failed: %s", number, dossier.filing_number, why)
        _fail(work, dossier, run)
    else:
        _report(work, dossier, run, said)


def _report(work: Work, dossier: Dossier, run: Run, said: Answer) -> None:
    locked(work.session, dossier)
    if _under_way(dossier, run.number) is None:
        return
    whole = judged_at_task(work.session, dossier, run.step, said.outcome, said.answers)
    if isinstance(whole, tuple):
        where = ", ".join(problem.where for problem in whole)
        log.warning("run %s of dossier %s was answered wrong: %s", run.number, dossier.filing_number, where)
        _fail(work, dossier, run)
        return
    ref = answers_ref(from_plain(State, dossier.state), whole) if whole is not None else None
    event = Report(by=BY, at=work.at, run=run.number, outcome=said.outcome, answers=ref)
    done = act(work.session, dossier, event, Said(answers=whole))
    if isinstance(done, Refusal):
        log.warning("run %s of dossier %s: %s", run.number, dossier.filing_number, done.code)
        _fail(work, dossier, run)


def _fail(work: Work, dossier: Dossier, run: Run) -> None:
    act(work.session, locked(work.session, dossier), Fail(by=BY, at=work.at, run=run.number))


def _question(session: Session, dossier: Dossier, run: Run, step: Step) -> Question:
    definition = definition_of_dossier(session, dossier).definition
    told = read_at(definition, step)
    return Question(
        number=f"{dossier.filing_number}/{run.first}",
        dossier=dossier.code or dossier.filing_number,
        procedure=definition.code,
        step=step.key,
        answers={key: said for key, said in stored_answers(session, dossier).items() if key in told},
    )


def _under_way(dossier: Dossier, number: int) -> Run | None:
    return next((run for run in from_plain(State, dossier.state).runs if run.number == number), None)
