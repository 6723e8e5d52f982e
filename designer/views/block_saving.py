"""Questions of a draft's form kept in the question bank: as a new block, or as a further version of theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, ValidationError
from wtforms.validators import InputRequired

from common.problems import Finding, Refusal
from common.text import Text
from common.web import current_actor, language, now, session
from designer.bank import keeping
from designer.bank.models import BlockVersion
from designer.bank.queries import standings
from designer.drafts import Saved
from designer.form_text import form_text
from designer.views.blueprint import designer, writers
from designer.views.field_form import line
from designer.views.form_pages import form_address, schema_of
from designer.views.saving import Clash, Open, done, found, opened, page
from form_builder.bank import Use, cut, marked, use_at
from form_builder.bank.putting import next_use
from form_builder.checks import check_form
from form_builder.editing.keys import free_key
from form_builder.form import Field
from form_builder.schema import read_form
from procedure_library.package import FORM

PAGE = "designer/block_new.html"
NEW, FURTHER = "new", "further"


class BlockForm(FlaskForm):
    """Which neighbouring questions make the block, and what it is called."""

    title_vi = line(lazy_gettext("Tên khối"), 300, lazy_gettext("Ghi tên khối"))
    title_en = line(lazy_gettext("Tên tiếng Anh"), 300, lazy_gettext("Ghi tên tiếng Anh"))
    questions = SelectMultipleField(lazy_gettext("Các câu hỏi của khối"), choices=[])
    becomes = RadioField(lazy_gettext("Ghi thành"), [InputRequired()], choices=[], default=NEW)

    def validate_questions(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Chọn ít nhất một câu hỏi"))


@designer.get("/drafts/<int:number>/form/fields/<path>/new-block")
@writers
def new_block(number: int, path: str) -> Response:
    file, form = opened(number, FORM), BlockForm(formdata=None)
    use = _offer(file, form, path)
    form.questions.data = list(use.names.values()) if use else [path.rpartition(".")[2]]
    if (newest := _own(use)) is not None:
        form.becomes.data = FURTHER
        form.title_vi.data, form.title_en.data = newest.title_vi, newest.title_en
    else:
        field = found(read_form(schema_of(file)).field_at(path))
        form.title_vi.data, form.title_en.data = field.title.vi, field.title.en
    return page(PAGE, file, form=form, path=path, use=use)


@designer.post("/drafts/<int:number>/form/fields/<path>/blocks")
@writers
def make_block(number: int, path: str) -> Response:
    file, form = opened(number, FORM), BlockForm()
    use = _offer(file, form, path)
    if not form.validate():
        return page(PAGE, file, form=form, path=path, use=use, status=422)
    kept = _kept(file, form, path, use)
    if isinstance(kept, Clash):
        return page(PAGE, file, form=form, path=path, use=use, clash=kept)
    if isinstance(kept, Kept):
        named = {"title": kept.version.title.in_(language()), "number": kept.version.number}
        words = _("Đã ghi «%(title)s», phiên bản %(number)s, vào ngân hàng câu hỏi.", **named)
        return done(kept.saved, form_address(number, f"field-{path}"), words)
    return page(PAGE, file, form=form, path=path, use=use, refused=kept, status=422)


@dataclass(frozen=True, slots=True)
class Kept:
    """The version of the block, and the form saved as one that uses it."""

    version: BlockVersion
    saved: Saved


def _kept(
    file: Open, form: BlockForm, path: str, use: Use | None
) -> Kept | Clash | Sequence[Finding | Refusal]:
    """Writes both, or neither and why."""
    schema, holder = schema_of(file), path.rpartition(".")[0]
    further = use if form.becomes.data == FURTHER else None
    names = _names(form.questions.data, further)
    said = cut(schema, holder, names)
    if isinstance(said, Refusal):
        return [said]
    if wrong := [each for each in check_form(said.block) if each.severity == "error"]:
        return wrong
    with session().begin_nested() as attempt:
        title = Text(form.title_vi.data, form.title_en.data)
        version = _version(title, said.block, further)
        if isinstance(version, Refusal):
            return [version]
        now_used = _use(schema, version, holder, names, further)
        saved = file.save(form_text(marked(schema, now_used)))
        if not isinstance(saved, Saved):
            attempt.rollback()
            return saved if isinstance(saved, Clash) else [saved]
    return Kept(version, saved)


def _version(title: Text, block: Mapping[str, Any], further: Use | None) -> BlockVersion | Refusal:
    by, at = current_actor(), now()
    newest = _own(further)
    if further is None or newest is None:
        return keeping.new_block(session(), title, block, by=by, at=at)
    known = further.source.version
    return keeping.new_version(session(), newest.block, title, block, known=known, by=by, at=at)


def _use(
    schema: Any, version: BlockVersion, holder: str, names: Mapping[str, str], further: Use | None
) -> Use:
    if further is None:
        return next_use(schema, version.source, holder, names)
    return Use(version.source, further.number, holder, names)


def _names(chosen: Sequence[str], further: Use | None) -> dict[str, str]:
    """What the block calls the questions: as it did already, else as the form does."""
    known = {here: there for there, here in further.names.items()} if further else {}
    names = {known[key]: key for key in chosen if key in known}
    for key in chosen:
        if key not in known:
            names[free_key(key, names)] = key
    return names


def _offer(file: Open, form: BlockForm, path: str) -> Use | None:
    """Gives the lists of the form what may be picked; the use that the question belongs to now."""
    beside, use = _beside(file, path), use_at(schema_of(file), path)
    form.questions.choices = [(each.key, each.title.in_(language())) for each in beside]
    newest = _own(use)
    further = [] if newest is None else [(FURTHER, newest.title.in_(language()))]
    form.becomes.choices = [*further, (NEW, _("Khối mới"))]
    return use


def _own(use: Use | None) -> BlockVersion | None:
    """The newest version of the block that the use came from, when the bank has it and goes on with it."""
    standing = standings(session(), [use.source]).get(use.source) if use else None
    return standing.newest if standing else None


def _beside(file: Open, path: str) -> tuple[Field, ...]:
    """The question and those beside it: on its page, or in its block."""
    form, holder = read_form(schema_of(file)), path.rpartition(".")[0]
    within = form.field_at(holder) if holder else None
    pages = (each.fields for each in form.pages if path in {field.path for field in each.fields})
    near = within.fields if within else next(pages, ())
    return near if path in {each.path for each in near} else abort(404)
