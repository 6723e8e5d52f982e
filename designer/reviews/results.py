"""What checks, proofs, examples and letters say of a submitted definition: worked out once, and kept with its digest.

It depends on the definition, and on what stood around it: the calendar, and the procedures that it calls or that call
it. Whoever reads a review reads what was kept; when any of that is another by now, it can be worked out anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, String, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from common import exact_json
from common.calendar import WorkingCalendar
from common.clock import local_date
from common.db import Base, Instant
from common.problems import Finding
from common.text import Text
from designer.rule_editing.proving import can_be_proved, proved
from procedure_library.calling import neighbours_of
from procedure_library.checks import check
from procedure_library.codec import digest
from procedure_library.compiled import compiled
from procedure_library.course_trials import try_courses
from procedure_library.definition import Definition
from procedure_library.letter_press import LetterTrial
from procedure_library.letter_trials import reaching, try_letters
from procedure_library.neighbours import Neighbours, Staffed
from procedure_library.package import RULES
from procedure_library.playing import Player
from procedure_library.reference import calendar_for
from rules_dsl.nodes import Parameter, Rule
from rules_dsl.prover.findings import findings_of
from rules_dsl.prover.proof import Proof

ABOUT_EXAMPLES = "procedures.example."
ABOUT_LETTERS = "procedures.letter."


class ResultRow(Base):
    """What was worked out of a definition at one moment. Insert-only: the latest is shown."""

    __tablename__ = "review_results"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("definitions.digest"))
    # That of calendar and neighbours, as `_around` spells them.
    computed_with: Mapped[str] = mapped_column(String(64))
    computed_at: Mapped[Instant]
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)

    # Answers "what was worked out last of this definition".
    __table_args__ = (Index("ix_review_results_digest", "digest", "id"),)


@dataclass(frozen=True, slots=True)
class Proofs:
    """What the prover says of one rule: the questions it answered, and the findings where it could not say yes."""

    rule: str
    title: Text
    proved: Sequence[str]
    findings: Sequence[Finding]

    @property
    def verdict(self) -> str:
        wrong = any(each.severity == "error" for each in self.findings)
        return "refuted" if wrong else "not_decided" if self.findings else "proved"


@dataclass(frozen=True, slots=True)
class Results:
    """`is_current`: nothing that it depends on has changed since. `letters`: with how many dossiers each was made."""

    computed_at: datetime
    is_current: bool
    findings: Sequence[Finding]
    proofs: Sequence[Proofs]
    letters: Mapping[str, int]

    def of_example(self, key: str) -> list[Finding]:
        """What is wrong with it; empty: it gives what it must."""
        return [each for each in self.findings if each.where == key and each.code.startswith(ABOUT_EXAMPLES)]

    def of_letter(self, key: str) -> list[Finding]:
        """What is wrong with it; empty: it was made for every dossier that comes to it."""
        path = f"letters/{key}.typ"
        return [each for each in self.findings if each.where == path and each.code.startswith(ABOUT_LETTERS)]


def results_of(session: Session, definition: Definition, at: datetime) -> Results | None:
    """What was worked out last; None: nothing yet."""
    last = select(ResultRow).where(ResultRow.digest == digest(definition)).order_by(ResultRow.id.desc())
    row = session.scalars(last.limit(1)).first()
    if row is None:
        return None
    calendar, around = _surroundings(session, definition, at)
    return _read(row, row.computed_with == _around(calendar, around))


def findings_in(
    session: Session, definition: Definition, trial: LetterTrial, player: Player, at: datetime
) -> tuple[Finding, ...]:
    """All that the checks say today, examples by the calendar in use; of courses once nothing else is wrong, and of
    letters last of all."""
    calendar, around = _surroundings(session, definition, at)
    found = check(definition, calendar, neighbours=around)
    for further in (
        lambda: try_courses(definition, player, calendar),
        lambda: try_letters(definition, trial, calendar, at=at),
    ):
        if any(each.severity == "error" for each in found):
            break
        found = (*found, *further())
    return found


def keep(session: Session, definition: Definition, found: Sequence[Finding], *, at: datetime) -> Results:
    """What was found just now, and what the prover says, for whoever reads the review."""
    calendar, around = _surroundings(session, definition, at)
    row = ResultRow(
        digest=digest(definition),
        computed_with=_around(calendar, around),
        computed_at=at,
        body={
            "findings": [asdict(each) for each in found],
            "proofs": [_plain(each) for each in _proofs(definition, calendar)],
            "letters": _letters(definition, calendar),
        },
    )
    session.add(row)
    session.flush()
    return _read(row, is_current=True)


def _surroundings(
    session: Session, definition: Definition, at: datetime
) -> tuple[WorkingCalendar | None, Neighbours]:
    on = local_date(at)
    return calendar_for(session, on), neighbours_of(session, definition, on)


def _around(calendar: WorkingCalendar | None, around: Neighbours) -> str:
    """One name for all that the results depend on beside the definition."""
    days = (
        [
            f"{calendar.covers_from} {calendar.covers_until}",
            *sorted(map(str, calendar.closed)),
            *sorted(map(str, calendar.working)),
            *sorted(map(str, calendar.interruptions.days)),
        ]
        if calendar
        else []
    )
    others = [
        *(f"{key} {digest(each)}" for key, each in sorted(around.callees.items())),
        *map(digest, around.callers),
        *map(_staff, around.units),
        " ".join(sorted(around.anywhere)),
    ]
    return sha256(exact_json.write([days, others]).encode()).hexdigest()


def _staff(unit: Staffed) -> str:
    asked = (f"{function}: {' '.join(sorted(held))}" for function, held in sorted(unit.by_function.items()))
    return "; ".join((unit.name.vi, " ".join(sorted(unit.roles)), *asked))


def _proofs(definition: Definition, calendar: WorkingCalendar | None) -> Iterator[Proofs]:
    if not can_be_proved(definition):
        return
    ready, found = compiled(definition), proved(definition, calendar)
    for rule in ready.rules.rules:
        own = [each.proof for each in found if _is_about(each.proof, rule)]
        if not own:
            continue
        open_ones = {each.question for each in own if each.verdict != "proved"}
        good = dict.fromkeys(each.question for each in own if each.question not in open_ones)
        yield Proofs(rule.name, rule.title, tuple(good), tuple(findings_of(own, RULES)))


def _is_about(proof: Proof, rule: Rule | Parameter) -> bool:
    """By its name; a claim has none, and goes by its line."""
    return proof.rule == rule.name and (bool(rule.name) or proof.place.line == rule.place.line)


def _letters(definition: Definition, calendar: WorkingCalendar | None) -> dict[str, int]:
    ready = compiled(definition)
    return {each.key: len(reaching(ready, each, calendar)) for each in definition.letters}


def _plain(proofs: Proofs) -> dict[str, Any]:
    return {
        "rule": proofs.rule,
        "title": proofs.title.to_json(),
        "proved": list(proofs.proved),
        "findings": [asdict(each) for each in proofs.findings],
    }


def _read(row: ResultRow, is_current: bool) -> Results:
    proofs = [
        Proofs(
            each["rule"],
            Text.from_json(each["title"]),
            each["proved"],
            tuple(map(_finding, each["findings"])),
        )
        for each in row.body["proofs"]
    ]
    found = tuple(map(_finding, row.body["findings"]))
    return Results(row.computed_at, is_current, found, proofs, row.body["letters"])


def _finding(body: Mapping[str, Any]) -> Finding:
    """As it was kept; attributes that findings have only had since keep their defaults."""
    known = {each.name for each in fields(Finding)}
    kept = {name: value for name, value in body.items() if name in known}
    return Finding(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
    )
