"""Remedies for what the checks find in a draft: which there are, and carrying one out as a save like any other."""

from collections.abc import Mapping
from dataclasses import dataclass

from common.calendar import WorkingCalendar
from common.problems import Finding, Refusal
from designer.reading import definition_of_draft
from procedure_library.checks import check
from procedure_library.definition import Definition
from procedure_library.package import package_files
from procedure_library.remedies import Remedy, remedy_for


@dataclass(frozen=True, slots=True)
class Mending:
    """A remedy, and the files of the draft that it changes: path → text, None where a file goes."""

    remedy: Remedy
    files: Mapping[str, str | None]


def mending(definition: object, finding: Finding, calendar: WorkingCalendar | None) -> Mending | None:
    """What can be done about the finding by itself; None also where the draft cannot be read."""
    if not isinstance(definition, Definition):
        return None
    remedy = remedy_for(definition, finding, calendar)
    return Mending(remedy, _changed(definition, remedy.mended)) if remedy else None


def mended(files: Mapping[str, str], finding: Finding, calendar: WorkingCalendar | None) -> Mending | Refusal:
    """The remedy for the finding in the files as they are now; refused where it no longer fits, or would do harm."""
    definition = definition_of_draft(files)
    found = mending(definition, finding, calendar)
    if found is None or not isinstance(definition, Definition):
        return Refusal("drafts.no_remedy")
    before, after = (_errors(each, calendar) for each in (definition, found.remedy.mended))
    return Refusal("drafts.remedy_harms") if after - before else found


def _changed(before: Definition, after: Definition) -> dict[str, str | None]:
    old, new = dict(package_files(before)), dict(package_files(after))
    paths = sorted(path for path in {*old, *new} if old.get(path) != new.get(path))
    return {path: new[path].decode() if path in new else None for path in paths}


def _errors(definition: Definition, calendar: WorkingCalendar | None) -> set[tuple[str, str]]:
    found = check(definition, calendar, without=("proofs",))
    return {(finding.code, finding.where) for finding in found if finding.severity == "error"}
