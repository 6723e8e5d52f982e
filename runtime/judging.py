"""Answers of a dossier judged as they come in: by the law it lives under, beside what is stored of it."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.problems import Problem, Refusal
from runtime.answering import judged_again, judged_reply, judged_work
from runtime.enclosures import wrong_files
from runtime.holding import Held
from runtime.judged import definition_of_dossier
from runtime.models.applications import Application
from runtime.worlds import stored_answers

Answers = Mapping[str, Any]


def judged_filing(session: Session, dossier: Held, answers: Answers) -> dict[str, Any] | tuple[Problem, ...]:
    """The applicant's whole answers; what officials have filled in stays as it is."""
    compiled = definition_of_dossier(session, dossier)
    said = judged_again(compiled, dossier.case_type, stored_answers(session, dossier), answers)
    if isinstance(said, tuple):
        return said
    form = compiled.form_at("filing", dossier.case_type)
    application_id = session.scalars(select(Application.id).where(Application.dossier_id == dossier.id)).one()
    return wrong_files(session, application_id, form, said) or said


def judged_supplement(
    session: Session, dossier: Held, asked: Collection[str], answers: Answers
) -> dict[str, Any] | tuple[Problem, ...] | Refusal:
    """The applicant's whole answers in reply to a supplement that asked for some of them; none named: for all."""
    return judged_reply(
        definition_of_dossier(session, dossier),
        dossier.case_type,
        stored_answers(session, dossier),
        asked,
        answers,
        lambda said: judged_filing(session, dossier, said),
    )


def judged_at_task(
    session: Session, dossier: Held, step_key: str, outcome: str, answers: Answers
) -> dict[str, Any] | tuple[Problem, ...] | None:
    """All answers with those of the questions the step answers or puts right; None when there are none."""
    compiled = definition_of_dossier(session, dossier)
    return judged_work(compiled, stored_answers(session, dossier), step_key, outcome, answers)
