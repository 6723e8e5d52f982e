"""Pieces of work in the town hall that are done at the same moment, by threads with transactions of their own."""

import threading
from collections.abc import Callable
from typing import Any

from common.db import Database
from tests.runtime.town import Town, town_in

PATIENCE_SECONDS = 120
Work = Callable[[Town], Any]


def at_once(database: Database, *work: Work) -> list[Any]:
    """What each comes to; an exception stands for its answer and is raised in its thread."""
    start, answers = threading.Barrier(len(work)), [None] * len(work)

    def run(nth: int) -> None:
        with database.transaction() as session:
            town = town_in(session)
            start.wait(PATIENCE_SECONDS)
            try:
                answers[nth] = work[nth](town)
            except Exception as error:
                answers[nth] = error
                raise

    threads = [threading.Thread(target=run, args=(nth,)) for nth in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive(), "somebody waits for ever"
    return answers
