"""The sample forms of this folder with their answers, and answers drawn at random for any form."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from stdnum.vn import mst

from form_builder.form import Field, Form
from form_builder.kinds.numbers import currency_of
from form_builder.kinds.words import clean, clean_lines
from form_builder.official_numbers import PROVINCES
from form_builder.places import Place, Places
from form_builder.schema import read_form
from form_builder.visibility import prune

# Answers to a whole form are drawn slowly; how fast is measured by `make bench`, not by a property.
whole_forms = settings(max_examples=40, deadline=None)

FOLDER = Path(__file__).parent / "forms"


def _load(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"), parse_float=Decimal)


NAMES = ("certified_copy", "birth_registration", "every_kind")
FORMS: Mapping[str, dict[str, Any]] = {name: _load(f"{name}.schema.json") for name in NAMES}
ANSWERS: Mapping[str, dict[str, Any]] = {name: _load(f"{name}.answers.json") for name in NAMES}


# A list as small as one can be picked from: Hà Nội, Hải Phòng with an island, and a province of no communes.
PLACES = Places(
    3,
    "a list for tests",
    (
        Place("01", "thành phố", "Hà Nội"),
        Place("31", "thành phố", "Hải Phòng"),
        Place("96", "tỉnh", "Cà Mau"),
    ),
    (
        Place("00070", "phường", "Hoàn Kiếm", "01"),
        Place("00004", "phường", "Ba Đình", "01"),
        Place("00577", "xã", "Bát Tràng", "01"),
        Place("11914", "đặc khu", "Cát Hải", "31"),
    ),
)


def read(name: str) -> Form:
    """A sample form with that list."""
    return read_form(FORMS[name], PLACES)


def field_of(schema: Mapping[str, Any]) -> Field:
    """The field of a form that asks only this."""
    form = read_form({"type": "object", "properties": {"asked": {"title": "Số bản sao", **schema}}})
    return form.fields[0]


def form_of(**properties: Mapping[str, Any]) -> dict[str, Any]:
    """A form with these fields and nothing else."""
    return {"type": "object", "title": "Tờ khai", "properties": dict(properties)}


def answers_for(form: Form) -> st.SearchStrategy[dict[str, Any]]:
    """Answers as the form keeps them: right in kind and limits, conditions obeyed, options now and then."""
    return _block(form.fields).map(lambda answers: prune(form, answers))


def _block(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    required = {field.key: _answer(field) for field in fields if field.required}
    optional = {field.key: _answer(field) for field in fields if not field.required}
    return st.fixed_dictionaries(required, optional=optional)


def _answer(field: Field) -> st.SearchStrategy[Any]:
    return STRATEGIES[field.kind](field)


def _line(field: Field) -> st.SearchStrategy[str]:
    schema = field.schema
    letters = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyzÁẾỘ ệự'-.,/", max_size=schema.get("maxLength", 60))
    return letters.map(clean).filter(lambda text: len(text) >= max(1, schema.get("minLength", 1)))


def _lines(field: Field) -> st.SearchStrategy[str]:
    letters = st.text(max_size=min(field.schema.get("maxLength", 60), 60))
    return letters.map(clean_lines).filter(lambda text: len(text) >= max(1, field.schema.get("minLength", 1)))


def _integer(field: Field) -> st.SearchStrategy[int]:
    return st.integers(field.schema.get("minimum", -(10**12)), field.schema.get("maximum", 10**12))


def _decimal(field: Field) -> st.SearchStrategy[Decimal]:
    low, high = field.schema.get("minimum", 0), field.schema.get("maximum", 10**6)
    return st.decimals(low, high, places=2, allow_nan=False, allow_infinity=False)


def _money(field: Field) -> st.SearchStrategy[int]:
    assert currency_of(field)
    return _integer(field)


def _choices(field: Field) -> st.SearchStrategy[list[str]]:
    values = [choice.value for choice in field.choices]
    picked = st.sets(st.sampled_from(values), min_size=1, max_size=field.schema.get("maxItems", len(values)))
    return picked.map(lambda some: [value for value in values if value in some])


def _rows(field: Field) -> st.SearchStrategy[list[dict[str, Any]]]:
    least = max(1, field.schema.get("minItems", 1))
    rows = st.lists(_block(field.fields), min_size=least, max_size=least + 2)
    return rows.map(lambda many: [{"id": f"r{number}", **row} for number, row in enumerate(many)])


def _identity_number(_: Field) -> st.SearchStrategy[str]:
    parts = st.sampled_from(sorted(PROVINCES)), st.sampled_from("0123"), st.integers(0, 10**8 - 1)
    return st.tuples(*parts).map(lambda drawn: f"{drawn[0]}{drawn[1]}{drawn[2]:08}")


def _tax_number(field: Field) -> st.SearchStrategy[str]:
    firms = st.integers(1, 10**7 - 1).map(lambda number: f"01{number:07}")
    checked = firms.map(lambda nine: nine + mst.calc_check_digit(nine)).filter(
        lambda number: len(number) == 10
    )
    units = st.tuples(checked, st.integers(1, 999)).map(lambda both: f"{both[0]}{both[1]:03}")
    return checked | units | _identity_number(field)


def _address(_: Field) -> st.SearchStrategy[dict[str, str]]:
    lines = st.sampled_from(["Số 5, ngõ 12", "Thôn Đông", "Tổ 3"])
    return st.builds(
        lambda commune, line: {"province": commune.province, "commune": commune.code, "line": line},
        st.sampled_from(PLACES.communes),
        lines,
    )


def _documents(field: Field) -> st.SearchStrategy[list[str]]:
    digests = st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}")
    least, most = max(1, field.schema.get("minItems", 1)), field.schema.get("maxItems", 4)
    return st.lists(digests, min_size=least, max_size=most, unique=True)


STRATEGIES = {
    "text": _line,
    "long_text": _lines,
    "integer": _integer,
    "decimal": _decimal,
    "money": _money,
    "date": lambda _: st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat),
    "month": lambda _: st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: f"{day:%Y-%m}"),
    "time": lambda _: st.times().map(lambda time: f"{time:%H:%M}"),
    "boolean": lambda _: st.booleans(),
    "choice": lambda field: st.sampled_from([choice.value for choice in field.choices]),
    "choices": _choices,
    "email": lambda _: st.sampled_from(["lan@example.vn", "binh.tran+mot@co.quan.gov.vn"]),
    "phone": lambda _: st.integers(0, 10**8 - 1).map(lambda number: f"09{number:08}"),
    "identity_number": _identity_number,
    "tax_number": _tax_number,
    "nationality": lambda field: st.sampled_from([choice.value for choice in field.choices]),
    "ethnic_group": lambda field: st.sampled_from([choice.value for choice in field.choices]),
    "address": _address,
    "province": lambda _: st.sampled_from([place.code for place in PLACES.provinces]),
    "commune": lambda _: st.sampled_from([place.code for place in PLACES.communes]),
    "declaration": lambda _: st.just(True),
    "document": _documents,
    "group": lambda field: _block(field.fields),
    "rows": _rows,
}
