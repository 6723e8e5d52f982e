"""What is asked of letters that officials print at a task."""

from dataclasses import dataclass, field

from runtime.engine.event import Event
from runtime.engine.status import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintLetter(Event):
    """A letter of the procedure, by the official who has the task or may take it."""

    task: int
    letter: str
    act: Act = field(default="print_letter", init=False)
