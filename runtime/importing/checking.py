"""The whole file, looked through before anything is written: what can be taken over, and what is wrong where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.clock import local_date
from common.messages import message
from common.problems import Finding
from rules_dsl.spreadsheets.files import read_sheet
from rules_dsl.spreadsheets.sheet import Sheet, address, finding_at
from runtime.importing.columns import Header, header_of, title_of
from runtime.importing.known import Known
from runtime.importing.rows import OldDossier, Row
from runtime.importing.taking_over import obstacle
from runtime.models.dossiers import Dossier, DossierEvent

SHEET_NAME = "Ho so"


@dataclass(frozen=True, slots=True)
class Report:
    """`rows` are those that say something. `sound` can be taken over, `unchanged` are here already by the same row.

    `titles` of the columns, from the left; none where the file could not be read as rows.
    """

    rows: int
    sound: tuple[OldDossier, ...]
    unchanged: int
    findings: tuple[Finding, ...]
    titles: tuple[str, ...] = ()

    @property
    def faulty(self) -> int:
        """How many rows have something wrong."""
        return len({finding.line for finding in self.findings if finding.line and finding.line > 1})

    def to_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "sound": len(self.sound),
            "unchanged": self.unchanged,
            "faulty": self.faulty,
            "findings": [self.told(finding) for finding in self.findings],
        }

    def told(self, finding: Finding) -> dict[str, Any]:
        """A finding for machines and for a stored report: its cell, its code, what it speaks of."""
        return {
            "where": finding.where,
            "row": finding.line,
            "column": finding.column,
            "title": self.titles[finding.column - 1] if finding.column and self.titles else "",
            "code": finding.code,
            "parameters": dict(finding.parameters),
        }


def in_words(finding: Finding, language: str) -> str:
    """ "B7: …" with the remedy."""
    return f"{finding.where}: {message(finding.code, finding.parameters, language).whole}"


def check(session: Session, content: bytes, file_name: str, *, at: datetime) -> Report:
    """Reads the file and writes nothing."""
    sheet = read_sheet(content, file_name, SHEET_NAME)
    if not isinstance(sheet, Sheet):
        return Report(0, (), 0, sheet)
    header = header_of(sheet)
    if not isinstance(header, Header):
        return Report(0, (), 0, header)
    known = Known(session, local_date(at))
    rows = [
        Row(header, number, cells, known, at)
        for number, cells in enumerate(sheet.rows[1:], start=2)
        if any(cell is not None for cell in cells)
    ]
    return _report(session, rows, tuple(title_of(cell) for cell in sheet.rows[0]))


def _report(session: Session, rows: list[Row], titles: tuple[str, ...]) -> Report:
    read = [(row, row.read()) for row in rows]
    there = _there(session, [old.imported.code for _, old in read if old is not None])
    sound: list[OldDossier] = []
    seen: dict[str, int] = {}
    unchanged = 0
    for row, old in read:
        if old is None:
            continue
        code = old.imported.code
        if code in seen:
            _blame(row, "code_twice", row_before=str(seen[code]))
        elif code not in there and (no := obstacle(session, old, at=row.at)):
            place = row.header.known.get("step", 0) + 1
            where = address(row.number, place)
            row.findings.append(Finding(no.code, where, no.parameters, line=row.number, column=place))
        elif code not in there:
            sound.append(old)
        elif there[code] == old.imported.row:
            unchanged += 1
        else:
            _blame(row, "code_taken" if there[code] is None else "changed_since", dossier=code)
        seen.setdefault(code, row.number)
    findings = tuple(f for row in rows for f in sorted(row.findings, key=lambda each: each.column or 0))
    return Report(len(rows), tuple(sound), unchanged, findings, titles)


def _blame(row: Row, said: str, **parameters: str) -> None:
    column = row.header.known["code"] + 1
    row.findings.append(finding_at(f"dossiers.import.{said}", row.number, column, **parameters))


def _there(session: Session, codes: Iterable[str]) -> Mapping[str, str | None]:
    """Dossiers with these codes: the digest of the row each came from, None where it did not come from one."""
    row = DossierEvent.record["imported"]["row"].astext
    question = (
        select(Dossier.code, row)
        .join(DossierEvent, (DossierEvent.dossier_id == Dossier.id) & (DossierEvent.number == 1))
        .where(Dossier.code.in_(list(codes)))
    )
    return {str(code): digest for code, digest in session.execute(question)}
