"""What can be done about a finding in one go: a definition made from the one that has it, and what to say of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from common.problems import Finding, Parameter
from procedure_library.checks.subject import Subject
from procedure_library.definition import Definition


@dataclass(frozen=True, slots=True)
class Remedy:
    """`code` and `parameters` are the sentence that says beforehand what will be done; `mended` is what comes of it."""

    code: str
    mended: Definition
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


# None: nothing can be done here by itself.
Offer = Callable[[Subject, Finding], Remedy | None]
