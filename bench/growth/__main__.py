"""`python -m bench.growth [SIZE…]`: prints one JSON object a line, what each house needs and what grew."""

import json
import sys

from bench.growth.measured import growth, measured

SIZES = (1_000, 100_000, 1_000_000)


def main(sizes: tuple[int, ...]) -> None:
    found = measured(sorted(sizes))
    for size, figures in found.items():
        for name, value in figures.items():
            print(json.dumps({"name": name, "dossiers": size, "value": round(value, 3)}), flush=True)
    for line in growth(found):
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
