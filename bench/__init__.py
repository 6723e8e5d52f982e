"""Measurements with targets: `make bench` prints one JSON object a line.

A benchmark is a function decorated with `@measures(name, unit, target)` that returns the value, in a module
listed in `bench.__main__`. Targets read like "<= 3". Numbers are for a machine with two cores and nothing else
to do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time


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


def median_work(work: Callable[[], object], times: int = 5) -> float:
    """Seconds of the processor that the work takes: for what only computes, whatever else the machine does."""
    taken = []
    for _ in range(times):
        begun = process_time()
        work()
        taken.append(process_time() - begun)
    return sorted(taken)[times // 2]


def median_ratio(ours: Callable[[], object], theirs: Callable[[], object], times: int = 9) -> float:
    """How many times as long ours takes: in turns, in time of the processor, so that others hit both alike."""
    taken: tuple[list[float], list[float]] = [], []
    for _ in range(times):
        for work, found in zip((ours, theirs), taken, strict=True):
            begun = process_time()
            work()
            found.append(process_time() - begun)
    mine, other = (sorted(found)[times // 2] for found in taken)
    return mine / other
