"""What the files of a draft mean, and everything that is wrong with them."""

from collections.abc import Mapping

from common.calendar import WorkingCalendar
from common.problems import Finding
from procedure_library.checks import check
from procedure_library.definition import Definition
from procedure_library.package import read_files


def definition_of_draft(files: Mapping[str, str]) -> Definition | tuple[Finding, ...]:
    """The definition that the files spell, or why they spell none."""
    return read_files({path: content.encode() for path, content in files.items()})


def findings(files: Mapping[str, str], calendar: WorkingCalendar | None = None) -> tuple[Finding, ...]:
    """What keeps the draft from being published (errors) and what should be looked at (warnings).

    `calendar` is the one examples are computed with; None: the national calendar of the product.
    """
    definition = definition_of_draft(files)
    return check(definition, calendar) if isinstance(definition, Definition) else definition
