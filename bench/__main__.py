"""`python -m bench [NAME…]`: runs every benchmark, or those whose name begins with one of the words."""

import json
import sys

from bench import BENCHMARKS, figures, forms, installation, pages, proofs, rules, storage  # noqa: F401 - importing registers


def main(wanted: tuple[str, ...]) -> None:
    for each in BENCHMARKS:
        if each.name.startswith(wanted):
            value = round(each.measure(), 4)
            line = {"name": each.name, "value": value, "unit": each.unit, "target": each.target}
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or ("",))
