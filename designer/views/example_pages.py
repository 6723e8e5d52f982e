"""The examples of a draft: whether each still holds, and a trial form whose outcome is kept as a new one."""

from datetime import date, datetime, time
from typing import Any, cast

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, ValidationError
from wtforms.validators import DataRequired

from common.clock import ZONE, local_date
from common.identity.administration.forms import day_field
from common.identity.forms import tidy
from common.money import Money
from common.web import language, now, session
from designer.drafts import files_of, revisions_of
from designer.head_text import text_body
from designer.models import Draft
from designer.reading import definition_of_draft
from designer.recording import MOMENT, Recorded, recorded
from designer.unanswered import lacking
from designer.views.blueprint import designer, keepers, writers
from designer.views.draft_pages import draft_numbered
from designer.views.field_form import line
from designer.views.places import linked
from designer.views.saving import Clash, Open, done, found, opened, page
from form_builder.editing import key_from
from form_builder.pages import show, take
from procedure_library.canonical import readable
from procedure_library.checks import check
from procedure_library.compiled import Compiled, compiled
from procedure_library.definition import KEY, CaseType, Definition
from procedure_library.reference import calendar_for

ALL = "form"
READERS = {"as_money": Money.from_json, "as_day": date.fromisoformat}


class ExampleForm(FlaskForm):
    """What is supposed besides the answers. Its names begin otherwise than those of any form's fields."""

    name_vi = line(lazy_gettext("Tên tình huống"), 300, lazy_gettext("Ghi tên tình huống"))
    name_en = line(lazy_gettext("Tên tiếng Anh"), 300)
    channel = SelectField(lazy_gettext("Cách nộp"), choices=["counter", "online", "post"])
    received_on = day_field(lazy_gettext("Tiếp nhận ngày"), lazy_gettext("Ghi ngày tiếp nhận"))
    received_at = StringField(
        lazy_gettext("Lúc"), [DataRequired(message=lazy_gettext("Ghi giờ, ví dụ 9:15"))], filters=[tidy]
    )

    def validate_received_at(self, field: StringField) -> None:
        if _hour(field.data) is None:
            raise ValidationError(_("Ghi giờ, ví dụ 9:15"))

    def dossier(self, case_type: str) -> dict[str, Any]:
        """The facts of the dossier, submitted and received in the same minute."""
        instant = datetime.combine(self.received_on.data, _hour(self.received_at.data) or time(), ZONE)
        said = {"submitted_at": instant.isoformat(), "received_at": instant.isoformat()}
        return {**said, "case_type": case_type, "channel": self.channel.data, "area": ""}


@designer.get("/drafts/<int:number>/examples")
@keepers
def draft_examples(number: int) -> Response:
    draft = draft_numbered(number)
    definition = _definition(draft)
    findings = check(definition, _calendar()) if isinstance(definition, Definition) else definition
    about = [
        f
        for f in findings
        if f.code.startswith("procedures.example.") and f.code != "procedures.example.none"
    ]
    blocking = [f for f in findings if f.severity == "error" and f not in about]
    examples = definition.examples if isinstance(definition, Definition) else ()
    wrong = {key: [each for each in about if each.where == key] for key in {each.where for each in about}}
    cases = definition.case_types if isinstance(definition, Definition) else ()
    return page(
        "designer/examples.html",
        Open(draft, "", None),
        examples=examples,
        wrong=wrong,
        blocking=linked(number, blocking, definition),
        cases=cases,
        revisions=revisions_of(session(), draft),
        lacking=lacking(definition),
    )


@designer.get("/drafts/<int:number>/examples/new/<case>")
@writers
def new_example(number: int, case: str) -> Response:
    draft = draft_numbered(number)
    ready = _ready(draft)
    if ready is None:
        return cast(Response, redirect(url_for("designer.draft_examples", number=number), 303))
    form = ExampleForm(formdata=None, prefix="example-")
    form.received_on.data, form.received_at.data = local_date(now()), "9:00"
    kind = found(ready.case_type(case))
    return _trial(draft, kind, form, show(_asked(ready, kind), ALL, {}, language()))


