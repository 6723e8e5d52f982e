"""The clock after downtime, with two workers at once, and some at a time: everything once, in the right order."""

import threading
from typing import Any

import pytest
from sqlalchemy import event, func, select, text

from common.clock import fixed_clock
from common.db import Database
from common.jobs import Work, Workshop, defer
from config import Settings
from runtime.models.dossiers import DossierEvent
from runtime.models.papers import Letter, Notice
from runtime.models.reminders import Reminder
from runtime.office import Office
from runtime.watch import watching
from runtime.watch.looking import LISTS, look_on, watch_limits, watch_round
from runtime.watch.watching import Watch
from tests.runtime.test_watch import asked_for_more, look, march
from tests.runtime.town import Town, town_in
from tests.support.jobs import waiting, work_off_all


def test_after_a_week_without_a_clock_all_is_made_up_in_the_order_of_the_limits(town: Town) -> None:
    """Nothing ran from 02/03 to 13/03: what is lawful no more is not proposed, the rest is told as it is now."""
    asked = [asked_for_more(town, march(3)), asked_for_more(town, march(2))]
    late = [town.received(march(4)), town.received(march(3))]
    result = town.finished(march(2))
    look(town, march(16))
    assert [dossier.status for dossier in asked] == ["stopped", "stopped"]
    stops = town.session.scalars(
        select(DossierEvent.dossier_id).where(DossierEvent.act == "stop").order_by(DossierEvent.at)
    ).all()
    assert set(stops) == {dossier.id for dossier in asked}
    letters = town.session.scalars(
        select(Letter.dossier_id).filter_by(kind="stop_notice").order_by(Letter.id)
    )
    assert list(letters) == [asked[1].id, asked[0].id]
    by_dossier = [(r.dossier_id, r.kind, f"{r.crossed_on:%d/%m}") for r in town.all(Reminder)]
    assert by_dossier == [
        (late[1].id, "overdue", "07/03"),
        (late[0].id, "overdue", "10/03"),
        (late[1].id, "overdue", "05/03"),
        (late[0].id, "overdue", "06/03"),
        (result.id, "not_collected", "12/03"),
    ]
    again = len(town.all(Reminder)), [d.events for d in (*asked, *late, result)]
    look(town, march(16, 9))
    assert (len(town.all(Reminder)), [d.events for d in (*asked, *late, result)]) == again


@pytest.fixture
def busy(database: Database) -> Database:
    """Committed: eight that are late, eight whose supplement did not come, four results."""
    with database.transaction() as session:
        town = town_in(session)
        for _ in range(8):
            town.received()
            asked_for_more(town)
        for _ in range(4):
            town.finished()
    return database


def test_two_workers_at_once_act_once(busy: Database) -> None:
    start, failed = threading.Barrier(2), list[Exception]()

    def run() -> None:
        for name in LISTS:
            start.wait(60)
            try:
                with busy.transaction() as session:
                    LISTS[name](Watch(session, march(16)), None)
            except Exception as error:
                failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    with busy.transaction() as session:
        kinds = dict(session.execute(select(Reminder.kind, func.count()).group_by(Reminder.kind)).all())
        stops = session.scalars(select(DossierEvent.dossier_id).where(DossierEvent.act == "stop")).all()
        notices = dict(session.execute(select(Notice.news, func.count()).group_by(Notice.news)).all())
    assert kinds == {"overdue": 16, "not_collected": 4}
    assert len(stops) == len(set(stops)) == 8
    assert (notices["stopped"], notices["not_collected"]) == (8, 4)


def test_a_round_asks_for_a_look_at_each_list_and_each_look_for_the_next(
    town: Town, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Work(town.session, march(6), office.files, settings)
    watch_round(work)
    assert [args["name"] for name, args in waiting(town.session) if name == "clock.look"] == list(LISTS)
    monkeypatch.setattr(watching, "AT_ONCE", 2)
    for _ in range(3):
        town.received()
    look_on(work, "overdue", "")
    assert len(town.all(Reminder)) == 2
    (name, asked) = waiting(town.session)[-1]
    assert (name, asked["name"]) == ("clock.look", "overdue")
    look_on(work, "overdue", asked["after"])
    assert len(town.all(Reminder)) == 3


WATCHED = {
    "due_soon": "ix_tasks_watched",
    "tasks_overdue": "ix_tasks_limits",
    "overdue": "ix_dossiers_due_at",
    "apologies": "ix_dossiers_appointment_at",
    "unanswered": "ix_dossiers_answer_by",
    "not_collected": "ix_dossiers_ready",
}


@pytest.mark.parametrize("name", WATCHED)
def test_each_list_is_read_by_the_index_of_what_is_open(town: Town, name: str) -> None:
    """With few rows the planner would rather read the table: here it may not."""
    plans: list[str] = []
    connection = town.session.connection()
    connection.exec_driver_sql("set local enable_seqscan = off")
    connection.exec_driver_sql("set local enable_bitmapscan = off")

    def explain(_connection: Any, cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.startswith("SELECT") and "ORDER BY" in statement and "LIMIT" in statement:
            with cursor.connection.cursor() as other:
                plans.extend(line for (line,) in other.execute(f"explain {statement}", parameters))

    event.listen(connection, "before_cursor_execute", explain)
    LISTS[name](Watch(town.session, march(16)), None)
    event.remove(connection, "before_cursor_execute", explain)
    assert WATCHED[name] in "\n".join(plans)


def test_a_real_worker_goes_through_the_whole_round(
    busy: Database, office: Office, settings: Settings
) -> None:
    """Jobs ask for jobs: in a worker the queue itself works otherwise than in a web process."""
    clock = fixed_clock(march(16))
    with busy.transaction() as session:
        defer(session, watch_limits)
    url = busy.engine.url.render_as_string(hide_password=False)
    # A worker that does not wait leaves when it finds nothing: what the round asks for is for the next.
    for _ in range(3):
        work_off_all(url, Workshop(busy, settings, clock))
    with busy.transaction() as session:
        left = session.execute(text("select task_name, status from procrastinate_jobs")).all()
        kinds = dict(session.execute(select(Reminder.kind, func.count()).group_by(Reminder.kind)).all())
    assert left == []
    assert kinds == {"overdue": 16, "not_collected": 4}
