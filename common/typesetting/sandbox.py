"""Letters of a definition are typeset in a child process with limits: their source was written by a user.

Nothing outside the template can be read or fetched, and neither time nor memory runs away: Typst stops
endless loops by itself, but a huge array would take the whole worker down. The child can open nothing: a package
would be downloaded, however its name was put together.
"""

import base64
import json
import re
import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from common import exact_json
from common.typesetting.typeset import LetterBroken, typeset, warm_up

CHECKOUT = Path(__file__).resolve().parents[2]
SECONDS = 20
MEMORY = 2 * 1024**3
# Packages would be downloaded, files read: a letter has its data and our lib.typ, nothing else.
FORBIDDEN = re.compile(r'(?:import|include)\s+"@|\b(?:read|csv|yaml|xml|toml|cbor|plugin)\s*\(')
TOO_SLOW, TOO_BIG = "@typesetting.too_slow", "@typesetting.too_big"


def typeset_apart(source: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a definition's letter; raises LetterBroken with Typst's own words."""
    (made,) = _typeset(source, [data], kept=True)
    if isinstance(made, LetterBroken):
        raise made
    return made


def tried_apart(source: str, many: Sequence[Mapping[str, Any]]) -> tuple[LetterBroken | None, ...]:
    """For each data why the letter cannot be made, None: it can.

    What takes the child down, or all its time, is broken too; what comes behind that is not tried and left out.
    """
    made = _typeset(source, many, kept=False) if many else ()
    return tuple(each if isinstance(each, LetterBroken) else None for each in made)


def _typeset(
    source: str, many: Sequence[Mapping[str, Any]], *, kept: bool
) -> tuple[bytes | LetterBroken, ...]:
    if found := FORBIDDEN.search(source):
        line = source.count("\n", 0, found.start()) + 1
        return tuple(LetterBroken(f"@typesetting.forbidden|{found[0]}", line) for _data in many)
    body = exact_json.write({"source": source, "many": list(many), "kept": kept}).encode()
    made, end = _child(body)
    answers = tuple(_read(line) for line in made.splitlines(keepends=True) if line.endswith(b"\n"))
    if len(answers) == len(many):
        return answers
    return (*answers, LetterBroken(TOO_SLOW if end is None else TOO_BIG))


def _child(body: bytes) -> tuple[bytes, int | None]:
    """What the child said, and how it ended; None: its time was up."""
    try:
        child = subprocess.run(
            [sys.executable, "-m", "common.typesetting.sandbox"],
            input=body,
            capture_output=True,
            cwd=CHECKOUT,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return late.stdout or b"", None
    return child.stdout, child.returncode


def _read(line: bytes) -> bytes | LetterBroken:
    answer = json.loads(line)
    if "wrong" in answer:
        return LetterBroken(answer["wrong"], answer["line"])
    return base64.b64decode(answer["pdf"])


def main() -> None:
    """The child: JSON on standard input; for each data a line of JSON on standard output."""
    body = exact_json.read(sys.stdin.buffer.read())
    warm_up()
    limits = ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_NOFILE, 0))
    for limit, value in limits:
        resource.setrlimit(limit, (value, value))
    for line in _made(body["source"], body["many"], body["kept"]):
        print(json.dumps(line), flush=True)


def _made(source: str, many: Sequence[Mapping[str, Any]], kept: bool) -> Iterator[dict[str, Any]]:
    for data in many:
        try:
            pdf = typeset(source, data)
        except LetterBroken as broken:
            yield {"wrong": str(broken), "line": broken.line}
        else:
            yield {"pdf": base64.b64encode(pdf).decode() if kept else ""}


if __name__ == "__main__":
    main()
