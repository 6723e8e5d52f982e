"""Clients at work: each a process with a connection and dossiers of its own, all beginning together."""

import multiprocessing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Protocol

STEPS = 8
WARM = 6


class Client(Protocol):
    def step(self, dossier: int, number: int) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Worked:
    """Steps a second of all clients together, and the slowest of twenty steps in milliseconds."""

    per_second: float
    p95_ms: float


def work(make: Callable[[], Client], dossiers: Sequence[int], clients: int) -> Worked:
    """All steps of all dossiers; the first few of each client warm it up and are not counted."""
    context = multiprocessing.get_context("fork")
    shares = [dossiers[number::clients] for number in range(clients)]
    ready, answers = context.Barrier(clients), context.SimpleQueue()
    processes = [context.Process(target=_client, args=(make, share, ready, answers)) for share in shares]
    for process in processes:
        process.start()
    found = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    begun, ended = min(each[0] for each in found), max(each[1] for each in found)
    taken = sorted(one for each in found for one in each[2])
    return Worked(len(taken) / (ended - begun), taken[int(len(taken) * 0.95)] * 1000)


def _client(make: Callable[[], Client], dossiers: Sequence[int], ready: Any, answers: Any) -> None:
    client = make()
    for dossier in dossiers[:WARM]:
        _whole(client, dossier)
    ready.wait()
    begun = perf_counter()
    taken = [one for dossier in dossiers[WARM:] for one in _whole(client, dossier)]
    answers.put((begun, perf_counter(), taken))
    client.close()


def _whole(client: Client, dossier: int) -> list[float]:
    taken = []
    for number in range(STEPS):
        begun = perf_counter()
        client.step(dossier, number)
        taken.append(perf_counter() - begun)
    return taken
