"""Fields of a page that hold others: groups and rows, bound to what was typed or saved."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from form_builder.form import ROW_ID, Field
from form_builder.inputs import Look, Question, anchor_of
from form_builder.posted import Posted
from form_builder.rows import MOST_ROWS, least_rows, row_numbers


class _Copies(DefaultMeta):  # type: ignore[misc]
    """Binds each field of a class once; everybody after the first gets a copy: half the work of showing a page."""

    def bind_field(self, form: "Questions", unbound_field: Any, options: dict[str, Any]) -> Question:
        key, models = options["name"], form.models
        if key not in models:
            models[key] = super().bind_field(form, unbound_field, {**options, "prefix": ""})
            # What the first person answers must not live as long as the class.
            models[key]._form = None
        return models[key].copied(options["prefix"])


COPIES = _Copies()


class Questions(BaseForm):  # type: ignore[misc]
    """The bound fields of a page, a group or a row."""

    questions: ClassVar[tuple[tuple[str, Any], ...]] = ()
    models: ClassVar[dict[str, Question]] = {}

    def __init_subclass__(cls) -> None:
        cls.models = {}

    def __init__(self, formdata: Any = None, data: Any = None, prefix: str = "") -> None:
        super().__init__(self.questions, prefix=prefix, meta=COPIES)
        posted = None if formdata is None else Posted.of(formdata)
        self.process(posted, data=data if isinstance(data, Mapping) else {})

    def process(self, formdata: Posted | None = None, data: Mapping[str, Any] | None = None) -> None:
        """Binds every field to the post, or without one to its answer in `data`."""
        for key, question in self._fields.items():
            question.process(formdata, (data or {}).get(key))


class Group(Question):
    """A field whose answer is an object: the bound fields inside it."""

    GAPS = ("earlier",)
    is_drawn_once = True

    def __init__(self, field: Field, language: str, inner: type[Questions], **bound: Any) -> None:
        super().__init__(field, language, **bound)
        self._inner = inner

    def process(self, formdata: Posted | None, data: Any = None, extra_filters: Any = None) -> None:
        """Binds the fields inside."""
        self.object_data = data
        self.form = self._inner(formdata, data, prefix=f"{self.name}.")

    def inside(self) -> Iterator[Question]:
        return iter(self.form)


class Row(Questions):
    """One row of a repeated group, whose field is `field`. `row_id` is "" until it is first posted, `is_alone` whether
    there is no other."""

    GAPS = ("ordinal", "row_id")
    is_drawn_once = True

    field: ClassVar[Field]
    is_alone = True
    ordinal = "1"
    row_id = ""
    name = ""
    id = ""

    def held(self) -> Iterable[Question]:
        """What is drawn within it."""
        return self

    @property
    def look(self) -> Look:
        """What decides how its frame is drawn."""
        return self.field.path, self.is_alone


class Rows(Question):
    """A field whose answer is a list of objects: its rows, at least as many as are to be filled in.

    `given` of them were posted or answered, `most` may be.
    """

    GAPS = ("earlier",)
    is_drawn_once = True

    def __init__(self, field: Field, language: str, inner: type[Row], **bound: Any) -> None:
        super().__init__(field, language, **bound)
        self._inner = inner
        self.rows: tuple[Row, ...] = ()
        self.given = 0
        self.most = MOST_ROWS

    def process(self, formdata: Posted | None, data: Any = None, extra_filters: Any = None) -> None:
        """Binds each row that was posted, or each row of the answer in `data`."""
        self.object_data = data
        answers = [row for row in data if isinstance(row, Mapping)] if isinstance(data, list) else []
        given = len(answers) if formdata is None else len(row_numbers(formdata, self.name))
        shown = max(given, least_rows(self.field))
        self.given = given
        self.most = min(self.field.schema.get("maxItems", MOST_ROWS), MOST_ROWS)
        self.rows = tuple(
            self._row(number, formdata, answers[number] if number < len(answers) else {})
            for number in range(shown)
        )
        for row in self.rows:
            row.is_alone = shown == 1

    def _row(self, number: int, formdata: Posted | None, answers: Mapping[str, Any]) -> Row:
        name = f"{self.name}.{number}"
        row = self._inner(formdata, answers, prefix=f"{name}.")
        row.ordinal = str(number + 1)
        row.name, row.id = name, anchor_of(name)
        said = answers.get(ROW_ID, "") if formdata is None else formdata.first(f"{name}.{ROW_ID}")
        row.row_id = str(said)
        return row

    def inside(self) -> Iterator[Question]:
        return (question for row in self.rows for question in row)

    def held(self) -> tuple[Row, ...]:
        return self.rows

    @property
    def is_full(self) -> bool:
        """Whether no more rows may be added."""
        return len(self.rows) >= self.most

    @property
    def look(self) -> Look:
        return *super().look, self.is_full
