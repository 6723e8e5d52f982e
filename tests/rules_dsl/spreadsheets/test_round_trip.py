"""A table that is taken out as a sheet and put back is the same table, whatever is in it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_dsl import nodes as n
from rules_dsl.parser import parse
from rules_dsl.spreadsheets.files import FORMATS, SheetFile
from rules_dsl.spreadsheets.reading import read_table
from rules_dsl.spreadsheets.replacing import with_table
from rules_dsl.spreadsheets.sheet import Sheet
from rules_dsl.spreadsheets.writing import sheet_of
from tests.rules_dsl import strategies as any_of
from tests.rules_dsl.spreadsheets.samples import SCOPE, TEXT, table

# What XML cannot hold is no letter of any law.
readable = any_of.words.filter(lambda text: not set(text) & {"\ufffe", "\uffff"})
value_words = st.builds(n.Word, readable | any_of.identifiers)
cells = st.one_of(
    st.just(n.AnyCell()),
    st.just(n.BlankCell()),
    st.builds(
        n.ValuesCell,
        st.lists(value_words | any_of.numbers | any_of.truths, min_size=1, max_size=3).map(tuple),
    ),
    st.builds(n.RangeCell, st.lists(any_of.cell_bounds, min_size=1, max_size=2).map(tuple)),
)
laws = st.builds(
    n.Law, st.lists(readable, max_size=2).map(tuple), st.none() | any_of.days, st.none() | any_of.days
)
comments = st.builds(
    n.Comments, st.lists(readable.map(str.strip), max_size=2).map(tuple), readable.map(str.strip)
)


@st.composite
def tables(draw: st.DrawFn) -> n.Table:
    keys = draw(st.lists(any_of.paths, min_size=1, max_size=3, unique=True))
    row = st.builds(
        n.TableRow,
        st.tuples(*(cells for _ in keys)),
        any_of.constants,
        law=laws,
        comments=comments,
    )
    rows = draw(st.lists(row, min_size=1, max_size=4))
    return n.Table(name="t", keys=tuple(n.Name(key) for key in keys), rows=tuple(rows))


@pytest.mark.parametrize("file", FORMATS.values(), ids=FORMATS)
@given(subject=tables(), language=st.sampled_from(["vi", "en"]))
@settings(max_examples=120, deadline=None)
def test_any_table_comes_back_as_it_went(file: SheetFile, subject: n.Table, language: n.Language) -> None:
    sheet = file.read(file.write(sheet_of(subject, language, {}, plain=file.plain)), "t")
    assert isinstance(sheet, Sheet), sheet
    assert read_table(sheet, subject, language, {}) == subject


@pytest.mark.parametrize("file", FORMATS.values(), ids=FORMATS)
def test_under_the_titles_of_the_form_too(file: SheetFile) -> None:
    sheet = sheet_of(table(), "vi", SCOPE.facts, plain=file.plain)
    assert sheet.rows[0][:3] == (
        "Loại yêu cầu (kind)",
        "Cách nộp hồ sơ (dossier.channel)",
        "Giá trị (=)" if file.plain else "Giá trị (= VND)",
    )
    back = file.read(file.write(sheet), "card_fee")
    assert isinstance(back, Sheet)
    assert read_table(back, table(), "vi", SCOPE.facts) == table()


def test_around_the_table_the_text_stays_as_it_was_written() -> None:
    changed = replace(table(), rows=table().rows[:2])
    text = with_table(TEXT, changed, "vi")
    assert text.startswith(TEXT[: TEXT.index("bảng")])
    assert text.endswith(TEXT[TEXT.index("\n# Ghi chú của quy tắc sau.") :])
    rules = parse(text).rules.rules
    assert rules[0] == changed
    assert rules[1] == parse(TEXT).rules.rules[1]


def test_a_table_put_back_unchanged_changes_no_letter() -> None:
    assert with_table(TEXT, table(), "vi") == TEXT


def test_another_table_is_no_place_for_it() -> None:
    with pytest.raises(KeyError):
        with_table(TEXT, replace(table(), name="other"), "vi")
