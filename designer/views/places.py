"""Where in a draft a finding is mended: what the place is called, and the address of its page."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from common.problems import Finding
from common.web import current_actor
from designer.finding_spots import Spot, spot_of


@dataclass(frozen=True, slots=True)
class Place:
    """A finding with its spot. `address` "": the reader has no page to go to."""

    finding: Finding
    spot: Spot
    address: str = ""


Linked = tuple[Place, ...]


def linked(number: int, findings: Iterable[Finding], definition: object = None) -> Linked:
    """Each finding with the address where its author mends it; of an unreadable draft what can be told."""
    spots = ((finding, spot_of(finding, definition)) for finding in findings)
    return tuple(Place(finding, spot, _address(number, finding, spot)) for finding, spot in spots)


def placed(findings: Iterable[Finding], definition: object = None) -> Linked:
    """The same of something published, where nothing is mended."""
    return tuple(Place(finding, spot_of(finding, definition)) for finding in findings)


def _address(number: int, finding: Finding, spot: Spot) -> str:
    match spot.part:
        case "rules":
            anchor = f"line-{finding.line}" if finding.line else None
            return url_for("designer.draft_rules", number=number, _anchor=anchor)
        case "letters" if spot.key:
            return url_for("designer.letter", number=number, key=spot.key)
        case "head" if spot.kind == "case_type" and current_actor().holds("administrator"):
            return url_for("designer.case_type", number=number, key=spot.key)
        case part:
            return url_for(f"designer.draft_{part}", number=number, _anchor=_anchor(spot))


def _anchor(spot: Spot) -> str | None:
    if not spot.key:
        return None
    if spot.part == "form":
        return f"page-{spot.key}" if spot.kind == "page" else f"field-{spot.key}"
    return {"steps": f"step-{spot.key}", "examples": f"example-{spot.key}"}.get(spot.part)
