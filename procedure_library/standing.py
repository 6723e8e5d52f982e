"""Where a dossier may stand in a procedure: every marking that people and rules can bring about, in any order.

A dossier that comes from another version is put only where one of this version could have come by itself:
there every join can still be filled, no decision is taken twice, and an end is ahead.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from procedure_library.case_ways import decide_ways
from procedure_library.checks.exploration import Situation, every_way_on, every_way_to_begin
from procedure_library.compiled import Compiled
from procedure_library.semantics import Graph

# As with the checks: beyond this many a place counts as not proved, and nobody is put there.
MOST = 5_000


@dataclass(frozen=True, slots=True)
class _Named:
    """A graph known by the digest of its definition."""

    digest: str
    graph: Graph = field(compare=False)


def may_stand(compiled: Compiled, situation: Situation) -> bool:
    """Whether a dossier of this version can come to stand so, by the ways of its case type where it is named."""
    kinds = decide_ways(compiled.graph, compiled.definition.case_types)
    kind = situation.case_type if situation.case_type in kinds else ""
    return replace(situation, case_type=kind) in _situations(_Named(compiled.digest, compiled.graph), kind)


@lru_cache(maxsize=64)
def _situations(named: _Named, case_type: str) -> frozenset[Situation]:
    found: set[Situation] = set()
    ahead = list(every_way_to_begin(named.graph, case_type=case_type))
    while ahead and len(found) < MOST:
        situation = ahead.pop()
        if situation in found or situation.crowded:
            continue
        found.add(situation)
        if not situation.is_over:
            ahead += _followers(named.graph, situation)
    return frozenset(found)


def _followers(graph: Graph, situation: Situation) -> Iterator[Situation]:
    for key in situation.marking.waiting:
        yield from every_way_on(graph, situation, graph.steps[key])
