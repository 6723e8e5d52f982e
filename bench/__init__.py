"""Measurements with targets: `make bench` prints one JSON object a line.

A benchmark is a function decorated with `@measures(name, unit, target)` that returns the value, in a module
listed in `bench.__main__`. Targets read like "<= 3". Numbers are for a machine with two cores and nothing else
to do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Benchmark:
    name: str
    unit: str
    target: str
    measure: Callable[[], float]


BENCHMARKS: list[Benchmark] = []


def measures(name: str, unit: str, target: str) -> Callable[[Callable[[], float]], Callable[[], float]]:
    """Registers a benchmark."""

    def registered(measure: Callable[[], float]) -> Callable[[], float]:
        BENCHMARKS.append(Benchmark(name, unit, target, measure))
        return measure

    return registered


def median_seconds(work: Callable[[], object], times: int = 5) -> float:
    """How long the work takes, as a rule."""
    taken = []
    for _ in range(times):
        begun = perf_counter()
        work()
        taken.append(perf_counter() - begun)
    return sorted(taken)[times // 2]
