"""The answers in words, for check-your-answers, the desk and letters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from form_builder.faults import row_title
from form_builder.form import Field, Form, Page
from form_builder.inputs import anchor_of
from form_builder.kinds import KINDS
from form_builder.kinds.blocks import BLOCKS
from form_builder.schema import Source, read_form
from form_builder.visibility import visible


@dataclass(frozen=True, slots=True)
class Line:
    """One question and its answer in words; `text` is "" when it was left out. `files` are the digests it names."""

    label: str
    text: str
    path: str
    files: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The id of the field on its page, for the link that changes the answer."""
        return anchor_of(self.path)


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one title: a page (`path` ""), or a group or row on it (`path` its own)."""

    title: str
    rows: tuple[Line, ...]
    page: str
    path: str = ""


def summary(source: Source, answers: Mapping[str, Any], language: str) -> tuple[Section, ...]:
    """All pages in order; after the lines of a page its groups and rows, each a section of its own.

    Fields not asked are left out, fields asked and not answered are there with an empty text. A page on which
    nothing is asked, and a block without lines, is left out.
    """
    form = read_form(source)
    shown = visible(form, answers)
    sections = (
        section for page in form.pages for section in _page(_Telling(shown, language, page), form, answers)
    )
    return tuple(section for section in sections if section.rows)


@dataclass(frozen=True, slots=True)
class _Telling:
    """What stays the same while one page is told."""

    shown: frozenset[str]
    language: str
    page: Page

    def section(
        self, title: str, fields: tuple[Field, ...], answers: Mapping[str, Any], path: str
    ) -> Section:
        prefix = f"{path}." if path else ""
        lines = (self.line(field, answers.get(field.key), prefix + field.key) for field in fields)
        return Section(title, tuple(line for line in lines if line is not None), self.page.key, path)

    def line(self, field: Field, answer: Any, path: str) -> Line | None:
        if path not in self.shown or field.kind in BLOCKS:
            return None
        text = "" if answer is None else KINDS[field.kind].told(field, answer, self.language)
        files = KINDS[field.kind].typed(field, answer) if field.kind == "document" and answer else ()
        return Line(field.title.in_(self.language), text, path, files)


def _page(telling: _Telling, form: Form, answers: Mapping[str, Any]) -> Iterator[Section]:
    page = telling.page
    yield telling.section(page.title.in_(telling.language), page.fields, answers, "")
    yield from _blocks(telling, page.fields, answers, "")


def _blocks(
    telling: _Telling, fields: tuple[Field, ...], answers: Mapping[str, Any], prefix: str
) -> Iterator[Section]:
    for field in fields:
        path = prefix + field.key
        if field.kind not in BLOCKS or path not in telling.shown:
            continue
        for title, inner, place in _inside(field, answers.get(field.key), path, telling.language):
            yield telling.section(title, field.fields, inner, place)
            yield from _blocks(telling, field.fields, inner, f"{place}.")


def _inside(
    field: Field, answer: Any, path: str, language: str
) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Title, answers and path of a group, or of each row."""
    if field.kind != "rows":
        yield field.title.in_(language), answer if isinstance(answer, Mapping) else {}, path
        return
    for number, row in enumerate(answer if isinstance(answer, list) else ()):
        if isinstance(row, Mapping):
            yield f"{row_title(field).in_(language)} {number + 1}", row, f"{path}.{number}"
