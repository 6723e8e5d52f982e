"""A supposed dossier as a filled-in form: what the rules give for it, changed and tried again, kept as an example."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask import Response, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.web import language, now, session
from designer.drafts import files_of, revisions_of
from designer.head_text import text_body
from designer.models import Draft
from designer.recording import MOMENT, Recorded, recorded
from designer.rule_editing.trial_form import (
    DOSSIER,
    answers_of,
    decided,
    facts_body,
    left_to_others,
    reference_of,
    with_dossier,
)
from designer.rule_editing.written import Written, written
from designer.supposed import Supposed, supposed
from designer.tried_form import tried_form
from designer.views.blueprint import designer, writers
from designer.views.draft_pages import draft_numbered
from designer.views.rule_editing import typed_briefly
from designer.views.saving import Clash, Open, done, found, page
from designer.views.situation_form import SituationForm
from form_builder.editing import key_from
from form_builder.moments import answers_at
from form_builder.pages import Reply, show, take
from procedure_library.canonical import readable
from procedure_library.checks.rule_use import read_by
from procedure_library.compiled import Compiled, compiled
from procedure_library.definition import CaseType
from procedure_library.moments import moments
from procedure_library.package import RULES
from procedure_library.reference import calendar_for
from rules_dsl.values import encode

ALL = "form"
# The dossier to begin with; no question of a form has a hyphen in its key.
CASE = "supposed-dossier"


@dataclass(frozen=True, slots=True)
class Subject:
    """The case type of a draft whose rules can be worked out; `typed` "": they are those that are saved."""

    draft: Draft
    typed: str
    ready: Compiled
    kind: CaseType

    def schema(self, form: SituationForm) -> Mapping[str, Any]:
        """Everything that is asked by then, on one page, and what else the case brings along."""
        if form.at not in moments(self.ready.definition):
            abort(404)
        whole = self.ready.schema_at(form.at, self.kind.key)
        single = {name: part for name, part in whole.items() if name != "x-motcua-pages"}
        facts = self.ready.scope_at(form.at, self.kind.key).facts
        return with_dossier(single, self.ready.rules, form.further, facts)

    @property
    def left_to_others(self) -> tuple[str, ...]:
        """What the rules of the case type read, and the province or a bank decides."""
        kind, rules = self.kind, {rule.name: rule for rule in self.ready.rules.rules}
        named = (kind.term or "", *kind.amounts, *kind.components, *kind.conditions)
        return left_to_others(read_by(rules, named), self.ready.rules)

    def worked_out(self, form: SituationForm, answers: Mapping[str, Any]) -> Recorded:
        """`answers` with those of the question about the dossier."""
        body = facts_body(answers)
        dossier = {**form.dossier(self.kind.key), **body[DOSSIER]}
        world = form.taken.reference(calendar_for(session(), local_date(now())))
        reference = reference_of(answers, self.ready.rules, world)
        asked = form.rule.data if form.rule.data in self.ready.rulebook.rules else ""
        return recorded(
            self.ready, self.kind, body["answers"], dossier, reference, moment=form.at, asked=asked or ""
        )


@designer.get("/drafts/<int:number>/examples/new/<case>")
@writers
def new_example(number: int, case: str) -> Response:
    subject = _subject(number, case)
    if subject is None:
        return cast(Response, redirect(url_for("designer.draft_examples", number=number), 303))
    form = SituationForm(formdata=None, prefix="example-")
    form.begin(local_date(now()), subject.left_to_others)
    return _page(subject, form, show(tried_form(subject.schema(form)), ALL, {}, language()))


@designer.post("/drafts/<int:number>/examples/new/<case>")
@writers
def try_example(number: int, case: str) -> Response:
    """Works the situation out; with «save» it is kept as it came out. A dossier that is sent along is filled in."""
    subject, form = found(_subject(number, case)), SituationForm(prefix="example-")
    if CASE in request.form:
        return _filled_in(subject, form, supposed(request.form[CASE]) or abort(400))
    reply = _taken(subject, form)
    if reply.unfinished:
        return _page(subject, form, reply.page)
    is_kept = request.form.get("act") == "save" and not subject.typed
    if not form.is_right(is_kept=is_kept):
        return _page(subject, form, reply.page, status=422)
    outcome = subject.worked_out(form, reply.answers)
    if not is_kept:
        return _page(subject, form, reply.page, outcome=outcome)
    return _kept(subject, form, reply, outcome)


@designer.post("/drafts/<int:number>/examples/new/<case>/questions")
@writers
def check_example(number: int, case: str) -> str:
    """What the form asks after these answers, while somebody fills it in (htmx)."""
    subject, form = found(_subject(number, case)), SituationForm(prefix="example-")
    shown = _taken(subject, form, judged=False).page
    check_url = url_for("designer.check_example", number=number, case=case)
    return render_template("designer/_form_preview.html", shown=shown, check_url=check_url)


def _subject(number: int, case: str) -> Subject | None:
    """None while the draft has errors in its rules or its form."""
    draft, typed = draft_numbered(number), typed_briefly()
    files = files_of(session(), draft)
    # A browser does not send the line break before a text area's first line.
    unsaved = typed if typed.strip() != files.get(RULES, "").strip() else ""
    found_in = written({**files, **({RULES: unsaved} if unsaved else {})})
    if not isinstance(found_in, Written):
        return None
    ready = compiled(found_in.definition)
    return Subject(draft, unsaved, ready, found(ready.case_type(case)))


def _taken(subject: Subject, form: SituationForm, *, judged: bool = True) -> Reply:
    rows = iter(f"r{place}" for place in range(1, 1000))
    asked = tried_form(subject.schema(form))
    return take(asked, ALL, request.form, {}, language(), new_id=lambda: next(rows), judged=judged)


def _filled_in(subject: Subject, form: SituationForm, case: Supposed) -> Response:
    every = subject.ready.scope_at(MOMENT, subject.kind.key).facts
    rules = {rule.name: rule for rule in subject.ready.rules.rules}
    form.fill(case, read_by(rules, [case.rule]) if case.rule else set(every))
    schema = subject.schema(form)
    # A case of the whole form may know more than is filled in by any one moment.
    answers = answers_at(schema, answers_of(case, form.further))
    shown = show(tried_form(schema), ALL, answers, language())
    return _page(subject, form, shown, outcome=subject.worked_out(form, answers))


def _kept(subject: Subject, form: SituationForm, reply: Reply, outcome: Recorded) -> Response:
    draft = subject.draft
    names = {path.removeprefix("examples/").removesuffix(".json") for path in revisions_of(session(), draft)}
    file = Open(draft, f"examples/{key_from(form.name_vi.data, names)}.json", None)
    saved = file.save(f"{readable(_body(subject, form, reply.answers, outcome))}\n")
    if isinstance(saved, Clash):
        return _page(subject, form, reply.page, outcome=outcome, clash=saved)
    return done(saved, url_for("designer.draft_examples", number=draft.id), _("Đã ghi tình huống mẫu."))


def _body(
    subject: Subject, form: SituationForm, answers: Mapping[str, Any], outcome: Recorded
) -> dict[str, Any]:
    """The example as its file says it (docs/formats/example.schema.json)."""
    dossier = {**form.dossier(subject.kind.key), **facts_body(answers)[DOSSIER]}
    parameters = {name: encode(value) for name, value in decided(answers, subject.ready.rules).items()}
    return {
        "name": text_body(form.name_vi.data, form.name_en.data),
        "moment": form.at,
        "facts": {"answers": outcome.answers, DOSSIER: dossier},
        **({"parameters": parameters} if parameters else {}),
        "expect": outcome.expect,
    }


def _page(subject: Subject, form: SituationForm, shown: Any, **more: Any) -> Response:
    steps = {step.key: step.name for step in subject.ready.definition.steps}
    return page(
        "designer/example.html",
        Open(subject.draft, "", None),
        kind=subject.kind,
        form=form,
        shown=shown,
        typed=subject.typed,
        titles={rule.name: rule.title for rule in subject.ready.rules.rules},
        moment=None if form.at == MOMENT else steps.get(form.at),
        **more,
    )
