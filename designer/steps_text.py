"""steps.bpmn between the canvas and the draft: kept in our own spelling, shown with a drawing."""

from collections.abc import Mapping
from dataclasses import replace

from common.text import Text
from procedure_library.bpmn import Steps, read_steps, write_steps
from procedure_library.layout import drawn, events_beside
from procedure_library.spoken_ways import outcomes_before

# Where the words of conditions stand among those of choices: no rule is called so.
CONDITIONS = "?"


def in_our_spelling(content: str, process: str) -> str:
    """What the canvas sent, as an export writes it. What is no steps of ours stays as it came: nobody loses it."""
    steps = read_steps(content.encode())
    return write_steps(steps, process).decode() if isinstance(steps, Steps) else content


def for_the_canvas(
    content: str, process: str, values: Mapping[str, Mapping[str, Text]], language: str
) -> str:
    """What the canvas can open: steps that nobody has drawn yet are drawn, and ways out of a branch are called
    what people call their value in the reader's language."""
    steps = read_steps(content.encode())
    if not isinstance(steps, Steps):
        return content
    drawing = steps.drawing if steps.drawing.shapes else drawn(steps.steps, steps.transitions)
    missing = events_beside(drawing.shapes, steps.transitions)
    drawing = replace(drawing, shapes={**drawing.shapes, **missing})
    return write_steps(replace(steps, drawing=drawing), process, _words(steps, values, language)).decode()


def _words(steps: Steps, values: Mapping[str, Mapping[str, Text]], language: str) -> dict[str, str]:
    """By transition: the words of the value for which it is taken, those of a choice rule or of an outcome."""
    before = outcomes_before(steps.steps, steps.transitions)
    chosen_by = {step.key: values.get(step.choice or "", before.get(step.key, {})) for step in steps.steps}
    chosen_by |= {step.key: values.get(CONDITIONS, {}) for step in steps.steps if step.kind == "inclusive"}
    said = ((way.key, chosen_by.get(way.source, {}).get(way.when or "")) for way in steps.transitions)
    return {key: words.in_(language) for key, words in said if words}
