"""`python -m hunt.mutation [checks|ledger|evaluator …]`: breaks the code line by line; do the tests notice?

mutmut changes one thing at a time and runs the tests that reach it. What was tried before and has not changed
is not tried again. Prints what survived by module; exit code 0 when enough was noticed.
"""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MUTMUT = Path(sys.executable).with_name("mutmut")
ENOUGH = 0.85
WORKERS = 2
LEDGER = ("day_count", "hour_count", "ledger", "happenings", "shifts", "terms", "days")
EVALUATOR = ("amounts", "arithmetic", "limits", "lookups", "meaning", "moment", "outcomes", "parameters")
EVALUATOR += ("periods", "reductions", "rows", "tariffs")
GROUPS = {
    "checks": ("rules_dsl.checks.*",),
    "ledger": tuple(f"rules_dsl.{module}.*" for module in LEDGER),
    "evaluator": tuple(f"rules_dsl.{module}.*" for module in EVALUATOR),
}
# A mutant that never comes to an end is noticed as well as one that fails a test.
NOTICED = {"killed", "timeout", "caught by type check"}


def main(groups: tuple[str, ...]) -> int:
    noticed = [tried(group) for group in groups or tuple(GROUPS)]
    return int(not all(noticed))


def tried(group: str) -> bool:
    """Whether enough of the group's mutants were noticed."""
    patterns = GROUPS[group]
    subprocess.run([MUTMUT, "run", "--max-children", str(WORKERS), *patterns], cwd=ROOT, check=False)
    found = list(results(tuple(pattern.removesuffix("*") for pattern in patterns)))
    for module, status in sorted(Counter(found).items()):
        if module[1] not in NOTICED:
            print(f"  {module[0]}: {status} {module[1]}")
    killed = sum(status in NOTICED for _, status in found)
    share = killed / len(found) if found else 0.0
    print(f"{group}: {killed} of {len(found)} noticed, {share:.1%}")
    return share >= ENOUGH


def results(modules: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The module and fate of each mutant of these modules."""
    told = subprocess.run(
        [MUTMUT, "results", "--all", "true"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for line in told.stdout.splitlines():
        name, _, status = line.strip().partition(": ")
        if name.startswith(modules):
            yield name.partition(".x")[0], status


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:])))
