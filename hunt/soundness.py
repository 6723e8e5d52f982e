"""`python -m hunt.soundness [--graphs 2000] [--first 0]`: does the check of soundness say what the real engine does?

Each graph is run through by the engine (hunt.running), and judged by the checks. They agree when both find it sound or
both unsound, when every kind of fault that the check names is met by some run, and when what the check calls never
taken is what no run takes. Prints how many graphs had which fault; exit code 1 on any disagreement.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from common.problems import Finding
from hunt.bending import graphs
from hunt.graphs import Drawn
from hunt.running import Runs, procedure, run_through
from procedure_library.checks import ROUNDS, dead, soundness
from procedure_library.checks.subject import Subject

# What the check says → what a run of the engine then meets.
KINDS = {
    "procedures.end.leaves_work": "left over",
    "procedures.join.waits_forever": "deadlock",
    "procedures.split.not_joined": "crowded",
    "procedures.step.circle_without_work": "endless",
}
# The applicant settles all of these in one act: where several wait, what the check sees between one and the next no run
# stops at, and what lies behind them comes about at once.
SETTLED_TOGETHER = ("payment", "supplement")
SOUND, DEAD = "sound", "sound, something never taken"


@dataclass(frozen=True, slots=True)
class Compared:
    """One graph: the faults that runs met, those that the check named, and what they disagree about ("": nothing)."""

    number: int
    drawn: Drawn
    met: frozenset[str]
    named: frozenset[str]
    never: bool
    disagree: str = ""


def compared(number: int, drawn: Drawn) -> Compared | None:
    """None: its single steps are not in order, or it has too many situations to run through."""
    subject = Subject(procedure(drawn))
    if not _in_order(subject):
        return None
    runs = run_through(drawn)
    if not runs.complete:
        return None
    found = [*soundness.check(subject)]
    never = frozenset(way.key for way in drawn.transitions) - runs.taken if not runs.faults else frozenset()
    said = frozenset(dead.never_taken(subject)) if not found else frozenset()
    disagree = _disagreement(subject, runs, found) or _other_dead(never, said)
    named = frozenset(_kind(finding) for finding in found)
    return Compared(number, drawn, frozenset(runs.faults), named, bool(never), disagree)


def _kind(finding: Finding) -> str:
    return KINDS.get(finding.code, finding.code)


def _in_order(subject: Subject) -> bool:
    needed = [each for each in ROUNDS if each.name in ("keys", "steps")]
    findings = (finding for each in needed for check in each.checks for finding in check(subject))
    return all(finding.severity != "error" for finding in findings)


def _disagreement(subject: Subject, runs: Runs, found: list[Finding]) -> str:
    if bool(found) != bool(runs.faults):
        return f"runs met {sorted(runs.faults)}, the check named {sorted(map(_kind, found))}"
    # Two tokens that meet without rest stop a run as a circle does.
    alike = {"crowded"} if "endless" in runs.faults else set()
    if sum(step.kind in SETTLED_TOGETHER for step in subject.graph.steps.values()) > 1:
        alike |= {"crowded", "left over"}
    if odd := set(map(_kind, found)) - runs.faults - alike:
        return f"the check named {sorted(odd)}, no run met it"
    return ""


def _other_dead(never: frozenset[str], said: frozenset[str]) -> str:
    return "" if never == said else f"no run takes {sorted(never)}, the check says {sorted(said)}"


def comparisons(count: int, first: int = 0) -> Iterator[Compared]:
    """The first `count` graphs that can be compared."""
    every = (compared(number, drawn) for number, drawn in graphs(first))
    return islice((each for each in every if each is not None), count)


def table(found: list[Compared]) -> Iterator[str]:
    """Kind of fault, how many graphs had it."""
    kinds = Counter(kind for each in found for kind in each.met)
    unsound = sum(bool(each.met) for each in found)
    yield f"{len(found)} graphs, {unsound} unsound ({unsound / len(found):.0%}), of some several kinds:"
    yield from (f"  {count:5}  {kind}" for kind, count in kinds.most_common())
    yield f"  {sum(not each.met and each.never for each in found):5}  {DEAD}"
    yield f"  {sum(not each.met and not each.never for each in found):5}  {SOUND}"
    yield f"disagreements: {sum(bool(each.disagree) for each in found)}"


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(prog="python -m hunt.soundness")
    options.add_argument("--graphs", type=int, default=2_000)
    options.add_argument("--first", type=int, default=0)
    asked = options.parse_args(arguments)
    found = list(comparisons(asked.graphs, asked.first))
    for each in found:
        if each.disagree:
            print(f"graph {each.number} ({', '.join(each.drawn.bent)}): {each.disagree}")
    print("\n".join(table(found)))
    return int(any(each.disagree for each in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
