"""Where in a draft a finding is mended: what the place is called, and the address of its page."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from common.problems import Finding
from common.text import Text
from common.web import current_actor
from designer.finding_spots import Spot, spot_of
from procedure_library.definition import Definition
from procedure_library.spoken_ways import walked


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: the spot with the line in its text. `address` "": the reader has no page to go to. `walk`:
    how it comes about, in words."""

    finding: Finding
    spot: Spot
    address: str = ""
    walk: Text | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as it is read: once, with every place where it is so."""

    places: tuple[Place, ...]

    @property
    def finding(self) -> Finding:
        return self.places[0].finding


Linked = tuple[Told, ...]


def linked(number: int, findings: Iterable[Finding], definition: object = None) -> Linked:
    """The findings with the addresses where an author mends them; of an unreadable draft what can be told."""
    spots = ((finding, spot_of(finding, definition)) for finding in findings)
    return _told(
        Place(finding, spot, _address(number, finding, spot), _walk(finding, definition))
        for finding, spot in spots
    )


def placed(findings: Iterable[Finding], definition: object = None) -> Linked:
    """The same of something published, where nothing is mended."""
    return _told(
        Place(finding, spot_of(finding, definition), walk=_walk(finding, definition)) for finding in findings
    )


def _walk(finding: Finding, definition: object) -> Text | None:
    """How it comes about, unless its sentence says so itself."""
    if not isinstance(definition, Definition) or "way" in finding.parameters:
        return None
    return walked(definition, finding.path)


def _told(places: Iterable[Place]) -> Linked:
    """What is said in the same words of several places is said once."""
    alike: dict[tuple[object, ...], list[Place]] = {}
    for place in places:
        finding = place.finding
        said = (finding.code, finding.severity, tuple(sorted(finding.parameters.items())))
        alike.setdefault(said, []).append(place)
    return tuple(Told(tuple(several)) for several in alike.values())


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
