"""A field as its author decides it ⇄ what stands in the boxes of the form."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from common.money import EXPONENTS
from common.text import Text
from common.web import language
from designer.views.field_form import FieldForm
from form_builder.code_lists import LISTS
from form_builder.editing import Ask, Question, as_test, ask_of, key_from, readable_before
from form_builder.editing.cases import COUNTED
from form_builder.exemplified import typed_example
from form_builder.form import Choice, Field, Form
from form_builder.kinds.kind import Unreadable
from form_builder.numerals import read_number, write_number
from form_builder.presets import PRESETS

SPARE_CHOICES, SPARE_CASES = 3, 1
KEPT = "kept"
Options = Mapping[str, list[SelectChoice]]


def fill(form: FieldForm, question: Question, asks: Form, holder: str) -> None:
    """Puts what is decided now into the boxes."""
    form.title_vi.data, form.title_en.data = question.title.vi, question.title.en
    form.help_vi.data, form.help_en.data = question.help.vi, question.help.en
    form.row_vi.data, form.row_en.data = question.row_title.vi, question.row_title.en
    form.kind.data, form.required.data = question.kind, question.required
    form.prefill.data, form.personal.data = question.prefill, question.personal
    form.currency.data = question.currency or "VND"
    if question.example is not None:
        form.example.data = typed_example(form.tried, question.example, language())
    for name in ("least", "most"):
        limit = getattr(question, name)
        exponent = EXPONENTS.get(question.currency, 0)
        form[name].data = "" if limit is None else write_number(limit.scaleb(-exponent), language())
    form.files.data, form.component.data = list(question.files), question.component
    form.megabytes.data = "" if question.megabytes is None else str(question.megabytes)
    form.fills.data, form.shows.data = list(question.fills), list(question.shows)
    for choice in question.choices:
        form.choices.append_entry({"value": choice.value, "vi": choice.label.vi, "en": choice.label.en})
    for number, test in enumerate(question.asked_when):
        form.cases.append_entry(_case_typed(asks, holder, test, number))


def make_room(form: FieldForm) -> None:
    """Empty rows for more answers and more cases."""
    free = sum(1 for row in form.choices if not row.vi.data)
    for _row in range(SPARE_CHOICES - free if "choices" in form.takes else 0):
        form.choices.append_entry()
    if all(row.case.data for row in form.cases):
        for _row in range(SPARE_CASES):
            form.cases.append_entry()


def question_typed(form: FieldForm, before: Question | None, holder: str) -> Question:
    """What the boxes say. `before` is the field as it was: a case that has no boxes is kept from there."""
    takes = form.takes
    return Question(
        kind="group" if form.kind.data in PRESETS else form.kind.data,
        title=Text(form.title_vi.data, form.title_en.data),
        help=Text(form.help_vi.data, form.help_en.data),
        example=None if isinstance(example := form.example_read(), Unreadable) else example,
        required=form.required.data,
        choices=tuple(_choices(form)) if "choices" in takes else (),
        least=form.number("least"),
        most=form.number("most"),
        currency=form.currency.data if "currency" in takes else "",
        prefill=form.prefill.data if "prefill" in takes else "",
        personal=form.personal.data if "personal" in takes else "",
        row_title=Text(form.row_vi.data, form.row_en.data) if "row" in takes else Text(""),
        asked_when=tuple(_tests(form, before, holder)),
        files=tuple(form.files.data or ()) if "files" in takes else (),
        megabytes=_megabytes(form) if "files" in takes else None,
        component=(form.component.data or "") if "files" in takes else "",
        fills=_steps(form.fills.data, before.fills if before else (), holder),
        shows=_steps(form.shows.data, before.shows if before else (), holder),
    )


def _megabytes(form: FieldForm) -> int | None:
    """The largest size of a file; None: what the house takes."""
    number = read_number(form.megabytes.data) if form.megabytes.data else None
    return int(number) if number is not None and number >= 1 else None


def _steps(typed: Sequence[str] | None, before: tuple[str, ...], holder: str) -> tuple[str, ...]:
    """The steps that were ticked; inside a block there is nothing to tick."""
    return before if holder else tuple(typed or ())


def case_options(asks: Form, holder: str, key: str, kept: Sequence[Any]) -> Options:
    """What may be picked as a case, by the question that must have been answered before."""
    options: dict[str, list[SelectChoice]] = {"": [SelectChoice("", _("Luôn hỏi"))]}
    complex_ones = [
        SelectChoice(f"{KEPT}:{number}", _("Điều kiện số %(number)s như đang có", number=number + 1))
        for number, test in enumerate(kept)
        if not _is_offered(asks, ask_of(asks, holder, test))
    ]
    if complex_ones:
        options[_("Điều kiện nhiều phần")] = complex_ones
    for field in readable_before(asks, holder, key):
        title = field.title.in_(language())
        options[title] = [SelectChoice(value, f"«{title}» {words}") for value, words in _answers(field)]
    return options


def _answers(field: Field) -> Iterator[tuple[str, str]]:
    yield _spelled(field, "given", None), _("được trả lời")
    offered = LISTS[field.kind]().usual_choices if field.kind in LISTS else field.choices
    values: list[tuple[Any, str]] = [(c.value, c.label.in_(language())) for c in offered]
    if field.kind in ("boolean", "declaration"):
        values = [(True, _("Có")), (False, _("Không"))][: 1 if field.kind == "declaration" else 2]
    for value, label in values:
        yield _spelled(field, "is", value), _("là «%(answer)s»", answer=label)
    for value, label in values if len(values) > 2 else ():
        yield _spelled(field, "is_not", value), _("không phải là «%(answer)s»", answer=label)
    if field.kind in COUNTED:
        yield _spelled(field, "at_least", None), _("từ (số bên cạnh) trở lên")
        yield _spelled(field, "at_most", None), _("không quá (số bên cạnh)")


def _spelled(field: Field, relation: str, value: Any) -> str:
    return json.dumps([field.path, relation, value], ensure_ascii=False)


def _case_typed(asks: Form, holder: str, test: Mapping[str, Any], number: int) -> dict[str, str]:
    ask = ask_of(asks, holder, test)
    if ask is None or not _is_offered(asks, ask):
        return {"case": f"{KEPT}:{number}"}
    counted = ask.relation in ("at_least", "at_most")
    case = json.dumps([ask.reads, ask.relation, None if counted else ask.value], ensure_ascii=False)
    return {"case": case, "number": str(ask.value) if counted else ""}


def _is_offered(asks: Form, ask: Ask | None) -> bool:
    """Whether the case can be picked; one that cannot is kept as it was written."""
    if ask is None or ask.relation in ("above", "below"):
        return False
    field = asks.field_at(ask.reads)
    # Of long lists only the usual answers are offered.
    rare = field is not None and field.kind in LISTS and ask.relation in ("is", "is_not")
    return not rare or ask.value in LISTS[field.kind]().usual


def _choices(form: FieldForm) -> Iterator[Choice]:
    taken = {row.value.data for row in form.choices if row.value.data}
    for row in form.choices:
        if row.vi.data:
            value = row.value.data or key_from(row.vi.data, taken)
            taken.add(value)
            yield Choice(value, Text(row.vi.data, row.en.data))


def _tests(form: FieldForm, before: Question | None, holder: str) -> Iterator[Mapping[str, Any]]:
    for row in form.cases:
        kind, _colon, number = (row.case.data or "").partition(":")
        if kind == KEPT and before is not None and number.isdecimal():
            yield from before.asked_when[int(number) : int(number) + 1]
        elif row.case.data:
            yield as_test(_ask(row), holder)


def _ask(row: Any) -> Ask:
    reads, relation, value = json.loads(row.case.data)
    if relation in ("at_least", "at_most"):
        number = read_number(row.number.data or "0")
        value = int(number) if number is not None and number == int(number) else number
    return Ask(reads, relation, value)
