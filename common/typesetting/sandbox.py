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
from common.typesetting.typeset import LetterBroken, drawn, typeset, warm_up

# Nobody looks at more pages of a letter while writing it.
MOST_PICTURES = 10
CHECKOUT = Path(__file__).resolve().parents[2]
SECONDS = 20
MEMORY = 2 * 1024**3
# Packages would be downloaded, files read: a letter has its data and our lib.typ, nothing else.
FORBIDDEN = re.compile(r'(?:import|include)\s+"@|\b(?:read|csv|yaml|xml|toml|cbor|plugin)\s*\(')
TOO_SLOW, TOO_BIG = "@typesetting.too_slow", "@typesetting.too_big"


def typeset_apart(source: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a definition's letter; raises LetterBroken with Typst's own words."""
    return _one(source, data, "pdf")[0]


def drawn_apart(source: str, data: Mapping[str, Any]) -> tuple[bytes, ...]:
    """The first pages of a definition's letter as pictures (SVG); raises LetterBroken like the PDF."""
    return _one(source, data, "svg")


def tried_apart(source: str, many: Sequence[Mapping[str, Any]]) -> tuple[LetterBroken | None, ...]:
    """For each data why the letter cannot be made, None: it can.

    What takes the child down, or all its time, is broken too; what comes behind that is not tried and left out.
    """
    made = _typeset(source, many, "") if many else ()
    return tuple(each if isinstance(each, LetterBroken) else None for each in made)


def _one(source: str, data: Mapping[str, Any], kept: str) -> tuple[bytes, ...]:
    (made,) = _typeset(source, [data], kept)
    if isinstance(made, LetterBroken):
        raise made
    return made


def _typeset(
    source: str, many: Sequence[Mapping[str, Any]], kept: str
) -> tuple[tuple[bytes, ...] | LetterBroken, ...]:
    """For each data what was made of it; `kept` is the form it is kept in, "" is none: only whether it can be made."""
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


def _read(line: bytes) -> tuple[bytes, ...] | LetterBroken:
    answer = json.loads(line)
    if "wrong" in answer:
        return LetterBroken(answer["wrong"], answer["line"])
    return tuple(map(base64.b64decode, answer["made"]))


def main() -> None:
    """The child: JSON on standard input; for each data a line of JSON on standard output."""
    body = exact_json.read(sys.stdin.buffer.read())
    warm_up()
    limits = ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_NOFILE, 0))
    for limit, value in limits:
        resource.setrlimit(limit, (value, value))
    for line in _made(body["source"], body["many"], body["kept"]):
        print(json.dumps(line), flush=True)


def _made(source: str, many: Sequence[Mapping[str, Any]], kept: str) -> Iterator[dict[str, Any]]:
    for data in many:
        try:
            made = drawn(source, data)[:MOST_PICTURES] if kept == "svg" else (typeset(source, data),)
        except LetterBroken as broken:
            yield {"wrong": str(broken), "line": broken.line}
        else:
            yield {"made": [base64.b64encode(each).decode() for each in made] if kept else []}


if __name__ == "__main__":
    main()
