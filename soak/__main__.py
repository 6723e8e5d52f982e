"""`python -m soak`: acts, kills and comparison, told as JSON; exit 1 when anything is lost, doubled or left."""

import argparse
import sys

from common.supervisor import interruptible
from soak.soaking import Plan, soak, told

if __name__ == "__main__":
    reads = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    reads.add_argument("--acts", type=int, default=10_000)
    reads.add_argument("--kills", type=int, default=200)
    reads.add_argument("--clients", type=int, default=4)
    reads.add_argument("--away", type=float, default=60, help="seconds without a database, at the end")
    reads.add_argument("--seed", type=int, default=1)
    reads.add_argument("--full", type=float, default=0, help="seconds with a full disk (root only)")
    reads.add_argument("--disk", type=int, default=400, help="megabytes of that disk")
    asked = reads.parse_args()
    with interruptible():
        disk = asked.disk if asked.full else 0
        outcome = soak(Plan(asked.acts, asked.kills, asked.clients, asked.away, asked.seed, asked.full, disk))
        print(told(outcome))
        sys.exit(not outcome.is_right)
    sys.exit("stopped")
