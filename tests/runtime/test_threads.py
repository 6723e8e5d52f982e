"""Several threads of a web server may print their first letters at the same moment."""

import subprocess
import sys

from config import CHECKOUT

# A process of its own: only its first letters find nothing prepared yet.
TOGETHER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from common.typesetting import typeset

sys.setswitchinterval(1e-6)
start = Barrier(8)

def root(_number):
    start.wait()
    return typeset._root()

with ThreadPoolExecutor(8) as pool:
    roots = set(pool.map(root, range(8)))
assert [Path(root).is_dir() for root in roots] == [True], roots
"""


def test_threads_that_print_their_first_letters_share_one_empty_root() -> None:
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", TOGETHER], capture_output=True, text=True, check=False, cwd=CHECKOUT
        )
        assert done.returncode == 0, done.stderr