@designer.post("/drafts/<int:number>/examples/new/<case>")
@writers
def try_example(number: int, case: str) -> Response:
    """Works the situation out; with «save» it is kept as it came out."""
    draft, form = draft_numbered(number), ExampleForm(prefix="example-")
    ready = found(_ready(draft))
    kind = found(ready.case_type(case))
    rows = iter(f"r{place}" for place in range(1, 1000))
    reply = take(_asked(ready, kind), ALL, request.form, {}, language(), new_id=lambda: next(rows))
    if reply.unfinished:
        return _trial(draft, kind, form, reply.page)
    if not form.validate():
        return _trial(draft, kind, form, reply.page, status=422)
    outcome = recorded(ready, kind, reply.answers, form.dossier(case), _calendar())
    if request.form.get("act") != "save":
        return _trial(draft, kind, form, reply.page, outcome=outcome)
    return _kept(draft, kind, form, reply.page, outcome)


@designer.post("/drafts/<int:number>/examples/new/<case>/questions")
@writers
def check_example(number: int, case: str) -> str:
    """What the form asks after these answers, while somebody fills it in (htmx)."""
    ready = found(_ready(draft_numbered(number)))
    asked, rows = _asked(ready, found(ready.case_type(case))), iter(f"r{place}" for place in range(1, 1000))
    reply = take(asked, ALL, request.form, {}, language(), new_id=lambda: next(rows), judged=False)
    check_url = url_for("designer.check_example", number=number, case=case)
    return render_template("designer/_form_preview.html", shown=reply.page, check_url=check_url)


@designer.post("/drafts/<int:number>/examples/<key>/removal")
@writers
def remove_example(number: int, key: str) -> Response:
    file = opened(number, f"examples/{found(key if KEY.fullmatch(key) else None)}.json")
    found(file.saved)
    saved = file.save_with({file.path: None}, {})
    return done(saved, url_for("designer.draft_examples", number=number), _("Đã bỏ tình huống mẫu."))


def _kept(draft: Draft, kind: CaseType, form: ExampleForm, shown: Any, outcome: Recorded) -> Response:
    revisions = revisions_of(session(), draft)
    names = {path.removeprefix("examples/").removesuffix(".json") for path in revisions}
    key = key_from(form.name_vi.data, names)
    body = {
        "name": text_body(form.name_vi.data, form.name_en.data),
        "moment": MOMENT,
        "facts": {"answers": outcome.answers, "dossier": form.dossier(kind.key)},
        "expect": outcome.expect,
    }
    saved = Open(draft, f"examples/{key}.json", None).save(f"{readable(body)}\n")
    if isinstance(saved, Clash):
        return _trial(draft, kind, form, shown, outcome=outcome, clash=saved)
    return done(saved, url_for("designer.draft_examples", number=draft.id), _("Đã ghi tình huống mẫu."))


def _trial(draft: Draft, kind: CaseType, form: ExampleForm, shown: Any, **more: Any) -> Response:
    titles = {}
    if (ready := _ready(draft)) is not None:
        titles = {rule.name: rule.title for rule in ready.rules.rules}
    return page(
        "designer/example.html",
        Open(draft, "", None),
        kind=kind,
        form=form,
        shown=shown,
        titles=titles,
        **READERS,
        **more,
    )


def _asked(ready: Compiled, kind: CaseType) -> dict[str, Any]:
    """Everything that is asked at filing, on one page."""
    schema = ready.schema_at(MOMENT, kind.key)
    return {name: part for name, part in schema.items() if name != "x-motcua-pages"}


def _ready(draft: Draft) -> Compiled | None:
    """The draft ready to be tried; None while it has errors other than in its examples."""
    definition = _definition(draft)
    if not isinstance(definition, Definition):
        return None
    wrong = check(definition, _calendar())
    blocked = any(f.severity == "error" and not f.code.startswith("procedures.example.") for f in wrong)
    return None if blocked else compiled(definition)


def _definition(draft: Draft) -> Any:
    return definition_of_draft(files_of(session(), draft))


def _calendar() -> Any:
    return calendar_for(session(), local_date(now()))


def _hour(typed: str | None) -> time | None:
    parts = (typed or "").replace("h", ":").replace(".", ":").split(":")
    numbers = [int(part) for part in parts if part.isdecimal() and len(part) <= 2]
    if len(numbers) == 1:
        numbers.append(0)
    good = len(numbers) == 2 and len(parts) <= 2 and numbers[0] < 24 and numbers[1] < 60
    return time(numbers[0], numbers[1]) if good else None
