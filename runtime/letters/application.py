"""The filled-in application as PDF, from any form: as it stands while it is not sent, as it was sent afterwards."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.models import Account, Unit
from common.typesetting.typeset import own_template, typeset
from form_builder.paper import paper
from form_builder.schema import title_of
from procedure_library.compiled import Compiled
from procedure_library.queries import definition_on
from runtime.applicants import applicant_of
from runtime.engine.event import Paper
from runtime.engine.plain import from_plain
from runtime.engine.record import Record
from runtime.handed_in import with_files
from runtime.judged import definition_of_dossier
from runtime.letters import phrases
from runtime.letters.heads import case_type_name, letterhead, look_up_of
from runtime.letters.papers import papers_named
from runtime.models.applications import Application
from runtime.models.dossiers import Answers, Dossier, DossierEvent

KIND = "application"
# The acts by which an applicant says something; who works on the dossier later adds nothing to what was asked for.
SAYING = ("submit", "resubmit", "answer_supplement")


@dataclass(frozen=True, slots=True)
class _Said:
    """What an applicant has said: by which law it was asked, when, and what was handed in with it."""

    compiled: Compiled
    case_type: str
    answers: Mapping[str, Any]
    papers: tuple[Paper, ...]
    unit: Unit
    owner: int | None
    at: datetime


def printed_unsent(session: Session, application: Application, language: str, *, at: datetime) -> bytes:
    """What is kept of an application that is not sent yet, by the form it is being filled in on."""
    said = _Said(
        definition_on(session, application.version_id, local_date(at)),
        application.case_type,
        application.answers,
        with_files(session, application.id, ()),
        session.get_one(Unit, application.unit_id),
        application.owner_id,
        at,
    )
    return _pdf(session, said, language)


def printed_as_sent(session: Session, dossier: Dossier, language: str) -> bytes | None:
    """What the applicant has sent last, by the version it was judged by; None once it was erased."""
    said = _said_last(session, dossier)
    return None if said is None else _pdf(session, said, language, dossier)


def _said_last(session: Session, dossier: Dossier) -> _Said | None:
    question = select(DossierEvent).where(DossierEvent.dossier_id == dossier.id, DossierEvent.act.in_(SAYING))
    records = [
        from_plain(Record, event.record) for event in session.scalars(question.order_by(DossierEvent.number))
    ]
    spoken = [record for record in records if record.answers]
    papers = [record.papers for record in records if record.papers]
    last = spoken[-1]
    assert last.answers is not None
    body = session.get_one(Answers, (dossier.id, last.answers.number)).body
    if body is None:
        return None
    version = last.law.version if last.law else dossier.version_id
    return _Said(
        definition_of_dossier(session, dossier, version),
        dossier.case_type,
        body,
        papers[-1] if papers else (),
        dossier.unit,
        dossier.owner_id,
        last.at,
    )


def _pdf(session: Session, said: _Said, language: str, sent: Dossier | None = None) -> bytes:
    words = phrases.words(KIND, language)
    data = {**_data(session, said, language), **_sending(said, sent, language, words)}
    data |= {"words": words, "language": language}
    if not data["declarations"]:
        data["declarations"] = [words["declared"]]
    return typeset(own_template(KIND), data, look_up_of(session, sent) if sent else None)


def _data(session: Session, said: _Said, language: str) -> dict[str, Any]:
    definition = said.compiled.definition
    form = said.compiled.form_at("filing", said.case_type)
    name = definition.name.in_(language)
    title = title_of(form.schema).in_(language) or name
    kind = case_type_name(definition, said.case_type, language)
    told = paper(form, said.answers, language)
    owner = session.get(Account, said.owner) if said.owner else None
    return {
        **letterhead(session, said.unit, said.at, language),
        # What letters bear and an application does not.
        "form": "",
        "number": "",
        "title": title,
        "procedure": " · ".join(part for part in (name if name != title else "", kind) if part),
        "parts": [asdict(part) for part in told.parts],
        "declarations": list(told.declarations),
        "papers": papers_named(said.compiled, said.papers, language),
        "applicant": applicant_of(said.compiled.whole_form, said.answers, owner).to_json(),
    }


def _sending(said: _Said, sent: Dossier | None, language: str, words: Mapping[str, str]) -> dict[str, str]:
    """When and under which numbers it was sent; all empty while it was not."""
    if sent is None:
        return {"sent": "", "sent_online": "", "numbers": ""}
    instant = phrases.instant(said.at, language)
    numbers = [f"{words['filing_number']}: {sent.filing_number}"]
    numbers += [f"{words['dossier_code']}: {sent.code}"] if sent.code else []
    online = sent.channel == "online"
    return {
        "sent": instant,
        "sent_online": phrases.phrase("sent_online", language, instant=instant) if online else "",
        "numbers": " · ".join(numbers),
    }
