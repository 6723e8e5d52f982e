"""A row of the spreadsheet as a dossier to be taken over, or everything that is wrong with it at once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from hashlib import sha256
from typing import Any, Literal

from msgspec.structs import replace

from common.clock import local_date, to_the_minute
from common.identity.models import Unit
from common.identity.numbers import read_identity_number
from common.problems import Finding
from common.text import Text, folded
from procedure_library.compiled import Compiled
from rules_dsl.spreadsheets.sheet import CellValue, finding_at
from runtime.applicants import Applicant
from runtime.engine.codes import DossierCode
from runtime.engine.imported import Imported, OldStatus
from runtime.importing import answering
from runtime.importing.cells import moment, words
from runtime.importing.columns import Header
from runtime.importing.known import Known, case_type_named, step_named, steps_told

Channel = Literal["counter", "online", "post"]
STATUSES: Mapping[str, OldStatus] = {
    "dang xu ly": "in_process",
    "in process": "in_process",
    "da xu ly xong": "decided",
    "decided": "decided",
    "da tra ket qua": "returned",
    "returned": "returned",
    "cong dan yeu cau rut ho so": "withdrawn",
    "da rut": "withdrawn",
    "withdrawn": "withdrawn",
    "dung xu ly": "stopped",
    "stopped": "stopped",
}
ENDINGS: Mapping[str, Literal["granted", "refused"]] = {
    "": "granted",
    "dong y": "granted",
    "granted": "granted",
    "tu choi": "refused",
    "refused": "refused",
}
CHANNELS: Mapping[str, Channel] = {
    "": "counter",
    "truc tiep": "counter",
    "counter": "counter",
    "truc tuyen": "online",
    "online": "online",
    "buu chinh": "post",
    "post": "post",
}
# What may be written there, as a remedy names it.
WORDS: Mapping[str, Text] = {
    "status": Text(
        "Đang xử lý, Đã xử lý xong, Đã trả kết quả, Đã rút, Dừng xử lý",
        "in process, decided, returned, withdrawn, stopped",
    ),
    "ending": Text("Đồng ý, Từ chối", "granted, refused"),
    "channel": Text("Trực tiếp, Trực tuyến, Bưu chính", "counter, online, post"),
}
DAYS = ("submitted_at", "received_at", "appointment", "finished_at")
OPENS, CLOSES, WHOLE_DAY = time(8, 0), time(17, 0), time(23, 59)
LONGEST_HISTORY = 5000


@dataclass(frozen=True, slots=True)
class OldDossier:
    """What is needed to take it over. `history` is what the older system said, in its own words."""

    row: int
    unit: Unit
    version_id: int
    procedure_key: str
    case_type: str
    channel: Channel
    applicant: Applicant
    answers: Mapping[str, Any]
    imported: Imported
    history: str


@dataclass(slots=True)
class Row:
    """One row being read; `number` is that of the sheet, from 1."""

    header: Header
    number: int
    cells: tuple[CellValue, ...]
    known: Known
    at: datetime
    findings: list[Finding] = field(default_factory=list)

    def read(self) -> OldDossier | None:
        """The dossier; None when something is wrong, which `findings` then tell."""
        unit, imported = self._unit(), self._imported()
        compiled, version = self._law(imported)
        channel = self._word("channel", CHANNELS)
        person = self._person()
        if compiled is None or version is None:
            return None
        case_type = case_type_named(compiled, self.text("case_type"))
        if case_type is None:
            names = ", ".join(kind.name.vi for kind in compiled.definition.case_types)
            self.wrong("case_type_unknown", "case_type", names=names)
            return None
        imported = self._placed(compiled, case_type, imported)
        answers = self._answers(compiled, case_type, person)
        if self.findings or unit is None or imported is None or channel is None:
            return None
        key = version.procedure.key
        history = self.text("history")
        return OldDossier(
            self.number, unit, version.id, key, case_type, channel, person, answers, imported, history
        )

    def text(self, key: str) -> str:
        return words(self.value(key))

    def value(self, key: str) -> CellValue:
        return self._cell(self.header.known.get(key, -1))

    def _cell(self, column: int) -> CellValue:
        return self.cells[column] if 0 <= column < len(self.cells) else None

    def wrong(self, code: str, key: str, **parameters: str) -> None:
        """Tells it at the cell of that column."""
        column = self.header.known.get(key, 0)
        self.findings.append(finding_at(f"dossiers.import.{code}", self.number, column + 1, **parameters))

    def _needed(self, key: str) -> str:
        said = self.text(key)
        if not said:
            self.wrong("cell_missing", key)
        return said

    def _unit(self) -> Unit | None:
        said = self._needed("unit")
        unit = self.known.unit(said) if said else None
        if said and unit is None:
            self.wrong("unit_unknown", "unit", found=said)
        return unit

    def _law(self, imported: Imported | None) -> tuple[Compiled | None, Any]:
        said = self._needed("procedure")
        on = local_date(imported.received_at) if imported else self.known.today
        version = self.known.version(said, on) if said else None
        if said and version is None:
            self.wrong("procedure_unknown", "procedure", found=said)
        return (self.known.compiled(version), version) if version else (None, None)

    def _person(self) -> Applicant:
        name, number, email = self._needed("full_name"), self.text("identity_number"), self.text("email")
        if number and read_identity_number(number) is None:
            self.wrong("identity_number_wrong", "identity_number")
        if len(name) > 200:
            self.wrong("too_long", "full_name", most="200")
        return Applicant(name, number, self.text("address"), self.text("phone"), email)

    def _word(self, key: str, known: Mapping[str, Any]) -> Any:
        said = folded(self.text(key))
        if said not in known:
            names = WORDS[key]
            self.wrong("word_unknown", key, found=self.text(key), names=names.vi, names_en=names.in_("en"))
        return known.get(said)

    def _moment(self, key: str, when: time) -> datetime | None:
        value = self.value(key)
        found = moment(value, when)
        if found is None and value is not None:
            self.wrong("no_day", key, found=words(value)[:40])
        if found is not None and found > self.at and key != "appointment":
            self.wrong("in_the_future", key, found=words(value)[:40])
        return found and to_the_minute(found)

    def _imported(self) -> Imported | None:
        """What does not depend on the law: code, days, status."""
        code = DossierCode.read(self._needed("code"))
        if code is None and self.text("code"):
            self.wrong("code_wrong", "code", found=self.text("code")[:60])
        self._needed("status")
        status = self._word("status", STATUSES) if self.text("status") else None
        received = self._moment("received_at", OPENS)
        if received is None and self.value("received_at") is None:
            self.wrong("cell_missing", "received_at")
        filed = self._moment("submitted_at", OPENS)
        submitted = filed or received
        appointment, finished = self._moment("appointment", WHOLE_DAY), self._moment("finished_at", CLOSES)
        if code is None or status is None or received is None or submitted is None:
            return None
        self._in_order(received, submitted, appointment, finished, status)
        return Imported(
            code=str(code),
            row=self._digest(),
            status=status,
            received_at=received,
            submitted_at=min(submitted, received)
            if local_date(submitted) == local_date(received)
            else submitted,
            appointment=appointment,
            finished_at=finished if status != "in_process" else None,
            ending=self._ending(status),
        )

    def _in_order(
        self,
        received: datetime,
        submitted: datetime,
        appointment: datetime | None,
        finished: datetime | None,
        status: OldStatus,
    ) -> None:
        """Days that cannot have followed each other."""
        if local_date(submitted) > local_date(received):
            self.wrong("received_before_filed", "submitted_at")
        if appointment is not None and appointment < received:
            self.wrong("promised_before_received", "appointment")
        if status != "in_process" and finished is None and self.value("finished_at") is None:
            self.wrong("finished_missing", "finished_at")
        if finished is not None and local_date(finished) < local_date(received):
            self.wrong("finished_before_received", "finished_at")

    def _ending(self, status: OldStatus) -> Any:
        if status in ("withdrawn", "stopped"):
            return status
        return self._word("ending", ENDINGS) if status in ("decided", "returned") else None

    def _placed(self, compiled: Compiled, case_type: str, imported: Imported | None) -> Imported | None:
        """Its step and what was paid, by the law it lives under."""
        if imported is None:
            return None
        said = self.text("step") if imported.status == "in_process" else ""
        step = step_named(compiled, said) if said else ""
        if step is None:
            self.wrong("step_unknown", "step", found=said, names=steps_told(compiled))
        paid = []
        for rule, column in self.header.paid.items():
            value = self._cell(column)
            line = answering.paid_before(compiled, case_type, rule, value) if value is not None else None
            if value is not None and line is None:
                self.findings.append(
                    finding_at("dossiers.import.paid_wrong", self.number, column + 1, rule=rule)
                )
            paid += [line] if line else []
        return replace(imported, step=step or "", paid=tuple(paid))

    def _answers(self, compiled: Compiled, case_type: str, person: Applicant) -> Any:
        asked, said = answering.askable(compiled, case_type), {}
        for path, column in self.header.answers.items():
            value = self._cell(column)
            if value is None:
                continue
            if path in asked:
                said[path] = answering.answer(asked[path], value)
            else:
                self.findings.append(
                    finding_at("dossiers.import.not_asked", self.number, column + 1, path=path)
                )
        answers = answering.known_of(compiled, case_type, person.to_json(), said)
        for path in sorted(answering.wrong_paths(compiled, case_type, answers, said)):
            column = self.header.answers[path] + 1
            self.findings.append(
                finding_at("dossiers.import.answer_wrong", self.number, column, title=asked[path].title.vi)
            )
        return answers

    def _digest(self) -> str:
        """The row as its columns say it: in whatever order they stand, and in whichever kind of file."""
        named = {**self.header.known, **self.header.answers}
        named |= {f"paid.{rule}": column for rule, column in self.header.paid.items()}
        said = {key: self._said(key, self._cell(column)) for key, column in named.items()}
        plain = {key: text for key, text in said.items() if text}
        return sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def _said(self, key: str, value: CellValue) -> str:
        at = moment(value, OPENS) if key in DAYS else None
        return at.isoformat() if at else words(value)
