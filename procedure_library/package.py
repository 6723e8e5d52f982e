"""A procedure as a folder of plain files that people and machines can read, compare and keep.

procedure.toml      everything without a file of its own
steps.bpmn          steps, transitions and their drawing
form.schema.json    the form
rules.motcua        the rules, as written
letters/KEY.typ     the source of each letter
examples/KEY.json   each recorded situation

docs/formats.md fixes them. Reading gives a Definition or every finding in the files; writing the same
definition gives the same bytes.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import tomli_w

from common.problems import Finding
from common.text import nfc
from procedure_library.bpmn import Steps, read_steps, write_steps
from procedure_library.canonical import parsed, readable
from procedure_library.definition import FORMAT, KEY, Definition
from procedure_library.layout import drawn
from procedure_library.structure import Note, plain, read

HEAD, STEPS, FORM, RULES = "procedure.toml", "steps.bpmn", "form.schema.json", "rules.motcua"

# Attributes of Definition that have a file of their own; the rest is procedure.toml.
ELSEWHERE = ("steps", "transitions", "drawing", "form", "rules", "examples")


# How a file of a package is called; letters and examples by their keys.
_FILES = "|".join(map(re.escape, (HEAD, STEPS, FORM, RULES)))
PATH = re.compile(rf"{_FILES}|letters/{KEY.pattern}\.typ|examples/{KEY.pattern}\.json")


def read_package(folder: Path) -> Definition | tuple[Finding, ...]:
    """The definition in the folder, or everything that is wrong with the files."""
    findings: list[Finding] = []
    files = dict(_contents(folder, findings.append))
    return tuple(findings) or read_files(files)


def read_files(files: Mapping[str, bytes]) -> Definition | tuple[Finding, ...]:
    """The same for files that stand in no folder: name with "/" → content. Other names are passed over."""
    findings: list[Finding] = []
    body = _body(files, findings.append)
    if findings:
        return tuple(findings)
    definition = read(Definition, body, "", findings.append)
    return tuple(findings) or definition


def write_package(definition: Definition, folder: Path) -> None:
    """Writes the files, and removes letters and examples that the definition does not have."""
    wanted = dict(package_files(definition))
    for kept in (*folder.glob("letters/*.typ"), *folder.glob("examples/*.json")):
        if kept.relative_to(folder).as_posix() not in wanted:
            kept.unlink()
    for name, content in wanted.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def package_files(definition: Definition) -> Iterator[tuple[str, bytes]]:
    """Each file of the package: its name with "/" and its bytes."""
    yield HEAD, tomli_w.dumps(_head(definition), multiline_strings=True).encode()
    steps = Steps(definition.steps, definition.transitions, definition.drawing)
    yield STEPS, write_steps(steps, definition.key)
    yield FORM, _page(definition.form)
    yield RULES, definition.rules.encode()
    for letter in definition.letters:
        yield f"letters/{letter.key}.typ", letter.source.encode()
    for example in definition.examples:
        body = plain(example)
        del body["key"]
        yield f"examples/{example.key}.json", _page(body)


def _page(value: Any) -> bytes:
    return f"{readable(value)}\n".encode()


def _head(definition: Definition) -> dict[str, Any]:
    body = {"format": definition.format, **plain(definition)}
    for name in ELSEWHERE:
        body.pop(name, None)
    for letter in body.get("letters", ()):
        del letter["source"]
    return body


# No file of a package needs more; what is longer is not even read.
LONGEST = 4_000_000


def _contents(folder: Path, note: Note) -> Iterator[tuple[str, bytes]]:
    """What the folder holds of a package; a file that is not there is missed by the reader."""
    single = (folder / name for name in (HEAD, STEPS, FORM, RULES))
    for path in (*single, *folder.glob("letters/*.typ"), *folder.glob("examples/*.json")):
        name = path.relative_to(folder).as_posix()
        try:
            if path.stat().st_size > LONGEST:
                note(Finding("procedures.file.too_long", name, {"most": LONGEST}))
                continue
            yield name, path.read_bytes()
        except FileNotFoundError:
            continue
        except OSError:
            note(Finding("procedures.file.unreadable", name))


def _body(files: Mapping[str, bytes], note: Note) -> dict[str, Any]:
    text = {name: _text(files, name, note) for name in (HEAD, FORM, RULES)}
    head = _toml(text[HEAD], note)
    steps = _steps(files, note)
    return {
        **head,
        "steps": plain(steps.steps),
        "transitions": plain(steps.transitions),
        "drawing": plain(steps.drawing),
        "form": _json(text[FORM], FORM, note),
        "rules": text[RULES],
        "letters": list(_letters(files, head.get("letters"), note)),
        "examples": list(_examples(files, note)),
    }


def _text(files: Mapping[str, bytes], name: str, note: Note) -> str:
    if name not in files:
        note(Finding("procedures.file.missing", name))
        return ""
    try:
        # Composed letters and plain line ends, whatever the editor: the same file everywhere.
        return nfc(files[name].decode("utf-8-sig")).replace("\r\n", "\n")
    except UnicodeDecodeError:
        note(Finding("procedures.file.unreadable", name))
    return ""


def _toml(text: str, note: Note) -> dict[str, Any]:
    try:
        head = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        line, column = _place(str(broken))
        note(Finding("procedures.file.bad_toml", HEAD, line=line, column=column))
        return {}
    if text and head.get("format") != FORMAT:
        note(Finding("procedures.file.unknown_format", HEAD, {"format": str(head.get("format", ""))}))
    return head


def _place(broken: str) -> tuple[int | None, int | None]:
    """Line and column out of "… (at line 3, column 7)", which is all the parser says; None at the end."""
    numbers = [int(word.strip(",)")) for word in broken.split() if word.strip(",)").isdecimal()]
    return (numbers[-2], numbers[-1]) if len(numbers) >= 2 else (None, None)


def _json(text: str, name: str, note: Note) -> Any:
    try:
        return parsed(text) if text else {}
    except json.JSONDecodeError as broken:
        note(Finding("procedures.file.bad_json", name, line=broken.lineno, column=broken.colno))
        return {}


def _steps(files: Mapping[str, bytes], note: Note) -> Steps:
    if STEPS not in files:
        note(Finding("procedures.file.missing", STEPS))
        return Steps((), ())
    steps = read_steps(files[STEPS])
    if isinstance(steps, Steps):
        if steps.drawing.shapes:
            return steps
        return Steps(steps.steps, steps.transitions, drawn(steps.steps, steps.transitions))
    for finding in steps:
        note(finding)
    return Steps((), ())


def _letters(files: Mapping[str, bytes], listed: Any, note: Note) -> Iterator[Any]:
    known = set()
    for letter in listed if isinstance(listed, list) else ():
        if not isinstance(letter, Mapping) or not isinstance(letter.get("key"), str):
            yield letter
            continue
        if not KEY.fullmatch(letter["key"]):
            # The key is a file name: it must not lead out of the folder.
            note(Finding("procedures.key.spelling", letter["key"], {"key": letter["key"]}))
            continue
        name = f"letters/{letter['key']}.typ"
        known.add(name)
        yield {**letter, "source": _text(files, name, note)}
    for name in sorted(_under(files, "letters", ".typ")):
        if name not in known:
            note(Finding("procedures.file.letter_not_listed", name))


def _examples(files: Mapping[str, bytes], note: Note) -> Iterator[Any]:
    for name in sorted(_under(files, "examples", ".json")):
        body = _json(_text(files, name, note), name, note)
        yield {**body, "key": PurePosixPath(name).stem} if isinstance(body, Mapping) else body


def _under(files: Mapping[str, bytes], folder: str, suffix: str) -> Iterator[str]:
    return (name for name in files if PurePosixPath(name).match(f"{folder}/*{suffix}"))
