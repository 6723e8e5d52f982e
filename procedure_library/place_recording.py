"""A list of provinces and communes from a file: judged by itself and against the one before, then recorded."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from common.identity.actor import Actor
from common.problems import Finding
from procedure_library.place_files import PARTS, digest_of, wrong_in
from procedure_library.place_lists import CodeListRow, Origin, latest_list, record_list

LONGEST_SOURCE = 200


def record_place_file(
    session: Session, body: Mapping[str, Any], *, by: Actor, at: datetime
) -> CodeListRow | tuple[Finding, ...] | None:
    """The list as recorded; None when the last one says the same; findings when anything is wrong with it."""
    if findings := (*_lacking(body), *wrong_in(body)):
        return findings
    entries = {name: body[name] for name in PARTS}
    latest = latest_list(session)
    if latest and latest.digest == digest_of(entries) and latest.valid_from == body["valid_from"]:
        return None
    if latest and body["valid_from"] < latest.valid_from:
        day = f"{latest.valid_from:%d/%m/%Y}"
        return (Finding("reference.list_goes_back", "valid_from", {"latest": day}),)
    source = str(body.get("source", body["basis"]))[:LONGEST_SOURCE]
    return record_list(session, entries, Origin(body["valid_from"], body["basis"], source), by=by, at=at)


def _lacking(body: Mapping[str, Any]) -> Iterator[Finding]:
    day, basis = body.get("valid_from"), body.get("basis")
    if not isinstance(day, date) or isinstance(day, datetime):
        yield Finding("reference.lacks", "valid_from", {"name": "valid_from"})
    if not isinstance(basis, str) or not basis.strip() or "\0" in basis:
        yield Finding("reference.lacks", "basis", {"name": "basis"})
