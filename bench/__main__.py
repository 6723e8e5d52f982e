"""`python -m bench [NAME…]`: runs every benchmark, or those whose name begins with one of the words."""

import json
import sys
from importlib import import_module

from bench import BENCHMARKS

# Importing one registers its figures.
MODULES = (
    "designer",
    "designer_checks",
    "figures",
    "forms",
    "installation",
    "pages",
    "proofs",
    "rules",
    "storage",
    "engine.measured",
    "engine.memory",
)


def main(wanted: tuple[str, ...]) -> None:
    for module in MODULES:
        import_module(f"bench.{module}")
    for each in BENCHMARKS:
        if each.name.startswith(wanted):
            value = round(each.measure(), 4)
            line = {"name": each.name, "value": value, "unit": each.unit, "target": each.target}
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or ("",))
