"""A case type beside another that it began as: with its rules and pages, and along the same ways of the drawing."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from designer.head_text import CASES, Head, head_text, item_of, spoken, text_body
from form_builder.editing import key_from
from procedure_library.bpmn import Steps, read_steps, write_steps
from procedure_library.definition import Transition
from procedure_library.package import HEAD, STEPS

# How far the line of the copy runs beside that of its pattern.
BESIDE = 10


def copied(head: Head, drawn: str, process: str, key: str, name: tuple[str, str]) -> Mapping[str, str]:
    """The files that change when a case type called `name` is made after the one with that key."""
    pattern = item_of(head, CASES, key) or {}
    fresh = key_from(name[0], [str(each.get("key", "")) for each in head.get(CASES, ())])
    body: dict[str, Any] = {**pattern, "key": fresh, "name": text_body(*name)}
    files = {HEAD: head_text({**head, CASES: [*head.get(CASES, ()), body]})}
    steps = read_steps(drawn.encode())
    if isinstance(steps, Steps) and (ways := tuple(_ways(steps, key, fresh))):
        files[STEPS] = write_steps(_with(steps, ways), process).decode()
    return files


def name_of_copy(head: Head, key: str, words: tuple[str, str]) -> tuple[str, str]:
    """What the copy is called until somebody names it: the name of the pattern, with the words for a copy."""
    vi, en = spoken((item_of(head, CASES, key) or {}).get("name", ""))
    return f"{vi} {words[0]}", f"{en} {words[1]}" if en else ""


def _ways(steps: Steps, key: str, fresh: str) -> Iterator[tuple[str, Transition]]:
    """For each way that the pattern has of its own, one for the copy, with the key of the pattern's."""
    branches = {step.key for step in steps.steps if step.by_case_type}
    taken = {part.key for part in (*steps.steps, *steps.transitions)}
    for way in steps.transitions:
        if way.source in branches and way.when == key:
            made = key_from(f"{way.source} to {way.target}", taken)
            taken.add(made)
            yield way.key, replace(way, key=made, when=fresh, default=False)


def _with(steps: Steps, ways: tuple[tuple[str, Transition], ...]) -> Steps:
    edges = steps.drawing.edges
    beside = {
        way.key: tuple((x, y + BESIDE) for x, y in edges[pattern])
        for pattern, way in ways
        if pattern in edges
    }
    drawing = replace(steps.drawing, edges={**edges, **beside})
    return replace(steps, transitions=(*steps.transitions, *(way for _, way in ways)), drawing=drawing)
