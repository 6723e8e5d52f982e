"""Headings, notes and computed values on the pages of a draft's form: written, moved, taken out."""

from collections.abc import Mapping
from typing import ClassVar

from flask import Response, abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from common.identity.forms import tidy
from common.text import Text
from common.web import language
from designer.form_text import form_text
from designer.views.blueprint import designer, writers
from designer.views.field_form import LONG
from designer.views.form_pages import (
    check_form_errors,
    direction,
    form_address,
    rule_file_of,
    schema_of,
    values_of,
)
from designer.views.saving import Clash, Open, done, found, opened, page
from form_builder.editing import (
    add_remark,
    change_remark,
    move_remark,
    page_head,
    remark_at,
    remove_remark,
)
from form_builder.kinds.words import clean_lines
from form_builder.remarks import COMPUTED, HEADING, REMARKS, Remark
from procedure_library.package import FORM
from rules_dsl.facts import scope
from rules_dsl.kinds import Kinds
from rules_dsl.nodes import Let
from rules_dsl.rows import is_row_by_row

MOST_OF_HEADING, MOST_OF_NOTE = 200, 2000


def tidy_lines(text: str | None) -> str:
    """What was typed, with its line breaks."""
    return clean_lines(text or "")


class Said:
    """The text is there, where the remark has one; the page then does not call it optional."""

    field_flags: ClassVar[Mapping[str, bool]] = {"required": True}

    def __call__(self, form: "RemarkForm", field: TextAreaField) -> None:
        if form.kind.data != COMPUTED and not field.data:
            raise ValidationError(_("Ghi nội dung bằng tiếng Việt"))


class RemarkForm(FlaskForm):
    """A remark of one kind: `kind` says which of the boxes count."""

    kind = StringField(filters=[tidy])
    text_vi = TextAreaField(lazy_gettext("Nội dung"), [Said()], filters=[tidy_lines])
    text_en = TextAreaField(lazy_gettext("Nội dung tiếng Anh"), filters=[tidy_lines])
    rule = SelectField(lazy_gettext("Phí, lệ phí hoặc giá trị đặt tên"), choices=[], validate_choice=False)

    def validate_kind(self, field: StringField) -> None:
        if field.data not in REMARKS:
            abort(404)

    def validate_text_vi(self, field: TextAreaField) -> None:
        self._short_enough(field)

    def validate_text_en(self, field: TextAreaField) -> None:
        self._short_enough(field)

    def validate_rule(self, field: SelectField) -> None:
        if self.kind.data == COMPUTED and field.data not in [
            each.value for each in field.choices if each.value
        ]:
            raise ValidationError(_("Chọn phí, lệ phí hoặc giá trị đặt tên"))

    def remark(self) -> Remark:
        """What the boxes say."""
        if self.kind.data == COMPUTED:
            return Remark(COMPUTED, rule=self.rule.data)
        lines = self.text_vi.data, self.text_en.data
        words = (" ".join(each.split()) for each in lines) if self.kind.data == HEADING else lines
        return Remark(self.kind.data, Text(*words))

    def _short_enough(self, field: TextAreaField) -> None:
        most = MOST_OF_HEADING if self.kind.data == HEADING else MOST_OF_NOTE
        Length(max=most, message=LONG)(self, field)


@designer.get("/drafts/<int:number>/form/pages/<key>/new-remark")
@writers
def new_remark(number: int, key: str) -> Response:
    form = RemarkForm(formdata=None)
    form.kind.data = kind if (kind := request.args.get("kind", "")) in REMARKS else HEADING
    return _asked(opened(number, FORM), form, key, None)


@designer.post("/drafts/<int:number>/form/pages/<key>/remarks")
@writers
def make_remark(number: int, key: str) -> Response:
    return _saved(number, key, None)


@designer.get("/drafts/<int:number>/form/pages/<key>/remarks/<int:place>")
@writers
def remark(number: int, key: str, place: int) -> Response:
    file = opened(number, FORM)
    said = found(remark_at(schema_of(file), key, place))
    form = RemarkForm(formdata=None)
    form.kind.data, form.rule.data = said.kind, said.rule
    form.text_vi.data, form.text_en.data = said.text.vi, said.text.en
    return _asked(file, form, key, place)


@designer.post("/drafts/<int:number>/form/pages/<key>/remarks/<int:place>")
@writers
def change_remark_on_page(number: int, key: str, place: int) -> Response:
    return _saved(number, key, place)


@designer.post("/drafts/<int:number>/form/pages/<key>/remarks/<int:place>/place")
@writers
def move_remark_on_page(number: int, key: str, place: int) -> Response:
    file = opened(number, FORM)
    schema = schema_of(file)
    found(remark_at(schema, key, place))
    saved = file.save(form_text(move_remark(schema, key, place, direction())))
    return done(saved, form_address(number, f"page-{key}"), _("Đã đổi thứ tự trên trang."))


@designer.post("/drafts/<int:number>/form/pages/<key>/remarks/<int:place>/removal")
@writers
def remove_remark_on_page(number: int, key: str, place: int) -> Response:
    file = opened(number, FORM)
    schema = schema_of(file)
    found(remark_at(schema, key, place))
    saved = file.save(form_text(remove_remark(schema, key, place)))
    return done(saved, form_address(number, f"page-{key}"), _("Đã bỏ khỏi trang."))


def _saved(number: int, key: str, place: int | None) -> Response:
    """Writes the remark; `place` None: as the last of its page."""
    file, form = opened(number, FORM), RemarkForm()
    schema = schema_of(file)
    found(page_head(schema, key) if place is None else remark_at(schema, key, place))
    _offer(file, form)
    if not form.validate():
        return _asked(file, form, key, place, status=422)
    remark = form.remark()
    changed = add_remark(schema, key, remark) if place is None else change_remark(schema, key, place, remark)
    saved = file.save(form_text(changed))
    if isinstance(saved, Clash):
        return _asked(file, form, key, place, clash=saved)
    return done(saved, form_address(number, f"page-{key}"), _("Đã lưu trang."))


def _asked(file: Open, form: RemarkForm, key: str, place: int | None, **more: object) -> Response:
    found(page_head(schema_of(file), key))
    _offer(file, form)
    return page("designer/remark.html", file, form=form, key=key, place=place, **more)


def _offer(file: Open, form: RemarkForm) -> None:
    offered = _shown_in(file)
    # A rule that is gone stays chosen until another is: the checks name it.
    kept = {form.rule.data: Text(form.rule.data)} if form.rule.data and form.rule.data not in offered else {}
    named = [SelectChoice(name, title.in_(language())) for name, title in {**offered, **kept}.items()]
    form.rule.choices = [SelectChoice("", _("Chọn…")), *named]


def _shown_in(file: Open) -> Mapping[str, Text]:
    """What a page can show: charges, fees, and names that have one value for the whole form."""
    schema, rules = schema_of(file), rule_file_of(file)
    known = None if check_form_errors(schema) else scope(schema)
    kinds = Kinds.of_file(rules, known)
    by_row = {rule.name for rule in rules.rules if isinstance(rule, Let) and is_row_by_row(rule.value, kinds)}
    return {name: title for name, title in values_of(file).items() if name not in by_row}
