"""A real dossier told as a course of nobody's: the same acts on the same days, with people who do not exist.

Only what is invented, or tells of no person, leaves this module (`form_builder.strangers`).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from secrets import token_hex
from typing import Any, cast

from sqlalchemy.orm import Session

from common import audit
from common.clock import ZONE, local_date
from common.identity.actor import Actor
from common.problems import Refusal
from form_builder.moments import answers_at
from form_builder.strangers import Strangers
from procedure_library.compiled import Compiled
from procedure_library.course import WAIT, CourseAct
from procedure_library.definition import Channel
from procedure_library.playing import Supposed
from procedure_library.reference import calendar_for, parameters_of_rows
from procedure_library.retelling import Retold
from rules_dsl.values import encode
from runtime import queries
from runtime.engine.fold import fold
from runtime.engine.record import Record
from runtime.engine.rights import MACHINE
from runtime.engine.state import State
from runtime.judged import definition_of_dossier
from runtime.models.dossiers import Answers, Dossier
from runtime.recalled import records_of

REASON = "Nội dung thật đã được thay."
# What directs work or is told to other systems: the course is the same without it.
PASSED_OVER = frozenset(
    {"claim", "release", "reassign", "escalate", "derive_deadline", "tell_portal", "child_opened"}
)
# What no course knows: the dossier went on under another law, or with another unit.
NOT_RETOLD = frozenset({"transfer", "import", "move", "undo_move", "ask_again", "call_off"})
REASONED = frozenset(
    {
        *(
            "refuse",
            "return_for_completion",
            "complete",
            "extend",
            "reappoint",
            "suspend",
            "resume",
            "refund",
        ),
        *("refuse_refund", "withdraw", "stop", "child_failed", "hand_to_post"),
    }
)


def retell(session: Session, reference: str, *, by: Actor, at: datetime, draft: str) -> Retold | Refusal:
    """The dossier with that code, for who may see it; that it was read for the draft stands in the audit."""
    view = queries.dossier_for(session, reference.strip(), by, at=at)
    if view is None:
        return Refusal("trials.no_such_dossier", {"code": reference.strip()})
    dossier, records = view.dossier, records_of(session, view.dossier)
    odd = next((record.act for record in records if record.act in NOT_RETOLD), None)
    if odd is not None or dossier.parent_id is not None or any(record.corrects for record in records):
        return Refusal("trials.dossier_not_retold")
    told = tuple(_Retelling(session, dossier).acts(records))
    if told and told[0].act == "submit" and not told[0].answers:
        return Refusal("trials.answers_erased")
    kind = {"kind": "dossier", "key": dossier.filing_number, "draft": draft}
    audit.record(session, "dossier.retold", by=by, at=at, **kind)
    calendar = calendar_for(session, local_date(dossier.submitted_at))
    supposed = Supposed(
        dossier.case_type,
        cast(Channel, dossier.channel),
        calendar,
        _parameters(session, records),
        dossier.unit.area_code,
    )
    return Retold(dossier.procedure_key, supposed, told)


class _Retelling:
    """Goes through the records of one dossier; the salt of its invented people is never kept."""

    def __init__(self, session: Session, dossier: Dossier) -> None:
        self.session, self.dossier = session, dossier
        self.ready: Compiled = definition_of_dossier(session, dossier)
        self.strangers = Strangers(self.ready.whole_form, token_hex(16))

    def acts(self, records: tuple[Record, ...]) -> Iterator[CourseAct]:
        state = State()
        for record in records:
            if record.act not in PASSED_OVER:
                yield self._act(record, state)
            state = fold(state, record)

    def _act(self, record: Record, state: State) -> CourseAct:
        at = record.at.astimezone(ZONE).isoformat()
        if record.act == "pass_limit" or (record.act == "stop" and record.acting_as == MACHINE):
            return CourseAct(WAIT, MACHINE, at)
        entry = record.ledger[-1] if record.ledger else None
        task = state.task(record.task) if record.task else None
        return CourseAct(
            record.act,
            record.acting_as,
            at,
            self._step(record),
            task.ask if task else "",
            str(entry.why) if record.act == "suspend" and entry else record.outcome,
            REASON if record.act in REASONED else "",
            self._answers(record),
            record.asked,
            (entry.amount or 0) if record.act == "extend" and entry else 0,
            local_date(record.appointment).isoformat()
            if record.act == "reappoint" and record.appointment
            else "",
        )

    def _step(self, record: Record) -> str:
        return record.step or (record.children[0].step if record.children else "")

    def _answers(self, record: Record) -> Mapping[str, Any]:
        """What the act answered, by people who do not exist; empty when it answered nothing, or it was erased."""
        if record.answers is None:
            return {}
        row = self.session.get_one(Answers, (self.dossier.id, record.answers.number))
        invented = self.strangers.instead_of(row.body or {})
        if record.act in ("submit", "resubmit", "answer_supplement"):
            return answers_at(self.ready.schema_at("filing", self.dossier.case_type), invented)
        form = self.ready.work_form(record.step)
        return answers_at(form.schema, invented) if form is not None else {}


def _parameters(session: Session, records: tuple[Record, ...]) -> Mapping[str, Any]:
    """The local amounts that its rules read, each as it was read last."""
    read = {
        name: row for record in records for each in record.readings for name, row in each.parameters.items()
    }
    values = parameters_of_rows(session, sorted(set(read.values())))
    return {
        name: encode(value.value)
        for name, row in read.items()
        for value in values.get(name, ())
        if value.version == row
    }
