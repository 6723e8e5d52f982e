"""«Sửa giúp» as it stands beside a finding: what would be done, and to which revisions of the files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from common.clock import local_date
from common.problems import Finding
from common.web import current_actor, now, session
from designer import drafts
from designer.mending import Mending, mending
from designer.models import Draft
from procedure_library.reference import calendar_for
from procedure_library.remedies import REMEDIES, Remedy

# Where a remedy may have been asked for, and where its answer is seen.
PAGES = ("draft", "draft_steps", "draft_submission", "step_list")


@dataclass(frozen=True, slots=True)
class Offered:
    """A remedy beside its finding; `known` are the revisions of the files that it would change."""

    remedy: Remedy
    finding: Finding
    known: str
    page: str


def offered(
    shown: Draft, findings: Iterable[Finding], definition: object, page: str
) -> dict[tuple[str, str], Offered]:
    """By code and place; nothing for who may not write."""
    if shown.state != "open" or not current_actor().holds("administrator"):
        return {}
    calendar, revisions = calendar_for(session(), local_date(now())), drafts.revisions_of(session(), shown)
    found: dict[tuple[str, str], Offered] = {}
    for finding in findings:
        key = (finding.code, finding.where)
        mend = (
            mending(definition, finding, calendar) if finding.code in REMEDIES and key not in found else None
        )
        if mend is not None:
            found[key] = Offered(mend.remedy, finding, _known(mend, revisions), page)
    return found


def _known(mend: Mending, revisions: Mapping[str, int]) -> str:
    return " ".join(f"{path}:{revisions.get(path, 0)}" for path in mend.files)
