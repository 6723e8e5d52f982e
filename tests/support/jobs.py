"""Jobs in tests: which are waiting, and doing them now."""

import threading
from types import SimpleNamespace
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.jobs import Workshop, queue, work_off

WAITING = "select id, task_name, args from procrastinate_jobs where status = 'todo' order by id"


def waiting(session: Session) -> list[tuple[str, dict[str, Any]]]:
    """Name and parameters of every job that this transaction sees waiting."""
    return [(row.task_name, row.args) for row in session.execute(text(WAITING))]


def do_waiting(workshop: Workshop) -> None:
    """Does what is waiting in a transaction that will be taken back, where no worker could see it."""
    with workshop.database.transaction() as session:
        rows = session.execute(text(WAITING)).all()
        session.execute(text("delete from procrastinate_jobs where status = 'todo'"))
    for row in rows:
        context: Any = SimpleNamespace(
            additional_context={"workshop": workshop}, job=SimpleNamespace(id=row.id)
        )
        queue.tasks[row.task_name].func(context, **row.args)


def work_off_all(url: str, workshop: Workshop) -> None:
    """Runs a real worker until nothing is left; in a thread, because Playwright's loop may own this one."""
    thread = threading.Thread(target=work_off, args=(url, workshop), kwargs={"forever": False})
    thread.start()
    thread.join()
