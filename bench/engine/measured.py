"""The figures of the engine: all contenders in one house, one after the other, some rounds; medians."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from statistics import median

from bench import measures
from bench.engine import statements
from bench.engine.ceiling import Ceiling
from bench.engine.clients import Client, Worked, work
from bench.engine.floor import Floor
from bench.engine.house import House, house
from bench.engine.ours import Ours
from bench.engine.spiff import Spiff
from bench.engine.tape import recorded

ROUNDS = 5
DOSSIERS = 60
CLIENTS = (1, 4)


@cache
def worked() -> Mapping[tuple[str, int], Sequence[Worked]]:
    """For each contender and number of clients what it did in each round, contenders taking turns."""
    found = defaultdict(list)
    with house() as here:
        makers = _contenders(here)
        for _ in range(ROUNDS):
            for clients in CLIENTS:
                for name, make in makers.items():
                    dossiers = _dossiers(here, name, DOSSIERS * clients)
                    found[name, clients].append(work(make, dossiers, clients))
    return found


def _contenders(here: House) -> Mapping[str, Callable[[], Client]]:
    tape = recorded(here)
    for contender in (Spiff(here), Ceiling(here)):
        contender.prepare()
        contender.close()
    return {
        "ours": partial(Ours, here),
        "floor": partial(Floor, here, tape),
        "ceiling": partial(Ceiling, here),
        "spiff": partial(Spiff, here),
    }


def _dossiers(here: House, name: str, count: int) -> list[int]:
    dossiers = here.filed(count)
    if name == "spiff":
        spiff = Spiff(here)
        for dossier in dossiers:
            spiff.begin(dossier)
        spiff.close()
    return dossiers


def _ratio(other: str, clients: int) -> float:
    """The median of the ratios within a round: the machine is not as fast in one as in another."""
    pairs = zip(worked()["ours", clients], worked()[other, clients], strict=True)
    return median(ours.per_second / theirs.per_second for ours, theirs in pairs)


@measures("engine.steps_vs_floor_1", "ratio", ">= 0.8")
def beside_the_floor() -> float:
    """Durable steps a second of one client, against statements written by hand for the same rows."""
    return _ratio("floor", 1)


@measures("engine.steps_vs_floor_4", "ratio", ">= 0.8")
def beside_the_floor_with_four() -> float:
    """The same with four clients at once."""
    return _ratio("floor", 4)


@measures("engine.steps_vs_ceiling", "ratio", "(no target)")
def beside_the_ceiling() -> float:
    """Against one row and a commit a step."""
    return _ratio("ceiling", 1)


@measures("engine.steps_vs_spiff", "ratio", ">= 4")
def beside_spiffworkflow() -> float:
    """Against SpiffWorkflow with its state in the same database."""
    return _ratio("spiff", 1)


@measures("engine.p95_ms", "ms", "(no target)")
def slowest_of_twenty() -> float:
    """The 95th percentile of a step, one client."""
    return median(each.p95_ms for each in worked()["ours", 1])


@measures("engine.statements_per_step", "statements", "<= 4")
def statements_of_a_step() -> float:
    """Statements sent to the server, those that open and close the transaction aside."""
    with house() as here:
        return statements.statements_per_step(here)


@measures("engine.wal_bytes_per_step", "bytes", "<= 2500")
def written_ahead() -> float:
    """What a step adds to the write-ahead log: what is sent to a standby and kept for recovery."""
    with house() as here:
        return statements.wal_bytes_per_step(here)
