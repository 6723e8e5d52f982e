"""`python -m hunt.mutation [GROUP …]`: breaks the code line by line; do the tests notice?

mutmut writes the broken functions and shows them (`mutmut show NAME`); hunt.trying runs the tests. What was
noticed before and has not changed is not tried again; what survived is, since a new test may notice it. Prints
what survived by module; exit code 0 when enough of each group was noticed.
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENOUGH = 0.85
WORKERS = 2
LEDGER = ("day_count", "hour_count", "ledger", "happenings", "shifts", "terms", "days")
# What runs when a rule is evaluated: the code that writes Python, what that Python calls, and its reasons.
EVALUATOR = (
    "generator.*",
    "compiler",
    "recording",
    "evaluation",
    "reading",
    "row_index",
    "unknown",
    "values",
)
# Of these modules the rest is the written meaning of the language, which only tests and the prover ask.
CALLED = (
    "arithmetic.x_compared",
    "arithmetic.x__alike",
    "arithmetic.x_to_a_multiple",
    "arithmetic.x__multiple",
    "arithmetic.x__carried",
    "arithmetic.x_to_the_unit",
    "outcomes.x_allowance_for",
    "outcomes.x__unit",
    "outcomes.x__extension",
    "parameters.x_best_row",
    "parameters.x__fits",
    "parameters.x__rank",
    "parameters.x_written",
    "parameters.x_is_inside",
    "parameters.x_local_value",
    "parameters.x__same_kind",
    "parameters.x_constant",
    "rows.x_is_over_rows",
)
GROUPS = {
    "checks": ("rules_dsl.checks.*",),
    "ledger": tuple(f"rules_dsl.{module}.x*" for module in LEDGER),
    "evaluator": (
        *(f"rules_dsl.{module}.x*" for module in EVALUATOR),
        *(f"rules_dsl.{function}__mutmut_*" for function in CALLED),
    ),
    "columns": ("rules_dsl.columns.*",),
}
# A mutant that never comes to an end is noticed as well as one that fails a test.
NOTICED = {"killed", "timeout"}


def main(groups: tuple[str, ...]) -> int:
    write_mutants()
    try_mutants(groups)
    return int(not all(list(map(told, groups))))


def write_mutants() -> None:
    """The folder `mutants`: a copy of what the tests need, each function with all its broken forms."""
    from mutmut.__main__ import create_mutants
    from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir

    os.chdir(ROOT)
    copy_src_dir()
    copy_also_copy_files()
    create_mutants(max_children=1)


def try_mutants(groups: tuple[str, ...]) -> None:
    """Runs the tests on what the groups have open; what was found stays in the folder, even when broken off."""
    from mutmut.configuration import config

    tests = [*config().pytest_add_cli_args_test_selection, *config().pytest_add_cli_args]
    patterns = " ".join(pattern for group in groups for pattern in GROUPS[group])
    trying = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "hunt.trying",
        "--rootdir=.",
        "--assert=plain",
        *tests,
    ]
    environment = {**os.environ, "MOTCUA_MUTANTS": patterns, "MOTCUA_WORKERS": str(WORKERS)}
    subprocess.run(trying, cwd=ROOT / "mutants", env=environment, check=True)


def told(group: str) -> bool:
    """Says what became of the group's mutants; whether enough of those tried were noticed."""
    every = list(results(GROUPS[group]))
    found = [(module, status) for module, status in every if status != "not checked"]
    for (module, status), count in sorted(Counter(found).items()):
        if status not in NOTICED:
            print(f"  {module}: {count} {status}")
    noticed = sum(status in NOTICED for _, status in found)
    share = noticed / len(found) if found else 0.0
    print(f"{group}: {noticed} of {len(found)} noticed, {share:.1%}; {len(every) - len(found)} not tried yet")
    return share >= ENOUGH


def results(patterns: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The module and fate of each mutant of these names."""
    from mutmut.mutation.data import SourceFileMutationData
    from mutmut.stats import status_by_exit_code
    from mutmut.utils.file_utils import walk_mutatable_files

    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        for name, code in data.exit_code_by_key.items():
            if any(fnmatch(name, pattern) for pattern in patterns):
                yield name.partition(".x")[0], status_by_exit_code[code]


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:]) or tuple(GROUPS)))
