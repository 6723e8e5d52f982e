"""Every question of `runtime.queries` and every act finds its rows by an index, in a house that has a past."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from inspect import isfunction
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.actor import Actor
from runtime import applications, dossiers, queries, tasks
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.models.papers import Document, Letter
from runtime.models.tasks import Task
from runtime.models.uploads import Upload
from runtime.pages import After
from runtime.reductions import Asker, reduced_in_the_year
from tests.runtime.plans.past import COUNT, GROWING
from tests.runtime.plans.plan import Sent, indexes, listening, whole_tables
from tests.runtime.small import MONDAY
from tests.runtime.town import TODAY, Town

DAY = timedelta(days=1)
LONG_AGO = After(MONDAY - 30 * DAY, 1)


@dataclass(frozen=True)
class House:
    """Who asks and what is asked about."""

    session: Session
    official: Actor
    # Of all communes together.
    leader: Actor
    citizen: Actor
    dossier: Dossier
    task: Task
    application: Application
    letter: Letter
    document: Document
    upload: Upload


@pytest.fixture
def house(town: Town) -> House:
    dossier = town.session.scalars(select(Dossier).where(Dossier.filing_number == "N5008")).one()

    def its(model: Any, **where: Any) -> Any:
        return town.session.scalars(select(model).filter_by(**where).limit(1)).one()

    application = its(Application, dossier_id=dossier.id)
    posts = {(dossier.unit_id, role) for role in ("reception", "case_officer", "approver")}
    return House(
        session=town.session,
        official=Actor(1, "", "official", frozenset(posts)),
        leader=Actor(2, "", "official", frozenset((unit.id, "leader") for unit in town.units.values())),
        citizen=town.citizen(),
        dossier=dossier,
        task=its(Task, dossier_id=dossier.id),
        application=application,
        letter=its(Letter, dossier_id=dossier.id),
        document=its(Document, application_id=application.id),
        upload=its(Upload, application_id=application.id),
    )


def _view(house: House, by: Actor | None = None) -> Any:
    by = by or house.official
    view = queries.dossier_for(house.session, house.dossier.filing_number, by, at=MONDAY)
    assert view is not None
    return view


def _law_and_state(house: House) -> Any:
    view = _view(house)
    return view.compiled, view.state


ASKED: tuple[tuple[str, Callable[[House], Any]], ...] = (
    ("application_for", lambda h: queries.application_for(h.session, h.application.id, h.official)),
    ("charges_of", lambda h: queries.charges_of(h.session, h.dossier)),
    ("count_escalated", lambda h: queries.count_escalated(h.session, h.leader)),
    ("counts", lambda h: queries.counts(h.session, h.official, at=MONDAY)),
    ("decision_of", lambda h: queries.decision_of(h.session, h.dossier)),
    ("document_for", lambda h: queries.document_for(h.session, h.document.id, h.official)),
    ("dossier_for", lambda h: _view(h)),
    ("dossiers_of", lambda h: queries.dossiers_of(h.session, h.citizen)),
    ("dossiers_of", lambda h: queries.dossiers_of(h.session, h.citizen, after=LONG_AGO)),
    ("escalated", lambda h: queries.escalated(h.session, h.leader, at=MONDAY)),
    ("evaluations_of", lambda h: queries.evaluations_of(h.session, h.dossier)),
    ("history_of", lambda h: queries.history_of(h.session, _view(h))),
    ("inbox", lambda h: queries.inbox(h.session, h.official, at=MONDAY)),
    ("inbox", lambda h: queries.inbox(h.session, h.official, at=MONDAY, after=LONG_AGO)),
    ("inbox", lambda h: queries.inbox(h.session, h.official, at=MONDAY, mine=True)),
    ("letter_for", lambda h: queries.letter_for(h.session, h.letter.id, h.official)),
    ("letters_of", lambda h: queries.letters_of(h.session, h.dossier)),
    ("look_up", lambda h: queries.look_up(h.session, str(h.dossier.code), "038190000777")),
    ("notices_of", lambda h: queries.notices_of(h.session, h.dossier)),
    ("parts_of", lambda h: queries.parts_of(h.session, h.dossier, *_law_and_state(h), MONDAY)),
    ("resting", lambda h: queries.resting(h.session, h.dossier.version_id, at=MONDAY)),
    ("search", lambda h: queries.search(h.session, h.official, "")),
    ("search", lambda h: queries.search(h.session, h.official, "", after=LONG_AGO)),
    ("search", lambda h: queries.search(h.session, h.official, "", status="in_process")),
    ("search", lambda h: queries.search(h.session, h.official, str(h.dossier.code))),
    ("search", lambda h: queries.search(h.session, h.official, h.dossier.applicant_folded)),
    ("search", lambda h: queries.search(h.session, h.official, "nguyen")),
    ("search", lambda h: queries.search(h.session, h.leader, "nguyen")),
    ("search", lambda h: queries.search(h.session, h.leader, "nguyen", after=LONG_AGO)),
    ("search", lambda h: queries.search(h.session, h.leader, "nguyen", status="in_process")),
    ("search", lambda h: queries.search(h.session, h.leader, h.dossier.applicant_folded)),
    ("search", lambda h: queries.search(h.session, h.official, "n", after=LONG_AGO)),
    ("search", lambda h: queries.search(h.session, h.official, "038190000777")),
    ("step_name", lambda h: queries.step_name(h.session, h.dossier.version_id, h.task)),
    ("task_for", lambda h: queries.task_for(h.session, h.task.id, h.official)),
    ("task_led_by", lambda h: queries.task_led_by(h.session, h.task.id, h.leader)),
    ("unsent", lambda h: queries.unsent(h.session, h.citizen, TODAY)),
    ("upload_for", lambda h: queries.upload_for(h.session, h.upload.key, h.official)),
    ("whole_of", lambda h: queries.whole_of(h.session, h.dossier, h.official)),
)


def test_no_question_is_forgotten() -> None:
    questions = {name for name in queries.__all__ if isfunction(getattr(queries, name))}
    assert {name for name, _ask in ASKED} == questions


@pytest.mark.parametrize("ask", [pytest.param(ask, id=f"{n}-{name}") for n, (name, ask) in enumerate(ASKED)])
def test_a_question_reads_no_growing_table_whole(house: House, ask: Callable[[House], Any]) -> None:
    house.session.expire_all()
    with listening(house.session) as sent:
        ask(house)
    assert _read_whole(house.session, sent) == []
    assert sent.orm


def test_a_rare_name_is_found_by_name_and_a_common_one_on_the_way_back_through_time(house: House) -> None:
    for name, way in (
        (house.dossier.applicant_folded, "ix_dossiers_applicant"),
        ("nguyen", "ix_dossiers_unit"),
    ):
        with listening(house.session) as sent:
            assert queries.search(house.session, house.leader, name).rows
        plans = (plan for _statement, plan in sent.plans(house.session))
        read = [{i for i in indexes(plan) if i.startswith("ix_dossiers")} for plan in plans]
        *_counted, listed = filter(None, read)
        assert listed == {way, "ix_dossiers_elsewhere_applicant"}


def test_earlier_reductions_are_counted_among_the_dossiers_of_the_person(house: House) -> None:
    with listening(house.session) as sent:
        reduced_in_the_year(house.session, Asker.of(house.dossier), MONDAY)
    ((_statement, plan),) = sent.plans(house.session)
    assert {"ix_dossiers_identity", "ix_charges_dossier"} <= set(indexes(plan))
    assert not list(whole_tables(plan))


def test_acts_read_no_growing_table_whole(town: Town) -> None:
    """All of a dossier's way, from the first page to the result: what is held, read and written."""
    with listening(town.session) as sent:
        dossier = town.received()
        claimed = tasks.claim(town.session, town.task(dossier), by=town.official("case_officer"), at=MONDAY)
        released = tasks.release(
            town.session, town.task(dossier), by=town.official("case_officer"), at=MONDAY
        )
        asked = town.complete(dossier, "incomplete", reason="Thiếu chữ ký.")
        answered = dossiers.answer_supplement(town.session, dossier, by=town.citizen(), at=MONDAY)
        done = [town.complete(dossier, outcome) for outcome in ("fit", "granted", "collected")]
        handed = dossiers.hand_over(town.session, dossier, by=town.official("reception"), at=MONDAY)
        thrown_away = applications.discard(town.session, town.begun(), by=town.citizen(), at=MONDAY)
    assert all(isinstance(each, Task) for each in (claimed, released, asked, *done))
    assert isinstance(answered, Dossier)
    assert isinstance(handed, Dossier)
    assert thrown_away is None
    assert len(sent.driver) >= 18
    assert _read_whole(town.session, sent) == []


def test_every_growing_table_has_grown(town: Town) -> None:
    """Of a few rows a planner reads all: then these tests would prove nothing."""
    for table in GROWING:
        count = town.session.connection().exec_driver_sql(f"select count(*) from {table}").scalar_one()
        assert count >= COUNT, table


def test_what_reads_a_table_whole_is_noticed(town: Town) -> None:
    with listening(town.session) as sent:
        town.session.scalars(select(Dossier.id).where(Dossier.channel == "post")).all()
        town.session.scalars(select(Task.id).order_by(Task.id).limit(1)).all()
    assert [found for _statement, found in _read_whole(town.session, sent)] == [
        "dossiers (Seq Scan)",
        "tasks (Index Only Scan without a condition)",
    ]


def _read_whole(session: Session, sent: Sent) -> list[tuple[str, str]]:
    return [(statement, found) for statement, plan in sent.plans(session) for found in whole_tables(plan)]
