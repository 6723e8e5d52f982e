"""Houses of some sizes side by side: they take turns, so that whatever else the machine does hits all alike."""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from statistics import median
from time import perf_counter
from typing import Any

from bench.engine.clients import work
from bench.engine.house import FILED, House, house
from bench.engine.ours import Ours
from bench.growth.filling import analyze, fill
from bench.growth.questions import COMES_OFTEN, Asked, questions
from common.db import Database
from common.identity.numbers import identity_hash

ROUNDS = 5
STEPS_OF = 40
IN_DATABASE_MS, THROUGH_LAYER_MS = 5, 15
Figures = Mapping[str, float]


def measured(sizes: Sequence[int]) -> Mapping[int, Figures]:
    """For each size the medians of some rounds: steps a second of one client, and of each question the 95th
    percentile in the database and through our layer."""
    found: dict[int, dict[str, list[float]]] = {size: defaultdict(list) for size in sizes}
    with ExitStack() as street:
        houses = {size: street.enter_context(_filled(size)) for size in sizes}
        for _ in range(ROUNDS):
            for size, (here, asked) in houses.items():
                for name, value in _round(here, asked):
                    found[size][name].append(value)
    return {size: {name: median(values) for name, values in of.items()} for size, of in found.items()}


def _round(here: House, asked: Sequence[Asked]) -> Iterator[tuple[str, float]]:
    yield "engine.steps_per_s", work(lambda: Ours(here), here.filed(STEPS_OF), 1).per_second
    for question in asked:
        yield f"{question.name}.database_ms", question.database_ms()
        yield f"{question.name}.layer_ms", question.layer_ms()


@contextmanager
def _filled(size: int) -> Iterator[tuple[House, Sequence[Asked]]]:
    """A house with so many dossiers, and what is asked there."""
    with house() as here:
        begun = perf_counter()
        (pattern,) = here.filed(1)
        ours = Ours(here)
        for number in range(5):
            ours.step(pattern, number)
        ours.close()
        owner = Database(here.owner)
        fill(owner, size, pattern, identity_hash(COMES_OFTEN, here.settings.identity_key))
        analyze(owner)
        owner.engine.dispose()
        print(f"A house with {size:,} dossiers: {perf_counter() - begun:.0f} s", file=sys.stderr)
        database = here.database()
        yield here, questions(database, FILED)
        database.engine.dispose()


def growth(found: Mapping[int, Figures]) -> Iterator[Mapping[str, Any]]:
    """The largest house beside the smallest and the one before it, with targets."""
    *smaller, largest = sorted(found)
    for name, value in found[largest].items():
        if name.endswith("_ms"):
            limit = IN_DATABASE_MS if name.endswith("database_ms") else THROUGH_LAYER_MS
            yield {"name": name, "value": round(value, 3), "unit": "ms", "target": f"<= {limit}"}
    if smaller:
        yield _ratio("engine.steps_growth", found, largest, smaller[0], "engine.steps_per_s", ">= 0.8")
        for name in found[largest]:
            if name.endswith("_ms"):
                yield _ratio(f"{name}.growth", found, largest, smaller[-1], name, "<= 1.5")


def _ratio(
    said: str, found: Mapping[int, Figures], size: int, other: int, name: str, target: str
) -> Mapping[str, Any]:
    value = found[size][name] / found[other][name]
    return {"name": said, "value": round(value, 3), "unit": "ratio", "target": target}
