"""What a check looks at: the definition with its graph, and how a finding about a step is written."""

from dataclasses import dataclass
from functools import cached_property

from common.calendar import WorkingCalendar
from common.problems import Finding, Parameter, Severity
from procedure_library.definition import CaseType, Definition, Step
from procedure_library.moments import page_keys
from procedure_library.semantics import Graph


@dataclass(frozen=True)
class Subject:
    """One definition under examination; `calendar` is the one its examples are computed with."""

    definition: Definition
    calendar: WorkingCalendar | None = None

    @cached_property
    def graph(self) -> Graph:
        return Graph.of(self.definition)

    @cached_property
    def pages(self) -> tuple[str, ...]:
        return page_keys(self.definition)


def about(
    thing: Step | CaseType, code: str, severity: Severity = "error", **parameters: Parameter
) -> Finding:
    """A finding about a step or a case type, which its sentence calls by name."""
    return Finding(code, thing.key, {"name": thing.name.vi, **parameters}, severity)
