"""One house of a size, and what its figures are beside those of smaller ones."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from bench.engine.clients import work
from bench.engine.house import FILED, House, house
from bench.engine.ours import Ours
from bench.growth.filling import fill
from bench.growth.questions import analyze, asked_ms, database_ms, questions
from common.db import Database

STEPS_OF = 60
IN_DATABASE_MS, THROUGH_LAYER_MS = 5, 15
Figures = Mapping[str, float]


def at_size(size: int) -> Figures:
    """Steps a second of one client, and each question's 95th percentile in the database and through our layer."""
    with house() as here:
        _filled(here, size)
        database = here.database()
        with database.session() as session:
            asked = questions(session, FILED)
        figures = {"engine.steps_per_s": work(lambda: Ours(here), here.filed(STEPS_OF), 1).per_second}
        for name, question in asked.items():
            figures[f"{name}.database_ms"] = database_ms(database, question)
            figures[f"{name}.layer_ms"] = asked_ms(database, question)
        database.engine.dispose()
    return figures


def _filled(here: House, size: int) -> None:
    print(f"Filling a house with {size:,} dossiers…", file=sys.stderr)
    (pattern,) = here.filed(1)
    ours = Ours(here)
    for number in range(5):
        ours.step(pattern, number)
    ours.close()
    database = Database(here.owner)
    with database.transaction() as session:
        fill(session, size, pattern)
    analyze(database)
    database.engine.dispose()


def growth(found: Mapping[int, Figures]) -> Iterator[Mapping[str, Any]]:
    """The largest house beside the smallest and the middle one, with targets."""
    smallest, *_, largest = sorted(found)
    steps = "engine.steps_per_s"
    ratio = found[largest][steps] / found[smallest][steps]
    yield {"name": "engine.steps_growth", "value": round(ratio, 3), "unit": "ratio", "target": ">= 0.8"}
    before = sorted(found)[-2]
    for name, value in found[largest].items():
        if name.endswith("_ms"):
            limit = IN_DATABASE_MS if name.endswith("database_ms") else THROUGH_LAYER_MS
            yield {"name": name, "value": round(value, 3), "unit": "ms", "target": f"<= {limit}"}
            grown = round(value / found[before][name], 2)
            yield {"name": f"{name}.growth", "value": grown, "unit": "ratio", "target": "<= 1.5"}
