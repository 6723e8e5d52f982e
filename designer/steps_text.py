"""steps.bpmn between the canvas and the draft: kept in our own spelling, shown with a drawing."""

from dataclasses import replace

from procedure_library.bpmn import Steps, read_steps, write_steps
from procedure_library.layout import drawn


def in_our_spelling(content: str, process: str) -> str:
    """What the canvas sent, as an export writes it. What is no steps of ours stays as it came: nobody loses it."""
    steps = read_steps(content.encode())
    return write_steps(steps, process).decode() if isinstance(steps, Steps) else content


def with_a_drawing(content: str, process: str) -> str:
    """What the canvas can open: steps that nobody has drawn yet are drawn."""
    steps = read_steps(content.encode())
    if not isinstance(steps, Steps) or steps.drawing.shapes:
        return content
    drawing = drawn(steps.steps, steps.transitions)
    return write_steps(replace(steps, drawing=drawing), process).decode()
