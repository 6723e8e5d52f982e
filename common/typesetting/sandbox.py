"""Letters of a definition are typeset in a child process with limits: their source was written by a user.

Nothing outside the template can be read or fetched, and neither time nor memory runs away: Typst stops
endless loops by itself, but a huge array would take the whole worker down.
"""

import re
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from common import exact_json
from common.typesetting.typeset import LetterBroken, typeset

CHECKOUT = Path(__file__).resolve().parents[2]
SECONDS = 20
MEMORY = 2 * 1024**3
# Packages would be downloaded, files read: a letter has its data and our lib.typ, nothing else.
FORBIDDEN = re.compile(r'(?:import|include)\s+"@|\b(?:read|csv|yaml|xml|toml|cbor|plugin)\s*\(')


def typeset_apart(source: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a definition's letter; raises LetterBroken with Typst's own words."""
    if found := FORBIDDEN.search(source):
        raise LetterBroken(f"a letter may not use {found[0]!r}")
    body = exact_json.write({"source": source, "data": data}).encode()
    try:
        child = subprocess.run(
            [sys.executable, "-m", "common.typesetting.sandbox"],
            input=body,
            capture_output=True,
            cwd=CHECKOUT,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise LetterBroken("the letter takes too long to typeset") from error
    if child.returncode != 0:
        raise LetterBroken(child.stderr.decode(errors="replace")[-2000:])
    return child.stdout


def main() -> None:
    """The child: JSON on standard input, PDF on standard output."""
    for limit, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        resource.setrlimit(limit, (value, value))
    body = exact_json.read(sys.stdin.buffer.read())
    sys.stdout.buffer.write(typeset(body["source"], body["data"]))


if __name__ == "__main__":
    main()
