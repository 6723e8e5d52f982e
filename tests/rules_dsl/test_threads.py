"""Several threads of a server may read rules at once: pyparsing keeps state while it reads."""

import subprocess
import sys

# A process of its own: what a grammar learns in its first readings is only then still unlearnt.
TOGETHER = """
import sys
from pathlib import Path
from concurrent.futures import ThreadPoolExecutor
from rules_dsl.parser import parse

texts = [path.read_text() for path in Path("procedure_library/catalogue").glob("*/rules.motcua")] * 4
assert texts
sys.setswitchinterval(1e-6)
with ThreadPoolExecutor(8) as pool:
    for parsed in pool.map(parse, texts):
        assert not parsed.findings, parsed.findings
"""


def test_threads_may_read_rules_together():
    done = subprocess.run([sys.executable, "-c", TOGETHER], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
